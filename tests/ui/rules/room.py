"""The window on a store with threads and some rules, worked by keys alone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.rules import save_rule
from inbox.model.change import Change
from inbox.model.words import Priority
from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.store import config
from inbox.store.engine import open_store
from inbox.ui.context import Context
from inbox.ui.rules import RulesPage
from inbox.ui.rules.live import Matching
from inbox.ui.window import Window
from tests.ui import scenes

LOST = Rule(
    "Lost bag",
    When(text_any=("my suitcase", "lost bag"), text_none=("found it",)),
    Then(area="Baggage", priority=Priority.HIGH, tags=("bag",)),
)
CHARGE = Rule("Double charge", When(text_any=("charged twice",)), Then(area="Billing"))
QUIET = Rule("Competitions", When(author_tags=("bot",)), Then(hide=True), on=False)
RULES = (LOST, CHARGE, QUIET)
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WAIT_MS = 10_000


def furnish(path: Path, rules: tuple[Rule, ...] = RULES) -> Path:
    """A workspace with threads and rules in a file."""
    store = scenes.build(path)
    for rule in rules:
        save_rule(store, rule, actor="ana", now=scenes.NOW)
    store.close()
    return path


class Room:
    """Ana at her desk, the rules page on screen."""

    def __init__(self, qtbot: QtBot, folder: Path, matching: Matching | None = None) -> None:
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
        self.page = RulesPage(self.context, self.window, matching)
        self.window._pages["rules"] = self.page
        self.window._stack.addWidget(self.page)
        self.window.go("rules")
        self.rest()

    def close(self) -> None:
        """The window is gone already; the store goes after what still reads it."""
        self.qtbot.waitUntil(lambda: not self.context.lanes.busy, timeout=WAIT_MS)
        self.context.lanes.close()
        self.store.close()

    def idle(self) -> bool:
        """Nothing is being read, written or waited for."""
        return not self.context.lanes.busy and not self.page.judge.busy

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
        """Types."""
        QTest.keyClicks(self.focus(), words)

    def name(self) -> str:
        """The accessible name of what has the keyboard."""
        return self.focus().accessibleName()

    def undo(self) -> None:
        """Takes the last change back."""
        undo = self.toasts[-1][1]
        assert undo is not None
        undo()
        self.rest()

    def stored(self) -> tuple[Rule, ...]:
        """The rules in the store."""
        with self.store.read() as s:
            return config.load(s).rules

    def workspace(self) -> Workspace:
        """The whole workspace in the store."""
        with self.store.read() as s:
            return config.load(s)

    def listed(self) -> list[str]:
        """The names in the list."""
        return [entry.entry.name for entry in self.page.list.rules.entries]

    def ben_saves(self, rule: Rule, replaces: str, **changes: object) -> None:
        """Somebody else edits a rule; ``told`` by the change feed only if the test says so."""
        save_rule(
            self.store,
            replace(rule, **changes),  # type: ignore[arg-type]
            replaces=replaces,
            actor="ben",
            now=self.context.now(),
        )

    def hear(self) -> None:
        """The change feed says that the configuration changed."""
        self.context.changed.emit(Change(topics=frozenset({"config"})))
        self.rest()
