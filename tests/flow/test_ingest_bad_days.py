"""Ingest on bad days: a plain sentence, nothing half stored, and it goes on when the day is over."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from inbox.flow import ingest
from inbox.networks.base import PulledPage
from inbox.networks.mastodon.parse import Reader
from inbox.store import quarantine, sources, threads
from inbox.store.engine import Store, open_store
from inbox.store.errors import DiskFull, Locked, ReadOnly
from inbox.store.schema import mention, thread
from tests.support.malformed import hostile_notifications
from tests.support.pages import NOON, at, connect, page, said


@contextmanager
def pragma(store: Store, words: str) -> Iterator[None]:
    """Every connection of the store is told this, as if the disk or file were so."""

    def tell(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(words)

    store._engine.dispose()
    event.listen(store._engine, "connect", tell)
    yield
    event.remove(store._engine, "connect", tell)
    store._engine.dispose()


def pages_of(store: Store) -> int:
    """How many pages of the disk the workspace takes."""
    with store.read() as s:
        return int(s.connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)


def test_a_hostile_page_loses_nothing_good(store: Store) -> None:
    account, source = connect(store)
    reader = Reader("exampleair@here", "1")
    read = [reader.notification(each, "notifications") for each in hostile_notifications()]
    good = tuple(each for each in read if not hasattr(each, "error"))
    bad = tuple(each for each in read if hasattr(each, "error"))
    whole = PulledPage(good, bad, "end", more=False, read=1000)  # type: ignore[arg-type]  # sorted by what they are
    done = ingest.store_page(store, account, source, whole, now=NOON + timedelta(days=365))
    with store.read() as s:
        kept = quarantine.waiting(s, limit=1000)
        shown = [threads.get(s, row.id) for row in s.execute(select(thread.c.id)).all()]
        assert sources.get(s, source.id).cursor == "end"
    assert (done.read, done.stored + done.duplicates, done.quarantined) == (1000, 900, 100)
    assert all(each.error for each in kept)
    assert sum(len(each.mentions) for each in shown) == done.stored


def test_a_full_disk_stores_nothing_and_goes_on_when_there_is_room(sqlite_store: Store) -> None:
    account, source = connect(sqlite_store)
    many = page(*(said(f"m{n}", text="long " * 500, minutes=n) for n in range(ingest.CHUNK)), cursor="c9")
    pages = pages_of(sqlite_store)
    with pragma(sqlite_store, f"PRAGMA max_page_count = {pages + 3}"), pytest.raises(DiskFull, match="disk is full"):
        ingest.store_page(sqlite_store, account, source, many, now=at(60))
    with sqlite_store.read() as s:
        assert s.scalar(select(func.count()).select_from(mention)) == 0
        assert sources.get(s, source.id).cursor is None
    assert ingest.store_page(sqlite_store, account, source, many, now=at(60)).stored == ingest.CHUNK


def test_a_disk_that_fills_in_the_middle_of_a_page_keeps_whole_chunks(sqlite_store: Store) -> None:
    account, source = connect(sqlite_store)
    many = page(*(said(f"m{n}", text=f"word{n} " * 300, minutes=n) for n in range(ingest.CHUNK * 4)), cursor="c9")
    pages = pages_of(sqlite_store)
    with pragma(sqlite_store, f"PRAGMA max_page_count = {pages + 150}"), pytest.raises(DiskFull):
        ingest.store_page(sqlite_store, account, source, many, now=at(60))
    with sqlite_store.read() as s:
        stored = s.scalar(select(func.count()).select_from(mention))
        assert sources.get(s, source.id).cursor is None
    done = ingest.store_page(sqlite_store, account, source, many, now=at(60))
    assert stored in {ingest.CHUNK, ingest.CHUNK * 2, ingest.CHUNK * 3}
    assert (done.stored, done.duplicates) == (ingest.CHUNK * 4 - stored, stored)


def test_a_read_only_workspace_is_said_to_be(sqlite_store: Store) -> None:
    account, source = connect(sqlite_store)
    with pragma(sqlite_store, "PRAGMA query_only = ON"), pytest.raises(ReadOnly, match="cannot be written"):
        ingest.store_page(sqlite_store, account, source, page(said("a")), now=at(60))
    assert ingest.store_page(sqlite_store, account, source, page(said("a")), now=at(60)).stored == 1


def test_a_locked_workspace_is_said_to_be_and_goes_on(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    account, source = connect(sqlite_store)
    monkeypatch.setattr("inbox.store.engine.BUSY_SECONDS", 0.1)
    other = open_store(Path(sqlite_store.address))
    with sqlite_store.write(), pytest.raises(Locked, match="Another program"):
        ingest.store_page(other, account, source, page(said("a")), now=at(60))
    assert ingest.store_page(other, account, source, page(said("a")), now=at(60)).stored == 1
    other.close()
