"""Escalations in a real window: a policy written with the keyboard alone, and a call that rings and is answered."""

import re
import subprocess
import tomllib
from typing import Any

import pytest

from tests.app.demo import ask, rows
from tests.app.screen import Screen, until
from tests.app.test_routing_by_keyboard import complaints, focus, nameless, names, tab_to

pytestmark = [pytest.mark.screen, pytest.mark.timeout(240)]


def stored(screen: Screen) -> dict[str, Any]:
    """The escalation policies as they are stored, by name."""
    found = tomllib.loads(ask(screen, "config", "export")["text"]).get("escalations", [])
    return {each["name"]: each for each in found}


def test_a_policy_is_written_by_keys_and_its_call_rings_outside_the_window(
    screen: Screen, demo: subprocess.Popen[bytes]
) -> None:
    me = re.sub(r"^You: |\..*$", "", names(screen, "^You: ")[0])
    screen.keys("g", "e")
    until("the page", lambda: rows(screen, "Escalation policies") or names(screen, "no escalation policies yet"))
    screen.keys("ctrl+n")
    until("the name's field", lambda: focus(screen) == "Name")
    screen.type("night")
    tab_to(screen, "Step 1: whom it calls")
    screen.type(f"{me},")
    tab_to(screen, "Step 1: how long it waits")
    screen.keys("ctrl+a")
    screen.type("2m")
    assert not nameless(screen)
    screen.keys("ctrl+s")
    made = until("it to be saved", lambda: stored(screen).get("night"))
    assert made["steps"][0]["wait"] == "2m"
    until("the ladder to be drawn", lambda: names(screen, f"^At once: {me}"))
    screen.picture("escalations")

    thread = ask(screen, "threads", "--limit", "1")["threads"][0]["id"]
    number = ask(screen, "escalate", str(thread), "--reason", "night")["id"]
    ringing = until("the call to ring", lambda: screen.windows("Help is called for"))
    assert until("its buttons", lambda: names(screen, "^Acknowledge$"))
    screen.picture("ringing")
    subprocess.run(["xdotool", "windowactivate", "--sync", ringing[0]], env=screen.environment, check=True)
    tab_to(screen, "Acknowledge")
    screen.keys("space")
    calls = until("it to be over", lambda: _over(screen, number))
    assert calls["acknowledged_by"] == made["steps"][0]["to"][0]
    until("the window to go", lambda: not screen.windows("Help is called for"))
    assert demo.poll() is None
    assert not complaints(screen)


def _over(screen: Screen, number: int) -> dict[str, Any] | None:
    found = ask(screen, "escalations", "--all")["escalations"]
    return next((each for each in found if each["id"] == number and each["state"] == "acknowledged"), None)
