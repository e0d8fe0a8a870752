"""The policies page in the window, over real policies and threads."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inbox.ui.policies.live import Judging
from inbox.ui.theme import Theme
from tests.ui.policies.room import Room, furnish

Enter = Callable[..., Room]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Workspaces with policies and without, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("policies")
    return {True: furnish(folder / "with.inbox"), False: furnish(folder / "without.inbox", policies=())}


@pytest.fixture
def enter(qtbot: QtBot, tmp_path: Path, theme: Theme, furnished: dict[bool, Path]) -> Iterator[Enter]:
    """Opens the page: with three policies or none, asked by the flows or by something else."""
    del theme
    rooms: list[Room] = []

    def made(*, policies: bool = True, judging: Judging | None = None) -> Room:
        shutil.copy(furnished[policies], tmp_path / "workspace.inbox")
        rooms.append(Room(qtbot, tmp_path, judging))
        return rooms[-1]

    yield made
    for room in rooms:
        room.close()


@pytest.fixture
def room(enter: Enter) -> Room:
    """With three policies."""
    return enter()


@pytest.fixture
def bare(enter: Enter) -> Room:
    """Without any policy."""
    return enter(policies=False)
