"""Hot issues: what was counted, incidents with all that belongs to them, holds, and escalations.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables of hot issues; an incident gets its evidence and its people."""
    op.add_column("outbox", sa.Column("incident_id", KEY, nullable=True))
    _incident()
    _incident_thread()
    _incident_event()
    _incident_task()
    _statement()
    _statement_post()
    _hold()
    _escalation()
    _escalation_call()
    _hot_count()
    _hot_state()
    _hot_lesson()


def _incident() -> None:
    for name, default in (
        ("stream", ""),
        ("terms", "[]"),
        ("evidence", "{}"),
        ("opened_by", ""),
        ("acknowledged_by", ""),
    ):
        column = sa.Column(name, sa.Text(), nullable=False, server_default=default)
        op.add_column("incident", column)
    for name in ("confirmed_at", "contained_at", "last_sign_at"):
        op.add_column("incident", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column("incident", sa.Column("merged_into", KEY, nullable=True))
    op.add_column("incident", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_index("ix_incident_state", "incident", ["state", "id"], unique=False)


def _incident_thread() -> None:
    op.create_table(
        "incident_thread",
        sa.Column("incident_id", KEY, nullable=False),
        sa.Column("thread_id", KEY, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_thread_incident_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_incident_thread_thread_id")),
        sa.PrimaryKeyConstraint("incident_id", "thread_id", name=op.f("pk_incident_thread")),
    )
    op.create_index("ix_incident_thread_thread", "incident_thread", ["thread_id"], unique=False)


def _incident_event() -> None:
    op.create_table(
        "incident_event",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("incident_id", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_event_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_event")),
    )
    op.create_index(op.f("ix_incident_event_incident_id"), "incident_event", ["incident_id"], unique=False)


def _incident_task() -> None:
    op.create_table(
        "incident_task",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("incident_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("assignee_id", KEY, nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_task_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_task")),
    )
    op.create_index(op.f("ix_incident_task_incident_id"), "incident_task", ["incident_id"], unique=False)


def _statement() -> None:
    op.create_table(
        "statement",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("incident_id", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("accounts", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_statement_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_incident_id"), "statement", ["incident_id"], unique=False)


def _statement_post() -> None:
    op.create_table(
        "statement_post",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("send_key", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("sending_at", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("remote_id", sa.Text(), nullable=True),
        sa.Column("remote_url", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("read_backs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_statement_post_account_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_statement_post_statement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_post")),
        sa.UniqueConstraint("send_key", name=op.f("uq_statement_post_send_key")),
        sa.UniqueConstraint("statement_id", "account_id", name=op.f("uq_statement_post_statement_id_account_id")),
    )


def _hold() -> None:
    op.create_table(
        "hold",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("incident_id", KEY, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.Column("released_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )


def _escalation() -> None:
    op.create_table(
        "escalation",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("thread_id", KEY, nullable=True),
        sa.Column("incident_id", KEY, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("key", name=op.f("uq_escalation_key")),
    )
    op.create_index("ix_escalation_state", "escalation", ["state", "next_at"], unique=False)
    op.create_index("ix_escalation_thread", "escalation", ["thread_id"], unique=False)


def _escalation_call() -> None:
    op.create_table(
        "escalation_call",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("escalation_id", KEY, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("employee_id", KEY, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["escalation_id"], ["escalation.id"], name=op.f("fk_escalation_call_escalation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_call")),
        sa.UniqueConstraint(
            "escalation_id", "round", "step", "target", name=op.f("uq_escalation_call_escalation_id_round_step_target")
        ),
    )
    op.create_index("ix_escalation_call_state", "escalation_call", ["state", "not_before"], unique=False)


def _hot_count() -> None:
    op.create_table(
        "hot_count",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("authors", sa.Integer(), nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("reach", KEY, nullable=False),
        sa.PrimaryKeyConstraint("stream", "at", name=op.f("pk_hot_count")),
        sqlite_with_rowid=False,
    )


def _hot_state() -> None:
    op.create_table(
        "hot_state",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_hot_state")),
    )


def _hot_lesson() -> None:
    op.create_table(
        "hot_lesson",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("incident_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("was_real", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hot_lesson")),
    )
