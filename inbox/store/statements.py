"""Statements of incidents in the store, and their posts on the way out: each step is one conditional update."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, String, Update, case, func, or_, select, type_coerce

from inbox.model.ids import AccountId, IncidentId
from inbox.model.incident import Statement, StatementPost, StatementState
from inbox.model.words import ReplyState
from inbox.store.outbox import OPEN_STATES, is_new, new_key
from inbox.store.schema import account, incident, incident_event, statement, statement_post
from inbox.store.session import Session


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A statement on its way out on one account, for the collector. ``send_key`` was chosen before the first attempt;
    ``by`` wrote the text, and only a ``published`` one goes out.
    """

    id: int
    statement_id: int
    incident_id: IncidentId
    by: str
    published: bool
    text: str
    state: ReplyState
    send_key: str
    attempts: int
    error: str
    not_before: datetime
    sending_at: datetime | None
    read_backs: int


def add(s: Session, incident_id: IncidentId, text: str, accounts: Sequence[AccountId], *, by: str, at: datetime) -> int:
    """A new draft; its number."""
    row: dict[str, Any] = {
        "incident_id": incident_id,
        "text": text,
        "accounts": list(accounts),
        "state": str(StatementState.DRAFT),
        "written_by": by,
        "written_at": at,
    }
    if s.kind == "sqlite":
        row["id"] = _free(s)
    found = s.execute(statement.insert().values(row).returning(statement.c.id)).scalar_one()
    s.changed(topics=["incidents"])
    return int(found)


def get(s: Session, incident_id: IncidentId, statement_id: int) -> Statement | None:
    """One statement of an incident, which nobody else can change until a writing session ends."""
    mine = (statement.c.incident_id == incident_id, statement.c.id == statement_id)
    if s.writing and s.kind == "postgresql":
        s.execute(select(statement.c.id).where(*mine).with_for_update())
    return next(iter(_read(s, select(statement).where(*mine))), None)


def of(s: Session, incident_id: IncidentId) -> list[Statement]:
    """An incident's statements, the newest first."""
    return _read(s, select(statement).where(statement.c.incident_id == incident_id).order_by(statement.c.id.desc()))


def home(s: Session, statement_id: int) -> IncidentId | None:
    """The incident that a statement belongs to now."""
    found = s.scalar(select(statement.c.incident_id).where(statement.c.id == statement_id))
    return None if found is None else IncidentId(found)


def rehome(s: Session, statement_ids: Collection[int], into: IncidentId) -> None:
    """Let statements belong to another incident, on their way or not; its first that stands dates that incident."""
    s.execute(statement.update().where(statement.c.id.in_(list(statement_ids))).values(incident_id=into))
    s.changed(topics=["incidents"])


def since(s: Session, incident_id: IncidentId) -> datetime | None:
    """Since when the first of an incident's statements stands, never before it was sent; None while none does."""
    later = case((statement_post.c.sending_at > statement_post.c.sent_at, statement_post.c.sending_at))
    at = func.min(func.coalesce(later, statement_post.c.sent_at))
    query = select(at).join(statement, statement.c.id == statement_post.c.statement_id)
    query = query.where(statement.c.incident_id == incident_id, statement_post.c.state == ReplyState.SENT)
    found: datetime | None = s.scalar(query)
    return found


def change(s: Session, statement_id: int, values: dict[str, Any]) -> None:
    """Write another text or other accounts; its version moves on by one."""
    move(s, statement_id, {**values, "version": statement.c.version + 1})


def move(s: Session, statement_id: int, values: dict[str, Any]) -> None:
    """Write how far it is: it says the same as before, so its version stays."""
    s.execute(statement.update().where(statement.c.id == statement_id).values(**values))
    s.changed(topics=["incidents"])


def remove(s: Session, statement_id: int) -> None:
    """Throw a statement away that was never published."""
    s.execute(statement.delete().where(statement.c.id == statement_id))
    s.changed(topics=["incidents"])


def queue(s: Session, statement_id: int, accounts: Collection[AccountId], not_before: datetime) -> None:
    """Put a post for each account on its way; one account gets a statement once."""
    rows = [
        {
            "statement_id": statement_id,
            "account_id": each,
            "state": ReplyState.QUEUED,
            "send_key": new_key(),
            "not_before": not_before,
        }
        for each in accounts
    ]
    if rows:
        s.execute(statement_post.insert(), rows)
    s.changed(topics=["incidents", "outbox"])


def on_their_way(s: Session, account_id: AccountId) -> list[Outgoing]:
    """What is queued, going out or of unknown fate on an account, oldest first."""
    mine = (statement_post.c.account_id == account_id, statement_post.c.state.in_(OPEN_STATES))
    return [_outgoing(row) for row in s.execute(_on_way().where(*mine).order_by(statement_post.c.id))]


def untried(post: Outgoing) -> bool:
    """True until the network's own key was chosen for it."""
    return is_new(post.send_key)


def sent_ids(s: Session, account_id: AccountId) -> frozenset[str]:
    """The network's ids of the account's statements that are known to stand there."""
    mine = (statement_post.c.account_id == account_id, statement_post.c.remote_id.is_not(None))
    return frozenset(s.execute(select(statement_post.c.remote_id).where(*mine)).scalars())


def begin(s: Session, post_id: int, *, key: str, now: datetime) -> Outgoing | None:
    """Take a queued post of a published statement to send it, durably, before the network is asked; None when it is
    queued no more.
    """
    values = {"send_key": key, "sending_at": now, "attempts": statement_post.c.attempts + 1, "error": ""}
    published = select(statement.c.id).where(statement.c.state == StatementState.PUBLISHED)
    mine = _when(post_id, ReplyState.QUEUED).where(statement_post.c.statement_id.in_(published))
    if not _moved(s, mine.values(state=ReplyState.SENDING, read_backs=0, **values)):
        return None
    return _outgoing(s.execute(_on_way().where(statement_post.c.id == post_id)).one())


def sent(s: Session, post_id: int, *, remote_id: str, remote_url: str, sent_at: datetime) -> bool:
    """It stands on the network since ``sent_at`` by the network's clock; False when that was known already."""
    values = {"remote_id": remote_id, "remote_url": remote_url, "sent_at": sent_at, "error": ""}
    waits = _when(post_id, ReplyState.SENDING, ReplyState.UNKNOWN)
    return _moved(s, waits.values(state=ReplyState.SENT, **values))


def again(s: Session, post_id: int, *, error: str, not_before: datetime) -> bool:
    """It certainly did not go out: back into the queue until ``not_before``."""
    values = {"state": ReplyState.QUEUED, "error": error, "not_before": not_before}
    return _moved(s, _when(post_id, ReplyState.SENDING).values(values))


def unknown(s: Session, post_id: int, *, error: str, not_before: datetime) -> bool:
    """It may have gone out: to be settled from ``not_before`` on."""
    values = {"state": ReplyState.UNKNOWN, "error": error, "not_before": not_before}
    return _moved(s, _when(post_id, ReplyState.SENDING).values(values))


def looked(s: Session, post_id: int, *, read_backs: int, error: str, not_before: datetime) -> bool:
    """A look for one of unknown fate did not settle it; the next is at ``not_before``."""
    values = {"read_backs": read_backs, "error": error, "not_before": not_before}
    return _moved(s, _when(post_id, ReplyState.UNKNOWN).values(values))


def note(s: Session, post_id: int, *, error: str) -> bool:
    """Say why a queued one has not gone out yet."""
    return _moved(s, _when(post_id, ReplyState.QUEUED).values(error=error))


def failed(s: Session, post_id: int, *, error: str) -> bool:
    """It did not go out, and only a person sends it again."""
    values = {"state": ReplyState.FAILED, "error": error}
    return _moved(s, _when(post_id, ReplyState.QUEUED, ReplyState.SENDING, ReplyState.UNKNOWN).values(values))


def cancel(s: Session, statement_id: int, account_id: AccountId | None = None) -> list[AccountId]:
    """Take back what has not gone out, on one account or (None) on all; the accounts."""
    mine = [statement_post.c.statement_id == statement_id]
    if account_id is not None:
        mine.append(statement_post.c.account_id == account_id)
    waits = statement_post.c.state.in_((ReplyState.QUEUED, ReplyState.FAILED))
    update = statement_post.update().where(*mine, waits).values(state=ReplyState.CANCELLED)
    found = s.execute(update.returning(statement_post.c.account_id)).scalars().all()
    s.changed(topics=["incidents", "outbox"])
    return [AccountId(each) for each in found]


def unpublish(s: Session, statement_id: int) -> None:
    """Forget posts that were all taken back before one of them went out: it is as if it had not been published."""
    s.execute(statement_post.delete().where(statement_post.c.statement_id == statement_id))
    s.changed(topics=["incidents", "outbox"])


def send_again(s: Session, statement_id: int, account_id: AccountId, *, now: datetime) -> bool:
    """A person sends one again that failed or was taken back, under a new key; False when it is neither."""
    mine = (statement_post.c.statement_id == statement_id, statement_post.c.account_id == account_id)
    over = statement_post.c.state.in_((ReplyState.FAILED, ReplyState.CANCELLED))
    values = {"send_key": new_key(), "error": "", "not_before": now, "sending_at": None, "read_backs": 0}
    return _moved(s, statement_post.update().where(*mine, over).values(state=ReplyState.QUEUED, **values))


def abandoned(s: Session, *, now: datetime) -> int:
    """A collector that was killed may have posted what it was sending: those are of unknown fate now."""
    error = "The collector ended while this was being sent. Looking whether it went out."
    update = statement_post.update().where(statement_post.c.state == ReplyState.SENDING)
    gone = s.execute(update.values(state=ReplyState.UNKNOWN, error=error, not_before=now)).rowcount
    if gone:
        s.changed(topics=["incidents", "outbox"])
    return gone


def stated(s: Session, incident_id: IncidentId, at: datetime) -> bool:
    """The first statement of an incident stands since then; False when an earlier one does."""
    later = or_(incident.c.stated_at.is_(None), incident.c.stated_at > at)
    first = bool(s.execute(incident.update().where(incident.c.id == incident_id, later).values(stated_at=at)).rowcount)
    if first:
        s.changed(topics=["incidents"])
    return first


def _free(s: Session) -> int:
    """A number that no statement ever had. SQLite gives that of a discarded one again, and a person who approves it by
    its number would approve other words; PostgreSQL's sequence never does.
    """
    told = func.json_extract(type_coerce(incident_event.c.details, String), "$.statement")
    used = s.scalar(select(func.max(told)).where(incident_event.c.kind == "statement"))
    there = s.scalar(select(func.max(statement.c.id)))
    return max(int(used or 0), int(there or 0)) + 1


def _on_way() -> Any:  # noqa: ANN401 - a Core select
    of_statement = (statement.c.text, statement.c.incident_id, statement.c.written_by, statement.c.state.label("stage"))
    return select(statement_post, *of_statement).join(statement, statement.c.id == statement_post.c.statement_id)


def _read(s: Session, query: Any) -> list[Statement]:  # noqa: ANN401 - a Core select
    rows = s.execute(query).all()
    posts: dict[int, list[StatementPost]] = {}
    found = (
        select(statement_post, account.c.handle)
        .join(account, account.c.id == statement_post.c.account_id)
        .where(statement_post.c.statement_id.in_([row.id for row in rows]))
        .order_by(account.c.handle)
    )
    for row in s.execute(found) if rows else ():
        sent = (row.remote_url, row.sent_at, row.not_before)
        post = StatementPost(AccountId(row.account_id), row.handle, ReplyState(row.state), row.error, *sent)
        posts.setdefault(row.statement_id, []).append(post)
    return [_statement(row, posts.get(row.id, [])) for row in rows]


def _statement(row: Row[Any], posts: Sequence[StatementPost]) -> Statement:
    return Statement(
        row.id,
        IncidentId(row.incident_id),
        row.version,
        row.text,
        tuple(AccountId(each) for each in row.accounts),
        StatementState(row.state),
        row.written_by,
        row.written_at,
        row.approved_by,
        row.approved_at,
        row.asked_at,
        tuple(posts),
    )


def _outgoing(row: Row[Any]) -> Outgoing:
    return Outgoing(
        row.id,
        row.statement_id,
        IncidentId(row.incident_id),
        row.written_by,
        row.stage == StatementState.PUBLISHED,
        row.text,
        ReplyState(row.state),
        row.send_key,
        row.attempts,
        row.error,
        row.not_before,
        row.sending_at,
        row.read_backs,
    )


def _when(post_id: int, *states: ReplyState) -> Update:
    return statement_post.update().where(statement_post.c.id == post_id, statement_post.c.state.in_(states))


def _moved(s: Session, update: Update) -> bool:
    done = bool(s.execute(update).rowcount)
    if done:
        s.changed(topics=["incidents", "outbox"])
    return done
