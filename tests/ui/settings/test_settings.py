"""Settings: of the workspace, of this desktop, and the workspace file with its errors."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inbox.model.people import Interval, Week
from inbox.model.words import Priority
from inbox.model.workspace import Calendar, Policy
from inbox.store import config, people
from inbox.store.engine import Store
from inbox.ui.context import Context
from inbox.ui.settings import SettingsPage
from inbox.ui.settings.words import calendar_words, policy_words, week_words
from inbox.ui.theme import Scheme, Theme
from inbox.ui.widgets import Label
from tests.support.desk import staffed

pytestmark = pytest.mark.usefixtures("theme")

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WAIT_MS = 5_000
HOURS: tuple[Interval, ...] = (Interval(time(9), time(17)),)


def opened(qtbot: QtBot, store: Store) -> tuple[Context, SettingsPage]:
    staffed(store)
    context = Context(now=lambda: NOW)
    context.employee = "ana"
    with store.read() as s:
        context.workspace, context.employees = config.load(s), people.employees(s)
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.resize(1000, 800)
    page.show()
    context.open(store, "workspace.inbox")
    return context, page


def close(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: context.lanes.busy == 0, timeout=WAIT_MS)
    context.lanes.close()


def test_saving_writes_name_and_undo_time_and_keeps_what_was_not_touched(qtbot: QtBot, sqlite_store: Store) -> None:
    context, page = opened(qtbot, sqlite_store)
    page.general.name.setText("Example Air")
    page.general.undo.set_value("30")
    page.general.undo.chosen.emit("30")
    page.general.save.click()
    close(qtbot, context)
    with sqlite_store.read() as s:
        settings = config.load(s).settings
    assert settings.name == "Example Air"
    assert settings.undo == timedelta(seconds=30)
    assert settings.confidence == context.workspace.settings.confidence
    assert settings.return_after == timedelta(minutes=30)


def test_a_workspace_without_a_name_is_not_saved(qtbot: QtBot, sqlite_store: Store) -> None:
    context, page = opened(qtbot, sqlite_store)
    page.general.name.setText("  ")
    page.general.save.click()
    assert page.general.name.property("wrong") == "true"
    close(qtbot, context)
    with sqlite_store.read() as s:
        assert config.load(s).settings.name == context.workspace.settings.name


def test_the_text_size_and_the_scheme_are_in_force_at_once(qtbot: QtBot, sqlite_store: Store, theme: Theme) -> None:
    context, page = opened(qtbot, sqlite_store)
    context.commands.on("dark", lambda: theme.use(Scheme.DARK))
    page.look.scheme.chosen.emit("dark")
    assert theme.scheme is Scheme.DARK
    page.look.text_size.chosen.emit("130")
    assert theme.fonts.scale == pytest.approx(1.3)
    assert page.look.text_size.value() == "130"
    assert page.look.scheme.value() == "dark"
    close(qtbot, context)


def test_somebody_else_sits_down(qtbot: QtBot, sqlite_store: Store) -> None:
    context, page = opened(qtbot, sqlite_store)
    assert page.me.who.currentText() == "Ana Doe"
    page.me.chosen.emit("ben")
    assert context.employee == "ben"
    assert page.me.who.currentText() == "Ben Doe"
    close(qtbot, context)


def test_the_workspace_file_goes_out_and_comes_back(qtbot: QtBot, sqlite_store: Store, tmp_path: Path) -> None:
    context, page = opened(qtbot, sqlite_store)
    file = tmp_path / "workspace.toml"
    page.file.write_to(file)
    qtbot.waitUntil(file.exists, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: context.lanes.busy == 0, timeout=WAIT_MS)
    file.write_text(file.read_text(encoding="utf-8").replace("Baggage", "Luggage"), encoding="utf-8")
    page.file.read_from(file)
    close(qtbot, context)
    with sqlite_store.read() as s:
        assert "Luggage" in [area.name for area in config.load(s).areas]


def test_every_error_of_a_file_is_listed_and_nothing_is_changed(
    qtbot: QtBot, sqlite_store: Store, tmp_path: Path
) -> None:
    context, page = opened(qtbot, sqlite_store)
    file = tmp_path / "bad.toml"
    file.write_text('[workspace]\nname = 3\nundo = "soon"\n', encoding="utf-8")
    page.file.read_from(file)
    close(qtbot, context)
    words = "\n".join(label.text() for label in page.file.findChildren(Label))
    assert "2 errors: nothing was changed." in words
    assert "bad.toml:2" in words
    assert "bad.toml:3" in words
    with sqlite_store.read() as s:
        assert [area.name for area in config.load(s).areas] == ["Billing", "Baggage"]


def test_areas_are_edited_here_too(qtbot: QtBot, sqlite_store: Store) -> None:
    context, page = opened(qtbot, sqlite_store)
    page.edit_areas.click()
    assert page.editor is not None
    assert page.editor.rows[0][0].text() == "Billing"
    page.editor.rows[0][1].setText("invoice")
    page.edit_areas.click()
    close(qtbot, context)
    assert page.edit_areas.text() == "Edit the areas"
    with sqlite_store.read() as s:
        assert [area.keywords for area in config.load(s).areas] == [("invoice",), ()]


def test_hours_and_targets_are_readable() -> None:
    week: Week = {**dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS), "sun": HOURS}
    assert week_words(week) == "mon-fri 09:00-17:00; sun 09:00-17:00"
    assert week_words(None) == "around the clock"
    assert calendar_words(Calendar("x", "Europe/Berlin", week, ("DE", "BE"))).endswith(
        "Europe/Berlin, holidays of DE BE"
    )
    targets = {Priority.HIGH: timedelta(minutes=30), Priority.NORMAL: timedelta(hours=2)}
    assert policy_words(Policy("x", first_response=targets)) == "first answer high 30m, normal 2h"
    assert policy_words(Policy("x")) == "no targets"
