"""The card of statements: written, approved by another, published with its accounts named, followed on each."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inbox.flow import holds
from inbox.flow.hot import deciding, room, statements
from inbox.model.incident import Statement, StatementState
from inbox.model.words import ReplyState
from inbox.store import accounts, incidents
from inbox.store import statements as kept
from inbox.store.engine import Store
from inbox.ui.incidents.room import RoomPage
from inbox.ui.theme import Theme
from tests.support.world import connected
from tests.ui.incidents.scene import LATER, Office, office, plain

TEXT = "All are safe. We write again by 15:00."


class Desk:
    """Ana's room with two accounts; Ben may approve as well as she may."""

    def __init__(self, made: Office) -> None:
        self.made, self.store = made, made.store
        connected(self.store, "air_de")
        with self.store.write() as s:
            incidents.change(s, made.incident, {"account_id": None})
        self.page: RoomPage = made.room()
        self.card = self.page.statement

    def press(self, name: str) -> None:
        self.card.act(name)
        self.made.rest()

    def write(self, text: str = TEXT) -> None:
        self.card.act("write")
        self.card.editor.editor.set_text(text)
        self.card.editor.save.click()
        self.made.rest()

    def approved(self) -> None:
        self.write()
        self.press("ask")
        statements.approve(self.store, self.made.incident, self.newest().id, actor="ben", now=LATER)
        self.read()

    def published(self) -> None:
        self.approved()
        statements.publish(self.store, self.made.incident, self.newest().id, actor="ben", now=LATER)
        self.read()

    def read(self) -> None:
        self.page.read()
        self.made.rest()

    def all(self) -> list[Statement]:
        with self.store.read() as s:
            return statements.of(s, self.made.incident)

    def newest(self) -> Statement:
        return self.all()[0]

    def buttons(self) -> list[str]:
        return [each.text() for each in self.card.buttons if not each.isHidden()]


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> Iterator[Desk]:
    del theme
    with office(qtbot, sqlite_store) as made:
        yield Desk(made)


def test_without_a_statement_one_is_written_and_stands_on_all_accounts(desk: Desk) -> None:
    assert plain(desk.card.text.text()) == "No statement yet."
    assert desk.buttons() == ["Write one"]
    QTest.keyClick(desk.card.buttons[0], Qt.Key.Key_Space)
    assert desk.card.editor.editor.hasFocus()
    QTest.keyClicks(desk.card.editor.editor, TEXT)
    assert plain(desk.card.editor.said.text()) == "2 accounts 38 / 500"
    desk.card.editor.save.click()
    desk.made.rest()
    found = desk.newest()
    assert (found.text, len(found.account_ids), found.written_by) == (TEXT, 2, "ana")
    assert desk.card.mark.text == "Draft"
    assert plain(desk.card.version.text()) == "Version 1"
    assert plain(desk.card.where.text()) == "To stand on @air_de, Fake; @exampleair, Fake"
    assert desk.buttons() == ["Ask for approval", "Edit"], "Ben is there, so Ana does not approve her own words"


def test_what_is_being_written_is_there_again_and_escape_throws_it_away(desk: Desk) -> None:
    desk.card.act("write")
    QTest.keyClicks(desk.card.editor.editor, "We know ab")
    other = desk.made.opened("Gate change", [])
    desk.page.show_incident(other)
    desk.made.rest()
    assert desk.card.editor.isHidden()
    desk.page.show_incident(desk.made.incident)
    desk.made.rest()
    assert desk.card.editor.text() == "We know ab"
    desk.made.host.activateWindow()
    desk.card.editor.editor.setFocus()
    QTest.keyClick(desk.card.editor.editor, Qt.Key.Key_Escape)
    desk.made.rest()
    assert desk.card.editor.isHidden()
    assert desk.made.went == [], "Escape leaves the field, not the room"
    assert desk.card.buttons[0].hasFocus()
    assert desk.all() == []


def test_another_reading_leaves_the_words_being_written(desk: Desk) -> None:
    desk.card.act("write")
    QTest.keyClicks(desk.card.editor.editor, "Half")
    desk.read()
    assert desk.card.editor.text() == "Half"
    assert not desk.card.editor.isHidden()


def test_accounts_are_chosen_from_a_menu_with_check_marks(desk: Desk) -> None:
    desk.card.act("write")
    button = desk.card.editor.accounts
    assert button.text() == "On 2 accounts"
    button.open_menu()
    assert button.menu is not None
    first, second = button.menu.actions()
    assert (plain(first.text()), first.isChecked(), second.isChecked()) == ("@air_de, Fake", True, True)
    first.trigger()
    assert button.text() == "On 1 account"
    assert plain(button.accessibleName()) == "Accounts: @exampleair, Fake"
    button.menu.close()
    desk.card.editor.editor.set_text(TEXT)
    desk.card.editor.save.click()
    desk.made.rest()
    assert len(desk.newest().account_ids) == 1


def test_approval_is_asked_for_and_given_by_another_and_an_edit_voids_it(desk: Desk) -> None:
    desk.approved()
    assert plain(desk.card.mark.text).startswith("Approved by Ben Doe ")
    assert desk.buttons() == ["Publish on 2 accounts", "Edit", "Send back..."]
    desk.press("edit")
    QTest.keyClicks(desk.card.editor.editor, " Promised.")
    desk.card.editor.save.click()
    desk.made.rest()
    assert desk.made.toasts[-1] == "The statement is version 2 now. The approval by Ben is void."
    assert desk.card.mark.text == "Draft"
    assert plain(desk.card.version.text()) == "Version 2"


def test_a_colleague_approves_or_sends_back_with_a_reason(desk: Desk) -> None:
    desk.write()
    desk.press("ask")
    assert desk.card.mark.text.startswith("Approval asked ")
    assert desk.buttons() == ["Edit"]
    desk.made.context.employee = "ben"
    desk.read()
    assert desk.buttons() == ["Approve", "Send back...", "Edit"]
    desk.card.act("send_back")
    dialog = desk.card.dialog
    assert dialog is not None
    assert dialog.field is not None
    dialog.act.click()
    assert dialog.isVisible(), "a reason is wanted"
    QTest.keyClicks(dialog.field.edit, "Name the flight")
    QTest.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    desk.made.rest()
    assert "sent back by Ben: Name the flight." in desk.card.trouble.text()
    assert desk.buttons()[0] == "Ask for approval"


def test_publishing_names_the_accounts_first_and_can_be_taken_back(desk: Desk) -> None:
    desk.approved()
    with desk.store.write() as s:
        accounts.set_paused(s, desk.newest().account_ids[0], paused=True)
    desk.read()
    desk.card.act("publish")
    dialog = desk.card.dialog
    assert dialog is not None
    said = [plain(each) for each in dialog.lines]
    assert said[:2] == ["@air_de, Fake", "@exampleair, Fake"]
    assert said[2].endswith("is paused: this waits until it goes on.")
    assert desk.newest().state is StatementState.APPROVED, "not before it is confirmed"
    dialog.act.click()
    desk.made.rest()
    assert desk.newest().state is StatementState.PUBLISHED
    assert [each.tag.text for each in desk.card.rows] == ["Queued", "Queued"]
    assert desk.card.rows[0].brief.text() == "Goes out in 10 s."
    assert desk.buttons() == ["Take back", "Write an update"]
    desk.made.take_back()
    assert desk.newest().state is StatementState.APPROVED
    assert desk.card.rows == []


def test_each_account_says_how_far_it_is_and_what_failed_is_sent_again(desk: Desk) -> None:
    desk.published()
    first, second = desk.newest().account_ids
    with desk.store.write() as s:
        [one], [two] = kept.on_their_way(s, first), kept.on_their_way(s, second)
        kept.begin(s, one.id, key="k1", now=LATER)
        kept.sent(s, one.id, remote_id="r1", remote_url="https://n.test/1", sent_at=LATER)
        kept.failed(s, two.id, error="The network said no.")
    desk.read()
    rows = {each.post.account_id: each for each in desk.card.rows}
    assert rows[first].tag.text.startswith("Stands since ")
    assert list(rows[first].buttons) == ["open"]
    assert (rows[second].tag.text, rows[second].said.text()) == ("Failed", "The network said no.")
    assert desk.card.mark.text == "Not everywhere"
    assert plain(rows[second].accessibleName()).endswith("Fake. Failed. The network said no.")
    rows[second].buttons["send_again"].click()
    desk.made.rest()
    states = {each.account_id: each.state for each in desk.newest().posts}
    assert states == {first: ReplyState.SENT, second: ReplyState.QUEUED}


def test_later_ones_are_updates_and_the_older_are_folded(desk: Desk) -> None:
    desk.published()
    desk.card.act("update")
    assert desk.card.title.text() == "Update of the statement"
    desk.card.editor.editor.set_text("All have been rebooked.")
    desk.card.editor.save.click()
    desk.made.rest()
    assert plain(desk.card.text.text()) == "All have been rebooked."
    assert desk.card.older.text() == "1 earlier statement"
    QTest.keyClick(desk.card.older, Qt.Key.Key_Space)
    item = desk.card.past.itemAt(0)
    assert item is not None
    shown = item.widget()
    assert shown is not None
    assert plain(shown.property("text")).splitlines() == [
        "On its way",
        TEXT,
        "@air_de, Fake: Queued; @exampleair, Fake: Queued",
    ]


def test_while_posts_are_held_it_says_that_statements_pass(desk: Desk) -> None:
    desk.write()
    assert desk.card.passes.isHidden()
    holds.hold(desk.store, account=None, why="Smoke", incident=desk.made.incident, actor="ben", now=LATER)
    desk.read()
    assert desk.card.passes.text() == "Not held: statements pass the hold"
    assert not desk.card.passes.isHidden()


def test_who_was_quicker_is_told_and_the_words_stay_to_be_saved(desk: Desk) -> None:
    desk.write()
    desk.card.act("edit")
    desk.card.editor.editor.set_text("Mine.")
    number = desk.newest().id
    statements.edit(desk.store, desk.made.incident, number, "Ben's.", actor="ben", now=LATER)
    desk.card.editor.save.click()
    desk.made.rest()
    assert desk.made.toasts[-1].startswith("The statement was changed meanwhile (Ben: Statement changed, version 2)")
    assert desk.card.editor.text() == "Mine."
    assert desk.card.editor.save.isEnabled()
    assert desk.newest().text == "Ben's."


def test_what_keeps_it_from_an_account_is_said_and_nothing_is_offered_that_would_fail(desk: Desk) -> None:
    desk.write("x" * 501)
    assert plain(desk.card.trouble.text()).endswith("1 character too many: the network takes 500.")
    assert not desk.card.buttons[0].isEnabled()


def test_a_draft_is_discarded_from_the_menu_and_comes_back(desk: Desk) -> None:
    desk.write()
    desk.card.open_menu()
    assert desk.card.menu is not None
    [discard] = desk.card.menu.actions()
    assert discard.text() == "Discard"
    discard.trigger()
    desk.card.menu.close()
    desk.made.rest()
    assert desk.all() == []
    desk.made.take_back()
    assert desk.newest().text == TEXT


def test_once_the_incident_is_over_nothing_is_written_and_without_a_statement_there_is_no_card(desk: Desk) -> None:
    deciding.close(desk.store, desk.made.incident, actor="ben", now=LATER)
    desk.read()
    assert desk.card.isHidden()


def test_every_button_has_a_name(desk: Desk) -> None:
    desk.published()
    shown = [*desk.card.buttons, desk.card.more, desk.card.older, desk.card.editor.accounts, desk.card.editor.save]
    shown += [button for each in desk.card.rows for button in each.buttons.values()]
    assert all(each.accessibleName() for each in shown if not each.isHidden())
    assert desk.card.editor.editor.accessibleName() == "The statement"


def test_what_accounts_have_in_common_is_said_once_and_one_alone_by_its_network_too(desk: Desk) -> None:
    desk.card.act("write")
    desk.card.editor.editor.set_text("x" * 501)
    assert plain(desk.card.editor.said.text()).splitlines() == [
        "2 accounts 501 / 500",
        "2 accounts: 1 character too many: the network takes 500.",
    ]
    desk.card.editor.accounts.open_menu()
    assert desk.card.editor.accounts.menu is not None
    desk.card.editor.accounts.menu.actions()[1].trigger()
    desk.card.editor.accounts.menu.close()
    assert plain(desk.card.editor.said.text()).splitlines() == [
        "@air_de, Fake 501 / 500",
        "@air_de, Fake: 1 character too many: the network takes 500.",
    ]


def test_accounts_that_come_into_the_card_have_their_room_at_once(desk: Desk) -> None:
    for at in range(4):
        connected(desk.store, f"air_{at}")
    desk.read()
    desk.approved()
    statements.publish(desk.store, desk.made.incident, desk.newest().id, actor="ben", now=LATER)
    measured = []

    def measure() -> None:
        desk.page._arrange()
        measured.append((desk.page._scroll.maximumHeight(), desk.page.seen.chart.minimumHeight()))

    with desk.store.read() as s:
        found = room.read(s, desk.made.incident, LATER, page=room.PAGE, told=str, me=None)
        accounts_ = accounts.all(s)
    assert found is not None
    desk.card.show_room(found, accounts_, LATER)
    measure()
    QApplication.processEvents()
    measure()
    assert len(desk.card.rows) == 6
    assert measured[0] == measured[1]


def test_of_an_incident_that_is_over_nothing_is_said_about_its_hold(desk: Desk) -> None:
    desk.write()
    holds.hold(desk.store, account=None, why="Smoke", incident=desk.made.incident, actor="ben", now=LATER)
    deciding.close(desk.store, desk.made.incident, actor="ben", now=LATER)
    desk.read()
    assert desk.card.passes.isHidden()


def test_while_much_is_written_the_button_that_saves_it_stays_in_sight(desk: Desk) -> None:
    desk.card.act("write")
    desk.card.editor.editor.setFocus()
    desk.card.editor.editor.setPlainText("Line of the statement.\n" * 9)
    save, view = desk.card.editor.save, desk.page._scroll.viewport()
    desk.made.qtbot.waitUntil(lambda: view.rect().contains(save.mapTo(view, save.rect().bottomLeft())), timeout=2_000)


def test_the_command_writes_a_statement_and_later_an_update_where_one_can_be_written(desk: Desk) -> None:
    commands = desk.made.context.commands
    desk.page.resize(700, 500)
    assert commands.run("statement")
    assert desk.card.isVisible()
    assert desk.card.editor.editor.hasFocus()
    assert not commands.can("statement"), "one is being written"
    desk.card.editor.editor.set_text(TEXT)
    desk.card.editor.save.click()
    desk.made.rest()
    assert not commands.can("statement"), "the one that is there comes first"
    number = desk.newest().id
    statements.approve(desk.store, desk.made.incident, number, actor="ben", now=LATER)
    statements.publish(desk.store, desk.made.incident, number, actor="ben", now=LATER)
    desk.read()
    assert commands.run("statement")
    assert desk.card.title.text() == "Update of the statement"


def test_what_was_saved_by_keys_leaves_the_keyboard_at_the_next_step(desk: Desk) -> None:
    desk.card.act("write")
    QTest.keyClicks(desk.card.editor.editor, TEXT)
    desk.card.editor.save.setFocus()
    QTest.keyClick(desk.card.editor.save, Qt.Key.Key_Space)
    desk.made.rest()
    assert desk.card.buttons[0].hasFocus()
    assert desk.card.buttons[0].text() == "Ask for approval"


def test_after_publishing_by_keys_the_keyboard_is_at_the_way_back(desk: Desk) -> None:
    desk.approved()
    desk.card.buttons[0].setFocus()
    QTest.keyClick(desk.card.buttons[0], Qt.Key.Key_Space)
    dialog = desk.card.dialog
    assert dialog is not None
    desk.made.qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.act.hasFocus()
    QTest.keyClick(dialog.act, Qt.Key.Key_Return)
    desk.made.rest()
    assert desk.newest().state is StatementState.PUBLISHED
    desk.made.host.activateWindow()
    desk.made.qtbot.waitUntil(desk.made.host.isActiveWindow)
    assert desk.card.buttons[0].hasFocus()
    assert desk.card.buttons[0].text() == "Take back"
