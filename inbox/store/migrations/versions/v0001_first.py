"""The first schema, as it was: later versions change it, this one never does.

Revision ID: 0001
"""

from alembic import op

from inbox.store.migrations import threads_0001, workspace_0001
from inbox.store.migrations.native_0001 import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, then what the engine needs beyond tables."""
    workspace_0001.make()
    threads_0001.make()
    connection = op.get_bind()
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
