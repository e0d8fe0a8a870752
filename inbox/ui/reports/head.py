"""The head of the reports page: which report, which wait, in which time, over which period."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inbox.model.report import REPORTS, Timing
from inbox.model.words import Metric
from inbox.ui.reports import words
from inbox.ui.reports.asked import DATES, LAST, LAST_MONTH, THIS_MONTH, TIMED, Asked
from inbox.ui.reports.choice import Choice
from inbox.ui.reports.dates import DatesPopup
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Pane, Segmented, column, row

WIDE_FROM, PAIRED_FROM = 930, 540


class ReportHead(Pane):
    """``changed`` carries the choices. Where there is little room the waits and times stand below."""

    changed = Signal(object)

    def __init__(self, asked: Asked, days: Callable[[Asked], tuple[date, date]], parent: QWidget | None = None) -> None:
        """``days`` gives the first and the last day of the period of some choices."""
        super().__init__("surface", "bottom", parent)
        self.asked = asked
        self._days = days
        self._lines = 0
        self.report = Choice(self.tr("Report"), "ghost", font="page")
        self.metrics = {each: Button(words.metric(each), "", "chip") for each in Metric}
        times = ((Timing.BUSINESS, self.tr("Business time")), (Timing.CALENDAR, self.tr("Calendar time")))
        self.timing = Segmented([(str(key), said, "") for key, said in times], self.tr("Time"))
        self.span = Choice(self.tr("Period"))
        self.dates = DatesPopup(self)
        self.export = row(gap=8)
        self._chips, self._times = QWidget(self), QWidget(self)
        self._build()
        self._connect()
        self.show_asked(asked)

    def show_asked(self, asked: Asked) -> None:
        """Shows other choices, silently."""
        self.asked = asked
        self.report.offer([(name, words.report(name)) for name in REPORTS], asked.report)
        for metric, chip in self.metrics.items():
            chip.setChecked(metric is asked.metric)
        self.timing.set_value(str(asked.timing))
        first, last = self._days(self.asked)
        keys = (*LAST, THIS_MONTH, LAST_MONTH, DATES)
        shown = words.days(first, last)
        self.span.offer([(key, words.period(key)) for key in keys], asked.span, shown)
        self._chips.setVisible(asked.report in TIMED)
        self._times.setVisible(asked.report == "response-times")
        self._arrange(again=True)

    def _build(self) -> None:
        self._head = row(gap=12)
        self._head.setContentsMargins(current().px(6), 0, current().px(12), 0)
        self._head.addStrut(current().px(56))
        self._head.addWidget(self.report)
        self._head.addStretch(1)
        self._head.addWidget(self.span)
        self._head.addLayout(self.export)
        chips = row(self._chips, gap=8)
        for chip in self.metrics.values():
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            chips.addWidget(chip)
        times = row(self._times)
        times.addWidget(self.timing)
        self._second, self._third = self._line(), self._line()
        box = column(self)
        for line in (self._head, self._second, self._third):
            box.addLayout(line)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _line(self) -> QHBoxLayout:
        line = row(gap=12)
        line.setContentsMargins(current().px(16), 0, current().px(12), 0)
        line.addStretch(1)
        return line

    def _connect(self) -> None:
        self.report.chosen.connect(self._report_chosen)
        self.timing.chosen.connect(self._timing_chosen)
        self.span.chosen.connect(self._span_chosen)
        self.dates.chosen.connect(self._dates_chosen)
        for metric, chip in self.metrics.items():
            chip.clicked.connect(partial(self._metric_chosen, metric))

    def _ask(self, asked: Asked) -> None:
        if asked != self.asked:
            self.show_asked(asked)
            self.changed.emit(asked)

    @Slot(str)
    def _report_chosen(self, name: str) -> None:
        # What customers said is told week by week.
        span = "7" if name == "digest" and self.asked.span in LAST else self.asked.span
        self._ask(replace(self.asked, report=name, span=span))

    @Slot(str)
    def _timing_chosen(self, timing: str) -> None:
        self._ask(replace(self.asked, timing=Timing(timing)))

    def _metric_chosen(self, metric: Metric) -> None:
        self._ask(replace(self.asked, metric=metric))

    @Slot(str)
    def _span_chosen(self, key: str) -> None:
        if key == DATES:
            first, last = self._days(self.asked)
            self.dates.ask(first, last, self.span.mapToGlobal(QPoint(0, self.span.height() + 2)))
        else:
            self._ask(replace(self.asked, span=key, first=None, last=None))

    @Slot(object, object)
    def _dates_chosen(self, first: date, last: date) -> None:
        self._ask(replace(self.asked, span=DATES, first=first, last=last))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of lines."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self, *, again: bool = False) -> None:
        """One line where all fits; else the waits and times below, each in a line of its own where it must be."""
        px = current().px
        lines = 1 if self.width() >= px(WIDE_FROM) else 2 if self.width() >= px(PAIRED_FROM) else 3
        if lines == self._lines and not again:
            return
        self._lines = lines
        for line in (self._head, self._second, self._third):
            line.removeWidget(self._chips)
            line.removeWidget(self._times)
        if lines == 1:
            at = self._head.indexOf(self.span)
            self._head.insertWidget(at, self._chips)
            self._head.insertWidget(at + 1, self._times)
        else:
            self._second.insertWidget(0, self._chips)
            where = self._second if lines == 2 else self._third  # noqa: PLR2004 - two lines
            where.insertWidget(1 if lines == 2 else 0, self._times)  # noqa: PLR2004 - two lines
        # Not isHidden(): before the first showing everything is hidden.
        chips, times = self.asked.report in TIMED, self.asked.report == "response-times"
        two = lines > 1 and (chips or (times and lines == 2))  # noqa: PLR2004 - two lines
        self._second.setContentsMargins(px(16), 0, px(12), px(10) if two else 0)
        self._third.setContentsMargins(px(16), 0, px(12), px(10) if lines == 3 and times else 0)  # noqa: PLR2004
