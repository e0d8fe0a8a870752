"""Mentions that answer a post which is not stored yet: they are joined when it comes."""

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, Table, Text

from inbox.store.schema.base import Key, metadata

awaited = Table(
    "awaited",
    metadata,
    Column("network", Text, nullable=False),
    Column("parent", Text, nullable=False),
    Column("mention_id", Key, ForeignKey("mention.id"), nullable=False),
    PrimaryKeyConstraint("network", "parent", "mention_id"),
    sqlite_with_rowid=False,
)
"""``parent`` is a global id, or ``local:ACCOUNT/ID`` where only the instance's id is known."""
