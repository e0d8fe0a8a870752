"""How long customers waited: the microseconds of each wait that ended, in calendar or in business time."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from inbox.flow.reports.spread import collect
from inbox.model.report import Question, Timing
from inbox.model.words import Metric
from inbox.model.workspace import Calendar
from inbox.sla.hours import CalendarRefused
from inbox.sla.measured import differences
from inbox.store import config
from inbox.store.engine import Session
from inbox.store.reports import waits
from inbox.store.reports.waits import Wait


def measured(s: Session, asked: Question) -> Iterator[Iterable[tuple[Any, int]]]:
    """(group, microseconds) of the waits asked for, in chunks."""
    if asked.timing is Timing.CALENDAR and asked.metric is not Metric.RESOLUTION:
        yield from waits.spans(s, asked)
        return
    calendars = calendars_of(s, asked.timing)
    for rows in waits.ended(s, asked):
        yield zip((row[0] for row in rows), lengths(rows, calendars), strict=True)


def spans(s: Session, timing: Timing, chunks: Iterable[list[Wait]]) -> dict[Any, list[int]]:
    """The microseconds of waits by group."""
    calendars = calendars_of(s, timing)
    return collect(zip((row[0] for row in rows), lengths(rows, calendars), strict=True) for rows in chunks)


def calendars_of(s: Session, timing: Timing) -> dict[str, Calendar]:
    """The calendars to measure by; calendar time needs none."""
    return {} if timing is Timing.CALENDAR else {each.name: each for each in config.load(s).calendars}


def lengths(rows: list[Wait], calendars: dict[str, Calendar]) -> list[int]:
    """The microseconds of each wait without its pauses, in the hours of the calendar that its clock had.

    A calendar that is gone or cannot measure is round the clock, as for deadlines.
    """
    names = {row[3] for row in rows}
    if len(names) == 1 and not any(row[4] is not None and row[4] != "[]" for row in rows):
        return open_between(calendars.get(rows[0][3] or ""), [(row[1], row[2]) for row in rows])
    found = [0] * len(rows)
    for name in names:
        places = [place for place, row in enumerate(rows) if row[3] == name]
        spans = [(rows[place][1], rows[place][2]) for place in places]
        pauses = [(place, begin, end) for place in places for begin, end in _pauses(rows[place][4])]
        open_time = open_between(calendars.get(name or ""), [*spans, *((begin, end) for _, begin, end in pauses)])
        for place, value in zip(places, open_time, strict=False):
            found[place] = value
        for (place, _, _), value in zip(pauses, open_time[len(places) :], strict=True):
            found[place] -= value
    return found


def open_between(calendar: Calendar | None, spans: list[tuple[int, int]]) -> list[int]:
    """The open microseconds of spans; a calendar that cannot measure is round the clock."""
    try:
        return differences(calendar, spans)
    except CalendarRefused:
        return differences(None, spans)


def _pauses(told: str | None) -> list[tuple[int, int]]:
    return [] if told is None or told == "[]" else [(begin, end) for begin, end in json.loads(told) if end is not None]
