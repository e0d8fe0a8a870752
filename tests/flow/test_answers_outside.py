"""Acknowledging as an answer on a service: it stops everything, once, whoever asks and however often it comes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from inbox import secrets
from inbox.flow.escalate import raising
from inbox.flow.escalate.answering import Listener
from inbox.flow.escalate.codes import code_of
from inbox.flow.escalate.delivering import Caller
from inbox.flow.escalate.ladders import service_key
from inbox.model.escalation import EscalationState
from inbox.networks.errors import NetworkError, RateLimited, Refused, Unreachable
from inbox.networks.outward import Answer, Heard
from inbox.store import answers, config
from inbox.store.engine import Store
from tests.flow.test_escalations import WORKSPACE, Scene
from tests.support.talk import at

DUTY, PAGER = "apprise:duty", "webhook:pager"
LADDER = {
    "name": "safety",
    "steps": [{"to": [DUTY, PAGER], "wait": "5m"}, {"to": ["crisis lead"], "wait": "10m"}],
    "repeat": 1,
}
ADDRESSES = {DUTY: "ntfys://duty.example/topic", PAGER: "https://pager.example key https://pager.example/answers"}


@dataclass
class Outside:
    """The services, as the collector sees them."""

    said: dict[str, list[Answer]] = field(default_factory=dict)
    errors: list[NetworkError] = field(default_factory=list)
    sent: list[tuple[str, str, str]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    minute: float = 0.0

    def send(self, name: str, secret: str, title: str, body: str, *, now: datetime, key: str, code: str) -> None:
        del secret, title, now, key
        self.sent.append((name, body, code))

    def listen(self, name: str, secret: str, cursor: str, *, since: datetime, now: datetime, stop: object) -> Heard:
        assert secret == ADDRESSES[name]
        del since, now, stop
        self.asked.append((name, cursor))
        if self.errors:
            raise self.errors.pop(0)
        return Heard(tuple(self.said.get(name, ())), f"{len(self.asked)}")


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def scene(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("INBOX_SECRETS_DIR", str(tmp_path))
    made = Scene(store, replace(WORKSPACE, escalations=(LADDER,)))
    with store.write() as s:
        for name, address in ADDRESSES.items():
            secrets.put(config.workspace_id(s), service_key(name), address)
    return made


def _listener(scene: Scene, outside: Outside) -> Listener:
    return Listener(scene.store, lambda: at(outside.minute), lambda: False, outside.listen)


def _call(scene: Scene, outside: Outside) -> str:
    """Both services are called; the code that they were given."""
    scene.step(0)
    _deliver(scene, outside)
    ((_, _, code), (_, _, second)) = outside.sent
    assert code == second
    return code


def _deliver(scene: Scene, outside: Outside) -> None:
    Caller(scene.store, lambda: at(outside.minute), lambda: False, outside.send).step()


def test_an_answer_on_a_service_stops_the_ladder_and_says_who_it_was(scene: Scene, outside: Outside) -> None:
    outside.said[DUTY] = [Answer(_call(scene, outside), "Ana")]
    outside.minute = 1
    _listener(scene, outside).step()
    assert (scene.now.state, scene.now.acknowledged_by) == (EscalationState.ACKNOWLEDGED, "Ana on ntfy")
    assert not scene.escalated()
    for minute in (5, 15, 60):
        scene.step(minute)
    assert len(scene.called()) == 2


def test_the_code_is_the_calls_own_and_is_not_its_key(scene: Scene, outside: Outside) -> None:
    code = _call(scene, outside)
    with scene.store.read() as s:
        (first, _) = answers.unanswered(s, exhausted_since=at(0))
    assert code == code_of(first.key)
    assert code.replace("-", "").lower() not in first.key
    assert code != code_of(first.key[::-1])


def test_where_the_service_names_nobody_it_is_somebody(scene: Scene, outside: Outside) -> None:
    outside.said[PAGER] = [Answer(_call(scene, outside))]
    _listener(scene, outside).step()
    assert scene.now.acknowledged_by == "somebody on pager"


def test_all_services_that_were_called_are_told_once(scene: Scene, outside: Outside) -> None:
    outside.said[DUTY] = [Answer(_call(scene, outside), "Ana")]
    _listener(scene, outside).step()
    outside.sent.clear()
    for _ in range(3):
        _deliver(scene, outside)
    assert outside.sent == [(name, "Acknowledged by Ana on ntfy: safety", "") for name in (DUTY, PAGER)]
    assert len(scene.now.calls) == 2, "telling is no call"


def test_acknowledging_on_a_desktop_tells_the_services_too(scene: Scene, outside: Outside) -> None:
    _call(scene, outside)
    raising.acknowledge(scene.store, scene.id, actor="clara", now=at(1))
    outside.minute = 1
    outside.sent.clear()
    _deliver(scene, outside)
    assert [body for _, body, _ in outside.sent] == ["Acknowledged by Clara: safety"] * 2


def test_cancelling_tells_them_that_nobody_is_needed(scene: Scene, outside: Outside) -> None:
    _call(scene, outside)
    raising.cancel(scene.store, scene.id, actor="clara", now=at(1))
    outside.minute = 1
    outside.sent.clear()
    _deliver(scene, outside)
    assert [body for _, body, _ in outside.sent] == ["No longer needed: safety"] * 2


def test_a_service_that_was_never_reached_is_told_nothing(scene: Scene, outside: Outside) -> None:
    scene.step(0)
    raising.acknowledge(scene.store, scene.id, actor="clara", now=at(1))
    outside.minute = 1
    _deliver(scene, outside)
    assert outside.sent == []


def test_a_service_reached_while_somebody_acknowledged_is_told_after_all(scene: Scene, outside: Outside) -> None:
    scene.step(0)
    send = outside.send

    def slow(name: str, *given: str, now: datetime, key: str, code: str) -> None:
        if name == DUTY and code:
            raising.acknowledge(scene.store, scene.id, actor="clara", now=at(0))
        send(name, *given, now=now, key=key, code=code)

    for _ in range(3):
        Caller(scene.store, lambda: at(0), lambda: False, slow).step()
    assert [(name, body) for name, body, _ in outside.sent if name == DUTY] == [
        (DUTY, "Help is called: safety"),
        (DUTY, "Acknowledged by Clara: safety"),
    ]


@pytest.mark.parametrize("code", ["AAAA-AAAA", "", "x" * 500])
def test_an_unknown_code_does_nothing(scene: Scene, outside: Outside, code: str) -> None:
    _call(scene, outside)
    outside.said[DUTY] = [Answer(code, "Mallory")]
    _listener(scene, outside).step()
    assert scene.now.state is EscalationState.RUNNING


def test_a_code_counts_only_where_it_was_sent(scene: Scene, outside: Outside) -> None:
    ladder = {**LADDER, "steps": [{"to": [DUTY]}]}
    with scene.store.write() as s:
        config.save(s, replace(WORKSPACE, escalations=(ladder,)), "farid", at(0))
    other = scene.talk.says(0, "Smoke again")
    second = raising.raise_call(scene.store, thread=other, reason="safety", actor="ana", now=at(0)).id
    scene.step(0)
    _deliver(scene, outside)
    code = outside.sent[-1][2]
    outside.said[PAGER] = [Answer(code, "Mallory")]
    _listener(scene, outside).step()
    with scene.store.read() as s:
        assert {each.escalation_id for each in answers.unanswered(s, exhausted_since=at(0))} == {scene.id, second}


def test_an_answer_that_comes_twice_or_too_late_does_nothing(scene: Scene, outside: Outside) -> None:
    code = _call(scene, outside)
    raising.acknowledge(scene.store, scene.id, actor="clara", now=at(1))
    other = scene.talk.says(0, "Smoke again")
    raising.raise_call(scene.store, thread=other, reason="safety", actor="ana", now=at(1))
    scene.step(1)
    outside.minute = 1
    _deliver(scene, outside)
    outside.said[DUTY] = [Answer(code, "Ben"), Answer(outside.sent[-1][2], "Ana"), Answer(outside.sent[-1][2], "Ben")]
    _listener(scene, outside).step()
    assert scene.now.acknowledged_by == "clara"
    with scene.store.read() as s:
        assert answers.unanswered(s, exhausted_since=at(0)) == []


def test_two_collectors_that_hear_it_acknowledge_it_once(scene: Scene, outside: Outside) -> None:
    outside.said[DUTY] = [Answer(_call(scene, outside), "Ana")]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: _listener(scene, outside).step(), range(4)))
    outside.sent.clear()
    _deliver(scene, outside)
    _deliver(scene, outside)
    assert len(outside.sent) == 2


def test_nothing_is_asked_while_no_call_waits(scene: Scene, outside: Outside) -> None:
    listener = _listener(scene, outside)
    assert listener.step() == 30
    scene.step(0)
    listener.step()
    assert outside.asked == [], "what was not sent cannot be answered"
    _deliver(scene, outside)
    listener.step()
    assert len(outside.asked) == 2
    raising.acknowledge(scene.store, scene.id, actor="clara", now=at(1))
    outside.minute = 2
    assert listener.step() == 30
    assert len(outside.asked) == 2


def test_where_reading_ended_is_kept_over_a_restart(scene: Scene, outside: Outside) -> None:
    _call(scene, outside)
    _listener(scene, outside).step()
    outside.minute = 1
    _listener(scene, outside).step()
    assert outside.asked[2:] == [(DUTY, "1"), (PAGER, "2")]


def test_a_call_that_nobody_answered_can_be_answered_for_a_day_more(scene: Scene, outside: Outside) -> None:
    code = _call(scene, outside)
    for minute in (5, 15, 20, 30):
        scene.step(minute)
    assert str(scene.now.state) == "exhausted"
    outside.minute = 60 * 23
    outside.said[DUTY] = [Answer(code, "Ana")]
    _listener(scene, outside).step()
    assert scene.now.state is EscalationState.ACKNOWLEDGED


def test_it_is_not_asked_for_ever(scene: Scene, outside: Outside) -> None:
    _call(scene, outside)
    for minute in (5, 15, 20, 30):
        scene.step(minute)
    outside.minute = 60 * 25
    _listener(scene, outside).step()
    assert outside.asked == []


def test_a_call_is_asked_for_often_at_first_and_seldom_later(scene: Scene, outside: Outside) -> None:
    _call(scene, outside)
    listener = _listener(scene, outside)
    waits = []
    for minute in (0, 20, 120):
        outside.minute = minute
        waits.append(listener.step())
    assert waits == [5, 20, 30]
    listener.step()
    assert len(outside.asked) == 6, "not before its turn"


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (Unreachable("ntfy does not answer."), 10),
        (Refused("ntfy sent something that is no answer."), 10),
        (RateLimited("ntfy asks to wait.", at(0) + timedelta(seconds=25)), 25),
    ],
)
def test_a_service_in_trouble_is_left_alone_for_a_while_and_the_others_are_asked(
    scene: Scene, outside: Outside, error: NetworkError, wait: float, caplog: pytest.LogCaptureFixture
) -> None:
    code = _call(scene, outside)
    outside.errors = [error]
    listener = _listener(scene, outside)
    listener.step()
    assert [name for name, _ in outside.asked] == [DUTY, PAGER]
    assert caplog.text.count("cannot be asked for answers") == 1
    outside.minute = (wait - 1) / 60
    listener.step()
    assert DUTY not in [name for name, _ in outside.asked[2:]]
    outside.minute = wait / 60
    outside.said[DUTY] = [Answer(code, "Ana")]
    listener.step()
    assert scene.now.acknowledged_by == "Ana on ntfy"


def test_a_service_that_cannot_be_answered_is_never_asked(scene: Scene, outside: Outside) -> None:
    _call(scene, outside)
    with scene.store.write() as s:
        secrets.put(config.workspace_id(s), service_key(DUTY), "slack://token")
        secrets.drop(config.workspace_id(s), service_key(PAGER))
    _listener(scene, outside).step()
    assert outside.asked == []


def test_with_everybody_off_shift_an_answer_outside_still_counts(scene: Scene, outside: Outside) -> None:
    staff = tuple(replace(each, away=True) for each in WORKSPACE.employees)
    with scene.store.write() as s:
        config.save(s, replace(WORKSPACE, employees=staff, escalations=(LADDER,)), "farid", at(0))
    outside.said[DUTY] = [Answer(_call(scene, outside), "Ben")]
    _listener(scene, outside).step()
    assert scene.now.acknowledged_by == "Ben on ntfy"


def test_a_desktop_and_a_service_that_acknowledge_at_once_are_one(scene: Scene, outside: Outside) -> None:
    outside.said[DUTY] = [Answer(_call(scene, outside), "Ana")]

    def desk() -> str:
        try:
            raising.acknowledge(scene.store, scene.id, actor="clara", now=at(0))
        except Exception as error:  # noqa: BLE001 - which of the two was quicker is not known
            return str(error)
        return "clara"

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(desk), pool.submit(_listener(scene, outside).step)
        said = first.result()
        second.result()
    assert scene.now.acknowledged_by in {"clara", "Ana on ntfy"}
    assert said == "clara" or "has acknowledged it already" in said
