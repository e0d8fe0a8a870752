"""Tables of the workspace itself: settings, areas, employees, and the ordered lists of the workspace file."""

from sqlalchemy import Boolean, Column, Integer, Table, Text, UniqueConstraint

from inbox.store.schema.base import metadata, row_id
from inbox.store.types import Json, Utc

workspace = Table(
    "workspace",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Json, nullable=False),
)
"""Keys: ``id`` (a UUID, names its secrets), ``settings``, ``config_version``, ``created_at``."""

area = Table(
    "area",
    metadata,
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    Column("keywords", Json, nullable=False, default=list),
    Column("approval", Boolean, nullable=False, default=False),
    Column("calendar", Text),
    Column("color", Integer, nullable=False, default=0),
    Column("position", Integer, nullable=False, default=0),
    Column("removed_at", Utc),
)

employee = Table(
    "employee",
    metadata,
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    Column("full_name", Text, nullable=False, default=""),
    Column("roles", Json, nullable=False, default=list),
    Column("areas", Json, nullable=False, default=list),
    Column("skills", Json, nullable=False, default=list),
    Column("capacity", Integer),
    Column("shifts", Json),
    Column("time_zone", Text),
    Column("certified_until", Text),
    Column("away", Boolean, nullable=False, default=False),
    Column("idle_since", Utc),
    Column("removed_at", Utc),
)

config = Table(
    "config",
    metadata,
    row_id(),
    Column("kind", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("doc", Json, nullable=False),
    UniqueConstraint("kind", "name"),
)
"""Kinds: ``calendar``, ``policy``, ``rule``, ``escalation``, ``hot``; ``doc`` as the workspace file has it."""
