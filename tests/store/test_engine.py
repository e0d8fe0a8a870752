"""Opening a workspace, its transactions and its change feed."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from inbox.model.ids import ThreadId
from inbox.store.engine import Store, open_store
from inbox.store.errors import Damaged, Locked, Missing, Newer, Refused
from inbox.store.feed import Feed
from inbox.store.schema import account, author, counter, thread

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def put_thread(store: Store, status: str = "new") -> ThreadId:
    """One thread of one author."""
    with store.write() as s:
        account_id = s.scalar(select(account.c.id)) or s.scalar(
            account.insert().values(network="mastodon", handle="exampleair").returning(account.c.id)
        )
        author_id = s.scalar(select(author.c.id)) or s.scalar(
            author.insert().values(network="mastodon", remote_id="1").returning(author.c.id)
        )
        thread_id = s.scalar(
            thread.insert()
            .values(
                account_id=account_id,
                author_id=author_id,
                network="mastodon",
                status=status,
                first_mention_at=NOON,
                last_mention_at=NOON,
            )
            .returning(thread.c.id)
        )
        s.changed(threads=[ThreadId(thread_id)])
    return ThreadId(thread_id)


def test_times_come_back_as_they_went_in(store: Store) -> None:
    put_thread(store)
    with store.read() as s:
        assert s.scalar(select(thread.c.first_mention_at)) == NOON


def test_counters_follow_every_change_of_a_thread(store: Store) -> None:
    first = put_thread(store)
    put_thread(store)
    with store.write() as s:
        s.execute(thread.update().where(thread.c.id == first).values(status="closed"))
    with store.read() as s:
        rows = s.execute(select(counter.c.queue, counter.c.n)).all()
    totals: dict[int, int] = {}
    for queue, n in rows:
        totals[queue] = totals.get(queue, 0) + n
    assert {queue: n for queue, n in totals.items() if n} == {1: 1, 4: 1}


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    put_thread(store)
    with pytest.raises(RuntimeError), store.write() as s:
        s.execute(thread.update().values(status="closed"))
        raise RuntimeError
    with store.read() as s:
        assert s.scalar(select(thread.c.status)) == "new"


def test_the_feed_tells_another_connection_what_changed(store: Store) -> None:
    feed = Feed(store)
    thread_id = put_thread(store)
    seen = feed.wait(5) or feed.wait(5)
    feed.close()
    assert seen is not None
    assert seen.threads == {thread_id}


def test_the_feed_says_nothing_when_nothing_changed(store: Store) -> None:
    put_thread(store)
    feed = Feed(store)
    seen = feed.wait(0.2)
    feed.close()
    assert seen is None


def test_a_workspace_file_is_the_users_alone(sqlite_store: Store) -> None:
    mode = Path(sqlite_store.address).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_missing_workspace_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="inbox init"):
        open_store(tmp_path / "none.inbox")


def test_a_newer_workspace_is_left_alone(store: Store) -> None:
    with store.raw_connection() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(Newer, match="newer version"):
        open_store(store.address)


def test_a_file_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear customer, " * 200)
    with pytest.raises(Damaged):
        open_store(file)


def test_a_locked_workspace_is_said_to_be_locked(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inbox.store.engine.BUSY_SECONDS", 0.1)
    other = open_store(sqlite_store.address)
    try:
        with sqlite_store.write() as s:
            s.execute(account.insert().values(network="mastodon", handle="a"))
            with pytest.raises(Locked, match="Another program"), other.write():
                pass
    finally:
        other.close()


def test_an_address_with_a_password_is_refused() -> None:
    with pytest.raises(Refused, match="pgpass"):
        open_store("postgresql+psycopg://me:secret@localhost/inbox")


def test_a_syncing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="syncing folder"):
        open_store(tmp_path / "Dropbox" / "w.inbox", create=True)
