"""Tables of what people write: drafts, the outbox, and who is looking at what."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, PrimaryKeyConstraint, Table, Text

from inbox.store.schema.base import Key, metadata, row_id
from inbox.store.types import Utc

draft = Table(
    "draft",
    metadata,
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False),
    Column("employee_id", Key, ForeignKey("employee.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("visibility", Text, nullable=False, default="public"),
    Column("answers", Key),
    Column("thread_version", Integer, nullable=False),
    Column("saved_at", Utc, nullable=False),
    PrimaryKeyConstraint("thread_id", "employee_id", "kind"),
)

outbox = Table(
    "outbox",
    metadata,
    row_id(),
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False, index=True),
    Column("account_id", Key, ForeignKey("account.id"), nullable=False),
    Column("employee_id", Key),
    Column("employee", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("visibility", Text, nullable=False, default="public"),
    Column("state", Text, nullable=False, default="queued"),
    Column("after_send", Text, nullable=False, default="wait"),
    Column("answers", Key),
    Column("thread_version", Integer, nullable=False),
    Column("send_key", Text, nullable=False, unique=True),
    Column("acknowledgement", Boolean, nullable=False, default=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", Text, nullable=False, default=""),
    Column("remote_id", Text),
    Column("remote_url", Text, nullable=False, default=""),
    Column("queued_at", Utc, nullable=False),
    Column("not_before", Utc, nullable=False),
    Column("sending_at", Utc),
    Column("sent_at", Utc),
    Column("read_backs", Integer, nullable=False, default=0),
    Column("incident_id", Key),
)
"""``incident_id``: a reply of an incident's bulk reply, which a hold lets through."""

presence = Table(
    "presence",
    metadata,
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False),
    Column("employee", Text, nullable=False),
    Column("claimed", Boolean, nullable=False, default=False),
    Column("since", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    PrimaryKeyConstraint("thread_id", "employee"),
)
