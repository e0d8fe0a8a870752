"""Who would be called now is drawn and spoken, and services are entered, tried and forgotten beside it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inbox import secrets
from inbox.flow.answers import Answerer
from inbox.flow.escalate.ladders import service_key
from inbox.store import config, escalations, requests
from tests.support.fake_network import FakeNetworks
from tests.ui import scenes
from tests.ui.ladders.room import Room

ADDRESS = "ntfys://duty.example/s3cret-topic"


def test_the_ladder_is_drawn_with_its_times_and_who_is_there(room: Room) -> None:
    picture = room.page.preview.picture
    assert picture.words() == [
        "At once",
        "Ana Ruiz, on shift",
        "Dieter Kunz, on shift",
        "After 5 min",
        "Ben Adeyemi, off shift, called all the same",
        "apprise:duty, service",
        "All of it again, 2 times, each 15 min long.",
        "After 45 min",
        "Those who lead are told that nobody came",
    ]
    assert picture.accessibleName().startswith("At once: Ana Ruiz, on shift; Dieter Kunz, on shift. After 5 min:")
    with room.store.read() as s:
        assert escalations.newest(s) == []


def test_it_follows_what_is_typed(room: Room) -> None:
    room.choose("press")
    room.page.editor.steps[0].wait.setFocus()
    room.type("20m")
    room.rest()
    assert "After 20 min" in room.page.preview.picture.words()


def test_who_goes_away_is_no_longer_there(room: Room) -> None:
    with room.store.write() as s:
        found = config.load(s)
        gone = tuple(replace(each, areas=()) for each in found.employees)
        config.save(s, replace(found, employees=gone), "command", scenes.NOW)
    room.context.changed.emit(s.change)
    room.rest()
    assert room.page.preview.picture.words()[:3] == ["At once", "On shift: Safety: nobody is there", "At once"]


def _kept(room: Room, name: str) -> str | None:
    with room.store.write() as s:
        return secrets.get(config.workspace_id(s), service_key(name))


def _collector(room: Room) -> None:
    """The collector's lane for requests, once."""
    Answerer(room.store, FakeNetworks(), lambda: scenes.NOW, lambda: False).step()
    room.page.preview.services._look()
    room.rest()


def test_the_services_that_policies_call_are_listed_with_what_is_known(room: Room) -> None:
    services = room.page.preview.services
    assert list(services.rows) == ["apprise:duty"]
    assert services.rows["apprise:duty"].state.text() == "No address on this computer"
    assert not services.rows["apprise:duty"].enter.isHidden()
    assert services.rows["apprise:duty"].test.isHidden()


def test_an_address_goes_to_the_keyring_alone_and_is_looked_at_by_the_collector(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INBOX_ALLOW_LOOPBACK", "1")
    services = room.page.preview.services
    services.rows["apprise:duty"].enter.click()
    assert room.name() == "Address"
    QTest.keyClicks(room.focus(), "ntfy://127.0.0.1:9/s3cret-topic")
    room.key(Qt.Key.Key_Return)
    room.rest()
    assert _kept(room, "apprise:duty") == "ntfy://127.0.0.1:9/s3cret-topic"
    assert services.form.isHidden()
    assert services.address.text() == ""
    with room.store.read() as s:
        (asked,) = requests.waiting(s)
    assert asked.arguments == {"service": "apprise:duty", "send": False}
    _collector(room)
    said = services.rows["apprise:duty"].state.text()
    assert said == "The address of apprise:duty can be used. People can acknowledge there."


def test_a_test_is_sent_by_the_collector_and_what_came_of_it_is_said(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INBOX_ALLOW_LOOPBACK", "1")
    with room.store.write() as s:
        secrets.put(config.workspace_id(s), service_key("apprise:duty"), "ntfy://127.0.0.1:9/topic")
    services = room.page.preview.services
    services.read()
    room.rest()
    services.rows["apprise:duty"].test.click()
    room.rest()
    assert services.rows["apprise:duty"].state.text() == "The collector looks at it …"
    _collector(room)
    assert services.rows["apprise:duty"].state.text() == "ntfy does not answer (ConnectError)."
    assert services.rows["apprise:duty"].state.property("tone") == "late"


def test_an_address_that_is_not_allowed_is_said_and_never_shown(room: Room) -> None:
    services = room.page.preview.services
    services.enter("apprise:duty")
    services.address.set_text("exec://rm-rf")
    services.keep.click()
    room.rest()
    _collector(room)
    said = services.rows["apprise:duty"].state.text()
    assert said == "Addresses that begin with “exec://” are not allowed here."


def test_a_new_service_is_offered_to_steps_and_can_be_forgotten(room: Room) -> None:
    services = room.page.preview.services
    services.add.click()
    services.keep.click()
    assert services.name.below.text() == "Give it a name."
    services.name.set_text("night")
    services.address.set_text(ADDRESS)
    services.keep.click()
    room.rest()
    assert list(services.rows) == ["apprise:duty", "apprise:night"]
    services.rows["apprise:night"].remove.click()
    room.rest()
    assert list(services.rows) == ["apprise:duty"]
    assert _kept(room, "apprise:night") is None
    assert all("s3cret" not in text for text, _ in room.toasts)
