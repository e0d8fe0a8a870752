"""Campaigns, what is being written in rooms of incidents, answers polled from services, and posts that grow.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; a mention says since when its figures are what they are, a gathered thread how well it fits."""
    op.add_column("incident_thread", sa.Column("match", sa.Float(), nullable=True))
    op.add_column("mention", sa.Column("figures_at", sa.BigInteger(), nullable=True))
    known = sa.text("figures_at IS NOT NULL")
    op.create_index("ix_mention_figures", "mention", ["figures_at", "id"], sqlite_where=known, postgresql_where=known)
    _campaign()
    _incident_draft()
    op.create_table(
        "service_poll",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_service_poll")),
    )


def _campaign() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("begins_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("times", sa.Float(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    op.create_index("ix_campaign_ends", "campaign", ["ends_at"], unique=False)


def _incident_draft() -> None:
    op.create_table(
        "incident_draft",
        sa.Column("incident_id", KEY, nullable=False),
        sa.Column("employee_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_draft_incident_id")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_incident_draft_employee_id")),
        sa.PrimaryKeyConstraint("incident_id", "employee_id", "kind", name=op.f("pk_incident_draft")),
    )
