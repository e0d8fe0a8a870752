"""What is being written in a room survives a crash: another page on the same store takes it up."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.store import incident_drafts, people
from inbox.store.engine import Store
from inbox.ui.theme import Theme
from tests.ui.incidents.scene import Office, office


def kept(made: Office) -> dict[str, str]:
    with made.store.read() as s:
        ana = next(each.id for each in people.employees(s) if each.name == "ana")
        found = incident_drafts.of(s, made.incident, ana)
    return {str(kind): each.text for kind, each in found.items()}


def test_notes_and_updates_are_kept_with_each_pause_and_taken_up_again(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.timeline.entry.click()
        assert page.timeline.editor.hasFocus()
        QTest.keyClicks(page.timeline.editor, "The bank says it is them.")
        qtbot.waitUntil(lambda: not page.drafts.pending)
        made.rest()
        assert kept(made) == {"note": "The bank says it is them."}
        again = made.room()
        assert again.timeline.editor.text() == "The bank says it is them."
        assert again.timeline.editor.isVisible()
        QTest.keyClick(again.timeline.kind, Qt.Key.Key_Right)
        again.drafts.flush()
        made.rest()
        assert kept(made) == {"update": "The bank says it is them."}
        third = made.room()
        assert third.timeline.kind.value() == "update"
        third.timeline.send.click()
        made.rest()
        assert kept(made) == {}
        assert next(each.kind for each in made.told()) == "update"


def test_leaving_the_room_keeps_the_words_at_once(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.timeline.entry.click()
        QTest.keyClicks(page.timeline.editor, "Ask Legal")
        page.hide()
        made.rest()
        assert kept(made) == {"note": "Ask Legal"}


def test_an_answer_to_all_is_kept_until_it_is_sent(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.threads.reply.click()
        dialog = page.reply_dialog
        assert dialog is not None
        QTest.keyClicks(dialog.editor, "Sorry {name}.")
        qtbot.waitUntil(lambda: not page.drafts.pending)
        made.rest()
        assert kept(made) == {"reply": "Sorry {name}."}
        dialog.reject()
        again = made.room()
        again.threads.reply.click()
        assert again.reply_dialog is not None
        assert again.reply_dialog.text == "Sorry {name}."
        again.reply_dialog.look()
        made.rest()
        again.reply_dialog.send.click()
        made.rest()
        assert kept(made) == {}
