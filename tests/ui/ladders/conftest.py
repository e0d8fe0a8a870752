"""The page of escalation policies in the window, over a real store; addresses go to a folder of the test's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inbox.ui.theme import Theme
from tests.ui.ladders.room import Room, furnish


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Workspaces with policies and without, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("ladders")
    return {False: furnish(folder / "with.inbox"), True: furnish(folder / "without.inbox", empty=True)}


def _enter(qtbot: QtBot, folder: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    secrets = folder / "secrets"
    secrets.mkdir(mode=0o700)
    monkeypatch.setenv("INBOX_SECRETS_DIR", str(secrets))
    shutil.copy(made, folder / "workspace.inbox")
    room = Room(qtbot, folder)
    yield room
    room.close()


@pytest.fixture
def room(
    qtbot: QtBot, tmp_path: Path, theme: Theme, furnished: dict[bool, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    """With two policies."""
    del theme
    yield from _enter(qtbot, tmp_path, furnished[False], monkeypatch)


@pytest.fixture
def bare(
    qtbot: QtBot, tmp_path: Path, theme: Theme, furnished: dict[bool, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    """Without any."""
    del theme
    yield from _enter(qtbot, tmp_path, furnished[True], monkeypatch)
