"""The second half of the naive reference: under which promise each wait ran, remembered by hand, and its deadline."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tests.support.naive_clocks import Span, naive_due

_due = lru_cache(maxsize=4096)(naive_due)

Basis = tuple[str, str]
"""Area and priority."""


@dataclass(frozen=True)
class Promise:
    """Minutes of business time until the deadline (None: no promise) and the warning, and when business is open."""

    target: int | None
    warn: int
    is_open: Callable[[int], bool]


@dataclass
class _Ran:
    """A wait as it was seen last, and the bases it ran under, each with the minute of its end."""

    span: Span
    bases: list[tuple[int | None, Basis]]


@dataclass(frozen=True)
class Expected:
    """A clock as it should be stored, in minutes."""

    metric: str
    cycle: int
    started: int
    due: int | None
    warn: int | None
    met: int | None
    breached: int | None
    cancelled: int | None
    reason: str | None
    paused: tuple[tuple[int, int | None], ...]


class Ledger:
    """Looks at a thread again and again. What is late is taken to be marked at once."""

    def __init__(self, promise: Callable[[str, Basis], Promise]) -> None:
        self._promise = promise
        self._ran: list[_Ran] = []

    def look(self, spans: Sequence[Span], basis: Basis, now: int) -> list[Expected]:
        """What the clocks should be at a minute, with the thread where it is."""
        left = self._ran
        found: dict[int, _Ran] = {}
        for fits in (_same, _overlap):
            for place, span in enumerate(spans):
                known = next((each for each in left if place not in found and fits(each.span, span)), None)
                if known is not None:
                    found[place] = _Ran(span, known.bases)
                    left = [each for each in left if each is not known]
        self._ran = [found.get(place) or _Ran(span, [(None, basis)]) for place, span in enumerate(spans)]
        return [self._expected(each, basis, now) for each in self._ran]

    def _expected(self, ran: _Ran, basis: Basis, now: int) -> Expected:
        ran.bases = self._in_force(ran)
        span = ran.span
        due = self._due(span, ran.bases[-1][1])
        running = span.ended is None
        if running and basis != ran.bases[-1][1] and (due is None or due > now):
            old = ran.bases[-1][1]
            same = self._promise(span.metric, old) == self._promise(span.metric, basis)
            ran.bases = [*ran.bases[:-1], *([] if same else [(now, old)]), (None, basis)]
            due = self._due(span, basis)
        late = due is not None and (due <= now if span.ended is None else span.ended > due)
        met = span.ended if span.reason is None else None
        return Expected(
            span.metric, span.cycle, span.started, due, self._warn(span, ran.bases[-1][1], due), met,
            due if late else None, span.ended if span.reason is not None else None, span.reason, tuple(span.paused),
        )  # fmt: skip

    def _in_force(self, ran: _Ran) -> list[tuple[int | None, Basis]]:
        """The bases until the one under which it ended or was late first."""
        ended = ran.span.ended
        for place, (until, basis) in enumerate(ran.bases):
            due = self._due(ran.span, basis)
            if until is None:
                break
            if (ended is not None and ended <= until) or (
                due is not None and due <= until and (ended is None or ended > due)
            ):
                return [*ran.bases[:place], (None, basis)]
        return ran.bases

    def _due(self, span: Span, basis: Basis) -> int | None:
        promise = self._promise(span.metric, basis)
        return _due(promise.is_open, span.counts, promise.target, tuple(span.paused))

    def _warn(self, span: Span, basis: Basis, due: int | None) -> int | None:
        promise = self._promise(span.metric, basis)
        if due is None or promise.target is None or not promise.warn:
            return None
        return _due(promise.is_open, span.counts, max(promise.target - promise.warn, 0), tuple(span.paused))


def _same(old: Span, new: Span) -> bool:
    return (old.metric, old.starter, old.counts) == (new.metric, new.starter, new.counts)


def _overlap(old: Span, new: Span) -> bool:
    return old.metric == new.metric and (old.started, -1) < new.end and (new.counts, -1) < old.end
