"""The calendars' screen in a real window, with the keyboard alone and as a screen reader hears it."""

import subprocess
import tomllib
from typing import Any

import pytest

from tests.app.demo import ask, rows
from tests.app.screen import Screen, until
from tests.app.test_routing_by_keyboard import complaints, focus, nameless, tab_to

pytestmark = [pytest.mark.screen, pytest.mark.timeout(240)]
WEEK = "Hours of the week"


def stored(screen: Screen, name: str) -> dict[str, Any]:
    """A calendar as it is stored, empty where there is none."""
    calendars = tomllib.loads(ask(screen, "config", "export")["text"])["calendars"]
    return next((each for each in calendars if each["name"] == name), {})


def test_a_calendar_is_made_edited_saved_and_removed(screen: Screen, demo: subprocess.Popen[bytes]) -> None:
    screen.keys("g", "l")
    listed = until("the calendars", lambda: rows(screen, "Calendars"))
    assert [each.split(".")[0] for each in listed] == ["always", "service", "night watch"]
    screen.keys("Down")
    until("its dates", lambda: any("public holiday" in each for each in rows(screen, "Dates")))
    screen.keys("ctrl+n")
    until("the name's field", lambda: focus(screen) == "Name")
    screen.type("weekend desk")
    screen.keys("Tab", "ctrl+a")
    screen.type("kolk")
    screen.keys("Down", "Return")
    tab_to(screen, WEEK)
    assert not nameless(screen)
    screen.keys("Down", "Down", "Down", "Down", "Down", "Insert", "Return")
    until("the first field", lambda: focus(screen) == "From")
    screen.type("10")
    screen.keys("Tab")
    screen.type("15:30")
    screen.keys("Return", "Escape")
    screen.keys("ctrl+s")
    made = until("it to be saved", lambda: stored(screen, "weekend desk"))
    assert made["time_zone"] == "Asia/Kolkata"
    assert made["week"]["sat"] == [["10:00", "15:30"]]
    assert made["week"]["mon"] == [["09:00", "17:00"]]
    screen.keys("g", "l", "Delete")
    until("it to be gone", lambda: not stored(screen, "weekend desk"))
    until("the list to say so", lambda: len(rows(screen, "Calendars")) == len(listed))
    assert demo.poll() is None
    assert not complaints(screen)
