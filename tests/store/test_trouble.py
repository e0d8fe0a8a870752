"""What database servers say when they are not there, in plain sentences."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from inbox.store.engine import Store, open_store
from inbox.store.errors import Refused, StoreError, Unreachable
from inbox.store.feed import Feed
from inbox.store.schema import incident
from tests.support.postgres import Cluster, running_cluster

_ONE = text("SELECT 1")


def test_a_server_that_is_not_there_is_said_to_be_silent(tmp_path: Path) -> None:
    for address in (
        f"postgresql+psycopg://inbox@/none?host={tmp_path}",
        "postgresql+psycopg://inbox@127.0.0.1:1/none",
    ):
        with pytest.raises(Unreachable, match="does not answer"):
            open_store(address)


def test_a_database_that_is_not_there_is_said_to_be_missing(postgres: Cluster) -> None:
    with pytest.raises(Unreachable, match="no database of this name"):
        open_store(postgres.address("no_such_database"))


def test_a_user_whom_the_server_does_not_know_is_told(postgres: Cluster) -> None:
    with pytest.raises(Unreachable, match="does not let"):
        open_store(postgres.address("postgres").replace("inbox@", "stranger@"))


def test_an_open_workspace_outlives_a_server_that_was_away() -> None:
    with running_cluster() as cluster:
        if cluster is None:
            pytest.skip("no PostgreSQL server is installed")
        store = open_store(cluster.create("w"), create=True)
        cluster.stop()
        for _ in range(2):
            with pytest.raises(StoreError, match="database server"), store.read() as s:
                s.scalar(_ONE)
        cluster.start_again()
        with store.read() as s:
            assert s.scalar(_ONE) == 1
        store.close()


def test_the_change_feed_goes_on_after_the_server_was_away_and_misses_nothing() -> None:
    with running_cluster() as cluster:
        if cluster is None:
            pytest.skip("no PostgreSQL server is installed")
        store = open_store(cluster.create("w"), create=True)
        feed = Feed(store)
        cluster.stop("fast")
        for _ in range(2):
            with pytest.raises(StoreError):
                feed.wait(0.1)
        cluster.start_again()
        with store.write() as s:
            s.changed(topics=["meanwhile"])
        told = feed.wait(5)
        assert told is not None
        assert told.topics == {"meanwhile"}
        with store.write() as s:
            s.changed(topics=["after"])
        told = feed.wait(5)
        assert told is not None
        assert told.topics == {"after"}
        feed.close()
        store.close()


@pytest.mark.parametrize("value", [2**70, "lone \ud800"])
def test_what_no_column_can_hold_is_refused_in_plain_words(store: Store, value: object) -> None:
    with pytest.raises(Refused, match=r"larger than any|no letters"), store.read() as s:
        s.execute(select(incident.c.id).where((incident.c.id if isinstance(value, int) else incident.c.title) == value))
