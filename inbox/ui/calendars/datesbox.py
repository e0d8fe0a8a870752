"""Holidays and dates: whose public holidays, what comes next, dates of our own, and those of iCal files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.people import Interval
from inbox.model.workspace import Calendar
from inbox.ui.calendars.datebar import DateBar
from inbox.ui.calendars.datelist import ROW, DatesView
from inbox.ui.calendars.datemodel import DateKind, DateRow, coming, imported, own
from inbox.ui.calendars.draft import forgotten, switched, with_closed, with_open, without
from inbox.ui.calendars.holidayfields import HolidayFields
from inbox.ui.calendars.importing import Brought, bring, choose_file, why_not
from inbox.ui.calendars.reading import LISTED, Day
from inbox.ui.calendars.says import day_words, tr
from inbox.ui.calendars.week import Span, interval_of, intervals
from inbox.ui.calendars.zonefield import local_time
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Card, Label, Segmented, column, row

TALLEST = 8
ORDINARY = (interval_of(Span(9 * 60, 17 * 60)),)


class DatesBox(QWidget):
    """``changed`` carries the calendar with other dates; ``undoable`` a sentence and the calendar before."""

    changed = Signal(object)
    undoable = Signal(str, object)

    def __init__(self, context: Context) -> None:
        """Of an empty calendar."""
        super().__init__()
        self._context = context
        self.calendar = Calendar("")
        self._days: Sequence[Day] = ()
        self.holidays = HolidayFields(context)
        self.tabs = Segmented((("next", "", ""), ("own", "", ""), ("imported", "", "")), self.tr("Show"))
        self.list = DatesView()
        self.bar = DateBar()
        self.add = Button(self.tr("Add a date"), "plus")
        self.bring = Button(self.tr("Import iCal"), "download")
        self.forget = Button(self.tr("Forget imported"), "trash", "ghost")
        self.alone = Button(self.tr("Keep the dates of this file alone"), kind="link")
        self._brought: Brought | None = None
        self.said = Label("", "meta", "text2", wrap=True)
        self.error = Label("", "meta", "late", wrap=True)
        self._build()
        self._connect()

    def _build(self) -> None:
        box = column(self, gap=8)
        box.addWidget(Label(self.tr("Holidays and dates"), "name"))
        box.addWidget(self.holidays)
        box.addSpacing(current().px(4))
        box.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeading)
        card = Card("true")
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self.list)
        box.addWidget(card, 1)
        words = self.tr("Enter opens a holiday or edits a date, Space switches an imported one, Del removes.")
        keys = Label(words, "meta", "text3", wrap=True)
        for part in (keys, self.error, self.said):
            box.addWidget(part)
        box.addWidget(self.alone, 0, Qt.AlignmentFlag.AlignLeading)
        box.addWidget(self.bar)
        tools = row(gap=8)
        for button in (self.add, self.bring, self.forget):
            tools.addWidget(button)
        tools.addStretch(1)
        box.addLayout(tools)
        for hidden in (self.error, self.said, self.alone):
            hidden.hide()
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.holidays.changed.connect(self._holidays_chosen)
        self.tabs.chosen.connect(self._fill)
        self.list.switched.connect(self._switch)
        self.list.edited.connect(self._edit)
        self.list.removed.connect(self._remove)
        self.bar.given.connect(self._given)
        self.bar.ended.connect(self._back)
        self.add.clicked.connect(self._add)
        self.bring.clicked.connect(self._choose)
        self.forget.clicked.connect(self._forget)
        self.alone.clicked.connect(self._keep_alone)

    # -- what is shown

    def show_calendar(self, calendar: Calendar, *, fresh: bool) -> None:
        """Another calendar, or the same after a change; ``fresh``: another one."""
        self.calendar = calendar
        self.holidays.show_value(calendar.holidays)
        if fresh:
            self._days = ()
            self.bar.hide()
            self._say("")
            self.show_error("")
        self._fill()

    def show_days(self, days: Sequence[Day]) -> None:
        """The next dates, as worked out on a lane."""
        self._days = days
        self._fill()

    def show_error(self, sentence: str) -> None:
        """What is wrong with the dates."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    @Slot()
    def _fill(self) -> None:
        own_rows, imported_rows = own(self.calendar), imported(self.calendar)
        self.tabs.rename(
            {
                "next": tr("Next"),
                "own": tr("Our own %n", n=str(len(own_rows))),
                "imported": tr("Imported %n", n=str(len(imported_rows))),
            }
        )
        key = self.tabs.value()
        if key == "own":
            rows, empty = own_rows, tr("No dates of our own. Add one that is closed, or open in hours of its own.")
        elif key == "imported":
            rows, empty = (
                imported_rows,
                tr("Nothing is imported. An iCal file brings dates; each can be switched off."),
            )
        else:
            rows = coming(self.calendar, self._days)
            empty = tr("No holidays count and no dates are set: every week is the same.")
        self.list.show_rows(rows, empty)
        height = current().px(ROW) * min(TALLEST, max(3, len(rows)))
        self.list.setMinimumHeight(height)
        self.add.setVisible(key != "imported")
        self.forget.setVisible(key == "imported" and bool(imported_rows))

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self.alone.hide()

    def show_tab(self, key: str) -> None:
        """The tab "next", "own" or "imported"."""
        self.tabs.set_value(key)
        self._fill()

    # -- what people do

    def _put(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.changed.emit(calendar)
        self._fill()

    @Slot()
    def _holidays_chosen(self) -> None:
        self.holidays.set_error("")
        self._put(replace(self.calendar, holidays=self.holidays.value()))

    @Slot(object)
    def _switch(self, row: DateRow) -> None:
        self._put(switched(self.calendar, row.day, row.uid, row.name, on=not row.on))

    @Slot(object)
    def _edit(self, row: DateRow) -> None:
        """A holiday becomes an open date; one of our own becomes another."""
        week = self.calendar.week or {}
        hours = self.calendar.open.get(row.day) or intervals(week, row.day.weekday()) or ORDINARY
        kind = DateKind.CLOSED if row.kind is DateKind.CLOSED else DateKind.OPEN
        self.bar.begin(row.day, kind, hours, replaces=row.day)

    @Slot(object)
    def _remove(self, row: DateRow) -> None:
        before = self.calendar
        self._put(without(before, row.day))
        self.undoable.emit(tr("%day is an ordinary date again.", day=day_words(row.day)), before)

    @Slot()
    def _add(self) -> None:
        local = local_time(self.calendar.time_zone, self._context.now())
        today = (local or self._context.now()).date()
        hours = intervals(self.calendar.week or {}, today.weekday()) or ORDINARY
        self.bar.begin(today + timedelta(days=1), DateKind.CLOSED, hours, replaces=None)

    @Slot(object, object, object)
    def _given(self, day: date, hours: tuple[Interval, ...], replaces: date | None) -> None:
        calendar = self.calendar if replaces is None or replaces == day else without(self.calendar, replaces)
        self._put(with_open(calendar, day, hours) if hours else with_closed(calendar, day))

    @Slot()
    def _back(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _choose(self) -> None:
        path = choose_file(self)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """The dates of an iCal file, into the calendar on screen."""
        asked = self.calendar.name
        self.bring.setEnabled(False)

        def done(brought: Brought) -> None:
            self.bring.setEnabled(True)
            if self.calendar.name == asked:
                self.show_error("")
                different = brought.dates != self.calendar.imported
                self._put(replace(self.calendar, imported=brought.dates))
                kept = tr("Save the calendar to keep them.") if different else tr("They were there already.")
                self._say(f"{brought.sentence} {kept}")
                self._brought = brought
                self.alone.setVisible(brought.alone != brought.dates)
                self.show_tab("imported")

        def failed(error: Exception) -> None:
            self.bring.setEnabled(True)
            self._say("")
            self.show_error(why_not(error, path))

        bring(self._context, self.calendar, path, done, failed)

    @Slot()
    def _keep_alone(self) -> None:
        """What was imported before gives way to the file that was read last."""
        before, brought = self.calendar, self._brought
        if brought is not None:
            self._say("")
            self._put(replace(before, imported=brought.alone))
            self.undoable.emit(tr("The dates of other files are gone."), before)

    @Slot()
    def _forget(self) -> None:
        before = self.calendar
        self._say("")
        self._put(forgotten(before))
        self.undoable.emit(tr("The imported dates are gone."), before)


def next_days(calendar: Calendar, after: date) -> list[Day]:
    """The next dates. Not for the GUI thread. None of a calendar whose country is not known: that is said elsewhere."""
    from inbox.flow.calendars import next_holidays
    from inbox.sla.hours import CalendarRefused

    try:
        return next_holidays(calendar, after=after, limit=LISTED)
    except CalendarRefused:
        return next_holidays(replace(calendar, holidays=None), after=after, limit=LISTED)
