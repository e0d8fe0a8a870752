"""Tables of threads and all that hangs on them.

``thread`` carries what a row of the queue shows, so that a page is one index walk; ``queue`` and
``due_order`` are computed by the database, so that no writer can let them drift.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Computed,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from inbox.store.schema.base import Key, metadata, row_id
from inbox.store.types import Json, Span, Utc

QUEUE_LIVE, QUEUE_WAITING, QUEUE_SNOOZED, QUEUE_CLOSED, QUEUE_HIDDEN = 1, 2, 3, 4, 0
NEVER = 9223372036854775807
"""The ``due_order`` of a thread without a running deadline: after all others."""

author = Table(
    "author",
    metadata,
    row_id(),
    Column("network", Text, nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("handle", Text, nullable=False, default=""),
    Column("name", Text, nullable=False, default=""),
    Column("followers", BigInteger),
    Column("verified", Boolean, nullable=False, default=False),
    Column("tags", Json, nullable=False, default=list),
    Column("untagged", Json),
    UniqueConstraint("network", "remote_id"),
)

thread = Table(
    "thread",
    metadata,
    row_id(),
    Column("account_id", Key, ForeignKey("account.id"), nullable=False),
    Column("author_id", Key, ForeignKey("author.id"), nullable=False),
    Column("network", Text, nullable=False),
    Column("name", Text),
    Column("linked_to", Key),
    Column("status", Text, nullable=False, default="new"),
    Column("close_reason", Text),
    Column("closed_at", Utc),
    Column("priority", Text, nullable=False, default="normal"),
    Column("area_id", Key, ForeignKey("area.id")),
    Column("assignee_id", Key, ForeignKey("employee.id")),
    Column("last_assignee_id", Key),
    Column("assigned_at", Utc),
    Column("started_at", Utc),
    Column("snoozed_until", Utc),
    Column("policy", Text),
    Column("hidden", Boolean, nullable=False, default=False),
    Column("outcome", Text),
    Column("needs_reply", Boolean),
    Column("unread", Boolean, nullable=False, default=True),
    Column("escalated", Boolean, nullable=False, default=False),
    Column("incident", Text),
    Column("version", Integer, nullable=False, default=1),
    Column("mentions", Integer, nullable=False, default=0),
    Column("author_name", Text, nullable=False, default=""),
    Column("author_handle", Text, nullable=False, default=""),
    Column("followers", BigInteger),
    Column("text", Text, nullable=False, default=""),
    Column("language", Text),
    Column("first_mention_at", Utc, nullable=False),
    Column("last_mention_at", Utc, nullable=False),
    Column("last_inbound_at", Utc),
    Column("last_outbound_at", Utc),
    Column("next_due_at", Utc),
    Column("warn_at", Utc),
    Column("breached", Boolean, nullable=False, default=False),
    Column("met_at", Utc),
    Column(
        "queue",
        SmallInteger,
        Computed(
            "CASE WHEN hidden THEN 0 WHEN status IN ('new', 'open') THEN 1 WHEN status = 'waiting' THEN 2 "
            "WHEN status = 'snoozed' THEN 3 ELSE 4 END",
            persisted=True,
        ),
        nullable=False,
    ),
    Column("due_order", BigInteger, Computed(f"COALESCE(next_due_at, {NEVER})", persisted=True), nullable=False),
    Index("ix_thread_area_due", "queue", "area_id", "due_order", "id"),
    Index("ix_thread_area_newest", "queue", "area_id", "last_mention_at", "id"),
    Index("ix_thread_due", "queue", "due_order", "id"),
    Index("ix_thread_newest", "queue", "last_mention_at", "id"),
    Index("ix_thread_author_account", "author_id", "account_id"),
)

thread_account = Table(
    "thread_account",
    metadata,
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False),
    Column("account_id", Key, ForeignKey("account.id"), nullable=False),
    PrimaryKeyConstraint("thread_id", "account_id"),
)
"""Other accounts of ours that a thread's mentions name."""

thread_tag = Table(
    "thread_tag",
    metadata,
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False),
    Column("tag", Text, nullable=False),
    PrimaryKeyConstraint("thread_id", "tag"),
    Index("ix_thread_tag_tag", "tag", "thread_id"),
)

mention = Table(
    "mention",
    metadata,
    row_id(),
    Column("network", Text, nullable=False),
    Column("global_id", Text, nullable=False),
    Column("account_id", Key, ForeignKey("account.id"), nullable=False),
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False),
    Column("author_id", Key, ForeignKey("author.id"), nullable=False),
    Column("direction", Text, nullable=False),
    Column("kind", Text, nullable=False, default="mention"),
    Column("visibility", Text, nullable=False, default="public"),
    Column("text", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("stored_at", Utc, nullable=False),
    Column("url", Text, nullable=False, default=""),
    Column("in_reply_to", Text),
    Column("root", Text),
    Column("language", Text),
    Column("likes", BigInteger),
    Column("shares", BigInteger),
    Column("replies", BigInteger),
    Column("media", Json),
    Column("edited_at", Utc),
    Column("deleted_at", Utc),
    Column("needs_reply", Boolean),
    Column("sentiment", Text),
    Column("facts", Json),
    Column("by_employee", Text),
    Column("automatic", Boolean, nullable=False, default=False),
    Column("acknowledgement", Boolean, nullable=False, default=False),
    Column("is_repost", Boolean, nullable=False, default=False),
    Column("before_connection", Boolean, nullable=False, default=False),
    Column("triaged", Boolean, nullable=False, default=False),
    Column("checked_at", Utc),
    Column("figures_at", Utc),
    UniqueConstraint("network", "global_id"),
    Index("ix_mention_thread", "thread_id", "created_at"),
)

mention_local = Table(
    "mention_local",
    metadata,
    Column("account_id", Key, ForeignKey("account.id"), nullable=False),
    Column("local_id", Text, nullable=False),
    Column("mention_id", Key, ForeignKey("mention.id"), nullable=False),
    PrimaryKeyConstraint("account_id", "local_id"),
    Index("ix_mention_local_mention", "mention_id"),
    sqlite_with_rowid=False,
)
"""What an account's instance calls a mention."""

mention_text = Table(
    "mention_text",
    metadata,
    row_id(),
    Column("mention_id", Key, ForeignKey("mention.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("replaced_at", Utc, nullable=False),
)
"""What a mention said before each edit."""

payload = Table(
    "payload",
    metadata,
    Column("mention_id", Key, ForeignKey("mention.id"), primary_key=True, autoincrement=False),
    Column("raw", Text, nullable=False),
)

note = Table(
    "note",
    metadata,
    row_id(),
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False, index=True),
    Column("employee", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
)

reason = Table(
    "reason",
    metadata,
    row_id(),
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False, index=True),
    Column("mention_id", Key),
    Column("step", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("matched", Json),
    Column("details", Json),
    Column("at", Utc, nullable=False),
)

status_event = Table(
    "status_event",
    metadata,
    row_id(),
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("actor", Text, nullable=False),
)
"""Each change of a thread's status, from which its clocks can be worked out afresh."""

clock = Table(
    "clock",
    metadata,
    row_id(),
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False),
    Column("metric", Text, nullable=False),
    Column("cycle", Integer, nullable=False),
    Column("mention_id", Key),
    Column("started_at", Utc, nullable=False),
    Column("due_at", Utc),
    Column("warn_at", Utc),
    Column("warned_at", Utc),
    Column("met_at", Utc),
    Column("breached_at", Utc),
    Column("cancelled_at", Utc),
    Column("cancel_reason", Text),
    Column("policy", Text),
    Column("calendar", Text),
    Column("target", Span),
    Column("paused", Json),
    Column("terms", Json),
    UniqueConstraint("thread_id", "metric", "cycle"),
)
"""``terms`` is the policy as it was when the clock was last evaluated."""

counter = Table(
    "counter",
    metadata,
    row_id(),
    Column("queue", SmallInteger, nullable=False),
    Column("area_id", Key, nullable=False),
    Column("assignee_id", Key, nullable=False),
    Column("n", BigInteger, nullable=False),
    Index("ix_counter_key", "queue", "area_id", "assignee_id"),
)
"""How many threads there are, kept by triggers; area and assignee 0 stand for nobody. On PostgreSQL each
statement adds rows (so that no two writers wait for one), which the collector folds."""
