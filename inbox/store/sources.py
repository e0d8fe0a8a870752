"""Sources: what is pulled for each account, how far it has come, and how it is doing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from inbox.model.account import Source
from inbox.model.ids import AccountId, SourceId
from inbox.model.words import SourceKind
from inbox.store.engine import Session, insert_for
from inbox.store.errors import NotFound
from inbox.store.schema import account, source


def for_account(s: Session, account_id: AccountId) -> tuple[Source, ...]:
    """The account's sources, in the order they were made."""
    query = select(source).where(source.c.account_id == account_id).order_by(source.c.id)
    return tuple(_source(row) for row in s.execute(query))


def all(s: Session) -> tuple[Source, ...]:
    """The sources of every account that was not removed."""
    query = select(source).join(account, account.c.id == source.c.account_id).where(account.c.removed_at.is_(None))
    return tuple(_source(row) for row in s.execute(query.order_by(source.c.account_id, source.c.id)))


def get(s: Session, source_id: SourceId) -> Source:
    """One source. Raises ``NotFound``."""
    row = s.execute(select(source).where(source.c.id == source_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no source number {source_id}.")
    return _source(row)


def ensure(s: Session, account_id: AccountId, kind: SourceKind, query: str = "") -> SourceId:
    """The account's source of this kind and these words; made when there is none."""
    insert = insert_for(s)(source).values(account_id=account_id, kind=kind, query=query)
    unless = insert.on_conflict_do_nothing(index_elements=["account_id", "kind", "query"])
    made = s.execute(unless.returning(source.c.id)).scalar()
    if made is None:
        same = (source.c.account_id == account_id, source.c.kind == kind, source.c.query == query)
        return SourceId(s.scalar(select(source.c.id).where(*same)))
    s.changed(accounts=[account_id])
    return SourceId(made)


def drop(s: Session, source_id: SourceId) -> None:
    """Stop pulling a source; what it brought stays. Raises ``NotFound``."""
    found = get(s, source_id)
    s.execute(source.delete().where(source.c.id == source_id))
    s.changed(accounts=[found.account_id])


def advance(
    s: Session,
    source_id: SourceId,
    cursor: str | None,
    *,
    now: datetime,
    last_mention_at: datetime | None = None,
    lag_seconds: float | None = None,
) -> None:
    """Move the cursor in the transaction of the mentions that it covers. ``lag_seconds`` is posted to stored of
    the newest mention; None for both keeps what is known.
    """
    values: dict[str, Any] = {"cursor": cursor, "last_success_at": now, "error": "", "error_at": None, "failures": 0}
    if last_mention_at is not None:
        values["last_mention_at"] = last_mention_at
    if lag_seconds is not None:
        values["lag_seconds"] = lag_seconds
    s.execute(source.update().where(source.c.id == source_id).values(values))


def succeeded(s: Session, source_id: SourceId, *, now: datetime) -> None:
    """The network answered and had nothing new."""
    values = {"last_success_at": now, "error": "", "error_at": None, "failures": 0, "next_pull_at": None}
    s.execute(source.update().where(source.c.id == source_id).values(values))


def failed(s: Session, source_id: SourceId, error: str, *, now: datetime, next_pull_at: datetime | None) -> int:
    """Keep why a pull failed and when it is tried again; how many failures that makes in a row."""
    values = {"error": error, "error_at": now, "failures": source.c.failures + 1, "next_pull_at": next_pull_at}
    update = source.update().where(source.c.id == source_id).values(values)
    row = s.execute(update.returning(source.c.failures, source.c.account_id)).one()
    s.changed(accounts=[AccountId(row.account_id)])
    return int(row.failures)


def _source(row: Row[Any]) -> Source:
    return Source(
        id=SourceId(row.id),
        account_id=AccountId(row.account_id),
        kind=SourceKind(row.kind),
        query=row.query,
        cursor=row.cursor,
        last_success_at=row.last_success_at,
        last_mention_at=row.last_mention_at,
        lag_seconds=row.lag_seconds,
        error=row.error,
        error_at=row.error_at,
    )
