"""Feeds the detector with what came in, and keeps what it learns: each mention once, whatever is killed when."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.hot import knowing
from inbox.flow.hot.growing import Growing
from inbox.flow.hot.knowing import CURSOR, Known, place, seen
from inbox.flow.hot.opening import DETECTOR, gather_more, raise_alarm
from inbox.flow.hot.settings import ACTION
from inbox.hot import keeping
from inbox.hot.rates import BIN
from inbox.hot.watched import said, stream_of
from inbox.model.change import Change
from inbox.model.incident import Alert, AlertKind
from inbox.model.workspace import Workspace
from inbox.store import audit, config, hot
from inbox.store.engine import Session, Store
from inbox.store.hot import Heard, StreamCount

BATCH: Final = 200
_KEEP_EVERY: Final = timedelta(minutes=5)
_KEEP_AFTER: Final = 20_000
_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

Alarm = tuple[Alert, Sequence[Heard]]
"""An alert, and the mentions of the hour before it."""


@dataclass(slots=True)
class Watcher:
    """One process's detector. What the store's cursor covers was counted and gave its alarms; what the kept state does
    not cover is looked at again in silence.
    """

    store: Store
    known: Known | None = None
    growing: Growing = field(default_factory=Growing)
    _kept_at: datetime | None = None
    _since: int = 0

    def step(self, now: datetime, *, replayed: bool = False) -> Change | None:
        """Look at the next mentions, and at posts that grow; None when there were none. In a replay alarms are given at
        the times of their mentions, and nothing grows. Raises ``StoreError``.
        """
        known = self.known or self._begin(now, replayed=replayed)
        try:
            return self._look(known, now, replayed=replayed)
        except BaseException:
            # What was not written was seen all the same: it begins again where the store stands.
            self.known = None
            raise

    def _look(self, known: Known, now: datetime, *, replayed: bool) -> Change | None:
        detector = known.detector
        with self.store.read() as s:
            batch = hot.heard(s, known.cursor, BATCH)
            workspace = config.load(s)
            known.use(s, batch, now)
            for lesson in hot.lessons(s, known.lesson):
                kind = AlertKind(lesson.kind)
                detector.learn(kind, lesson.stream, lesson.terms, was_real=lesson.was_real, at=lesson.at)
                known.lesson = lesson.id
            alarms = [alarm for heard in batch for alarm in _alarms(known, heard)]
            grown = [] if replayed else self.growing.look(s, detector, now, known.cursor)
        alarms += [(alert, [*known.recent.around(alert.at), heard]) for heard, alert in grown]
        if not batch and not alarms and (replayed or not self.growing.due(now)):
            return None
        return self._write(known, batch, alarms, workspace, None if replayed else now)

    def _write(
        self,
        known: Known,
        batch: Sequence[Heard],
        alarms: Sequence[Alarm],
        workspace: Workspace,
        now: datetime | None,
    ) -> Change | None:
        """All that a batch brings, in one transaction; without ``now`` at the times of the mentions."""
        cursor = max((each.id for each in batch), default=known.cursor)
        at = now or (batch[-1].at if batch else _EPOCH)
        with self.store.write(durable=False) as s:
            if not self._is_mine(s, known, at, replayed=now is None):
                # Somebody else (an import, another collector) has looked at these meanwhile.
                self.known = None
                return Change()
            hot.count(s, _counted(batch, known.settings.watch))
            for alert, around in alarms:
                raise_alarm(s, alert, around, workspace=workspace, now=now or alert.at)
            gather_more(s, [each for each in batch if each.live], at)
            hot.keep(s, [(CURSOR, {"mention": cursor})], at)
            if now is not None:
                self.growing.keep(s, now)
            if known.lost:
                audit.record(s, DETECTOR, ACTION, None, at, did="learnt anew", why=known.lost)
            self._keep(s, known, cursor, at, len(batch))
        known.cursor, known.lost = cursor, ""
        return s.change if batch or alarms else None

    def _is_mine(self, s: Session, known: Known, at: datetime, *, replayed: bool) -> bool:
        mine = place(hot.claim(s, CURSOR, now=at), known.first) == known.cursor
        return mine and (replayed or self.growing.is_mine(s, at))

    def _begin(self, now: datetime, *, replayed: bool) -> Known:
        known = knowing.begin(self.store, now, replayed=replayed)
        if not replayed:
            with self.store.read() as s:
                self.growing.begin(s, known.detector, now)
        self.known = known
        return known

    def _keep(self, s: Session, known: Known, cursor: int, now: datetime, count: int) -> None:
        self._since += count
        aged = self._kept_at is None or abs(now - self._kept_at) >= _KEEP_EVERY
        if not aged and self._since < _KEEP_AFTER and not known.lost:
            return
        documents = keeping.documents(known.detector)
        newest = known.recent.newest or now
        documents[keeping.ALARMS] |= {"mention": cursor, "newest": newest.isoformat(), "lesson": known.lesson}
        hot.keep(s, documents.items(), now)
        self._kept_at, self._since = now, 0


def watch_all(store: Store) -> None:
    """Look at all that is new as if it came in now, mention by mention: what a replayed file would have opened."""
    watcher = Watcher(store)
    while watcher.step(_EPOCH, replayed=True) is not None:
        pass


def _alarms(known: Known, heard: Heard) -> list[Alarm]:
    """Let the detector see one mention; what came before the connection gives no alarm."""
    known.recent.add(heard)
    found = known.detector.see(seen(heard))
    return [(alert, known.recent.around(alert.at)) for alert in found] if heard.live else []


def _counted(batch: Sequence[Heard], phrases: Sequence[str]) -> list[StreamCount]:
    """The batch's counts by stream (account, area, watched phrase) and bin; an author counts once in each bin of a
    batch.
    """
    bins: dict[tuple[str, datetime], list[Heard]] = {}
    for heard in batch:
        at = _EPOCH + (heard.at - _EPOCH) // BIN * BIN
        watched = map(stream_of, said(phrases, heard.text))
        for stream in (f"account:{heard.account}", *([f"area:{heard.area}"] if heard.area else []), *watched):
            bins.setdefault((stream, at), []).append(heard)
    return [
        StreamCount(
            stream,
            at,
            len(these),
            len({each.author for each in these}),
            sum(each.negative for each in these),
            sum(each.reach for each in these),
        )
        for (stream, at), these in sorted(bins.items())
    ]
