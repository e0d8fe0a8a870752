"""Answers on services are read as their documentation says, and nothing that stands in them is trusted."""

import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inbox.networks import outward
from inbox.networks.errors import RateLimited, Refused, Unreachable
from inbox.networks.outward import Answer, asking, ntfy, telegram
from inbox.networks.outward.answer_words import name, read, read_reply
from tests.networks.outward.service import Service, lines, serving

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SINCE = NOW - timedelta(minutes=10)
CODE = "ABCD-EF23"
TOKEN = "123456789:abcdefg_hijklmnop"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("INBOX_ALLOW_LOOPBACK", "1")
    with serving() as made:
        yield made


def _message(text: object, at: int = 1_772_453_000, **more: object) -> dict[str, Any]:
    return {"id": "x1", "time": at, "event": "message", "topic": "duty", "message": text, **more}


def _ntfy(service: Service, cursor: str = "") -> outward.Heard:
    return outward.answers("apprise:duty", f"ntfy://{service.place}/duty", cursor, since=SINCE, now=NOW)


def _telegram(service: Service, cursor: str = "", chat: str = "77") -> outward.Heard:
    place = f"http://{service.place}"
    return telegram.answers(f"tgram://{TOKEN}/{chat}", cursor, since=SINCE, now=NOW, server=place)


# -- what counts as an answer


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("ack ABCD-EF23", ""),
        (" /ack abcdef23 ", ""),
        ("/ack@duty_bot ABCD-EF23", ""),
        ("Acknowledge: abcd-ef23, Ana", "Ana"),
        ("ack ABCD-EF23 Ana\nRuiz", "Ana Ruiz"),
    ],
)
def test_the_word_and_the_code_are_an_answer_however_they_are_typed(text: str, by: str) -> None:
    assert read(text) == Answer(CODE, by)


@pytest.mark.parametrize(
    "text", ["", "ABCD-EF23", "do not ack ABCD-EF23", "ack", "ack ABCD", "ack ABCD-EF2390", 7, None]
)
def test_nothing_else_is_an_answer(text: object) -> None:
    assert read(text) is None


def test_our_own_message_is_no_answer() -> None:
    assert read("Help is called: ack me\nTo acknowledge, answer: ack ABCD-EF23") is None


def test_a_reply_of_consent_answers_the_message_it_is_for() -> None:
    ours = "Social Inbox\nHelp is called: smoke\nTo acknowledge, answer: ack ABCD-EF23"
    assert read_reply("Got it!", ours, "Ana") == Answer(CODE, "Ana")
    assert read_reply("What is this about?", ours, "Ana") is None
    assert read_reply("ok", "See you at eight", "Ana") is None


def test_a_name_is_one_short_line_that_turns_nothing_around() -> None:
    assert name("Ana\u202e\nRuiz\x00") == "Ana Ruiz"
    assert len(name("a" * 3000)) == 40
    assert name(["Ana"]) == ""


# -- ntfy


def test_ntfy_gets_a_button_that_publishes_the_answer(service: Service) -> None:
    outward.send("apprise:duty", f"ntfy://{service.place}/duty", "Inbox", "Smoke", now=NOW, key="k", code=CODE)
    ((path, document, headers),) = service.posts
    assert (path, document["topic"], document["title"], document["priority"]) == ("/", "duty", "Inbox", 5)
    assert document["message"] == "Smoke\nTo acknowledge, answer: ack ABCD-EF23"
    (button,) = document["actions"]
    assert button["url"] == f"http://{service.place}/duty"
    assert (button["action"], button["method"], button["clear"]) == ("http", "POST", True)
    assert read(button["body"]) == Answer(CODE)
    assert "Authorization" not in headers


def test_our_credentials_never_travel_in_a_button(service: Service) -> None:
    outward.send("apprise:duty", f"ntfy://ana:s3cret@{service.place}/duty", "I", "Smoke", now=NOW, key="k", code=CODE)
    ((_, document, headers),) = service.posts
    assert headers["Authorization"].startswith("Basic ")
    assert "actions" not in document
    assert "s3cret" not in json.dumps(document)


def test_ntfy_is_told_how_a_call_ended_without_a_code(service: Service) -> None:
    outward.send("apprise:duty", f"ntfy://{service.place}/duty", "I", "Acknowledged by Ana: smoke", now=NOW, key="k")
    ((_, document, _),) = service.posts
    assert document["message"] == "Acknowledged by Ana: smoke"
    assert "actions" not in document


def test_ntfy_is_polled_from_where_reading_ended(service: Service) -> None:
    service.says = lines(
        {"id": "a", "time": 1_772_452_990, "event": "open", "topic": "duty"},
        _message("lunch?", 1_772_452_999),
        _message("ack ABCD-EF23 Ana", 1_772_453_007),
    )
    heard = _ntfy(service)
    assert heard == outward.Heard((Answer(CODE, "Ana"),), "1772453007")
    service.says = b""
    assert _ntfy(service, heard.cursor) == outward.Heard((), "1772453007")
    first, second = (query for _, query, _ in service.gets)
    assert service.gets[0][0] == "/duty/json"
    assert (first["poll"], first["since"]) == (["1"], [str(int(SINCE.timestamp()))])
    assert second["since"] == ["1772453007"]


def test_a_malformed_line_of_ntfy_costs_only_itself(service: Service) -> None:
    odd = b'{"event": "message", "message": ' + b"[" * 9_000 + b"\n\xff\xfe\nnull\n[]\n"
    strange = lines(
        _message(["ack ABCD-EF23"]), _message("ack ABCD-EF23", at=True), {"event": "message", "message": "x"}
    )
    service.says = odd + strange + lines(_message("ack ABCD-EF23"))
    assert _ntfy(service).answers == (Answer(CODE),)


def test_a_flood_on_the_topic_is_read_piece_by_piece(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LARGEST", 1_000)
    service.says = lines(*(_message("x" * 100, 1_772_453_000) for _ in range(50)))
    assert _ntfy(service).cursor == "1772453000"
    assert _ntfy(service, "1772453000").cursor == "1772453001"


# -- Telegram


def _update(number: int, **what: object) -> dict[str, Any]:
    return {"update_id": number, **what}


def _said(text: str, *, chat: int = 77, **more: object) -> dict[str, Any]:
    return {"chat": {"id": chat}, "from": {"first_name": "Ana", "last_name": "Ruiz"}, "text": text, **more}


def test_telegram_gets_a_button_in_each_chat(service: Service) -> None:
    place = f"http://{service.place}"
    telegram.send(f"tgram://{TOKEN}/77/-100555", "Inbox", "Smoke", now=NOW, code=CODE, server=place)
    assert sorted(document["chat_id"] for _, document, _ in service.posts) == [-100555, 77]
    path, document, _ = service.posts[0]
    assert path == f"/bot{TOKEN}/sendMessage"
    assert document["text"] == "Inbox\nSmoke\nTo acknowledge, answer: ack ABCD-EF23"
    ((button,),) = document["reply_markup"]["inline_keyboard"]
    assert read(button["callback_data"]) == Answer(CODE)


def test_a_pressed_button_a_word_and_a_reply_answer_on_telegram(service: Service) -> None:
    ours = {"text": "Help is called: smoke\nTo acknowledge, answer: ack ABCD-EF23"}
    pressed = {"id": "p1", "from": {"username": "ana_r"}, "message": {"chat": {"id": 77}}, "data": "ack ABCD-EF23"}
    updates = [
        _update(5, callback_query=pressed),
        _update(6, message=_said("/ack abcdef23")),
        _update(7, message=_said("ok", reply_to_message=ours)),
        _update(8, message=_said("ack ABCD-EF23", chat=66)),
        _update(9, message=_said("hello")),
        _update(10, callback_query={**pressed, "id": "p2", "message": {"chat": {"id": 66}}}),
    ]
    service.says = json.dumps({"ok": True, "result": updates}).encode()
    heard = _telegram(service, "4")
    assert heard.answers == (Answer(CODE, "ana_r"), Answer(CODE, "Ana Ruiz"), Answer(CODE, "Ana Ruiz"))
    assert heard.cursor == "11"
    ((_, query, _),) = service.gets
    assert (query["offset"], query["timeout"]) == (["4"], ["0"])
    assert [(path, document["callback_query_id"]) for path, document, _ in service.posts] == [
        (f"/bot{TOKEN}/answerCallbackQuery", number) for number in ("p1", "p2")
    ]


def test_what_telegram_sends_that_is_odd_is_passed_over_for_good(service: Service) -> None:
    odd: list[object] = [
        7,
        {"update_id": "x"},
        _update(11, message=[]),
        _update(12, callback_query={"id": 5, "message": 3, "data": {}}),
        _update(13, message={"chat": {"id": 77}, "text": {"a": 1}, "from": 3}),
    ]
    service.says = json.dumps({"ok": True, "result": odd}).encode()
    assert _telegram(service) == outward.Heard((), "14")


def test_a_bot_that_another_program_reads_is_said_plainly(service: Service) -> None:
    service.status = 409
    with pytest.raises(Refused, match="to another program"):
        _telegram(service)


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"ok": false}', b'{"ok": true, "result": {}}'])
def test_what_is_no_answer_of_telegram_is_refused(service: Service, body: bytes) -> None:
    service.says = body
    with pytest.raises(Refused, match="no answer"):
        _telegram(service)


# -- a webhook of one's own


def test_a_webhook_with_a_second_address_is_asked_for_answers(service: Service) -> None:
    secret = f"http://{service.place}/call s3cret http://{service.place}/answers?of=us"
    outward.send("webhook:pager", secret, "Inbox", "Smoke", now=NOW, key="k", code=CODE)
    ((_, document, _),) = service.posts
    assert document["answer"] == "ack ABCD-EF23"
    service.says = json.dumps({"answers": [{"code": CODE, "by": "Ana"}, 3, {"code": 5}], "cursor": "n2"}).encode()
    assert outward.answers("webhook:pager", secret, "n1", since=SINCE, now=NOW) == outward.Heard(
        (Answer(CODE, "Ana"),), "n2"
    )
    ((path, query, headers),) = service.gets
    assert (path, query) == ("/answers", {"of": ["us"], "after": ["n1"]})
    signed = hmac.new(b"s3cret", f"{int(NOW.timestamp())}.after=n1".encode(), hashlib.sha256).hexdigest()
    assert headers["X-Inbox-Signature"] == f"sha256={signed}"


def test_a_webhook_without_one_carries_no_code_and_cannot_answer(service: Service) -> None:
    secret = f"http://{service.place}/call s3cret"
    outward.send("webhook:pager", secret, "Inbox", "Smoke", now=NOW, key="k", code=CODE)
    assert CODE not in json.dumps(service.posts[0][1])
    assert not outward.can_answer("webhook:pager", secret)
    with pytest.raises(Refused, match="Nobody can answer"):
        outward.answers("webhook:pager", secret, "", since=SINCE, now=NOW)


# -- trouble


@pytest.mark.parametrize(("status", "error"), [(302, Refused), (403, Refused), (429, RateLimited), (503, Unreachable)])
def test_trouble_says_whether_asking_again_helps_and_follows_no_redirect(
    service: Service, status: int, error: type[Exception]
) -> None:
    service.status = status
    service.headers = {"Location": "http://127.0.0.1:1/elsewhere", "Retry-After": "90"}
    for ask in (_ntfy, _telegram):
        with pytest.raises(error) as caught:
            ask(service)
        assert service.place not in str(caught.value)
        assert TOKEN not in str(caught.value)
        if isinstance(caught.value, RateLimited):
            assert caught.value.retry_at == NOW + timedelta(seconds=90)
    assert len(service.gets) == 2


def test_a_service_that_is_down_is_unreachable_and_its_address_is_not_told(service: Service) -> None:
    place = service.place
    service.shutdown()
    service.server_close()
    for secret in (f"ntfy://{place}/s3crettopic", f"http://{place}/x k http://{place}/s3cret"):
        with pytest.raises(Unreachable, match="does not answer") as caught:
            outward.answers("webhook:w" if " " in secret else "apprise:n", secret, "", since=SINCE, now=NOW)
        assert "s3cret" not in str(caught.value)


def test_a_stop_ends_asking_a_service_that_says_nothing(service: Service) -> None:
    del service
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Unreachable, match="takes too long"):
            ntfy.answers(f"ntfy://{place}/duty", "", since=SINCE, now=NOW, stop=lambda: True)


@pytest.mark.parametrize("address", ["10.0.0.7", "127.0.0.1", "169.254.1.1", "fe80::1"])
def test_no_service_inside_a_private_network_is_polled(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INBOX_ALLOW_LOOPBACK", raising=False)
    secret = "https://hook.example/x key https://answers.example/y"

    def resolve(host: str, _port: int) -> list[str]:
        return [address if host == "answers.example" else "93.184.216.34"]

    with pytest.raises(Refused, match="private network"):
        outward.check("webhook:pager", secret, resolve)
    with pytest.raises(Refused, match="private network"):
        asking.ask("x", "GET", "https://" + (f"[{address}]" if ":" in address else address), now=NOW)
    literal = f"[{address}]" if ":" in address else address
    with pytest.raises(Refused, match="private network"):
        outward.answers("apprise:duty", f"ntfys://{literal}/duty", "", since=SINCE, now=NOW)
