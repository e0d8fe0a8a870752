"""Reads what the rules screen stands on: the workspace, its accounts, and who changed the rules last."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inbox.model.account import Account
from inbox.model.workspace import Workspace

if TYPE_CHECKING:
    from inbox.store.engine import Session


@dataclass(frozen=True, slots=True)
class Scene:
    """``who`` changed the configuration last ("" while nobody did), and which ``rule``, if it was one."""

    workspace: Workspace
    accounts: tuple[Account, ...]
    who: str = ""
    rule: str = ""


def load(s: "Session") -> Scene:
    """For a read lane."""
    from inbox.flow.races import who
    from inbox.store import accounts, config

    event = config.last_change(s)
    name = who(s, event.actor) if event is not None else ""
    rule = str(event.details.get("rule") or "") if event is not None else ""
    return Scene(config.load(s), tuple(accounts.all(s)), name, rule)
