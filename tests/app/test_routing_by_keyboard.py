"""The routing's screens in a real window: sorting, rules, a backtest and a correction with the keyboard alone."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.app.demo import ask, children, rows
from tests.app.screen import Screen, until

pytestmark = [pytest.mark.screen, pytest.mark.timeout(240)]
CONTROLS = frozenset({"push button", "check box", "combo box", "text", "list", "table", "toggle button", "slider"})
ROWS = frozenset({"list item", "table cell"})
HARMLESS = ("Preparing the demo", "qt.accessibility.atspi")


def names(screen: Screen, pattern: str) -> list[str]:
    """What a screen reader calls whatever is named like that."""
    return [each["name"] for each in screen.tree() if re.search(pattern, each["name"])]


def focus(screen: Screen) -> str:
    """The control that has the keyboard. A current row calls itself focused whoever has it."""
    held = (each for each in screen.tree() if "focused" in each["states"] and each["role"] not in ROWS)
    return next((str(each["name"]) for each in held if each["name"]), "")


def tab_to(screen: Screen, name: str, most: int = 16) -> None:
    """Press Tab until a control has the keyboard."""
    for _ in range(most):
        if focus(screen) == name:
            return
        screen.keys("Tab")
    assert focus(screen) == name


def nameless(screen: Screen) -> list[str]:
    """The controls on screen that a screen reader has no name for."""
    seen = [each for each in screen.tree() if "showing" in each["states"] and each["role"] in CONTROLS]
    return [f"{each['role']} {each['text']!r}" for each in seen if not each["name"].strip()]


def complaints(screen: Screen) -> list[str]:
    """What the demo and its children have written to standard error, but for what is usual on such a screen."""
    lines = (screen.folder / "said").read_text().splitlines()
    return [each for each in lines if each.strip() and not any(usual in each for usual in HARMLESS)]


def waiting(screen: Screen) -> set[int]:
    """The threads that are stored as unsorted."""
    return {each["id"] for each in ask(screen, "threads", "--area", "Unsorted")["threads"]}


def shown(screen: Screen, thread: int) -> dict[str, Any]:
    """A thread as a command shows it."""
    return dict(ask(screen, "show", str(thread)))


def test_threads_are_sorted_by_number_and_the_last_one_is_taken_back(
    screen: Screen, demo: subprocess.Popen[bytes]
) -> None:
    screen.keys("g", "u")
    spoken = until("threads to sort", lambda: rows(screen, "Threads to sort"))
    assert all(", Demo" in each and "nsorted" in each for each in spoken), spoken
    assert len(names(screen, r"^[1-9] ")) >= 7
    assert not nameless(screen)
    before = waiting(screen)
    screen.keys("1")
    screen.keys("2")
    screen.keys("1")
    until("three to be sorted", lambda: names(screen, r"^3 of \d+ sorted"))
    until("three to be stored", lambda: len(before - waiting(screen)) == 3)
    sorted_away = before - waiting(screen)
    assert {shown(screen, each)["area"] for each in sorted_away} == {"Baggage", "Rebooking"}
    screen.keys("u")
    until("the third to be back", lambda: names(screen, r"^2 of \d+ sorted"))
    until("the third to be stored back", lambda: len(before - waiting(screen)) == 2)
    assert demo.poll() is None
    assert not complaints(screen)


def test_a_rule_is_written_tried_saved_and_switched_off(screen: Screen, demo: subprocess.Popen[bytes]) -> None:
    screen.keys("g", "r")
    until("the rules", lambda: rows(screen, "Rules"))
    screen.keys("ctrl+n")
    until("the name's field", lambda: "ame" in focus(screen) or "called" in focus(screen))
    screen.type("Wifi on board")
    screen.keys("Tab", "Tab")
    screen.type("wla")
    found = until("what it matches", lambda: [each for each in rows(screen, "Live matches") if "typing" in each])
    assert all("wla" in each.lower() for each in found), found
    screen.type("qq")
    until("no match any more", lambda: not rows(screen, "Live matches") and names(screen, "^0 of "))
    screen.keys("BackSpace", "BackSpace", "n", "Return")
    until("the matches again", lambda: rows(screen, "Live matches"))
    tab_to(screen, "Set area")
    screen.keys("Tab", "c")
    assert not nameless(screen)
    tab_to(screen, "Run the backtest")
    screen.keys("space")
    until("the figures", lambda: names(screen, "Run again the backtest"), 60)
    assert names(screen, "^Threads in Cabin")
    screen.keys("ctrl+s")
    rule = until("it to be saved", lambda: stored(screen, "Wifi on board"))
    assert rule["when"] == {"text_any": ["wlan"]}
    assert rule["then"] == {"area": "Cabin"}
    until("the row to say so", lambda: "saved" not in rows(screen, "Rules")[-1])
    screen.keys("g", "r")
    screen.keys("space")
    until("it to be off", lambda: not stored(screen, "Wifi on board").get("on", True))
    assert rows(screen, "Rules")[-1].endswith("Off")
    assert demo.poll() is None
    assert not complaints(screen)


def stored(screen: Screen, name: str) -> dict[str, Any]:
    """A rule as it is stored, empty where there is none."""
    rules = tomllib.loads(ask(screen, "config", "export")["text"])["rules"]
    return next((each for each in rules if each["name"] == name), {})


def test_a_fact_is_corrected_and_quitting_amid_a_backtest_leaves_no_process(
    screen: Screen, demo: subprocess.Popen[bytes]
) -> None:
    screen.keys("Home", "Return")
    until("the thread's facts", lambda: names(screen, "^Needs a reply"))
    # The box is a popup, which Qt keeps out of the tree: its keys follow the one that opens it.
    screen.keys("c", "Right", "Return")
    until("the fact to be corrected", lambda: names(screen, "^Needs no reply, corrected by a person"))
    screen.keys("g", "b")
    until("the page", lambda: names(screen, "^Backtest$"))
    tab_to(screen, "Run", 30)
    screen.keys("space")
    started = until("the backtest's process", lambda: children(demo.pid)[1:] and children(demo.pid))
    screen.keys("ctrl+q")
    assert demo.wait(30) == 0
    until("all of them to be gone", lambda: not [each for each in started if alive(each)])
    assert not complaints(screen)


def alive(pid: int) -> bool:
    """True while a process runs."""
    return Path(f"/proc/{pid}").exists()
