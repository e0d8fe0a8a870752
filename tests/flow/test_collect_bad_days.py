"""Bad days of a running collector: the database locked or full, the clock set back. It carries on."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, text

from inbox.flow import requests
from inbox.flow.collect import Collector
from inbox.model.account import Account
from inbox.model.ids import AccountId
from inbox.model.request import RequestKind, RequestState
from inbox.model.words import SourceKind
from inbox.store import accounts, sources
from inbox.store.engine import Store
from inbox.store.schema import mention
from tests.flow.test_collect import Running, until
from tests.support.world import connected


@pytest.fixture(autouse=True)
def _logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


@pytest.fixture
def running(sqlite_store: Store) -> Iterator[Running]:
    made = Running(sqlite_store)
    yield made
    if hasattr(made, "collector"):
        made.stop()


def brand(running: Running) -> Account:
    account = connected(running.store)
    with running.store.write() as s:
        source = sources.ensure(s, account.id, SourceKind.MENTIONS)
        sources.advance(s, source, "0", now=datetime.now(UTC))
    return account


def count(store: Store) -> int:
    with store.read() as s:
        return int(s.scalar(select(func.count()).select_from(mention)))


def pulled(running: Running) -> Callable[[], bool]:
    return lambda: "exampleair:pull" in running.networks.server().calls


def test_a_locked_database_is_waited_for(
    running: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    brand(running)
    event.listen(running.store._engine, "checkout", lambda driver, *_: driver.execute("PRAGMA busy_timeout = 50"))
    running.start()
    until(pulled(running), "the first pull")
    other = sqlite3.connect(running.store.address, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    running.networks.server().say("Where is my bag?")
    until(lambda: "Another program holds the workspace" in caplog.text, "the collector to say it")
    assert count(running.store) == 0
    other.execute("ROLLBACK")
    other.close()
    until(lambda: count(running.store) == 1, "the mention")
    assert running.runner.is_alive()
    del monkeypatch


def test_a_full_disk_loses_nothing_and_is_over_when_there_is_room(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    brand(running)
    running.start()
    until(pulled(running), "the first pull")
    room: dict[str, int | None] = {"pages": 1}

    def limit(driver: Any, *_: object) -> None:
        # Not below what the file has: the next page that it needs is refused, as by a full disk.
        driver.execute(f"PRAGMA max_page_count = {room['pages']}")

    event.listen(running.store._engine, "checkout", limit)
    server = running.networks.server()
    for number in range(40):
        server.say(f"Question {number}? " + "Where is my bag? " * 300, who=f"who{number}")
    until(lambda: "disk is full" in caplog.text, "the collector to say it")
    before = count(running.store)
    assert before < 40
    room["pages"] = 1_000_000
    until(lambda: count(running.store) == 40, "every mention, once")


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_set_by_an_hour_stops_nothing(sqlite_store: Store, hours: int) -> None:
    running = Running(sqlite_store)
    brand(running)
    moved = timedelta(0)
    running.collector = Collector(sqlite_store, running.networks, now=lambda: datetime.now(UTC) + moved)
    running.runner = threading.Thread(target=running._run, daemon=True)
    running.runner.start()
    try:
        until(pulled(running), "the first pull")
        running.networks.server().say("Before.")
        until(lambda: count(sqlite_store) == 1, "the first")
        moved = timedelta(hours=hours)
        running.networks.server().say("After.", who="lee")
        until(lambda: count(sqlite_store) == 2, "the second")
    finally:
        running.stop()
    assert not running.raised


def test_a_database_server_that_drops_every_connection_is_waited_for(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    if store.kind == "sqlite":
        pytest.skip("a file has no connections to drop")
    running = Running(store)
    brand(running)
    running.start()
    try:
        until(pulled(running), "the first pull")
        for turn in range(2):
            with store.write() as s:
                s.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                )
            running.networks.server().say("Where is my bag?", who=f"who{turn}")
            until(lambda wanted=turn + 1: count(store) == wanted, "the mention after it")  # type: ignore[misc]
        until(lambda: "answers again" in caplog.text, "the feed to be followed again")
        account_id = accounts_of(running)
        asked = requests.ask(store, RequestKind.PULL_NOW, account_id, actor="ana", now=datetime.now(UTC))
        until(lambda: running.answer(asked) is RequestState.DONE, "a request to be heard", 8)
    finally:
        running.stop()
    assert not running.raised


def accounts_of(running: Running) -> AccountId:
    with running.store.read() as s:
        return accounts.all(s)[0].id
