"""Who had a thread and handled it, outcomes, entered figures, scheduled reports, and incidents.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SPELLS = """
INSERT INTO spell (thread_id, employee_id, area_id, since, "by")
SELECT id, assignee_id, area_id, COALESCE(assigned_at, first_mention_at), 'upgrade' FROM thread
WHERE assignee_id IS NOT NULL
"""


def upgrade() -> None:
    """Add what reports are made from; whoever has a thread now has had it since it was given to them."""
    op.add_column("thread", sa.Column("outcome", sa.Text(), nullable=True))
    _spell()
    _handling()
    _score_entry()
    _report_run()
    _incident()
    _policy_use()
    op.execute(_SPELLS)
    op.create_index(
        "ix_clock_met",
        "clock",
        ["metric", "started_at", "met_at", "thread_id", "calendar"],
        sqlite_where=sa.text("met_at IS NOT NULL"),
        postgresql_where=sa.text("met_at IS NOT NULL"),
    )


def _spell() -> None:
    op.create_table(
        "spell",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("employee_id", KEY, nullable=True),
        sa.Column("area_id", KEY, nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_spell_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spell")),
    )
    op.create_index(op.f("ix_spell_thread_id"), "spell", ["thread_id"], unique=False)
    op.create_index("ix_spell_since", "spell", ["since"], unique=False)


def _handling() -> None:
    op.create_table(
        "handling",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("employee_id", KEY, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("reply_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_handling_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling")),
    )
    op.create_index(op.f("ix_handling_thread_id"), "handling", ["thread_id"], unique=False)
    op.create_index("ix_handling_sent", "handling", ["sent_at"], unique=False)


def _score_entry() -> None:
    op.create_table(
        "score_entry",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_entry")),
        sa.UniqueConstraint("line", "area", "at", name=op.f("uq_score_entry_line_area_at")),
    )


def _report_run() -> None:
    op.create_table(
        "report_run",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("end", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_run")),
        sa.UniqueConstraint("name", "start", name=op.f("uq_report_run_name_start")),
    )


def _incident() -> None:
    op.create_table(
        "incident",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("area_id", KEY, nullable=True),
        sa.Column("owner_id", KEY, nullable=True),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("stated_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index("ix_incident_opened", "incident", ["opened_at"], unique=False)


def _policy_use() -> None:
    """What counts the clocks under each policy without reading them."""
    running = "met_at IS NULL AND cancelled_at IS NULL AND due_at IS NOT NULL"
    breached = "breached_at IS NOT NULL"
    for name, columns, where in (
        ("ix_clock_policy", ["policy", "due_at", "met_at", "cancelled_at"], running),
        ("ix_clock_breached", ["breached_at", "policy"], breached),
    ):
        op.create_index(
            name, "clock", columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
