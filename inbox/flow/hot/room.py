"""What the room of an incident shows: evidence, figures, volume against what is usual, threads, and what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inbox.flow.hot import evidence, volume
from inbox.flow.hot.settings import settings_of
from inbox.flow.hot.volume import Volume
from inbox.model.escalation import Escalation
from inbox.model.ids import EmployeeId, IncidentId, ThreadId
from inbox.model.incident import Hold, Incident, Statement, Task, TimelineEvent
from inbox.model.thread import ThreadRow
from inbox.store import (
    config,
    escalations,
    gathered,
    holds,
    incident_drafts,
    incident_tasks,
    incident_volume,
    incidents,
    people,
    statements,
    threads,
)
from inbox.store.engine import Session
from inbox.store.gathered import Fit, Gathered, Post
from inbox.store.incident_drafts import RoomDraft, RoomDraftKind
from inbox.store.incident_volume import Held

PAGE: Final = 100
TOLD: Final = 200
EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Room:
    """Everything in the room; ``posts`` are those of the evidence, else those of the greatest reach, ``threads`` the
    first page of those it holds and ``fits`` how they came in, ``names`` full names by employee, ``spells`` when posts
    were held because of it, ``min_authors`` from how many people on the workspace gives the alarm; ``drafts`` are what
    one employee was writing.
    """

    incident: Incident
    said: str
    posts: tuple[Post, ...]
    figures: Gathered
    volume: Volume
    threads: tuple[ThreadRow, ...]
    fits: dict[ThreadId, Fit]
    timeline: tuple[TimelineEvent, ...]
    tasks: tuple[Task, ...]
    holds: tuple[Hold, ...]
    spells: tuple[Held, ...]
    call: Escalation | None
    names: dict[str, str]
    min_authors: int
    statements: tuple[Statement, ...]
    drafts: dict[RoomDraftKind, RoomDraft]


def read(
    s: Session,
    incident_id: IncidentId,
    now: datetime,
    *,
    page: int = PAGE,
    told: Callable[[datetime], str] = evidence.written,
    me: EmployeeId | None = None,
) -> Room | None:
    """The room of an incident for ``me``; None when there is no such incident. ``told`` puts a time into words."""
    found = incidents.get(s, incident_id)
    if found is None:
        return None
    kept, rows = found.evidence, more(s, incident_id, page)
    calls = (each for each in escalations.running(s) if each.incident_id == incident_id)
    return Room(
        incident=found,
        said=evidence.paragraph(kept, told) if kept else "",
        posts=tuple(gathered.posts(s, kept.get("examples", ())) or gathered.furthest(s, incident_id, EXAMPLES)),
        figures=gathered.counted(s, incident_id),
        volume=volume.read(s, found, now),
        threads=rows,
        fits=gathered.fits(s, incident_id, [each.id for each in rows]),
        timeline=tuple(incidents.timeline(s, incident_id, TOLD)),
        tasks=tuple(incident_tasks.of(s, incident_id)),
        holds=tuple(holds.standing(s)),
        spells=tuple(incident_volume.held(s, incident_id)),
        call=next(calls, None),
        names={each.name: each.full_name or each.name for each in people.employees(s, removed=True)},
        min_authors=settings_of(config.load(s)).min_authors,
        statements=tuple(statements.of(s, incident_id)),
        drafts={} if me is None else incident_drafts.of(s, incident_id, me),
    )


def more(s: Session, incident_id: IncidentId, limit: int, offset: int = 0) -> tuple[ThreadRow, ...]:
    """A page of the threads that an incident holds."""
    return threads.rows(s, gathered.page(s, incident_id, limit=limit, offset=offset))
