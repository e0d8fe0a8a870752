"""Looks the draft over on a lane: what is wrong with it, and which dates come next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from inbox.model.workspace import Calendar, Workspace
from inbox.ui.calendars.datesbox import next_days
from inbox.ui.calendars.reading import Day
from inbox.ui.calendars.says import tr
from inbox.ui.calendars.zonefield import local_time
from inbox.ui.context import Context

WAIT_MS = 150
_FIELDS = {"name": "name", "time_zone": "time_zone", "week": "week", "holidays": "holidays"}


@dataclass(frozen=True, slots=True)
class Question:
    """The calendar as it stands, and the stored one that it is an edit of."""

    calendar: Calendar
    replaces: str | None
    workspace: Workspace


@dataclass(frozen=True, slots=True)
class Verdict:
    """``errors`` by field of the editor."""

    errors: dict[str, str]
    days: list[Day]


def asker(context: Context) -> Callable[[Question, Callable[[], bool]], Verdict]:
    """What answers a question on a lane: the holidays' library is imported there."""

    def look(question: Question, _stop: Callable[[], bool]) -> Verdict:
        from inbox.flow.calendars import problems_of

        calendar, now = question.calendar, context.now()
        troubles = problems_of(question.workspace, calendar, replaces=question.replaces, now=now)
        local = local_time(calendar.time_zone, now) or now
        return Verdict(by_field(troubles), next_days(calendar, local.date()))

    return look


def by_field(troubles: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The first sentence for each field of the editor; whatever has no field stands with the dates."""
    found: dict[str, str] = {}
    for place, sentence in troubles:
        found.setdefault(_FIELDS.get(place.split(".", 1)[0], "dates"), sentence)
    return found


def missing(calendar: Calendar) -> dict[str, str]:
    """What has to be given before a calendar can be saved, by field."""
    found = {}
    if not calendar.name.strip():
        found["name"] = tr("Give the calendar a name.")
    if not calendar.time_zone.strip():
        found["time_zone"] = tr("Choose a time zone.")
    return found
