"""Tables of accounts, their sources, gaps, and what could not be parsed."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, Table, Text, UniqueConstraint

from inbox.store.schema.base import Key, metadata, row_id
from inbox.store.types import Json, Utc

account = Table(
    "account",
    metadata,
    row_id(),
    Column("network", Text, nullable=False),
    Column("handle", Text, nullable=False),
    Column("brand", Text, nullable=False, default=""),
    Column("server", Text, nullable=False, default=""),
    Column("remote_id", Text, nullable=False, default=""),
    Column("display_name", Text, nullable=False, default=""),
    Column("limits", Json, nullable=False, default=dict),
    Column("connected_at", Utc),
    Column("look_back_to", Utc),
    Column("paused", Boolean, nullable=False, default=False),
    Column("health", Text, nullable=False, default="not connected"),
    Column("error", Text, nullable=False, default=""),
    Column("error_at", Utc),
    Column("budget_left", Float),
    Column("budget_resets_at", Utc),
    Column("details", Json, nullable=False, default=dict),
    Column("removed_at", Utc),
    UniqueConstraint("network", "handle"),
)

source = Table(
    "source",
    metadata,
    row_id(),
    Column("account_id", Key, ForeignKey("account.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("query", Text, nullable=False, default=""),
    Column("cursor", Text),
    Column("last_success_at", Utc),
    Column("last_mention_at", Utc),
    Column("lag_seconds", Float),
    Column("error", Text, nullable=False, default=""),
    Column("error_at", Utc),
    Column("failures", Integer, nullable=False, default=0),
    Column("next_pull_at", Utc),
    UniqueConstraint("account_id", "kind", "query"),
)

gap = Table(
    "gap",
    metadata,
    row_id(),
    Column("source_id", Key, ForeignKey("source.id"), nullable=False, index=True),
    Column("from_at", Utc, nullable=False),
    Column("to_at", Utc, nullable=False),
    Column("why", Text, nullable=False),
    Column("filled_at", Utc),
)

quarantine = Table(
    "quarantine",
    metadata,
    row_id(),
    Column("network", Text, nullable=False),
    Column("account", Text),
    Column("source_id", Key),
    Column("place", Text, nullable=False, default=""),
    Column("error", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("retried_at", Utc),
    Column("resolved_at", Utc),
    UniqueConstraint("network", "digest"),
)
