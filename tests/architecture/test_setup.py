"""Setting up by ``packaging/setup.sh``: what it makes again, and what it leaves as it is."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SETUP = Path(__file__).parents[2] / "packaging" / "setup.sh"
STUB = """#!/bin/sh
echo "$*" >> "{log}"
case "$*" in
    "-c import pip") exit {pip} ;;
    *purelib*) echo "{site}" ;;
esac
"""


class Machine:
    """A project folder whose Pythons only write down what they are asked."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "the project"
        self.log = folder / "log"
        self.site = self.project / ".venv/lib/python3.11/site-packages"
        self._programs = folder / "bin"
        (self.project / "packaging").mkdir(parents=True)
        (self.project / "inbox").mkdir()
        self.site.mkdir(parents=True)
        self._programs.mkdir()
        shutil.copy2(SETUP, self.project / "packaging/setup.sh")
        (self.project / "packaging/requirements.txt").write_text("things\n")
        self.python(self._programs / "python3.11")
        libraries = [line.split()[0] for line in SETUP.read_text().splitlines() if line.startswith("lib")]
        self._program("ldconfig", "\n".join(f'echo "{name} (libc6)"' for name in libraries))
        self._program("find", "echo a font")

    def python(self, path: Path, *, pip: bool = True) -> None:
        """A Python that writes down what it is asked."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STUB.format(log=self.log, pip=0 if pip else 1, site=self.site))
        path.chmod(0o755)

    def set_up(self) -> str:
        """Set up; what the Pythons were asked."""
        self.log.write_text("")
        script = f'wants=run; set -eu; . "{self.project}/packaging/setup.sh"'
        path = f"{self._programs}:{os.environ['PATH']}"
        command = ["sh", "-c", script, str(self.project / "packaging/run.sh")]
        subprocess.run(command, check=True, env={**os.environ, "PATH": path}, capture_output=True, timeout=30)
        return self.log.read_text()

    def _program(self, name: str, body: str) -> None:
        path = self._programs / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_what_is_set_up_is_left_as_it_is_until_the_project_is_moved(machine: Machine) -> None:
    machine.python(machine.project / ".venv/bin/python")
    assert "pip install" in machine.set_up()
    assert "pip install" not in machine.set_up()
    (machine.site / "social-inbox.pth").write_text("/somewhere/else\n")
    assert "pip install" in machine.set_up()
    assert (machine.site / "social-inbox.pth").read_text() == f"{machine.project}\n"


def test_an_environment_that_was_stopped_half_made_is_made_again(machine: Machine) -> None:
    machine.python(machine.project / ".venv/bin/python", pip=False)
    assert f"-m venv --clear {machine.project}/.venv" in machine.set_up()
