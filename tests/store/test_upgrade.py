"""A workspace of an earlier version is brought up, and keeps what it holds."""

import sqlite3
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from inbox.store.engine import open_store
from inbox.store.migrations.versions import v0001_first
from inbox.store.schema import VERSION


def _first_version(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            v0001_first.upgrade()
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        connection.exec_driver_sql(
            "INSERT INTO area (name, keywords, approval, color, position) VALUES ('Baggage', '[\"bag\"]', 0, 0, 0)"
        )
        connection.commit()
    engine.dispose()


def test_a_workspace_of_the_first_version_is_brought_up_and_keeps_its_areas(tmp_path: Path) -> None:
    path = tmp_path / "old.inbox"
    _first_version(path)
    path.chmod(0o600)
    store = open_store(str(path), upgrade=True)
    store.close()
    with sqlite3.connect(path) as connection:
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        (name,) = connection.execute("SELECT name FROM area").fetchone()
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert version == VERSION
    assert name == "Baggage"
    assert {"placement", "correction", "learned", "notice"} <= tables
