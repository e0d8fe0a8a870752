"""Statements go with their incident where it is merged into another, and come back with it."""

import pytest

from inbox.flow.hot import by_hand, deciding
from inbox.model.ids import IncidentId
from inbox.model.incident import Incident
from inbox.networks.base import Posted, ReplyTarget
from inbox.store import incidents, statements
from inbox.store.engine import Store
from tests.support.stated import Stage
from tests.support.world import NOON, world


@pytest.fixture
def stage(store: Store) -> Stage:
    return Stage(store, [world(store).account])


def other_than(stage: Stage) -> IncidentId:
    number, _ = by_hand.open_incident(stage.store, "Smoke on EX731", actor="ana", now=NOON)
    return number


def of(stage: Stage, number: IncidentId) -> Incident:
    with stage.store.read() as s:
        found = incidents.get(s, number)
    assert found is not None
    return found


def statements_of(stage: Stage, number: IncidentId) -> list[int]:
    with stage.store.read() as s:
        return [each.id for each in statements.of(s, number)]


def told(stage: Stage, number: IncidentId) -> list[str]:
    with stage.store.read() as s:
        return [each.text for each in incidents.timeline(s, number) if each.kind == "statement"]


def test_one_that_goes_out_after_the_merge_dates_and_tells_the_incident_that_lives_on(stage: Stage) -> None:
    into = other_than(stage)
    deciding.merge(stage.store, stage.incident, into, actor="ana", now=stage.at)
    assert statements_of(stage, into) == [stage.statement]
    stage.pass_time()
    assert of(stage, into).stated_at == stage.server.now
    assert told(stage, into)[0] == "Statement stands on @exampleair."
    assert of(stage, stage.incident).stated_at is None
    assert "Statement stands on @exampleair." not in told(stage, stage.incident)


def test_one_that_stood_before_the_merge_dates_it_and_leaves_with_its_own_incident(stage: Stage) -> None:
    into = other_than(stage)
    stage.pass_time()
    done = deciding.merge(stage.store, stage.incident, into, actor="ana", now=stage.at)
    assert of(stage, into).stated_at == stage.server.now
    assert done.undo is not None
    deciding.undo_incident(stage.store, done.undo, actor="ana", now=stage.at)
    assert statements_of(stage, stage.incident) == [stage.statement]
    assert of(stage, stage.incident).stated_at == stage.server.now
    assert (statements_of(stage, into), of(stage, into).stated_at) == ([], None)


def test_one_that_is_being_sent_while_somebody_merges_is_told_where_it_belongs_now(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = other_than(stage)
    publish = stage.server.publish

    def merged_meanwhile(text: str, key: str, target: ReplyTarget | None) -> Posted:
        deciding.merge(stage.store, stage.incident, into, actor="ana", now=stage.at)
        return publish(text, key, target)

    monkeypatch.setattr(stage.server, "publish", merged_meanwhile)
    stage.pass_time()
    assert of(stage, into).stated_at is not None
    assert told(stage, into)[0] == "Statement stands on @exampleair."
    assert of(stage, stage.incident).stated_at is None
