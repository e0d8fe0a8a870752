"""The first schema.

Revision ID: 0001
"""

from alembic import op

from inbox.store.schema import metadata
from inbox.store.schema.native import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, then what the engine needs beyond tables."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
