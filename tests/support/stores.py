"""The ``store`` fixture: a new workspace on SQLite, then the same test on PostgreSQL."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from inbox.store.engine import Store, open_store
from inbox.store.schema import VERSION, metadata
from tests.support.postgres import Cluster, running_cluster

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A private PostgreSQL cluster for this test process; skips where no server is installed."""
    with running_cluster() as cluster:
        if cluster is None:
            if os.environ.get("INBOX_REQUIRE_SERVERS"):
                pytest.fail("no PostgreSQL server is installed, and this run requires one")
            pytest.skip("no PostgreSQL server is installed")
        yield cluster


class Databases:
    """Gives each test an empty workspace on PostgreSQL: one database, emptied between tests, since making one
    takes ten times as long; a test that leaves it broken or held open costs a new one.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._clean: str | None = None

    def take(self) -> str:
        """The address of an empty workspace."""
        address, self._clean = self._clean, None
        if address is None:
            address = self._cluster.create(f"t{os.getpid()}_{next(_numbers)}")
            open_store(address, create=True).close()
        return address

    def give_back(self, address: str) -> None:
        """Empty it for the next test."""
        url = make_url(address)
        with psycopg.connect(host=str(url.query["host"]), user="inbox", dbname=url.database, autocommit=True) as server:
            server.execute("SET lock_timeout = '3s'")
            names = [row[0] for row in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            tables = sorted(table.name for table in metadata.sorted_tables)
            version = server.execute("SELECT version_num FROM alembic_version").fetchall()
            if sorted(names) != sorted([*tables, "alembic_version"]) or version != [(VERSION,)]:
                return
            with contextlib.suppress(psycopg.errors.LockNotAvailable):
                server.execute(EMPTY)
                self._clean = address


def _emptying() -> str:
    """Deletes every row, in an order that foreign keys allow, and numbers from 1 again (TRUNCATE takes far longer)."""
    # Deleting threads adds to the counters: they go last.
    tables = [table for table in reversed(metadata.sorted_tables) if table.name != "counter"]
    deletes = [f"DELETE FROM {table.name}" for table in [*tables, metadata.tables["counter"]]]
    numbered = [
        f"ALTER SEQUENCE {table.name}_id_seq RESTART" for table in tables if "id" in table.c and table.name != "payload"
    ]
    return "; ".join(
        [*deletes, "ALTER SEQUENCE counter_id_seq RESTART", "ALTER SEQUENCE change_seq_seq RESTART", *numbered]
    )


EMPTY = _emptying()


@pytest.fixture(scope="session")
def _databases(postgres: Cluster) -> Databases:
    """Empty workspaces on the private cluster."""
    return Databases(postgres)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an empty workspace."""
    file = tmp_path_factory.mktemp("template") / "empty.inbox"
    open_store(file, create=True).close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new workspace, once on each engine."""
    if request.param == "sqlite":
        opened = open_store(_copy(request, tmp_path))
        yield opened
        opened.close()
        return
    databases: Databases = request.getfixturevalue("_databases")
    address = databases.take()
    opened = open_store(address)
    yield opened
    opened.close()
    databases.give_back(address)


@pytest.fixture
def sqlite_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new workspace in a SQLite file."""
    opened = open_store(_copy(request, tmp_path))
    yield opened
    opened.close()


def _copy(request: pytest.FixtureRequest, folder: Path) -> Path:
    file = folder / "workspace.inbox"
    shutil.copy2(request.getfixturevalue("_sqlite_template"), file)
    file.chmod(0o600)
    return file
