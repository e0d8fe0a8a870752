"""Runs a backtest: reads the period in pages, judges each thread twice, and plays the queue through twice."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from inbox.flow import heads as models
from inbox.flow.backtest import judging
from inbox.flow.backtest.judging import Judge
from inbox.flow.backtest.missing import Missed, missed
from inbox.flow.backtest.play import pace
from inbox.flow.backtest.result import AreaLoad, Backtest, Example, HourLoad
from inbox.flow.backtest.tally import Tally
from inbox.flow.heads import Heads
from inbox.flow.rulebook import rulebook
from inbox.model import duration
from inbox.model.ids import ThreadId
from inbox.model.workspace import UNSORTED, Workspace
from inbox.routing.guess import LearnedGuess
from inbox.store import config, history
from inbox.store.engine import Session, Store
from inbox.store.history import Past

PAGE: Final = 400
SHOWN: Final = 200
"""Examples that are kept, the newest."""
TEXT: Final = 280
"""Letters of an example's text."""
_INSTANT: Final = timedelta(microseconds=1)

Progress = Callable[[int, int], None]
"""Told how many threads are done, and of how many."""


def run(
    store: Store,
    changed: Workspace,
    *,
    since: timedelta,
    now: datetime,
    progress: Progress = lambda _done, _of: None,
    stop: Callable[[], bool] = lambda: False,
    page: int = PAGE,
) -> Backtest:
    """Try ``changed`` on the threads of the time ``since`` up to ``now``; nothing is written. Raises ``StoreError``.

    Where nothing came in since then, the last such stretch of the history is taken. Told to stop, it gives what it
    has found of the threads so far; it is asked after each ``page`` of them.
    """
    begun = time.monotonic()
    with store.read() as s:
        present, found = config.load(s), models.heads(s)
        start, end, notes = _period(s, since, now)
        total = history.count(s, start, end)
    reading = _Reading(store, present, changed, found, page)
    stopped = reading.read(start, end, total, progress, stop)
    tally = reading.tally
    taken = pace(tally)
    found_missed = missed(tally, taken, present, changed, (start, end))
    if reading.unknown:
        names = ", ".join(sorted(reading.unknown))
        notes = (*notes, f"The changed workspace has no area {names}; what would go there is {UNSORTED}.")
    if stopped:
        notes = (*notes, f"Stopped after {tally.threads:,} of {total:,} threads; the figures speak of these.")
    result = _result(tally, found_missed, (present, changed), (start, end))
    notes = (*notes, *result.notes)
    return replace(
        result,
        examples=reading.examples(),
        notes=notes,
        handling=dict(taken.areas),
        seconds=round(time.monotonic() - begun, 3),
        stopped=stopped,
    )


class _Reading:
    """The way through the period, page by page."""

    def __init__(self, store: Store, present: Workspace, changed: Workspace, heads: Heads, page: int) -> None:
        self._store = store
        self._heads = heads
        self._page = page
        self._present = Judge(present, rulebook(present))
        self._changed = self._present if changed is present else Judge(changed, rulebook(changed))
        self._alike = _routes_alike(present, changed)
        self._moved: deque[tuple[Past, str, str, LearnedGuess | None]] = deque(maxlen=SHOWN)
        self.tally = Tally(present.settings.time_zone)

    @property
    def unknown(self) -> set[str]:
        """Areas that rules of the changed workspace name and that it does not have."""
        return self._changed.unknown - self._present.unknown

    def examples(self) -> tuple[Example, ...]:
        """The newest threads that would differ, judged once more for the words that say why."""
        found = []
        for past, was, becomes, guess in reversed(self._moved):
            told = judging.with_terms(guess, past, self._heads.area)
            decision, _ = self._changed.decide(judging.facts_of(past), told)
            text = " ".join(past.text[: 2 * TEXT].split())[:TEXT]
            found.append(Example(past.id, past.author, text, was, becomes, judging.why(decision)))
        return tuple(found)

    def read(self, since: datetime, until: datetime, total: int, progress: Progress, stop: Callable[[], bool]) -> bool:
        """Read and count all; whether it was told to stop before the end."""
        after, done = ThreadId(0), 0
        progress(0, total)
        while not stop():
            with self._store.read() as s:
                page = history.page(s, since, until, after, self._page)
            if not page:
                progress(total, total)
                return False
            for past, guess in zip(page, judging.guesses(page, self._heads), strict=True):
                self._judge(past, guess)
            after, done = page[-1].id, done + len(page)
            progress(done, max(total, done))
        return True

    def _judge(self, past: Past, guess: LearnedGuess | None) -> None:
        facts = judging.facts_of(past)
        now = self._present.decide(facts, guess)
        then = now if self._alike else self._changed.decide(facts, guess)
        was = now[0].area if past.placement is None else past.placement.area or UNSORTED
        same = self._alike or judging.same_decision(now[0], then[0])
        becomes = was if same else then[0].area
        before = self._present.judged(past, facts, was, now, waits=past.needs_reply)
        waits = judging.waits(past, now[0], then[0])
        after = self._changed.judged(past, facts, becomes, then, waits=waits)
        self.tally.add(past, before, after)
        if was != becomes:
            self._moved.append((past, was, becomes, guess))


def _routes_alike(present: Workspace, changed: Workspace) -> bool:
    """Whether both workspaces decide every thread alike, so that it is asked once."""
    same = (present.rules, present.areas, present.policies, present.calendars) == (
        changed.rules, changed.areas, changed.policies, changed.calendars
    )  # fmt: skip
    return same and present.settings.confidence == changed.settings.confidence


def _period(s: Session, since: timedelta, now: datetime) -> tuple[datetime, datetime, tuple[str, ...]]:
    """From when to before when; where nothing came in since then, the last stretch of the history."""
    newest = history.newest(s)
    if newest is None:
        return now - since, now, ("There is no history yet. Import some, or come back when threads came in.",)
    if newest >= now - since:
        return now - since, max(now, newest + _INSTANT), ()
    last = newest + _INSTANT
    said = f"Nothing came in during that time, so these are the last {duration.show(since)} of the history, "
    return last - since, last, (f"{said}which ends on {newest:%Y-%m-%d}.",)


def _result(
    tally: Tally, found: Missed, workspaces: tuple[Workspace, Workspace], period: tuple[datetime, datetime]
) -> Backtest:
    unsorted = tally.number(UNSORTED)
    present, changed = workspaces
    return Backtest(
        threads=tally.threads,
        moved=tally.moved,
        by_area=_areas(tally, found, present, changed),
        missed_before=found.total_before,
        missed_after=found.total_after,
        examples=(),
        since=period[0],
        until=period[1],
        unsorted_before=tally.by_area[0][unsorted],
        unsorted_after=tally.by_area[1][unsorted],
        by_hour=_hours(tally),
        corrected=tally.corrected,
        right_before=tally.right_before,
        right_after=tally.right_after,
        confidence_before=present.settings.confidence,
        confidence_after=changed.settings.confidence,
        coverage=tally.coverage(),
        simulated_before=None if found.simulated_before is None else found.simulated_before.total(),
        simulated_after=None if found.simulated_after is None else found.simulated_after.total(),
        notes=found.notes,
    )


def _areas(tally: Tally, found: Missed, present: Workspace, changed: Workspace) -> tuple[AreaLoad, ...]:
    """Areas in the workspace's order, then new ones, then those deleted since, Unsorted last."""
    before, after = tally.by_area
    known = [area.name for area in present.areas]
    order = list(dict.fromkeys([*known, *(area.name for area in changed.areas)]))
    gone = sorted(set(tally.names) - {*order, UNSORTED})
    return tuple(
        AreaLoad(
            name,
            before[number],
            after[number],
            None if found.before is None else found.before[name],
            None if found.after is None else found.after[name],
            gone=name in gone,
        )
        for name in (*order, *gone, UNSORTED)
        if before[number := tally.number(name)] or after[number] or name in (found.before or ())
    )


def _hours(tally: Tally) -> tuple[HourLoad, ...]:
    before, after = tally.by_hour
    return tuple(
        HourLoad(tally.names[area], hour, before[area, hour], after[area, hour])
        for area, hour in sorted({*before, *after}, key=lambda key: (tally.names[key[0]], key[1]))
    )
