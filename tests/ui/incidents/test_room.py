"""In the room of an incident everything can be read, decided, and taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.flow.hot import deciding, statements, tasks
from inbox.model.ids import IncidentId
from inbox.model.incident import IncidentState, Severity
from inbox.store import escalations, holds, incidents, outbox
from inbox.store.engine import Store
from inbox.ui.incidents import words
from inbox.ui.theme import Theme
from tests.flow.hot.closed import seen, suspected
from tests.support.desk import many_waiting
from tests.ui.incidents.scene import LATER, WAIT_MS, office, plain
from tests.ui.incidents.test_volume import count


def test_the_room_says_what_is_hot_and_what_it_holds(qtbot: QtBot, theme: Theme, store: Store) -> None:
    del theme
    with office(qtbot, store) as made:
        page = made.room()
        assert page.head.title.text() == "Double charges"
        assert page.head.steps.accessibleName() == "State: Confirmed"
        assert page.head.first.text() == "Mark contained"
        assert page.seen.figures.boxes["people"].accessibleName() == "2 distinct authors. threshold 4"
        assert page.threads.about.text() == "2, of which 2 unanswered"
        assert {row.id for row in page.threads.list.threads.rows} == set(made.threads[:2])
        assert plain(page.seen.said.text()).startswith("Opened by hand by Ben Doe")
        assert [plain(each.words.text()) for each in page.timeline.rows] == ["Opened by hand."]


def test_each_state_offers_what_may_become_of_it_and_undo_takes_it_back(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.head.first.click()
        made.rest()
        assert made.now().state is IncidentState.CONTAINED
        assert page.head.first.text() == "Close"
        made.take_back()
        assert made.now().state is IncidentState.CONFIRMED
        page.head.second.click()
        made.rest()
        assert made.now().state is IncidentState.CLOSED
        assert page.head.first.text() == "Reopen"
        assert not page.head.rename.isEnabled()
        page.head.first.click()
        made.rest()
        assert made.now().state is IncidentState.CONFIRMED


def test_every_verb_that_is_offered_is_one_that_the_state_allows() -> None:
    for verbs in words.NEXT.values():
        assert all(each in words.VERBS and hasattr(deciding, each) for each in verbs)


def test_who_was_quicker_is_told_and_nothing_is_changed(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        deciding.set_severity(sqlite_store, made.incident, Severity.LOW, actor="ben", now=LATER)
        page.head.first.click()
        made.rest()
        assert made.now().state is IncidentState.CONFIRMED
        assert made.toasts[-1].startswith("Ben changed “Double charges” meanwhile (Severity low")
        assert page.head.severity.text() == "Low"


def test_severity_and_owner_are_picked_by_keyboard(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        QTest.keyClick(page.head.severity, Qt.Key.Key_Space)
        assert page.picker is not None
        QTest.keyClick(page.picker.field, Qt.Key.Key_Return)
        made.rest()
        assert made.now().severity is Severity.HIGH
        QTest.keyClick(page.head.owner, Qt.Key.Key_Space)
        QTest.keyClick(page.picker.field, Qt.Key.Key_Return)
        made.rest()
        assert made.now().owner == "ana"
        assert page.head.owner.accessibleName().startswith("Owner: ")


def test_the_name_is_edited_in_its_place_and_escape_keeps_it(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        QTest.keyClick(page.head.first, Qt.Key.Key_F2)
        QTest.keyClicks(page.head.edit, "Charged twice")
        QTest.keyClick(page.head.edit, Qt.Key.Key_Return)
        made.rest()
        assert made.now().title == "Charged twice"
        QTest.keyClick(page.head.first, Qt.Key.Key_F2)
        QTest.keyClicks(page.head.edit, "Else")
        QTest.keyClick(page.head.edit, Qt.Key.Key_Escape)
        assert page.head.title.isVisible()
        assert made.now().title == "Charged twice"
        assert made.went == []
        QTest.keyClick(page.head.first, Qt.Key.Key_Escape)
        assert made.went == ["incidents"]


def test_threads_are_taken_out_and_put_back_and_enter_opens_one(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.threads.list.setFocus()
        first = page.threads.list.threads.rows[0].id
        with qtbot.waitSignal(made.context.thread_wanted) as wanted:
            QTest.keyClick(page.threads.list, Qt.Key.Key_Return)
        assert wanted.args == [first]
        QTest.keyClick(page.threads.list, Qt.Key.Key_Delete)
        made.rest()
        assert made.held() == [each for each in made.threads[:2] if each != first]
        assert made.toasts[-1] == "1 thread taken out of “Double charges”."
        made.take_back()
        assert made.held() == made.threads[:2]
        assert len(page.threads.list.threads.rows) == 2


def test_a_note_lands_on_the_timeline_and_a_draft_stays_with_its_incident(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        other = made.opened("Gate change", [])
        page = made.room()
        assert not page.timeline.send.isEnabled()
        QTest.keyClicks(page.timeline.editor, "The bank says it is them.")
        page.show_incident(other)
        made.rest()
        assert page.timeline.editor.text() == ""
        page.show_incident(made.incident)
        made.rest()
        assert page.timeline.editor.text() == "The bank says it is them."
        QTest.keyClick(page.timeline.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        made.rest()
        assert page.timeline.editor.text() == ""
        [newest, *_] = made.told()
        assert (newest.kind, newest.text, newest.actor) == ("note", "The bank says it is them.", "ana")
        assert plain(page.timeline.rows[0].words.text()) == "The bank says it is them."


def test_the_timeline_tells_the_time_as_it_is_here_but_never_in_what_somebody_wrote(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page, said = made.room(), "Somebody is displeased, since 2026-11-22 15:22 UTC."
        with made.store.write() as s:
            for kind in ("sign", "note"):
                incidents.tell(s, made.incident, kind, said, actor="detector", at=LATER)
        page.show_incident(made.incident)
        made.rest()
        shown = [plain(each.words.text()) for each in page.timeline.rows[:2]]
        assert sum("UTC" in each for each in shown) == 1
        assert said in shown


def test_words_that_could_not_be_written_stay(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        text = "x" * (deciding.LONGEST_NOTE + 1)
        page.timeline.editor.set_text(text)
        page.timeline.send.click()
        made.rest()
        assert made.toasts[-1].startswith("It is too long")
        assert page.timeline.editor.text() == text
        assert page.timeline.send.isEnabled()


def test_posts_are_held_with_a_reason_and_let_go(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.act("hold")
        dialog = page.dialog
        assert dialog is not None
        assert dialog.choice.count() == 2
        QTest.keyClicks(dialog.field.edit, "We do not know yet")
        dialog.act.click()
        made.rest()
        with sqlite_store.read() as s:
            [standing] = holds.standing(s)
        assert (standing.incident_id, standing.why, standing.by) == (made.incident, "We do not know yet", "ana")
        names = [name for name, _words, _icon in page.head.deeds()]
        assert "release" in names
        assert "hold" not in names
        page.act("release")
        made.rest()
        with sqlite_store.read() as s:
            assert holds.standing(s) == []


def test_a_call_for_help_goes_out_with_its_reason(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.act("call")
        assert page.picker is not None
        QTest.keyClicks(page.picker.field, "the bank does not answer")
        QTest.keyClick(page.picker.field, Qt.Key.Key_Return)
        made.rest()
        with sqlite_store.read() as s:
            [call] = escalations.running(s)
        assert (call.incident_id, call.reason) == (made.incident, "the bank does not answer")
        made.take_back()
        with sqlite_store.read() as s:
            assert escalations.running(s) == []


def test_many_threads_are_read_a_page_at_a_time(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        deciding.put(sqlite_store, made.incident, many_waiting(sqlite_store, "Billing", 148), actor="ben", now=LATER)
        page = made.room()
        threads = page.threads.list.threads
        assert (len(threads.rows), threads.total) == (100, 150)
        page.threads.list.scrollToBottom()
        made.rest()
        qtbot.waitUntil(lambda: len(threads.rows) == 150)
        assert len({each.id for each in threads.rows}) == 150
        page.read()
        made.rest()
        assert len(threads.rows) == 150


def test_where_there_is_little_room_one_part_is_shown(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room((584, 480))
        assert page.seen.isVisible()
        assert not page.threads.isVisible()
        QTest.keyClick(page.parts, Qt.Key.Key_Right)
        assert page.statement.isVisible()
        assert not page.seen.isVisible()
        QTest.keyClick(page.parts, Qt.Key.Key_Right)
        assert page.threads.isVisible()
        assert not page.statement.isVisible()
        QTest.keyClick(page.parts, Qt.Key.Key_Right)
        assert page.tasks.isVisible()
        assert not page.timeline.isVisible()
        QTest.keyClick(page.parts, Qt.Key.Key_Right)
        assert page.timeline.isVisible()
        assert not page.tasks.isVisible()


def test_an_incident_that_is_gone_says_so(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room(incident=IncidentId(99))
        assert page.gone.label.text() == "This incident is not there any more."
        page.gone.button.click()
        assert made.went == ["incidents"]


def test_tasks_are_ticked_added_given_and_removed_each_with_its_undo(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        tasks.add(sqlite_store, made.incident, "Call the bank", due_at=LATER, actor="ben", now=LATER)
        page = made.room()
        before = len(page.tasks.rows)
        row = next(each for each in page.tasks.rows if each.task.title == "Call the bank")
        row.box.setFocus()
        QTest.keyClick(row.box, Qt.Key.Key_Space)
        made.rest()
        assert next(each.done_by for each in made.tasks() if each.title == "Call the bank") == "ana"
        assert page.tasks.count.text() == f"1 of {before} done"
        made.take_back()
        assert page.tasks.count.text() == f"0 of {before} done"
        QTest.keyClicks(page.tasks.field, "Tell the shop")
        QTest.keyClick(page.tasks.field, Qt.Key.Key_Return)
        made.rest()
        assert [each.title for each in made.tasks()][-1] == "Tell the shop"
        page.tasks.rows[-1].asked.emit("assign")
        assert page.picker is not None
        QTest.keyClick(page.picker.field, Qt.Key.Key_Return)
        made.rest()
        assert made.tasks()[-1].assignee == "ana"
        page.tasks.rows[-1].asked.emit("remove")
        made.rest()
        assert len(made.tasks()) == before
        made.take_back()
        assert [each.title for each in made.tasks()][-1] == "Tell the shop"


def test_everybody_is_answered_once_the_reach_of_the_words_is_said(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.threads.reply.click()
        dialog = page.reply_dialog
        assert dialog is not None
        assert not dialog.send.isEnabled()
        QTest.keyClicks(dialog.editor, "Sorry {name}, the money is on its way back.")
        dialog.reject()
        page.threads.reply.click()
        dialog = page.reply_dialog
        assert dialog is not None
        assert dialog.text == "Sorry {name}, the money is on its way back."
        dialog.look()
        made.rest()
        assert dialog.send.text() == "Reply to 2"
        assert "Sorry Kim" in dialog.first.text() or "Sorry Lee" in dialog.first.text()
        dialog.send.click()
        made.rest()
        with sqlite_store.read() as s:
            assert {each.thread_id for each in outbox.on_their_way(s)} == set(made.threads[:2])
        made.take_back()
        with sqlite_store.read() as s:
            assert outbox.on_their_way(s) == ()


def test_an_incident_becomes_part_of_another_which_is_then_shown(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.act("merge")
        made.rest()
        assert made.toasts == ["No other incident is open."]
        other = made.opened("Gate change", [made.threads[2]])
        page.act("merge")
        made.rest()
        assert page.picker is not None
        QTest.keyClick(page.picker.field, Qt.Key.Key_Return)
        made.rest()
        assert made.now().state is IncidentState.MERGED
        assert made.went == [f"incident:{other}"]
        assert [name for name, *_ in page.head.deeds()][:1] == ["unmerge"]
        made.take_back()
        assert made.now().state is IncidentState.CONFIRMED


def test_the_statement_stands_between_what_was_seen_and_the_threads(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room((1200, 900))
        tops = [each.mapTo(page, each.rect().topLeft()).y() for each in (page.seen, page.statement, page.threads)]
        assert tops == sorted(tops)
        account = page._accounts[0].id
        done = statements.draft(sqlite_store, made.incident, "We know of it.", [account], actor="ben", now=LATER)
        made.context.changed.emit(done.change)
        qtbot.waitUntil(lambda: "We know of it." in page.statement.text.text(), timeout=WAIT_MS)
        made.rest()


@pytest.mark.parametrize("high", [754, 790, 830, 860, 900])
def test_what_can_be_done_with_the_statement_stays_in_sight_however_often_the_room_is_read(
    qtbot: QtBot, theme: Theme, sqlite_store: Store, high: int
) -> None:
    del theme
    said = "Everyone has left the aircraft safely, and engineers are on board. We write again in half an hour. " * 2
    with office(qtbot, sqlite_store) as made:
        made.incident = suspected(sqlite_store, made.threads, evidence=seen([]) | {"copies": 7, "negative": 0.62})
        count(made, LATER, 35, 20, 90_000)
        page = made.room((1224, high))
        done = statements.draft(sqlite_store, made.incident, said, [page._accounts[0].id], actor="ben", now=LATER)
        made.context.changed.emit(done.change)
        qtbot.waitUntil(lambda: "engineers" in page.statement.text.text(), timeout=WAIT_MS)
        for _ in range(3):
            page.read()
            made.rest()
            first = page.statement.buttons[0]
            foot = first.mapTo(page._scroll, first.rect().bottomLeft()).y()
            assert foot < page._scroll.height(), "cut off"
            assert page._scroll.height() == page._left.height()
            assert page.seen.chart.geometry().bottom() < page.seen.figures.geometry().top()
            assert page.seen.chart.height() >= page.seen.chart.minimumSizeHint().height(), "squeezed"
