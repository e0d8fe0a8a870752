"""The outbox page: what failed first, and the way on for each reply."""

from dataclasses import replace
from datetime import timedelta

from pytestqt.qtbot import QtBot

from inbox.model.ids import AccountId, ReplyId, ThreadId
from inbox.model.outbox import Reply
from inbox.model.words import AfterSend, ReplyState, Visibility
from inbox.ui.outbox import OutboxPage
from inbox.ui.outbox.page import Listed
from inbox.ui.theme import Theme
from inbox.ui.widgets import Button, Label
from tests.ui.fakes import NOW, context


def reply(number: int, state: ReplyState, error: str = "") -> Reply:
    return Reply(
        id=ReplyId(number), thread_id=ThreadId(7), account_id=AccountId(1), employee_id=None, employee="Ana Ruiz",
        text="Your bag is on its way.", visibility=Visibility.PUBLIC, state=state, after_send=AfterSend.WAIT,
        answers=None, thread_version=1, send_key="k", attempts=1, error=error, remote_id=None, remote_url="",
        queued_at=NOW, not_before=NOW + timedelta(seconds=10), sending_at=None, sent_at=None, read_backs=0,
    )  # fmt: skip


def shown(qtbot: QtBot, *replies: Reply) -> OutboxPage:
    desk = context()
    desk.store = None  # what is shown is given here
    page = OutboxPage(desk)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page._show(Listed(replies, {ThreadId(7): "Kim Lee"}))
    page.show()
    desk.lanes.close()
    return page


def words(page: OutboxPage) -> list[list[str]]:
    return [[button.text() for button in row.findChildren(Button)] for row in page.rows]


def test_what_failed_stands_first_and_can_be_sent_again(qtbot: QtBot, theme: Theme) -> None:
    del theme
    page = shown(
        qtbot,
        reply(3, ReplyState.SENT),
        reply(2, ReplyState.QUEUED),
        reply(1, ReplyState.FAILED, "Bluesky refused the post."),
        reply(4, ReplyState.UNKNOWN),
    )
    assert words(page) == [["Send again", "Show"], ["Show"], ["Undo", "Show"], ["Show"]]
    assert page.rows[0].stands.text() == "Bluesky refused the post."
    assert "not sent twice" in page.rows[1].stands.text()
    assert page.head.beside.text() == "1 failed, 2 on the way"


def test_an_empty_outbox_says_so(qtbot: QtBot, theme: Theme) -> None:
    del theme
    page = shown(qtbot)
    assert page.empty.isVisible()
    assert page.head.beside.text() == ""


def test_show_goes_to_the_thread(qtbot: QtBot, theme: Theme) -> None:
    del theme
    page = shown(qtbot, reply(1, ReplyState.SENT))
    with qtbot.waitSignal(page._context.thread_wanted) as wanted:
        page.rows[0].findChildren(Button)[-1].click()
    assert wanted.args == [7]


def test_the_seconds_run_down_and_the_author_is_named(qtbot: QtBot, theme: Theme) -> None:
    del theme
    page = shown(qtbot, replace(reply(1, ReplyState.QUEUED), attempts=0))
    shown_words = [label.text() for label in page.rows[0].findChildren(Label)]
    assert any("Kim Lee" in each for each in shown_words)
    assert page.rows[0].stands.text() == "Sends in 10 s"
    page.rows[0].tick(NOW + timedelta(seconds=2))
    assert page.rows[0].stands.text() == "Sends in 8 s"
