"""What a run found: figures, charts of load and missed deadlines, and the threads that would differ."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from inbox.ui.backtest.differing import DifferingList
from inbox.ui.backtest.hours import HoursCard
from inbox.ui.backtest.outcome import Differing, Outcome
from inbox.ui.backtest.words import figure_cells, share_words
from inbox.ui.charts import BarChart, BarData, Bars, Line, LineChart, LineData, Look
from inbox.ui.charts.frame import Chart
from inbox.ui.theme import current
from inbox.ui.widgets import Card, EmptyState, Label, column, row
from inbox.ui.widgets.figures import Figures
from inbox.ui.widgets.words import counted, number

ABREAST = 860
"""From this width on two charts stand side by side."""
PER_ROW = 5
LEAST_FIGURE = 150
CHART_HEIGHT = 250


class Results(QScrollArea):
    """A column of cards. ``opened`` carries the number of a thread to show."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_outcome``."""
        super().__init__(parent)
        self._names: list[str] = []
        self._examples: tuple[Differing, ...] = ()
        self.figures = Figures(PER_ROW, LEAST_FIGURE)
        nothing = self.tr("No thread came in during this time.")
        self.areas = BarChart(self.tr("Threads by area"), nothing)
        self.missed = BarChart(self.tr("Deadlines missed"), self.tr("No deadline was missed, before or after."))
        self.hours = HoursCard()
        self.coverage = LineChart(self.tr("Coverage by threshold"), nothing)
        self.differing = DifferingList()
        self.differing.opened.connect(self.opened)
        self.same = EmptyState(self.tr("Every thread would go where it went."), icon="check")
        self.differing_about = Label("", "meta", "text3")
        self.notes = Label("", "meta", "text2", wrap=True)
        self._pair = row(gap=12)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Result of the backtest"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._column())

    def show_outcome(self, found: Outcome) -> None:
        """Another run's figures."""
        self._names = [each.area for each in found.areas]
        self.figures.show_cells(figure_cells(found))
        names = [each.area + (f" ({self.tr('deleted')})" if each.gone else "") for each in found.areas]
        was, becomes = self.tr("As it was"), self.tr("With the change")
        area = self.tr("Area")
        before, after = [each.before for each in found.areas], [each.after for each in found.areas]
        threads = counted("%n thread(s)", found.threads, "backtest").replace(str(found.threads), number(found.threads))
        self.areas.set_data(
            BarData(names, (Bars(was, before, Look.BEFORE), Bars(becomes, after)), about=threads, key_name=area)
        )
        self._show_missed(found, names)
        self.hours.show_outcome(found)
        self._show_coverage(found)
        self._examples = found.examples
        self.differing.show_threads(found.examples)
        self.differing.setVisible(bool(found.examples))
        self.same.setVisible(not found.examples)
        shown = len(found.examples)
        newest = self.tr("the newest %1 of %2").replace("%1", number(shown)).replace("%2", number(found.moved))
        self.differing_about.setText(newest if shown < found.moved else number(found.moved) if shown else "")
        self.notes.setText("\n".join(found.notes))
        self.notes.setVisible(bool(found.notes))
        self.verticalScrollBar().setValue(0)

    def area_at(self, place: int) -> str:
        """The area of a bar."""
        return self._names[place]

    def go_to_area(self, name: str) -> None:
        """Chooses the first listed thread that would leave or come to an area."""
        rows = self._examples
        at = next((at for at, each in enumerate(rows) if name in {each.before, each.after}), None)
        if at is not None:
            self.differing.choose(rows[at].thread)
            self.differing.setFocus()
            self.ensureWidgetVisible(self.differing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Charts side by side where there is room."""
        super().resizeEvent(event)
        beside = self.viewport().width() >= current().px(ABREAST)
        ways = QBoxLayout.Direction
        self._pair.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self.figures.fit(self.viewport().width())

    def _show_missed(self, found: Outcome, names: list[str]) -> None:
        known = [(name, each) for name, each in zip(names, found.areas, strict=True) if each.missed_before is not None]
        told = [(name, each) for name, each in known if each.missed_before or each.missed_after]
        bars = [Bars(self.tr("As it was"), [each.missed_before for _, each in told], Look.BEFORE)]
        if found.missed_after is not None:
            bars.append(Bars(self.tr("With the change"), [each.missed_after for _, each in told], Look.LATE))
        unknown = found.notes[-1] if found.missed_before is None and found.notes else ""
        self.missed.empty.say(unknown or self.tr("No deadline was missed, before or after."), icon="check")
        self.missed.set_data(BarData([name for name, _ in told], bars, key_name=self.tr("Area")))

    def _show_coverage(self, found: Outcome) -> None:
        places = [f"{at:.0%}" for at, _ in found.coverage]
        line = Line(self.tr("Get an area"), [share for _, share in found.coverage])
        about = self.tr("share of threads that nobody has to sort, by the threshold of the learned area")
        self.coverage.set_data(
            LineData(
                places, (line,), about=about, place_name=self.tr("Threshold"), high=1.0, shown=share_words
            )
        )  # fmt: skip

    def _column(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("ground", "window")
        box = column(inside, margins=(16, 12, 16, 16), gap=12)
        first = Card()
        first.body.addWidget(self.figures)
        box.addWidget(first)
        box.addWidget(self.notes)
        for chart in (self.areas, self.missed):
            self._pair.addWidget(_card(chart), 1)
        box.addLayout(self._pair)
        box.addWidget(self.hours)
        box.addWidget(_card(self.coverage))
        box.addWidget(self._differing())
        box.addStretch(1)
        return inside

    def _differing(self) -> Card:
        card = Card()
        head = row(gap=8)
        head.addWidget(Label(self.tr("Threads that would differ"), "name"))
        head.addWidget(self.differing_about, 1)
        card.body.addLayout(head)
        card.body.addWidget(self.differing)
        card.body.addWidget(self.same)
        return card


def _card(chart: Chart) -> Card:
    card = Card()
    chart.setMinimumHeight(current().px(CHART_HEIGHT))
    card.body.addWidget(chart)
    return card
