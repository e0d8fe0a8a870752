"""By which open hours the running clocks were measured, and how far a change of them has been worked off."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select

from inbox.model.ids import ClockId, ThreadId
from inbox.model.words import Metric
from inbox.store import versions
from inbox.store.schema import clock, workspace
from inbox.store.session import Session, insert_for

_KEY: Final = "calendar_hours"


@dataclass(slots=True)
class HoursSeen:
    """Of one calendar: a print of its hours for each year, or why it cannot measure; ``doing`` is what its clocks
    are being brought to, ``after`` the last of them that was.
    """

    prints: dict[str, str] = field(default_factory=dict)
    doing: dict[str, str] = field(default_factory=dict)
    after: int = 0


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A clock that runs by a calendar and is not late yet."""

    id: ClockId
    thread_id: ThreadId
    metric: Metric
    cycle: int
    due_at: datetime | None


def seen(s: Session) -> dict[str, HoursSeen]:
    """What is known of each calendar, by name; in a writing session nobody else changes it until that ends."""
    query = select(workspace.c.value).where(workspace.c.key == _KEY)
    if s.writing and s.kind == "postgresql":
        s.execute(insert_for(s)(workspace).values(key=_KEY, value={}).on_conflict_do_nothing())
        query = query.with_for_update()
    return {name: HoursSeen(**doc) for name, doc in (s.scalar(query) or {}).items()}


def put(s: Session, known: dict[str, HoursSeen]) -> None:
    """Keep it."""
    versions.put(s, _KEY, {name: asdict(each) for name, each in known.items()})


def named(s: Session) -> set[str]:
    """The calendars that running clocks are measured by."""
    return set(s.execute(select(clock.c.calendar).where(*_RUNNING, clock.c.calendar.is_not(None)).distinct()).scalars())


def running(s: Session, calendar: str, after: int, limit: int) -> list[RunningClock]:
    """The next clocks of a calendar that run and are not late, by number."""
    query = _CLOCKS.where(clock.c.calendar == calendar, clock.c.id > after, *_RUNNING)
    return [_clock(row) for row in s.execute(query.order_by(clock.c.id).limit(limit))]


def still_running(s: Session, ids: Collection[ClockId]) -> list[RunningClock]:
    """Those of some clocks that still run and are not late."""
    return [_clock(row) for row in s.execute(_CLOCKS.where(clock.c.id.in_(ids), *_RUNNING).order_by(clock.c.id))]


_RUNNING = (clock.c.met_at.is_(None), clock.c.cancelled_at.is_(None), clock.c.breached_at.is_(None))
_CLOCKS = select(*(clock.c[name] for name in ("id", "thread_id", "metric", "cycle", "due_at")))


def _clock(row: Row[Any]) -> RunningClock:
    return RunningClock(ClockId(row.id), ThreadId(row.thread_id), Metric(row.metric), row.cycle, row.due_at)
