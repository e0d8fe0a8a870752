"""Placements, corrections, learned models and notices; facts of mentions with how sure they are.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what the learned area needs; nothing that is there changes."""
    op.add_column("mention", sa.Column("facts", sa.Text(), nullable=True))
    op.add_column("author", sa.Column("untagged", sa.Text(), nullable=True))
    _running()
    _placement()
    _correction()
    _learned()
    _notice()
    _dismissal()


def _running() -> None:
    """The customers who wait, the longest first: what is handed out where there are no deadlines."""
    running = sa.text("metric <> 'resolution' AND met_at IS NULL AND cancelled_at IS NULL")
    op.create_index(
        "ix_clock_running",
        "clock",
        ["started_at", "id"],
        unique=False,
        sqlite_where=running,
        postgresql_where=running,
    )


def _placement() -> None:
    op.create_table(
        "placement",
        sa.Column("thread_id", KEY, autoincrement=False, nullable=False),
        sa.Column("mention_id", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("model", KEY, nullable=True),
        sa.Column("ranked", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_placement_thread_id")),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_placement")),
    )
    op.create_index("ix_placement_at", "placement", ["at"], unique=False)


def _correction() -> None:
    op.create_table(
        "correction",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("mention_id", KEY, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("was_by", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_correction_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_thread_id"), "correction", ["thread_id"], unique=False)
    op.create_index("ix_correction_kind", "correction", ["kind", "at"], unique=False)


def _learned() -> None:
    op.create_table(
        "learned",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("examples", sa.Integer(), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned")),
    )
    op.create_index("ix_learned_kind", "learned", ["kind", "state"], unique=False)


def _notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("employee_id", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thread_id", KEY, nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_notice_employee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("employee_id", "key", name=op.f("uq_notice_employee_id_key")),
    )
    op.create_index("ix_notice_at", "notice", ["employee_id", "at"], unique=False)


def _dismissal() -> None:
    op.create_table(
        "dismissal",
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("was", "became", "words", name=op.f("pk_dismissal")),
    )
