"""Looks at known posts whose likes, shares and replies have changed: one may spread long after it was written."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.hot.knowing import seen
from inbox.hot.detector import Detector
from inbox.hot.seen import Seen
from inbox.model.incident import Alert
from inbox.store import hot
from inbox.store.engine import Session
from inbox.store.hot import Heard

CURSOR: Final = "figures"
OVERLAP: Final = timedelta(minutes=5)
"""A change is written some time after its moment was taken: so far back is looked at again."""
YOUNG: Final = timedelta(days=1)
"""What older posts gather is a back-fill, or no news."""
AT_ONCE: Final = 200
_MOST: Final = 20_000
_KEEP_EVERY: Final = timedelta(minutes=1)


@dataclass(slots=True)
class Growing:
    """How far changes of figures were looked at, and which of the last minutes. Looking again at a change that was
    looked at before gives nothing.
    """

    cursor: datetime | None = None
    kept: str | None = None
    _seen: dict[int, datetime] = field(default_factory=dict)

    def begin(self, s: Session, detector: Detector, now: datetime) -> None:
        """Go on where the store stands, knowing what the last minutes changed; a workspace that was never looked at
        begins now.
        """
        self.kept = hot.state(s, CURSOR).get("at")
        self.cursor = _moment(self.kept) or now
        self._seen.clear()
        for _, changed in self._batches(s, min(self.cursor, now), upto=self.cursor):
            for heard in changed:
                detector.grown(_seen(heard))

    def look(self, s: Session, detector: Detector, now: datetime, counted: int) -> list[tuple[Heard, Alert]]:
        """The alarms of what has changed since; only posts up to number ``counted`` are known to the detector."""
        found: list[tuple[Heard, Alert]] = []
        # A clock that was set back writes earlier times than those looked at before.
        since = min(self.cursor or now, now)
        for moment, changed in self._batches(s, since):
            self.cursor = max(since, moment)
            for heard in changed:
                if heard.id <= counted and _may_alarm(heard):
                    found += [(heard, alert) for alert in detector.grown(_seen(heard))]
        return found

    def due(self, now: datetime) -> bool:
        """Whether how far it looked is to be kept, though it gave no alarm."""
        kept = _moment(self.kept)
        return kept is None or (self.cursor != kept and abs(now - kept) >= _KEEP_EVERY)

    def is_mine(self, s: Session, now: datetime) -> bool:
        """Whether nobody else has looked meanwhile; nobody can until this writing session ends."""
        return bool(hot.claim(s, CURSOR, now=now).get("at") == self.kept)

    def keep(self, s: Session, now: datetime) -> None:
        """Write down how far it looked."""
        at = min(self.cursor or now, now)
        self.kept = at.isoformat()
        hot.keep(s, [(CURSOR, {"at": self.kept})], now)

    def _batches(
        self, s: Session, since: datetime, upto: datetime | None = None
    ) -> Iterable[tuple[datetime, list[Heard]]]:
        """What changed from some minutes before ``since`` on, each change once, and up to when it goes."""
        begin = since - OVERLAP
        self._seen = {number: at for number, at in self._seen.items() if at > begin}
        new = [
            (number, at)
            for number, at in hot.changed_figures(s, begin, _MOST)
            if self._seen.get(number) != at and (upto is None or at <= upto)
        ]
        for start in range(0, len(new), AT_ONCE):
            part = new[start : start + AT_ONCE]
            self._seen.update(part)
            yield part[-1][1], hot.numbered(s, [number for number, _ in part])


def _may_alarm(heard: Heard) -> bool:
    return heard.live and heard.figures_at is not None and heard.figures_at - heard.at <= YOUNG


def _seen(heard: Heard) -> Seen:
    return replace(seen(heard), heard_at=heard.figures_at)


def _moment(text: str | None) -> datetime | None:
    try:
        return None if text is None else datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
