"""The demo opens amid a crisis, the one thing that the detector finds, with all that people have done about it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox.flow.demo import prepare
from inbox.flow.demo_crisis import NAME
from inbox.flow.hot import room
from inbox.flow.hot.volume import Measure
from inbox.flow.hot.watching import Watcher
from inbox.flow.pull_once import pull_all
from inbox.model.incident import IncidentState, Severity, StatementState
from inbox.networks.demo.client import DemoClient
from inbox.store import incidents
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


def test_the_demo_opens_in_the_middle_of_a_crisis_that_people_work_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = Play(tmp_path, monkeypatch)
    assert play.titles() == [NAME]
    with play.store.read() as s:
        (found,) = incidents.open_ones(s)
        seen = room.read(s, found.id, BEGUN)
    play.store.close()
    assert seen is not None
    assert (found.state, found.severity, found.owner) == (IncidentState.CONFIRMED, Severity.HIGH, "grace")
    assert timedelta(minutes=5) < BEGUN - found.opened_at < timedelta(minutes=25)
    assert "people wrote about" in seen.said
    assert seen.figures.threads >= 30
    assert seen.figures.press == 1
    assert 0 < sum(each.done_at is not None for each in seen.tasks) < len(seen.tasks)
    assert [(each.account is not None, each.by) for each in seen.holds] == [(True, "grace")]
    [statement] = seen.statements
    assert (statement.state, statement.approved_by) == (StatementState.APPROVED, "grace")
    assert len(statement.account_ids) == 2
    assert all(seen.volume.lately_usual[each] is not None for each in Measure)
    usual = seen.volume.lately_usual[Measure.MENTIONS]
    assert usual is not None
    assert 0.3 < usual.level < 15
    assert seen.volume.most > 1.5 * usual.high


def test_it_stays_one_incident_and_gathers_on_while_one_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play = Play(tmp_path, monkeypatch)
    with play.store.read() as s:
        before = incidents.open_ones(s)[0].threads
    play.until(15)
    assert play.titles() == [NAME]
    with play.store.read() as s:
        (found,) = incidents.open_ones(s)
    play.store.close()
    assert found.threads >= before + 3


def test_what_the_storm_of_the_past_did_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play = Play(tmp_path, monkeypatch)
    with play.store.read() as s:
        storm = next(each for each in incidents.newest(s) if each.state is IncidentState.CLOSED)
        seen = room.read(s, storm.id, BEGUN)
    play.store.close()
    assert seen is not None
    assert sum(each or 0 for each in seen.volume.lines[Measure.MENTIONS]) > 10
    assert any(each is not None for each in seen.volume.usual[Measure.MENTIONS])
