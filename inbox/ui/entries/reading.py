"""Reads what a page of entries stands on: the workspace, its accounts, and who changed it last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inbox.model.account import Account
from inbox.model.workspace import Workspace

if TYPE_CHECKING:
    from inbox.store.engine import Session


@dataclass(frozen=True, slots=True)
class Scene:
    """``who`` changed the configuration last ("" while nobody did), and which ``entry`` of the list, if it was one."""

    workspace: Workspace
    accounts: tuple[Account, ...] = ()
    who: str = ""
    entry: str = ""


def load(s: "Session", noun: str) -> Scene:
    """For a read lane. ``noun`` is what the history calls such an entry."""
    from inbox.flow.races import who
    from inbox.store import accounts, config

    event = config.last_change(s)
    name = who(s, event.actor) if event is not None else ""
    entry = str(event.details.get(noun) or "") if event is not None else ""
    return Scene(config.load(s), tuple(accounts.all(s)), name, entry)


def by_field(troubles: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The first sentence of each field of an editor: "when.hours.inside" is told at "when.hours"."""
    return {".".join(field.split(".")[:2]): sentence for field, sentence in reversed(troubles)}
