"""Upkeep that the collector does now and then: the change feed stays short."""

from sqlalchemy import func, select

from inbox.store.engine import Session
from inbox.store.schema import change

KEPT = 20_000
"""Changes kept for readers that are behind."""


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
