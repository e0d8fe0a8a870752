"""A workspace's rules, policies and calendars made ready, once for each version of the workspace."""

from datetime import datetime
from functools import lru_cache

from inbox.model.workspace import Calendar, Workspace
from inbox.routing.rules import Rules
from inbox.sla import calendar as time_of
from inbox.sla.hours import refusal
from inbox.sla.policy import ALWAYS


class Rulebook:
    """What triage and clocks ask all the time. ``usable`` are its calendars but those ``refused``, which cannot
    measure; it says why.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Raises ``ValueError`` for a regular expression that RE2 refuses."""
        self.workspace = workspace
        self.calendars: dict[str, Calendar] = {calendar.name: calendar for calendar in workspace.calendars}
        self.refused: dict[str, str] = {
            calendar.name: why for calendar in workspace.calendars if (why := refusal(calendar)) is not None
        }
        self.usable = {name: calendar for name, calendar in self.calendars.items() if name not in self.refused}
        self.rules = Rules.compile(workspace, self.is_open)
        self.area_ids = {area.name: area.id for area in workspace.areas}
        self.area_calendars = {area.name: area.calendar for area in workspace.areas}

    def is_open(self, name: str, at: datetime) -> bool:
        """Whether a calendar is open at an instant; one that is unknown or cannot measure is always open."""
        if name in self.refused:
            return True
        return time_of.is_open(self.calendars.get(name, ALWAYS), at)


def rulebook(workspace: Workspace) -> Rulebook:
    """The rulebook of a workspace, made once. Raises ``ValueError`` for a bad regular expression."""
    return _kept(_Key(workspace))


class _Key:
    """A workspace by identity: it holds dictionaries, so that it has no hash, and is loaded once per version."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def __hash__(self) -> int:
        return id(self.workspace)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.workspace is self.workspace


@lru_cache(maxsize=8)
def _kept(key: _Key) -> Rulebook:
    return Rulebook(key.workspace)
