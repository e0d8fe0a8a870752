"""Every condition that the workspace file knows chooses the policy of a thread's clocks."""

from dataclasses import fields
from datetime import time, timedelta
from typing import Any

import pytest

from inbox.flow import clocks, triage
from inbox.flow.policies import caught, sample
from inbox.model.ids import AreaId, ThreadId
from inbox.model.people import Area, Interval
from inbox.model.words import Metric, Priority
from inbox.model.workspace import Calendar, Policy, Rule, Then, When, Workspace
from inbox.store import config, threads
from inbox.store.engine import Store
from tests.support.talk import Talk, at

HOUR = timedelta(hours=1)
TEXT = "This is awful, the worst service ever: my lost bag 4711 again!"
ASKED: dict[str, tuple[Any, Any]] = {
    "text_any": (("lost bag",), ("refund",)),
    "text_all": (("awful", "bag"), ("awful", "refund")),
    "text_none": (("refund",), ("bag",)),
    "text_regex": ("bag [0-9]+", "bag [a-z]{9}"),
    "network": (("demo",), ("bluesky",)),
    "account": (("@air",), ("other",)),
    "kind": (("mention",), ("review",)),
    "language": (("en",), ("de",)),
    "sentiment": (("negative",), ("positive",)),
    "author_tags": (("press",), ("bot",)),
    "followers_min": (500, 900),
    "verified": (True, False),
    "has_media": (True, False),
    "priority": ((Priority.HIGH,), (Priority.LOW,)),
    "area": (("Baggage",), ("Unsorted",)),
    "incident": (False, True),
    "hours": ((True, "mondays"), (False, "mondays")),
}
"""For each key a value that holds for the mention, and one that does not."""


def workspace(**when: Any) -> Workspace:
    return Workspace(
        areas=(Area(AreaId(0), "Baggage", ("bag",)),),
        calendars=(Calendar("mondays", week={"mon": (Interval(time(8), time(10)),)}),),
        policies=(Policy("asked", When(**when), first_response=HOUR), Policy("rest", first_response=2 * HOUR)),
        rules=(Rule("urge", When(text_any=("bag",)), Then(priority=Priority.HIGH)),),
    )


def said(store: Store, made: Workspace) -> ThreadId:
    talk = Talk(store, made)
    author = {"tags": ["press"], "followers": 700, "verified": True}
    found = talk.says(0, TEXT, author=author, media=[{"kind": "image", "url": "https://example.org/a.png"}])
    talk.set(found, followers=700)
    triage.triage_pending(store, now=at(1))
    return found


def policy(store: Store, thread_id: ThreadId) -> str | None:
    with store.read() as s:
        return next(each.policy for each in threads.clocks(s, thread_id) if each.metric is Metric.FIRST)


def test_no_condition_is_left_out_here() -> None:
    assert ASKED.keys() == {each.name for each in fields(When)}


@pytest.mark.parametrize("key", ASKED)
@pytest.mark.parametrize("expected", ["asked", "rest"])
def test_a_condition_decides_when_it_comes_in_and_when_it_is_recomputed(store: Store, key: str, expected: str) -> None:
    thread_id = said(store, workspace(**{key: ASKED[key][expected == "rest"]}))
    assert policy(store, thread_id) == expected
    with store.write() as s:
        clocks.recompute(s, thread_id, workspace=config.load(s), now=at(2))
    assert policy(store, thread_id) == expected
    with store.read() as s:
        now_there = config.load(s)
    counted = caught(sample(store, now=at(3)), now_there, now_there.policies[0], replaces="asked")
    assert (counted.threads, counted.would, counted.now) == (1, *[int(expected == "asked")] * 2)
