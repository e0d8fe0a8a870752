"""What the detector knows when a program starts: what was kept, and in silence what came after it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from inbox.flow.hot import settings as hot_settings
from inbox.hot import keeping
from inbox.hot.detector import Detector, Settings
from inbox.hot.seen import Seen
from inbox.hot.window import LENGTH
from inbox.store import hot
from inbox.store.engine import Session, Store
from inbox.store.hot import Heard

log = logging.getLogger(__name__)

BATCH: Final = 200
CURSOR: Final = "cursor"
LEARNT_FROM: Final = 50_000
"""So many of the newest mentions teach what is usual in a workspace that was never watched."""
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError)
"""What a document that is not as it was written makes of reading it."""
LOST: Final = (
    "What the detector of hot issues had learnt cannot be read any more. It learns anew from the newest posts."
)
LOST_PLACE: Final = "Where the detector of hot issues stood cannot be read any more. It goes on from the newest post."


@dataclass(slots=True)
class Recent:
    """The mentions of the last hour, by when they were posted (or came, where a clock was ahead); what alarms are
    explained by.
    """

    kept: list[Heard] = field(default_factory=list)
    _newest: datetime | None = None
    _full: int = BATCH

    def add(self, heard: Heard) -> None:
        """Take one in."""
        self.kept.append(heard)
        self._newest = _posted(heard) if self._newest is None else max(self._newest, _posted(heard))
        if len(self.kept) >= self._full:
            self.kept = self.around(self._newest)
            # Looked through only when it has doubled, so that a mention costs the same in a flood.
            self._full = max(BATCH, 2 * len(self.kept))

    def around(self, at: datetime) -> list[Heard]:
        """Those of the hour before a time, and later ones."""
        return [each for each in self.kept if _posted(each) > at - LENGTH]

    @property
    def newest(self) -> datetime | None:
        """When the newest was posted."""
        return self._newest


@dataclass(slots=True)
class Known:
    """The detector as it stands at mention number ``cursor``; ``first`` is what the cursor is before any was kept,
    ``lesson`` the last one that it learnt, ``lost`` says what of that could not be read.
    """

    detector: Detector
    cursor: int
    first: int
    lesson: int = 0
    recent: Recent = field(default_factory=Recent)
    lost: str = ""
    settings: Settings = field(default_factory=Settings)

    def use(self, s: Session, batch: Sequence[Heard], now: datetime) -> None:
        """Go on with the settings in force, and the campaigns that may matter to a batch, or now."""
        times = [each.at for each in batch] or [now]
        wanted = hot_settings.in_force(s, min(times), max(times))
        if wanted != self.settings:
            self.detector.use(wanted)
            self.settings = wanted


@dataclass(frozen=True, slots=True)
class _Covered:
    """Up to where what was kept goes: mention, the newest posting, lesson."""

    mention: int | None = None
    newest: datetime | None = None
    lesson: int = 0


def begin(store: Store, now: datetime, *, replayed: bool) -> Known:
    """Know again what was kept, and see in silence what came after it. A workspace that was never watched, or whose
    memory cannot be read, is learnt from its newest mentions alone, unless it is replayed. Raises ``StoreError``.
    """
    with store.read() as s:
        kept = hot.states(s)
        newest = hot.newest_id(s)
        settings = hot_settings.in_force(s, now, now)
    back = max(0, newest - LEARNT_FROM)
    first = 0 if CURSOR in kept or replayed else back
    upto, lost = place(kept.get(CURSOR, {}), None if CURSOR in kept else first), ""
    if upto is None:
        upto, first, lost = newest, newest, LOST_PLACE
    detector, covered = _restored(settings, kept)
    lost = LOST if covered is None else lost
    known = Known(detector, upto, first, lost=lost, settings=settings)
    if lost:
        log.warning(lost)
    if covered is None:
        _see_again(store, known, max(0, upto - LEARNT_FROM), upto)
        return known
    known.lesson = covered.lesson
    start = min(first if covered.mention is None else covered.mention, upto)
    if covered.newest is not None:
        _recall(store, known, covered.newest, start)
    _see_again(store, known, start, upto)
    return known


def place(kept: dict[str, Any], first: int | None) -> int | None:
    """Up to which mention a cursor goes; ``first`` where it does not say."""
    found = kept.get("mention")
    return found if isinstance(found, int) else first


def seen(heard: Heard) -> Seen:
    """A stored mention as the detector wants it."""
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
        heard_at=heard.stored_at,
    )


def _posted(heard: Heard) -> datetime:
    return min(heard.at, heard.stored_at)


def _restored(settings: Settings, kept: dict[str, dict[str, Any]]) -> tuple[Detector, _Covered | None]:
    """The detector with what was kept, and up to where that goes; None where it cannot be read."""
    detector, alarms = Detector(settings), kept.get(keeping.ALARMS)
    if alarms is None:
        return detector, _Covered()
    try:
        keeping.restore(detector, kept)
        covered = _covered(alarms)
    except _UNREADABLE as error:
        log.warning("A document of the detector is damaged: %r", error)
        return Detector(settings), None
    # What a format wrote that is not known any more was left aside.
    return detector, None if not detector.streams and any(":" in name for name in kept) else covered


def _covered(alarms: dict[str, Any]) -> _Covered:
    newest = alarms.get("newest")
    return _Covered(
        place(alarms, None), None if newest is None else datetime.fromisoformat(newest), int(alarms.get("lesson", 0))
    )


def _recall(store: Store, known: Known, newest: datetime, start: int) -> None:
    """Put the last hour of what was kept back, up to mention ``start``."""
    with store.read() as s:
        for heard in hot.heard_since(s, newest - LENGTH, start):
            known.recent.add(heard)
            known.detector.recall(seen(heard))


def _see_again(store: Store, known: Known, start: int, upto: int) -> None:
    while start < upto:
        with store.read() as s:
            batch = [each for each in hot.heard(s, start, BATCH) if each.id <= upto]
            if not batch:
                return
            known.use(s, batch, batch[-1].at)
        for heard in batch:
            known.recent.add(heard)
            known.detector.see(seen(heard))
        start = batch[-1].id
