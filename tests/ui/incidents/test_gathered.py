"""The gathered threads: who is to be replied to, how each came in, and others put in by hand."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.flow.hot import deciding
from inbox.store.engine import Store
from inbox.store.schema import incident_thread
from inbox.ui.theme import Theme
from tests.support.desk import many_waiting
from tests.ui.incidents.scene import LATER, office


def test_those_that_are_unchecked_are_left_out_of_the_reply(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        card = page.threads
        assert card.reply.text() == "Reply to 2"
        first, second = (each.id for each in card.list.threads.rows)
        card.list.setFocus()
        QTest.keyClick(card.list, Qt.Key.Key_Space)
        assert card.reply.text() == "Reply to 1"
        assert card.names.box.checkState() is Qt.CheckState.PartiallyChecked
        assert "Not replied to" in card.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        card.reply.click()
        made.rest()
        dialog = page.reply_dialog
        assert dialog is not None
        QTest.keyClicks(dialog.editor, "We are on it.")
        dialog.look()
        made.rest()
        assert dialog._plan is not None
        assert [each.thread_id for each in dialog._plan.answers] == [second]
        dialog.reject()
        box = card.list.visualRect(card.list.model().index(0, 0))
        QTest.mouseClick(card.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(24, box.center().y()))
        assert card.list.threads.is_checked(first)


def test_all_are_checked_or_none_also_those_that_were_not_read_yet(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        deciding.put(sqlite_store, made.incident, many_waiting(sqlite_store, "Billing", 148), actor="ben", now=LATER)
        page = made.room()
        card = page.threads
        assert card.reply.text() == "Reply to 150"
        card.names.box.click()
        assert card.reply.text() == "Reply to 0"
        assert not card.reply.isEnabled()
        card.list.setFocus()
        QTest.keyClick(card.list, Qt.Key.Key_Space)
        assert card.reply.text() == "Reply to 1"
        card.names.box.click()
        assert card.reply.text() == "Reply to 150"


def test_how_well_a_thread_fits_is_shown_where_it_is_known(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        with sqlite_store.write() as s:
            s.execute(incident_thread.update().values(match=None))
        page = made.room()
        model = page.threads.list.threads
        assert "match" not in model.columns(800)
        with sqlite_store.write() as s:
            fitting = incident_thread.update().where(incident_thread.c.thread_id == made.threads[0])
            s.execute(fitting.values(by="match", match=0.93))
        page.read()
        made.rest()
        assert "match" in model.columns(800)
        assert "match" not in model.columns(400)
        said = [model.data(model.index(at, 0)) for at in range(2)]
        assert any("Match 0.93" in each for each in said)
        assert any("Put in by hand" in each for each in said)


def test_others_are_looked_for_and_put_in_by_keyboard_and_taken_back(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.threads.add.click()
        made.rest()
        dialog = page.add_dialog
        assert dialog is not None
        assert [each.id for each in dialog.list.threads.rows] == [made.threads[2]]
        assert not dialog.add.isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_Down)
        dialog.list.begin()
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        assert dialog.add.text() == "Add 1 thread"
        dialog.add.click()
        made.rest()
        assert made.held() == made.threads
        assert len(page.threads.list.threads.rows) == 3
        made.take_back()
        assert made.held() == made.threads[:2]


def test_what_was_checked_stays_while_another_is_looked_for(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.threads.add.click()
        made.rest()
        dialog = page.add_dialog
        assert dialog is not None
        dialog.list.turn([made.threads[2]])
        QTest.keyClicks(dialog.field, "nothing says this")
        dialog.look()
        made.rest()
        assert [each.id for each in dialog.list.threads.rows] == [made.threads[2]]
        dialog.list.turn([made.threads[2]])
        dialog.look()
        made.rest()
        assert dialog.empty.isVisible()
        dialog.field.setText(f"#{made.threads[2]}")
        dialog.look()
        made.rest()
        assert [each.id for each in dialog.list.threads.rows] == [made.threads[2]]
        dialog.reject()


def test_of_an_incident_that_is_over_nothing_is_checked(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        deciding.close(sqlite_store, made.incident, actor="ben", now=LATER)
        page = made.room()
        card = page.threads
        assert not card.reply.isVisible()
        assert not card.names.box.isVisible()
        assert "check" not in card.list.threads.columns(800)
        card.list.setFocus()
        QTest.keyClick(card.list, Qt.Key.Key_Space)
        assert not card.list.threads.excepted
