"""The hours of the week as text: a field a day."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from inbox.model.people import Week
from inbox.ui.calendars import typed
from inbox.ui.calendars.says import day_name, hours_typed, length
from inbox.ui.calendars.week import intervals, of_row, put
from inbox.ui.theme import current
from inbox.ui.widgets import Label, LineEdit


class WeekTable(QWidget):
    """``edited`` carries the week after each change; ``refused`` a sentence, empty when all can be read."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self) -> None:
        """An empty week."""
        super().__init__()
        self.week: Week = {}
        self.edits: list[LineEdit] = []
        self._lengths: list[Label] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(current().px(12))
        grid.setVerticalSpacing(current().px(6))
        for day in range(7):
            edit = LineEdit(day_name(day), self.tr("closed"))
            label = Label(day_name(day), "base", "text2")
            label.setBuddy(edit)
            beside = Label("", "meta", "text3")
            beside.setMinimumWidth(current().px(52))
            for at, part in enumerate((label, edit, beside)):
                grid.addWidget(part, day, at)
            edit.editingFinished.connect(self._typed)
            self.edits.append(edit)
            self._lengths.append(beside)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(7, 1)

    def show_week(self, week: Week, *, always: bool) -> None:
        """Another week, silently."""
        self.week = week
        for day, edit in enumerate(self.edits):
            edit.setText(hours_typed(intervals(week, day)))
            edit.setEnabled(not always)
            edit.set_wrong(wrong=False)
        self._measure(always=always)

    def finish(self) -> bool:
        """What is typed is taken as given; False where it cannot be read."""
        return self._take()

    @Slot()
    def _typed(self) -> None:
        self._take()

    def _take(self) -> bool:
        week, wrong = self.week, ""
        for day, edit in enumerate(self.edits):
            try:
                hours = typed.hours(edit.text())
            except typed.NotRead as error:
                said = self.tr("%1: “%2” cannot be read. Write hours like 07:00-12:00, 13:00-21:00.")
                edit.set_wrong(wrong=True)
                edit.setAccessibleDescription(said.replace("%1", day_name(day)).replace("%2", error.text))
                wrong = wrong or edit.accessibleDescription()
                continue
            edit.set_wrong(wrong=False)
            edit.setAccessibleDescription("")
            if hours != intervals(week, day):
                week = put(week, day, hours)
                edit.setText(hours_typed(hours))
        self.refused.emit(wrong)
        if week != self.week:
            self.week = week
            self._measure(always=False)
            self.edited.emit(week)
        return not wrong

    def _measure(self, *, always: bool) -> None:
        for day, beside in enumerate(self._lengths):
            minutes = 24 * 60 if always else of_row(self.week, day)
            beside.setText(length(minutes) if minutes else "")
