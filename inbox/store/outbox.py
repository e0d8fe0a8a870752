"""The outbox: replies on their way out. Each step is one conditional update, so that two can never do the same."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Update, bindparam, or_, select

from inbox.model.ids import AccountId, EmployeeId, MentionId, ReplyId, ThreadId
from inbox.model.outbox import Reply
from inbox.model.words import AfterSend, ReplyState, Visibility
from inbox.store.engine import Session
from inbox.store.errors import NotFound
from inbox.store.schema import outbox

OPEN_STATES = (ReplyState.QUEUED, ReplyState.SENDING, ReplyState.UNKNOWN)
UNDER_WAY = outbox.c.state.in_(
    bindparam("under_way", list(map(str, OPEN_STATES)), expanding=True, literal_execute=True)
)
"""Of these states. In the statement's own words, since SQLite looks into a partial index for nothing else."""
_UNSENT = "new:"
"""How a key begins that no attempt was made with: the network's own key takes its place before the first."""


def new_key() -> str:
    """A key for a reply that was not tried yet."""
    return f"{_UNSENT}{uuid.uuid4().hex}"


def is_new(key: str) -> bool:
    """True for a key that no attempt was made with."""
    return key.startswith(_UNSENT)


def untried(reply: Reply) -> bool:
    """True until the network's own key was chosen for the reply."""
    return is_new(reply.send_key)


def enqueue(
    s: Session,
    *,
    thread_id: ThreadId,
    account_id: AccountId,
    employee_id: EmployeeId | None,
    employee: str,
    text: str,
    visibility: Visibility,
    after_send: AfterSend,
    answers: MentionId | None,
    thread_version: int,
    acknowledgement: bool,
    queued_at: datetime,
    not_before: datetime,
) -> Reply:
    """Put a reply into the outbox; it goes out at ``not_before``, the end of the undo time."""
    values = {
        "thread_id": thread_id,
        "account_id": account_id,
        "employee_id": employee_id,
        "employee": employee,
        "text": text,
        "visibility": visibility,
        "state": ReplyState.QUEUED,
        "after_send": after_send,
        "answers": answers,
        "thread_version": thread_version,
        "send_key": new_key(),
        "acknowledgement": acknowledgement,
        "queued_at": queued_at,
        "not_before": not_before,
    }
    return _changed(s, s.execute(outbox.insert().values(values).returning(outbox)).one())


def get(s: Session, reply_id: ReplyId) -> Reply:
    """One reply. Raises ``NotFound``."""
    row = s.execute(select(outbox).where(outbox.c.id == reply_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no reply number {reply_id} in the outbox.")
    return _reply(row)


def newest(s: Session, *, states: Sequence[ReplyState] = (), limit: int = 200) -> tuple[Reply, ...]:
    """The outbox, newest first, of these states or of all."""
    query = select(outbox).order_by(outbox.c.id.desc()).limit(limit)
    if states:
        query = query.where(outbox.c.state.in_(states))
    return tuple(_reply(row) for row in s.execute(query))


def for_thread(s: Session, thread_id: ThreadId) -> tuple[Reply, ...]:
    """A thread's replies in the order they were queued."""
    query = select(outbox).where(outbox.c.thread_id == thread_id).order_by(outbox.c.id)
    return tuple(_reply(row) for row in s.execute(query))


def on_their_way(s: Session, account_id: AccountId | None = None) -> tuple[Reply, ...]:
    """What is queued, going out or of unknown fate, oldest first."""
    query = select(outbox).where(UNDER_WAY)
    if account_id is not None:
        query = query.where(outbox.c.account_id == account_id)
    # Ordered here: for the order's sake SQLite would read all that was ever sent.
    return tuple(sorted((_reply(row) for row in s.execute(query)), key=lambda each: each.id))


def soon(s: Session, account_id: AccountId, now: datetime, within: timedelta) -> tuple[Reply, ...]:
    """Of an account's replies on their way those about which something may be to do ``within`` that time, and all
    others of their threads, oldest first. What was written before the clock was set back is among them: its times say
    nothing.
    """
    ours = (UNDER_WAY, outbox.c.account_id == account_id)
    due = or_(
        outbox.c.state != ReplyState.QUEUED,
        outbox.c.not_before <= now + within,
        outbox.c.queued_at > now,
        outbox.c.sending_at > now,
    )
    threads = select(outbox.c.thread_id).where(*ours, due)
    query = select(outbox).where(*ours, outbox.c.thread_id.in_(threads))
    return tuple(sorted((_reply(row) for row in s.execute(query)), key=lambda each: each.id))


def undoable(s: Session) -> tuple[Reply, ...]:
    """The replies that wait for the end of their undo time; those of an incident wait for their turn."""
    query = select(outbox).where(UNDER_WAY, outbox.c.state == ReplyState.QUEUED, outbox.c.incident_id.is_(None))
    return tuple(sorted((_reply(row) for row in s.execute(query)), key=lambda each: each.id))


def sent_ids(s: Session, thread_id: ThreadId) -> frozenset[str]:
    """The network's ids of the thread's replies that are known to stand there."""
    query = select(outbox.c.remote_id).where(outbox.c.thread_id == thread_id, outbox.c.remote_id.is_not(None))
    return frozenset(s.execute(query).scalars())


def is_acknowledgement(s: Session, reply_id: ReplyId) -> bool:
    """True for a reply sent as "we are looking into it"."""
    return bool(s.scalar(select(outbox.c.acknowledgement).where(outbox.c.id == reply_id)))


def begin(s: Session, reply_id: ReplyId, *, key: str, now: datetime) -> Reply | None:
    """Take a queued reply to send it, durably, before the network is asked; None when it is queued no more."""
    values = {"state": ReplyState.SENDING, "send_key": key, "sending_at": now, "attempts": outbox.c.attempts + 1}
    return _moved(s, _when(reply_id, ReplyState.QUEUED).values(**values, error="", read_backs=0))


def sent(s: Session, reply_id: ReplyId, *, remote_id: str, remote_url: str, sent_at: datetime) -> Reply | None:
    """It stands on the network since ``sent_at`` by the network's clock; None when that was known already."""
    values = {"state": ReplyState.SENT, "remote_id": remote_id, "remote_url": remote_url, "sent_at": sent_at}
    return _moved(s, _when(reply_id, ReplyState.SENDING, ReplyState.UNKNOWN).values(**values, error=""))


def again(s: Session, reply_id: ReplyId, *, error: str, not_before: datetime) -> Reply | None:
    """It certainly did not go out: back into the queue until ``not_before``."""
    values = {"state": ReplyState.QUEUED, "error": error, "not_before": not_before}
    return _moved(s, _when(reply_id, ReplyState.SENDING).values(values))


def unknown(s: Session, reply_id: ReplyId, *, error: str, not_before: datetime) -> Reply | None:
    """It may have gone out: to be settled from ``not_before`` on."""
    values = {"state": ReplyState.UNKNOWN, "error": error, "not_before": not_before}
    return _moved(s, _when(reply_id, ReplyState.SENDING).values(values))


def looked(s: Session, reply_id: ReplyId, *, read_backs: int, error: str, not_before: datetime) -> Reply | None:
    """A look for a reply of unknown fate did not settle it; the next is at ``not_before``."""
    values = {"read_backs": read_backs, "error": error, "not_before": not_before}
    return _moved(s, _when(reply_id, ReplyState.UNKNOWN).values(values))


def note(s: Session, reply_id: ReplyId, *, error: str) -> Reply | None:
    """Say why a queued reply has not gone out yet."""
    return _moved(s, _when(reply_id, ReplyState.QUEUED).values(error=error))


def failed(s: Session, reply_id: ReplyId, *, error: str) -> Reply | None:
    """It did not go out, and only a person sends it again."""
    values = {"state": ReplyState.FAILED, "error": error}
    return _moved(s, _when(reply_id, ReplyState.QUEUED, ReplyState.SENDING, ReplyState.UNKNOWN).values(values))


def cancel(s: Session, reply_id: ReplyId) -> Reply | None:
    """Take it back within the undo time, or give up a failed one; None when it is on its way or gone."""
    return _moved(s, _when(reply_id, ReplyState.QUEUED, ReplyState.FAILED).values(state=ReplyState.CANCELLED))


def send_again(s: Session, reply_id: ReplyId, *, now: datetime) -> Reply | None:
    """A person sends a failed reply again, under a new key; None when it did not fail."""
    values = {"state": ReplyState.QUEUED, "send_key": new_key(), "error": "", "queued_at": now, "not_before": now}
    return _moved(s, _when(reply_id, ReplyState.FAILED).values(**values, sending_at=None, read_backs=0))


def send_now(s: Session, reply_id: ReplyId, *, now: datetime) -> Reply | None:
    """End the undo time or the back-off of a queued reply; None when it is queued no more."""
    return _moved(s, _when(reply_id, ReplyState.QUEUED).values(not_before=now))


def abandoned(s: Session, *, now: datetime) -> tuple[Reply, ...]:
    """A collector that was killed may have posted what it was sending: those are of unknown fate now."""
    error = "The collector ended while this was being sent. Looking whether it went out."
    update = outbox.update().where(outbox.c.state == ReplyState.SENDING)
    rows = s.execute(update.values(state=ReplyState.UNKNOWN, error=error, not_before=now).returning(outbox)).all()
    return tuple(_changed(s, row) for row in rows)


def _when(reply_id: ReplyId, *states: ReplyState) -> Update:
    return outbox.update().where(outbox.c.id == reply_id, outbox.c.state.in_(states))


def _moved(s: Session, update: Update) -> Reply | None:
    row = s.execute(update.returning(outbox)).one_or_none()
    return None if row is None else _changed(s, row)


def _changed(s: Session, row: Row[Any]) -> Reply:
    s.changed(threads=[ThreadId(row.thread_id)], topics=["outbox"])
    return _reply(row)


def _reply(row: Row[Any]) -> Reply:
    return Reply(
        id=ReplyId(row.id),
        thread_id=ThreadId(row.thread_id),
        account_id=AccountId(row.account_id),
        employee_id=None if row.employee_id is None else EmployeeId(row.employee_id),
        employee=row.employee,
        text=row.text,
        visibility=Visibility(row.visibility),
        state=ReplyState(row.state),
        after_send=AfterSend(row.after_send),
        answers=None if row.answers is None else MentionId(row.answers),
        thread_version=row.thread_version,
        send_key=row.send_key,
        attempts=row.attempts,
        error=row.error,
        remote_id=row.remote_id,
        remote_url=row.remote_url,
        queued_at=row.queued_at,
        not_before=row.not_before,
        sending_at=row.sending_at,
        sent_at=row.sent_at,
        read_backs=row.read_backs,
    )
