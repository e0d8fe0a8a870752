"""The chosen interval in fields: from, until, and what can be done with its day."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from inbox.ui.calendars import typed
from inbox.ui.calendars.says import clock, day_name, length
from inbox.ui.calendars.week import DAY, Span
from inbox.ui.theme import current
from inbox.ui.widgets import Button, ElidedLabel, Label, LineEdit, column, row

ONE_LINE_FROM, CAPS_FROM, WORDS_FROM = 690, 400, 330
WEEKDAYS, WHOLE_WEEK, WEEKEND = tuple(range(5)), tuple(range(7)), (5, 6)


class TimeEdit(LineEdit):
    """A time of day; ``ended`` comes when typing has ended, ``left`` on Escape."""

    ended = Signal()
    left = Signal()

    def __init__(self, name: str) -> None:
        """``name`` is what a screen reader says."""
        super().__init__(name, "00:00")
        self.setFixedWidth(current().px(68))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.editingFinished.connect(self.ended)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down change it by a quarter of an hour, Escape goes back."""
        key = Qt.Key(event.key())
        minutes = typed.clock(self.text())
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and minutes is not None:
            step = 15 if key is Qt.Key.Key_Up else -15
            self.setText(clock((minutes + step) % DAY))
            self.ended.emit()
        elif key is Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class IntervalBar(QWidget):
    """``reshaped`` carries the new span, ``copied`` the days that are to have the same hours."""

    reshaped = Signal(object)
    added = Signal()
    removed = Signal()
    copied = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        """Empty until a place comes."""
        super().__init__()
        self._day = 0
        self._span: Span | None = None
        self.day = Label("", "name")
        self.start, self.end = TimeEdit(self.tr("From")), TimeEdit(self.tr("Until"))
        self.to = Label(self.tr("to"), "base", "text3")
        self.about = ElidedLabel("", "meta", "text3")
        self.error = Label("", "meta", "late", wrap=True)
        self.add = Button(self.tr("Add hours"), "plus", key="Ins")
        self.remove = Button(self.tr("Remove"), "trash", key="Del")
        self.copy = Button(self.tr("Copy to"), "repeat")
        self.copy.menu_arrow = True
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        for edit in (self.start, self.end):
            edit.ended.connect(self._typed)
            edit.left.connect(self._back)
            edit.textEdited.connect(self._forgive)
        self.add.clicked.connect(self.added)
        self.remove.clicked.connect(self.removed)
        self.copy.clicked.connect(self._offer_days)

    def _build(self) -> None:
        fields, tools = row(gap=8), row(gap=8)
        for part in (self.day, self.start, self.to, self.end):
            fields.addWidget(part)
        fields.addWidget(self.about, 1)
        for button in (self.add, self.remove, self.copy):
            tools.addWidget(button)
        tools.addStretch(1)
        self._lines.setSpacing(current().px(8))
        self._lines.addLayout(fields, 1)
        self._lines.addLayout(tools)
        box = column(self, gap=4)
        box.addLayout(self._lines)
        box.addWidget(self.error)
        self.error.hide()

    def show_place(self, day: int, span: Span | None, *, room: bool, always: bool) -> None:
        """Another interval, or a day without; ``room``: one more fits."""
        self._day, self._span = day, span
        self.day.setText(day_name(day))
        for edit in (self.start, self.end):
            edit.setVisible(span is not None)
        self.to.setVisible(span is not None)
        if span is not None:
            self.start.setText(clock(span.start))
            self.end.setText(clock(span.end))
        self.about.setText(self._about(span))
        self._say("")
        self.setVisible(not always)
        self.add.setEnabled(room)
        self.remove.setEnabled(span is not None)

    def take_focus(self) -> None:
        """To the first field, all of it marked; without hours, to the button that adds some."""
        if self._span is None:
            self.add.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self.start.setFocus(Qt.FocusReason.TabFocusReason)
        self.start.selectAll()

    def finish(self) -> bool:
        """What is typed is taken as given; False where it is no time."""
        if self._span is not None and any(edit.isModified() for edit in (self.start, self.end)):
            self._typed()
        return not self.error.text()

    def _about(self, span: Span | None) -> str:
        if span is None:
            return self.tr("Closed")
        words = length(span.end - span.start)
        if span.end > DAY:
            return self.tr("%1, ends on %2").replace("%1", words).replace("%2", day_name((self._day + 1) % 7))
        return words

    @Slot()
    def _typed(self) -> None:
        if self._span is None:
            return
        times = []
        for edit in (self.start, self.end):
            minutes = typed.clock(edit.text())
            if minutes is None:
                said = self.tr("“%1” is not a time. Write it like 07:30.").replace("%1", edit.text().strip())
                self._say(said if edit.text().strip() else self.tr("Give a time, like 07:30."), edit)
                return
            times.append(minutes)
        made = typed.span(times[0], times[1])
        if made is None:
            self._say(self.tr("The day ends at 24:00. Begin earlier."), self.start)
            return
        self._say("")
        for edit in (self.start, self.end):
            edit.setModified(False)
        if made != self._span:
            self.reshaped.emit(made)

    @Slot()
    def _forgive(self) -> None:
        """While it is typed anew, nothing is wrong yet."""
        self._say("")

    @Slot()
    def _back(self) -> None:
        """Escape: as it was."""
        if self._span is not None:
            self.start.setText(clock(self._span.start))
            self.end.setText(clock(self._span.end))
        self._say("")
        self.left.emit()

    @Slot()
    def _offer_days(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Copy the hours of %1").replace("%1", day_name(self._day)))
        for words, days in (
            (self.tr("Monday to Friday"), WEEKDAYS),
            (self.tr("Saturday and Sunday"), WEEKEND),
            (self.tr("Every day"), WHOLE_WEEK),
        ):
            menu.addAction(words).setData(days)
        menu.triggered.connect(lambda action: self.copied.emit(action.data()))
        menu.popup(self.copy.mapToGlobal(self.copy.rect().bottomLeft()))

    def _say(self, sentence: str, edit: LineEdit | None = None) -> None:
        for each in (self.start, self.end):
            each.set_wrong(wrong=bool(sentence) and each is edit)
            each.setAccessibleDescription(sentence if each is edit else "")
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def arrange(self, width: int) -> None:
        """For so many pixels at 100%: where it is narrow, what can be done stands below."""
        way = QBoxLayout.Direction.LeftToRight if width >= ONE_LINE_FROM else QBoxLayout.Direction.TopToBottom
        if self._lines.direction() != way:
            self._lines.setDirection(way)
        roomy = width >= CAPS_FROM
        for button, key in ((self.add, "Ins"), (self.remove, "Del")):
            button.key = key if roomy else ""
            button.set_words(shown=width >= WORDS_FROM or button is self.add)
