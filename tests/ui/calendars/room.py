"""The window on a store with some calendars, worked by keys and by mouse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.calendars import save_calendar
from inbox.model.change import Change
from inbox.model.people import Interval
from inbox.model.workspace import Calendar, ImportedDate, Policy
from inbox.store import config
from inbox.store.engine import open_store
from inbox.ui.calendars import CalendarsPage
from inbox.ui.calendars.picture import WeekPicture
from inbox.ui.context import Context
from inbox.ui.window import Window
from tests.ui import scenes

MORNING, AFTERNOON = Interval(time(8), time(12)), Interval(time(13), time(17))
NIGHT = Interval(time(22), time(6))
OFFICE = Calendar(
    "office",
    "Europe/Madrid",
    {"mon": (MORNING, AFTERNOON), "tue": (MORNING, AFTERNOON), "fri": (NIGHT,)},
    holidays=("ES", "MD"),
    closed=(date(2026, 6, 5),),
    open={date(2026, 6, 6): (MORNING,)},
    imported=(
        ImportedDate(date(2026, 6, 8), "Stocktaking", uid="a"),
        ImportedDate(date(2026, 6, 9), "Party", on=False),
    ),
)
ALWAYS = Calendar("always")
NIGHTS = Calendar("nights", "Asia/Kolkata", {"mon": (NIGHT,), "sun": (NIGHT,)})
CALENDARS = (OFFICE, ALWAYS, NIGHTS)
POLICY = Policy("standard", calendar="office")
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
WAIT_MS = 10_000


def furnish(path: Path, calendars: tuple[Calendar, ...] = CALENDARS) -> Path:
    """A workspace with calendars in a file, the first one used by a policy."""
    store = scenes.build(path)
    for calendar in calendars:
        save_calendar(store, calendar, actor="ana", now=scenes.NOW)
    if calendars:
        with store.write() as s:
            config.save_policies(s, [POLICY])
    store.close()
    return path


class Room:
    """Ana at her desk on a Tuesday afternoon, the calendars page on screen."""

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
        self.page = CalendarsPage(self.context, self.window)
        self.window._pages["calendars"] = self.page
        self.window._stack.addWidget(self.page)
        self.window.go("calendars")
        self.page.list.setFocus()
        self.rest()

    def close(self) -> None:
        """The window is gone already; the store goes after what still reads it."""
        self.qtbot.waitUntil(lambda: not self.context.lanes.busy, timeout=WAIT_MS)
        self.context.lanes.close()
        self.store.close()

    @property
    def picture(self) -> WeekPicture:
        """The week."""
        return self.page.editor.week.picture

    def idle(self) -> bool:
        """Nothing is being read, written or waited for."""
        return not (self.context.lanes.busy or self.page.judge.busy or self.page.editor.test.busy)

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

    def save(self) -> None:
        """Ctrl+S."""
        self.key(Qt.Key.Key_S, CTRL)
        self.rest()

    def spot(self, day: int, hours: float) -> QPoint:
        """Where an hour of a day lies in the picture."""
        at = self.picture._frame()
        return QPoint(at.x(hours * 60), at.row(day).center().y())

    def drag(self, start: QPoint, end: QPoint) -> None:
        """By mouse, from one spot of the picture to another."""
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(self.picture, left, NONE, start)
        QTest.mouseMove(self.picture, (start + end) / 2)
        QTest.mouseMove(self.picture, end)
        QTest.mouseRelease(self.picture, left, NONE, end)

    def undo(self) -> None:
        """Takes the last change back."""
        undo = self.toasts[-1][1]
        assert undo is not None
        undo()
        self.rest()

    def stored(self) -> tuple[Calendar, ...]:
        """The calendars in the store."""
        with self.store.read() as s:
            return config.load(s).calendars

    def week(self, day: str) -> list[str]:
        """The hours of a day in the editor."""
        week = self.page.editor.draft().calendar.week or {}
        return [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in week.get(day, ())]

    def listed(self) -> list[str]:
        """The names in the list."""
        return [entry.entry.name for entry in self.page.list.calendars.entries]

    def dates(self) -> list[str]:
        """What the list of dates says."""
        return [f"{row.day.isoformat()} {row.title} ({row.kind})" for row in self.page.editor.dates.list.dates.rows]

    def ben_saves(self, calendar: Calendar, replaces: str, **changes: object) -> None:
        """Somebody else edits a calendar; told by the change feed only if the test says so."""
        changed = replace(calendar, **changes)  # type: ignore[arg-type]
        save_calendar(self.store, changed, replaces=replaces, actor="ben", now=self.context.now())

    def hear(self) -> None:
        """The change feed says that the configuration changed."""
        self.context.changed.emit(Change(topics=frozenset({"config"})))
        self.rest()
