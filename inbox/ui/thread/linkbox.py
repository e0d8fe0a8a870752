"""Before a link opens: the box that shows where it really leads."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from inbox.ui.theme import current
from inbox.ui.thread.links import Judged, judge
from inbox.ui.widgets import Button, IconMark, Label, column, row
from inbox.ui.widgets.dialog import ENTER, press

WIDTH = 420


def open_in_browser(address: str) -> None:
    """Hands an address to the system's browser."""
    QDesktopServices.openUrl(QUrl(address))


class LinkBox(QFrame):
    """Shows the true address and what speaks against it; opens only when told to."""

    def __init__(self, parent: QWidget, open_address: Callable[[str], None] = open_in_browser) -> None:
        """Hidden until ``ask``."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._open_address = open_address
        self.judged = judge("")
        self.setProperty("card", "raised")
        self.setFixedWidth(current().px(WIDTH))
        self.setAccessibleName(self.tr("Open this address?"))
        self.host = Label("", "name")
        self.address = Label("", "meta", "text2", wrap=True)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.warnings = column(gap=4)
        self.copy_button = Button(self.tr("Copy address"), "link")
        self.cancel_button = Button(self.tr("Cancel"))
        self.open_button = Button(self.tr("Open in the browser"), "open", "primary")
        self.copy_button.clicked.connect(self._copy)
        self.cancel_button.clicked.connect(self.close)
        self.open_button.clicked.connect(self._open)
        self._build()

    def ask(self, address: str, at: QPoint) -> None:
        """Shows ``address`` beside the point ``at`` of the screen."""
        self.judged = judge(address)
        self.host.setText(self.judged.host or self.tr("Not a web page"))
        self.address.setText(breakable(self.judged.shown))
        self._say_warnings(self.judged)
        self.open_button.setEnabled(self.judged.allowed)
        self.adjustSize()
        self.move(inside_screen(at, self))
        self.show()
        self.cancel_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, Enter presses the button that has the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in ENTER:
            press(self, event, None)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        box = column(self, margins=(16, 12, 16, 12), gap=8)
        box.addWidget(Label(self.tr("This link leads to"), "meta", "text3"))
        box.addWidget(self.host)
        box.addWidget(self.address)
        box.addLayout(self.warnings)
        foot = row(gap=8)
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.open_button)
        box.addLayout(foot)

    def _say_warnings(self, judged: Judged) -> None:
        while self.warnings.count():
            item = self.warnings.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in judged.warnings:
            warning = QWidget()
            inside = row(warning, gap=8)
            inside.addWidget(IconMark("triangle", "soon", 16), 0, Qt.AlignmentFlag.AlignTop)
            inside.addWidget(Label(sentence, "meta", "soon", wrap=True), 1)
            self.warnings.addWidget(warning)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.judged.shown)
        self.close()

    @Slot()
    def _open(self) -> None:
        self.close()
        if self.judged.allowed:
            self._open_address(self.judged.shown)


def breakable(address: str, limit: int = 400) -> str:
    """A long address with places where a line may break, and its middle left out when it is endless."""
    if len(address) > limit:
        address = f"{address[: limit - 60]} … {address[-60:]}"
    return "".join(f"{letter}\u200b" if letter in "/?&=-_.%" else letter for letter in address)


def inside_screen(at: QPoint, box: QWidget) -> QPoint:
    """Where a box at a point of the screen still fits on it."""
    screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    left = max(room.left(), min(at.x(), room.right() - box.width()))
    top = at.y() if at.y() + box.height() <= room.bottom() else at.y() - box.height()
    return QPoint(left, max(room.top(), top))
