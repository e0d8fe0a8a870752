"""Verifying a workspace: sound data pass, and each sort of damage is named."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from inbox.store import integrity
from inbox.store.engine import Session, Store
from tests.support.pages import put, said


@pytest.fixture
def filled(store: Store) -> Store:
    put(store, said("a"), said("b", by="lee"), said("c", minutes=5, in_reply_to="a"))
    return store


def found(store: Store) -> dict[str, bool]:
    with store.read() as s:
        return {each.name: each.ok for each in integrity.verify(s)}


def test_sound_data_pass_every_check(filled: Store) -> None:
    assert found(filled) == dict.fromkeys(("file", "references", "counters", "threads", "search"), True)


def _forget_a_counter(s: Session) -> None:
    s.execute(text("UPDATE counter SET n = n + 1 WHERE id = (SELECT min(id) FROM counter)"))


def _miscount_mentions(s: Session) -> None:
    s.execute(text("UPDATE thread SET mentions = 7 WHERE id = (SELECT min(id) FROM thread)"))


def _shift_a_time(s: Session) -> None:
    s.execute(text("UPDATE thread SET last_mention_at = last_mention_at + 1"))


@pytest.mark.parametrize(
    ("damage", "name"),
    [(_forget_a_counter, "counters"), (_miscount_mentions, "threads"), (_shift_a_time, "threads")],
)
def test_a_figure_that_differs_from_its_rows_is_found(
    filled: Store, damage: Callable[[Session], None], name: str
) -> None:
    with filled.write() as s:
        damage(s)
    assert [each for each, ok in found(filled).items() if not ok] == [name]


def test_a_mention_that_cannot_be_searched_is_found(sqlite_store: Store) -> None:
    put(sqlite_store, said("a", text="lost bag"))
    with sqlite_store.write() as s:
        s.execute(text("INSERT INTO mention_fts (mention_fts, rowid, text) VALUES ('delete', 1, 'lost bag')"))
    assert not found(sqlite_store)["search"]


def test_a_reference_to_nothing_is_found(sqlite_store: Store) -> None:
    connection = sqlite_store.raw_connection()
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("INSERT INTO note (thread_id, employee, text, created_at) VALUES (99, 'a', 'b', 0)")
    connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    connection.close()
    assert not found(sqlite_store)["references"]
