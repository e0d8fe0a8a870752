"""Tries the calendar: what a target from a time would be due, and the sum of open hours that leads there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QTime, QTimer, QTimeZone, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from inbox.model.workspace import Calendar
from inbox.ui.calendars import typed
from inbox.ui.calendars.datefields import MomentField
from inbox.ui.calendars.says import day_words, exactly, tr
from inbox.ui.calendars.zonefield import local_time
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Card, Label, LineEdit, column, row

LINES = 5
WAIT_MS = 120
ONE_LINE_FROM = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """``due`` None is more than ten years away; ``spans`` add up to the target."""

    due: datetime | None = None
    spans: tuple[tuple[datetime, datetime], ...] = ()
    refusal: str = ""


def ask(calendar: Calendar, start: datetime, target: timedelta) -> Answer:
    """By the same code as the clocks. Not for the GUI thread."""
    from inbox.sla.calendar import due, open_spans
    from inbox.sla.hours import CalendarRefused

    try:
        ends = due(calendar, start, target)
        return Answer(ends, () if ends is None else tuple(open_spans(calendar, start, ends)))
    except CalendarRefused as error:
        return Answer(refusal=str(error))


class TestCard(QWidget):
    """Follows the calendar on screen, saved or not."""

    __test__ = False
    answered = Signal()

    def __init__(self, context: Context) -> None:
        """Four hours from now."""
        super().__init__()
        self._context = context
        self._calendar: Calendar | None = None
        self._follows_now = True
        self.target = LineEdit(self.tr("Target"), self.tr("4 h"))
        self.target.setText("4 h")
        self.start = MomentField(self.tr("From, in the calendar's time zone"))
        self.now = Button(self.tr("Now"), "clock", "ghost")
        self.result = Label("", "name", wrap=True)
        self.sum = Label("", "meta", "text2", wrap=True)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._build()
        self.target.textEdited.connect(self._wait.start)
        self.start.dateTimeChanged.connect(self._chosen)
        self.now.clicked.connect(self._to_now)
        self._wait.timeout.connect(self._ask)

    def _build(self) -> None:
        card = Card("sunken")
        first, last = row(gap=8), row(gap=8)
        first.addWidget(Label(self.tr("A target of"), "base", "text2"))
        self.target.setFixedWidth(current().px(84))
        first.addWidget(self.target)
        first.addWidget(Label(self.tr("from"), "base", "text2"))
        self.start.setMinimumWidth(current().px(176))
        last.addWidget(self.start)
        last.addWidget(self.now)
        last.addStretch(1)
        self._lines.setSpacing(current().px(8))
        self._lines.addLayout(first)
        self._lines.addLayout(last, 1)
        card.body.addLayout(self._lines)
        card.body.addWidget(self.result)
        card.body.addWidget(self.sum)
        box = column(self, gap=8)
        box.addWidget(Label(self.tr("What would be due when"), "name"))
        box.addWidget(card)

    def arrange(self, width: int) -> None:
        """For so many pixels at 100%."""
        wide = width >= ONE_LINE_FROM
        self._lines.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    @property
    def busy(self) -> bool:
        """Whether a question waits to be asked."""
        return self._wait.isActive()

    def show_calendar(self, calendar: Calendar) -> None:
        """Another calendar, or the same after a change."""
        self._calendar = calendar
        if self._follows_now:
            self._set_now()
        self._wait.start()

    def tick(self) -> None:
        """Time went on."""
        if self._follows_now and self._calendar is not None:
            self._set_now()
            self._wait.start()

    @Slot()
    def _to_now(self) -> None:
        self._follows_now = True
        self._set_now()
        self._wait.start()

    @Slot()
    def _chosen(self) -> None:
        self._follows_now = False
        self._wait.start()

    def _set_now(self) -> None:
        local = None if self._calendar is None else local_time(self._calendar.time_zone, self._context.now())
        if local is None:
            return
        held = self.start.blockSignals(True)
        date, time = QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)
        self.start.setDateTime(QDateTime(date, time, QTimeZone(QTimeZone.Initialization.UTC)))
        self.start.blockSignals(held)

    @Slot()
    def _ask(self) -> None:
        calendar, target = self._calendar, typed.length(self.target.text())
        if calendar is None:
            return
        self.target.set_wrong(wrong=target is None)
        if target is None:
            self._show(tr("Give the target like 30 min, 4 h or 2 d."), "", "late")
            return
        local = local_time(calendar.time_zone, self._context.now())
        if local is None or not isinstance(local.tzinfo, ZoneInfo):
            self._show(tr("Give the calendar a time zone first."), "", "text2")
            return
        shown, here = self.start.dateTime(), local.tzinfo
        date, time = shown.date(), shown.time()
        start = datetime(date.year(), date.month(), date.day(), time.hour(), time.minute(), tzinfo=here)
        length = target

        def arrived(answer: Answer) -> None:
            self._answer(answer, length, here)

        self._context.lanes.run(lambda: ask(calendar, start, length), arrived, key=("due", id(self)))

    def _answer(self, answer: Answer, target: timedelta, here: ZoneInfo) -> None:
        if answer.refusal:
            self._show(answer.refusal, "", "late")
        elif answer.due is None:
            self._show(tr("There is no deadline: it would be more than 10 years away."), "", "text")
        else:
            due = answer.due.astimezone(here)
            words = tr("Due %day at %time", day=day_words(due.date()), time=_clock(due))
            self._show(words, "\n".join(lines(answer.spans, target, here)), "text")
        self.answered.emit()

    def _show(self, result: str, total: str, tone: str) -> None:
        self.result.setText(result)
        self.result.set_tone(tone)
        self.sum.setText(total)
        self.sum.setVisible(bool(total))


def lines(spans: Sequence[tuple[datetime, datetime]], target: timedelta, here: ZoneInfo) -> list[str]:
    """The sum: a line an open interval, the middle ones of many left out."""
    shown = [_line(start.astimezone(here), end.astimezone(here), end - start) for start, end in spans]
    if len(shown) > LINES:
        left_out = spans[LINES - 2 : -1]
        length = sum((end - start for start, end in left_out), timedelta(0))
        middle = tr("%n more open times: %length", n=str(len(left_out)), length=exactly(length))
        shown = [*shown[: LINES - 2], middle, shown[-1]]
    if len(spans) > 1:
        shown.append(tr("Together %length", length=exactly(target)))
    return shown


def _line(start: datetime, end: datetime, length: timedelta) -> str:
    until = _clock(end) if end.date() == start.date() else f"{day_words(end.date(), year=False)} {_clock(end)}"
    words = tr("%day %start to %end", day=day_words(start.date(), year=False), start=_clock(start), end=until)
    return f"{words}: {exactly(length)}"


def _clock(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
