"""Gaps: spans that a network could not give, shown until they are proven filled."""

from datetime import datetime

from sqlalchemy import select

from inbox.model.account import Gap
from inbox.model.ids import AccountId, GapId, SourceId
from inbox.store.schema import gap, source
from inbox.store.session import Session


def record(s: Session, source_id: SourceId, from_at: datetime, to_at: datetime, why: str) -> None:
    """Note a gap; one that overlaps an open gap of the same source widens it."""
    overlaps = (gap.c.source_id == source_id, gap.c.filled_at.is_(None), gap.c.from_at <= to_at, gap.c.to_at >= from_at)
    found = s.execute(select(gap).where(*overlaps).order_by(gap.c.id).limit(1)).first()
    if found is None:
        s.execute(gap.insert().values(source_id=source_id, from_at=from_at, to_at=to_at, why=why, filled_at=None))
    else:
        wider = {"from_at": min(from_at, found.from_at), "to_at": max(to_at, found.to_at), "why": why}
        s.execute(gap.update().where(gap.c.id == found.id).values(wider))


def open_of(s: Session, account_id: AccountId) -> tuple[Gap, ...]:
    """The account's gaps that are not filled, oldest first."""
    query = select(gap).join(source, source.c.id == gap.c.source_id).where(source.c.account_id == account_id)
    rows = s.execute(query.where(gap.c.filled_at.is_(None)).order_by(gap.c.from_at))
    return tuple(
        Gap(GapId(row.id), SourceId(row.source_id), row.from_at, row.to_at, row.why, row.filled_at) for row in rows
    )


def fill(s: Session, source_id: SourceId, from_at: datetime, to_at: datetime, *, now: datetime) -> int:
    """What was pulled from ``from_at`` to ``to_at`` without a hole proves the gaps inside filled. How many."""
    inside = (gap.c.source_id == source_id, gap.c.from_at >= from_at, gap.c.to_at <= to_at, gap.c.filled_at.is_(None))
    return int(s.execute(gap.update().where(*inside).values(filled_at=now)).rowcount)
