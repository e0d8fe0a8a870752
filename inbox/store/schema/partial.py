"""Partial indexes, as the migrations make them; imported where the schema is compared, never at a start.

They stand apart from their tables, since naming them loads SQLAlchemy's PostgreSQL dialect, which a desktop on
SQLite does not need (50 ms).
"""

from sqlalchemy import Index, Table, text

from inbox.store.schema import clock, mention, outbox, quarantine, thread


def _partial(name: str, table: Table, columns: tuple[str, ...], where: str, *, unique: bool = False) -> None:
    Index(
        name,
        *(table.c[column] for column in columns),
        unique=unique,
        sqlite_where=text(where),
        postgresql_where=text(where),
    )


_partial("ix_quarantine_open", quarantine, ("id",), "resolved_at IS NULL")
_partial("ix_thread_assignee_due", thread, ("queue", "assignee_id", "due_order", "id"), "assignee_id IS NOT NULL")
_partial("ix_thread_linked", thread, ("linked_to",), "linked_to IS NOT NULL")
_partial("ix_thread_name", thread, ("account_id", "name"), "name IS NOT NULL", unique=True)
_partial("ix_thread_snoozed", thread, ("snoozed_until",), "status = 'snoozed'")
_partial("ix_mention_figures", mention, ("figures_at", "id"), "figures_at IS NOT NULL")
_partial("ix_mention_untriaged", mention, ("created_at", "id"), "NOT triaged")
_partial(
    "ix_clock_due",
    clock,
    ("due_at",),
    "met_at IS NULL AND cancelled_at IS NULL AND breached_at IS NULL AND due_at IS NOT NULL",
)
_partial(
    "ix_clock_warn",
    clock,
    ("warn_at",),
    "met_at IS NULL AND cancelled_at IS NULL AND warned_at IS NULL AND warn_at IS NOT NULL",
)
_partial(
    "ix_clock_running",
    clock,
    ("started_at", "id"),
    "metric <> 'resolution' AND met_at IS NULL AND cancelled_at IS NULL",
)
_partial(
    "ix_clock_policy",
    clock,
    # The last three stand there so that SQLite, which asks for them again, need not read the clocks.
    ("policy", "due_at", "met_at", "cancelled_at"),
    "met_at IS NULL AND cancelled_at IS NULL AND due_at IS NOT NULL",
)
_partial("ix_clock_breached", clock, ("breached_at", "policy"), "breached_at IS NOT NULL")
_partial("ix_clock_met", clock, ("metric", "started_at", "met_at", "thread_id", "calendar"), "met_at IS NOT NULL")
_partial("ix_outbox_open", outbox, ("not_before",), "state IN ('queued', 'sending', 'unknown')")
