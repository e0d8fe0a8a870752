"""Campaigns in the store: times for which more is written than usual, as they were announced."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select

from inbox.model.campaign import Campaign
from inbox.model.ids import AccountId
from inbox.store.schema import account, campaign
from inbox.store.session import Session


def lock(s: Session) -> None:
    """Let nobody else change campaigns until this writing session ends. SQLite has one writer anyway."""
    if s.kind == "postgresql":
        s.connection.exec_driver_sql("LOCK TABLE campaign IN SHARE ROW EXCLUSIVE MODE")


def standing(s: Session) -> tuple[Campaign, ...]:
    """Those that nobody removed, in the order in which they begin."""
    return _found(s, campaign.c.removed_at.is_(None))


def between(s: Session, since: datetime, until: datetime) -> tuple[Campaign, ...]:
    """Those of the standing ones that run at some time from ``since`` up to ``until``, in the order of beginning."""
    return _found(s, and_(campaign.c.ends_at > since, campaign.c.begins_at < until, campaign.c.removed_at.is_(None)))


def imported(s: Session) -> tuple[Campaign, ...]:
    """Those of the standing ones that came from entries of calendars."""
    return _found(s, and_(campaign.c.uid != "", campaign.c.removed_at.is_(None)))


def called_off(s: Session) -> frozenset[str]:
    """The calendar entries whose campaigns a person removed."""
    query = select(campaign.c.uid).where(campaign.c.uid != "", campaign.c.removed_at.is_not(None))
    return frozenset(s.execute(query).scalars())


def get(s: Session, campaign_id: int) -> Campaign | None:
    """One of the standing ones."""
    found = _found(s, and_(campaign.c.id == campaign_id, campaign.c.removed_at.is_(None)))
    return found[0] if found else None


def count(s: Session) -> int:
    """How many stand."""
    return int(s.scalar(select(func.count()).select_from(campaign).where(campaign.c.removed_at.is_(None))) or 0)


def add(s: Session, each: Campaign, now: datetime) -> int:
    """Write a new one down; its number. The number that it carries is not looked at."""
    statement = campaign.insert().values(**_values(each), at=now).returning(campaign.c.id)
    s.changed(topics=["campaigns"])
    return int(s.execute(statement).scalar_one())


def put(s: Session, campaign_id: int, each: Campaign | None, now: datetime) -> None:
    """Let one be as given, or (None) be as if its calendar entry had never been read; one that was removed stands
    again.
    """
    gone = {"removed_at": now, "uid": ""}
    values = gone if each is None else {**_values(each), "at": now, "removed_at": None}
    s.execute(campaign.update().where(campaign.c.id == campaign_id).values(values))
    s.changed(topics=["campaigns"])


def call_off(s: Session, campaign_id: int, now: datetime) -> None:
    """A person removes one: its calendar entry brings it back no more."""
    s.execute(campaign.update().where(campaign.c.id == campaign_id).values(removed_at=now))
    s.changed(topics=["campaigns"])


def _found(s: Session, where: Any) -> tuple[Campaign, ...]:  # noqa: ANN401 - a Core condition
    query = (
        select(campaign, account.c.handle)
        .outerjoin(account, account.c.id == campaign.c.account_id)
        .where(where)
        .order_by(campaign.c.begins_at, campaign.c.id)
    )
    return tuple(_campaign(row) for row in s.execute(query))


def _campaign(row: Row[Any]) -> Campaign:
    return Campaign(
        row.id,
        row.name,
        None if row.account_id is None else AccountId(row.account_id),
        row.handle,
        row.begins_at,
        row.ends_at,
        row.times,
        tuple(row.words),
        row.uid,
        row.by,
    )


def _values(each: Campaign) -> dict[str, Any]:
    return {
        "name": each.name,
        "account_id": each.account_id,
        "begins_at": each.begins_at,
        "ends_at": each.ends_at,
        "times": each.times,
        "words": list(each.words),
        "uid": each.uid,
        "by": each.by,
    }
