"""Asks for the first and the last day of a period."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from inbox.ui.calendars.datefields import DateField
from inbox.ui.widgets import Button, Label, column, row


class DatesPopup(QFrame):
    """``chosen`` carries both days; Escape puts it away."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until ``ask``."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", "raised")
        self.setAccessibleName(self.tr("From and to"))
        names = self.tr("From"), self.tr("To, and with it")
        self.first, self.last = (DateField(name) for name in names)
        self.apply = Button(self.tr("Show"), "", "primary")
        body = column(self, margins=(16, 12, 16, 12), gap=12)
        for field, name in zip((self.first, self.last), names, strict=True):
            line = row(gap=12)
            line.addWidget(Label(name, "base", "text2"), 1)
            line.addWidget(field)
            body.addLayout(line)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(self.apply)
        body.addLayout(foot)
        self.apply.clicked.connect(self._choose)
        self.first.dateChanged.connect(self._bound)

    def ask(self, first: date, last: date, at: QPoint) -> None:
        """Shows itself with two days."""
        for field, told in ((self.first, first), (self.last, last)):
            field.setDate(QDate(told.year, told.month, told.day))
        self.adjustSize()
        self.move(at)
        self.show()
        self.first.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, Escape puts it away."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        elif key is Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    @Slot(QDate)
    def _bound(self, first: QDate) -> None:
        """It does not end before it begins."""
        self.last.setMinimumDate(first)

    @Slot()
    def _choose(self) -> None:
        first, last = (_day(each.date()) for each in (self.first, self.last))
        self.close()
        self.chosen.emit(first, last)


def _day(of: QDate) -> date:
    return date(of.year(), of.month(), of.day())
