"""The full-text index is merged by the collector's upkeep, not in the middle of ingest."""

from datetime import UTC, datetime

from sqlalchemy import text

from inbox.flow.rounds import Rounds
from inbox.store import upkeep
from inbox.store.engine import Store

PARTS = text("SELECT count(DISTINCT segid) FROM mention_fts_idx")
FOUND = text("SELECT count(*) FROM mention_fts WHERE mention_fts MATCH 'suitcase'")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def write_in_parts(store: Store, parts: int) -> None:
    """Each transaction adds a part to the index."""
    for number in range(parts):
        with store.write() as s:
            for row in range(50):
                words = {"id": number * 50 + row + 1, "text": f"suitcase word{number} word{row}"}
                s.execute(text("INSERT INTO mention_fts (rowid, text) VALUES (:id, :text)"), words)


def test_ingest_leaves_the_parts_and_upkeep_merges_them(sqlite_store: Store) -> None:
    write_in_parts(sqlite_store, 30)
    with sqlite_store.read() as s:
        assert s.scalar(PARTS) == 30
        assert s.scalar(FOUND) == 1500
    Rounds(sqlite_store, lambda: NOON, lambda: False).upkeep()
    with sqlite_store.read() as s:
        assert s.scalar(PARTS) < 4
        assert s.scalar(FOUND) == 1500


def test_there_is_an_end_to_merging(store: Store) -> None:
    with store.write() as s:
        slices = sum(1 for _ in iter(lambda: upkeep.merge_words(s), False))
    assert slices == 0
