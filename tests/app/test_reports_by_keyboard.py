"""The reports in a real window, with the keyboard alone and as a screen reader hears them."""

import subprocess

import pytest

from tests.app.demo import rows
from tests.app.screen import Screen, until
from tests.app.test_routing_by_keyboard import complaints, focus, nameless, tab_to

pytestmark = [pytest.mark.screen, pytest.mark.timeout(240)]
BEHIND = "Threads behind the figure"


def test_a_report_is_chosen_read_and_followed_to_a_thread(screen: Screen, demo: subprocess.Popen[bytes]) -> None:
    screen.keys("g", "p")
    until("the figures", lambda: any(each["name"].startswith("Median: ") for each in screen.tree()))
    assert not nameless(screen)
    tab_to(screen, "Hour of the week", 30)
    screen.keys("Down", "Right")
    tab_to(screen, "Figures by group")
    screen.keys("Right", "s", "Return")
    listed = until("the threads behind", lambda: rows(screen, BEHIND))
    assert len(listed) > 3
    screen.keys("Escape")
    until("the table again", lambda: focus(screen) == "Figures by group")
    tab_to(screen, "Report: Response times", 40)
    screen.keys("Return", "Down", "Return")
    until("the targets", lambda: screen.find("push button", "Report: Targets") or focus(screen) == "Report: Targets")
    assert demo.poll() is None
    assert not complaints(screen)
