"""The parts of a closing report: figures, answers, tasks, holds, calls, statements, lessons and the timeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.hot.volume import Volume
from inbox.model.escalation import CallState, Escalation, EscalationState
from inbox.model.ids import EmployeeId, IncidentId, ThreadId
from inbox.model.incident import Incident, Statement, StatementPost, StatementState, Task
from inbox.model.words import ReplyState
from inbox.store import closing as counted
from inbox.store import incidents, people
from inbox.store.closing import Height, PastHold, Wait
from inbox.store.engine import Session
from inbox.store.gathered import Gathered, Post
from inbox.store.hot import Lesson

MOST_LINES: Final = 1000
MOST_WAITING: Final = 10
MOST_CALLS: Final = 50
MOST_STEPS: Final = 30
_LONGEST: Final = timedelta(hours=1)
"""The span in which most was written is no longer than this."""
_WHOLE: Final = 10
_NINE: Final = 9
_MACHINES: Final = {"collector": "the program", "command": "a command", "": ""}


@dataclass(frozen=True, slots=True)
class Names:
    """Full names of employees, also of those who have left, by name and by number."""

    by_name: Mapping[str, str]
    by_number: Mapping[EmployeeId, str]

    @classmethod
    def read(cls, s: Session) -> "Names":
        """All of them."""
        found = [(each.id, each.name, each.full_name or each.name) for each in people.employees(s, removed=True)]
        return cls({name: full for _, name, full in found}, {number: full for number, _, full in found})

    def of(self, actor: str) -> str:
        """What an actor is called; what is no person is called what it is."""
        return self.by_name.get(actor) or _MACHINES.get(actor, actor)


@dataclass(frozen=True, slots=True)
class Example:
    """A post of the evidence; without its text where it was private or was taken down."""

    thread_id: ThreadId
    author: str
    handle: str
    network: str
    at: datetime
    text: str
    url: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How much it was. ``reach`` adds the followers of each author once; ``negative`` is a share of the mentions;
    ``height`` is the span of ``height_length`` in which most was written.
    """

    people: int
    threads: int
    mentions: int
    reach: int
    negative: float | None
    height: Height | None
    height_length: timedelta
    height_negative: float | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A gathered thread that nobody has answered."""

    thread_id: ThreadId
    handle: str
    network: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Answers:
    """How the gathered ``threads`` were answered: ``waiting`` of the ``unanswered`` that are open, those longest first;
    ``closed_unanswered`` of them were closed without an answer. Median and p90 are of the first answers.
    """

    threads: int
    answered: int
    unanswered: int
    closed_unanswered: int
    median: timedelta | None
    p90: timedelta | None
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class TaskDone:
    """A task and what became of it; ``late`` is how long after it was due it was done, or has not been."""

    title: str
    assignee: str
    due_at: datetime | None
    done_at: datetime | None
    done_by: str
    late: timedelta | None


@dataclass(frozen=True, slots=True)
class HoldDone:
    """A hold on one account or (``account`` empty) everywhere; ``until`` None while it stands."""

    account: str
    why: str
    by: str
    since: datetime
    until: datetime | None
    released_by: str


@dataclass(frozen=True, slots=True)
class CallStep:
    """Whom a step called, and what came of it."""

    at: datetime
    round: int
    step: int
    whom: str
    state: CallState


@dataclass(frozen=True, slots=True)
class CallDone:
    """A call for help; ``after`` is how long it took until somebody acknowledged it. Of very many ``steps`` the first
    are here.
    """

    reason: str
    policy: str
    by: str
    at: datetime
    state: EscalationState
    acknowledged_by: str
    after: timedelta | None
    steps: tuple[CallStep, ...]
    steps_left_out: int


@dataclass(frozen=True, slots=True)
class Stood:
    """A statement on one account."""

    account: str
    state: ReplyState
    at: datetime | None
    url: str
    error: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, and where it stands."""

    text: str
    state: StatementState
    by: str
    at: datetime
    approved_by: str
    approved_at: datetime | None
    stood: tuple[Stood, ...]


@dataclass(frozen=True, slots=True)
class LessonSaid:
    """What somebody taught the detector about this incident."""

    at: datetime
    by: str
    was_real: bool
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline."""

    at: datetime
    by: str
    kind: str
    text: str


def examples(s: Session, posts: Sequence[Post]) -> tuple[Example, ...]:
    """The posts shown, with where they stand."""
    known = counted.sources(s, [each.id for each in posts])
    found = []
    for each in posts:
        source = known[each.id]
        text, url = (each.text, source.url) if source.shown else ("", "")
        found.append(
            Example(each.thread_id, each.author, source.handle, each.network, each.at, text, url, source.shown)
        )
    return tuple(found)


def figures(s: Session, found: Incident, held: Gathered, volume: Volume) -> Figures:
    """How much it was, and at its height."""
    length = min(volume.length, _LONGEST)
    height = counted.height(s, found.id, found.began_at, length)
    return Figures(
        held.people,
        held.threads,
        held.mentions,
        held.reach,
        held.negative / held.mentions if held.mentions else None,
        height,
        length,
        None if height is None else height.negative / height.mentions,
    )


def answers(s: Session, waits: Sequence[Wait]) -> Answers:
    """How the gathered threads were answered."""
    took = sorted(each.answered_at - each.asked_at for each in waits if each.answered_at is not None)
    silent = [each for each in waits if each.answered_at is None]
    still = [each for each in silent if not each.over]
    longest = still[:MOST_WAITING]
    asking = counted.asking(s, [each.thread_id for each in longest])
    return Answers(
        len(waits),
        len(took),
        len(silent),
        len(silent) - len(still),
        (took[(len(took) - 1) // 2] + took[len(took) // 2]) / 2 if took else None,
        took[-(-_NINE * len(took) // _WHOLE) - 1] if took else None,
        tuple(Waiting(each.thread_id, *asking[each.thread_id], each.asked_at) for each in longest),
    )


def tasks(found: Sequence[Task], names: Names, until: datetime) -> tuple[TaskDone, ...]:
    """The tasks in their order; one that is not done is late until the incident was over, or until now."""
    return tuple(
        TaskDone(
            each.title,
            "" if each.assignee is None else names.of(each.assignee),
            each.due_at,
            each.done_at,
            names.of(each.done_by),
            None if each.due_at is None or (end := each.done_at or until) <= each.due_at else end - each.due_at,
        )
        for each in found
    )


def holds(found: Sequence[PastHold], names: Names) -> tuple[HoldDone, ...]:
    """The holds in their order."""
    return tuple(
        HoldDone(
            each.account or "", each.why, names.of(each.by), each.since, each.released_at, names.of(each.released_by)
        )
        for each in found
    )


def calls(s: Session, incident_id: IncidentId, names: Names) -> tuple[CallDone, ...]:
    """The calls for help in their order, each with whom it called."""
    return tuple(_call(each, names) for each in counted.calls(s, incident_id, MOST_CALLS))


def statements(found: Sequence[Statement], names: Names) -> tuple[Said, ...]:
    """The statements, the oldest first."""
    return tuple(
        Said(
            each.text,
            each.state,
            names.of(each.written_by),
            each.written_at,
            names.of(each.approved_by),
            each.approved_at,
            tuple(_stood(post) for post in each.posts),
        )
        for each in reversed(found)
    )


def lessons(found: Sequence[tuple[Lesson, str]], names: Names) -> tuple[LessonSaid, ...]:
    """What was taught, in its order."""
    return tuple(LessonSaid(each.at, names.of(actor), each.was_real, each.terms) for each, actor in found)


def timeline(s: Session, incident_id: IncidentId, names: Names) -> tuple[tuple[Line, ...], int]:
    """The timeline from its beginning, and how many of its first lines are left out where it is very long."""
    total = counted.lines(s, incident_id)
    found = incidents.timeline(s, incident_id, MOST_LINES)
    lines = (Line(each.at, names.of(each.actor), each.kind, each.text) for each in reversed(found))
    return tuple(lines), total - len(found)


def _stood(post: StatementPost) -> Stood:
    return Stood(post.account, post.state, post.sent_at, post.remote_url, post.error)


def _call(each: Escalation, names: Names) -> CallDone:
    steps = (
        CallStep(
            call.at,
            call.round,
            call.step,
            call.target if call.employee_id is None else names.by_number.get(call.employee_id, call.target),
            call.state,
        )
        for call in each.calls[:MOST_STEPS]
    )
    after = None if each.acknowledged_at is None else each.acknowledged_at - each.raised_at
    return CallDone(
        each.reason,
        each.ladder.name,
        names.of(each.raised_by),
        each.raised_at,
        each.state,
        names.of(each.acknowledged_by),
        after,
        tuple(steps),
        max(0, len(each.calls) - MOST_STEPS),
    )
