"""One setting tried on the past: its detector, and the incidents that its alarms would have made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.flow.hot import evidence as words
from inbox.flow.hot import folding
from inbox.flow.hot.knowing import seen
from inbox.hot.detector import Detector, Settings
from inbox.model.ids import IncidentId, ThreadId
from inbox.model.incident import Alert, AlertKind, Severity
from inbox.store.hot import Heard, Lesson

OVER: Final = timedelta(days=1)
"""Nobody closes what would have been: after so long without a sign it counts as over."""
MOST: Final = 2_000
"""So many alarms are kept in words, the first ones; all are counted."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm that would have been given; ``place`` is of the incident that it would have opened or been a sign of (-1
    for one that was open before), ``opened`` whether it would have opened it.
    """

    alert: Alert
    paragraph: str
    place: int
    opened: bool


@dataclass(slots=True)
class Would:
    """An incident that would have been opened, at ``at``; ``real`` are those of the workspace that are the same."""

    place: int
    at: datetime
    began_at: datetime
    title: str
    paragraph: str
    kind: str
    stream: str
    terms: tuple[str, ...]
    account: str
    account_id: int | None
    severity: Severity
    last_sign_at: datetime | None
    evidence: Mapping[str, Any]
    signs: int = 0
    examples: tuple[int, ...] = ()
    real: tuple[IncidentId, ...] = ()

    def take(self, sign: folding.Signed) -> None:
        """What it is once an alarm was a sign of it."""
        for name in ("last_sign_at", "severity", "kind", "stream", "title", "terms", "evidence"):
            setattr(self, name, getattr(sign, name))
        self.signs += 1


@dataclass(slots=True)
class Real:
    """An incident that the workspace had; ``noticed_at`` is when it was, by its own alarm or by hand, ``found_at`` when
    the setting would have raised it, None if never. ``was_real`` is what people said of it: None for nothing yet.
    """

    id: IncidentId
    kind: str
    title: str
    stream: str
    terms: tuple[str, ...]
    account_id: int | None
    severity: Severity
    began_at: datetime
    noticed_at: datetime
    last_sign_at: datetime | None
    over_at: datetime
    evidence: Mapping[str, Any]
    was_real: bool | None
    threads: frozenset[ThreadId] = frozenset()
    found_at: datetime | None = None

    @property
    def earlier(self) -> timedelta | None:
        """How much earlier it would have been raised; less than nothing for later."""
        return None if self.found_at is None else self.noticed_at - self.found_at


@dataclass(slots=True)
class Trial:
    """Sees every mention once, in the order of posting. What comes before ``since`` is learnt and told to nobody."""

    settings: Settings
    since: datetime
    brands: Mapping[int, str]
    real: list[Real]
    alerts: list[Raised] = field(default_factory=list)
    incidents: list[Would] = field(default_factory=list)
    count: int = 0
    opened: int = 0
    _standing: list[Would] = field(default_factory=list)
    _detector: Detector = field(init=False)

    def __post_init__(self) -> None:
        """A detector that knows nothing, and its own list of what it is to find."""
        self._detector = Detector(self.settings)
        self.real = [replace(each) for each in self.real]

    def see(self, heard: Heard, around: Sequence[Heard]) -> None:
        """Count a mention; ``around`` are those of the hour before."""
        self._raise(self._detector.see(seen(heard)), around)

    def grown(self, heard: Heard, around: Sequence[Heard]) -> None:
        """A mention's figures are what they are since its ``figures_at``."""
        found = self._detector.grown(replace(seen(heard), heard_at=heard.figures_at))
        self._raise(found, [*around, heard])

    def learn(self, lesson: Lesson) -> None:
        """What somebody taught the detector then."""
        kind = AlertKind(lesson.kind)
        self._detector.learn(kind, lesson.stream, lesson.terms, was_real=lesson.was_real, at=lesson.at)

    def _raise(self, found: Iterable[Alert], around: Sequence[Heard]) -> None:
        for alert in found:
            about = folding.told(
                alert, [each for each in around if each.at > alert.at - folding.HOUR or str(each.id) in alert.examples]
            )
            self._standing = [each for each in self._standing if alert.at - (each.last_sign_at or each.at) < OVER]
            known = folding.same(reversed(self._standing), alert, about)
            brand = self.brands.get(about.cause.account_id) or about.cause.account
            title, kept = folding.described(alert, about, brand)
            paragraph = words.paragraph(kept)
            opened = known is None
            if known is None:
                known = self._open(alert, about, title, kept)
            else:
                known.take(folding.signed(known, alert, about, title, kept))
            self._tell(alert, about, known, Raised(alert, paragraph, known.place, opened))

    def _open(self, alert: Alert, about: folding.Told, title: str, kept: words.Document) -> Would:
        of_area = alert.stream.startswith("area:")
        made = Would(
            self.opened,
            alert.at,
            about.began_at,
            title,
            words.paragraph(kept),
            alert.kind,
            alert.stream,
            about.terms,
            about.cause.account,
            None if of_area else about.cause.account_id,
            alert.severity,
            alert.at,
            kept,
            examples=tuple(int(each) for each in alert.examples),
        )
        self._standing.append(made)
        if alert.at >= self.since:
            self.opened += 1
            if len(self.incidents) < MOST:
                self.incidents.append(made)
        else:
            made.place = -1
        return made

    def _tell(self, alert: Alert, about: folding.Told, known: Would, raised: Raised) -> None:
        if alert.at < self.since:
            return
        self.count += 1
        if len(self.alerts) < MOST:
            self.alerts.append(raised)
        threads = {each.thread_id for each in about.mine if str(each.id) in alert.examples}
        for each in self.real:
            if not _same_time(each, alert) or not (folding.same([each], alert, about) or _shared(each, threads)):
                continue
            each.found_at = each.found_at or alert.at
            if each.id not in known.real:
                known.real = (*known.real, each.id)


def _same_time(real: Real, alert: Alert) -> bool:
    return real.began_at - folding.COOL <= alert.at <= real.over_at + folding.COOL


def _shared(real: Real, threads: set[ThreadId]) -> bool:
    """Whether half of an alarm's examples were gathered by the incident."""
    return bool(threads) and 2 * len(threads & real.threads) >= len(threads)
