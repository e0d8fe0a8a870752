"""What reports count, read in one pass each: waits that ended, clocks with a deadline, mentions in and out.

People only (PRODUCT.md section 8): posts of our own employees are left out, and so are spam and noise, unless they
were answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, false, func, not_, or_, select, true, type_coerce

from inbox.model.ids import ThreadId
from inbox.model.report import By, Period
from inbox.model.words import CloseReason, Direction, Metric
from inbox.model.workspace import UNSORTED
from inbox.store.schema import account, area, author, clock, employee, mention, thread
from inbox.store.session import Session
from inbox.store.types import from_micros

NOBODY = "nobody"
_MINUTE = 60_000_000
_CHUNK = 50_000


@dataclass(frozen=True, slots=True)
class Ended:
    """A wait that ended with an answer (or, of a resolution, with a closing). ``calendar`` None is round the clock."""

    started_at: datetime
    met_at: datetime
    calendar: str | None
    paused: tuple[tuple[datetime, datetime], ...]


def keys(s: Session, by: By) -> dict[Any, str]:
    """The words for what rows are grouped by, for the values that the queries here give."""
    if by in {By.ACCOUNT, By.BRAND, By.NETWORK}:
        found = s.execute(select(account.c.id, account.c.handle, account.c.brand, account.c.network))
        name = {By.ACCOUNT: "handle", By.BRAND: "brand", By.NETWORK: "network"}[by]
        return {row.id: getattr(row, name) or row.handle for row in found}
    if by is By.AREA:
        return {None: UNSORTED, **{row.id: row.name for row in s.execute(select(area.c.id, area.c.name))}}
    if by is By.EMPLOYEE:
        return {None: NOBODY, **{row.id: row.name for row in s.execute(select(employee.c.id, employee.c.name))}}
    return {}


def minutes(s: Session, metric: Metric, by: By, period: Period) -> Iterator[tuple[Any, float]]:
    """(group, minutes) of each wait that ended, by the calendar on the wall, pauses and all."""
    query = select(_group(by), _SPAN).select_from(_clocks()).where(*_met(metric, period))
    for rows in s.execute(query).partitions(_CHUNK):
        for group, span in rows:
            yield group, span / _MINUTE


def ended(s: Session, metric: Metric, by: By, period: Period) -> Iterator[tuple[Any, Ended]]:
    """(group, wait) of each wait that ended, with what business time is measured by."""
    columns = (clock.c.started_at, clock.c.met_at, clock.c.calendar, clock.c.paused)
    query = select(_group(by).label("group"), *columns).select_from(_clocks()).where(*_met(metric, period))
    for rows in s.execute(query).partitions(_CHUNK):
        for row in rows:
            yield (
                row.group,
                Ended(
                    row.started_at,
                    row.met_at,
                    row.calendar,
                    tuple((from_micros(begin), from_micros(end)) for begin, end in row.paused or () if end is not None),
                ),
            )


def targets(s: Session, metric: Metric, by: By, period: Period) -> Iterator[tuple[Any, int, int, int, int]]:
    """(group, met in time, breached, open, cancelled) of the clocks that had a target."""
    met, breached = clock.c.met_at.is_not(None), clock.c.breached_at.is_not(None)
    cancelled = clock.c.cancelled_at.is_not(None)
    kinds = (
        and_(met, not_(breached)),
        breached,
        and_(not_(met), not_(breached), not_(cancelled)),
        and_(not_(met), not_(breached), cancelled),
    )
    group = _group(by)
    query = (
        select(group, *(func.sum(case((kind, 1), else_=0)) for kind in kinds))
        .select_from(_clocks())
        .where(clock.c.metric == str(metric), clock.c.target.is_not(None), *_within(clock.c.started_at, period))
        .where(or_(met, _no_noise()), _no_colleague())
        .group_by(group)
    )
    for each, *counts in s.execute(query):
        yield each, *(int(count) for count in counts)


def volume(s: Session, by: By, period: Period) -> Iterator[tuple[Any, int, int, int, int, int]]:
    """(group, mentions, those needing a reply, authors, threads, answers by people)."""
    inbound = mention.c.direction == str(Direction.INBOUND)
    answer = and_(not_(inbound), mention.c.automatic == false())
    group = _group(by)
    query = (
        select(
            group,
            func.sum(case((inbound, 1), else_=0)),
            func.sum(case((and_(inbound, mention.c.needs_reply == true()), 1), else_=0)),
            func.count(case((inbound, mention.c.author_id)).distinct()),
            func.count(case((inbound, mention.c.thread_id)).distinct()),
            func.sum(case((answer, 1), else_=0)),
        )
        .select_from(mention.join(thread, thread.c.id == mention.c.thread_id))
        .where(or_(_no_noise(), thread.c.last_outbound_at.is_not(None)), _no_colleague())
        .where(*_within(mention.c.created_at, period))
        .group_by(group)
    )
    for each, *counts in s.execute(query):
        yield each, *(int(count) for count in counts)


def behind(s: Session, metric: Metric, by: By, group: Any, *, period: Period, limit: int) -> list[ThreadId]:  # noqa: ANN401 - a number or a word
    """The threads behind one row of response times, the longest wait first."""
    same = _group(by).is_(None) if group is None else _group(by) == group
    query = select(clock.c.thread_id).select_from(_clocks()).where(*_met(metric, period), same)
    return [ThreadId(row.thread_id) for row in s.execute(query.order_by(_SPAN.desc(), clock.c.id).limit(limit))]


_SPAN = type_coerce(clock.c.met_at, BigInteger) - type_coerce(clock.c.started_at, BigInteger)


def _group(by: By) -> ColumnElement[Any]:
    return {
        By.ACCOUNT: thread.c.account_id,
        By.BRAND: thread.c.account_id,
        By.NETWORK: thread.c.account_id,
        By.AREA: thread.c.area_id,
        By.EMPLOYEE: func.coalesce(thread.c.assignee_id, thread.c.last_assignee_id),
        By.PRIORITY: thread.c.priority,
    }[by]


def _clocks() -> Any:  # noqa: ANN401 - a Core join
    return clock.join(thread, thread.c.id == clock.c.thread_id)


def _met(metric: Metric, period: Period) -> list[ColumnElement[bool]]:
    within = _within(clock.c.started_at, period)
    answered = or_(_no_noise(), thread.c.last_outbound_at.is_not(None))
    return [clock.c.metric == str(metric), clock.c.met_at.is_not(None), *within, answered, _no_colleague()]


def _within(column: ColumnElement[Any], period: Period) -> list[ColumnElement[bool]]:
    found = []
    if period.start is not None:
        found.append(column >= period.start)
    if period.end is not None:
        found.append(column < period.end)
    return found


def _no_noise() -> ColumnElement[bool]:
    """Nothing that was hidden as noise or closed as spam."""
    spam = and_(thread.c.close_reason.is_not(None), thread.c.close_reason == str(CloseReason.SPAM))
    return and_(thread.c.hidden == false(), not_(func.coalesce(spam, false())))


def _no_colleague() -> ColumnElement[bool]:
    colleagues: Select[Any] = select(author.c.id).where(author.c.tags.like('%"employee"%'))
    return thread.c.author_id.not_in(colleagues)
