"""The ``store`` fixture: a new workspace on SQLite, then the same test on PostgreSQL."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from inbox.store.engine import Store, open_store
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


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new workspace, once on each engine."""
    address, drop = _address(request, tmp_path)
    opened = open_store(address, create=True)
    try:
        yield opened
    finally:
        opened.close()
        drop()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A new workspace in a SQLite file."""
    opened = open_store(tmp_path / "workspace.inbox", create=True)
    yield opened
    opened.close()


def _address(request: pytest.FixtureRequest, tmp_path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202
    if request.param == "sqlite":
        return str(tmp_path / "workspace.inbox"), lambda: None
    cluster: Cluster = request.getfixturevalue("postgres")
    name = f"t{os.getpid()}_{next(_numbers)}"
    return cluster.create(name), lambda: cluster.drop(name)
