"""What came in and had to be answered, and how long answers took in hand: what staffing is worked out from."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select

from inbox.model.words import Metric
from inbox.store.reports.groups import micros, no_colleague
from inbox.store.schema import clock, handling, thread
from inbox.store.session import Session

_RESPONSES: Final = (str(Metric.FIRST), str(Metric.NEXT))
_CHUNK: Final = 20_000

Asked = tuple[str, int | None, int, int | None, str | None]
"""(metric, number of the area, asked at, due at, calendar); times in microseconds."""


def asked(s: Session, since: datetime, until: datetime, *, kept: str) -> Iterator[list[Asked]]:
    """The answers that customers asked for in a period, in chunks and no order: first and next ones.

    Waits given up without an answer are left out, but for the reason ``kept``.
    """
    query = (
        select(clock.c.metric, thread.c.area_id, micros(clock.c.started_at), micros(clock.c.due_at), clock.c.calendar)
        .select_from(clock.join(thread, thread.c.id == clock.c.thread_id))
        .where(*_responses(kept), clock.c.started_at >= since, clock.c.started_at < until, no_colleague())
    )
    for rows in s.execute(query).partitions(_CHUNK):
        yield [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def newest(s: Session, *, kept: str) -> datetime | None:
    """When the newest answer was asked for; None where there is no history."""
    found: datetime | None = s.scalar(select(func.max(clock.c.started_at)).where(*_responses(kept)))
    return found


def handled(s: Session, since: datetime, until: datetime) -> list[tuple[int | None, float]]:
    """(number of the area, seconds in hand) of the replies sent in a period."""
    spent = micros(handling.c.sent_at) - micros(handling.c.opened_at)
    query = (
        select(thread.c.area_id, spent)
        .select_from(handling.join(thread, thread.c.id == handling.c.thread_id))
        .where(handling.c.sent_at >= since, handling.c.sent_at < until)
    )
    return [(row[0], row[1] / 1_000_000) for row in s.execute(query)]


def _responses(kept: str) -> list[ColumnElement[bool]]:
    going = or_(clock.c.cancelled_at.is_(None), clock.c.cancel_reason == kept)
    return [clock.c.metric.in_(_RESPONSES), going]
