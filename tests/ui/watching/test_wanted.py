"""Numbers are read as people here write them, and every wrong field says what it wants."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from inbox.flow.hot.settings import settings_of
from inbox.model.workspace import Workspace
from inbox.ui.watching.wanted import Wanted, wanted_of

HERE = Workspace(hot={"min_authors": 6, "similarity": 0.25, "reach": 50_000, "watch": ["caught fire"]})


@pytest.fixture
def german() -> Iterator[None]:
    kept = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(kept)


def typed(**texts: str) -> Wanted:
    usual = wanted_of(settings_of(HERE))
    return Wanted(usual.texts | texts, usual.watch)


def test_what_is_stored_comes_back_as_it_was() -> None:
    wanted = wanted_of(settings_of(HERE))
    assert wanted.texts["similarity"] == "25"
    assert wanted.texts["reach"] == "50,000"
    assert wanted.errors(HERE) == {}
    told = wanted.document()
    assert (told["min_authors"], told["similarity"], told["reach"]) == (6, 0.25, 50_000)
    assert told["watch"] == ["caught fire"]


@pytest.mark.usefixtures("german")
def test_numbers_are_written_and_read_as_here() -> None:
    wanted = wanted_of(settings_of(HERE))
    assert wanted.texts["reach"] == "50.000"
    assert wanted.document()["reach"] == 50_000
    assert typed(false_alarms_per_day="0,5").document()["false_alarms_per_day"] == 0.5
    assert typed(false_alarms_per_day="0.5").document()["false_alarms_per_day"] == 0.5


def test_each_wrong_field_says_what_it_wants() -> None:
    wrong = typed(min_authors="some", reach="-4", similarity="140", false_alarms_per_day="").errors(HERE)
    assert wrong["min_authors"] == "Write a whole number."
    assert wrong["false_alarms_per_day"] == "Write a number, like 1 or 0.5."
    assert {"reach", "similarity"} < wrong.keys()
    assert "growth" not in wrong
    with pytest.raises(ValueError, match="min_authors"):
        typed(min_authors="some").document()


def test_the_command_is_asked_for_the_same() -> None:
    words = typed(min_authors="8").arguments()
    assert "--min-authors=8" in words
    assert "--similarity=0.25" in words
    assert "--watch=caught fire" in words
    assert "--watch=" in Wanted(typed().texts, ()).arguments()
