"""The migrations make exactly the tables that the program works with."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from inbox.store.engine import Store, open_store
from inbox.store.migrations.native_0001 import POSTGRESQL, SQLITE
from inbox.store.schema import VERSION, metadata, partial

FULL_TEXT = "mention_fts"
"""The tables of the full-text index are its own business."""


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
def test_a_migrated_workspace_is_the_schema(store: Store) -> None:
    assert partial.__doc__, "its import has attached the partial indexes to the tables"
    with store.raw_connection() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": _ours},
        )
        differences = [each for each in compare_metadata(context, metadata) if not _native(each)]
        connection.rollback()
    assert differences == []


def _ours(_thing: object, name: str | None, kind: str, *_: object) -> bool:
    return not (kind == "table" and (name or "").startswith(FULL_TEXT))


def _native(difference: tuple[object, ...]) -> bool:
    """An index that the engine's own statements make: the schema's tables do not know it."""
    made = " ".join([*SQLITE, *POSTGRESQL])
    return difference[0] == "remove_index" and str(getattr(difference[1], "name", "?")) in made


def test_opening_again_changes_nothing(store: Store) -> None:
    with store.raw_connection() as connection:
        before = sorted(inspect(connection).get_table_names())
        connection.rollback()
    again = open_store(store.address, create=True)
    with again.raw_connection() as connection:
        after = sorted(inspect(connection).get_table_names())
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        connection.rollback()
    again.close()
    assert before == after
    assert version == VERSION
