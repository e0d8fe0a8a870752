"""Writing, keeping, sending and taking back, over a real store and by the keyboard."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.model.account import Limits
from inbox.model.words import AfterSend, DraftKind, HealthState, LengthRule, ReplyState, Visibility
from inbox.store import accounts, drafts, outbox, people, threads
from inbox.store.engine import Store
from inbox.ui.composer.judge import judge_reply
from inbox.ui.thread import ThreadPane
from tests.ui.samples import ACCOUNT
from tests.ui.workroom import WAIT_MS, Room, settle, working

pytestmark = pytest.mark.usefixtures("theme")


def type_reply(room: Room, pane: ThreadPane, text: str) -> None:
    assert room.context.commands.run("reply")
    assert pane.composer.editor.hasFocus()
    QTest.keyClicks(pane.composer.editor, text)


def replies(room: Room) -> list[ReplyState]:
    with room.store.read() as s:
        return [each.state for each in outbox.for_thread(s, room.thread)]


def draft_text(room: Room, kind: DraftKind = DraftKind.REPLY) -> str:
    with room.store.read() as s:
        found = drafts.get(s, room.thread, people.employee(s, "ana").id, kind)
    return found.text if found else ""


def test_ctrl_enter_puts_the_reply_into_the_outbox_and_empties_the_composer(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        QTest.keyClick(pane.said, Qt.Key.Key_R)
        QTest.keyClicks(pane.composer.editor, "We found it.")
        QTest.keyClick(pane.composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: replies(room) == [ReplyState.QUEUED], timeout=WAIT_MS)
        settle(qtbot, room)
        assert pane.composer.editor.text() == ""
        assert draft_text(room) == ""
        assert any(undo is not None for _text, undo in room.toasts)


def test_undo_brings_the_text_back(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        type_reply(room, pane, "Too early")
        room.context.commands.run("send")
        qtbot.waitUntil(lambda: bool(room.toasts), timeout=WAIT_MS)
        undo = room.toasts[-1][1]
        assert undo is not None
        undo()
        qtbot.waitUntil(lambda: replies(room) == [ReplyState.CANCELLED], timeout=WAIT_MS)
        settle(qtbot, room)
        assert pane.composer.editor.text() == "Too early"


def test_send_and_close_asks_for_closing(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        type_reply(room, pane, "Done.")
        pane.composer.close_button.click()
        qtbot.waitUntil(lambda: bool(replies(room)), timeout=WAIT_MS)
        with room.store.read() as s:
            assert outbox.for_thread(s, room.thread)[0].after_send is AfterSend.CLOSE


def test_what_is_written_is_kept_without_anybody_saving_it(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        type_reply(room, pane, "Half a sente")
        qtbot.waitUntil(lambda: draft_text(room) == "Half a sente", timeout=WAIT_MS)


def test_leaving_the_thread_keeps_the_draft_at_once_and_coming_back_restores_it(
    qtbot: QtBot, sqlite_store: Store
) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        type_reply(room, pane, "Not finished")
        room.context.set_thread(None)
        assert not pane.composer.keeper.pending
        settle(qtbot, room)
        assert draft_text(room) == "Not finished"
        room.context.set_thread(room.thread)
        qtbot.waitUntil(lambda: pane.composer.editor.text() == "Not finished", timeout=WAIT_MS)


def test_a_lost_race_asks_first_and_send_anyway_sends(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        type_reply(room, pane, "On its way")
        settle(qtbot, room)
        room.time += timedelta(seconds=1)
        room.ben_takes(room.thread)
        room.context.commands.run("send")
        qtbot.waitUntil(lambda: "race" in pane.composer.checks.rows, timeout=WAIT_MS)
        assert not replies(room)
        assert "while you were writing" in pane.composer.checks.rows["race"].said.title
        assert pane.composer.editor.text() == "On its way"
        pane.composer.checks.rows["race"].buttons["send anyway"].click()
        qtbot.waitUntil(lambda: replies(room) == [ReplyState.QUEUED], timeout=WAIT_MS)


def test_too_long_a_text_stops_sending_and_says_by_how_much(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        room.context.commands.run("reply")
        pane.composer.editor.insertPlainText("x" * 503)
        assert "length" in pane.composer.checks.rows
        assert not pane.composer.send_button.isEnabled()
        assert not room.context.commands.run("send")
        assert pane.composer.checks.length.text() == "503 / 500"


def test_pasting_too_much_says_what_was_left_out_until_something_is_deleted(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        room.context.commands.run("note")
        pasted = QMimeData()
        pasted.setText("x" * 25_000)
        pane.composer.editor.insertFromMimeData(pasted)
        assert len(pane.composer.editor.text()) == 20_000
        assert "20,000 of 25,000" in pane.composer.checks.rows["cut"].said.title
        QTest.keyClick(pane.composer.editor, Qt.Key.Key_Backspace)
        assert "cut" not in pane.composer.checks.rows


def test_an_empty_composer_counts_nothing_and_tells_what_the_address_takes() -> None:
    limits = Limits(length=500, length_rule=LengthRule.MASTODON)
    account = replace(ACCOUNT, limits=limits)
    empty, written = (judge_reply(text, account, handle="kim") for text in ("", "Hi there"))
    assert (empty.used, empty.limit, empty.address) == (0, 495, 5)
    assert (written.used, written.limit) == (8, 495)
    named = judge_reply("@kim Hi there", account, handle="kim")
    assert (named.used, named.limit, named.address) == (13, 500, 0)


def test_an_empty_reply_cannot_be_sent(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        type_reply(room, pane, "   ")
        assert not room.context.commands.run("send")
        assert pane.composer.send_button.accessibleDescription()


def test_a_dead_token_blocks_the_composer_and_keeps_the_draft(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        type_reply(room, pane, "Hello")
        assert pane.scene is not None
        account_id = pane.scene.thread.row.account_id
        with room.store.write() as s:
            accounts.set_health(s, account_id, HealthState.SIGN_IN, error="The token is dead.", now=room.time)
        room.context.changed.emit(s.change)
        qtbot.waitUntil(lambda: "blocked" in pane.composer.checks.rows, timeout=WAIT_MS)
        assert not pane.composer.send_button.isEnabled()
        assert pane.composer.editor.text() == "Hello"
        pages: list[str] = []
        room.context.view_wanted.connect(pages.append)
        pane.composer.checks.rows["blocked"].buttons["page:accounts"].click()
        assert pages == ["accounts"]


def test_a_note_is_for_colleagues_and_never_goes_to_the_outbox(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        type_reply(room, pane, "Public words")
        assert room.context.commands.run("note")
        assert pane.composer.editor.text() == ""
        QTest.keyClicks(pane.composer.editor, "Careful here")
        assert room.context.commands.run("send")
        qtbot.waitUntil(lambda: pane.composer.mode == "public", timeout=WAIT_MS)
        settle(qtbot, room)
        with room.store.read() as s:
            assert [each.text for each in threads.notes(s, room.thread)] == ["Careful here"]
        assert not replies(room)
        assert pane.composer.editor.text() == "Public words"
        qtbot.waitUntil(lambda: draft_text(room) == "Public words", timeout=WAIT_MS)


def test_an_unsent_note_survives_a_crash_and_comes_back_as_a_note(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        assert room.context.commands.run("note")
        QTest.keyClicks(pane.composer.editor, "He is right")
        qtbot.waitUntil(lambda: draft_text(room, DraftKind.NOTE) == "He is right", timeout=WAIT_MS)
        assert draft_text(room) == ""
        again = ThreadPane(room.context)
        qtbot.addWidget(again)
        qtbot.waitUntil(lambda: again.scene is not None, timeout=WAIT_MS)
        assert again.composer.mode == "note"
        assert again.composer.editor.text() == "He is right"
        again.composer.set_mode("public")
        assert again.composer.editor.text() == ""


def test_a_note_that_was_added_leaves_no_draft(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        assert room.context.commands.run("note")
        QTest.keyClicks(pane.composer.editor, "He is right")
        assert room.context.commands.run("send")
        qtbot.waitUntil(lambda: pane.composer.mode == "public", timeout=WAIT_MS)
        settle(qtbot, room)
        assert draft_text(room, DraftKind.NOTE) == ""


def test_a_direct_message_is_offered_only_where_the_account_may_write_one(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        assert not room.context.commands.can("private")
        pane.composer.set_mode("private")
        assert pane.composer.mode == "public"
        assert pane.composer._visibility() is Visibility.PUBLIC


def test_escape_goes_back_to_what_was_said(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        type_reply(room, pane, "x")
        QTest.keyClick(pane.composer.editor, Qt.Key.Key_Escape)
        assert pane.said.hasFocus()
        assert pane.composer.editor.text() == "x"


def test_a_failed_draft_is_said_and_the_text_stays(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        type_reply(room, pane, "Keep me")
        pane.composer.keeper.failed.emit("There is no room left on the disk.")
        assert "no room left" in pane.composer.note_line.text()
        assert pane.composer.editor.text() == "Keep me"
