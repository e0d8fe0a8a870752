"""Tables that hold the processes together: the change feed, the lease, requests and audit events."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Table, Text

from inbox.store.schema.base import Key, metadata, row_id
from inbox.store.types import Json, Utc

change = Table(
    "change",
    metadata,
    Column("seq", Key, primary_key=True, autoincrement=True),
    Column("at", Utc, nullable=False),
    Column("threads", Json, nullable=False),
    Column("accounts", Json, nullable=False),
    Column("topics", Json, nullable=False),
    Column("many", Boolean, nullable=False, default=False),
    Column("xact", BigInteger),
    sqlite_autoincrement=True,
)
"""What each transaction changed. ``xact`` is PostgreSQL's transaction number: readers stop below the oldest
one still running, since sequences commit out of order."""

lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("since", Utc, nullable=False),
    Column("beat_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("details", Json, nullable=False),
)

request = Table(
    "request",
    metadata,
    row_id(),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False, default="asked"),
    Column("account_id", Key),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("arguments", Json, nullable=False),
    Column("answer", Json, nullable=False),
    Index("ix_request_state", "state", "id"),
)

audit = Table(
    "audit",
    metadata,
    row_id(),
    Column("at", Utc, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("thread_id", Key, index=True),
    Column("details", Json, nullable=False),
)
