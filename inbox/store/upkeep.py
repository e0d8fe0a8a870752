"""Upkeep that the collector does now and then: the change feed stays short, the full-text index in few parts."""

from sqlalchemy import func, select, text

from inbox.store.engine import Session
from inbox.store.schema import change

KEPT = 20_000
"""Changes kept for readers that are behind."""
_MERGE = text("INSERT INTO mention_fts (mention_fts, rank) VALUES ('merge', 64)")
_CHANGES = text("SELECT total_changes()")
_DID_SOMETHING = 2


def prune_changes(s: Session, kept: int = KEPT) -> int:
    """Remove all but the newest changes; how many those were."""
    newest = s.scalar(select(func.max(change.c.seq)))
    if newest is None:
        return 0
    return s.execute(change.delete().where(change.c.seq <= newest - kept)).rowcount


def to_prune(s: Session, kept: int = KEPT) -> bool:
    """True when there is enough to remove to be worth a write."""
    oldest, newest = s.execute(select(func.min(change.c.seq), func.max(change.c.seq))).one()
    return oldest is not None and newest - oldest > kept + kept // 10


def merge_words(s: Session) -> bool:
    """Merge a slice of SQLite's full-text index, a few milliseconds; False when there is nothing left to merge.

    It makes no difference to what is found, only to how many parts a search looks through
    (https://www.sqlite.org/fts5.html, "The 'merge' command": fewer than two changes mean that it did nothing).
    """
    if s.kind != "sqlite":
        return False
    before = s.scalar(_CHANGES)
    s.execute(_MERGE)
    return bool(s.scalar(_CHANGES) - before >= _DID_SOMETHING)
