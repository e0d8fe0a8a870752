"""Reads what the policies' screen stands on: the workspace, its accounts, who changed it last, and the clocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from inbox.model.account import Account
from inbox.model.workspace import Workspace

if TYPE_CHECKING:
    from inbox.store.engine import Session
    from inbox.store.policy_use import Use

LATELY: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Scene:
    """``who`` changed the configuration last ("" while nobody did), and which ``policy``, if it was one."""

    workspace: Workspace
    accounts: tuple[Account, ...]
    who: str = ""
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The clocks under each policy, and what is noted of it, by name."""

    uses: "Mapping[str, Use]"
    notes: Mapping[str, Sequence[str]]


def load(s: "Session") -> Scene:
    """For a read lane."""
    from inbox.flow.races import who
    from inbox.store import accounts, config

    event = config.last_change(s)
    name = who(s, event.actor) if event is not None else ""
    policy = str(event.details.get("policy") or "") if event is not None else ""
    return Scene(config.load(s), tuple(accounts.all(s)), name, policy)


def standing(s: "Session", workspace: Workspace, now: datetime) -> Standing:
    """For a read lane."""
    from inbox.flow.policies import notes_of
    from inbox.store.policy_use import in_use

    return Standing(in_use(s, now - LATELY), notes_of(workspace))
