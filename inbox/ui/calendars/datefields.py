"""Fields for a date, and for a date with its time, with a month to choose from."""

from PySide6.QtCore import QEvent, QLocale, Qt, QTimeZone
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit

from inbox.ui.theme import current

_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


class DateField(QDateEdit):
    """Weeks begin on Monday; the month's Saturdays and Sundays in the ink of the others."""

    def __init__(self, name: str) -> None:
        """``name`` is what a screen reader says."""
        super().__init__()
        _dress(self, name, "ddd d MMM yyyy")

    def changeEvent(self, event: QEvent) -> None:
        """Another theme, other ink."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            color_month(self)


class MomentField(QDateTimeEdit):
    """Wall time of no zone: each there can be, also one that a change of clocks leaves out."""

    def __init__(self, name: str) -> None:
        """``name`` is what a screen reader says."""
        super().__init__()
        self.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))
        _dress(self, name, "ddd d MMM yyyy HH:mm")

    def changeEvent(self, event: QEvent) -> None:
        """Another theme, other ink."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            color_month(self)


def _dress(edit: QDateTimeEdit, name: str, form: str) -> None:
    edit.setAccessibleName(name)
    # Before the format: Qt turns its parts around where the screen reads right to left, whatever the language.
    edit.setLayoutDirection(QLocale().textDirection())
    edit.setDisplayFormat(form)
    edit.setCalendarPopup(True)
    month = edit.calendarWidget()
    month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    month.setAccessibleName(name)

    color_month(edit)


def color_month(edit: QDateTimeEdit) -> None:
    """The theme's ink for every day of the week; Qt has a red of its own, which cannot be read on dark."""
    plain = QTextCharFormat()
    plain.setForeground(current().color("text"))
    for day in _WEEKEND:
        edit.calendarWidget().setWeekdayTextFormat(day, plain)
