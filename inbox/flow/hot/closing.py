"""The closing report of an incident as data: what it was, when each step was taken, how it was answered, what was done.

Of an incident that is open it is a report so far. All of it is figures and short lists, however many threads it holds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.flow.hot import closing_parts as parts
from inbox.flow.hot import closing_times, room, volume
from inbox.flow.hot.closing_parts import Answers, CallDone, Example, Figures, HoldDone, LessonSaid, Line, Said, TaskDone
from inbox.flow.hot.closing_times import Moment
from inbox.flow.hot.volume import Volume
from inbox.model.ids import IncidentId
from inbox.model.incident import OPEN_STATES, Incident
from inbox.model.words import ReplyState
from inbox.store import accounts, config, incident_replies, people, statements
from inbox.store import closing as counted
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound

_LONGEST: Final = timedelta(days=366)
"""So much of the volume is drawn, the newest."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The report. Times are aware UTC, ``zone`` is the workspace's; names are those of people, in full.
    ``bulk_replies`` counts the replies to all by what became of them.
    """

    incident: Incident
    made_at: datetime
    workspace: str
    zone: str
    account: str
    brand: str
    area: str
    owner: str
    said: str
    examples: tuple[Example, ...]
    times: tuple[Moment, ...]
    figures: Figures
    volume: Volume
    answers: Answers
    bulk_replies: dict[ReplyState, int]
    tasks: tuple[TaskDone, ...]
    holds: tuple[HoldDone, ...]
    calls: tuple[CallDone, ...]
    statements: tuple[Said, ...]
    lessons: tuple[LessonSaid, ...]
    timeline: tuple[Line, ...]
    timeline_left_out: int

    @property
    def is_over(self) -> bool:
        """False while the incident is open: it is a report so far."""
        return self.incident.state not in OPEN_STATES


def closing(store: Store, incident_id: IncidentId, *, now: datetime) -> Closing:
    """The report of one incident, read in one look at the store. Raises ``NotFound``."""
    with store.read() as s:
        return read(s, incident_id, now)


def read(s: Session, incident_id: IncidentId, now: datetime) -> Closing:
    """The report of one incident. Raises ``NotFound``."""
    settings = config.load(s).settings
    here = ZoneInfo(settings.time_zone)
    found = room.read(s, incident_id, now, page=0, told=lambda at: f"{at.astimezone(here):%Y-%m-%d %H:%M}")
    if found is None:
        raise NotFound(f"There is no incident {incident_id}.")
    each, names = found.incident, parts.Names.read(s)
    lines, left_out = parts.timeline(s, incident_id, names)
    whose = next((known for known in accounts.all(s, removed=True) if known.id == each.account_id), None)
    area = next((known.name for known in people.areas(s, removed=True) if known.id == each.area_id), "")
    whole = volume.read(s, each, now, _LONGEST)
    return Closing(
        incident=each,
        made_at=now,
        workspace=settings.name,
        zone=settings.time_zone,
        account="" if whose is None else whose.handle,
        brand="" if whose is None else whose.brand,
        area=area,
        owner="" if each.owner is None else names.of(each.owner),
        said=found.said,
        examples=parts.examples(s, found.posts),
        times=closing_times.moments(each, lines, names.of(each.acknowledged_by)),
        figures=parts.figures(s, each, found.figures, whole),
        volume=whole,
        answers=parts.answers(s, counted.waits(s, incident_id, each.began_at)),
        bulk_replies=incident_replies.counts(s, incident_id),
        tasks=parts.tasks(found.tasks, names, each.closed_at or now),
        holds=parts.holds(counted.holds(s, incident_id), names),
        calls=parts.calls(s, incident_id, names),
        statements=parts.statements(statements.of(s, incident_id), names),
        lessons=parts.lessons(counted.lessons(s, incident_id), names),
        timeline=lines,
        timeline_left_out=left_out,
    )
