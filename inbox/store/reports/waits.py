"""Waits that ended, and what became of the clocks that had a target."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, case, func, not_, null, select, type_coerce

from inbox.model.ids import ThreadId
from inbox.model.report import By, Question
from inbox.model.words import Metric
from inbox.store.reports.groups import (
    Columns,
    answered_by,
    had_at,
    micros,
    name_of,
    narrowed,
    no_colleague,
    people_only,
    rows,
    thread_columns,
    within,
)
from inbox.store.schema import clock, thread
from inbox.store.session import Session

Wait = tuple[Any, int, int, str | None, str | None]
"""(group, began, ended, calendar, pauses as JSON); times in microseconds, no calendar is round the clock."""


def ended(s: Session, asked: Question) -> Iterator[list[Wait]]:
    """The waits that ended with an answer (or, of a resolution, with a closing), in chunks."""
    columns = wait_columns(asked.metric)
    paused = _pauses(asked)
    query = select(columns[asked.by], micros(clock.c.started_at), micros(clock.c.met_at), clock.c.calendar, paused)
    return rows(s, query.select_from(_CLOCKS).where(*_met(s, asked, columns)))


def spans(s: Session, asked: Question) -> Iterator[list[tuple[Any, int]]]:
    """(group, microseconds) of the waits that ended, by the calendar on the wall, pauses and all, in chunks."""
    columns = wait_columns(asked.metric)
    query = select(columns[asked.by], _SPAN).select_from(_CLOCKS).where(*_met(s, asked, columns))
    return rows(s, query)


def numbered(s: Session, asked: Question) -> Iterator[list[tuple[int, int, int, str | None, str | None]]]:
    """The same with the thread's number for the group, to find those behind a figure."""
    columns = wait_columns(asked.metric)
    paused = _pauses(asked)
    query = select(clock.c.thread_id, micros(clock.c.started_at), micros(clock.c.met_at), clock.c.calendar, paused)
    return rows(s, query.select_from(_CLOCKS).where(*_met(s, asked, columns)))


def longest(s: Session, asked: Question, limit: int) -> list[ThreadId]:
    """The threads of the longest waits by the calendar on the wall, pauses and all."""
    columns = wait_columns(asked.metric)
    query = select(clock.c.thread_id).select_from(_CLOCKS).where(*_met(s, asked, columns))
    query = query.group_by(clock.c.thread_id) if asked.metric is Metric.NEXT else query
    span = func.max(_SPAN) if asked.metric is Metric.NEXT else _SPAN
    return [ThreadId(row.thread_id) for row in s.execute(query.order_by(span.desc(), clock.c.thread_id).limit(limit))]


def targets(s: Session, asked: Question) -> Iterator[tuple[Any, int, int, int, int]]:
    """(group, met in time, breached, open, cancelled) of the clocks that had a target."""
    columns = wait_columns(asked.metric)
    group = columns[asked.by]
    sums = (func.sum(case((kind, 1), else_=0)) for kind in _KINDS.values())
    query = select(group, *sums).select_from(_CLOCKS).where(*_promised(s, asked, columns)).group_by(group)
    for each, *counts in s.execute(query):
        yield each, *(int(count) for count in counts)


def kept(s: Session, asked: Question, column: str | None, limit: int) -> list[ThreadId]:
    """The threads of clocks with a target that became ``column`` (met, breached, open, cancelled; None: any)."""
    columns = wait_columns(asked.metric)
    kinds = [_KINDS[column]] if column in _KINDS else []
    where = (*_promised(s, asked, columns), *kinds)
    query = select(clock.c.thread_id).select_from(_CLOCKS).where(*where).group_by(clock.c.thread_id)
    newest = func.max(clock.c.started_at).desc()
    return [ThreadId(row.thread_id) for row in s.execute(query.order_by(newest, clock.c.thread_id).limit(limit))]


@dataclass(frozen=True, slots=True)
class Promised:
    """What became of all clocks that had a target; ``ended`` of them with an answer or a closing. ``shortest`` and
    ``longest`` are the targets of these in microseconds, None without any.
    """

    met: int
    breached: int
    ended: int
    shortest: int | None
    longest: int | None


def promised(s: Session, asked: Question) -> Promised:
    """The targets of the waits asked for, all together."""
    target = case((_IS_MET, micros(clock.c.target)))
    sums = (func.sum(case((kind, 1), else_=0)) for kind in (_KINDS["met"], _KINDS["breached"], _IS_MET))
    query = select(*sums, func.min(target), func.max(target)).select_from(_CLOCKS)
    met, late, ended, shortest, longest = s.execute(query.where(*_promised(s, asked, wait_columns(asked.metric)))).one()
    return Promised(int(met or 0), int(late or 0), int(ended or 0), shortest, longest)


def wait_columns(metric: Metric) -> Columns:
    """What clocks are grouped by: the employee is who answered, or who had the thread when it was closed."""
    if metric is Metric.RESOLUTION:
        whose = name_of(had_at(clock.c.thread_id, func.coalesce(clock.c.met_at, clock.c.started_at)))
    else:
        whose = answered_by(clock.c.thread_id, func.coalesce(clock.c.met_at, clock.c.started_at))
    return {**thread_columns(), By.EMPLOYEE: whose}


_SPAN = micros(clock.c.met_at) - micros(clock.c.started_at)
_CLOCKS = clock.join(thread, thread.c.id == clock.c.thread_id)
_IS_MET, _IS_LATE, _IS_GONE = (clock.c[name].is_not(None) for name in ("met_at", "breached_at", "cancelled_at"))
_KINDS: dict[str, ColumnElement[bool]] = {
    "met": and_(_IS_MET, not_(_IS_LATE)),
    "breached": _IS_LATE,
    "open": and_(not_(_IS_MET), not_(_IS_LATE), not_(_IS_GONE)),
    "cancelled": and_(not_(_IS_MET), not_(_IS_LATE), _IS_GONE),
}


def _pauses(asked: Question) -> ColumnElement[Any]:
    """Nothing pauses a response, and without its pauses a clock is read from an index alone."""
    return type_coerce(clock.c.paused, Text) if asked.metric is Metric.RESOLUTION else null()


def _met(s: Session, asked: Question, columns: Columns) -> list[ColumnElement[bool]]:
    """Met response clocks were answered by a person, so that none of them is noise."""
    people = people_only() if asked.metric is Metric.RESOLUTION else [no_colleague()]
    mine = [clock.c.metric == str(asked.metric), clock.c.met_at.is_not(None)]
    return [*mine, *within(clock.c.started_at, asked.period), *people, *narrowed(s, columns, asked.only)]


def _promised(s: Session, asked: Question, columns: Columns) -> list[ColumnElement[bool]]:
    mine = [clock.c.metric == str(asked.metric), clock.c.target.is_not(None)]
    return [*mine, *within(clock.c.started_at, asked.period), *people_only(), *narrowed(s, columns, asked.only)]
