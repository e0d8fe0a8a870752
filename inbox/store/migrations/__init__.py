"""Brings a workspace's tables to this program's version, through Alembic."""

from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_LOCK = 7301944
"""PostgreSQL's advisory lock that keeps two programs from upgrading at once."""


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return ScriptDirectory.from_config(config)


def known() -> frozenset[str]:
    """Every version that this program knows."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def upgrade(connection: Connection) -> None:
    """Run the missing migrations in one transaction; a second program waits and finds it done."""
    scripts = _scripts()
    head = scripts.get_current_head() or ""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    context = MigrationContext.configure(
        connection,
        opts={"fn": lambda rev, _context: scripts._upgrade_revs(head, rev)},  # noqa: SLF001 - Alembic's own env.py does the same
    )
    with Operations.context(context):
        context.run_migrations()
    connection.commit()
