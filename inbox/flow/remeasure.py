"""Measures running clocks anew when the open hours of their calendar have changed.

A calendar is a fact about time and no part of the promise. Its hours change when it is edited, when an entry of an
iCal file is switched, and when the library of holidays or the zone database is another: so the collector compares
prints of the open hours, at its start and after each change of the workspace. How far it came is stored with each
batch, so that neither a killed collector nor a second one skips or repeats anything.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from inbox.flow import clocks as clock_flow
from inbox.flow.clock_words import KEPT, MOVED, event_sentence
from inbox.flow.clocks import Plan
from inbox.flow.rulebook import Rulebook, rulebook
from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.model.thread import Reason
from inbox.model.words import ReasonStep
from inbox.model.workspace import Calendar
from inbox.sla.calendar import open_spans
from inbox.sla.hours import zone
from inbox.store import audit, clocks, config, decisions, hours_seen, reasons, versions
from inbox.store.clocks import ClockRow
from inbox.store.engine import Session, Store
from inbox.store.hours_seen import HoursSeen, RunningClock

BATCH: Final = 20
"""Clocks in one transaction: it holds the write lock of SQLite for some hundredths of a second."""
_IDLE: Final = 60.0
_GONE: Final = "gone"
_YEARS: Final = range(-1, 3)

Event = tuple[ThreadId, str, dict[str, Any]]


@dataclass(slots=True)
class Remeasurer:
    """The step of a lane: looks when the workspace has another version, and once a day."""

    store: Store
    now: Callable[[], datetime]
    _looked: tuple[str | None, object] | None = None

    def step(self) -> float:
        """Bring clocks in line with calendars whose hours have changed. Raises ``StoreError``."""
        now = self.now()
        with self.store.read() as s:
            present = versions.current(s), now.date()
        if present != self._looked:
            remeasure(self.store, now=now)
            self._looked = present
        return _IDLE


def remeasure(store: Store, *, now: datetime, limit: int = BATCH) -> Change:
    """Measure anew what runs by calendars whose hours are not those seen last; what is late stays so."""
    done = Change()
    while True:
        with store.read() as s:
            version = versions.current(s)
            book = rulebook(config.load(s))
            known, used = hours_seen.seen(s), hours_seen.named(s)
        wanted = {name: prints(book, name, now) for name in sorted(used | set(book.calendars))}
        name = next((each for each, fresh in wanted.items() if not _same(known.get(each), fresh)), None)
        if name is None:
            return done
        done |= _Calendar(store, book, version, name, wanted[name], now).work_off(limit)


def prints(book: Rulebook, name: str, now: datetime) -> dict[str, str]:
    """A print of a calendar's open hours for each year around now; of one that cannot measure, why."""
    calendar = book.calendars.get(name)
    if calendar is None:
        return {_GONE: f"There is no calendar “{name}” any more."}
    if name in book.refused:
        return {_GONE: book.refused[name]}
    return {str(now.year + each): _print(calendar, now.year + each) for each in _YEARS}


def _print(calendar: Calendar, year: int) -> str:
    spans = open_spans(calendar, datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    return hashlib.sha256(repr([(begin.timestamp(), end.timestamp()) for begin, end in spans]).encode()).hexdigest()


def _same(seen: HoursSeen | None, fresh: Mapping[str, str]) -> bool:
    """Years that were not looked at before count for nothing, unless nothing was looked at."""
    if seen is None or seen.doing:
        return False
    common = seen.prints.keys() & fresh.keys()
    return bool(common) and all(seen.prints[year] == fresh[year] for year in common)


@dataclass(slots=True)
class _Calendar:
    """The work on one calendar."""

    store: Store
    book: Rulebook
    version: str | None
    name: str
    fresh: dict[str, str]
    now: datetime

    def work_off(self, limit: int) -> Change:
        """All of its clocks, a few in each transaction; ends early when the workspace changes meanwhile."""
        done, going = Change(), True
        while going:
            with self.store.read() as s:
                after = self._state(hours_seen.seen(s)).after
                ids = [each.id for each in hours_seen.running(s, self.name, after, limit)]
            with self.store.write(durable=False) as s:
                if versions.current(s) != self.version:
                    return done
                known = hours_seen.seen(s)
                state = self._state(known)
                if state.after != after or _same(known.get(self.name), self.fresh):
                    going = not _same(known.get(self.name), self.fresh)  # somebody else works on it too
                    continue
                if ids:
                    self._measure(s, hours_seen.still_running(s, ids))
                going = bool(ids)
                known[self.name] = HoursSeen(state.prints, self.fresh, ids[-1]) if ids else HoursSeen(self.fresh)
                hours_seen.put(s, known)
            done |= s.change
        return done

    def _state(self, known: Mapping[str, HoursSeen]) -> HoursSeen:
        """How far the change to these hours has come."""
        state = known.get(self.name) or HoursSeen()
        return state if state.doing == self.fresh else HoursSeen(state.prints, self.fresh)

    def _measure(self, s: Session, running: Sequence[RunningClock]) -> None:
        threads = sorted({each.thread_id for each in running})
        decisions.states(s, threads)
        if _GONE in self.fresh:
            self._say(s, [(each.thread_id, KEPT, self._kept(each)) for each in running if each.due_at is not None])
            return
        plans: list[Plan] = []
        events: list[Event] = []
        for history in clocks.histories(s, threads).values():
            before = {(row.metric, row.cycle): row for row in history.clocks}
            plan = clock_flow.plan(history, self.book, now=self.now, anew={self.name})
            plans.append(plan)
            events += [
                (history.id, MOVED, self._moved(row, was))
                for row in plan.save
                if (was := before.get((row.metric, row.cycle))) is not None and was.due_at != row.due_at
            ]
        clock_flow.save(s, plans)
        self._say(s, events)

    def _say(self, s: Session, events: Sequence[Event]) -> None:
        here = zone(self.book.workspace.settings.time_zone)
        for action in (MOVED, KEPT):
            these = [(key, details) for key, what, details in events if what == action]
            audit.record_many(s, "collector", action, these, self.now)
            said = [
                (
                    key,
                    None,
                    Reason(ReasonStep.POLICY, event_sentence(action, details, here), self.now, (), {"clock": action}),
                )
                for key, details in these
            ]
            reasons.add(s, said)
        s.changed(threads=[key for key, _, _ in events])

    def _moved(self, row: ClockRow, was: ClockRow) -> dict[str, Any]:
        return {
            "metric": str(row.metric),
            "cycle": row.cycle,
            "was": None if was.due_at is None else was.due_at.isoformat(),
            "became": None if row.due_at is None else row.due_at.isoformat(),
            "because": f"The hours of the calendar “{self.name}” changed.",
        }

    def _kept(self, each: RunningClock) -> dict[str, Any]:
        return {"metric": str(each.metric), "cycle": each.cycle, "because": self.fresh[_GONE]}
