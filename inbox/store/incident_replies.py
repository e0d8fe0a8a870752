"""The bulk reply of an incident in the store: whom it can answer, its rows in the outbox, and taking them back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from inbox.model.ids import AccountId, EmployeeId, IncidentId, MentionId, ReplyId, ThreadId
from inbox.model.words import AfterSend, Direction, ReplyState, Status, Visibility
from inbox.store import outbox as outbox_store
from inbox.store import presence as presence_store
from inbox.store.schema import author, incident_thread, mention, outbox, presence, thread
from inbox.store.session import Session

_OVER = (ReplyState.CANCELLED, ReplyState.FAILED)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A thread that an incident holds; ``newest`` is the customer's newest mention that still stands, ``on_its_way``
    says that a reply is in the outbox, ``writing`` names an employee whose composer is open.
    """

    thread_id: ThreadId
    account_id: AccountId
    author_id: int
    handle: str
    name: str
    version: int
    status: Status
    hidden: bool
    last_outbound_at: datetime | None
    newest: MentionId | None
    visibility: Visibility
    on_its_way: bool
    writing: str | None


@dataclass(frozen=True, slots=True)
class NewReply:
    """A row for the outbox that is not stored yet."""

    thread_id: ThreadId
    account_id: AccountId
    text: str
    visibility: Visibility
    answers: MentionId
    thread_version: int
    not_before: datetime


def gathered(s: Session, incident_id: IncidentId, now: datetime, only: Collection[ThreadId] = ()) -> list[Gathered]:
    """The threads that an incident holds, or ``only`` some of them, the one that was written in last first."""
    held: list[ColumnElement[bool]] = [
        incident_thread.c.incident_id == incident_id,
        incident_thread.c.removed_at.is_(None),
    ]
    if only:
        held.append(incident_thread.c.thread_id.in_(list(only)))
    going, writing = _going(s, held), _writing(s, held, now)
    return [
        Gathered(
            ThreadId(row.id),
            AccountId(row.account_id),
            row.author_id,
            row.handle,
            row.name,
            row.version,
            Status(row.status),
            row.hidden,
            row.last_outbound_at,
            None if row.newest is None else MentionId(row.newest),
            Visibility(row.visibility or Visibility.PUBLIC),
            row.id in going,
            writing.get(row.id),
        )
        for row in s.execute(_gathered(held))
    ]


def _gathered(held: list[ColumnElement[bool]]) -> Select[Any]:
    """Each thread with its author and the customer's newest mention."""
    newest = (
        select(mention.c.id)
        .where(mention.c.thread_id == thread.c.id, mention.c.direction == Direction.INBOUND)
        .where(mention.c.deleted_at.is_(None))
        .order_by(mention.c.created_at.desc(), mention.c.id.desc())
        .limit(1)
        .correlate(thread)
        .scalar_subquery()
    )
    return (
        select(
            thread.c.id,
            thread.c.account_id,
            thread.c.author_id,
            thread.c.version,
            thread.c.status,
            thread.c.hidden,
            thread.c.last_outbound_at,
            author.c.handle,
            author.c.name,
            mention.c.id.label("newest"),
            mention.c.visibility,
        )
        .join(incident_thread, incident_thread.c.thread_id == thread.c.id)
        .join(author, author.c.id == thread.c.author_id)
        .outerjoin(mention, mention.c.id == newest)
        .where(*held)
        .order_by(thread.c.last_mention_at.desc(), thread.c.id.desc())
    )


def answered(s: Session, incident_id: IncidentId) -> set[int]:
    """The authors to whom a reply of the incident's bulk reply went out, or is on its way."""
    mine = (outbox.c.incident_id == incident_id, outbox.c.state.not_in(_OVER))
    query = select(thread.c.author_id).join(outbox, outbox.c.thread_id == thread.c.id).where(*mine)
    return set(s.execute(query).scalars())


def underway(s: Session, incident_id: IncidentId) -> set[int]:
    """The authors for whom a reply of the incident's bulk reply is on its way."""
    mine = (outbox.c.incident_id == incident_id, outbox.c.state.in_(outbox_store.OPEN_STATES))
    query = select(thread.c.author_id).join(outbox, outbox.c.thread_id == thread.c.id).where(*mine)
    return set(s.execute(query).scalars())


def last_paced(s: Session) -> dict[AccountId, datetime]:
    """Of each account, when the last of the bulk replies that wait goes out."""
    waits = (outbox.c.incident_id.is_not(None), outbox.c.state == ReplyState.QUEUED)
    query = select(outbox.c.account_id, func.max(outbox.c.not_before)).where(*waits).group_by(outbox.c.account_id)
    return {AccountId(account): at for account, at in s.execute(query)}


def queue(
    s: Session,
    incident_id: IncidentId,
    rows: Sequence[NewReply],
    *,
    employee_id: EmployeeId | None,
    employee: str,
    after: AfterSend,
    now: datetime,
) -> list[tuple[ThreadId, ReplyId]]:
    """Put replies into the outbox, marked with the incident; thread and number of each."""
    if not rows:
        return []
    values = [
        {
            "thread_id": each.thread_id,
            "account_id": each.account_id,
            "employee_id": employee_id,
            "employee": employee,
            "text": each.text,
            "visibility": each.visibility,
            "state": ReplyState.QUEUED,
            "after_send": after,
            "answers": each.answers,
            "thread_version": each.thread_version,
            "send_key": outbox_store.new_key(),
            "acknowledgement": False,
            "queued_at": now,
            "not_before": each.not_before,
            "incident_id": incident_id,
        }
        for each in rows
    ]
    made = s.execute(outbox.insert().returning(outbox.c.thread_id, outbox.c.id), values).all()
    s.changed(threads=[each.thread_id for each in rows], topics=["outbox", "incidents"])
    return [(ThreadId(thread_id), ReplyId(reply_id)) for thread_id, reply_id in made]


def cancel(s: Session, incident_id: IncidentId) -> list[tuple[ThreadId, ReplyId]]:
    """Take back every reply of the bulk reply that still waits; thread and number of each."""
    mine = (outbox.c.incident_id == incident_id, outbox.c.state == ReplyState.QUEUED)
    update = outbox.update().where(*mine).values(state=ReplyState.CANCELLED)
    gone = s.execute(update.returning(outbox.c.thread_id, outbox.c.id)).all()
    found = [(ThreadId(thread_id), ReplyId(reply_id)) for thread_id, reply_id in gone]
    if found:
        s.changed(threads=[each for each, _ in found], topics=["outbox", "incidents"])
    return found


def counts(s: Session, incident_id: IncidentId) -> dict[ReplyState, int]:
    """How many replies of the bulk reply are in each state."""
    query = select(outbox.c.state, func.count()).where(outbox.c.incident_id == incident_id).group_by(outbox.c.state)
    return {ReplyState(state): int(n) for state, n in s.execute(query)}


def lasts(s: Session, incident_id: IncidentId, now: datetime) -> timedelta:
    """How long it takes until the last one that waits goes out."""
    mine = (outbox.c.incident_id == incident_id, outbox.c.state == ReplyState.QUEUED)
    last = s.execute(select(outbox.c.not_before).where(*mine).order_by(outbox.c.not_before.desc()).limit(1)).scalar()
    return timedelta(0) if last is None else max(timedelta(0), last - now)


def _going(s: Session, held: Sequence[ColumnElement[bool]]) -> set[int]:
    mine = and_(outbox.c.thread_id == incident_thread.c.thread_id, outbox.c.state.in_(outbox_store.OPEN_STATES))
    return set(s.execute(select(outbox.c.thread_id).join(incident_thread, mine).where(*held)).scalars())


def _writing(s: Session, held: Sequence[ColumnElement[bool]], now: datetime) -> dict[int, str]:
    query = (
        select(presence.c.thread_id, presence.c.employee)
        .join(incident_thread, incident_thread.c.thread_id == presence.c.thread_id)
        .where(*held, presence.c.claimed, ~presence_store.over(now))
    )
    return {row.thread_id: row.employee for row in s.execute(query)}
