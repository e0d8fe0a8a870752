"""What the collector does for all accounts together: triage, what happens because time passes, upkeep."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.flow import assign, clocks, decide, telling
from inbox.flow.escalate import stepping
from inbox.flow.hot import tasks
from inbox.flow.hot.watching import Watcher
from inbox.flow.triage import triage_pending
from inbox.networks.base import Stop
from inbox.store import counters, notices, presence, requests, triage, upkeep
from inbox.store.engine import Store

_TRIAGE_IDLE: Final = 5.0
_TICK: Final = 1.0
_UPKEEP: Final = 60.0
_REQUESTS_KEPT: Final = timedelta(days=7)
_SEEN_KEPT: Final = timedelta(days=30)
_TOLD_KEPT: Final = timedelta(days=365)
_SLICES: Final = 400
"""Slices of merging the full-text index at one go, a few milliseconds each."""


@dataclass(slots=True)
class Rounds:
    """Each method is the step of a lane of its own, and says in how many seconds it wants to go again."""

    store: Store
    now: Callable[[], datetime]
    stop: Stop
    watcher: Watcher | None = None

    def triage(self) -> float:
        """Judge and route what was stored; woken by each page that brought something."""
        with self.store.read() as s:
            waiting = bool(triage.untriaged(s, 1))
        if waiting:
            triage_pending(self.store, now=self.now(), stop=self.stop)
        return _TRIAGE_IDLE

    def tick(self) -> float:
        """Warnings, deadlines, snoozes, giving threads out and back, telling of others, forgetting who left."""
        at = self.now()
        clocks.due(self.store, now=at)
        decide.wake(self.store, now=at)
        assign.drain(self.store, at)
        telling.tell(self.store, at)
        stepping.step(self.store, at)
        tasks.tell_late(self.store, at)
        with self.store.read() as s:
            over = presence.any_over(s, now=at)
        if over:
            with self.store.write(durable=False) as s:
                presence.expire(s, now=at)
        return _TICK

    def watch(self) -> float:
        """Count what came in and give the alarm; as soon as there is more, again."""
        if self.watcher is None:
            self.watcher = Watcher(self.store)
        more = self.watcher.step(self.now())
        return _TRIAGE_IDLE if more is None else 0.0

    def upkeep(self) -> float:
        """Fold the counters, keep the change feed short, and merge the full-text index."""
        at = self.now()
        with self.store.read() as s:
            wanted = self.store.kind == "postgresql" or upkeep.to_prune(s)
        if wanted:
            with self.store.write(durable=False) as s:
                counters.fold(s)
                upkeep.prune_changes(s)
                requests.prune(s, at - _REQUESTS_KEPT)
                notices.prune(s, seen_before=at - _SEEN_KEPT, told_before=at - _TOLD_KEPT)
        self._merge_words()
        return _UPKEEP

    def _merge_words(self) -> None:
        """In slices, so that nobody waits long for the lock in between."""
        for _ in range(_SLICES):
            if self.stop():
                return
            with self.store.write(durable=False) as s:
                more = upkeep.merge_words(s)
            if not more:
                return
