"""The chart of a room shows each measure against what is usual, what happened when, and when posts were held."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from inbox.flow import holds
from inbox.flow.hot import deciding
from inbox.store import hot
from inbox.store.engine import Store
from inbox.store.hot import StreamCount
from inbox.store.schema import account
from inbox.ui.incidents import volume
from inbox.ui.theme import Scheme, Theme
from tests.support.desk import NOON
from tests.ui.incidents.scene import LATER, Office, office, plain

BIN = timedelta(minutes=5)


def count(made: Office, at: datetime, posts: int, negative: int, reach: int) -> None:
    with made.store.write() as s:
        handle = s.scalar(select(account.c.handle))
        hot.count(s, [StreamCount(f"account:{handle}", at, posts, posts - 1, negative, reach)])


def usual_days(made: Office) -> None:
    for day in (1, 2, 3):
        for place in range(12 * 8):
            count(made, NOON - timedelta(days=day, hours=4) + BIN * place, 4, 1, 800)


def test_what_is_written_stands_against_its_usual_range_for_each_measure(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        usual_days(made)
        count(made, LATER - BIN, 35, 20, 90_000)
        page = made.room()
        boxes = page.seen.figures.boxes
        assert boxes["mentions"].accessibleName() == "35 mentions in 5 min. baseline 4"
        assert boxes["negative"].beside == "usual 25%"
        chart = page.seen.chart
        assert plain(chart.legend.accessibleName()) == "Now, Usual"
        chart.plot.setFocus()
        QTest.keyClick(chart.plot, Qt.Key.Key_End)
        assert chart.plot.read_out().endswith("Now 35, Usual 4 – 4")
        boxes["mentions"].setFocus()
        for key, said in (("people", "Now 34"), ("reach", "Now 90,000"), ("negative", "Now 57%")):
            QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)
            assert page.seen.figures.value() == key
            assert chart.title.text() == volume.title(key)
            assert chart.plot.says((0, len(chart.plot.spots) - 1))[1].startswith(said)


def test_nobody_guesses_what_is_usual(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        count(made, LATER - BIN, 9, 5, 300)
        page = made.room()
        assert page.seen.figures.boxes["mentions"].beside == "baseline not known yet"
        assert page.seen.figures.boxes["negative"].beside == "usual not known yet"
        assert page.seen.chart.legend.accessibleName() == "Now"


def test_the_table_holds_the_same_and_its_cells_are_reached_by_arrows(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        usual_days(made)
        count(made, LATER - BIN, 35, 20, 90_000)
        page = made.room()
        table = page.seen.chart.table
        page.seen.chart.switch.click()
        table.setFocus()
        last = table.rowCount() - 1
        for _ in range(last):
            QTest.keyClick(table, Qt.Key.Key_Down)
        QTest.keyClick(table, Qt.Key.Key_Right)
        said = table.currentItem()
        assert said is not None
        assert said.text() == "35"
        QTest.keyClick(table, Qt.Key.Key_Right)
        usual = table.currentItem()
        assert usual is not None
        assert usual.text() == "4 – 4"


@pytest.mark.parametrize("scheme", list(Scheme))
def test_what_happened_is_marked_and_a_hold_is_shaded(
    qtbot: QtBot, theme: Theme, sqlite_store: Store, scheme: Scheme
) -> None:
    theme.use(scheme, 1.0)
    with office(qtbot, sqlite_store) as made:
        usual_days(made)
        count(made, LATER - BIN, 35, 20, 90_000)
        begun = NOON + timedelta(minutes=8)
        held = holds.hold(made.store, account=None, why="Fire", incident=made.incident, actor="ben", now=begun)
        holds.release(made.store, held.hold_id, actor="ben", now=begun + timedelta(minutes=5))
        deciding.contain(made.store, made.incident, actor="ben", now=NOON + timedelta(minutes=15))
        page = made.room()
        assert page.room is not None
        found = volume.data("mentions", page.room, LATER)
        assert [each.words.split()[0] for each in found.moments] == ["Confirmed", "Contained"]
        assert [each.strong for each in found.moments] == [False, True]
        [stretch] = found.stretches
        assert stretch.end - stretch.begin == pytest.approx(1)
        assert "Posts held" in page.seen.chart.legend.accessibleName()
        assert "Contained" in page.seen.chart.sentence
        assert not page.seen.chart.grab().isNull()


def test_an_incident_that_is_over_says_how_high_it_went(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        count(made, NOON + BIN, 35, 20, 90_000)
        deciding.close(made.store, made.incident, actor="ben", now=LATER)
        page = made.room()
        assert page.seen.figures.boxes["mentions"].accessibleName().startswith("35 mentions in 5 min at its height")


def test_the_posts_of_the_evidence_unfold(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        [first, *_] = page.seen.posts
        assert page.seen.unfold.text() == "Show 2 posts"
        assert not first.isVisible()
        page.seen.unfold.click()
        assert first.isVisible()
        with qtbot.waitSignal(made.context.thread_wanted):
            first.click()
