"""The collector's part in learning: when it begins, and what becomes of the process that learns."""

import logging
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import insert

from inbox.flow.learning import background
from inbox.flow.learning.background import APART, Child, Learner, Process, due
from inbox.flow.learning.train import Result
from inbox.model.placement import Corrected, LearnedModel, ModelState
from inbox.store import learned
from inbox.store.engine import Store
from inbox.store.examples import Marks
from inbox.store.schema import mention
from tests.flow.learning.test_train import WORKSPACE, learn, teach
from tests.support.talk import START, Talk, at

LAST = LearnedModel(1, Corrected.AREA, ModelState.CURRENT, START, 80, 10, 1, {"mentions": 100, "corrections": 10})
LATER = START + timedelta(hours=2)


@dataclass
class FakeChild:
    code: int | None = None
    said: str = "It broke."
    killed: bool = False

    def ended(self) -> int | None:
        return self.code

    def last_words(self) -> str:
        return self.said

    def end(self) -> None:
        self.killed = True


@dataclass
class Nursery:
    """Starts children that only pretend."""

    children: list[FakeChild] = field(default_factory=list)

    def __call__(self, address: str) -> Child:
        self.children.append(FakeChild())
        return self.children[-1]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (Marks(100, 10), False),
        (Marks(109, 34), False),
        (Marks(109, 35), True),
        (Marks(111, 10), True),
    ],
)
def test_it_is_learnt_anew_after_25_corrections_or_a_tenth_more(marks: Marks, expected: bool) -> None:
    assert due(marks, LAST, None, LATER) is expected
    assert not due(marks, LAST, None, START + timedelta(minutes=29))


def test_a_workspace_that_has_learnt_nothing_is_looked_at_when_there_may_be_enough_and_then_when_more_came() -> None:
    assert not due(Marks(59, 59), None, None, LATER)
    assert due(Marks(60, 0), None, None, LATER)
    assert not due(Marks(60, 0), None, Marks(60, 0), LATER)
    assert due(Marks(60, 1), None, Marks(60, 0), LATER)


def test_after_a_damaged_model_it_is_learnt_at_once() -> None:
    damaged = LearnedModel(2, Corrected.AREA, ModelState.DAMAGED, START, 80, 10, 1, LAST.figures)
    assert due(Marks(100, 10), damaged, None, START)


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that the test sets."""
    clock = [1000.0]
    monkeypatch.setattr(background, "seconds", lambda: clock[0])
    return clock


def known(store: Store, n: int = 60) -> Talk:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "words")
    with store.write() as s:
        row = {"network": "demo", "account_id": talk.account_id, "thread_id": thread_id, "author_id": 1, "text": "more"}
        rows = [
            {**row, "direction": "inbound", "global_id": f"g{k}", "created_at": at(k), "stored_at": at(k)}
            for k in range(n)
        ]
        s.execute(insert(mention), rows)
    return talk


def test_one_process_at_a_time_and_none_again_for_half_an_hour(store: Store, steady: list[float]) -> None:
    nursery = Nursery()
    talk = known(store)
    learner = Learner(store, lambda: LATER, nursery)
    learner.step()
    assert not nursery.children
    steady[0] += 10
    learner.step()
    learner.step()
    assert len(nursery.children) == 1
    nursery.children[0].code = 0
    talk.says(5, "something new")
    steady[0] += APART.total_seconds() - 1
    learner.step()
    assert len(nursery.children) == 1
    steady[0] += 2
    learner.step()
    assert len(nursery.children) == 2


def test_a_process_that_breaks_is_told_and_tried_again_with_growing_waits(
    store: Store, steady: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    nursery = Nursery()
    known(store)
    learner = Learner(store, lambda: LATER, nursery)
    waits = []
    for _ in range(4):
        begun = steady[0]
        while not nursery.children or nursery.children[-1].code is not None:
            steady[0] += 5
            learner.step()
        waits.append(steady[0] - begun)
        nursery.children[-1].code = -9
        learner.step()
    assert "Learning did not end well: It broke. The last good model stays in use; trying again in" in caplog.text
    assert waits[1] < waits[3] < 600
    assert caplog.records[0].levelno == logging.WARNING


def test_a_process_that_cannot_be_started_is_told(
    store: Store, steady: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: str) -> Child:
        raise OSError(12, "Cannot allocate memory")

    known(store)
    learner = Learner(store, lambda: LATER, fails)
    steady[0] += 10
    learner.step()
    assert "Cannot allocate memory." in caplog.text


def test_the_process_ends_with_the_collector(store: Store, steady: list[float]) -> None:
    nursery = Nursery()
    known(store)
    learner = Learner(store, lambda: LATER, nursery)
    steady[0] += 10
    learner.step()
    learner.close()
    learner.close()
    assert nursery.children[0].killed


def test_a_training_that_is_killed_midway_leaves_the_last_good_model(sqlite_store: Store) -> None:
    talk = Talk(sqlite_store, WORKSPACE)
    teach(talk, {"Baggage": 35, "Billing": 35})
    assert learn(sqlite_store).result is Result.LEARNED
    child = Process(sqlite_store.address)
    child.end()
    assert child.ended() is not None
    with sqlite_store.read() as s:
        assert [each.state for each in learned.history(s, Corrected.AREA)] == [ModelState.CURRENT]


def test_a_collector_lets_another_process_learn_and_never_loads_scikit_learn(sqlite_store: Store) -> None:
    teach(Talk(sqlite_store, WORKSPACE), {"Baggage": 35, "Billing": 35})
    sqlite_store.close()
    code = f"""
        import sys, threading, time
        from datetime import timedelta
        from inbox.flow.collect import Collector
        from inbox.flow.learning import background
        from inbox.model.placement import Corrected
        from inbox.store import learned
        from inbox.store.engine import open_store
        from tests.support.fake_network import FakeNetworks
        background._FIRST = 0.0
        background._RUNNING = 0.1
        store = open_store({sqlite_store.address!r})
        collector = Collector(store, FakeNetworks())
        def watch():
            end = time.monotonic() + 100
            while time.monotonic() < end:
                with store.read() as s:
                    if learned.current(s, Corrected.AREA):
                        break
                time.sleep(0.1)
            collector.stop()
        threading.Thread(target=watch).start()
        collector.run()
        with store.read() as s:
            model = learned.current(s, Corrected.AREA)
        print(model is not None, "sklearn" in sys.modules, "scipy" in sys.modules)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False, timeout=150
    )
    assert done.stdout.split() == ["True", "False", "False"], done.stderr


def test_a_process_that_has_learnt_ends_well(sqlite_store: Store) -> None:
    teach(Talk(sqlite_store, WORKSPACE), {"Baggage": 35, "Billing": 35})
    child = Process(sqlite_store.address)
    end = time.monotonic() + 100
    while child.ended() is None and time.monotonic() < end:
        time.sleep(0.02)
    assert child.ended() == 0, child.last_words()
    with sqlite_store.read() as s:
        assert learned.current(s, Corrected.AREA) is not None


def test_a_process_whose_parent_is_gone_ends_by_itself(sqlite_store: Store) -> None:
    teach(Talk(sqlite_store, WORKSPACE), {"Baggage": 1})
    child = Process(sqlite_store.address)
    assert child._process.stdin is not None
    child._process.stdin.close()
    end = time.monotonic() + 60
    while child.ended() is None and time.monotonic() < end:
        time.sleep(0.02)
    assert child.ended() is not None
