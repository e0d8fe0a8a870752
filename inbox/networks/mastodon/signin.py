"""Signing in by the instance's own OAuth page: a listener on this machine takes what the page sends back."""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from inbox.networks.answers import Answer
from inbox.networks.base import Stop
from inbox.networks.errors import NetworkError, Refused, SignInAgain, Unreachable
from inbox.networks.http import Http
from inbox.networks.loopback import Listener
from inbox.networks.mastodon.secret import Secret, read_secret

# No follows, lists, filters or settings, and of writing only posts: README.md says what each is for.
SCOPES = "read:accounts read:notifications read:statuses read:search write:statuses"
APP_NAME = "Social Inbox"
TIME_TO_SIGN_IN = 300.0


@dataclass(frozen=True, slots=True)
class _App:
    client_id: str
    client_secret: str = field(repr=False)


def sign_in(server: str, open_page: Callable[[str], object], stop: Stop) -> str:
    """Open the sign-in page by ``open_page`` and return the secret for the keyring.

    Authorisation code with PKCE (S256) and ``state``; the listener stands on 127.0.0.1, on a random port, for one
    answer or five minutes. Raises ``NetworkError``: ``Refused`` when the person said no.
    """
    http = Http(server, stop=stop, judge=_judge)
    try:
        with Listener() as listener:
            app = _register(http, listener.address)
            state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
            open_page(_page(http.server, app, listener.address, state, verifier))
            answer = listener.wait(state, stop=stop, until=time.monotonic() + TIME_TO_SIGN_IN)
            return _exchange(http, app, listener.address, _code(answer, http.title), verifier).dump()
    finally:
        http.close()


def sign_out(server: str, secret: str, stop: Stop) -> None:
    """Give the token back, so that nobody can use it; what was only pasted cannot be. Raises ``NetworkError``."""
    known = read_secret(secret)
    if not known.client_id:
        return
    http = Http(server, stop=stop)
    keys = {"client_id": known.client_id, "client_secret": known.client_secret, "token": known.token}
    try:
        http.post("/oauth/revoke", form=keys, repeat_safe=True)
    finally:
        http.close()


def _register(http: Http, redirect: str) -> _App:
    form = {"client_name": APP_NAME, "redirect_uris": redirect, "scopes": SCOPES}
    told = http.post("/api/v1/apps", form=form, repeat_safe=True).data
    client_id, client_secret = _texts(told, "client_id", "client_secret")
    if not client_id:
        raise Unreachable(f"{http.title} sent something that is not an answer of its network.")
    return _App(client_id, client_secret)


def _page(server: str, app: _App, redirect: str, state: str, verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": redirect,
        "scope": SCOPES,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{server}/oauth/authorize?{urlencode(query)}"


def _code(answer: dict[str, str], title: str) -> str:
    if answer.get("code"):
        return answer["code"]
    if answer.get("error") == "access_denied":
        raise Refused(f"The sign-in on {title} was declined.")
    raise Refused(f"{title} did not finish the sign-in.")


def _exchange(http: Http, app: _App, redirect: str, code: str, verifier: str) -> Secret:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "redirect_uri": redirect,
        "scope": SCOPES,
        "code_verifier": verifier,
    }
    told = http.post("/oauth/token", form=form).data
    token, scopes = _texts(told, "access_token", "scope")
    if not token:
        raise SignInAgain(f"{http.title} gave no token. Sign in again.")
    return Secret(read_secret(token).token, app.client_id, app.client_secret, scopes)


def _texts(told: object, *keys: str) -> tuple[str, ...]:
    found = [told.get(key) if isinstance(told, dict) else None for key in keys]
    return tuple(each if isinstance(each, str) else "" for each in found)


def _judge(answer: Answer) -> NetworkError | None:
    """A code that ran out or was used before is no fault of ours: the person starts again."""
    if answer.error_code in {"invalid_grant", "invalid_client"}:
        return SignInAgain("The sign-in took too long or was used before. Sign in again.")
    return None
