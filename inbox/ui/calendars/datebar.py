"""Enters or changes one date of our own: closed, or open in hours of its own."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from inbox.model.people import Interval
from inbox.ui.calendars import typed
from inbox.ui.calendars.datefields import DateField
from inbox.ui.calendars.datemodel import DateKind
from inbox.ui.calendars.says import hours_typed
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Card, Label, LineEdit, Segmented, column, row


class DateBar(QWidget):
    """``given`` carries the date, its hours (none: closed), and the date that it replaces (None: a new one)."""

    given = Signal(object, object, object)
    ended = Signal()

    def __init__(self) -> None:
        """Hidden until a date is begun."""
        super().__init__()
        self._replaces: date | None = None
        self.kind = Segmented(
            (("closed", self.tr("Closed"), ""), ("open", self.tr("Open"), "")), self.tr("The date is")
        )
        self.date = DateField(self.tr("Date"))
        self.date.setDateRange(QDate(1970, 1, 1), QDate(2999, 12, 31))
        self.hours = LineEdit(self.tr("Hours"), self.tr("09:00-12:00, 13:00-17:00"))
        self.error = Label("", "meta", "late", wrap=True)
        self.done = Button(self.tr("Set"), kind="primary")
        self.cancel = Button(self.tr("Cancel"), kind="ghost")
        self._build()
        self.kind.chosen.connect(self._show_kind)
        self.done.clicked.connect(self.finish)
        self.cancel.clicked.connect(self.close_bar)
        self.hours.textEdited.connect(self._forgive)
        self.hours.returnPressed.connect(self.finish)
        self.hide()

    def _build(self) -> None:
        card = Card("sunken")
        first, last = row(gap=8), row(gap=8)
        first.addWidget(self.kind)
        first.addWidget(self.date, 1)
        last.addStretch(1)
        last.addWidget(self.cancel)
        last.addWidget(self.done)
        card.body.addLayout(first)
        card.body.addWidget(self.hours)
        card.body.addWidget(self.error)
        card.body.addLayout(last)
        self.error.hide()
        column(self, margins=(0, 0, 0, 8)).addWidget(card)
        self.date.setMinimumHeight(current().px(30))

    def begin(self, day: date, kind: DateKind, hours: tuple[Interval, ...], *, replaces: date | None) -> None:
        """Another date; the keyboard goes where it is given."""
        self._replaces = replaces
        self.date.setDate(QDate(day.year, day.month, day.day))
        self.hours.setText(hours_typed(hours))
        self.kind.set_value("open" if kind is DateKind.OPEN else "closed")
        self._show_kind(self.kind.value())
        self._say("")
        self.show()
        if kind is DateKind.OPEN and replaces is not None:
            self.hours.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hours.selectAll()
        else:
            self.date.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def finish(self) -> None:
        """Gives the date, or says what is wrong with it."""
        shown = self.date.date()
        day = date(shown.year(), shown.month(), shown.day())
        hours: tuple[Interval, ...] = ()
        if self.kind.value() == "open":
            try:
                hours = typed.hours(self.hours.text())
            except typed.NotRead as error:
                words = self.tr("“%1” cannot be read. Write hours like 09:00-12:00, 13:00-17:00.")
                self._say(words.replace("%1", error.text))
                return
            if not hours:
                self._say(self.tr("Give the hours, like 09:00-14:00, or choose Closed."))
                return
        self.hide()
        self.given.emit(day, hours, self._replaces)
        self.ended.emit()

    @Slot()
    def close_bar(self) -> None:
        """Nothing is changed."""
        self.hide()
        self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sets it, Escape gives up."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape:
            self.close_bar()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finish()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _show_kind(self, key: str) -> None:
        self.hours.setVisible(key == "open")
        self._say("")

    @Slot()
    def _forgive(self) -> None:
        self._say("")

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.hours.set_wrong(wrong=bool(sentence))
        self.hours.setAccessibleDescription(sentence)
        if sentence:
            self.hours.setFocus(Qt.FocusReason.OtherFocusReason)
