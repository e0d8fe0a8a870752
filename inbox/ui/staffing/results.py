"""What was worked out: shares now and then, the week, one day of it, and what the figures rest on."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from inbox.ui.charts import BarChart, BarData, Bars, Look
from inbox.ui.staffing.found import DAYS, Found
from inbox.ui.staffing.week import HOURS, WeekChart, day_name
from inbox.ui.theme import current
from inbox.ui.widgets import Card, Label, Segmented, column, row
from inbox.ui.widgets.figures import Cell, Figures
from inbox.ui.widgets.words import counted, number

PER_ROW, LEAST_FIGURE = 4, 180
WEEK_HEIGHT, DAY_HEIGHT = 300, 220


class Results(QScrollArea):
    """A column of cards; the figures stand in two rows where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_found``."""
        super().__init__(parent)
        self._found: Found | None = None
        self.definition = Label("", "base", "text2", wrap=True)
        self.notes = Label("", "meta", "text2", wrap=True)
        self.week = WeekChart()
        self.day = BarChart("", self.tr("Nobody is needed, and nobody is there."))
        self.days = Segmented([(day, day_name(at, short=True), "") for at, day in enumerate(DAYS)], self.tr("Day"))
        self._figures = Figures(PER_ROW, LEAST_FIGURE)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Staffing that was worked out"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._column())
        self.week.picked.connect(self._picked)
        self.days.chosen.connect(self._day_chosen)

    def show_found(self, found: Found) -> None:
        """Another answer; the day with the worst gap, else the busiest, stands below."""
        self._found = found
        self.definition.setText(found.definition)
        self.notes.setText("\n".join(found.notes))
        self.notes.setVisible(bool(found.notes))
        self._figures.show_cells(self._said(found))
        self.week.show_week(found)
        self.days.set_value(DAYS[_worst_day(found)])
        self._day_chosen(self.days.value())
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Figures in two rows where it is narrow."""
        super().resizeEvent(event)
        self._figures.fit(self.viewport().width())

    def _said(self, found: Found) -> tuple[Cell, ...]:
        goal = self.tr("target %1").replace("%1", _share(found.target_share))
        now, then = found.share_now, found.share_with_needed
        kept = now is not None and now >= found.target_share
        gap = found.short_hours
        short = self.tr("of the week have fewer than they need") if gap else self.tr("every hour has whom it needs")
        hours = self.tr("shifts give %1").replace("%1", _hours(found.shift_hours))
        return (
            Cell(self.tr("In time with the people on shift"), _share(now), goal, "ok" if kept else "late"),
            Cell(self.tr("In time with those needed"), _share(then), goal, "text3"),
            Cell(self.tr("Hours short"), number(gap), short, "late" if gap else "ok"),
            Cell(self.tr("Work a week"), _hours(found.needed_hours), hours, "text3"),
        )

    @Slot(int, int)
    def _picked(self, day: int, _hour: int) -> None:
        self.days.set_value(DAYS[day])
        self._day_chosen(DAYS[day])

    @Slot(str)
    def _day_chosen(self, day: str) -> None:
        if self._found is None:
            return
        at = DAYS.index(day)
        hours = self._found.week[at]
        self.day.set_title(day_name(at))
        needed = Bars(self.tr("Needed"), [hour.needed for hour in hours])
        there = Bars(self.tr("On shift"), [round(hour.on_shift, 1) for hour in hours], Look.BEFORE)
        key = self.tr("Hour")
        self.day.set_data(BarData(HOURS, (needed, there), about=self.tr("people"), key_name=key, in_time=True))

    def _column(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("ground", "window")
        box = column(inside, margins=(16, 12, 16, 16), gap=12)
        first = Card()
        first.body.addWidget(self._figures)
        first.body.addWidget(self.definition)
        first.body.addWidget(self.notes)
        week, day = Card(), Card()
        self.week.setMinimumHeight(current().px(WEEK_HEIGHT))
        self.day.setMinimumHeight(current().px(DAY_HEIGHT))
        week.body.addWidget(self.week)
        line = row(gap=8)
        line.addWidget(self.days)
        line.addStretch(1)
        day.body.addLayout(line)
        day.body.addWidget(self.day)
        for card in (first, week, day):
            box.addWidget(card)
        box.addStretch(1)
        return inside


def _worst_day(found: Found) -> int:
    """The day that is short of most people, else the one that needs most."""

    def weight(day: int) -> tuple[float, int]:
        hours = found.week[day]
        return sum(max(0.0, hour.needed - hour.on_shift) for hour in hours), sum(hour.needed for hour in hours)

    return max(range(len(DAYS)), key=lambda day: (*weight(day), -day))


def _share(share: float | None) -> str:
    """A share in whole percent, rounded down so that 100% means all; a dash where it is not known."""
    return "\N{EN DASH}" if share is None else f"{int(share * 100 + 1e-9)}%"


def _hours(hours: float) -> str:
    return counted("%n hour(s)", round(hours), "staffing").replace(str(round(hours)), number(round(hours)), 1)
