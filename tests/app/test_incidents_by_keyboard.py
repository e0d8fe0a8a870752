"""Incidents in a real window, with the keyboard alone: a statement's whole way, and what an alarm takes."""

import subprocess
import tomllib
from typing import Any

import pytest

from tests.app.demo import ask
from tests.app.screen import Screen, until
from tests.app.test_routing_by_keyboard import complaints, focus, nameless, names, tab_to

pytestmark = [pytest.mark.screen, pytest.mark.timeout(300)]
TEXT = "We look into the wifi on board. We write again by noon."
APPROVER = "Grace O'Neill"


def newest(screen: Screen, incident: int) -> dict[str, Any]:
    """An incident's newest statement as it is stored; empty where there is none."""
    found = ask(screen, "incidents", "statement", "list", str(incident))["statements"]
    return dict(found[0]) if found else {}


def hot(screen: Screen) -> dict[str, Any]:
    """What the workspace says of alarms."""
    return dict(tomllib.loads(ask(screen, "config", "export")["text"]).get("hot", {}))


def become(screen: Screen, name: str) -> None:
    """Somebody else sits down at the desk, chosen from the menu at the foot of the side bar."""
    staff = [each["full_name"] for each in tomllib.loads(ask(screen, "config", "export")["text"])["employees"]]
    tab_to(screen, next(iter(names(screen, "^You: "))), 60)
    screen.keys("Return", *["Down"] * (staff.index(name) + 1), "Return")
    until("them to sit there", lambda: names(screen, f"^You: {name}"))


def test_a_statement_is_written_approved_published_and_taken_back(
    screen: Screen, demo: subprocess.Popen[bytes]
) -> None:
    screen.keys("g", "h")
    until("the list", lambda: names(screen, "^Open an incident$"))
    screen.keys("ctrl+n")
    until("the name's field", lambda: "about" in focus(screen))
    screen.type("Wifi on board")
    screen.keys("Return")
    until("the room", lambda: names(screen, "^Incident Wifi on board$"))
    until("the keyboard to be in it", lambda: focus(screen) == "Mark contained")
    assert not nameless(screen)
    incident = next(each["id"] for each in ask(screen, "incidents")["incidents"] if each["title"] == "Wifi on board")
    screen.keys("ctrl+k")
    until("the palette", lambda: focus(screen) == "Search and commands")
    screen.type("write a st")
    screen.keys("Return")
    until("the statement's field", lambda: focus(screen) == "The statement")
    screen.type(TEXT)
    tab_to(screen, "Save", 4)
    assert not nameless(screen)
    screen.keys("space")
    until("it to be stored", lambda: newest(screen, incident).get("text") == TEXT)
    until("the next step to have the keyboard", lambda: focus(screen) == "Ask for approval")
    screen.keys("space")
    until("approval to be asked for", lambda: newest(screen, incident)["state"] == "approval asked")
    screen.picture("asked")
    become(screen, APPROVER)
    screen.keys("F6")
    until("it to be offered", lambda: names(screen, "^Approve$"))
    tab_to(screen, "Approve", 60)
    screen.keys("space")
    until("it to be approved", lambda: newest(screen, incident)["state"] == "approved")
    until("publishing to have the keyboard", lambda: focus(screen).startswith("Publish on "))
    screen.keys("space")
    until("the question", lambda: screen.windows("Publish the statement?"))
    screen.keys("Return")
    until("it to be published", lambda: newest(screen, incident)["state"] == "published")
    # No look between: it can be taken back for ten seconds.
    screen.keys("space")
    until("it to be taken back", lambda: newest(screen, incident)["state"] == "approved")
    until("publishing to be offered again", lambda: focus(screen).startswith("Publish on "))
    assert demo.poll() is None
    assert not complaints(screen)


def test_a_limit_is_changed_tried_saved_and_taken_back_and_a_campaign_announced(
    screen: Screen, demo: subprocess.Popen[bytes]
) -> None:
    screen.keys("g", "d")
    until("the fields", lambda: names(screen, "^People it takes"))
    tab_to(screen, "People it takes", 30)
    assert not nameless(screen)
    screen.keys("ctrl+a")
    screen.type("7")
    tab_to(screen, "Try on the history", 12)
    screen.keys("space")
    until("what it would have opened", lambda: names(screen, "^Incidents a day"), 90)
    screen.picture("tried")
    assert not nameless(screen)
    tab_to(screen, "Save", 60)
    screen.keys("space")
    until("it to be saved", lambda: hot(screen).get("min_authors") == 7)
    screen.keys("ctrl+z")
    until("it to be as before", lambda: hot(screen).get("min_authors", 4) != 7)
    tab_to(screen, "Show: Alarms", 60)
    screen.keys("Right")
    until("the campaigns", lambda: names(screen, "^Announce a campaign$"))
    tab_to(screen, "Announce a campaign", 12)
    screen.keys("space")
    until("its name to have the keyboard", lambda: focus(screen) == "Name")
    screen.type("Winter sale")
    assert not nameless(screen)
    tab_to(screen, "Save", 30)
    screen.keys("space")
    until("it to be announced", lambda: "Winter sale" in str(ask(screen, "campaigns", "list")))
    screen.picture("campaigns")
    assert demo.poll() is None
    assert not complaints(screen)
