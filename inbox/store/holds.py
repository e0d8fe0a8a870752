"""Holds in the store: while one stands, nothing goes out on its account, or (of none) anywhere."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update

from inbox.model.ids import AccountId, IncidentId, ReplyId
from inbox.model.incident import Hold
from inbox.model.words import ReplyState
from inbox.store.schema import account, hold, outbox
from inbox.store.session import Session


def lock(s: Session) -> None:
    """Let nobody else hold or release until this writing session ends. SQLite has one writer anyway."""
    if s.kind == "postgresql":
        s.connection.exec_driver_sql("LOCK TABLE hold IN SHARE ROW EXCLUSIVE MODE")


def add(
    s: Session, account_id: AccountId | None, incident_id: IncidentId | None, why: str, *, by: str, at: datetime
) -> int:
    """A new hold; its number."""
    row = {"account_id": account_id, "incident_id": incident_id, "why": why, "by": by, "since": at}
    found = s.execute(hold.insert().values(**row).returning(hold.c.id)).scalar_one()
    s.changed(topics=["holds", "outbox", "incidents"])
    return int(found)


def release(s: Session, hold_id: int, *, by: str, at: datetime) -> bool:
    """End a hold; False when it had ended."""
    standing = (hold.c.id == hold_id, hold.c.released_at.is_(None))
    done = s.execute(update(hold).where(*standing).values(released_at=at, released_by=by)).rowcount
    s.changed(topics=["holds", "outbox", "incidents"])
    return bool(done)


def get(s: Session, hold_id: int) -> Hold | None:
    """One hold, standing or not."""
    row = s.execute(_select().where(hold.c.id == hold_id)).first()
    return None if row is None else _hold(row)


def standing(s: Session) -> list[Hold]:
    """The holds that stand, the oldest first."""
    query = _select().where(hold.c.released_at.is_(None)).order_by(hold.c.since, hold.c.id)
    return [_hold(row) for row in s.execute(query)]


def held(s: Session, account_id: AccountId, reply_id: ReplyId | None = None) -> Hold | None:
    """The hold that keeps an account's posts back, the oldest first. Replies of an incident's bulk reply pass."""
    if reply_id is not None and s.scalar(select(outbox.c.incident_id).where(outbox.c.id == reply_id)) is not None:
        return None
    here = or_(hold.c.account_id.is_(None), hold.c.account_id == account_id)
    row = s.execute(_select().where(hold.c.released_at.is_(None), here).order_by(hold.c.since).limit(1)).first()
    return None if row is None else _hold(row)


def kept_back(s: Session, account_id: AccountId) -> frozenset[ReplyId]:
    """The replies of an account that wait for a hold to end."""
    if held(s, account_id) is None:
        return frozenset()
    waits = (outbox.c.account_id == account_id, outbox.c.state == ReplyState.QUEUED, outbox.c.incident_id.is_(None))
    return frozenset(ReplyId(each) for each in s.execute(select(outbox.c.id).where(*waits)).scalars())


def _select() -> Any:  # noqa: ANN401 - a Core select
    return select(hold, account.c.handle).outerjoin(account, account.c.id == hold.c.account_id)


def _hold(row: Row[Any]) -> Hold:
    return Hold(
        row.id,
        None if row.account_id is None else AccountId(row.account_id),
        row.handle,
        None if row.incident_id is None else IncidentId(row.incident_id),
        row.why,
        row.by,
        row.since,
    )
