"""Painted charts: bars, lines, a line against what is usual, and heat, each with its table, its keys and a sentence.

A chart is made once and given its data as often as it changes::

    chart = BarChart(self.tr("Threads by area"), self.tr("Nothing to show yet."))
    chart.set_data(BarData(("Baggage", "Billing"), (
        Bars(self.tr("As it was"), (702, 61), Look.BEFORE),
        Bars(self.tr("With the change"), (739, 40), Look.AFTER),
    ), about=self.tr("last 30 days")))
    chart.picked.connect(self._open)   # (series or row, place), by Enter or a click

Put it into a ``Card``; it brings its own head with title, legend and the Table switch. Colours come from the
theme's roles and no state is told by colour alone: bars of before are outlined and those of after filled, late
ones hatched, a median has round markers and a p90 square ones, and heat cells carry their number.
"""

from inbox.ui.charts.band import BandChart
from inbox.ui.charts.bars import BarChart
from inbox.ui.charts.data import (
    BandData,
    BarData,
    Bars,
    HeatData,
    Line,
    LineData,
    Look,
    Marker,
    Moment,
    Stretch,
)
from inbox.ui.charts.heat import HeatChart
from inbox.ui.charts.lines import LineChart

__all__ = [
    "BandChart",
    "BandData",
    "BarChart",
    "BarData",
    "Bars",
    "HeatChart",
    "HeatData",
    "Line",
    "LineChart",
    "LineData",
    "Look",
    "Marker",
    "Moment",
    "Stretch",
]
