"""What the room of an incident shows: evidence, figures, volume against what is usual, threads, and what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from inbox.flow.hot import evidence
from inbox.hot import keeping
from inbox.hot.rates import BIN
from inbox.hot.series import Baseline
from inbox.model.escalation import Escalation
from inbox.model.ids import IncidentId
from inbox.model.incident import OPEN_STATES, Hold, Incident, Task, TimelineEvent
from inbox.model.thread import ThreadRow
from inbox.store import accounts, escalations, gathered, holds, hot, incident_tasks, incidents, people, threads
from inbox.store.engine import Session
from inbox.store.gathered import Gathered, Post

PAGE: Final = 100
TOLD: Final = 200
EXAMPLES: Final = 3
LATELY: Final = timedelta(minutes=15)
_BEFORE: Final = timedelta(hours=2)
_AFTER: Final = timedelta(hours=1)
_LONGEST: Final = timedelta(days=7)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_STEPS: Final = (
    (timedelta(hours=6), BIN),
    (_DAY, BIN * 3),
    (_LONGEST, BIN * 12),
    (6 * _LONGEST, BIN * 72),
)
"""So long a time is shown in steps of that length, a longer one in days."""


@dataclass(frozen=True, slots=True)
class Step:
    """How many people wrote in the time that begins then, and how many usually do; None where nobody knows yet."""

    at: datetime
    people: int
    usual: float | None


@dataclass(frozen=True, slots=True)
class Volume:
    """The people who wrote to what is watched: over the time that is shown, and ``lately``, the last quarter hour."""

    length: timedelta
    steps: tuple[Step, ...]
    lately: int
    usual: float | None
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """Everything in the room; ``posts`` are those of the evidence, else those of the greatest reach, ``threads`` the
    first page of those it holds, ``names`` full names by employee.
    """

    incident: Incident
    said: str
    posts: tuple[Post, ...]
    figures: Gathered
    volume: Volume
    threads: tuple[ThreadRow, ...]
    timeline: tuple[TimelineEvent, ...]
    tasks: tuple[Task, ...]
    holds: tuple[Hold, ...]
    call: Escalation | None
    names: dict[str, str]


def read(
    s: Session,
    incident_id: IncidentId,
    now: datetime,
    *,
    page: int = PAGE,
    told: Callable[[datetime], str] = evidence.written,
) -> Room | None:
    """The room of an incident; None when there is no such incident. ``told`` puts a time into words."""
    found = incidents.get(s, incident_id)
    if found is None:
        return None
    kept = found.evidence
    calls = (each for each in escalations.running(s) if each.incident_id == incident_id)
    return Room(
        found,
        evidence.paragraph(kept, told) if kept else "",
        tuple(gathered.posts(s, kept.get("examples", ())) or gathered.furthest(s, incident_id, EXAMPLES)),
        gathered.counted(s, incident_id),
        volume(s, found, now),
        more(s, incident_id, page),
        tuple(incidents.timeline(s, incident_id, TOLD)),
        tuple(incident_tasks.of(s, incident_id)),
        tuple(holds.standing(s)),
        next(calls, None),
        {each.name: each.full_name or each.name for each in people.employees(s, removed=True)},
    )


def more(s: Session, incident_id: IncidentId, limit: int, offset: int = 0) -> tuple[ThreadRow, ...]:
    """A page of the threads that an incident holds."""
    return threads.rows(s, gathered.page(s, incident_id, limit=limit, offset=offset))


def volume(s: Session, found: Incident, now: datetime, longest: timedelta = _LONGEST) -> Volume:
    """The people who wrote, from some time before it began: over its newest ``longest`` where it took longer."""
    streams = _streams(s, found)
    until = now if found.state in OPEN_STATES else min(now, (found.closed_at or now) + _AFTER)
    since = max(min(found.began_at, until) - _BEFORE, until - longest)
    length = next((each for most, each in _STEPS if until - since <= most), _DAY)
    since = _EPOCH + (since - _EPOCH) // length * length
    heard: dict[datetime, int] = {}
    for stream in streams:
        for each in hot.counts(s, stream, since, until):
            heard[each.at] = heard.get(each.at, 0) + each.authors
    baselines = [each for each in map(_baseline, (hot.state(s, stream) for stream in streams)) if each is not None]
    known = len(baselines) == len(streams) > 0
    steps = []
    at = since
    while at < until:
        bins = [at + BIN * place for place in range(length // BIN)]
        usual = sum(each.expected(place) for each in baselines for place in bins) if known else None
        steps.append(Step(at, sum(heard.get(place, 0) for place in bins), usual))
        at += length
    newest = _EPOCH + (until - _EPOCH) // BIN * BIN
    last = [newest - BIN * place for place in range(LATELY // BIN)]
    usual = sum(each.expected(place) for each in baselines for place in last) if known else None
    names = tuple(each.partition(":")[2] for each in streams)
    return Volume(length, tuple(steps), sum(heard.get(place, 0) for place in last), usual, names)


def _streams(s: Session, found: Incident) -> list[str]:
    """The counted streams that tell how much is written: the incident's own, else its account's, else all accounts'."""
    kind, _, name = found.stream.partition(":")
    if kind in {"account", "area"}:
        return [found.stream]
    if kind == "topic":
        return [f"account:{name.partition(':')[0]}"]
    handles = [each.handle for each in accounts.all(s) if found.account_id in {None, each.id}]
    return [f"account:{each}" for each in handles]


def _baseline(document: dict[str, Any]) -> Baseline | None:
    if "baseline" not in document:
        return None
    found = keeping.baseline_of(document)
    return found if found.first_at is not None else None
