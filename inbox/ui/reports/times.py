"""The body of the response times: figures, trend, distribution, hours of the week, and the rows by group."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from inbox.model.report import Shape
from inbox.model.words import Metric
from inbox.ui.charts import BarChart, HeatChart, LineChart
from inbox.ui.reports import pictures, words
from inbox.ui.reports.parts import Part, held
from inbox.ui.reports.strip import Strip
from inbox.ui.reports.tablecard import TableCard
from inbox.ui.theme import current
from inbox.ui.widgets import column

if TYPE_CHECKING:
    from inbox.ui.reports.reading import Found

TWO_FROM: Final = 860
CHART, HEAT = 226, 330


class TimesBody(QWidget):
    """``behind`` carries a ``Part``: whose threads are wanted."""

    behind = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_found``."""
        super().__init__(parent)
        self._found: Found | None = None
        self._columns = 0
        none = self.tr("No wait began in this time.")
        self.strip = Strip(self.tr("Figures"), 5)
        self.trend = LineChart(self.tr("Trend"), none)
        self.distribution = BarChart(self.tr("Distribution"), none)
        self.week = HeatChart(self.tr("Hour of the week"), self.tr("No hour of the week has three waits."))
        self.rows = TableCard()
        for chart, height in ((self.trend, CHART), (self.distribution, CHART), (self.week, HEAT)):
            chart.setMinimumHeight(current().px(height))
        box = column(self, margins=(16, 12, 16, 24), gap=12)
        box.addWidget(self.strip)
        self._grid = QGridLayout()
        self._grid.setSpacing(current().px(12))
        box.addLayout(self._grid)
        self._cards = held(self.trend), held(self.distribution)
        for part in (held(self.week), self.rows):
            box.addWidget(part)
        box.addStretch(1)
        self._lay(2)
        self.strip.opened.connect(self._figure)
        self.trend.picked.connect(self._day)
        self.distribution.picked.connect(self._step)
        self.week.picked.connect(self._hour)
        self.rows.table.opened.connect(self._cell)

    def show_found(self, found: "Found") -> None:
        """Other figures."""
        self._found = found
        shape = found.shape
        if shape is None:
            return
        self._fill_strip(shape, found.asked.metric, found.kept_before)
        self.trend.set_data(pictures.trend(shape))
        name = words.metric(found.asked.metric).lower()
        self.distribution.set_data(pictures.distribution(shape, self.tr("waits by %1 time").replace("%1", name)))
        self.week.set_data(pictures.week(shape))
        self.rows.show_table(found.table, found.asked.by, grouped=True)

    def _fill_strip(self, shape: Shape, metric: Metric, kept_before: float | None) -> None:
        now, was = shape.total, shape.before
        counted = {
            Metric.FIRST: self.tr("answered threads"),
            Metric.NEXT: self.tr("answered waits"),
            Metric.RESOLUTION: self.tr("closed threads"),
        }[metric]
        n = now.n if now else 0
        figures = self.strip.figures
        figures[0].say("n", words.plain(n), words.more(n, was.n if was else None), counted)
        names = (self.tr("Mean"), self.tr("Median"), "p90")
        parts = ("mean_minutes", "median_minutes", "p90_minutes")
        for figure, name, part in zip(figures[1:4], names, parts, strict=True):
            value = getattr(now, part) if now else None
            shift = words.shorter(value, getattr(was, part) if was else None) if value is not None else words.Shift("")
            figure.say(name, words.NONE if value is None else words.length(value), shift)
        due = shape.met + shape.breached
        kept = shape.met / due if due else None
        of = self.tr("%1 of %2").replace("%1", words.plain(shape.met)).replace("%2", words.plain(due))
        figures[4].say(self.tr("Within target"), words.share(kept), words.better(kept, kept_before), of if due else "")
        self.strip.fit()

    # -- the threads behind

    @Slot(int)
    def _figure(self, at: int) -> None:
        """All waits, the longest first; behind the share those that were late."""
        if at == len(self.strip.figures) - 1:
            self.behind.emit(Part(self.tr("Late"), report="sla", column="breached"))
        else:
            self.behind.emit(Part(self.tr("Longest waits")))

    @Slot(int, int)
    def _day(self, _line: int, at: int) -> None:
        if self._found is not None and self._found.shape is not None:
            day = self._found.shape.days[at][0]
            self.behind.emit(Part(words.day(day), day=day))

    @Slot(int, int)
    def _step(self, _bars: int, at: int) -> None:
        if self._found is not None and self._found.shape is not None:
            step = pictures.kept_steps(self._found.shape)[at]
            self.behind.emit(Part(pictures.step_name(self._found.shape, at), step=step))

    @Slot(int, int)
    def _hour(self, day: int, hour: int) -> None:
        self.behind.emit(Part(pictures.cell_name((day, hour)), hour=(day, hour)))

    @Slot(str, str)
    def _cell(self, key: str, column_key: str) -> None:
        self.behind.emit(Part(key, key=key, column=column_key or None))

    # -- size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Trend and distribution stand beside each other where there is room."""
        super().resizeEvent(event)
        self._lay(2 if event.size().width() >= current().px(TWO_FROM) else 1)

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
        self._grid.setColumnStretch(0, 19)
        self._grid.setColumnStretch(1, 14 if columns > 1 else 0)
