"""The collector: holds the lease, and runs a lane for each thing that must not wait for another.

For each account: pulling, news (the network's stream, which only wakes the pulling), and delivering statements and
replies. For all: triage, clocks, changed calendars, requests, upkeep, the lease's heartbeat, and learning and scheduled
reports, which happen in processes of their own.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from inbox.flow.account_lane import Puller
from inbox.flow.answers import Answerer
from inbox.flow.connection import Networks, Way
from inbox.flow.deliver import Deliverer
from inbox.flow.escalate.answering import Listener
from inbox.flow.escalate.delivering import Caller
from inbox.flow.following import ANYTHING, Follower
from inbox.flow.lanes import Lane
from inbox.flow.learning.anew import Anew
from inbox.flow.learning.background import Learner
from inbox.flow.news import News
from inbox.flow.publish import Publisher
from inbox.flow.quarantine import Parser
from inbox.flow.remeasure import Remeasurer
from inbox.flow.rounds import Rounds
from inbox.flow.schedule.lane import Scheduler
from inbox.flow.steady import seconds
from inbox.model.change import Change
from inbox.model.ids import AccountId
from inbox.store import accounts, lease, outbox, requests, statements
from inbox.store.engine import Store
from inbox.store.errors import StoreError
from inbox.store.lease import Holder

log = logging.getLogger(__name__)

STOP_SECONDS: Final = 1.8
_GRACE: Final = 1.2
"""Seconds that a post under way is given to end when all stops."""
_LOOK: Final = 0.3
"""Seconds that the change feed is waited on at once: what a stop may have to wait for."""


class Held(StoreError):
    """Another collector holds the workspace."""


def wall_clock() -> datetime:
    """The present, aware UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class _Lanes:
    """The lanes of one account."""

    puller: Puller
    pull: Lane
    news: Lane
    deliver: Lane
    ended: threading.Event

    def end(self) -> None:
        """End them without waiting, in the middle of what they ask."""
        self.ended.set()
        for lane in self.all():
            lane.end()

    def all(self) -> tuple[Lane, ...]:
        return (self.pull, self.news, self.deliver)


@dataclass(slots=True)
class Collector:
    """Collects for one workspace until it is stopped. Run it once."""

    store: Store
    networks: Networks
    now: Callable[[], datetime] = wall_clock
    parsers: dict[str, Parser] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _stopped_at: float = 0.0
    _lost: bool = False
    _me: Holder = field(default_factory=lease.this_process)
    _accounts: dict[AccountId, _Lanes] = field(default_factory=dict)
    _common: dict[str, Lane] = field(default_factory=dict)
    _changing: threading.Lock = field(default_factory=threading.Lock)

    def stop(self) -> None:
        """End soon; from any thread or a signal."""
        if not self._stop.is_set():
            self._stopped_at = seconds()
            self._stop.set()
        for lane in self._all():
            lane.wake()

    def run(self, *, span: timedelta | None = None) -> None:
        """Collect until ``stop``, or for a time. Raises ``Held`` when another collector does, or took over."""
        self._acquire()
        until = None if span is None else seconds() + span.total_seconds()
        follower = Follower(self.store, self._stop.wait)
        try:
            self._take_over()
            self._start_common()
            self._watch(follower, until)
        finally:
            self.stop()
            self._join()
            follower.close()
            self._release()
        if self._lost:
            raise Held("Another collector took this workspace over. This one has stopped.")

    def _acquire(self) -> None:
        """Take the lease; a holder that may be dead is watched for as long as its lease lasts."""
        stale: Holder | None = None
        while True:
            with self.store.write() as s:
                holder = lease.acquire(s, self._me, self.now(), stale=stale)
            if holder is None:
                return
            if holder.sure or self.store.kind == "postgresql" or stale is not None:
                raise Held(holder.sentence)
            log.info("%s Watching whether it is alive.", holder.sentence)
            if self._stop.wait(lease.HOLD.total_seconds()):
                raise Held(holder.sentence)
            stale = holder

    def _take_over(self) -> None:
        """What a killed collector left half done."""
        with self.store.write() as s:
            left = len(outbox.abandoned(s, now=self.now())) + statements.abandoned(s, now=self.now())
            requests.take_back(s)
        if left:
            log.warning("%d posts were being sent when the last collector ended. Looking whether they went out.", left)

    def _release(self) -> None:
        try:
            with self.store.write() as s:
                lease.release(s, self._me)
        except StoreError as error:
            # It runs out by itself: our process is gone in a moment.
            log.warning("The lease could not be given back: %s", error)

    def _start_common(self) -> None:
        answerer = Answerer(self.store, self.networks, self.now, self._stop.is_set, self._hurry, self.parsers)
        rounds = Rounds(self.store, self.now, self._stop.is_set)
        steps: dict[str, Callable[[], float]] = {
            "heartbeat": self._beat,
            "triage": rounds.triage,
            "clocks": rounds.tick,
            "hot": rounds.watch,
            "requests": answerer.step,
            "upkeep": rounds.upkeep,
            "routing anew": Anew(self.store, self.now).step,
            "calendars": Remeasurer(self.store, self.now).step,
        }
        for name, step in steps.items():
            self._common[name] = Lane(name, step, stop=self._stop, lost=self._lose)
        caller = Caller(self.store, self.now, self._stop.is_set)
        self._common["services"] = Lane("services", caller.step, stop=self._stop)
        listener = Listener(self.store, self.now, self._stop.is_set)
        self._common["answers"] = Lane("answers", listener.step, stop=self._stop)
        learner = Learner(self.store, self.now)
        self._common["learning"] = Lane("learning", learner.step, stop=self._stop, close=learner.close)
        scheduler = Scheduler(self.store, self.now)
        self._common["reports"] = Lane("reports", scheduler.step, stop=self._stop, close=scheduler.close)
        for lane in self._common.values():
            lane.start()

    def _watch(self, follower: Follower, until: float | None) -> None:
        """Follow the change feed: what others write wakes the lane that it concerns."""
        unheard = True
        while not self._stop.is_set():
            left = _LOOK if until is None else min(_LOOK, until - seconds())
            if left <= 0:
                return
            change = follower.wait(left)
            try:
                if unheard or (change is not None and (change.accounts or change is ANYTHING)):
                    self._reconcile()
                    unheard = False
                if change is not None:
                    self._wake(change)
            except StoreError as error:
                log.warning("%s", error)
                unheard = True

    def _wake(self, change: Change) -> None:
        if "requests" in change.topics:
            self._common["requests"].wake()
        if "config" in change.topics:
            self._common["reports"].wake()
        if "config" in change.topics:
            self._common["calendars"].wake()
        if "escalations" in change.topics:
            self._common["services"].wake()
            self._common["answers"].wake()
        if "learned" in change.topics:
            self._common["routing anew"].wake()
        if "outbox" in change.topics:
            for lanes in self._accounts.values():
                lanes.deliver.wake()
        if change.threads or change.many:
            self._common["triage"].wake()
            self._common["hot"].wake()

    def _reconcile(self) -> None:
        """A lane for each connected account, none for the others."""
        with self._changing:
            with self.store.read() as s:
                wanted = {each.id: each for each in accounts.all(s) if each.connected_at is not None}
            for account_id in self._accounts.keys() - wanted.keys():
                self._accounts.pop(account_id).end()
            for account_id in wanted.keys() - self._accounts.keys():
                account = wanted[account_id]
                self._accounts[account_id] = self._lanes_for(account_id, f"{account.network}:{account.handle}")
                for lane in self._accounts[account_id].all():
                    lane.start()

    def _lanes_for(self, account_id: AccountId, name: str) -> _Lanes:
        ended = threading.Event()

        def stop() -> bool:
            return self._stop.is_set() or ended.is_set()

        puller = Puller(self.store, account_id, self.networks, self.now, stop, self._stored)
        way = Way(self.networks, self._given_up)
        publisher = Publisher(self.store, account_id, self.networks, self.now, stop, self._me, way)
        deliverer = Deliverer(self.store, account_id, self.networks, self.now, stop, self._me, way)
        pull = Lane(f"pull {name}", puller.step, stop=self._stop, close=puller.close)

        def fresh() -> None:
            puller.hurry()
            pull.wake()

        def deliver() -> float:
            # What a crisis has to say goes first; whatever befalls it, the replies have their turn.
            try:
                first = publisher.step()
            finally:
                second = deliverer.step()
            return min(first, second)

        news = News(self.store, account_id, self.networks, stop, fresh)
        return _Lanes(
            puller,
            pull,
            Lane(f"news {name}", news.step, stop=self._stop, close=news.close),
            Lane(f"deliver {name}", deliver, stop=self._stop, close=way.drop, lost=self._lose),
            ended,
        )

    def _stored(self) -> None:
        self._common["triage"].wake()

    def _hurry(self, account_id: AccountId | None) -> None:
        self._reconcile()
        for number, lanes in list(self._accounts.items()):
            if account_id in {None, number}:
                lanes.puller.hurry()
                lanes.pull.wake()
                lanes.deliver.wake()
        self._common["triage"].wake()

    def _given_up(self) -> bool:
        return self._stop.is_set() and seconds() - self._stopped_at > _GRACE

    def _lose(self) -> None:
        self._lost = True
        self.stop()

    def _beat(self) -> float:
        with self.store.write(durable=False) as s:
            ours = lease.beat(s, self._me, self.now())
        if not ours:
            self._lose()
        return lease.BEAT_SECONDS

    def _all(self) -> list[Lane]:
        return [*self._common.values(), *(lane for lanes in list(self._accounts.values()) for lane in lanes.all())]

    def _join(self) -> None:
        end = time.monotonic() + STOP_SECONDS
        late = [lane.name for lane in self._all() if not lane.join(end - time.monotonic())]
        if late:
            log.warning("Stopped without waiting for: %s.", ", ".join(late))


__all__ = ["Collector", "Held", "wall_clock"]
