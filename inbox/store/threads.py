"""Reads whole threads: their mentions, notes, clocks, reasons and history."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from inbox.model.clock import Clock
from inbox.model.ids import AccountId, AuthorId, ClockId, MentionId, NoteId, ThreadId
from inbox.model.mention import Author, Media, Mention
from inbox.model.thread import AuditEvent, Note, Presence, Reason, Thread, ThreadRow
from inbox.model.words import CloseReason, Direction, MentionKind, Metric, Outcome, ReasonStep, Visibility
from inbox.store.errors import NotFound
from inbox.store.facts import facts_of
from inbox.store.rows import select_rows, to_rows
from inbox.store.schema import (
    account,
    audit,
    author,
    clock,
    employee,
    mention,
    mention_text,
    note,
    presence,
    reason,
    thread,
    thread_account,
)
from inbox.store.session import Session
from inbox.store.types import from_micros

EARLIER = 20
"""How many of the author's other threads are listed."""


def row(session: Session, thread_id: ThreadId) -> ThreadRow:
    """The queue row of a thread. Raises ``NotFound``."""
    found = rows(session, [thread_id])
    if not found:
        raise NotFound(f"There is no thread {thread_id}.")
    return found[0]


def rows(session: Session, ids: Iterable[ThreadId]) -> tuple[ThreadRow, ...]:
    """The queue rows of some threads in the order asked; those that are not there are left out."""
    wanted = list(ids)
    if not wanted:
        return ()
    found = {item.id: item for item in session.execute(select_rows().where(thread.c.id.in_(wanted)))}
    return to_rows(session, [found[number] for number in wanted if number in found])


def get(session: Session, thread_id: ThreadId, *, newest: int | None = None) -> Thread:
    """The whole thread, or with only its ``newest`` mentions. Raises ``NotFound``."""
    head = row(session, thread_id)
    extra = session.execute(
        select(thread.c.close_reason, thread.c.snoozed_until, thread.c.linked_to, thread.c.outcome).where(
            thread.c.id == thread_id
        )
    ).one()
    return Thread(
        row=head,
        author=_author(session, head.author_id),
        close_reason=CloseReason(extra.close_reason) if extra.close_reason else None,
        outcome=Outcome(extra.outcome) if extra.outcome else None,
        snoozed_until=extra.snoozed_until,
        mentions=mentions(session, thread_id, newest=newest),
        notes=notes(session, thread_id),
        clocks=clocks(session, thread_id),
        why=reasons(session, thread_id),
        audit=audit_events(session, thread_id),
        also_accounts=_also_accounts(session, thread_id),
        linked=_linked(session, thread_id, extra.linked_to),
        earlier=_earlier(session, head),
        presence=_presence(session, thread_id),
    )


def mentions(session: Session, thread_id: ThreadId, *, newest: int | None = None) -> tuple[Mention, ...]:
    """The thread's mentions in the order posted; with ``newest``, only that many of the last."""
    query = (
        select(mention, *(author.c[name].label(f"author_{name}") for name in _AUTHOR))
        .join(author, author.c.id == mention.c.author_id)
        .where(mention.c.thread_id == thread_id)
        .order_by(mention.c.created_at.desc(), mention.c.id.desc())
    )
    found = session.execute(query.limit(newest) if newest is not None else query).all()
    earlier = _earlier_texts(session, [item.id for item in found if item.edited_at is not None])
    return tuple(_mention(item, earlier.get(item.id, ())) for item in reversed(found))


def notes(session: Session, thread_id: ThreadId) -> tuple[Note, ...]:
    """The thread's notes, oldest first; ``employee`` is the full name where there is one."""
    query = select(note, employee.c.full_name).outerjoin(employee, employee.c.name == note.c.employee)
    found = session.execute(query.where(note.c.thread_id == thread_id).order_by(note.c.created_at, note.c.id))
    return tuple(
        Note(NoteId(item.id), thread_id, item.full_name or item.employee, item.text, item.created_at) for item in found
    )


def clocks(session: Session, thread_id: ThreadId) -> tuple[Clock, ...]:
    """The thread's clocks in the order started."""
    query = select(clock).where(clock.c.thread_id == thread_id).order_by(clock.c.started_at, clock.c.id)
    return tuple(to_clock(item) for item in session.execute(query))


def to_clock(item: Any) -> Clock:  # noqa: ANN401 - a Core row
    """A clock row as the clock."""
    return Clock(
        id=ClockId(item.id),
        thread_id=ThreadId(item.thread_id),
        metric=Metric(item.metric),
        cycle=item.cycle,
        started_at=item.started_at,
        due_at=item.due_at,
        warn_at=item.warn_at,
        met_at=item.met_at,
        breached_at=item.breached_at,
        cancelled_at=item.cancelled_at,
        cancel_reason=item.cancel_reason,
        policy=item.policy,
        calendar=item.calendar,
        target=item.target,
        paused=tuple((from_micros(a), None if b is None else from_micros(b)) for a, b in item.paused or ()),
    )


def reasons(session: Session, thread_id: ThreadId) -> tuple[Reason, ...]:
    """Why the thread is where it is, each step in the order it was taken."""
    query = select(reason).where(reason.c.thread_id == thread_id).order_by(reason.c.id)
    return tuple(
        Reason(ReasonStep(item.step), item.sentence, item.at, tuple(item.matched or ()), item.details)
        for item in session.execute(query)
    )


def audit_events(session: Session, thread_id: ThreadId) -> tuple[AuditEvent, ...]:
    """What was done to the thread, oldest first."""
    query = select(audit).where(audit.c.thread_id == thread_id).order_by(audit.c.id)
    return tuple(
        AuditEvent(item.id, item.at, item.actor, item.action, thread_id, item.details)
        for item in session.execute(query)
    )


_AUTHOR = ("remote_id", "handle", "name", "followers", "verified", "tags")


def _author(session: Session, author_id: AuthorId) -> Author:
    found = session.execute(select(author).where(author.c.id == author_id)).one()
    return Author(
        id=author_id,
        network=found.network,
        remote_id=found.remote_id,
        handle=found.handle,
        name=found.name,
        followers=found.followers,
        verified=found.verified,
        tags=tuple(found.tags),
    )


def _mention(item: Any, earlier: tuple[str, ...]) -> Mention:  # noqa: ANN401 - a Core row
    writer = Author(
        id=AuthorId(item.author_id),
        network=item.network,
        remote_id=item.author_remote_id,
        handle=item.author_handle,
        name=item.author_name,
        followers=item.author_followers,
        verified=item.author_verified,
        tags=tuple(item.author_tags),
    )
    return Mention(
        id=MentionId(item.id),
        thread_id=ThreadId(item.thread_id),
        account_id=AccountId(item.account_id),
        author=writer,
        network=item.network,
        global_id=item.global_id,
        direction=Direction(item.direction),
        kind=MentionKind(item.kind),
        visibility=Visibility(item.visibility),
        text=item.text,
        created_at=item.created_at,
        stored_at=item.stored_at,
        url=item.url,
        in_reply_to=item.in_reply_to,
        language=item.language,
        likes=item.likes,
        shares=item.shares,
        replies=item.replies,
        media=tuple(Media(**each) for each in item.media or ()),
        edited_at=item.edited_at,
        deleted_at=item.deleted_at,
        needs_reply=item.needs_reply,
        sentiment=item.sentiment,
        by_employee=item.by_employee,
        automatic=item.automatic,
        earlier_texts=earlier,
        facts=facts_of(item.facts),
    )


def _earlier_texts(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    texts: dict[int, tuple[str, ...]] = {}
    if not ids:
        return texts
    query = select(mention_text).where(mention_text.c.mention_id.in_(ids)).order_by(mention_text.c.id)
    for item in session.execute(query):
        texts[item.mention_id] = (*texts.get(item.mention_id, ()), item.text)
    return texts


def _also_accounts(session: Session, thread_id: ThreadId) -> tuple[str, ...]:
    query = select(account.c.handle).join(thread_account, thread_account.c.account_id == account.c.id)
    found = session.execute(query.where(thread_account.c.thread_id == thread_id).order_by(account.c.handle))
    return tuple(item.handle for item in found)


def _linked(session: Session, thread_id: ThreadId, linked_to: int | None) -> tuple[ThreadId, ...]:
    later = session.execute(select(thread.c.id).where(thread.c.linked_to == thread_id).order_by(thread.c.id))
    earlier = [] if linked_to is None else [ThreadId(linked_to)]
    return (*earlier, *(ThreadId(item.id) for item in later))


def _earlier(session: Session, head: ThreadRow) -> tuple[ThreadRow, ...]:
    query = (
        select_rows()
        .where(thread.c.author_id == head.author_id, thread.c.id != head.id)
        .order_by(thread.c.last_mention_at.desc(), thread.c.id.desc())
        .limit(EARLIER)
    )
    return to_rows(session, session.execute(query).all())


def _presence(session: Session, thread_id: ThreadId) -> tuple[Presence, ...]:
    query = (
        select(presence, employee.c.full_name)
        .outerjoin(employee, employee.c.name == presence.c.employee)
        .where(presence.c.thread_id == thread_id)
        .order_by(presence.c.since)
    )
    return tuple(
        Presence(item.employee, item.full_name or item.employee, item.claimed, item.since)
        for item in session.execute(query)
    )
