"""What the closing report of an incident counts: answers to its threads, its height, holds, calls and lessons."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Subquery, and_, case, func, select, type_coerce

from inbox.model.escalation import Escalation
from inbox.model.ids import EscalationId, IncidentId, MentionId, ThreadId
from inbox.model.words import Direction, Status, Visibility
from inbox.store import escalations
from inbox.store.hot import Lesson
from inbox.store.reports.groups import micros
from inbox.store.schema import (
    account,
    author,
    escalation,
    hold,
    hot_lesson,
    incident_event,
    incident_thread,
    mention,
    thread,
)
from inbox.store.session import Session
from inbox.store.types import Utc

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """A gathered thread: when its author first asked, and when a person first answered (None: nobody has). ``over``
    says that it was closed.
    """

    thread_id: ThreadId
    asked_at: datetime
    answered_at: datetime | None
    over: bool


@dataclass(frozen=True, slots=True)
class Height:
    """The time in which most was written in the gathered threads; ``negative`` of the ``mentions`` are negative."""

    at: datetime
    mentions: int
    people: int
    negative: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a mention stands; ``shown`` is false for a private one and one that its author took down."""

    handle: str
    url: str
    shown: bool


@dataclass(frozen=True, slots=True)
class PastHold:
    """A hold of an incident: on one account or (None) everywhere; ``released_at`` None while it stands."""

    account: str | None
    why: str
    by: str
    since: datetime
    released_at: datetime | None
    released_by: str


def waits(s: Session, incident_id: IncidentId, began_at: datetime) -> list[Wait]:
    """Every thread that it holds. A thread is waited for since its author's first mention after the incident began, or
    before where there is none since; an answer is a person's, public or private, posted after that.
    """
    asked = _asked(incident_id, began_at)
    answer = and_(
        mention.c.thread_id == asked.c.thread_id,
        mention.c.direction == str(Direction.OUTBOUND),
        mention.c.automatic.is_(False),
        mention.c.created_at >= asked.c.asked_at,
    )
    query = (
        select(asked.c.thread_id, asked.c.asked_at, thread.c.status, func.min(mention.c.created_at).label("answered"))
        .join(thread, thread.c.id == asked.c.thread_id)
        .outerjoin(mention, answer)
        .group_by(asked.c.thread_id, asked.c.asked_at, thread.c.status)
        .order_by(asked.c.asked_at, asked.c.thread_id)
    )
    return [
        Wait(ThreadId(row.thread_id), row.asked_at, row.answered, row.status == str(Status.CLOSED))
        for row in s.execute(query)
    ]


def height(s: Session, incident_id: IncidentId, since: datetime, length: timedelta) -> Height | None:
    """The span of that length in which most was written, the earliest of several; None without a mention since."""
    wide = length // _MICROSECOND
    at = micros(mention.c.created_at)
    said = (
        select((at - at % wide).label("place"), mention.c.author_id, mention.c.sentiment)
        .select_from(incident_thread)
        .join(mention, _inbound())
        .where(*_held(incident_id), mention.c.created_at >= since)
        .subquery()
    )
    negative = func.sum(case((said.c.sentiment == "negative", 1), else_=0))
    query = (
        select(type_coerce(said.c.place, Utc), func.count(), func.count(said.c.author_id.distinct()), negative)
        .group_by(said.c.place)
        .order_by(func.count().desc(), said.c.place)
        .limit(1)
    )
    row = s.execute(query).first()
    return None if row is None else Height(row[0], int(row[1]), int(row[2]), int(row[3] or 0))


def sources(s: Session, ids: Collection[MentionId]) -> dict[MentionId, Source]:
    """Where mentions stand, by number."""
    query = select(mention.c.id, mention.c.url, mention.c.visibility, mention.c.deleted_at, author.c.handle).join(
        author, author.c.id == mention.c.author_id
    )
    return {
        MentionId(row.id): Source(
            row.handle, row.url, row.visibility != str(Visibility.PRIVATE) and row.deleted_at is None
        )
        for row in s.execute(query.where(mention.c.id.in_(list(ids))))
    }


def asking(s: Session, ids: Collection[ThreadId]) -> dict[ThreadId, tuple[str, str]]:
    """Handle and network of the authors of some threads."""
    query = select(thread.c.id, author.c.handle, thread.c.network).join(author, author.c.id == thread.c.author_id)
    found = s.execute(query.where(thread.c.id.in_(list(ids))))
    return {ThreadId(number): (handle, network) for number, handle, network in found}


def holds(s: Session, incident_id: IncidentId) -> list[PastHold]:
    """The holds that were set for an incident, the oldest first."""
    query = select(hold, account.c.handle).outerjoin(account, account.c.id == hold.c.account_id)
    rows = s.execute(query.where(hold.c.incident_id == incident_id).order_by(hold.c.since, hold.c.id))
    return [_hold(row) for row in rows]


def calls(s: Session, incident_id: IncidentId, limit: int) -> list[Escalation]:
    """The calls for help about an incident, the oldest first."""
    query = select(escalation.c.id).where(escalation.c.incident_id == incident_id).order_by(escalation.c.id)
    numbers = s.execute(query.limit(limit)).scalars().all()
    found = (escalations.get(s, EscalationId(each)) for each in numbers)
    return [each for each in found if each is not None]


def lines(s: Session, incident_id: IncidentId) -> int:
    """How many lines its timeline has."""
    return int(s.scalar(select(func.count()).where(incident_event.c.incident_id == incident_id)) or 0)


def lessons(s: Session, incident_id: IncidentId) -> list[tuple[Lesson, str]]:
    """What was taught the detector about an incident, and by whom, the oldest first."""
    query = select(hot_lesson).where(hot_lesson.c.incident_id == incident_id).order_by(hot_lesson.c.id)
    return [
        (Lesson(row.id, row.kind, row.stream, tuple(row.terms), row.was_real, row.at), row.actor)
        for row in s.execute(query)
    ]


def _asked(incident_id: IncidentId, began_at: datetime) -> Subquery:
    since = func.min(case((mention.c.created_at >= began_at, mention.c.created_at)))
    return (
        select(
            incident_thread.c.thread_id,
            type_coerce(func.coalesce(since, func.min(mention.c.created_at)), Utc).label("asked_at"),
        )
        .join(mention, _inbound())
        .where(*_held(incident_id))
        .group_by(incident_thread.c.thread_id)
        .subquery()
    )


def _inbound() -> ColumnElement[bool]:
    return and_(mention.c.thread_id == incident_thread.c.thread_id, mention.c.direction == str(Direction.INBOUND))


def _held(incident_id: IncidentId) -> tuple[ColumnElement[bool], ...]:
    return (incident_thread.c.incident_id == incident_id, incident_thread.c.removed_at.is_(None))


def _hold(row: Row[Any]) -> PastHold:
    return PastHold(row.handle, row.why, row.by, row.since, row.released_at, row.released_by)
