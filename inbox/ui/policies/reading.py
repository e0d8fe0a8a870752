"""Reads the clocks that run under each policy, and what is noted of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from inbox.model.workspace import Workspace

if TYPE_CHECKING:
    from inbox.store.engine import Session
    from inbox.store.policy_use import Use

LATELY: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """The clocks under each policy, and what is noted of it, by name."""

    uses: "Mapping[str, Use]"
    notes: Mapping[str, Sequence[str]]


def standing(s: "Session", workspace: Workspace, now: datetime) -> Standing:
    """For a read lane."""
    from inbox.flow.policies import notes_of
    from inbox.store.policy_use import in_use

    return Standing(in_use(s, now - LATELY), notes_of(workspace))
