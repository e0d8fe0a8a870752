"""The report as data for charts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from inbox.ui.charts import BarData, Bars, Line, LineData, Look, Marker
from inbox.ui.quality import words

if TYPE_CHECKING:
    from inbox.flow.quality import Quality

AREAS_SHOWN = 12


def over_time(found: "Quality") -> LineData:
    """Accuracy and what was left to people, by day, week or month."""
    kept = [None if each.kept.value is None else each.kept.value * 100 for each in found.periods]
    left = [None if each.placed.value is None else (1 - each.placed.value) * 100 for each in found.periods]
    lines = (
        Line(_tr("Accuracy"), kept),
        Line(_tr("Left to a person"), left, Marker.SQUARE, "soon"),
    )
    steps = {"day": _tr("by day"), "week": _tr("by week"), "month": _tr("by month")}
    names = {"day": _tr("Day"), "week": _tr("Week of"), "month": _tr("Month")}
    places = [words.period(each.begin, found.step) for each in found.periods]
    return LineData(places, lines, steps[found.step], names[found.step], high=100, shown=_percent)


def by_area(found: "Quality") -> BarData:
    """Of those put there how many stayed, and of those that belong there how many were put there."""
    shown = found.areas[:AREAS_SHOWN]
    kept = Bars(_tr("Stayed, of those put there"), [_share(each.kept.value) for each in shown])
    own = Bars(_tr("Found, of those that belong there"), [_share(each.found.value) for each in shown], Look.BEFORE)
    return BarData([each.area for each in shown], (kept, own), key_name=_tr("Area"), shown=_percent)


def calibration(found: "Quality") -> BarData:
    """What the learned area said, and how often it was right."""
    bins = found.calibration.bins
    said = Bars(_tr("Said"), [each.said * 100 for each in bins], Look.BEFORE)
    right = Bars(_tr("Was right"), [_share(each.right.value) for each in bins])
    keys = [words.bin_name(each.low, each.high) for each in bins]
    return BarData(keys, (said, right), key_name=_tr("Probability"), in_time=True, shown=_percent)


def _share(value: float | None) -> float | None:
    return None if value is None else value * 100


def _percent(value: float) -> str:
    return f"{value:.0f}%"


def _tr(text: str) -> str:
    return QCoreApplication.translate("quality", text)
