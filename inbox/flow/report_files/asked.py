"""What was asked of a report, in words: every file says it beside its figures."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.model.report import Period, Question, Timing
from inbox.model.words import Metric

METRICS: Final = {
    Metric.FIRST: "First response",
    Metric.NEXT: "Next response",
    Metric.RESOLUTION: "Resolution",
}
_MEASURED: Final = frozenset(("response-times", "sla"))
_UNGROUPED: Final = frozenset(("scorecard", "digest", "affected-authors"))
_TIMINGS: Final = {Timing.CALENDAR: "By the calendar on the wall", Timing.BUSINESS: "In opening hours only"}


def asked(question: Question, zone: str) -> list[tuple[str, str]]:
    """Each part of a question with its answer; times in ``zone``."""
    found = [("Report", question.report.replace("-", " ").capitalize())]
    if question.report in _MEASURED:
        found.append(("Figure", METRICS[question.metric]))
    if question.report not in _UNGROUPED:
        found.append(("A row for each", str(question.by)))
    if question.report == "response-times":
        found.append(("Time", _TIMINGS[question.timing]))
    found.append(("Period", period(question.period, zone)))
    kinds: dict[str, list[str]] = {}
    for by, key in question.only:
        kinds.setdefault(str(by), []).append(key)
    found += [(f"Only {kind}", ", ".join(keys)) for kind, keys in kinds.items()]
    return found


def period(of: Period, zone: str) -> str:
    """A period in words: whole days are named as days, both included."""
    here = ZoneInfo(zone)
    start = None if of.start is None else of.start.astimezone(here)
    end = None if of.end is None else of.end.astimezone(here)
    if start is not None and end is not None and _midnight(start) and _midnight(end):
        last = (end - timedelta(hours=12)).date()
        if last <= start.date():
            return f"{start:%A %Y-%m-%d}, {zone}"
        return f"{start:%Y-%m-%d} to {last}, {zone}"
    begin = "the beginning" if start is None else f"{start:%Y-%m-%d %H:%M}"
    until = "now" if end is None else f"{end:%Y-%m-%d %H:%M}"
    return f"From {begin} until {until}, {zone}"


def moment(at: datetime, zone: str) -> str:
    """A time for people, to the minute, with its zone."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}, {zone}"


def _midnight(at: datetime) -> bool:
    return at.hour == at.minute == at.second == at.microsecond == 0
