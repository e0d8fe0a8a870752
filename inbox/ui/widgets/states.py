"""What a screen shows when it has nothing else: empty, loading, trouble."""

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.boxes import column
from inbox.ui.widgets.buttons import Button
from inbox.ui.widgets.labels import Label
from inbox.ui.widgets.marks import IconMark
from inbox.ui.widgets.paint import rounded

PATIENCE_MS = 300


class EmptyState(QWidget):
    """A sentence in the middle, and perhaps a button: says what is, then what to do."""

    acted = Signal()

    def __init__(self, text: str = "", action: str = "", icon: str = "check", parent: QWidget | None = None) -> None:
        """``action`` is the button's words."""
        super().__init__(parent)
        self.icon = IconMark(icon, "text3", 20)
        self.label = Label(text, "base", "text2", wrap=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(action)
        self.button.clicked.connect(self.acted)
        box = column(self, margins=(24, 24, 24, 24), gap=12)
        box.addStretch(2)
        box.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.label)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        self.button.setVisible(bool(action))

    def say(self, text: str, action: str = "", icon: str = "check") -> None:
        """Shows another sentence."""
        self.icon.set_icon(icon, "text3")
        self.label.setText(text)
        self.button.setText(action)
        self.button.setAccessibleName(action)
        self.button.setVisible(bool(action))


class ErrorState(EmptyState):
    """Trouble in plain words, with a button to try again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until something is said."""
        super().__init__("", "", "triangle", parent)

    def explain(self, sentence: str, action: str) -> None:
        """Shows the sentence and the button's words."""
        self.say(sentence, action, "triangle")
        self.icon.set_icon("triangle", "late")


class LoadingBars(QFrame):
    """Grey bars at row height, shown only when loading takes longer than people notice (300 ms)."""

    def __init__(self, row_height: int = 72, parent: QWidget | None = None) -> None:
        """``row_height`` is that of what is being loaded."""
        super().__init__(parent)
        self._row = row_height
        self._waited = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._wait_over)

    def start(self) -> None:
        """Loading begins."""
        self._waited = False
        self._timer.start()
        self.show()

    def stop(self) -> None:
        """Loading is done."""
        self._timer.stop()
        self.hide()

    @Slot()
    def _wait_over(self) -> None:
        self._waited = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """Three bars a row."""
        if not self._waited:
            return
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right, step = theme.px(28), self.width() - theme.px(12), theme.px(self._row)
        for top in range(0, self.height(), step):
            for line, share in enumerate((0.35, 0.9, 0.2)[: 3 if self._row > 40 else 1]):  # noqa: PLR2004
                width = round((right - left) * share)
                bar = QRect(left, top + theme.px(10 + line * 20), width, theme.px(10))
                rounded(painter, bar, theme.px(4), theme.color("select_idle"), None)
        painter.end()
