"""The desktop as a process: it starts on a workspace, draws its screens, and ends with its collector."""

import os
import subprocess
import sys
from pathlib import Path

from tests.ui import scenes

SCREENS = {
    "queue",
    "thread",
    "composer",
    "accounts",
    "first-run",
    "settings",
    "palette",
    "help",
    "reports",
    "incidents",
}
RUN = """
import sys
from pathlib import Path
from inbox.app import Demo, run
sys.exit(run(sys.argv[1], demo=Demo(Path(sys.argv[2]) if sys.argv[2] else None, "dark", (900, 700), 3.0)))
"""


def start(address: Path, pictures: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(home), "HOME": str(home)}
    command = [sys.executable, "-c", RUN, str(address), pictures]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=False)


def test_every_main_screen_is_drawn_as_a_picture_and_the_program_ends(tmp_path: Path) -> None:
    scenes.build(tmp_path / "workspace.inbox").close()
    done = start(tmp_path / "workspace.inbox", str(tmp_path / "pictures"), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    drawn = {path.stem: path.stat().st_size for path in (tmp_path / "pictures").glob("*.png")}
    assert drawn.keys() >= SCREENS
    assert min(drawn.values()) > 5000


def test_a_workspace_that_is_missing_is_said_on_the_screen_and_the_program_goes_on(tmp_path: Path) -> None:
    done = start(tmp_path / "nothing.inbox", "", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "nothing.inbox").exists()
