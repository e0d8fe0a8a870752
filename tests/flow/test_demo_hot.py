"""In the demo one crisis builds up, and is the one thing that the detector finds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox.flow.demo import prepare
from inbox.flow.hot.watching import Watcher
from inbox.flow.pull_once import pull_all
from inbox.model.incident import IncidentState
from inbox.networks.demo.client import DemoClient
from inbox.store import hot, incidents
from inbox.store.engine import Store, open_store

BEGUN = datetime(2026, 5, 11, 9, 30, tzinfo=UTC)


class Play:
    """The demo's world played at the times of its story, faster than the wall clock."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = BEGUN
        usual = DemoClient.__init__.__kwdefaults__ or {}
        monkeypatch.setattr(DemoClient.__init__, "__kwdefaults__", usual | {"now": lambda: self.at, "pace": 0})
        self.store: Store = open_store(prepare(folder, now=BEGUN))
        self.watcher = Watcher(self.store)
        self.hear()

    def hear(self) -> None:
        while self.watcher.step(self.at) is not None:
            pass

    def until(self, minute: float) -> None:
        while self.at < BEGUN + timedelta(minutes=minute):
            self.at += timedelta(seconds=30)
            pull_all(self.store, now=lambda: self.at)
            self.hear()

    def titles(self) -> list[str]:
        with self.store.read() as s:
            return [each.title for each in incidents.open_ones(s)]


def test_the_crisis_opens_one_incident_named_after_what_people_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = Play(tmp_path, monkeypatch)
    assert play.titles() == []
    play.until(5)
    assert play.titles() == ["“EX731”, “Smoke” (Safety)"]
    play.until(15)
    with play.store.read() as s:
        (found,) = incidents.open_ones(s)
        usual = hot.counts(s, "account:exampleair.example", BEGUN - timedelta(hours=2), BEGUN)
    play.store.close()
    assert found.state is IncidentState.SUSPECTED
    assert found.threads >= 50
    assert found.began_at < BEGUN + timedelta(minutes=3)
    assert sum(each.posts for each in usual) > 60
