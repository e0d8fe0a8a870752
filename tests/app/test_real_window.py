"""The program in a real window, used by keyboard and read the way a screen reader reads it."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from tests.app.demo import ask, children, rows
from tests.app.screen import Screen, until

pytestmark = [pytest.mark.screen, pytest.mark.timeout(300)]
WORDS = "Thank you for telling us, we are on it. ^AR"


def replies(screen: Screen, state: str) -> list[dict[str, Any]]:
    """The replies in the outbox in a state."""
    return [each for each in ask(screen, "outbox")["replies"] if each["state"] == state and each["text"] == WORDS]


def test_a_reply_is_written_and_sent_with_the_keyboard_alone(screen: Screen, demo: subprocess.Popen[bytes]) -> None:
    spoken = rows(screen)[0]
    assert "Due in" in spoken or "late" in spoken.lower(), spoken
    screen.keys("Home", "Return", "r")
    until("the reply's field", lambda: screen.find("text", "Your reply"))
    screen.type(WORDS)
    until("the words in it", lambda: (screen.find("text", "Your reply") or {}).get("text", "").endswith("^AR"))
    before = screen.picture("composer")
    screen.keys("ctrl+Return")
    until("the reply in the outbox", lambda: replies(screen, "queued") or replies(screen, "sent"))
    sent = until("the network to have it", lambda: replies(screen, "sent"), 90)[0]
    assert sent["remote_id"]
    shown = ask(screen, "show", str(sent["thread"]))
    assert shown["mentions"][-1]["direction"] == "outbound" or WORDS in [each["text"] for each in shown["mentions"]]
    assert shown["status"] == "waiting" or any(each["direction"] == "inbound" for each in shown["mentions"][-1:])
    assert painted(before)
    assert demo.poll() is None


def test_closing_the_window_ends_the_program_and_its_collector(screen: Screen, demo: subprocess.Popen[bytes]) -> None:
    collectors = until("the collector", lambda: children(demo.pid))
    screen.keys("ctrl+q")
    assert demo.wait(30) == 0
    until("the collector to be gone", lambda: not any(Path(f"/proc/{pid}").exists() for pid in collectors))
    assert not list(screen.folder.glob("inbox-demo-*")), "the throw-away workspace is thrown away"


def painted(picture: Path) -> bool:
    """The picture shows the program: the paper of the side bar, and the blue of what is selected."""
    image = QImage(str(picture))
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)}
    return QColor("#F4F4F1").name() in colours and QColor("#2453C4").name() in colours
