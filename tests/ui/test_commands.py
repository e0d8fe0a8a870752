"""The one command table: every key once, every command reachable."""

import pytest
from pytestqt.qtbot import QtBot

from inbox.ui.commands import BY_ID, COMMANDS, Commands, cap, caps
from inbox.ui.palette.find import commands, match


def test_no_key_means_two_things() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    assert len(BY_ID) == len(COMMANDS)


def test_no_single_key_starts_a_sequence_of_two() -> None:
    firsts = {key.split(", ")[0] for command in COMMANDS for key in command.keys if ", " in key}
    singles = {key for command in COMMANDS for key in command.keys if ", " not in key}
    assert not firsts & singles


def test_every_command_says_what_it_does() -> None:
    for command in COMMANDS:
        assert command.text
        assert command.help.endswith(".")


def test_a_command_runs_only_while_it_is_possible(qtbot: QtBot) -> None:
    del qtbot
    table, ran = Commands(), []
    possible = False
    table.on("close", lambda: ran.append("close"), lambda: possible)
    assert not table.run("close")
    possible = True
    assert table.run("close")
    assert ran == ["close"]
    with pytest.raises(KeyError):
        table.on("no such command", lambda: None)


def test_keys_are_shown_as_caps(qtbot: QtBot) -> None:
    del qtbot
    assert caps("G, M") == ("G", "M")
    assert caps("Ctrl+K") == ("Ctrl K",)
    assert cap("send") == "Ctrl ↵"
    assert cap("order-due") == ""


def test_the_palette_marks_the_letters_that_matched_at_a_words_start_first() -> None:
    assert match("as", "Assign to...") == (0, 1)
    assert match("un", "Hunt unit") == (5, 6)
    assert match("as", "Close") is None


def test_the_palette_offers_only_what_can_be_done(qtbot: QtBot) -> None:
    del qtbot
    table = Commands()
    table.on("assign", lambda: None)
    table.on("assign-me", lambda: None, lambda: False)
    found = [item.text for item in commands("as", table)]
    assert found == ["This thread", "Assign to..."]
