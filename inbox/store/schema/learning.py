"""Tables of what the routing chose, what people corrected, what was learnt, and who was told of what."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from inbox.store.schema.base import Key, metadata, row_id
from inbox.store.types import Json, Utc

placement = Table(
    "placement",
    metadata,
    Column("thread_id", Key, ForeignKey("thread.id"), primary_key=True, autoincrement=False),
    Column("mention_id", Key, nullable=False),
    Column("at", Utc, nullable=False),
    Column("area", Text),
    Column("step", Text, nullable=False),
    Column("rule", Text),
    Column("probability", Float),
    Column("model", Key),
    Column("ranked", Json),
    Index("ix_placement_at", "at"),
)
"""The routing's choice for each thread, as it was; areas by name, since they outlive their rows' changes."""

correction = Table(
    "correction",
    metadata,
    row_id(),
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False, index=True),
    Column("mention_id", Key),
    Column("kind", Text, nullable=False),
    Column("was", Text, nullable=False),
    Column("became", Text, nullable=False),
    Column("was_by", Text, nullable=False, default=""),
    Column("rule", Text),
    Column("probability", Float),
    Column("actor", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Index("ix_correction_kind", "kind", "at"),
)

learned = Table(
    "learned",
    metadata,
    row_id(),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("examples", Integer, nullable=False),
    Column("format", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("figures", Json, nullable=False),
    Column("sentence", Text, nullable=False, default=""),
    Column("data", LargeBinary),
    Index("ix_learned_kind", "kind", "state"),
)
"""Learned models, each version with its figures; only the last few keep their bytes."""

notice = Table(
    "notice",
    metadata,
    row_id(),
    Column("employee_id", Key, ForeignKey("employee.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("kind", Text, nullable=False),
    Column("thread_id", Key),
    Column("sentence", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("late", Boolean, nullable=False, default=False),
    Column("seen_at", Utc),
    UniqueConstraint("employee_id", "key"),
    Index("ix_notice_at", "employee_id", "at"),
)

dismissal = Table(
    "dismissal",
    metadata,
    Column("was", Text, nullable=False),
    Column("became", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Utc, nullable=False),
    PrimaryKeyConstraint("was", "became", "words"),
)
"""Suggested rules that somebody did not want, so that they are not suggested again."""
