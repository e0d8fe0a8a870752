"""How much was written while an incident went on and before, and when posts were held because of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from inbox.model.ids import IncidentId
from inbox.store.schema import hold, hot_count
from inbox.store.session import Session


@dataclass(frozen=True, slots=True)
class Heard:
    """What some streams heard together in the five minutes that begin at ``at``."""

    at: datetime
    posts: int
    authors: int
    negative: int
    reach: int


@dataclass(frozen=True, slots=True)
class Held:
    """From when until when posts were held; ``until`` None while they are."""

    since: datetime
    until: datetime | None


def heard(s: Session, streams: Collection[str], since: datetime, until: datetime) -> list[Heard]:
    """The counts of streams added up, from ``since`` up to ``until``, in order; bins without a post are left out."""
    of = hot_count.c
    sums = (func.sum(each) for each in (of.posts, of.authors, of.negative, of.reach))
    within = (of.stream.in_(list(streams)), of.at >= since, of.at < until)
    rows = s.execute(select(of.at, *sums).where(*within).group_by(of.at).order_by(of.at))
    return [Heard(at, *(int(n) for n in counts)) for at, *counts in rows]


def held(s: Session, incident_id: IncidentId) -> list[Held]:
    """When posts were held because of an incident, the earliest first."""
    query = select(hold.c.since, hold.c.released_at).where(hold.c.incident_id == incident_id).order_by(hold.c.since)
    return [Held(since, until) for since, until in s.execute(query)]
