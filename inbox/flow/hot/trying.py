"""How settings of the detector would have behaved: tried on the stored history, which stays as it is.

Mentions are seen in the order of their posting, campaigns and lessons at their times. Before the period the detector
learns from what precedes it. The figures of a post are those it has now, at the time of their last change.
"""

import heapq
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.hot import growing
from inbox.flow.hot import settings as hot_settings
from inbox.flow.hot.knowing import Recent
from inbox.flow.hot.trial import Raised, Real, Trial, Would
from inbox.hot.detector import Settings
from inbox.model.incident import BY_HAND, Incident, IncidentState
from inbox.store import accounts, config, hot, incidents
from inbox.store.engine import Session, Store
from inbox.store.hot import Heard, Lesson

LEARNS: Final = timedelta(days=28)
LEARNT: Final = 50_000
"""So long before the period, and from so many mentions at most, the detector learns what is usual."""
PAGE: Final = 200
_ASK_EVERY: Final = 5
_WORTH: Final = 10
"""Fewer likes, shares and replies are not looked at again when they change."""
_ENOUGH: Final = timedelta(days=2)
_REAL: Final = 1_000
_THREADS: Final = 2_000

Progress = Callable[[int, int], None]
"""Told how many mentions are done, and of how many."""
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Tried:
    """What settings would have done from ``since`` up to ``until``, after learning from ``learnt`` mentions.

    ``alarms`` counts all alarms and ``opened`` the incidents that they would have opened; ``alerts`` and ``incidents``
    are the first 2,000 of each. ``real`` are the incidents that the workspace had in that time.
    """

    settings: Settings
    since: datetime
    until: datetime
    mentions: int
    learnt: int
    alarms: int
    opened: int
    alerts: tuple[Raised, ...]
    incidents: tuple[Would, ...]
    real: tuple[Real, ...]
    notes: tuple[str, ...]
    seconds: float
    stopped: bool

    @property
    def days(self) -> float:
        """How long the period was; at least an hour, so that rates can be told."""
        return max(self.until - self.since, timedelta(hours=1)) / timedelta(days=1)

    @property
    def alarms_a_day(self) -> float:
        """How many incidents a day would have been opened: an alarm that is a sign of one that is open wakes nobody."""
        return self.opened / self.days

    @property
    def false_a_day(self) -> float:
        """How many of them would not have been one that people confirmed; beside the budget of false alarms a day."""
        confirmed = {each.id for each in self.real if each.was_real}
        return (self.opened - sum(not confirmed.isdisjoint(each.real) for each in self.incidents)) / self.days

    @property
    def missed(self) -> tuple[Real, ...]:
        """Incidents that people confirmed and that would not have been found."""
        return tuple(each for each in self.real if each.was_real and each.found_at is None)


def tried(
    store: Store,
    settings: Settings,
    *,
    since: datetime,
    until: datetime,
    progress: Progress = lambda _done, _of: None,
    stop: Stop = lambda: False,
) -> Tried:
    """Try settings on the mentions posted from ``since`` up to ``until``; nothing is written. Told to stop, it gives
    what it has found so far. Raises ``StoreError``.
    """
    return side_by_side(store, (settings,), since=since, until=until, progress=progress, stop=stop)[0]


def side_by_side(
    store: Store,
    settings: Sequence[Settings],
    *,
    since: datetime,
    until: datetime,
    progress: Progress = lambda _done, _of: None,
    stop: Stop = lambda: False,
) -> tuple[Tried, ...]:
    """Try several settings at once, as ``tried`` does; the history is read once."""
    begun = time.monotonic()
    with store.read() as s:
        learnt = hot.posted(s, since - LEARNS, since, stop)[-LEARNT:]
        ids = learnt + hot.posted(s, since, until, stop)
        workspace = config.load(s)
        running = hot_settings.running_near(s, since - LEARNS, until)
        brands = {int(each.id): each.display_name or each.handle for each in accounts.all(s, removed=True)}
        real = _real(s, since, until)
        lessons = deque(hot.lessons(s))
    zone = hot_settings.settings_of(workspace).zone
    trials = [Trial(replace(each, campaigns=running, zone=zone), since, brands, real) for each in settings]
    past = _Past(store, trials, lessons, since, until)
    stopped = past.play(ids, progress, stop)
    notes = _stopped(past, len(ids)) if stopped else _notes(past)
    end = min(until, max(since, past.at or since)) if stopped else until
    seconds = round(time.monotonic() - begun, 3)
    return tuple(
        Tried(
            settings=each.settings,
            since=since,
            until=end,
            mentions=past.seen - past.learnt,
            learnt=past.learnt,
            alarms=each.count,
            opened=each.opened,
            alerts=tuple(each.alerts),
            incidents=tuple(each.incidents),
            real=tuple(each.real),
            notes=notes,
            seconds=seconds,
            stopped=stopped,
        )
        for each in trials
    )


@dataclass(slots=True)
class _Past:
    """The history, played to trials."""

    store: Store
    trials: Sequence[Trial]
    lessons: deque[Lesson]
    since: datetime
    until: datetime
    done: int = 0
    seen: int = 0
    learnt: int = 0
    first: datetime | None = None
    at: datetime | None = None
    _recent: Recent = field(default_factory=Recent)
    _later: list[tuple[datetime, int, Heard]] = field(default_factory=list)

    def play(self, ids: Sequence[int], progress: Progress, stop: Stop) -> bool:
        """Show all; whether it was told to stop before the end."""
        progress(0, len(ids))
        for start in range(0, len(ids), PAGE):
            part = ids[start : start + PAGE]
            with self.store.read() as s:
                found = {int(each.id): each for each in hot.numbered(s, part)}
            for number in part:
                if self.done % _ASK_EVERY == 0 and stop():
                    return True
                if number in found:
                    self._show(found[number])
                self.done += 1
            progress(self.done, len(ids))
        for heard in self._grown(self.until):
            self._grow(heard)
        return False

    def _show(self, heard: Heard) -> None:
        self.first, self.at = self.first or heard.at, heard.at
        self.seen += 1
        self.learnt += heard.at < self.since
        while self.lessons and self.lessons[0].at <= heard.at:
            lesson = self.lessons.popleft()
            for trial in self.trials:
                trial.learn(lesson)
        for each in self._grown(heard.at):
            self._grow(each)
        heard = self._as_posted(heard)
        self._recent.add(heard)
        for trial in self.trials:
            trial.see(heard, self._recent.kept)

    def _as_posted(self, heard: Heard) -> Heard:
        """Without what it gathered later, which is shown when it had."""
        if heard.figures_at is None:
            return heard
        if heard.engagement >= _WORTH and heard.figures_at - heard.at <= growing.YOUNG:
            heapq.heappush(self._later, (heard.figures_at, int(heard.id), heard))
        return replace(heard, engagement=0)

    def _grown(self, until: datetime) -> Iterator[Heard]:
        while self._later and self._later[0][0] <= until:
            yield heapq.heappop(self._later)[2]

    def _grow(self, heard: Heard) -> None:
        for trial in self.trials:
            trial.grown(heard, self._recent.kept)


def _real(s: Session, since: datetime, until: datetime) -> list[Real]:
    """The incidents that were noticed in the period; what was merged into another is that other."""
    found = []
    for each in incidents.newest(s, _REAL):
        noticed = _noticed(each)
        if each.state is IncidentState.MERGED or not since <= noticed < until:
            continue
        found.append(
            Real(
                each.id,
                each.kind,
                each.title,
                each.stream,
                each.terms,
                each.account_id,
                each.severity,
                each.began_at,
                noticed,
                each.last_sign_at,
                max(each.last_sign_at or noticed, each.closed_at or noticed),
                each.evidence,
                _verdict(each),
                frozenset(incidents.threads(s, each.id)[:_THREADS]),
            )
        )
    return sorted(found, key=lambda each: each.noticed_at)


def _noticed(each: Incident) -> datetime:
    """When its own alarm was given, by the posting of the mention that gave it, or when it was opened by hand."""
    at = each.evidence.get("at")
    return datetime.fromisoformat(at) if isinstance(at, str) else each.opened_at


def _verdict(each: Incident) -> bool | None:
    if each.state is IncidentState.DISMISSED:
        return False
    return True if each.confirmed_at is not None or each.kind == BY_HAND else None


def _stopped(past: _Past, of: int) -> tuple[str, ...]:
    if not past.done:
        return ("Stopped before anything was looked at.",)
    return (*_notes(past), f"Stopped after {past.done:,} of {of:,} mentions; the figures speak of these.")


def _notes(past: _Past) -> tuple[str, ...]:
    if past.seen == past.learnt:
        return ("Nothing was written in this time.",)
    if past.first is None or past.since - past.first < _ENOUGH:
        return (
            "Little was written before this time, so the detector knew nothing at its beginning: for two days it gives "
            "no alarm but for watched phrases, reach and growth.",
        )
    return ()
