"""Everything that can go wrong with a request comes out as what to do about it."""

import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from inbox.networks.answers import Answer
from inbox.networks.errors import Gone, NetworkError, RateLimited, Refused, SignInAgain, Unreachable
from inbox.networks.http import MAX_BODY, Http
from tests.support.faulty import (
    Faulty,
    answers,
    keeps_then_closes,
    never_answers,
    resets,
    resets_after_request,
    resets_mid_body,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOKEN = "s3cret-token"


def http(answer: Callable[[httpx.Request], httpx.Response] | httpx.Response, **more: Any) -> Http:
    """A client whose every request gets ``answer``."""
    handler = answer if callable(answer) else lambda _: answer
    return Http("https://x.example", bearer=TOKEN, transport=httpx.MockTransport(handler), now=lambda: NOW, **more)


def error_of(client: Http, *, post: bool = False) -> NetworkError:
    """What a request raises."""
    with pytest.raises(NetworkError) as caught:
        client.post("/api", json={}) if post else client.get("/api")
    return caught.value


def test_an_answer_is_its_json_and_the_token_goes_along() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"ok": [1]})

    assert http(handler).get("/api", {"a": "ü"}).data == {"ok": [1]}
    assert seen[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert seen[0].url.params["a"] == "ü"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, SignInAgain),
        (403, Refused),
        (404, Gone),
        (408, Unreachable),
        (410, Gone),
        (422, Refused),
        (429, RateLimited),
        (500, Unreachable),
        (502, Unreachable),
        (503, Unreachable),
        (301, Refused),
    ],
)
@pytest.mark.parametrize("body", [b"<h1>No</h1>", b'{"error": "No"}', b""], ids=["html", "json", "nothing"])
def test_each_status_has_its_error_whatever_the_body(status: int, kind: type[NetworkError], body: bytes) -> None:
    assert type(error_of(http(httpx.Response(status, content=body)))) is kind


def test_a_refusal_carries_the_network_s_own_words_on_one_line() -> None:
    error = error_of(http(httpx.Response(422, json={"error": "Text limit of 500\nexceeded\u202e"})))
    assert str(error) == "x.example refused. It says: Text limit of 500 exceeded"


def test_no_token_stands_in_an_error_or_a_repr() -> None:
    client = http(httpx.Response(422, json={"error": f"bad token {TOKEN} (Bearer {TOKEN})"}))
    assert TOKEN not in str(error_of(client)) + repr(client)


def test_a_web_page_instead_of_json_is_no_answer() -> None:
    error = error_of(http(httpx.Response(200, html="<h1>Welcome to the hotel's network</h1>")))
    assert isinstance(error, Unreachable)
    assert not error.maybe_done


def test_a_post_answered_by_rubbish_may_have_been_made() -> None:
    error = error_of(http(httpx.Response(200, html="<h1>?</h1>")), post=True)
    assert isinstance(error, Unreachable)
    assert error.maybe_done


@pytest.mark.parametrize(("status", "maybe"), [(500, True), (502, True), (504, True), (503, False)])
def test_after_a_server_s_error_a_post_may_have_been_made(status: int, maybe: bool) -> None:
    error = error_of(http(httpx.Response(status)), post=True)
    assert isinstance(error, Unreachable)
    assert error.maybe_done is maybe


def test_a_body_that_never_ends_is_cut_off() -> None:
    error = error_of(http(httpx.Response(200, content=b" " * (MAX_BODY + 1))))
    assert "8 MB" in str(error)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([("retry-after", "30")], 30),
        ([("retry-after", "5"), ("retry-after", "90")], 90),
        ([("retry-after", "Mon, 23 Nov 2026 12:02:00 GMT")], 120),
        ([("retry-after", "Mon, 23 Nov 2026 13:02:00 GMT"), ("date", "Mon, 23 Nov 2026 13:00:00 GMT")], 120),
        ([("retry-after", "999999999")], 86_400),
        ([("retry-after", "soon")], None),
        ([("retry-after", "-5")], None),
        ([], None),
        (
            [
                ("x-ratelimit-limit", "300"),
                ("x-ratelimit-remaining", "0"),
                ("x-ratelimit-reset", "2026-11-23T12:05:00.000Z"),
            ],
            300,
        ),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_when_to_come_back_is_read_from_every_kind_of_header(
    headers: list[tuple[str, str]], seconds: int | None, status: int
) -> None:
    error = error_of(http(httpx.Response(status, headers=headers)))
    assert isinstance(error, RateLimited | Unreachable)
    assert error.retry_at == (None if seconds is None else NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("prefix", "reset"),
    [("x-ratelimit", "2026-11-23T12:01:00Z"), ("ratelimit", str(int(NOW.timestamp()) + 60)), ("ratelimit", "60")],
)
def test_the_budget_is_read_from_the_headers(prefix: str, reset: str) -> None:
    told = {f"{prefix}-limit": "300", f"{prefix}-remaining": "75", f"{prefix}-reset": reset}
    client = http(httpx.Response(200, json={}, headers=told))
    client.get("/api")
    assert client.budget.left == 0.25
    assert client.budget.resets_at == NOW + timedelta(seconds=60)


def test_senseless_rate_headers_are_no_budget() -> None:
    told = {"x-ratelimit-limit": "many", "x-ratelimit-remaining": "nan", "x-ratelimit-reset": "never"}
    client = http(httpx.Response(200, json={}, headers=told))
    client.get("/api")
    assert client.budget.left is None


def test_a_network_may_name_the_error_itself() -> None:
    def judge(answer: Answer) -> NetworkError | None:
        return SignInAgain("expired") if answer.error_code == "ExpiredToken" else None

    assert isinstance(error_of(http(httpx.Response(400, json={"error": "ExpiredToken"}), judge=judge)), SignInAgain)
    assert isinstance(error_of(http(httpx.Response(400, json={"error": "Other"}), judge=judge)), Refused)


def test_nobody_there_is_said_plainly_and_nothing_was_done() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    error = error_of(Http(f"http://127.0.0.1:{port}"), post=True)
    assert isinstance(error, Unreachable)
    assert not error.maybe_done
    assert str(error) == "127.0.0.1 cannot be reached."


@pytest.mark.parametrize("fault", [resets, resets_after_request, resets_mid_body])
def test_a_get_is_tried_again_after_a_hiccup(fault: Callable[[socket.socket], None]) -> None:
    with Faulty(fault, answers(b"[7]")) as server:
        assert Http(server.address).get("/api").data == [7]


@pytest.mark.parametrize("fault", [resets_after_request, resets_mid_body])
def test_a_post_is_not_tried_again_and_may_have_been_made(fault: Callable[[socket.socket], None]) -> None:
    with Faulty(fault, answers(b"{}")) as server:
        error = error_of(Http(server.address), post=True)
        assert isinstance(error, Unreachable)
        assert error.maybe_done
        assert server.connections == 1


def test_a_post_that_may_be_repeated_is() -> None:
    with Faulty(resets_mid_body, answers(b"{}")) as server:
        assert Http(server.address).post("/api", json={}, repeat_safe=True).data == {}


def test_a_kept_connection_that_the_server_closed_costs_nothing() -> None:
    with Faulty(keeps_then_closes(b"[1]")) as server:
        client = Http(server.address)
        assert [client.get("/api").data for _ in range(5)] == [[1]] * 5
        assert client.post("/api", json={}).data == [1]


def test_endless_hiccups_end_in_a_plain_sentence() -> None:
    with Faulty(resets_after_request) as server:
        error = error_of(Http(server.address))
        assert str(error) == "127.0.0.1 broke off the connection."
        assert server.connections == 3


def test_stop_ends_a_request_within_a_second() -> None:
    over, stopped = threading.Event(), threading.Event()
    with Faulty(never_answers(over)) as server:
        threading.Timer(0.3, stopped.set).start()
        begun = time.monotonic()
        error = error_of(Http(server.address, stop=stopped.is_set), post=True)
        over.set()
    assert time.monotonic() - begun < 1.3
    assert isinstance(error, Unreachable)
    assert error.maybe_done


@pytest.mark.parametrize(
    "server",
    ["http://x.example", "ftp://x.example", "https://user:pw@x.example", "https://", "https://a b.example", "x:99999"],
)
def test_what_is_no_https_server_is_refused(server: str) -> None:
    with pytest.raises(Refused):
        Http(server)


@pytest.mark.parametrize("typed", ["x.example", "https://x.example/", " https://x.example/web/home "])
def test_a_server_may_be_typed_as_people_do(typed: str) -> None:
    assert Http(typed).server == "https://x.example"


@pytest.mark.parametrize(
    "address", ["10.0.0.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "::ffff:10.0.0.1", "fe80::1", "fd00::1"]
)
def test_a_name_that_leads_into_a_private_network_is_not_asked(address: str) -> None:
    client = http(httpx.Response(200, json={}), resolve=lambda _host, _port: ["93.184.215.14", address])
    assert "private network" in str(error_of(client))


def test_loopback_is_for_tests_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INBOX_ALLOW_LOOPBACK")
    with pytest.raises(Refused):
        Http("http://127.0.0.1:80")
    client = http(httpx.Response(200, json={}), resolve=lambda _host, _port: ["127.0.0.1"])
    assert isinstance(error_of(client), Refused)


def test_a_name_that_cannot_be_found_is_said_plainly() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    error = error_of(http(httpx.Response(200, json={}), resolve=unknown))
    assert isinstance(error, Unreachable)
    assert "cannot be found" in str(error)
