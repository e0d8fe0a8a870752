"""The load of each area by hour of the day: with the change, as it was, or the difference."""

from itertools import pairwise

from PySide6.QtCore import Slot

from inbox.ui.backtest.outcome import Outcome
from inbox.ui.charts import HeatChart, HeatData
from inbox.ui.charts.data import Shown, Value, plain
from inbox.ui.theme import current
from inbox.ui.widgets import Card, Segmented, row
from inbox.ui.widgets.words import number

HOURS = tuple(f"{hour:02}" for hour in range(24))
AFTER, BEFORE, CHANGE = "after", "before", "change"
HEIGHT = 250


class HoursCard(Card):
    """A heat chart whose cells always read out both figures, whichever is drawn."""

    def __init__(self) -> None:
        """Empty until ``show_outcome``."""
        super().__init__()
        self._names: list[str] = []
        self._loads: dict[tuple[str, int], tuple[int, int]] = {}
        options = (
            (AFTER, self.tr("With the change"), ""),
            (BEFORE, self.tr("As it was"), ""),
            (CHANGE, self.tr("Difference"), ""),
        )
        self.kind = Segmented(options, self.tr("Load to show"))
        self.chart = HeatChart(self.tr("Load by hour"), self.tr("Nothing differs at any hour."))
        self.chart.setMinimumHeight(current().px(HEIGHT))
        line = row(gap=8)
        line.addWidget(self.kind)
        line.addStretch(1)
        self.body.addWidget(self.chart)
        self.body.addLayout(line)
        self.kind.chosen.connect(self._draw)

    def show_outcome(self, found: Outcome) -> None:
        """Another run's hours."""
        self._names = list(dict.fromkeys([*(each.area for each in found.areas), *(area for area, *_ in found.hours)]))
        self._loads = {(area, hour): (before, after) for area, hour, before, after in found.hours}
        self._draw()

    @Slot()
    def _draw(self) -> None:
        kind = self.kind.value()
        abouts = {
            AFTER: self.tr("threads with the change, by the hour they came in"),
            BEFORE: self.tr("threads as it was, by the hour they came in"),
            CHANGE: self.tr("threads more or fewer with the change, by the hour they came in"),
        }
        clock = [f"{hour:02}:00" for hour in (*range(24), 0)]
        shown: Shown = _signed if kind == CHANGE else plain
        self.chart.set_data(
            HeatData(
                self._names,
                HOURS,
                [[self._value(kind, name, hour) for hour in range(24)] for name in self._names],
                about=abouts[kind],
                row_name=self.tr("Area"),
                unit=self.tr("threads"),
                spoken=[self.tr("%1 to %2").replace("%1", begin).replace("%2", end) for begin, end in pairwise(clock)],
                shown=shown,
                read=self._read,
            )
        )

    def _value(self, kind: str, area: str, hour: int) -> Value:
        """None where there is nothing to show."""
        before, after = self._loads.get((area, hour), (0, 0))
        value = {AFTER: after, BEFORE: before, CHANGE: after - before}[kind]
        return value or None

    def _read(self, line: int, hour: int) -> str:
        before, after = self._loads.get((self._names[line], hour), (0, 0))
        words = self.tr("As it was %1, with the change %2")
        return words.replace("%1", number(before)).replace("%2", number(after))


def _signed(value: float) -> str:
    return f"{value:+.0f}"
