"""The rules page in the window, over real rules and threads."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inbox.ui.rules.live import Matching
from inbox.ui.theme import Theme
from tests.ui.rules.room import Room, furnish

Enter = Callable[..., Room]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Workspaces with rules and without, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("rules")
    return {True: furnish(folder / "with.inbox"), False: furnish(folder / "without.inbox", rules=())}


@pytest.fixture
def enter(qtbot: QtBot, tmp_path: Path, theme: Theme, furnished: dict[bool, Path]) -> Iterator[Enter]:
    """Opens the page: with three rules or none, over the stored threads or others."""
    del theme
    rooms: list[Room] = []

    def made(*, rules: bool = True, matching: Matching | None = None) -> Room:
        shutil.copy(furnished[rules], tmp_path / "workspace.inbox")
        rooms.append(Room(qtbot, tmp_path, matching))
        return rooms[-1]

    yield made
    for room in rooms:
        room.close()


@pytest.fixture
def room(enter: Enter) -> Room:
    """With three rules, one of them off."""
    return enter()


@pytest.fixture
def bare(enter: Enter) -> Room:
    """Without any rule."""
    return enter(rules=False)
