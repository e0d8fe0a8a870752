"""Feeds the detector with what came in, and keeps what it learns: each mention once, whatever is killed when."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.flow.hot.opening import gather_more, raise_alarm
from inbox.flow.hot.settings import settings_of
from inbox.hot import keeping
from inbox.hot.detector import Detector, Settings
from inbox.hot.rates import BIN
from inbox.hot.seen import Seen
from inbox.hot.window import LENGTH
from inbox.model.change import Change
from inbox.model.incident import Alert, AlertKind
from inbox.model.workspace import Workspace
from inbox.store import config, hot
from inbox.store.engine import Session, Store
from inbox.store.errors import StoreError
from inbox.store.hot import Heard, StreamCount

BATCH: Final = 200
CURSOR: Final = "cursor"
LEARNT_FROM: Final = 50_000
"""So many of the newest mentions teach what is usual in a workspace that was never watched."""
_KEEP_EVERY: Final = timedelta(minutes=5)
_KEEP_AFTER: Final = 20_000
_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(slots=True)
class Watcher:
    """One process's detector. What the store's cursor covers was counted and gave its alarms; what the kept state does
    not cover is looked at again in silence.
    """

    store: Store
    detector: Detector | None = None
    cursor: int = 0
    recent: list[Heard] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)
    lesson: int = 0
    first: int = 0
    _kept_at: datetime | None = None
    _since: int = 0

    def step(self, now: datetime, *, replayed: bool = False) -> Change | None:
        """Look at the next mentions; None when there were none. In a replay alarms are given at the times of their
        mentions. Raises ``StoreError``.
        """
        if self.detector is None:
            self._begin(replayed=replayed)
        with self.store.read() as s:
            batch = hot.heard(s, self.cursor, BATCH)
            workspace = config.load(s)
            lessons = hot.lessons(s, self.lesson)
        detector = self._detector(settings_of(workspace))
        for lesson in lessons:
            kind = AlertKind(lesson.kind)
            detector.learn(kind, lesson.stream, lesson.terms, was_real=lesson.was_real, at=lesson.at)
            self.lesson = lesson.id
        if not batch:
            return None
        alarms: list[tuple[Heard, Alert, list[Heard]]] = []
        for heard in batch:
            self._remember(heard)
            found = detector.see(_seen(heard))
            alarms += [(heard, alert, list(self.recent)) for alert in found if heard.live]
        try:
            return self._write(batch, alarms, workspace, None if replayed else now)
        except StoreError:
            # Nothing was written, yet the detector has seen the batch: it begins again where the store stands.
            self.detector, self.recent = None, []
            raise

    def _write(
        self,
        batch: Sequence[Heard],
        alarms: Sequence[tuple[Heard, Alert, list[Heard]]],
        workspace: Workspace,
        now: datetime | None,
    ) -> Change:
        """All that a batch brings, in one transaction; without ``now`` at the times of the mentions."""
        cursor = max(each.id for each in batch)
        at = now or batch[-1].at
        with self.store.write(durable=False) as s:
            if hot.claim(s, CURSOR, now=at).get("mention", self.first) != self.cursor:
                # Somebody else (an import) has looked at these meanwhile.
                self.detector, self.recent = None, []
                return Change()
            hot.count(s, _counted(batch))
            for heard, alert, seen in alarms:
                raise_alarm(s, alert, seen, workspace=workspace, now=now or heard.at)
            gather_more(s, [each for each in batch if each.live], at)
            hot.keep(s, [(CURSOR, {"mention": cursor})], at)
            self._keep(s, cursor, at, len(batch))
        self.cursor = cursor
        return s.change

    def _begin(self, *, replayed: bool) -> None:
        """Know again what was kept, and see in silence what came after it. A workspace that was never watched is
        learnt from its newest mentions alone, unless it is replayed.
        """
        with self.store.read() as s:
            kept = hot.states(s)
            workspace = config.load(s)
            first = 0 if CURSOR in kept or replayed else max(0, hot.newest_id(s) - LEARNT_FROM)
        self.settings = settings_of(workspace)
        detector = Detector(self.settings)
        keeping.restore(detector, kept)
        upto = int(kept.get(CURSOR, {}).get("mention", first))
        covered = kept.get(keeping.ALARMS, {})
        self.lesson = int(covered.get("lesson", 0))
        start = min(int(covered.get("mention", first)), upto)
        self._see_again(detector, start, upto, covered)
        self.detector, self.cursor, self.first = detector, upto, first

    def _see_again(self, detector: Detector, start: int, upto: int, covered: dict[str, Any]) -> None:
        newest = covered.get("newest")
        if newest is not None:
            with self.store.read() as s:
                for heard in hot.heard_since(s, datetime.fromisoformat(newest) - LENGTH, start):
                    self._remember(heard)
                    detector.recall(_seen(heard))
        while start < upto:
            with self.store.read() as s:
                batch = [each for each in hot.heard(s, start, BATCH) if each.id <= upto]
            if not batch:
                return
            for heard in batch:
                self._remember(heard)
                detector.see(_seen(heard))
            start = batch[-1].id

    def _detector(self, wanted: Settings) -> Detector:
        if self.detector is None:
            raise RuntimeError("The watcher has not begun.")
        if wanted != self.settings:
            self.detector.use(wanted)
            self.settings = wanted
        return self.detector

    def _remember(self, heard: Heard) -> None:
        self.recent.append(heard)
        limit = max(each.at for each in self.recent[-BATCH:]) - LENGTH
        if self.recent[0].at < limit:
            self.recent = [each for each in self.recent if each.at >= limit]

    def _keep(self, s: Session, cursor: int, now: datetime, count: int) -> None:
        self._since += count
        due = self._kept_at is None or now - self._kept_at >= _KEEP_EVERY or self._since >= _KEEP_AFTER
        if not due or self.detector is None:
            return
        documents = keeping.documents(self.detector)
        newest = max((each.at for each in self.recent), default=now)
        documents[keeping.ALARMS] |= {"mention": cursor, "newest": newest.isoformat(), "lesson": self.lesson}
        hot.keep(s, documents.items(), now)
        self._kept_at, self._since = now, 0


def watch_all(store: Store) -> None:
    """Look at all that is new as if it came in now, mention by mention: what a replayed file would have opened."""
    watcher = Watcher(store)
    while watcher.step(_EPOCH, replayed=True) is not None:
        pass


def _seen(heard: Heard) -> Seen:
    return Seen(
        id=str(heard.id),
        at=heard.at,
        account=heard.account,
        author=heard.author,
        text=heard.text,
        area=heard.area,
        negative=heard.negative,
        repost=heard.repost,
        reach=heard.reach,
        engagement=heard.engagement,
        press=heard.press,
    )


def _counted(batch: Sequence[Heard]) -> list[StreamCount]:
    """The batch's counts by stream and bin; an author counts once in each bin of a batch."""
    bins: dict[tuple[str, datetime], list[Heard]] = {}
    for heard in batch:
        at = _EPOCH + (heard.at - _EPOCH) // BIN * BIN
        for stream in (f"account:{heard.account}", f"area:{heard.area}" if heard.area else ""):
            if stream:
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
