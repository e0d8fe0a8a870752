"""A call climbs its ladder until somebody acknowledges it, whoever restarts what."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from inbox import secrets
from inbox.flow import triage
from inbox.flow.escalate import raising, stepping
from inbox.flow.escalate.delivering import Caller
from inbox.flow.escalate.ladders import service_key
from inbox.flow.hot import by_hand, deciding
from inbox.model.escalation import CallState, Escalation, EscalationState
from inbox.model.ids import AreaId, EmployeeId, EscalationId, ThreadId
from inbox.model.people import Area, Employee, Interval, Week
from inbox.model.words import Role
from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.networks.errors import RateLimited, Unreachable
from inbox.store import config, escalations, incidents, notices, people, threads
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused
from tests.support.talk import START, Talk, at

ANA = Employee(EmployeeId(0), "ana", "Ana Ruiz", areas=("Safety",))
NIGHT: Week = {"mon": (Interval(time(22), time(23)),)}
BEN = Employee(EmployeeId(0), "ben", "Ben Lee", areas=("Safety",), shifts=NIGHT)
CLARA = Employee(EmployeeId(0), "clara", "Clara Lind", roles=(Role.CRISIS_LEAD,))
FARID = Employee(EmployeeId(0), "farid", "Farid Haddad", roles=(Role.SUPERVISOR,))
LADDER = {
    "name": "safety",
    "steps": [{"to": ["on shift:Safety"], "wait": "5m"}, {"to": ["crisis lead", "apprise:slack"], "wait": "10m"}],
    "repeat": 1,
}
WORKSPACE = Workspace(areas=(Area(AreaId(0), "Safety"),), employees=(ANA, BEN, CLARA, FARID), escalations=(LADDER,))


class Scene:
    """A thread, and a call about it."""

    def __init__(self, store: Store, workspace: Workspace = WORKSPACE) -> None:
        self.store = store
        self.talk = Talk(store, workspace)
        self.thread: ThreadId = self.talk.says(0, "There is smoke in the cabin")
        done = raising.raise_call(store, thread=self.thread, reason="safety", actor="ana", now=START)
        self.id: EscalationId = done.id

    def step(self, minutes: float) -> None:
        stepping.step(self.store, at(minutes))

    @property
    def now(self) -> Escalation:
        with self.store.read() as s:
            found = escalations.get(s, self.id)
        assert found is not None
        return found

    def called(self) -> list[tuple[int, int, str, CallState]]:
        return [(each.round, each.step, each.target, each.state) for each in self.now.calls]

    def told(self, name: str) -> list[str]:
        with self.store.read() as s:
            whom = next(each.id for each in people.employees(s) if each.name == name)
            return [each.sentence for each in notices.unseen(s, whom)]

    def escalated(self) -> bool:
        with self.store.read() as s:
            return threads.rows(s, [self.thread])[0].escalated


@pytest.fixture
def scene(store: Store) -> Scene:
    return Scene(store)


def test_the_first_step_calls_who_is_on_shift_at_once(scene: Scene) -> None:
    assert scene.escalated()
    scene.step(0)
    assert scene.called() == [(0, 0, "ana", CallState.SENT)]
    assert scene.told("ana") == ["Escalated to you: safety"]
    assert scene.told("ben") == []


def test_steps_come_at_their_time_and_not_before_and_all_is_repeated(scene: Scene) -> None:
    for minute in (0, 1, 4.9):
        scene.step(minute)
    assert len(scene.called()) == 1
    scene.step(5)
    assert scene.called()[1:] == [(0, 1, "clara", CallState.SENT), (0, 1, "apprise:slack", CallState.DUE)]
    scene.step(15)
    assert scene.called()[3:] == [(1, 0, "ana", CallState.SENT)]
    scene.step(20)
    assert len(scene.called()) == 6
    assert len(scene.told("clara")) == 2


def test_after_the_last_round_it_stays_open_and_those_who_lead_are_told(scene: Scene) -> None:
    for minute in (0, 5, 15, 20, 30, 40):
        scene.step(minute)
    assert scene.now.state is EscalationState.EXHAUSTED
    assert scene.told("farid") == ["Nobody has acknowledged: safety"]
    assert scene.escalated()
    raising.acknowledge(scene.store, scene.id, actor="farid", now=at(50))
    assert (scene.now.state, scene.now.acknowledged_by) == (EscalationState.ACKNOWLEDGED, "farid")
    assert not scene.escalated()


def test_acknowledging_stops_everything(scene: Scene) -> None:
    scene.step(0)
    raising.acknowledge(scene.store, scene.id, actor="ana", now=at(1))
    for minute in (5, 15, 60):
        scene.step(minute)
    assert len(scene.called()) == 1
    assert scene.told("ana") == []
    with pytest.raises(Refused, match="Ana has acknowledged it already"):
        raising.acknowledge(scene.store, scene.id, actor="clara", now=at(2))


def test_two_who_acknowledge_at_once_are_one(scene: Scene) -> None:
    def answer(name: str) -> str:
        try:
            return raising.acknowledge(scene.store, scene.id, actor=name, now=at(1)).sentence
        except Refused as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(answer, ["clara", "farid"]))
    assert said[1] == "You have it. Nobody else is called any more."
    assert said[0].endswith("has acknowledged it already.")


def test_two_collectors_and_a_restart_skip_and_repeat_no_step(scene: Scene) -> None:
    with ThreadPoolExecutor(4) as pool:
        for minute in (0, 5, 15, 20):
            list(pool.map(scene.step, [minute] * 4))
    assert [(turn, place) for turn, place, _, _ in scene.called()] == [(0, 0), (0, 1), (0, 1), (1, 0), (1, 1), (1, 1)]
    assert len(scene.told("ana")) == 2


def test_after_downtime_it_goes_on_with_the_step_that_is_next(scene: Scene) -> None:
    scene.step(0)
    scene.step(600)
    assert [(turn, place) for turn, place, _, _ in scene.called()] == [(0, 0), (0, 1), (0, 1)]
    assert scene.now.next_at == at(610)


def test_where_nobody_is_there_the_next_step_comes_at_once(store: Store) -> None:
    scene = Scene(store, replace(WORKSPACE, employees=(replace(ANA, shifts=NIGHT), BEN, CLARA, FARID)))
    scene.step(0)
    assert scene.called() == [(0, 0, "on shift:Safety", CallState.NOBODY)]
    scene.step(0)
    assert scene.called()[1] == (0, 1, "clara", CallState.SENT)


def test_a_lead_is_called_even_off_shift_where_no_other_is_there(store: Store) -> None:
    scene = Scene(store, replace(WORKSPACE, employees=(ANA, replace(CLARA, shifts=NIGHT))))
    scene.step(0)
    scene.step(5)
    assert (0, 1, "clara", CallState.SENT) in scene.called()


def test_the_ladder_is_copied_when_the_call_begins(scene: Scene) -> None:
    with scene.store.write() as s:
        config.save(s, replace(WORKSPACE, escalations=()), "farid", at(1))
    scene.step(0)
    scene.step(5)
    assert [each[2] for each in scene.called()] == ["ana", "clara", "apprise:slack"]


def test_a_call_is_handed_over_and_goes_on_where_it_was(scene: Scene) -> None:
    scene.step(0)
    raising.hand_over(scene.store, scene.id, "farid", actor="ana", now=at(1))
    scene.step(1)
    assert scene.told("farid") == ["Escalated to you: safety"]
    scene.step(6)
    assert [each[2] for each in scene.called()] == ["ana", "farid", "clara", "apprise:slack"]
    with pytest.raises(NotFound, match="no employee"):
        raising.hand_over(scene.store, scene.id, "zoe", actor="ana", now=at(1))


def test_a_call_that_nobody_answered_can_still_be_handed_over(scene: Scene) -> None:
    for minute in (0, 5, 15, 20, 30):
        scene.step(minute)
    assert str(scene.now.state) == "exhausted"
    raising.hand_over(scene.store, scene.id, "farid", actor="clara", now=at(40))
    scene.step(40)
    assert "Escalated to you: safety" in scene.told("farid")
    scene.step(45)
    assert scene.now.state is EscalationState.EXHAUSTED
    assert [each[2] for each in scene.called()].count("ana") == 2


def test_a_snoozed_call_waits(scene: Scene) -> None:
    scene.step(0)
    raising.snooze(scene.store, scene.id, timedelta(hours=1), actor="ana", now=at(2))
    scene.step(30)
    assert len(scene.called()) == 1
    scene.step(62)
    assert len(scene.called()) == 3
    with pytest.raises(Refused, match="12 hours at most"):
        raising.snooze(scene.store, scene.id, timedelta(days=1), actor="ana", now=at(2))


def test_a_cancelled_call_is_over(scene: Scene) -> None:
    raising.cancel(scene.store, scene.id, actor="ana", now=at(1))
    scene.step(5)
    assert scene.called() == []
    assert not scene.escalated()


def test_one_call_at_a_time_for_one_matter(scene: Scene) -> None:
    with pytest.raises(Refused, match="being called already, since Ana asked: safety"):
        raising.raise_call(scene.store, thread=scene.thread, reason="again", actor="farid", now=at(1))
    with pytest.raises(Refused, match="Say why"):
        raising.raise_call(scene.store, thread=scene.thread, reason=" ", actor="farid", now=at(1))
    with pytest.raises(NotFound, match="no thread 99"):
        raising.raise_call(scene.store, thread=ThreadId(99), reason="x", actor="farid", now=at(1))


def test_a_workspace_without_ladders_calls_its_supervisors(store: Store) -> None:
    scene = Scene(store, replace(WORKSPACE, escalations=()))
    scene.step(0)
    assert scene.told("farid") == ["Escalated to you: safety"]


def test_nobody_is_called_about_an_incident_that_is_over_until_it_is_open_again(store: Store) -> None:
    Scene(store)
    number, _ = by_hand.open_incident(store, "Smoke", actor="command", now=START)
    other, _ = by_hand.open_incident(store, "Fire", actor="command", now=START)

    def call() -> None:
        raising.raise_call(store, incident=number, reason="safety", actor="ana", now=START)

    deciding.close(store, number, actor="clara", now=START)
    with pytest.raises(Refused, match=r"^“Smoke” is closed\. Reopen it, then call help\.$"):
        call()
    deciding.reopen(store, number, actor="clara", now=START)
    deciding.dismiss(store, number, actor="clara", now=START)
    with pytest.raises(Refused, match="is dismissed"):
        call()
    deciding.reopen(store, number, actor="clara", now=START)
    deciding.merge(store, number, other, actor="clara", now=START)
    with pytest.raises(Refused, match="part of another incident"):
        call()
    deciding.unmerge(store, number, actor="clara", now=START)
    call()


def test_acknowledging_the_call_of_an_incident_acknowledges_it(store: Store) -> None:
    scene = Scene(store)
    number, _ = by_hand.open_incident(store, "Smoke", actor="command", now=START)
    call = raising.raise_call(store, incident=number, reason="safety", actor="command", now=START)
    stepping.step(store, START)
    raising.acknowledge(store, call.id, actor="clara", now=at(3))
    with store.read() as s:
        told = [each.text for each in incidents.timeline(s, number)]
    assert told[:3] == ["Clara has acknowledged the call.", "Called ana.", "Escalated “safety”: safety"]
    assert scene.now.state is EscalationState.RUNNING


def test_a_clock_that_is_set_back_repeats_no_step(scene: Scene) -> None:
    scene.step(0)
    scene.step(5)
    scene.step(-60)
    scene.step(6)
    assert len(scene.called()) == 3


def test_a_rule_calls_for_help_once_while_nobody_has_acknowledged(store: Store) -> None:
    rule = Rule("smoke", When(text_any=("smoke",)), Then(escalate="safety"))
    talk = Talk(store, replace(WORKSPACE, rules=(rule,)))
    thread = talk.says(0, "There is smoke in the cabin, who looks after it?")
    triage.triage_pending(store, now=at(1))
    talk.says(2, "More smoke, is anybody there?", to=thread)
    triage.triage_pending(store, now=at(3))
    with store.read() as s:
        (call,) = escalations.of_thread(s, thread)
    assert (call.ladder.name, call.raised_by) == ("safety", "collector")
    assert call.reason == "A rule escalates this as “safety”"
    stepping.step(store, at(3))
    raising.acknowledge(store, call.id, actor="ana", now=at(4))
    talk.says(5, "The smoke is back, help?", to=thread)
    triage.triage_pending(store, now=at(6))
    with store.read() as s:
        assert len(escalations.of_thread(s, thread)) == 2


def test_a_replay_calls_nobody(store: Store) -> None:
    rule = Rule("smoke", When(text_any=("smoke",)), Then(escalate="safety"))
    talk = Talk(store, replace(WORKSPACE, rules=(rule,)))
    thread = talk.says(0, "There is smoke in the cabin, who looks after it?")
    triage.triage_pending(store, now=at(1), replay=True)
    with store.read() as s:
        assert escalations.of_thread(s, thread) == []


class Services:
    """A world outside that takes messages, or fails as told."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.errors: list[Exception] = []

    def send(self, name: str, secret: str, title: str, body: str, *, now: object, key: str, code: str) -> None:
        del title, now, key, code
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append((name, f"{secret}: {body}"))


@pytest.fixture
def services(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("INBOX_SECRETS_DIR", str(tmp_path))
    with scene.store.write() as s:
        secrets.put(config.workspace_id(s), service_key("apprise:slack"), "slack://token")
    return Services()


def _caller(scene: Scene, services: Services, minutes: float) -> Caller:
    return Caller(scene.store, lambda: at(minutes), lambda: False, services.send)


def test_a_service_is_called_once(scene: Scene, services: Services) -> None:
    scene.step(0)
    scene.step(5)
    for _ in range(3):
        _caller(scene, services, 5).step()
    assert services.taken == [("apprise:slack", "slack://token: Help is called: safety")]
    assert (0, 1, "apprise:slack", CallState.SENT) in scene.called()


def test_a_service_that_is_down_is_called_again_with_growing_waits_and_then_given_up(
    scene: Scene, services: Services
) -> None:
    scene.step(0)
    scene.step(5)
    services.errors = [Unreachable("The service does not answer.")] * 9
    minute = 5.0
    for _ in range(30):
        _caller(scene, services, minute).step()
        minute += 0.5
    assert len(services.errors) == 3
    with scene.store.read() as s:
        call = next(each for each in escalations.of_thread(s, scene.thread)[0].calls if each.target == "apprise:slack")
    assert (call.state, call.error) == (CallState.FAILED, "The service does not answer.")


def test_a_service_that_was_down_until_the_end_is_called_all_the_same(scene: Scene, services: Services) -> None:
    services.errors = [Unreachable("The service does not answer.")]
    for minute in (0, 5, 15, 20, 30):
        scene.step(minute)
        if minute == 5:
            _caller(scene, services, minute).step()
    assert str(scene.now.state) == "exhausted"
    _caller(scene, services, 31).step()
    assert len(services.taken) == 2


def test_a_service_that_asks_to_wait_is_not_called_before(scene: Scene, services: Services) -> None:
    scene.step(0)
    scene.step(5)
    services.errors = [RateLimited("ntfy asks to wait.", at(8))]
    for minute in (5, 6, 7.9):
        _caller(scene, services, minute).step()
    assert services.taken == []
    _caller(scene, services, 8).step()
    assert len(services.taken) == 1


def test_a_service_without_an_address_is_said(scene: Scene, services: Services) -> None:
    del services
    with scene.store.write() as s:
        secrets.drop(config.workspace_id(s), service_key("apprise:slack"))
    scene.step(0)
    scene.step(5)
    _caller(scene, Services(), 5).step()
    call = next(each for each in scene.now.calls if each.target == "apprise:slack")
    assert call.state is CallState.FAILED
    assert "inbox services add" in call.error


def test_a_service_is_left_alone_once_somebody_has_acknowledged(scene: Scene, services: Services) -> None:
    scene.step(0)
    scene.step(5)
    raising.acknowledge(scene.store, scene.id, actor="clara", now=at(5))
    _caller(scene, services, 6).step()
    assert services.taken == []


def test_a_call_that_was_killed_on_the_way_is_made_again(scene: Scene, services: Services) -> None:
    scene.step(0)
    scene.step(5)
    services.errors = [KeyboardInterrupt()]  # type: ignore[list-item]  # the process dies
    with pytest.raises(KeyboardInterrupt):
        _caller(scene, services, 5).step()
    _caller(scene, services, 5.5).step()
    assert services.taken == []
    _caller(scene, services, 6.1).step()
    assert len(services.taken) == 1
