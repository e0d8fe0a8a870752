"""Tables of what reports are made from beside the clocks: who had a thread and handled it, entered figures, files."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from inbox.store.schema.base import Key, metadata, row_id
from inbox.store.types import Utc

spell = Table(
    "spell",
    metadata,
    row_id(),
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False, index=True),
    Column("employee_id", Key),
    Column("area_id", Key),
    Column("since", Utc, nullable=False),
    Column("until", Utc),
    Column("by", Text, nullable=False, default=""),
    Index("ix_spell_since", "since"),
)
"""Who had a thread, from when to when; ``employee_id`` null is the queue, ``until`` null is still so."""

handling = Table(
    "handling",
    metadata,
    row_id(),
    Column("thread_id", Key, ForeignKey("thread.id"), nullable=False, index=True),
    Column("employee_id", Key, nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("sent_at", Utc),
    Column("reply_id", Key),
    Index("ix_handling_sent", "sent_at"),
)
"""From when an employee first opened a thread to when the same person's reply was sent; then the next one begins."""

score_entry = Table(
    "score_entry",
    metadata,
    row_id(),
    Column("line", Text, nullable=False),
    Column("area", Text, nullable=False, default=""),
    Column("at", Utc, nullable=False),
    Column("value", Float, nullable=False),
    Column("actor", Text, nullable=False),
    Column("entered_at", Utc, nullable=False),
    UniqueConstraint("line", "area", "at"),
)
"""Figures of the scorecard that somebody entered; ``area`` empty is the company, ``at`` the day they stand for."""

report_run = Table(
    "report_run",
    metadata,
    row_id(),
    Column("name", Text, nullable=False),
    Column("start", Utc, nullable=False),
    Column("end", Utc, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("late", Boolean, nullable=False, default=False),
    Column("files", Text, nullable=False, default=""),
    Column("error", Text, nullable=False, default=""),
    UniqueConstraint("name", "start"),
)
"""Each scheduled report that was due: once for each period, also after downtime."""
