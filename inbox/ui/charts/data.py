"""What charts show: plain data, made by the screens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inbox.ui.widgets.words import number

Value = float | None
"""A figure; None is a gap: nothing was measured there."""
Shown = Callable[[float], str]
GAP = "\N{EN DASH}"
"""What stands where nothing was measured."""


def plain(value: float) -> str:
    """A figure in the user's digits: whole numbers whole, others with one decimal."""
    return number(round(value)) if value == round(value) else f"{value:.1f}"


class Look(StrEnum):
    """How bars are filled: outlined for before, solid for after, hatched for late; soft for what is still open,
    dashed for what was given up.
    """

    BEFORE = "before"
    AFTER = "after"
    LATE = "late"
    OPEN = "open"
    GONE = "gone"


class Marker(StrEnum):
    """The markers of a line: round for a median or a plain figure, square for a p90."""

    ROUND = "round"
    SQUARE = "square"


@dataclass(frozen=True, slots=True)
class Bars:
    """One series of bars, a value for each key of the chart."""

    name: str
    values: Sequence[Value]
    look: Look = Look.AFTER


@dataclass(frozen=True, slots=True)
class BarData:
    """Bars side by side for each key, or (``stacked``) on top of each other. ``late_from`` is the first key whose
    bars are late, and so hatched; before it stands a dashed line with the words ``target``. ``in_time`` says that the
    keys are times or sizes in order, which read left to right in every language. Without ``levels`` only the figures
    over the bars say how high they are. ``foot`` stands under the keys. ``summary`` replaces the spoken sentence.
    """

    keys: Sequence[str]
    bars: Sequence[Bars]
    about: str = ""
    key_name: str = ""
    late_from: int | None = None
    target: str = ""
    in_time: bool = False
    shown: Shown = plain
    summary: str = ""
    stacked: bool = False
    levels: bool = True
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One series of a line chart, a value for each place; ``role`` is its colour role (accent, soon, text2 ...)."""

    name: str
    values: Sequence[Value]
    marker: Marker = Marker.ROUND
    role: str = "accent"


@dataclass(frozen=True, slots=True)
class LineData:
    """Lines over places in time, left to right. The axis begins at ``low`` and reaches at least ``high``.
    ``target`` is a dashed level with the words ``target_words`` at its end.
    """

    places: Sequence[str]
    lines: Sequence[Line]
    about: str = ""
    place_name: str = ""
    low: float = 0.0
    high: float | None = None
    target: float | None = None
    target_words: str = ""
    shown: Shown = plain
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened: a dashed line ``at`` so many places from the start, with its words at the top."""

    at: float
    words: str
    role: str = "text2"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time during which something held, shaded; from ``begin`` to ``end`` places from the start."""

    begin: float
    end: float
    words: str


@dataclass(frozen=True, slots=True)
class BandData:
    """A line over places in time, left to right, against the range (least, most) that is usual at each; None where
    nobody knows. ``minutes`` are the places' minutes of the day, so that round times stand below, in the words of
    ``short``. The axis begins at 0 and reaches at least ``high``.
    """

    places: Sequence[str]
    values: Sequence[Value]
    usual: Sequence[tuple[float, float] | None] = ()
    name: str = ""
    usual_name: str = ""
    role: str = "hot"
    minutes: Sequence[int] = ()
    short: Sequence[str] = ()
    moments: Sequence[Moment] = ()
    stretches: Sequence[Stretch] = ()
    about: str = ""
    place_name: str = ""
    high: float = 1.0
    shown: Shown = plain
    summary: str = ""

    @property
    def knows(self) -> bool:
        """Whether anything is known of what is usual."""
        return any(each is not None for each in self.usual)


@dataclass(frozen=True, slots=True)
class HeatData:
    """A value for each row and column; columns are times, left to right. ``None`` is drawn as a dash.

    ``spoken`` names the columns in full ("03:00 to 04:00") where their names below are short, ``heads`` the rows.
    ``unit`` stands behind the legend's figures; ``read`` gives the read-out of a cell (row, column) where the plain one
    does not say enough. ``darkest`` is the figure from which on cells are of the darkest shade, so that one outlier
    does not pale the rest.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[Value]]
    about: str = ""
    row_name: str = ""
    unit: str = ""
    spoken: Sequence[str] = ()
    heads: Sequence[str] = ()
    shown: Shown = plain
    read: Callable[[int, int], str] | None = None
    summary: str = ""
    darkest: Value = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The same figures as a table: one heading for each column, the first column naming the rows."""

    headings: Sequence[str]
    names: Sequence[str]
    cells: Sequence[Sequence[str]]
