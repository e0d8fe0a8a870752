"""The whole way over real HTTP: a call rings on an ntfy of our own, a button is pressed there, and the call is over."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from inbox import secrets
from inbox.flow.collect import Collector
from inbox.flow.escalate.answering import Listener
from inbox.flow.escalate.delivering import Caller
from inbox.flow.escalate.ladders import service_key
from inbox.model.escalation import EscalationState
from inbox.store import config
from inbox.store.engine import Store
from tests.flow.test_escalations import WORKSPACE, Scene
from tests.networks.outward.service import Service, lines, serving
from tests.support.fake_network import FakeNetworks
from tests.support.talk import at

DUTY = "apprise:duty"
LADDER = {"name": "safety", "steps": [{"to": [DUTY], "wait": "5m"}]}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("INBOX_ALLOW_LOOPBACK", "1")
    with serving() as made:
        yield made


@pytest.fixture
def scene(store: Store, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("INBOX_SECRETS_DIR", str(tmp_path))
    with store.write() as s:
        secrets.put(config.workspace_id(s), service_key(DUTY), f"ntfy://{service.place}/duty")
    return Scene(store, replace(WORKSPACE, escalations=(LADDER,)))


def _publishes(service: Service, when: datetime) -> None:
    """What was posted is what the topic holds, as ntfy has it: our own messages among the answers."""
    said = []
    for path, document, _ in service.posts:
        text = document["message"] if path == "/" else document
        said.append({"event": "message", "topic": "duty", "time": int(when.timestamp()), "message": text})
    service.says = lines(*said)


def test_a_button_pressed_on_a_phone_ends_the_call_and_all_there_are_told_who_has_it(
    scene: Scene, service: Service
) -> None:
    scene.step(0)
    Caller(scene.store, lambda: at(0), lambda: False).step()
    ((_, rung, _),) = service.posts
    listener = Listener(scene.store, lambda: at(1), lambda: False)
    _publishes(service, at(0))
    listener.step()
    assert scene.now.state is EscalationState.RUNNING, "our own message is no answer"

    (button,) = rung["actions"]
    pressed = Request(button["url"], json.dumps(button["body"]).encode(), method=button["method"])  # noqa: S310 - ours
    with urlopen(pressed, timeout=5):  # noqa: S310 - ours
        _publishes(service, at(1))
    Listener(scene.store, lambda: at(1), lambda: False).step()
    assert str(scene.now.state) == "acknowledged"
    assert scene.now.acknowledged_by == "somebody on ntfy"

    Caller(scene.store, lambda: at(1), lambda: False).step()
    assert service.posts[-1][1]["message"] == "Acknowledged by somebody on ntfy: safety"
    _publishes(service, at(2))
    scene.step(10)
    assert len(scene.called()) == 1


def test_a_service_that_goes_down_and_comes_back_is_heard_again(scene: Scene, service: Service) -> None:
    scene.step(0)
    Caller(scene.store, lambda: at(0), lambda: False).step()
    minute = [0.0]
    listener = Listener(scene.store, lambda: at(minute[0]), lambda: False)
    word = service.posts[0][1]["actions"][0]["body"]
    service.says = lines({"event": "message", "time": int(at(0).timestamp()), "message": f"{word} Ana"})
    for status in (503, 429, 302):
        service.status = status
        listener.step()
        assert scene.now.state is EscalationState.RUNNING
        minute[0] += 10
    service.status = 200
    listener.step()
    assert scene.now.acknowledged_by == "Ana on ntfy"


def test_the_collector_rings_hears_and_tells_by_itself(scene: Scene, service: Service) -> None:
    began = time.monotonic()
    collector = Collector(scene.store, FakeNetworks(), lambda: at(1) + timedelta(seconds=time.monotonic() - began))
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(collector.run, span=timedelta(seconds=30))
        try:
            _until(lambda: bool(service.posts))
            word = service.posts[0][1]["actions"][0]["body"]
            service.says = lines({"event": "message", "time": int(at(1).timestamp()), "message": f"{word} Ana"})
            _until(lambda: str(scene.now.state) == "acknowledged")
            _until(lambda: len(service.posts) == 2)
        finally:
            collector.stop()
        running.result()
    assert service.posts[1][1]["message"] == "Acknowledged by Ana on ntfy: safety"


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        threading.Event().wait(0.05)
