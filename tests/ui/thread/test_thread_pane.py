"""The thread on screen: what is said, in which order, and what happens around it."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inbox.model.ids import ReplyId, ThreadId
from inbox.model.words import CloseReason, ReplyState, Status
from inbox.store import presence, threads
from inbox.store.engine import Store
from inbox.ui.context import Context
from inbox.ui.theme import Theme
from inbox.ui.thread import ThreadPane
from inbox.ui.thread.foot import Facts
from inbox.ui.thread.post import PostText
from inbox.ui.thread.scene import Scene
from inbox.ui.thread.state import reply_state
from inbox.ui.thread.timeline import entries, matched_words, spans
from inbox.ui.widgets import Label, Tag
from tests.support.desk import waiting_thread
from tests.support.world import put_mention
from tests.ui import samples
from tests.ui.workroom import WAIT_MS, Room, settle, working

pytestmark = pytest.mark.usefixtures("theme")


def shown(qtbot: QtBot, scene: Scene, size: tuple[int, int] = (820, 900)) -> ThreadPane:
    """A pane that shows a scene, without a store."""
    context = Context(now=lambda: samples.NOW)
    context.employee = "ana"
    pane = ThreadPane(context)
    qtbot.addWidget(pane)
    pane.resize(*size)
    pane.show()
    context.thread_id = pane._thread_id = scene.thread.row.id
    pane._show(scene)
    return pane


def words(pane: ThreadPane) -> str:
    return "\n".join(label.text() for label in pane.findChildren(Label) if not label.isHidden())


def test_mentions_notes_and_replies_stand_in_the_order_of_their_times() -> None:
    thread = samples.thread()
    found = entries(thread, [samples.reply()])
    assert [entry.key for entry in found] == ["mention:1", "mention:2", "mention:3", "note:1", "reply:1"]


def test_a_sent_reply_gives_way_to_its_mention() -> None:
    sent = samples.reply(state=ReplyState.SENT, remote_id="https://social.example/2", sent_at=samples.NOW)
    assert [e.key for e in entries(samples.thread(), [sent]) if e.reply] == []
    other = replace(sent, remote_id="https://social.example/77")
    assert [e.key for e in entries(samples.thread(), [other]) if e.reply] == ["reply:1"]


def test_matched_words_are_marked_whatever_their_case() -> None:
    assert matched_words(samples.thread()) == ("my suitcase",)
    assert spans("My Suitcase and my suitcase", ("my suitcase",)) == [(0, 11), (16, 27)]


def test_the_pane_says_who_wrote_and_as_what(qtbot: QtBot) -> None:
    pane = shown(qtbot, samples.scene(), (1300, 900))
    said = words(pane)
    assert "Public reply by Ben Adeyemi" in said
    assert "Note, seen by colleagues only" in said
    assert "Farid Haddad is reading this thread. The reply is claimed by you." in said
    assert "Mastodon, since" in said


def test_a_reply_made_elsewhere_says_so(qtbot: QtBot) -> None:
    thread = samples.thread(mentions=(samples.own(1, "Hello", samples.SATURDAY, by=None),))
    assert "Public reply, written elsewhere" in words(shown(qtbot, samples.scene(thread=thread)))


def test_an_edit_shows_the_earlier_text_on_demand_and_a_deletion_is_said(qtbot: QtBot) -> None:
    edited = samples.mention(1, "New words", samples.SATURDAY, edited_at=samples.NOW, earlier_texts=("Old words",))
    gone = samples.mention(2, "Gone words", samples.SATURDAY, deleted_at=samples.NOW)
    pane = shown(qtbot, samples.scene(thread=samples.thread(mentions=(edited, gone), notes=())))
    assert "Deleted on the network" in words(pane)
    facts = pane.said.views["mention:1"].findChildren(Facts)[0]
    before = [text.toPlainText() for text in pane.findChildren(PostText)]
    assert "Old words" not in before
    facts.button.click()
    assert "Old words" in [text.toPlainText() for text in pane.findChildren(PostText)]


@pytest.mark.parametrize(
    ("state", "words_", "action"),
    [
        (ReplyState.QUEUED, "Sends in 8 s", "undo"),
        (ReplyState.SENDING, "Sending", ""),
        (ReplyState.FAILED, "refused", "retry"),
        (ReplyState.UNKNOWN, "being read back", ""),
    ],
)
def test_a_reply_on_its_way_says_how_far_it_is(state: ReplyState, words_: str, action: str) -> None:
    told = reply_state(samples.reply(state=state, error="The server refused it."), samples.NOW)
    assert words_ in told.words
    assert told.action == action


def test_the_seconds_run_down_and_undo_is_offered_in_the_thread(qtbot: QtBot) -> None:
    pane = shown(qtbot, samples.scene(replies=(samples.reply(),)))
    view = pane.said.views["reply:1"]
    assert view.reply_foot is not None
    assert "Sends in 8 s" in view.reply_foot.words.text()
    view.tick(samples.NOW + timedelta(seconds=5))
    assert "Sends in 3 s" in view.reply_foot.words.text()
    taken: list[ReplyId] = []
    pane.said.undo_wanted.connect(lambda reply: taken.append(reply.id))
    view.reply_foot.button.click()
    assert taken == [ReplyId(1)]


def test_a_thread_of_a_thousand_mentions_opens_at_once_with_its_recent_part(qtbot: QtBot) -> None:
    mentions = tuple(
        samples.mention(n, f"Mention {n} " * 12, samples.SATURDAY + timedelta(minutes=n)) for n in range(1, 1001)
    )
    thread = samples.thread(mentions=mentions, row=samples.row(mentions=1000))
    begun = time.monotonic()
    pane = shown(qtbot, samples.scene(thread=thread))
    assert time.monotonic() - begun < 2.0
    assert "mention:1000" in pane.said.views
    assert "mention:1" not in pane.said.views
    assert not pane.said.earlier.isHidden()
    before = len(pane.said.views)
    pane.said.earlier.click()
    assert len(pane.said.views) == before + 100


def test_a_closed_thread_offers_to_be_reopened_and_says_why_it_is_closed(qtbot: QtBot) -> None:
    thread = samples.thread(row=samples.row(status=Status.CLOSED), close_reason=CloseReason.SPAM)
    pane = shown(qtbot, samples.scene(thread=thread))
    assert pane.head.close_button.isHidden()
    assert not pane.head.reopen.isHidden()
    tags = [tag.text for tag in pane.bar.findChildren(Tag)]
    assert "Closed: spam" in tags


def test_head_words_go_in_a_narrow_window(qtbot: QtBot) -> None:
    pane = shown(qtbot, samples.scene(), (640, 480))
    assert not pane.head.snooze.words
    assert not pane.head.back.isHidden()
    assert not pane.bar.pill.isHidden()
    assert pane.bar.where.isHidden()


def test_an_unchanged_entry_keeps_its_widget_over_a_refresh(qtbot: QtBot) -> None:
    pane = shown(qtbot, samples.scene())
    before = pane.said.views["mention:1"]
    pane._show(samples.scene(replies=(samples.reply(),)))
    assert pane.said.views["mention:1"] is before
    assert "reply:1" in pane.said.views


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_the_pane_draws_at_every_text_size(scale: float, qtbot: QtBot, theme: Theme) -> None:
    theme.use(None, scale)
    pane = shown(qtbot, samples.scene(replies=(samples.reply(),)), (900, 800))
    pane.grab()


def test_a_larger_text_makes_the_bars_taller_at_once(qtbot: QtBot, theme: Theme) -> None:
    pane = shown(qtbot, samples.scene())
    theme.use(None, 1.6)
    assert pane.bar.height() == round(36 * 1.6)
    assert pane.composer.checks.strip.minimumHeight() == round(32 * 1.6)


def test_no_height_makes_the_lines_break_for_ever(qtbot: QtBot) -> None:
    """A scroll bar that took its room from the text once made both change without an end."""
    pane = shown(qtbot, samples.scene(replies=(samples.reply(),)), (900, 500))
    for height in range(500, 1_100, 9):
        pane.resize(900, height)
        begun = time.monotonic()
        qtbot.wait(1)
        pane.grab()
        assert time.monotonic() - begun < 5.0, f"it does not come to rest at {height}"


def test_right_to_left_mirrors_and_draws(qtbot: QtBot) -> None:
    said = (samples.mention(1, "تأخرت رحلتنا خمس ساعات ولم يخبرنا أحد بشيء.", samples.SATURDAY),)
    pane = shown(qtbot, samples.scene(thread=samples.thread(mentions=said)))
    pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    pane.grab()


def test_a_new_mention_comes_in_by_the_change_feed(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        assert pane.scene is not None
        row = pane.scene.thread.row
        put_mention(room.store, row.account_id, room.thread, row.author_id, at=room.time, text="Still nothing?")
        with room.store.write() as s:
            s.changed(threads=[room.thread])
        room.context.changed.emit(s.change)
        qtbot.waitUntil(lambda: len(pane.said.views) == 2, timeout=WAIT_MS)


def test_a_colleague_on_the_thread_is_said(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        with room.store.write() as s:
            presence.here(s, room.thread, "ben", claimed=True, now=room.time)
        room.context.changed.emit(s.change)
        qtbot.waitUntil(lambda: not pane.presence.isHidden(), timeout=WAIT_MS)
        assert "Ben Doe is reading" in pane.presence.words.text()
        assert "claimed by Ben Doe" in pane.presence.words.text()


def test_writing_claims_the_reply_for_others_to_see(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        room.context.commands.run("reply")
        settle(qtbot, room)
        with room.store.read() as s:
            here = presence.who(s, room.thread, now=room.time)
        assert [(each.employee, each.claimed) for each in here] == [("ana", True)]
        assert pane.composer.editor.hasFocus()


def test_a_thread_that_is_no_more_is_said_plainly(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        room.context.set_thread(ThreadId(4711))
        qtbot.waitUntil(lambda: pane.stack.currentWidget() is pane.trouble, timeout=WAIT_MS)
        assert pane.trouble.label.text() == "This thread is no more."


def test_no_thread_is_an_invitation(qtbot: QtBot) -> None:
    pane = ThreadPane(Context(now=lambda: datetime.now(UTC)))
    qtbot.addWidget(pane)
    assert pane.stack.currentWidget() is pane.nothing


def test_a_thread_that_nobody_can_see_is_not_read_until_it_is_shown(qtbot: QtBot, sqlite_store: Store) -> None:
    with working(qtbot, sqlite_store) as (room, pane):
        pane.hide()
        other = waiting_thread(room.store, who="lee")
        room.context.set_thread(other)
        qtbot.waitUntil(lambda: pane.scene is not None and pane.scene.thread.row.id == other, timeout=WAIT_MS)
        settle(qtbot, room)
        assert unread(room, other)
        pane.show()
        settle(qtbot, room)
        assert not unread(room, other)


def unread(room: Room, thread: ThreadId) -> bool:
    with room.store.read() as s:
        return threads.row(s, thread).unread
