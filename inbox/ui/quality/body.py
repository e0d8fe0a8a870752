"""All figures of the quality page under each other, two side by side where there is room."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from inbox.model.ids import ThreadId
from inbox.ui.charts import BarChart, LineChart
from inbox.ui.quality import pictures, words
from inbox.ui.quality.parts import Figure, FigureTable
from inbox.ui.quality.suggested import Suggested
from inbox.ui.theme import current
from inbox.ui.widgets import Card, Label, column, row
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from datetime import datetime

    from inbox.flow.quality import Quality
    from inbox.flow.quality.suggest import Suggestion

TWO_FROM, FOUR_FROM, CHART = 940, 620, 264


class Body(QWidget):
    """``threads_wanted`` carries a title and the threads behind a figure."""

    threads_wanted = Signal(str, object)
    rule_wanted = Signal(object)
    dismissed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_quality``."""
        super().__init__(parent)
        self._found: Quality | None = None
        self._columns = (0, 0)
        self.kept = Figure(self.tr("Accuracy"))
        self.left = Figure(self.tr("Left to a person"))
        self.error = Figure(self.tr("Calibration error"))
        self.corrections = Figure(self.tr("Corrections"))
        self.figures = (self.kept, self.left, self.error, self.corrections)
        self.definition = Label("", "meta", "text3", wrap=True)
        self.suggested = Suggested()
        self.over_time = LineChart(self.tr("Over time"), self.tr("Nothing was placed in this time."))
        self.by_area = BarChart(self.tr("By area"), self.tr("Nothing was put into an area in this time."))
        nobody = self.tr("The learned area chose nothing in this time.")
        self.calibration = BarChart(self.tr("How sure the learned area was, and how often right"), nobody)
        self.confusions = FigureTable(
            self.tr("Mistakes that cost most"),
            (
                self.tr("Put into"),
                self.tr("Belongs to"),
                self.tr("Threads"),
                self.tr("Time lost"),
                self.tr("Deadlines missed"),
            ),
            named=2,
        )
        self.steps = FigureTable(self.tr("By step"), (self.tr("What chose"), self.tr("Threads"), self.tr("Stayed")))
        headings = (self.tr("Version"), self.tr("Learnt"), self.tr("Threads"), self.tr("Accuracy"))
        more = (self.tr("Macro F1"), self.tr("Calibration error"), self.tr("State"))
        self.models = FigureTable(self.tr("The learned area"), (*headings, *more))
        self.said = Label("", "meta", "text2", wrap=True)
        self._build()
        self._connect()

    def _build(self) -> None:
        box = column(self, margins=(16, 16, 16, 24), gap=16)
        self._strip = QGridLayout()
        self._strip.setSpacing(current().px(12))
        box.addLayout(self._strip)
        box.addWidget(self.definition)
        box.addWidget(self.suggested)
        for chart in (self.over_time, self.by_area, self.calibration):
            chart.setMinimumHeight(current().px(CHART))
        self._grid = QGridLayout()
        self._grid.setSpacing(current().px(16))
        box.addLayout(self._grid)
        self._time_card = _held(self.over_time)
        self._pairs = (
            (_held(self.by_area), _held(self.calibration)),
            (_titled(self.confusions), _titled(self.steps)),
        )
        self._models_card = _titled(self.models, self.said)
        box.addStretch(1)
        self._lay(2, 4)

    def _connect(self) -> None:
        self.kept.clicked.connect(self._open_kept)
        self.left.clicked.connect(self._open_left)
        self.error.clicked.connect(self._open_error)
        self.corrections.clicked.connect(self._open_corrections)
        self.over_time.picked.connect(self._open_period)
        self.by_area.picked.connect(self._open_area)
        self.calibration.picked.connect(self._open_bin)
        self.suggested.rule_wanted.connect(self.rule_wanted)
        self.suggested.threads_wanted.connect(self._open_suggestion)
        self.suggested.dismissed.connect(self.dismissed)
        self.confusions.opened.connect(self._open_confusion)
        self.steps.opened.connect(self._open_step)

    def show_quality(self, found: "Quality", now: "datetime") -> None:
        """Other figures."""
        self._found = found
        self.kept.say(words.percent(found.kept.value), words.of(found.kept, self.tr("%1 of %2 stayed")))
        share = found.placed.value
        n = found.placed.n - found.placed.right
        about = self.tr("%1 of %2 threads").replace("%1", number(n)).replace("%2", number(found.placed.n))
        self.left.say(words.percent(None if share is None else 1 - share), about)
        guessed = sum(each.right.n for each in found.calibration.bins)
        nothing = self.tr("The learned area chose nothing.")
        about = counted("of %n thread(s); 0 is perfect", guessed, "quality") if guessed else nothing
        self.error.say(words.error(found.calibration.error), about)
        self.corrections.say(number(sum(found.corrections.values())), words.corrections(found.corrections))
        self.definition.setText(self._definition(found))
        self.suggested.show_suggestions(found.suggestions)
        self.over_time.set_data(pictures.over_time(found))
        self.by_area.set_data(pictures.by_area(found))
        self.calibration.set_data(pictures.calibration(found))
        self._fill_tables(found, now)

    def _definition(self, found: "Quality") -> str:
        said = self.tr(
            "Accuracy: of the threads that the routing put into an area, the share that nobody moved to another."
        )
        if found.capped:
            most = self.tr("Of this time the newest %1 threads are looked at.")
            said = f"{said} {most.replace('%1', number(found.placed.n))}"
        return said

    def _fill_tables(self, found: "Quality", now: "datetime") -> None:
        self.confusions.fill(
            [
                (each.put, each.belongs, number(each.n), words.waited(each.waited), number(each.missed))
                for each in found.confusions[:10]
            ]
        )
        self.steps.fill(
            [(words.step(each), number(each.kept.n), words.percent(each.kept.value)) for each in found.steps]
        )
        self.models.fill([words.model_row(each, now) for each in found.models])
        newest = found.models[0].sentence if found.models else ""
        self.said.setText(newest or self.tr("Nothing was learnt yet: there are too few threads that people sorted."))
        self.models.setVisible(bool(found.models))

    # -- the threads behind

    def _open(self, title: str, threads: Sequence[ThreadId]) -> None:
        self.threads_wanted.emit(title, tuple(threads))

    def _open_kept(self) -> None:
        if self._found is not None:
            self._open(self.tr("Moved to another area"), self._found.kept.against)

    def _open_left(self) -> None:
        if self._found is not None:
            self._open(self.tr("Left to a person"), self._found.placed.against)

    def _open_error(self) -> None:
        if self._found is not None:
            wrong = [each for bin_ in self._found.calibration.bins for each in bin_.right.against]
            self._open(self.tr("The learned area was wrong"), wrong[:100])

    def _open_corrections(self) -> None:
        if self._found is not None:
            self._open(self.tr("Corrected"), self._found.corrected)

    def _open_period(self, series: int, place: int) -> None:
        if self._found is not None:
            each = self._found.periods[place]
            title = words.period(each.begin, self._found.step)
            self._open(title, each.kept.threads if series == 0 else each.placed.against)

    def _open_area(self, series: int, place: int) -> None:
        if self._found is not None:
            each = self._found.areas[place]
            title = self.tr("Put into %1") if series == 0 else self.tr("Belong to %1")
            self._open(title.replace("%1", each.area), (each.kept if series == 0 else each.found).threads)

    def _open_bin(self, _series: int, place: int) -> None:
        if self._found is not None:
            each = self._found.calibration.bins[place]
            title = self.tr("Said %1").replace("%1", words.bin_name(each.low, each.high))
            self._open(title, each.right.threads)

    def _open_confusion(self, line: int) -> None:
        if self._found is not None:
            self._open(words.confused(self._found.confusions[line]), self._found.confusions[line].threads)

    def _open_step(self, line: int) -> None:
        if self._found is not None:
            self._open(words.step(self._found.steps[line]), self._found.steps[line].kept.threads)

    def _open_suggestion(self, suggestion: "Suggestion") -> None:
        self._open(f"“{suggestion.words}”", suggestion.threads)

    # -- size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folds as the page narrows."""
        super().resizeEvent(event)
        width, px = event.size().width(), current().px
        self._lay(2 if width >= px(TWO_FROM) else 1, 4 if width >= px(FOUR_FROM) else 2)

    def _lay(self, columns: int, figures: int) -> None:
        if (columns, figures) == self._columns:
            return
        self._columns = (columns, figures)
        for at, figure in enumerate(self.figures):
            self._strip.addWidget(figure, at // figures, at % figures)
        self._grid.addWidget(self._time_card, 0, 0, 1, columns)
        line = 1
        for pair in self._pairs:
            for at, card in enumerate(pair):
                self._grid.addWidget(card, line + (at if columns == 1 else 0), at if columns > 1 else 0)
            line += 1 if columns > 1 else 2
        self._grid.addWidget(self._models_card, line, 0, 1, columns)
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)


def _held(chart: QWidget) -> Card:
    """A chart in its card."""
    card = Card()
    card.body.addWidget(chart)
    return card


def _titled(table: FigureTable, *more: QWidget) -> Card:
    """A table in its card, under its name."""
    card = Card()
    head = row()
    head.addWidget(Label(table.accessibleName(), "name"))
    head.addStretch(1)
    card.body.addLayout(head)
    card.body.addWidget(table)
    for part in more:
        card.body.addWidget(part)
    card.body.addStretch(1)
    return card
