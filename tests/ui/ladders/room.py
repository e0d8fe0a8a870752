"""The window on a store with threads and some escalation policies, worked by keys and mouse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.escalate.checks import stored
from inbox.model.change import Change
from inbox.model.escalation import Ladder
from inbox.model.people import Interval, Week
from inbox.model.words import Role
from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.store import config
from inbox.store.engine import open_store
from inbox.ui.context import Context
from inbox.ui.ladders import LaddersPage
from inbox.ui.window import Window
from tests.ui import scenes

SAFETY = {
    "name": "safety",
    "steps": [{"to": ["on shift:Safety"], "wait": "5m"}, {"to": ["crisis lead", "apprise:duty"], "wait": "10m"}],
    "repeat": 2,
}
PRESS = {"name": "press", "steps": [{"to": ["ana"], "wait": "5m"}], "repeat": 0}
RULES = (Rule("smoke", When(text_any=("smoke",)), Then(escalate="safety")),)
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WAIT_MS = 10_000


def furnish(path: Path, *, empty: bool = False) -> Path:
    """A workspace in a file; Ben leads in crises, and only at night."""
    store = scenes.build(path)
    with store.write() as s:
        found = config.load(s)
        night: Week = {"mon": (Interval(time(22), time(23)),)}
        people = [
            replace(each, roles=(Role.CRISIS_LEAD,), shifts=night) if each.name == "ben" else each
            for each in found.employees
        ]
        made = replace(found, employees=tuple(people))
        if not empty:
            made = replace(made, escalations=(SAFETY, PRESS), rules=RULES)
        config.save(s, made, "command", scenes.NOW)
    store.close()
    return path


class Room:
    """Ana at her desk, the page on screen."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.store = open_store(folder / "workspace.inbox")
        self.context = Context(now=lambda: scenes.NOW)
        self.context.employee = "ana"
        self.toasts: list[tuple[str, Callable[[], None] | None]] = []
        self.context.toast_wanted.connect(lambda text, undo: self.toasts.append((text, undo)))
        self.window = Window(self.context, QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
        self.window.resize(1440, 900)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.context.open(self.store, "scene")
        qtbot.waitUntil(lambda: not self.context.lanes.busy, timeout=WAIT_MS)
        self.window.go("ladders")
        found = self.window._stack.currentWidget()
        assert isinstance(found, LaddersPage)
        self.page = found
        self.rest()

    def close(self) -> None:
        """The window is gone already; the store goes after what still reads it."""
        self.qtbot.waitUntil(lambda: not self.context.lanes.busy, timeout=WAIT_MS)
        self.context.lanes.close()
        self.store.close()

    def idle(self) -> bool:
        """Nothing is being read, written or waited for."""
        return not self.context.lanes.busy and not self.page.asker.busy

    def rest(self) -> None:
        """Until nothing is being read, written or waited for."""
        for _ in range(2):
            self.qtbot.waitUntil(self.idle, timeout=WAIT_MS)
            QApplication.processEvents()

    def focus(self) -> QWidget:
        """What has the keyboard."""
        found: QWidget | None = self.window.focusWidget()
        return self.window if found is None else found

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Presses a key."""
        for _ in range(times):
            QTest.keyClick(self.focus(), key, held)
            QApplication.processEvents()

    def type(self, words: str) -> None:
        """Types over what stands in the field that has the keyboard."""
        self.key(Qt.Key.Key_A, CTRL)
        QTest.keyClicks(self.focus(), words)

    def name(self) -> str:
        """The accessible name of what has the keyboard."""
        return self.focus().accessibleName()

    def tab_to(self, name: str) -> None:
        """Tab until something of that name has the keyboard."""
        for _ in range(80):
            if self.name() == name:
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(name)

    def save(self) -> None:
        """Ctrl+S, and what comes of it."""
        self.key(Qt.Key.Key_S, CTRL)
        self.rest()

    def choose(self, name: str) -> None:
        """A policy of the list."""
        self.page.list.setFocus()
        self.page.list.choose(name)
        self.rest()

    def somebody(self, change: Callable[..., object], *given: object, **named: object) -> None:
        """Ben changes something on another desktop."""
        change(self.store, *given, actor="ben", now=scenes.NOW, **named)
        self.context.changed.emit(Change(topics=frozenset({"config"})))
        self.rest()

    def workspace(self) -> Workspace:
        """As it is stored."""
        with self.store.read() as s:
            return config.load(s)

    def ladders(self) -> tuple[Ladder, ...]:
        """The policies as they are stored."""
        return stored(self.workspace())

    def names(self) -> list[str]:
        """The rows of the list."""
        return [each.title for each in self.page.list.entries.rows]

    def undo(self) -> None:
        """The way back that was offered last."""
        back = next(undo for _, undo in reversed(self.toasts) if undo is not None)
        back()
        self.rest()
