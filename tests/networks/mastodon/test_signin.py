"""Signing in by the instance's page, with an instance of our own on loopback."""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from inbox.networks.errors import NetworkError, Refused, SignInAgain, Unreachable
from inbox.networks.mastodon.secret import Secret, read_secret
from inbox.networks.mastodon.signin import SCOPES, sign_in


class Instance(HTTPServer):
    """Registers apps and exchanges codes; it holds the code challenge as Mastodon does."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.challenge = ""
        self.redirect = ""
        self.fault = ""


class _Handler(BaseHTTPRequestHandler):
    server: Instance

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if self.path == "/api/v1/apps":
            self.server.redirect = form["redirect_uris"]
            self._say(200, {"client_id": "app", "client_secret": "app-secret"})
            return
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proven = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.server.challenge
        if self.server.fault == "no token":
            self._say(200, {"scope": SCOPES})
        elif proven and form["code"] == "good" and form["redirect_uri"] == self.server.redirect:
            self._say(200, {"access_token": "t0ken", "scope": SCOPES, "token_type": "Bearer"})
        else:
            self._say(400, {"error": "invalid_grant", "error_description": "expired"})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def _say(self, status: int, told: object) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def instance() -> Iterator[Instance]:
    with Instance() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def person(instance: Instance, *, code: str = "good", **changes: str) -> tuple[Callable[[str], None], list[int]]:
    """A browser whose person says yes; ``changes`` replace fields of the answer. And what it was shown."""
    shown: list[int] = []

    def browser(page: str) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
        instance.challenge = asked["code_challenge"]
        assert asked["code_challenge_method"] == "S256"
        assert asked["scope"] == SCOPES
        assert urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"
        fields = {"code": code, "state": asked["state"], **changes}
        base = asked["redirect_uri"].rpartition("/")[0]

        def visit() -> None:
            for address, params in ((f"{base}/favicon.ico", {}), (asked["redirect_uri"], fields)):
                shown.append(httpx.get(address, params=params, timeout=10).status_code)

        threading.Thread(target=visit, daemon=True).start()

    return browser, shown


def test_saying_yes_gives_a_secret_with_the_token_and_its_scopes(instance: Instance) -> None:
    browser, shown = person(instance)
    kept = read_secret(sign_in(instance.address, browser, lambda: False))
    assert (kept.token, kept.client_id, kept.scopes) == ("t0ken", "app", SCOPES)
    assert shown[0] == 404


def test_an_answer_with_another_state_is_refused(instance: Instance) -> None:
    browser, _ = person(instance, state="forged")
    with pytest.raises(Refused, match="not meant for us"):
        sign_in(instance.address, browser, lambda: False)


def test_saying_no_is_told_plainly(instance: Instance) -> None:
    browser, _ = person(instance, code="", error="access_denied")
    with pytest.raises(Refused, match="declined"):
        sign_in(instance.address, browser, lambda: False)


def test_a_code_that_ran_out_asks_to_sign_in_again(instance: Instance) -> None:
    browser, _ = person(instance, code="old")
    with pytest.raises(SignInAgain):
        sign_in(instance.address, browser, lambda: False)


def test_an_instance_that_gives_no_token_is_said_so(instance: Instance) -> None:
    instance.fault = "no token"
    browser, _ = person(instance)
    with pytest.raises(NetworkError, match="no token"):
        sign_in(instance.address, browser, lambda: False)


def test_waiting_for_the_person_can_be_stopped(instance: Instance) -> None:
    opened = threading.Event()
    with pytest.raises(Unreachable, match="Stopped"):
        sign_in(instance.address, lambda _page: opened.set(), opened.is_set)


def test_nobody_coming_ends_the_wait(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inbox.networks.mastodon.signin.TIME_TO_SIGN_IN", 0.3)
    with pytest.raises(Unreachable, match="5 minutes"):
        sign_in(instance.address, lambda _page: None, lambda: False)


def test_a_secret_shows_nothing_of_itself() -> None:
    shown = repr(Secret("t0ken", "app", "app-secret"))
    assert "t0ken" not in shown
    assert "app-secret" not in shown


def test_a_pasted_token_and_a_kept_secret_read_alike() -> None:
    assert read_secret(" t0ken\n").token == "t0ken"
    assert read_secret(Secret("t0ken", "app").dump()) == Secret("t0ken", "app")
