"""Outcomes: how threads were closed, answered and reopened, and what became of the customer."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select

from inbox.model.ids import ThreadId
from inbox.model.report import Question
from inbox.model.words import CloseReason, Direction, Metric, Outcome, Status
from inbox.store.reports.groups import (
    answered,
    narrowed,
    no_colleague,
    no_noise,
    rows,
    thread_columns,
    within,
)
from inbox.store.schema import clock, mention, status_event, thread
from inbox.store.session import Session

_first, _last, _shut, _back = mention.alias(), mention.alias(), status_event.alias(), status_event.alias()
_RESPONSES = clock.c.metric != str(Metric.RESOLUTION)
_MINE = clock.c.thread_id == thread.c.id


def counted(s: Session, asked: Question) -> Iterator[tuple[Any, dict[str, int]]]:
    """(group, how many threads each column counts) of the threads that began in the period."""
    kinds = _kinds()
    group = thread_columns()[asked.by]
    sums = (func.sum(case((kind, 1), else_=0)) for kind in kinds.values())
    for each, *counts in s.execute(select(group, *sums).where(*_where(s, asked)).group_by(group)):
        yield each, dict(zip(kinds, map(int, counts), strict=True))


def sentiments(s: Session, asked: Question) -> Iterator[list[tuple[Any, str, str]]]:
    """(group, sentiment of the customer's first, of their last mention) of threads in which two or more are judged."""
    first, last = _judged(newest=False), _judged(newest=True)
    group = thread_columns()[asked.by]
    query = (
        select(group, _first.c.sentiment, _last.c.sentiment)
        .select_from(thread.join(_first, _first.c.id == first).join(_last, _last.c.id == last))
        .where(*_where(s, asked), _people(), _first.c.id != _last.c.id)
    )
    return rows(s, query)


def behind_outcomes(s: Session, asked: Question, column: str | None, limit: int) -> list[ThreadId]:
    """The threads that a column counts, the newest first."""
    kind = _kinds().get(column or "threads", _people())
    query = select(thread.c.id).where(*_where(s, asked), kind)
    found = s.execute(query.order_by(thread.c.first_mention_at.desc(), thread.c.id).limit(limit))
    return [ThreadId(row.id) for row in found]


CLOSED: Final = {
    "answered": CloseReason.ANSWERED,
    "no_reply_needed": CloseReason.NO_REPLY_NEEDED,
    "duplicate": CloseReason.DUPLICATE,
    "handled_elsewhere": CloseReason.HANDLED_ELSEWHERE,
}
BECAME: Final = {
    "heard": Outcome.HEARD,
    "saved": Outcome.SAVED,
    "complaint_filed": Outcome.COMPLAINT_FILED,
    "thanks_in_public": Outcome.THANKS,
}


def _kinds() -> dict[str, ColumnElement[bool]]:
    people = _people()
    closed = thread.c.status == str(Status.CLOSED)
    found = {
        "threads": people,
        "needing": and_(people, _needing()),
        "answered": and_(people, _met()),
        "closed": and_(people, _ever_closed()),
        "reopened": and_(people, _ever_closed(), _reopened()),
    }
    found |= {f"closed_{name}": and_(people, closed, thread.c.close_reason == str(why)) for name, why in CLOSED.items()}
    found["closed_spam"] = and_(closed, thread.c.close_reason == str(CloseReason.SPAM))
    return found | {name: and_(people, thread.c.outcome == str(what)) for name, what in BECAME.items()}


def _where(s: Session, asked: Question) -> list[ColumnElement[bool]]:
    """Spam is counted in its own column, so it is not left out here."""
    columns = thread_columns()
    inbound = thread.c.last_inbound_at.is_not(None)
    return [
        inbound,
        no_colleague(),
        *within(thread.c.first_mention_at, asked.period),
        *narrowed(s, columns, asked.only),
    ]


def _people() -> ColumnElement[bool]:
    return or_(no_noise(), answered())


def _met() -> ColumnElement[bool]:
    return select(clock.c.id).where(_MINE, _RESPONSES, clock.c.met_at.is_not(None)).exists()


def _needing() -> ColumnElement[bool]:
    """A customer waited, and nobody said afterwards that there was nothing to answer."""
    none = [str(each) for each in (CloseReason.NO_REPLY_NEEDED, CloseReason.DUPLICATE, CloseReason.SPAM)]
    dropped = and_(thread.c.status == str(Status.CLOSED), func.coalesce(thread.c.close_reason, "").in_(none))
    return or_(_met(), and_(not_(dropped), select(clock.c.id).where(_MINE, _RESPONSES).exists()))


def _ever_closed() -> ColumnElement[bool]:
    event = select(_shut.c.id).where(_shut.c.thread_id == thread.c.id, _shut.c.status == str(Status.CLOSED))
    return or_(thread.c.status == str(Status.CLOSED), event.exists())


def _reopened() -> ColumnElement[bool]:
    live = _back.c.status.in_([str(Status.NEW), str(Status.OPEN)])
    later = and_(_back.c.thread_id == thread.c.id, live, _back.c.id > _shut.c.id)
    both = select(_shut.c.id).select_from(_shut.join(_back, later))
    return both.where(_shut.c.thread_id == thread.c.id, _shut.c.status == str(Status.CLOSED)).exists()


def _judged(*, newest: bool) -> ColumnElement[Any]:
    """The number of the customer's first or last mention whose sentiment is known."""
    one = mention.alias()
    mine = (one.c.thread_id == thread.c.id, one.c.direction == str(Direction.INBOUND), one.c.sentiment.is_not(None))
    order = (one.c.created_at.desc(), one.c.id.desc()) if newest else (one.c.created_at, one.c.id)
    query: Select[Any] = select(one.c.id).where(*mine).order_by(*order).limit(1)
    return query.correlate(thread).scalar_subquery()
