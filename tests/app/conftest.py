"""A screen of its own for each test, and the demo running on it."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.app.demo import rows
from tests.app.screen import Screen, missing, running_screen, until


@pytest.fixture
def screen() -> Iterator[Screen]:
    """A screen of its own."""
    lacking = missing()
    if lacking:
        say = pytest.fail if os.environ.get("INBOX_REQUIRE_SERVERS") else pytest.skip
        say(f"a real window needs {', '.join(lacking)}")
    with running_screen() as running:
        yield running


@pytest.fixture
def demo(screen: Screen) -> Iterator[subprocess.Popen[bytes]]:
    """The demo, up and with threads in its list."""
    screen.environment["TMPDIR"] = str(screen.folder)
    with (screen.folder / "said").open("wb") as said:
        command = [sys.executable, "-m", "inbox", "demo", "--theme", "light"]
        process = subprocess.Popen(command, env=screen.environment, stdin=subprocess.DEVNULL, stderr=said)
    try:
        until("the window", lambda: screen.windows("Social Inbox"), 60)
        until("threads in the list", lambda: rows(screen), 60)
        yield process
    finally:
        process.terminate()
        process.wait(20)
