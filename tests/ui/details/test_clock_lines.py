"""Each clock as a line in time: what it is made of, what it says, how it is reached."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.model.clock import Clock
from inbox.model.words import Metric
from inbox.model.workspace import Calendar, Workspace
from inbox.ui.details.clocks import ClocksSection, open_hours
from inbox.ui.details.timeline import ClockBar, axis, sentence
from inbox.ui.theme import current
from inbox.ui.thread.scene import Scene
from inbox.ui.thread.times import moment
from inbox.ui.widgets import Label
from tests.ui import samples

pytestmark = pytest.mark.usefixtures("theme")
NOW, MINUTE = samples.NOW, timedelta(minutes=1)
RUNS = samples.clock(
    Metric.FIRST, started_at=NOW - 60 * MINUTE, due_at=NOW + 60 * MINUTE, warn_at=NOW + 30 * MINUTE, calendar=None
)
PAUSED = replace(RUNS, metric=Metric.RESOLUTION, paused=((NOW - 30 * MINUTE, NOW - 10 * MINUTE),))


def scene_of(*clocks: Clock) -> Scene:
    scene = samples.scene()
    return replace(scene, thread=replace(scene.thread, clocks=clocks))


def section(qtbot: QtBot, *clocks: Clock) -> ClocksSection:
    made = ClocksSection()
    qtbot.addWidget(made)
    made.resize(276, 400)
    made.show_scene(scene_of(*clocks), NOW)
    made.show()
    return made


def ends(made: ClocksSection) -> list[Label]:
    written = {moment(at, NOW) for at in (RUNS.started_at, NOW + 60 * MINUTE)}
    return [each for each in made.findChildren(Label) if each.text() in written]


def test_a_line_is_made_of_what_was_open_closed_and_paused() -> None:
    opened = [(NOW - 90 * MINUTE, NOW - 20 * MINUTE)]
    bar = ClockBar(PAUSED, axis([PAUSED], NOW), NOW, opened)
    minutes = [(kind, (begin - NOW) / MINUTE, (end - NOW) / MINUTE) for kind, begin, end in bar.pieces()]
    assert minutes == [("open", -60, -30), ("paused", -30, -20), ("paused", -20, -10), ("closed", -10, 0)]


def test_each_line_says_all_its_times_in_a_sentence(qtbot: QtBot) -> None:
    made = section(qtbot, RUNS, PAUSED)
    names = [bar.accessibleName() for bar in made.findChildren(ClockBar)]
    assert names == [sentence(RUNS, NOW), sentence(PAUSED, NOW)]
    for word in ("started", "warning", "due", "still running"):
        assert word in names[0]
    assert "paused" in names[1]
    assert [bar.toolTip() for bar in made.findChildren(ClockBar)] == names


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"met_at": NOW}, "met"),
        ({"cancelled_at": NOW, "cancel_reason": "spam"}, "spam"),
        ({"breached_at": NOW - MINUTE}, "late since"),
        ({"due_at": None, "warn_at": None}, "no deadline"),
        ({"paused": ((NOW - MINUTE, None),)}, "paused since"),
    ],
)
def test_how_it_ended_is_said(changes: dict[str, object], words: str) -> None:
    assert words in sentence(replace(RUNS, **changes), NOW)  # type: ignore[arg-type]


def test_the_keyboard_reaches_each_line(qtbot: QtBot) -> None:
    made = section(qtbot, RUNS, PAUSED)
    bars = made.findChildren(ClockBar)
    bars[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bars[0], Qt.Key.Key_Tab)
    assert bars[1].hasFocus() or made.focusWidget() is bars[1]


def test_past_cycles_are_folded_and_open_by_a_key(qtbot: QtBot) -> None:
    old = replace(RUNS, metric=Metric.NEXT, met_at=NOW - 30 * MINUTE)
    new = replace(RUNS, metric=Metric.NEXT, cycle=2)
    made = section(qtbot, old, new)
    assert [bar.isVisible() for bar in made.findChildren(ClockBar)] == [True, False]
    made.earlier.setFocus()
    QTest.keyClick(made.earlier, Qt.Key.Key_Space)
    assert [bar.isVisible() for bar in made.findChildren(ClockBar)] == [True, True]
    made.show_scene(scene_of(new), NOW + MINUTE)
    assert made.earlier.isHidden()
    made.show_scene(scene_of(old, new), NOW + 2 * MINUTE)
    assert not made.earlier.isHidden()


def test_time_goes_left_to_right_also_where_the_screen_reads_right_to_left(qtbot: QtBot) -> None:
    made = section(qtbot, RUNS)
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    (bar,) = made.findChildren(ClockBar)
    assert bar.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert bar._at(RUNS.started_at).x() < bar._at(NOW).x() < bar._at(NOW + 60 * MINUTE).x()
    first, last = ends(made)
    assert first.mapTo(made, QPoint()).x() < last.mapTo(made, QPoint()).x()


def test_the_times_at_both_ends_are_written_under_the_lines(qtbot: QtBot) -> None:
    made = section(qtbot, RUNS)
    said = [each.text() for each in ends(made)]
    assert said == [moment(RUNS.started_at, NOW), moment(NOW + 60 * MINUTE, NOW)]


def test_the_line_is_painted_in_the_colours_of_the_theme(qtbot: QtBot) -> None:
    made = section(qtbot, replace(RUNS, met_at=NOW, breached_at=NOW))
    (bar,) = made.findChildren(ClockBar)
    image = bar.grab().toImage()
    at = bar._at(NOW)
    ratio = image.devicePixelRatio()
    seen = QColor(image.pixel(round(at.x() * ratio), round(at.y() * ratio)))
    assert seen.name() == current().color("late").name()


def test_hours_of_a_calendar_that_is_gone_or_refused_are_left_out() -> None:
    clock = replace(RUNS, calendar="Service hours")
    assert open_hours([clock], Workspace(), NOW) == {}
    assert open_hours([clock], Workspace(calendars=(Calendar("Service hours", week={}),)), NOW) == {}
    found = open_hours([clock], Workspace(calendars=(Calendar("Service hours"),)), NOW)
    assert found["Service hours"] == ((NOW - 60 * MINUTE, NOW + 60 * MINUTE),)
