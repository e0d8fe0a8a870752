"""A chart of how much was written over time against what is usual, with the moments at which something was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.flow.report_files.drawing import INK, QUIET, WIDTH, Picture, curve, drawn, lettered, leveled

HOT: Final = "#A0185A"
USUAL: Final = "#D8D6CF"
_LEFT, _RIGHT, _HIGH, _ROW, _LETTER = 48, 12, 170, 14, 6.0
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_TICKS: Final = 7
"""So many times stand beneath it at most."""
_APART: Final = (
    *(timedelta(minutes=each) for each in (10, 15, 30)),
    *(_HOUR * each for each in (1, 2, 3, 6, 12)),
    *(_DAY * each for each in (1, 2, 7, 14, 28, 56)),
)
_EDGE: Final = 20


@dataclass(frozen=True, slots=True)
class Spot:
    """How much was written in the span that begins then; nine of ten times it is from ``low`` to ``high``, None where
    nobody knows.
    """

    at: datetime
    n: float
    low: float | None = None
    high: float | None = None


def rise_of(spots: Sequence[Spot], marks: Sequence[tuple[str, datetime]], zone: str, about: str) -> Picture | None:
    """The line over the usual range, and each mark with its time of day; None with fewer than two spots."""
    if len(spots) <= 1:
        return None
    frame = _Frame(spots, ZoneInfo(zone))
    named = [(f"{name} {frame.told(at)}", frame.x(at)) for name, at in marks if spots[0].at <= at <= frame.end]
    rows = _rows(named)
    frame.top = 8 + _ROW * (max(rows, default=-1) + 1)
    parts = [
        leveled(_LEFT, frame.y(frame.most * share), frame.wide, f"{frame.most * share:,.0f}") for share in (0, 0.5, 1)
    ]
    parts += _usual(spots, frame)
    parts += curve([(frame.x(each.at), frame.y(each.n)) for each in spots], HOT, dots=False)
    for (name, x), row in zip(named, rows, strict=True):
        parts += _mark(name, x, 8 + _ROW * row, frame)
    foot = frame.top + _HIGH
    parts += [lettered(frame.x(at), foot + 18, frame.told(at), QUIET, "middle") for at in frame.ticks()]
    return drawn(parts, round(foot + 26), about)


class _Frame:
    """Where times and numbers stand in the picture."""

    def __init__(self, spots: Sequence[Spot], zone: ZoneInfo) -> None:
        self.begin, self.last = spots[0].at, spots[-1].at
        self.end = self.last + (spots[1].at - spots[0].at)
        self.most = _round(max(max(each.n, each.high or 0.0) for each in spots))
        self.wide = float(WIDTH - _LEFT - _RIGHT)
        self.top = 8.0
        self._zone = zone

    def x(self, at: datetime) -> float:
        return _LEFT + self.wide * min(1.0, (at - self.begin) / (self.last - self.begin))

    def y(self, n: float) -> float:
        return self.top + _HIGH * (1 - n / self.most)

    def ticks(self) -> list[datetime]:
        """Round times of the day, not so near an edge that words would leave the picture."""
        apart = next((each for each in _APART if (self.last - self.begin) / each <= _TICKS), _APART[-1])
        midnight = self.begin.astimezone(self._zone).replace(hour=0, minute=0, second=0, microsecond=0)
        first = midnight.astimezone(UTC)
        times = (first + apart * place for place in range((self.last - first) // apart + 1))
        return [at for at in times if at >= self.begin and self.x(at) + _EDGE <= WIDTH]

    def told(self, at: datetime) -> str:
        """The time of day, and the day where there are several."""
        here = at.astimezone(self._zone)
        if self.last - self.begin <= _DAY:
            return f"{here:%H:%M}"
        return f"{here.day} {here:%b}" if here.hour == here.minute == 0 else f"{here.day} {here:%b %H:%M}"


def _usual(spots: Sequence[Spot], frame: _Frame) -> list[str]:
    """The usual range, parted where nobody knows it."""
    parts, run = list[str](), list[Spot]()
    for each in [*spots, Spot(frame.end, 0)]:
        if each.low is not None and each.high is not None:
            run.append(each)
        elif run:
            above = [f"{frame.x(one.at):.1f},{frame.y(one.high or 0):.1f}" for one in run]
            below = [f"{frame.x(one.at):.1f},{frame.y(one.low or 0):.1f}" for one in reversed(run)]
            parts.append(f'<polygon points="{" ".join(above + below)}" fill="{USUAL}"/>')
            run = []
    return parts


def _rows(named: Sequence[tuple[str, float]]) -> list[int]:
    """In which row each name stands, so that none lies over another."""
    ends, found = list[float](), list[int]()
    for name, x in named:
        begin, end = _span(name, x)
        row = next((place for place, taken in enumerate(ends) if taken <= begin), len(ends))
        ends[row : row + 1] = [end]
        found.append(row)
    return found


def _span(name: str, x: float) -> tuple[float, float]:
    """From where to where a name reaches: to the right of its line, or to the left where there is no room."""
    long = len(name) * _LETTER + 12
    return (x, x + long) if x + long <= WIDTH else (x - long, x)


def _mark(name: str, x: float, y: float, frame: _Frame) -> list[str]:
    dashed = f'stroke="{INK}" stroke-width="1" stroke-dasharray="3 3"'
    left = _span(name, x)[0] < x
    return [
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x:.1f}" y2="{frame.top + _HIGH:.1f}" {dashed}/>',
        lettered(x - 4 if left else x + 4, y + 9, name, INK, "end" if left else "start"),
    ]


def _round(most: float) -> float:
    """The next number that halves well."""
    steps = (base * 10**power for power in range(19) for base in (2, 4, 6, 8, 10))
    return float(next(each for each in steps if each >= most))
