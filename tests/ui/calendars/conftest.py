"""The calendars page in the window, over a real store."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inbox.ui.theme import Theme
from tests.ui.calendars.room import Room, furnish

Enter = Callable[..., Room]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Workspaces with calendars and without, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("calendars")
    return {True: furnish(folder / "with.inbox"), False: furnish(folder / "without.inbox", calendars=())}


@pytest.fixture
def enter(qtbot: QtBot, tmp_path: Path, theme: Theme, furnished: dict[bool, Path]) -> Iterator[Enter]:
    """Opens the page: with three calendars or none."""
    del theme
    rooms: list[Room] = []

    def made(*, calendars: bool = True) -> Room:
        shutil.copy(furnished[calendars], tmp_path / "workspace.inbox")
        rooms.append(Room(qtbot, tmp_path))
        return rooms[-1]

    yield made
    for room in rooms:
        room.close()


@pytest.fixture
def room(enter: Enter) -> Room:
    """With three calendars."""
    return enter()


@pytest.fixture
def bare(enter: Enter) -> Room:
    """Without any calendar."""
    return enter(calendars=False)
