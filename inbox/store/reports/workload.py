"""Workload: who was given threads, how long they lay in the queue, who worked on them, and what waits now."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, literal, null, select

from inbox.model.ids import ThreadId
from inbox.model.report import By, Question
from inbox.model.words import Direction, Metric
from inbox.store.reports.counts import mention_columns
from inbox.store.reports.groups import (
    Columns,
    micros,
    name_of,
    narrowed,
    people_only,
    rows,
    thread_columns,
    within,
)
from inbox.store.reports.waits import Wait
from inbox.store.schema import area, clock, handling, mention, spell, thread
from inbox.store.schema.threads import QUEUE_LIVE
from inbox.store.session import Session
from inbox.store.types import to_micros


def given(s: Session, asked: Question) -> Iterator[tuple[Any, int, int]]:
    """(group, threads given to somebody, those of them that somebody else had before)."""
    columns = _given_columns()
    group = columns[asked.by]
    query = select(group, func.count(), func.sum(case((_REASSIGNED, 1), else_=0))).select_from(_SPELLS)
    where = (*_in_period(s, asked, columns, spell.c.since), _GIVEN)
    for each, n, again in s.execute(query.where(*where).group_by(group)):
        yield each, int(n), int(again)


def queued(s: Session, asked: Question) -> Iterator[list[Wait]]:
    """Each stay of a thread with nobody that is over, by the calendar of the area; in chunks."""
    columns = _queue_columns()
    where = (*_in_period(s, asked, columns, spell.c.since), *_QUEUED)
    query = select(columns[asked.by], micros(spell.c.since), micros(spell.c.until), area.c.calendar, null())
    return rows(s, query.select_from(_SPELLS.outerjoin(area, area.c.id == spell.c.area_id)).where(*where))


def handled(s: Session, asked: Question) -> Iterator[list[Wait]]:
    """Each reply from the opening of its composer to its sending, by the calendar of the area; in chunks."""
    columns = _handling_columns()
    where = (*_in_period(s, asked, columns, handling.c.opened_at), handling.c.sent_at.is_not(None))
    query = select(columns[asked.by], micros(handling.c.opened_at), micros(handling.c.sent_at), area.c.calendar, null())
    return rows(s, query.select_from(_HANDLING.outerjoin(area, area.c.id == thread.c.area_id)).where(*where))


def replies(s: Session, asked: Question) -> Iterator[tuple[Any, int]]:
    """(group, answers that people gave)."""
    columns = mention_columns()
    group = columns[asked.by]
    query = select(group, func.count()).select_from(_MENTIONS)
    where = (*_in_period(s, asked, columns, mention.c.created_at), *_REPLY)
    yield from ((each, int(n)) for each, n in s.execute(query.where(*where).group_by(group)))


def open_now(s: Session, asked: Question) -> Iterator[tuple[Any, int]]:
    """(group, threads that are new or open at this moment)."""
    columns = thread_columns(thread.c.assignee_id)
    group = columns[asked.by]
    where = (thread.c.queue == QUEUE_LIVE, *people_only(), *narrowed(s, columns, asked.only))
    yield from ((each, int(n)) for each, n in s.execute(select(group, func.count()).where(*where).group_by(group)))


def backlog(s: Session, asked: Question, now: datetime) -> Iterator[list[Wait]]:
    """The waits of customers that run at this moment, up to now; in chunks."""
    columns = thread_columns(thread.c.assignee_id)
    began, until = micros(clock.c.started_at), literal(to_micros(now), BigInteger)
    query = select(columns[asked.by], began, until, clock.c.calendar, null()).select_from(_CLOCKS)
    return rows(s, query.where(*_WAITING, *people_only(), *narrowed(s, columns, asked.only)))


def behind_workload(s: Session, asked: Question, column: str | None, limit: int) -> list[ThreadId]:
    """The threads of one column, the newest first."""
    asked_for = column or "given"
    more: Sequence[ColumnElement[bool]]
    kind = next((name for name in _COLUMNS if asked_for.startswith(name)), "")
    if kind == "queue":
        columns, source, at, more = _queue_columns(), _SPELLS, spell.c.since, _QUEUED
    elif kind == "handling":
        columns, source, at = _handling_columns(), _HANDLING, handling.c.opened_at
        more = (handling.c.sent_at.is_not(None),)
    elif kind == "replies":
        columns, source, at, more = mention_columns(), _MENTIONS, mention.c.created_at, _REPLY
    elif kind:
        return _standing(s, asked, limit, waiting=kind != "open")
    else:
        columns, source, at = _given_columns(), _SPELLS, spell.c.since
        more = (_GIVEN, _REASSIGNED) if asked_for == "reassigned" else (_GIVEN,)
    query = select(thread.c.id).select_from(source).where(*_in_period(s, asked, columns, at), *more)
    found = s.execute(query.group_by(thread.c.id).order_by(func.max(at).desc(), thread.c.id).limit(limit))
    return [ThreadId(row.id) for row in found]


def _standing(s: Session, asked: Question, limit: int, *, waiting: bool) -> list[ThreadId]:
    columns = thread_columns(thread.c.assignee_id)
    query = select(thread.c.id).where(*people_only(), *narrowed(s, columns, asked.only))
    if waiting:
        query = query.select_from(_CLOCKS).where(*_WAITING).order_by(clock.c.started_at, thread.c.id)
    else:
        query = query.where(thread.c.queue == QUEUE_LIVE).order_by(thread.c.first_mention_at, thread.c.id)
    return [ThreadId(row.id) for row in s.execute(query.limit(limit))]


_COLUMNS = ("queue", "handling", "replies", "open", "backlog", "age")
_before, _earlier, _after = spell.alias(), spell.alias(), spell.alias()
_SPELLS = spell.join(thread, thread.c.id == spell.c.thread_id)
_HANDLING = handling.join(thread, thread.c.id == handling.c.thread_id)
_MENTIONS = mention.join(thread, thread.c.id == mention.c.thread_id)
_CLOCKS = clock.join(thread, thread.c.id == clock.c.thread_id)
_REPLY = (mention.c.direction == str(Direction.OUTBOUND), ~mention.c.automatic)
_QUEUED = (spell.c.employee_id.is_(None), spell.c.until.is_not(None))
_WAITING = (
    clock.c.metric != str(Metric.RESOLUTION),
    clock.c.met_at.is_(None),
    clock.c.cancelled_at.is_(None),
    thread.c.queue == QUEUE_LIVE,
)


def _just_before() -> ColumnElement[Any]:
    """Who had the thread in the spell before; nobody in the queue."""
    mine = (_before.c.thread_id == spell.c.thread_id, _before.c.id < spell.c.id)
    query = select(_before.c.employee_id).where(*mine).order_by(_before.c.id.desc()).limit(1)
    return query.correlate_except(_before).scalar_subquery()


def _had_before() -> ColumnElement[Any]:
    """Who had the thread last, before the queue too."""
    mine = (_earlier.c.thread_id == spell.c.thread_id, _earlier.c.id < spell.c.id, _earlier.c.employee_id.is_not(None))
    query = select(_earlier.c.employee_id).where(*mine).order_by(_earlier.c.id.desc()).limit(1)
    return query.correlate_except(_earlier).scalar_subquery()


def _got_next() -> ColumnElement[Any]:
    """Who got the thread out of the queue."""
    mine = (_after.c.thread_id == spell.c.thread_id, _after.c.id > spell.c.id, _after.c.employee_id.is_not(None))
    query = select(_after.c.employee_id).where(*mine).order_by(_after.c.id).limit(1)
    return query.correlate_except(_after).scalar_subquery()


_GIVEN = and_(spell.c.employee_id.is_not(None), spell.c.employee_id.is_distinct_from(_just_before()))
_REASSIGNED = _had_before() != spell.c.employee_id


def _given_columns() -> Columns:
    return {**thread_columns(spell.c.employee_id), By.AREA: spell.c.area_id}


def _queue_columns() -> Columns:
    return {**thread_columns(_got_next()), By.AREA: spell.c.area_id}


def _handling_columns() -> Columns:
    return {**thread_columns(), By.EMPLOYEE: name_of(handling.c.employee_id)}


def _in_period(s: Session, asked: Question, columns: Columns, at: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    return [*people_only(), *within(at, asked.period), *narrowed(s, columns, asked.only)]
