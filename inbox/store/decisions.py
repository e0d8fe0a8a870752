"""What people's decisions change of threads: read under a lock, written whole, with the status events they make."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from inbox.model.fact import Facts
from inbox.model.ids import AreaId, EmployeeId, MentionId, ThreadId
from inbox.model.words import CloseReason, Direction, Outcome, Priority, Status
from inbox.store.facts import facts_document, facts_of
from inbox.store.schema import employee, mention, status_event, thread, thread_tag
from inbox.store.session import Session, insert_for

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class State:
    """All of a thread that a decision can change. ``assigned_at`` of a thread that nobody has is when it was
    given back to the queue, by ``last_assignee_id``.
    """

    id: ThreadId
    version: int
    status: Status
    close_reason: CloseReason | None
    closed_at: datetime | None
    priority: Priority
    area_id: AreaId | None
    assignee_id: EmployeeId | None
    last_assignee_id: EmployeeId | None
    assigned_at: datetime | None
    started_at: datetime | None
    snoozed_until: datetime | None
    hidden: bool
    needs_reply: bool | None
    language: str | None
    outcome: Outcome | None = None


_NAMES = tuple(each.name for each in fields(State))
_WRITTEN = tuple(name for name in _NAMES if name not in {"id", "version"})
_STATES = select(*(thread.c[name] for name in _NAMES)).where(thread.c.id.in_(bindparam("ids", expanding=True)))
_PUT = (
    thread.update()
    .where(thread.c.id == bindparam("key"))
    .values({**{name: bindparam(name) for name in _WRITTEN}, "version": thread.c.version + 1})
)


def states(s: Session, ids: Iterable[ThreadId]) -> dict[ThreadId, State]:
    """Where some threads stand; in a writing session nobody else can change them until its end."""
    wanted = sorted(set(ids))
    # In the order of their numbers, so that two deciders never wait for each other in a circle.
    query = _STATES.order_by(thread.c.id)
    if s.writing and s.kind == "postgresql":
        query = query.with_for_update()
    found: dict[ThreadId, State] = {}
    for start in range(0, len(wanted), _CHUNK):
        for row in s.execute(query, {"ids": wanted[start : start + _CHUNK]}):
            found[ThreadId(row.id)] = _state(row)
    return found


def put(s: Session, new: Sequence[State]) -> None:
    """Write states; each thread's version moves on by one, whatever ``version`` says."""
    if new:
        s.execute(_PUT, [{"key": each.id, **{name: getattr(each, name) for name in _WRITTEN}} for each in new])
        s.changed(threads=[each.id for each in new])


def add_events(s: Session, rows: Sequence[tuple[ThreadId, datetime, Status, str | None, str]]) -> dict[ThreadId, int]:
    """Write changes of status, (thread, when, status, reason, actor) each; the number of each thread's event."""
    found: dict[ThreadId, int] = {}
    names = ("thread_id", "at", "status", "reason", "actor")
    if rows:
        values = [dict(zip(names, (each[0], each[1], str(each[2]), *each[3:]), strict=True)) for each in rows]
        inserted = s.execute(status_event.insert().returning(status_event.c.thread_id, status_event.c.id), values)
        found = {ThreadId(row.thread_id): row.id for row in inserted}
    return found


def drop_events(s: Session, numbers: Collection[int]) -> None:
    """Take status events back, as if they had never been."""
    if numbers:
        s.execute(delete(status_event).where(status_event.c.id.in_(list(numbers))))


def tags(s: Session, ids: Iterable[ThreadId]) -> dict[ThreadId, frozenset[str]]:
    """The tags of some threads."""
    found: dict[ThreadId, set[str]] = {each: set() for each in ids}
    for row in s.execute(select(thread_tag).where(thread_tag.c.thread_id.in_(list(found)))):
        found[ThreadId(row.thread_id)].add(row.tag)
    return {key: frozenset(value) for key, value in found.items()}


def add_tags(s: Session, rows: Sequence[tuple[ThreadId, str]]) -> None:
    """Tag threads; a tag that is there already stays."""
    if rows:
        statement = insert_for(s)(thread_tag).on_conflict_do_nothing()
        s.execute(statement, [{"thread_id": thread_id, "tag": tag} for thread_id, tag in rows])


def drop_tags(s: Session, rows: Sequence[tuple[ThreadId, str]]) -> None:
    """Take tags away."""
    if rows:
        statement = delete(thread_tag).where(
            thread_tag.c.thread_id == bindparam("key"), thread_tag.c.tag == bindparam("word")
        )
        s.execute(statement, [{"key": thread_id, "word": tag} for thread_id, tag in rows])


def mark_read(s: Session, thread_id: ThreadId) -> bool:
    """Somebody has looked at it: whether that is news. No new version: looking changes nothing for others."""
    done = s.execute(thread.update().where(thread.c.id == thread_id, thread.c.unread).values(unread=False))
    if done.rowcount:
        s.changed(threads=[thread_id])
    return bool(done.rowcount)


def now_idle(s: Session, employee_id: EmployeeId, now: datetime) -> None:
    """They were just given something: of equally loaded people the next thread is another's."""
    s.execute(employee.update().where(employee.c.id == employee_id).values(idle_since=now))


def snoozed_out(s: Session, now: datetime, limit: int) -> list[ThreadId]:
    """Threads whose snooze is over, the longest first."""
    query = select(thread.c.id).where(thread.c.status == str(Status.SNOOZED), thread.c.snoozed_until <= now)
    return [ThreadId(row.id) for row in s.execute(query.order_by(thread.c.snoozed_until).limit(limit))]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged of one mention, and the ``text`` that it was judged by."""

    id: MentionId
    needs_reply: bool | None
    sentiment: str | None
    language: str | None
    facts: Facts = field(default_factory=dict)
    text: str = ""


def newest_inbound(s: Session, thread_id: ThreadId, mention_id: MentionId | None = None) -> Judged | None:
    """A customer's mention of the thread: the one named, else the newest."""
    names = ("id", "needs_reply", "sentiment", "language", "facts", "text")
    query = select(*(mention.c[name] for name in names)).where(
        mention.c.thread_id == thread_id, mention.c.direction == str(Direction.INBOUND)
    )
    if mention_id is not None:
        query = query.where(mention.c.id == mention_id)
    row = s.execute(query.order_by(mention.c.created_at.desc(), mention.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    facts = facts_of(row.facts)
    return Judged(MentionId(row.id), row.needs_reply, row.sentiment, row.language, facts, row.text)


def judge(s: Session, judged: Judged) -> None:
    """Write what a mention is judged to be."""
    values = {
        "needs_reply": judged.needs_reply,
        "sentiment": judged.sentiment,
        "language": judged.language,
        "facts": facts_document(judged.facts) or None,
    }
    s.execute(mention.update().where(mention.c.id == judged.id).values(**values))


def others_need_reply(s: Session, thread_id: ThreadId, mention_id: MentionId) -> bool:
    """Whether another of the thread's mentions from outside needs a reply."""
    inbound = (mention.c.direction == str(Direction.INBOUND), mention.c.needs_reply, mention.c.id != mention_id)
    return s.scalar(select(mention.c.id).where(mention.c.thread_id == thread_id, *inbound).limit(1)) is not None


def is_answered(s: Session, thread_id: ThreadId) -> bool:
    """Whether a person of ours has answered in the thread."""
    ours = (mention.c.direction == str(Direction.OUTBOUND), ~mention.c.automatic)
    return s.scalar(select(mention.c.id).where(mention.c.thread_id == thread_id, *ours).limit(1)) is not None


def thanked(s: Session, thread_id: ThreadId) -> bool:
    """Whether the customer's newest mention came after an answer of ours and sounds positive."""
    names = (mention.c.direction, mention.c.sentiment, mention.c.automatic)
    found = s.execute(
        select(*names).where(mention.c.thread_id == thread_id).order_by(mention.c.created_at, mention.c.id)
    )
    sides = [row for row in found if not row.automatic]
    last = next((at for at in reversed(range(len(sides))) if sides[at].direction == str(Direction.INBOUND)), None)
    ours = last is not None and any(row.direction == str(Direction.OUTBOUND) for row in sides[:last])
    return ours and last is not None and sides[last].sentiment == "positive"


def _state(row: Row[Any]) -> State:
    values: dict[str, Any] = {name: getattr(row, name) for name in _NAMES}
    values["status"] = Status(row.status)
    values["priority"] = Priority(row.priority)
    values["close_reason"] = None if row.close_reason is None else CloseReason(row.close_reason)
    values["outcome"] = None if row.outcome is None else Outcome(row.outcome)
    return State(**values)
