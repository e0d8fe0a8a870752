"""The window on a store with threads and some policies, worked by keys and mouse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.policies import save_policy
from inbox.model.change import Change
from inbox.model.people import Interval
from inbox.model.words import Metric, Priority
from inbox.model.workspace import Calendar, Policy, Rule, Then, When, Workspace
from inbox.store import config
from inbox.store.engine import open_store
from inbox.store.schema import clock
from inbox.ui.context import Context
from inbox.ui.policies import PoliciesPage
from inbox.ui.policies.live import Judging
from inbox.ui.window import Window
from tests.ui import scenes

HOUR = timedelta(hours=1)
DAY = (Interval(time(9), time(18)),)
OFFICE = Calendar("office", "Europe/Berlin", dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY))
URGENT = Policy(
    "urgent", When(priority=(Priority.URGENT,)), first_response=HOUR / 4, resolution=4 * HOUR, warn_before=HOUR / 12
)
PRESS = Policy("press", When(area=("Press",)), "office", 2 * HOUR)
REST = Policy("rest", calendar="office", first_response={Priority.NORMAL: 1.5 * HOUR, Priority.HIGH: HOUR / 2})
POLICIES = (URGENT, PRESS, REST)
RULES = (Rule("Reporters", When(text_any=("reporter",)), Then(policy="press")),)
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WAIT_MS = 10_000


def furnish(path: Path, policies: tuple[Policy, ...] = POLICIES) -> Path:
    """A workspace with threads, calendars, a rule and policies in a file; two clocks run, one of them late."""
    store = scenes.build(path)
    with store.write() as s:
        workspace = replace(config.load(s), calendars=(OFFICE, Calendar("always")), policies=policies, rules=RULES)
        config.save(s, workspace if policies else replace(workspace, rules=()), "command", scenes.NOW)
        s.execute(clock.delete())
        for number, breached in ((1, None), (2, scenes.NOW - HOUR), (3, scenes.NOW - 8 * 24 * HOUR)):
            values = {"thread_id": number, "metric": str(Metric.FIRST), "cycle": 1, "started_at": scenes.NOW}
            met = scenes.NOW if number > 2 else None
            s.execute(
                clock.insert().values(**values, due_at=scenes.NOW, breached_at=breached, met_at=met, policy="press")
            )
    store.close()
    return path


class Room:
    """Ana at her desk, the policies page on screen."""

    def __init__(self, qtbot: QtBot, folder: Path, judging: Judging | None = None) -> None:
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
        self.page = PoliciesPage(self.context, self.window, judging)
        self.window._pages["policies"] = self.page
        self.window._stack.addWidget(self.page)
        self.window.go("policies")
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

    def fill(self, words: str) -> None:
        """Types over what stands in the field that has the keyboard."""
        self.key(Qt.Key.Key_A, CTRL)
        self.type(words)

    def name(self) -> str:
        """The accessible name of what has the keyboard."""
        return self.focus().accessibleName()

    def tab_to(self, name: str) -> None:
        """Tab until something of that name has the keyboard."""
        for _ in range(60):
            if self.name() == name:
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(name)

    def click(self, widget: QWidget) -> None:
        """The left button."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def undo(self) -> None:
        """Takes the last change back."""
        undo = self.toasts[-1][1]
        assert undo is not None
        undo()
        self.rest()

    def workspace(self) -> Workspace:
        """The whole workspace in the store."""
        with self.store.read() as s:
            return config.load(s)

    def stored(self) -> tuple[Policy, ...]:
        """The policies in the store."""
        return self.workspace().policies

    def listed(self) -> list[str]:
        """The names in the list."""
        return [entry.entry.name for entry in self.page.list.policies.entries]

    def ben_saves(self, policy: Policy, replaces: str) -> None:
        """Somebody else edits a policy; ``hear`` tells the page of it."""
        save_policy(self.store, policy, replaces=replaces, actor="ben", now=self.context.now())

    def hear(self) -> None:
        """The change feed says that the configuration changed."""
        self.context.changed.emit(Change(topics=frozenset({"config"})))
        self.rest()
