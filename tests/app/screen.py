"""A private screen: an X server without a monitor, a session bus, accessibility and a window manager."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

PROGRAMS = ("Xvfb", "openbox", "xdotool", "import", "dbus-daemon")
SYSTEM_PYTHON = Path("/usr/bin/python3")
READER = Path(__file__).with_name("reader.py")
_BUS_FOLDERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
T = TypeVar("T")


def missing() -> list[str]:
    """What this machine lacks for a screen."""
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if not any(Path(each).exists() for each in _BUS_FOLDERS):
        lacking.append("at-spi2-core")
    tried = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    return lacking if tried.returncode == 0 else [*lacking, "python3-pyatspi"]


def until(what: str, look: Callable[[], T | None], seconds: float = 30) -> T:
    """What ``look`` finds, asked again until the time is up. Raises ``TimeoutError`` naming what was awaited."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        # The only wait: between two looks at a program that we cannot be told by.
        subprocess.run(["sleep", "0.1"], check=True)
    raise TimeoutError(f"waited {seconds:.0f} s for {what}")


@dataclass
class Screen:
    """A running screen; ``environment`` is for the programs on it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def picture(self, name: str) -> Path:
        """A picture of the whole screen."""
        file = self.folder / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(file)], env=self.environment, check=True, timeout=30)
        return file

    def keys(self, *names: str) -> None:
        """Press keys, as xdotool names them."""
        subprocess.run(
            ["xdotool", "key", "--clearmodifiers", "--delay", "30", *names], env=self.environment, check=True
        )

    def type(self, text: str) -> None:
        """Type a text."""
        environment = {**self.environment, "LC_ALL": "C.UTF-8"}
        subprocess.run(["xdotool", "type", "--delay", "12", text], env=environment, check=True)

    def windows(self, title: str) -> list[str]:
        """The visible windows whose title holds a text."""
        command = ["xdotool", "search", "--onlyvisible", "--name", title]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.split()

    def tree(self) -> list[dict[str, Any]]:
        """Every accessible object of our program: role, name, text, states; read the way a screen reader does."""
        done = subprocess.run(
            [SYSTEM_PYTHON, READER], env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )
        return json.loads(done.stdout) if done.returncode == 0 and done.stdout else []

    def find(self, role: str, name: str) -> dict[str, Any] | None:
        """The first object of a role whose name holds a text."""
        return next((each for each in self.tree() if each["role"] == role and name in each["name"]), None)


@contextmanager
def running_screen(size: str = "1440x900") -> Iterator[Screen]:
    """A screen of its own, gone at the end with everything that was started for it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="inbox-screen-")))
        for name in ("home", "run"):
            (folder / name).mkdir(mode=0o700)
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "QT_", "DBUS_"))},
            "HOME": str(folder / "home"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
            "NO_AT_BRIDGE": "0",
        }
        environment["DISPLAY"] = ":" + _start_display(stack, size, environment)
        environment["DBUS_SESSION_BUS_ADDRESS"] = _start_bus(stack, environment)
        _start_manager(stack, environment)
        yield Screen(folder, environment)


def _start(stack: ExitStack, command: list[str], environment: dict[str, str], **more: Any) -> subprocess.Popen[str]:
    process = subprocess.Popen(command, env=environment, text=True, stderr=subprocess.DEVNULL, **more)
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _start_display(stack: ExitStack, size: str, environment: dict[str, str]) -> str:
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    process = _start(stack, command, environment, stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _start_manager(stack: ExitStack, environment: dict[str, str]) -> None:
    """Without a window manager no window has the keyboard. One that finds the display not ready yet ends, and is
    started again.
    """
    running = _start(stack, ["openbox"], environment)

    def manages() -> bool:
        nonlocal running
        if running.poll() is not None:
            running = _start(stack, ["openbox"], environment)
        asked = subprocess.run(["xdotool", "get_desktop"], env=environment, capture_output=True, check=False)
        return asked.returncode == 0

    until("the window manager", manages)


def _start_bus(stack: ExitStack, environment: dict[str, str]) -> str:
    command = ["dbus-daemon", "--session", "--print-address=1", "--nofork", "--nopidfile"]
    process = _start(stack, command, environment, stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process.stdout.readline().strip()
