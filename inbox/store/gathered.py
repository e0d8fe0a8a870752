"""What an incident holds, for its room: its threads page by page, how many people they are, and the posts shown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Text, and_, case, func, select, type_coerce

from inbox.model.ids import IncidentId, MentionId, ThreadId
from inbox.model.incident import OPEN_STATES
from inbox.model.words import Direction, Status
from inbox.store.incidents import MATCH
from inbox.store.schema import author, incident, incident_thread, mention, thread
from inbox.store.session import Session

_OVER = (str(Status.CLOSED), str(Status.WAITING))


@dataclass(frozen=True, slots=True)
class Gathered:
    """How much an incident holds. ``reach`` adds the followers of each author once; ``unanswered`` threads are those
    that wait on us; ``mentions`` are those of customers, of which ``negative`` are negative; ``press`` are the authors
    who write for it.
    """

    threads: int = 0
    unanswered: int = 0
    people: int = 0
    reach: int = 0
    mentions: int = 0
    negative: int = 0
    press: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a thread came into an incident: ``match`` is how well it fits, 0 to 1, None where nobody measured it; ``by``
    whom it was put in by hand, empty for a match; ``press`` that its author writes for it.
    """

    match: float | None = None
    by: str = ""
    press: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A mention that is shown as an example."""

    id: MentionId
    thread_id: ThreadId
    author: str
    network: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """An open incident as the side bar names it."""

    id: IncidentId
    title: str
    threads: int


def page(s: Session, incident_id: IncidentId, *, limit: int, offset: int = 0) -> list[ThreadId]:
    """Threads of an incident: those that wait on us by their deadlines, then the others, the newest first."""
    query = (
        select(thread.c.id)
        .join(incident_thread, incident_thread.c.thread_id == thread.c.id)
        .where(*_held(incident_id))
        .order_by(
            case((thread.c.status.in_(_OVER), 1), else_=0),
            case((thread.c.next_due_at.is_(None), 1), else_=0),
            thread.c.next_due_at,
            thread.c.last_mention_at.desc(),
            thread.c.id.desc(),
        )
    )
    return [ThreadId(each) for each in s.execute(query.limit(limit).offset(offset)).scalars()]


def counted(s: Session, incident_id: IncidentId) -> Gathered:
    """How much an incident holds."""
    waits = case((thread.c.status.in_(_OVER), 0), else_=1)
    each = (
        select(
            func.count().label("threads"), func.sum(waits).label("open"), func.max(thread.c.followers).label("reach")
        )
        .select_from(thread)
        .join(incident_thread, incident_thread.c.thread_id == thread.c.id)
        .where(*_held(incident_id))
        .group_by(thread.c.author_id)
        .subquery()
    )
    sums = (func.sum(each.c.threads), func.sum(each.c.open), func.count(), func.sum(each.c.reach))
    threads, unanswered, people, reach = s.execute(select(*sums)).one()
    negative = func.sum(case((mention.c.sentiment == "negative", 1), else_=0))
    inbound = and_(mention.c.thread_id == incident_thread.c.thread_id, mention.c.direction == str(Direction.INBOUND))
    said = select(func.count(), negative).select_from(incident_thread).join(mention, inbound)
    mentions, bad = s.execute(said.where(*_held(incident_id))).one()
    press = _press(s, incident_id)
    return Gathered(*(int(n or 0) for n in (threads, unanswered, people, reach, mentions, bad, press)))


def fits(s: Session, incident_id: IncidentId, ids: Collection[ThreadId]) -> dict[ThreadId, Fit]:
    """How some of its threads came into an incident."""
    of = incident_thread.c
    query = (
        select(of.thread_id, of.match, of.by, author.c.tags)
        .join(thread, thread.c.id == of.thread_id)
        .join(author, author.c.id == thread.c.author_id)
        .where(*_held(incident_id), of.thread_id.in_(list(ids)))
    )
    return {
        ThreadId(number): Fit(match, "" if by == MATCH else by, "press" in (tags or ()))
        for number, match, by, tags in s.execute(query)
    }


def _press(s: Session, incident_id: IncidentId) -> int:
    """Authors of the press are few: their threads are looked up from them."""
    query = (
        select(func.count(thread.c.author_id.distinct()))
        .select_from(author)
        .join(thread, thread.c.author_id == author.c.id)
        .join(incident_thread, incident_thread.c.thread_id == thread.c.id)
        .where(type_coerce(author.c.tags, Text).like('%"press"%'), *_held(incident_id))
    )
    return int(s.scalar(query) or 0)


def standing(s: Session, limit: int) -> list[Standing]:
    """The open incidents, the newest first."""
    holds = (
        select(func.count())
        .where(incident_thread.c.incident_id == incident.c.id, incident_thread.c.removed_at.is_(None))
        .scalar_subquery()
    )
    query = select(incident.c.id, incident.c.title, holds).where(
        incident.c.state.in_([str(each) for each in OPEN_STATES])
    )
    newest = query.order_by(incident.c.opened_at.desc(), incident.c.id.desc()).limit(limit)
    return [Standing(IncidentId(number), title, int(n)) for number, title, n in s.execute(newest)]


def people(s: Session, ids: Collection[IncidentId]) -> dict[IncidentId, int]:
    """How many people wrote the threads of each incident; those without threads are left out."""
    query = (
        select(incident_thread.c.incident_id, func.count(thread.c.author_id.distinct()))
        .join(thread, thread.c.id == incident_thread.c.thread_id)
        .where(incident_thread.c.incident_id.in_(list(ids)), incident_thread.c.removed_at.is_(None))
        .group_by(incident_thread.c.incident_id)
    )
    return {IncidentId(number): int(n) for number, n in s.execute(query)}


def posts(s: Session, ids: Sequence[int]) -> list[Post]:
    """Some mentions, in the order asked; those that are gone are left out."""
    found = {row.id: _post(row) for row in s.execute(_posts().where(mention.c.id.in_(list(ids))))}
    return [found[each] for each in ids if each in found]


def furthest(s: Session, incident_id: IncidentId, limit: int) -> list[Post]:
    """The mentions whose authors have the most followers, one of each thread that is held."""
    newest = (
        select(thread.c.id)
        .join(incident_thread, incident_thread.c.thread_id == thread.c.id)
        .where(*_held(incident_id))
        .order_by(func.coalesce(thread.c.followers, 0).desc(), thread.c.id)
        .limit(limit)
    )
    ids = list(s.execute(newest).scalars())
    first = func.min(mention.c.id).label("id")
    inbound = mention.c.direction == str(Direction.INBOUND)
    chosen = select(first).where(mention.c.thread_id.in_(ids), inbound).group_by(mention.c.thread_id)
    found = {row.thread_id: _post(row) for row in s.execute(_posts().where(mention.c.id.in_(chosen)))}
    return [found[each] for each in ids if each in found]


def _posts() -> Any:  # noqa: ANN401 - a Core select
    return (
        select(mention.c.id, mention.c.thread_id, mention.c.network, mention.c.text, mention.c.created_at)
        .add_columns(author.c.name, author.c.handle)
        .join(author, author.c.id == mention.c.author_id)
    )


def _post(row: Row[Any]) -> Post:
    who = row.name or row.handle
    return Post(MentionId(row.id), ThreadId(row.thread_id), who, row.network, row.text, row.created_at)


def _held(incident_id: IncidentId) -> tuple[ColumnElement[bool], ...]:
    return (incident_thread.c.incident_id == incident_id, incident_thread.c.removed_at.is_(None))
