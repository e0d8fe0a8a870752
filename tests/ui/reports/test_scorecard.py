"""The scorecard on screen: both sides against their targets, and what is entered by hand."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from inbox.model.report import By
from inbox.model.workspace import Side
from inbox.store.engine import Store
from inbox.ui.reports.scoretable import ScoreRow, amount
from inbox.ui.theme import Theme
from tests.ui.reports.office import Office, filled, office


def on_screen(made: Office) -> None:
    made.page.ask(replace(made.page.asked, report="scorecard"))
    made.rest()


def line(made: Office, side: Side, name: str) -> tuple[int, ScoreRow]:
    table = made.page.score.sides[side]
    return next((at, each) for at, each in enumerate(table.lines) if each.name == name)


def test_both_sides_stand_against_their_targets(qtbot: QtBot, theme: Theme, store: Store) -> None:
    del theme
    filled(store)
    with office(qtbot, store) as made:
        on_screen(made)
        _, median = line(made, Side.OUTWARD, "First response, median")
        assert (median.shown, median.met) == ("25 min", True)
        _, kept = line(made, Side.OUTWARD, "First response within target")
        assert (kept.shown, kept.met) == ("75%", False)
        assert [len(table.lines) for table in made.page.score.sides.values()] == [10, 10]
        assert made.page.score.strip.figures[0].accessibleName().startswith("Outward on target: ")


def test_a_computed_line_opens_its_threads(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    ids = filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        on_screen(made)
        at, _ = line(made, Side.OUTWARD, "First response within target")
        table = made.page.score.sides[Side.OUTWARD]
        table.setFocus()
        table.setCurrentCell(at, 1)
        QTest.keyClick(table, Qt.Key.Key_Return)
        made.rest()
        assert set(made.listed()) == {ids["Baggage"][4], ids["Billing"][2]}


def test_what_nobody_can_compute_is_typed_in_place_and_can_be_taken_back(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        on_screen(made)
        made.page.definition.filters[By.AREA].chosen.emit("Baggage")
        made.rest()
        at, before = line(made, Side.OUTWARD, "Customers' satisfaction")
        assert before.value is None
        table = made.page.score.sides[Side.OUTWARD]
        table.setFocus()
        table.setCurrentCell(at, 1)
        QTest.keyClick(table, Qt.Key.Key_4)
        field = table.findChild(QLineEdit)
        assert field is not None
        QTest.keyClicks(field, ".5")
        QTest.keyClick(field, Qt.Key.Key_Return)
        made.rest()
        _, after = line(made, Side.OUTWARD, "Customers' satisfaction")
        assert (after.value, after.met) == (4.5, True)
        assert "Baggage" in made.toasts[-1]
        made.page.definition.filters[By.AREA].chosen.emit("")
        made.rest()
        assert line(made, Side.OUTWARD, "Customers' satisfaction")[1].value is None


def test_amounts_carry_their_units() -> None:
    assert amount(75, "min") == "1 h 15"
    assert amount(90.25, "%") == "90.2%"
    assert amount(4, "of 5") == "4 of 5"
