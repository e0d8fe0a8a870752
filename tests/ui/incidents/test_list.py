"""The list names what is hot, opens rooms, and says what is watched when nothing is."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.flow.hot import deciding
from inbox.model.incident import IncidentState, Severity
from inbox.store import incidents
from inbox.store.engine import Store
from inbox.ui.incidents import IncidentsPage
from inbox.ui.theme import Theme
from tests.support.world import connected
from tests.ui.incidents.scene import LATER, Office, office, plain


def titles(page: IncidentsPage) -> list[str]:
    return [each.incident.title for each in page.list.entries.rows]


def spoken(page: IncidentsPage, row: int) -> str:
    text = page.list.entries.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    return plain(str(text))


def over(made: Office) -> None:
    """A second incident, newer than the first, that was none."""
    number = made.opened("Gate change", [made.threads[2]])
    deciding.dismiss(made.store, number, actor="ben", now=LATER)


def test_open_incidents_stand_first_and_say_everything(qtbot: QtBot, theme: Theme, store: Store) -> None:
    del theme
    with office(qtbot, store) as made:
        over(made)
        page = made.list_page()
        assert titles(page) == ["Double charges", "Gate change"]
        said = spoken(page, 0)
        assert said.startswith("Confirmed. Double charges. Severity Medium. Since ")
        assert said.endswith("2 threads, 2 people, Nobody owns it.")
        assert spoken(page, 1).startswith("Dismissed. Gate change.")
        assert page.head.beside.text() == "1 open"


def test_the_list_is_narrowed_by_state_and_by_words(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        over(made)
        page = made.list_page()
        QTest.keyClick(page.which, Qt.Key.Key_Right)
        assert titles(page) == ["Double charges"]
        QTest.keyClick(page.which, Qt.Key.Key_Right)
        assert titles(page) == ["Gate change"]
        QTest.keyClicks(page.filter, "double")
        assert page.empty.label.text() == "No incident matches."
        page.empty.button.click()
        assert titles(page) == ["Double charges", "Gate change"]


def test_enter_opens_the_room(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.list_page()
        page.setFocus()
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        assert made.went == [f"incident:{made.incident}"]


def test_an_incident_opened_by_hand_is_named_and_its_room_shown(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.list_page()
        page.setFocus()
        QTest.keyClick(page.list, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        dialog = page.dialog
        assert dialog is not None
        dialog.act.click()
        assert dialog.field.below.text() == "An incident needs a name."
        QTest.keyClicks(dialog.field.edit, "Smoke on EX731")
        dialog.choose(Severity.HIGH)
        QTest.keyClick(dialog.field.edit, Qt.Key.Key_Return)
        made.rest()
        with sqlite_store.read() as s:
            found = incidents.open_ones(s)[0]
        assert (found.title, found.state, found.severity) == ("Smoke on EX731", IncidentState.CONFIRMED, Severity.HIGH)
        assert found.opened_by == "ana"
        assert made.went == [f"incident:{found.id}"]
        assert titles(page) == ["Smoke on EX731", "Double charges"]


def test_what_others_decide_is_seen_without_asking(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store) as made:
        page = made.list_page()
        done = deciding.rename(sqlite_store, made.incident, "Charged twice", actor="ben", now=LATER)
        made.context.changed.emit(done.change)
        made.rest()
        assert titles(page) == ["Charged twice"]


def test_a_quiet_workspace_says_what_is_watched(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    with office(qtbot, sqlite_store, staff=False) as made:
        page = made.list_page()
        assert page.empty.label.text().startswith("Nothing is hot. Connect an account")
        connected(sqlite_store)
        page.read()
        made.rest()
        assert page.empty.label.text().startswith(
            "Nothing is hot. 1 account and 2 areas are watched; an incident opens"
        )
