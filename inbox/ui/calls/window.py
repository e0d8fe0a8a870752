"""A small window over all others that says a call and takes the answer; it takes the keyboard from nobody."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from inbox.ui.calls.message import Message
from inbox.ui.theme import current
from inbox.ui.widgets import Button, IconMark, Label, Pane, column, row

WIDTH, AWAY = 400, 16


class CallWindow(Pane):
    """One message. ``acted`` carries what was pressed; Escape puts the window away, and the call goes on."""

    acted = Signal(str)

    def __init__(self, message: Message) -> None:
        """Not shown yet."""
        super().__init__("raised", "top right bottom left")
        self.setWindowFlags(Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # The program ends with its main window, whatever is called.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(message.title)
        self.setAccessibleName(message.title)
        self.setFixedWidth(current().px(WIDTH))
        self.message = message
        self.title = Label(message.title, "name")
        self.text = Label(message.text, wrap=True)
        self.buttons: list[Button] = []
        box = column(self, margins=(16, 14, 16, 14), gap=8)
        head = row(gap=8)
        head.addWidget(IconMark("siren", "late", 18))
        head.addWidget(self.title, 1)
        box.addLayout(head)
        box.addWidget(self.text)
        box.addSpacing(current().px(4))
        feet = row(gap=8)
        for at, (action, words) in enumerate(message.buttons):
            button = Button(words, kind="plain" if at else "primary", tall=True)
            button.clicked.connect(partial(self._press, action))
            self.buttons.append(button)
            feet.addWidget(button)
        feet.addStretch(1)
        box.addLayout(feet)

    def speak(self) -> None:
        """Says it aloud at once, whatever a screen reader is reading."""
        event = QAccessibleAnnouncementEvent(self, f"{self.message.title}. {self.message.text}")
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape: out of the way."""
        if Qt.Key(event.key()) is Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _press(self, action: str) -> None:
        self.acted.emit(action)


class CallWindows(QObject):
    """The windows of all messages, one over the other in the corner where the system puts its own."""

    acted = Signal(str, str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """No window yet."""
        super().__init__(parent)
        self.windows: dict[str, CallWindow] = {}

    def show_message(self, message: Message) -> None:
        """A window for it; one that stands there already keeps its place."""
        before = self.windows.get(message.key)
        if before is not None and before.message == message:
            return
        made = CallWindow(message)
        made.acted.connect(partial(self.acted.emit, message.key))
        self.windows[message.key] = made
        if before is not None:
            _drop(before)
        self._arrange()
        made.show()
        made.speak()

    def take_back(self, key: str) -> None:
        """Its window goes."""
        gone = self.windows.pop(key, None)
        if gone is not None:
            _drop(gone)
            self._arrange()

    @Slot()
    def end(self) -> None:
        """All windows go."""
        for key in list(self.windows):
            self.take_back(key)

    def _arrange(self) -> None:
        room, gap = QGuiApplication.primaryScreen().availableGeometry(), current().px(AWAY)
        bottom = room.bottom() - gap
        for window in self.windows.values():
            window.adjustSize()
            window.move(room.right() - gap - window.width(), bottom - window.height())
            bottom -= window.height() + gap


def _drop(window: QWidget) -> None:
    window.hide()
    window.deleteLater()
