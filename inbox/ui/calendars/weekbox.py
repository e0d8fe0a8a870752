"""The week's section: the picture or its table, the chosen interval in fields, and what is to be said of it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from inbox.model.people import Week
from inbox.ui.calendars.bar import IntervalBar
from inbox.ui.calendars.datemodel import DateRow
from inbox.ui.calendars.picture import WeekPicture
from inbox.ui.calendars.says import day_name, day_words, length, tr
from inbox.ui.calendars.week import copied, free, joined, total
from inbox.ui.calendars.weektable import WeekTable
from inbox.ui.theme import current
from inbox.ui.widgets import ElidedLabel, Label, Segmented, column, row
from inbox.ui.widgets.switch import Switch

HEAD_FROM = 440
_REMEMBERED = 50


class WeekBox(QWidget):
    """``edited`` carries the week after each change, ``switched`` whether it is open around the clock."""

    edited = Signal(object)
    switched = Signal(bool)

    def __init__(self) -> None:
        """An empty week."""
        super().__init__()
        self.picture, self.table, self.bar = WeekPicture(), WeekTable(), IntervalBar()
        self.always = Switch(self.tr("Always open"))
        self.tabs = Segmented(
            (("picture", self.tr("Picture"), ""), ("table", self.tr("Table"), "")), self.tr("Hours as")
        )
        self.sum = ElidedLabel("", "meta", "text3")
        self.note = Label("", "meta", "text2", wrap=True)
        self.soon = Label("", "meta", "text2", wrap=True)
        self.error = Label("", "meta", "late", wrap=True)
        words = self.tr(
            "Drag to draw, move or resize. By keys: arrows choose, Enter edits, Ctrl\u00a0←\u00a0→ moves, "
            "Shift\u00a0←\u00a0→ resizes, Ctrl C and Ctrl V copy a day."
        )
        self.keys = Label(words, "meta", "text3", wrap=True)
        self._stack = QStackedWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._before: list[Week] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        title, tools = row(gap=12), row(gap=12)
        title.addWidget(Label(self.tr("Hours of the week"), "name"))
        title.addWidget(self.sum, 1)
        tools.addWidget(self.always)
        tools.addStretch(1)
        tools.addWidget(self.tabs)
        self._head.setSpacing(current().px(12))
        self._head.addLayout(title, 1)
        self._head.addLayout(tools)
        for each in (self.picture, self.table):
            self._stack.addWidget(each)
        box = column(self, gap=8)
        box.addLayout(self._head)
        box.addWidget(self._stack)
        for part in (self.error, self.note, self.soon, self.bar, self.keys):
            box.addWidget(part)
        for part in (self.error, self.note, self.soon):
            part.hide()
        self.setFocusProxy(self.picture)

    def _connect(self) -> None:
        self.picture.edited.connect(self._edited)
        self.table.edited.connect(self._edited)
        self.table.refused.connect(self._refused)
        self.picture.moved.connect(self._follow)
        self.picture.opened.connect(self.bar.take_focus)
        self.picture.undone.connect(self.undo)
        self.bar.reshaped.connect(self.picture.reshape)
        self.bar.added.connect(self.picture.add)
        self.bar.removed.connect(self.picture.remove)
        self.bar.copied.connect(self._copy)
        self.bar.left.connect(self._back)
        self.always.toggled.connect(self.switched)
        self.tabs.chosen.connect(self._turn)

    def show_week(self, week: Week | None, kept: Week, *, fresh: bool) -> None:
        """Another week, silently; None is around the clock. ``fresh``: another calendar's, so that no undo is left."""
        held = self.always.blockSignals(True)
        self.always.setChecked(week is None)
        self.always.blockSignals(held)
        if fresh:
            self._before.clear()
        shown = kept if week is None else week
        self.picture.show_week(shown, always=week is None)
        self.table.show_week(shown, always=week is None)
        self._say_week()

    def show_now(self, local: datetime | None) -> None:
        """The time in the calendar's zone."""
        self.picture.show_now(local)

    def show_soon(self, dates: Sequence[DateRow]) -> None:
        """The dates of the next seven days, on which the picture does not hold."""
        words = "; ".join(tr("%day %title", day=day_words(each.day, year=False), title=each.title) for each in dates)
        self.soon.setText(tr("Not as drawn in the next 7 days: %dates.", dates=words) if words else "")
        self.soon.setVisible(bool(words))

    def show_error(self, sentence: str) -> None:
        """What is wrong with the hours."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.always.setAccessibleDescription(sentence)

    def finish(self) -> bool:
        """What is being typed is taken as given; False where it cannot be read."""
        if self._stack.currentWidget() is self.table:
            return self.table.finish()
        return self.bar.finish()

    def arrange(self, width: int) -> None:
        """For so many pixels at 100%: in a narrow one the switches stand below the heading."""
        self.bar.arrange(width)
        way = QBoxLayout.Direction.LeftToRight if width >= HEAD_FROM else QBoxLayout.Direction.TopToBottom
        if self._head.direction() != way:
            self._head.setDirection(way)

    def take_focus(self) -> None:
        """Where hours are given."""
        target = self.table.edits[0] if self._stack.currentWidget() is self.table else self.picture
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def undo(self) -> None:
        """The week before the last change, as long as this calendar is on screen."""
        if self._before:
            week = self._before.pop()
            self.picture.show_week(week, always=False)
            self.table.show_week(week, always=False)
            self._say_week()
            self.edited.emit(week)

    @Slot(object)
    def _edited(self, week: Week) -> None:
        other = self.table if self.sender() is self.picture else self.picture
        self._before = [*self._before[-_REMEMBERED:], other.week]
        other.show_week(week, always=False)
        self._say_week()
        self.edited.emit(week)

    @Slot(object)
    def _copy(self, days: tuple[int, ...]) -> None:
        week = copied(self.picture.week, self.picture.place.day, days)
        if week != self.picture.week:
            self._before = [*self._before[-_REMEMBERED:], self.picture.week]
            self.picture.show_week(week, always=False)
            self.table.show_week(week, always=False)
            self._say_week()
            self.edited.emit(week)

    def _say_week(self) -> None:
        always = self.picture.always
        minutes = 7 * 24 * 60 if always else total(self.picture.week)
        self.sum.setText(tr("%length a week", length=length(minutes)) if minutes else tr("never open"))
        days = [] if always else joined(self.picture.week)
        names = ", ".join(day_name(day) for day in days)
        self.note.setText(tr("Hours that overlap or touch count as one: %days.", days=names) if days else "")
        self.note.setVisible(bool(days))
        self._follow()

    @Slot()
    def _follow(self) -> None:
        picture = self.picture
        room = free(picture.week, picture.place.day) is not None
        self.bar.show_place(picture.place.day, picture.span(), room=room, always=picture.always)
        self._arrange()

    @Slot(str)
    def _refused(self, sentence: str) -> None:
        if sentence or self.error.property("typed"):
            self.show_error(sentence)
            self.error.setProperty("typed", bool(sentence))

    @Slot()
    def _back(self) -> None:
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _turn(self, key: str) -> None:
        self._stack.setCurrentWidget(self.table if key == "table" else self.picture)
        self._arrange()

    def _arrange(self) -> None:
        """Fields and keys belong to the picture."""
        drawn = self._stack.currentWidget() is self.picture and not self.picture.always
        self.bar.setVisible(drawn)
        self.keys.setVisible(drawn)
