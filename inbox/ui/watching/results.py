"""What the settings would have done: figures, incidents by day, and the incidents one by one."""

from PySide6.QtCore import QDate, QLocale, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from inbox.ui.charts import BarChart, BarData, Bars, Look
from inbox.ui.theme import current
from inbox.ui.watching.campaignwords import tr
from inbox.ui.watching.found import Tried
from inbox.ui.watching.resultwords import figures, missed_row, would_row
from inbox.ui.widgets import Card, Label, Segmented, column, row
from inbox.ui.widgets.figures import Figures
from inbox.ui.widgets.rowlist import RowList
from inbox.ui.widgets.words import number

CHART_HEIGHT, SHOWN_ROWS, PER_ROW, LEAST_FIGURE, WORDS_FROM = 190, 8, 5, 170, 420
OPENED, MISSED = "opened", "missed"


class Results(QWidget):
    """``opened`` carries the number of an incident of the workspace."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_tried``."""
        super().__init__(parent)
        self._found: Tried | None = None
        self._short = False
        self.old = Label(tr("The settings were changed since. Try them again."), "meta", "soon", wrap=True)
        self.notes = Label("", "meta", "text2", wrap=True)
        self.days = BarChart(tr("Incidents by day"), tr("No incident would have been opened."))
        self.side = Segmented(((OPENED, "", "flame"), (MISSED, "", "eye-off")), tr("Show"))
        self.list = RowList(tr("Incidents"), lines=2)
        self.nothing = Label("", "base", "text3", wrap=True)
        self.figures = Figures(PER_ROW, LEAST_FIGURE)
        self._build()
        self.side.chosen.connect(self._fill)
        self.list.opened.connect(self._open)

    def show_tried(self, found: Tried) -> None:
        """Another play."""
        self._found = found
        self.old.hide()
        self.figures.show_cells(figures(found))
        self.notes.setText("\n".join(found.notes))
        self.notes.setVisible(bool(found.notes))
        self._show_days(found)
        self._name_sides(found)
        self.side.set_value(MISSED if found.wanted.missed and not found.wanted.opened else OPENED)
        self._fill()

    def is_old(self) -> None:
        """What stands here answers other settings."""
        self.old.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Figures in two rows where it is narrow."""
        super().resizeEvent(event)
        self.figures.fit(self.width())

    def fit(self, width: int) -> None:
        """Shorter words where only ``width`` pixels are seen."""
        short = width < current().px(WORDS_FROM)
        if short != self._short:
            self._short = short
            if self._found is not None:
                self._name_sides(self._found)

    def _name_sides(self, found: Tried) -> None:
        opened = tr("Opened (%1)") if self._short else tr("Would be opened (%1)")
        missed = tr("Missed (%1)") if self._short else tr("Would be missed (%1)")
        counts = (found.wanted.opened, len(found.wanted.missed))
        named = zip((OPENED, MISSED), (opened, missed), counts, strict=True)
        self.side.rename({key: words.replace("%1", number(count)) for key, words, count in named})

    def _show_days(self, found: Tried) -> None:
        titles = {1: tr("Incidents by day"), 7: tr("Incidents by week")}
        keys = {1: tr("Day"), 7: tr("Week from")}
        self.days.set_title(titles.get(found.step, tr("Incidents in four weeks each")))
        here, steps = QLocale(), found.steps()
        names = [here.toString(QDate(day.year, day.month, day.day), "d MMM") for day, _, _ in steps]
        bars = (
            Bars(tr("Settings in force"), [before for _, before, _ in steps], Look.BEFORE),
            Bars(tr("These settings"), [after for _, _, after in steps]),
        )
        about = tr("incidents that would have been opened")
        self.days.set_data(BarData(names, bars, about=about, key_name=keys.get(found.step, tr("From")), in_time=True))

    @Slot()
    def _fill(self) -> None:
        found = self._found
        if found is None:
            return
        if self.side.value() == MISSED:
            rows = [missed_row(each) for each in found.wanted.missed]
            nothing = tr("No incident that was confirmed would be missed.")
        else:
            rows = [would_row(each, place) for place, each in enumerate(found.wanted.incidents)]
            nothing = tr("No incident would have been opened.")
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.list.setFixedHeight(self.list.row_height * min(SHOWN_ROWS, max(1, len(rows))))
        self.nothing.setText(nothing)
        self.nothing.setVisible(not rows)

    @Slot(object)
    def _open(self, key: object) -> None:
        """Rows of incidents that the workspace never had lead nowhere."""
        if isinstance(key, int):
            self.opened.emit(key)

    def _build(self) -> None:
        box = column(self, gap=12)
        first, chart, last = Card(), Card(), Card()
        first.body.addWidget(self.old)
        first.body.addWidget(self.figures)
        first.body.addWidget(self.notes)
        self.days.setMinimumHeight(current().px(CHART_HEIGHT))
        chart.body.addWidget(self.days)
        line = row(gap=8)
        line.addWidget(self.side)
        line.addStretch(1)
        last.body.addLayout(line)
        last.body.addWidget(self.list)
        last.body.addWidget(self.nothing)
        for card in (first, chart, last):
            box.addWidget(card)
        box.addStretch(1)
        self.old.hide()
