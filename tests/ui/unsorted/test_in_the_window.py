"""Sorting in the whole window: its own keys give way while the page has the keyboard, and only there."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.model.words import CloseReason
from inbox.store import threads, views
from inbox.store.unsorted import filter_of
from inbox.ui.context import Context
from inbox.ui.theme import Theme
from inbox.ui.unsorted import UnsortedPage
from inbox.ui.window import Window
from tests.ui import scenes

WAIT_MS = 10_000


class Rig:
    """The window on three times the scene, in which every 18th thread is unsorted."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.store = scenes.build(folder / "workspace.inbox", copies=3)
        self.context = Context(now=lambda: scenes.NOW)
        self.context.employee = "ana"
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = Window(self.context, settings)
        self.window.resize(1440, 900)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.fill()
        self.context.open(self.store, "scene")
        self.rest()

    @property
    def page(self) -> UnsortedPage:
        found = self.window.findChild(UnsortedPage)
        assert found is not None
        return found

    def rest(self) -> None:
        """Nothing is being read or written any more."""
        for _ in range(3):
            self.qtbot.waitUntil(self._idle, timeout=WAIT_MS)
            QApplication.processEvents()

    def _idle(self) -> bool:
        page = self.window.findChild(UnsortedPage)
        waits = self.window.rail.soon.isActive() or (page is not None and page._soon.isActive())
        return not self.context.lanes.busy and not waits

    def keys(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            focus: QWidget | None = self.window.focusWidget()
            QTest.keyClick(focus or self.window, key, held)
            QApplication.processEvents()
        self.rest()

    def left(self) -> int:
        with self.store.read() as s:
            return views.count(s, filter_of(self.context.workspace))


def test_a_sitting_from_the_queue_and_back_by_keys_alone(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    del theme
    rig = Rig(qtbot, tmp_path)
    try:
        rig.keys(Qt.Key.Key_G, Qt.Key.Key_U)
        assert rig.window.shown == "unsorted"
        assert rig.window.rail.items["unsorted"].isChecked()
        assert rig.left() == 3
        first = rig.page.sitting.current
        assert first is not None
        rig.keys(Qt.Key.Key_N)
        with rig.store.read() as s:
            assert threads.get(s, first).close_reason is CloseReason.NO_REPLY_NEEDED
        assert rig.window.rail.items["unsorted"].count == "2"
        rig.keys(Qt.Key.Key_Z, held=Qt.KeyboardModifier.ControlModifier)
        assert (rig.left(), rig.page.sitting.current) == (3, first)
        rig.keys(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
        assert rig.left() == 0
        assert rig.page.empty.isVisible()
        rig.keys(Qt.Key.Key_G, Qt.Key.Key_A)
        assert rig.window.shown == "areas"
    finally:
        rig.context.lanes.close()
        rig.store.close()


def test_the_plain_list_is_a_view_of_its_own(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    del theme
    rig = Rig(qtbot, tmp_path)
    try:
        rig.window.go("unsorted-list")
        rig.rest()
        assert rig.window.shown == "unsorted-list"
        assert rig.window.page.queue.model.rowCount() == 3
    finally:
        rig.context.lanes.close()
        rig.store.close()
