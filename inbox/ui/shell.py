"""The bare window: painted before anything else is loaded, in the colours of the panes that follow.

This module imports nothing but Qt and the colours, since what stands here is paid before the first paint.
"""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSettings, QSize, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from inbox.ui.roles import ROLES

FIRST_SIZE, LEAST = (1440, 900), (640, 480)
RAIL, RAIL_FOLDED, LIST, LIST_NARROW, DETAILS = 216, 56, 404, 332, 276
DOCKED_FROM, WIDE_FROM, TWO_FROM = 1280, 1100, 900
HEAD = 48
SCHEMES = ("light", "dark", "contrast")


class Shell(QMainWindow):
    """Holds the desktop once it is there; until then it paints the empty panes. ``painted`` comes once."""

    painted = Signal()

    def __init__(self, settings: QSettings) -> None:
        """As large as last time."""
        super().__init__()
        self._settings = settings
        self._told = False
        self.closing: Callable[[QCloseEvent], None] | None = None
        self.setWindowTitle("Social Inbox")
        self.setMinimumSize(QSize(*LEAST))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        restore_size(self, settings)
        scheme = str(settings.value("look/scheme", "system"))
        if scheme not in SCHEMES:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
            scheme = "dark" if dark else "light"
        self._at = SCHEMES.index(scheme)

    def hold(self, content: QWidget) -> None:
        """The desktop takes the window."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)
        self.setCentralWidget(content)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Side bar, list and thread as empty grounds with their lines."""
        if self.centralWidget() is None:
            self._paint_panes()
        else:
            super().paintEvent(event)
        if not self._told:
            self._told = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The desktop decides, once it is there."""
        if self.closing is not None:
            self.closing(event)
        if event.isAccepted():
            self._settings.setValue("window/geometry", self.saveGeometry())

    def _paint_panes(self) -> None:
        painter = QPainter(self)
        width, height = self.width(), self.height()
        painter.fillRect(0, 0, width, height, self._color("surface"))
        rail = RAIL if width >= WIDE_FROM else RAIL_FOLDED
        painter.fillRect(0, 0, rail, height, self._color("window"))
        lines = [rail]
        if width >= TWO_FROM:
            lines.append(rail + (LIST if width >= WIDE_FROM else LIST_NARROW))
        if width >= DOCKED_FROM:
            painter.fillRect(width - DETAILS, 0, DETAILS, height, self._color("sunken"))
            lines.append(width - DETAILS)
        for left in lines:
            painter.fillRect(left, 0, 1, height, self._color("border"))
        painter.fillRect(rail, HEAD - 1, width - rail, 1, self._color("border"))
        painter.end()

    def _color(self, role: str) -> QColor:
        return QColor(ROLES[role][self._at])


def restore_size(window: QWidget, settings: QSettings) -> None:
    """The size and place of last time, else a size that fits the screen."""
    kept = settings.value("window/geometry")
    if isinstance(kept, QByteArray):
        window.restoreGeometry(kept)
        return
    room = QGuiApplication.primaryScreen().availableGeometry().size()
    window.resize(QSize(*FIRST_SIZE).boundedTo(room).expandedTo(window.minimumSize()))


def window_settings(*, kept: bool = True) -> QSettings:
    """Where geometry is kept: the user's own folder; nowhere for a demonstration."""
    if not kept:
        return QSettings("", QSettings.Format.IniFormat)
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return QSettings(f"{folder}/social-inbox/window.ini", QSettings.Format.IniFormat)
