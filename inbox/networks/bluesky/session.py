"""Signing in, and staying signed in: one account's tokens, refreshed before they run out.

The secret is JSON: ``identifier`` (handle, e-mail address or DID), ``password`` (the app password, if kept), and
once signed in ``did``, ``handle``, ``accessJwt``, ``refreshJwt`` and ``pds``. A text that is no JSON is taken for
the app password itself.
"""

import base64
import binascii
import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from inbox.networks.address import server_address
from inbox.networks.answers import Answer
from inbox.networks.base import Budget
from inbox.networks.bluesky.fields import Malformed, maybe_word, tables, word
from inbox.networks.errors import Gone, NetworkError, Refused, SignInAgain, Unreachable
from inbox.networks.http import Http

TITLE = "Bluesky"
_EARLY = 60.0
_LEAST_LIFE = 30.0
_DEAD = ("ExpiredToken", "InvalidToken", "AuthMissing")
_CLOSED = ("AccountTakedown", "AccountDeactivated", "AccountSuspended", "RepoTakendown", "RepoDeactivated")
_MISSING = ("RecordNotFound", "NotFound")

MakeHttp = Callable[[str], Http]


@dataclass(frozen=True, slots=True)
class Secret:
    """What the keyring holds for an account. Its ``repr`` shows no password and no token."""

    identifier: str
    password: str = ""
    did: str = ""
    handle: str = ""
    accessJwt: str = ""  # noqa: N815 - the network's own name
    refreshJwt: str = ""  # noqa: N815 - the network's own name
    pds: str = ""

    def __repr__(self) -> str:
        """Whose it is."""
        return f"Secret({self.identifier!r})"

    def written(self) -> str:
        """As stored in the keyring, without what is empty."""
        return json.dumps({name: value for name, value in asdict(self).items() if value})


def read_secret(text: str, handle: str) -> Secret:
    """The secret as stored, or an app password as typed."""
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        return Secret(_identifier(handle), password=text.strip())
    fields = {name: maybe_word(told, name) for name in Secret.__slots__}
    return Secret(**{**fields, "identifier": _identifier(fields["identifier"] or handle)})


def _identifier(typed: str) -> str:
    return typed.strip().removeprefix("@").strip()


class TokenDead(SignInAgain):
    """The server no longer takes the token that was sent."""


class Missing(Gone):
    """There is no such record."""


def judge(answer: Answer) -> NetworkError | None:
    """The errors that Bluesky names in the body: a dead token answers 400, and so does a missing record."""
    code = answer.error_code
    if code in _DEAD:
        return TokenDead("Bluesky no longer accepts our sign-in. Sign in again.")
    if code in _CLOSED:
        return Refused("This account is closed, suspended or deactivated on Bluesky.")
    if code in _MISSING:
        return Missing("Bluesky does not have this post.")
    if code == "AuthFactorTokenRequired":
        return SignInAgain("Bluesky wants a second factor. Make an app password in its settings and use that.")
    if code == "AuthenticationRequired":
        return SignInAgain("Bluesky does not accept this handle and app password.")
    return None


class Session:
    """The signed-in account. Every call renews the tokens when they need it; safe from several threads."""

    def __init__(
        self,
        server: str,
        secret: Secret,
        *,
        make_http: MakeHttp,
        save_secret: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        """Asks nobody. Raises ``Refused`` when ``server`` is no address."""
        self.secret = secret
        self._make_http, self._save, self._now = make_http, save_secret, now
        self._lock = threading.RLock()
        self._door = make_http(server)
        self._house = make_http(secret.pds) if secret.pds and secret.pds != self._door.server else self._door
        self._renew_at = time.monotonic()
        self._keep(secret, fresh=False)

    @property
    def budget(self) -> Budget:
        """What the last answer's rate headers said."""
        return self._house.budget if self._house.budget.left is not None else self._door.budget

    @property
    def http(self) -> Http:
        """The account's own server."""
        return self._house

    def get(self, name: str, params: list[tuple[str, Any]]) -> Any:  # noqa: ANN401 - JSON is any
        """Ask a question. Raises ``NetworkError``."""
        return self._signed(lambda auth: self._house.get(f"/xrpc/{name}", params, headers=auth))

    def post(self, name: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON is any
        """Have something done that is harmless when done twice. Raises ``NetworkError``."""
        return self._signed(lambda auth: self._house.post(f"/xrpc/{name}", json=body, headers=auth, repeat_safe=True))

    def sign_in(self) -> None:
        """Make sure that we are signed in. Raises ``NetworkError``."""
        with self._lock:
            if not self.secret.accessJwt:
                self._enter()
            elif time.monotonic() >= self._renew_at:
                self._renew(self.secret.accessJwt)

    def close(self) -> None:
        """Give back the connections; the session stays valid on the server."""
        self._door.close()
        if self._house is not self._door:
            self._house.close()

    def _signed(self, ask: Callable[[dict[str, str]], Answer]) -> Any:  # noqa: ANN401 - JSON is any
        self.sign_in()
        used = self.secret.accessJwt
        try:
            return ask(_bearer(used)).data
        except TokenDead:
            self._renew(used)
            return ask(_bearer(self.secret.accessJwt)).data

    def _renew(self, dead: str) -> None:
        """New tokens for ``dead``, unless another thread has got them already."""
        with self._lock:
            if self.secret.accessJwt != dead:
                return
            if self.secret.refreshJwt:
                try:
                    auth = _bearer(self.secret.refreshJwt)
                    told = self._door.post("/xrpc/com.atproto.server.refreshSession", headers=auth).data
                except SignInAgain:
                    if not self.secret.password:
                        raise
                else:
                    self._take(told)
                    return
            self._enter()

    def _enter(self) -> None:
        if not self.secret.password:
            raise SignInAgain("Bluesky no longer accepts our sign-in. Sign in again with an app password.")
        body = {"identifier": self.secret.identifier, "password": self.secret.password}
        self._take(self._door.post("/xrpc/com.atproto.server.createSession", json=body).data)

    def _take(self, told: Any) -> None:  # noqa: ANN401 - JSON is any
        """Keep what a sign-in or a refresh answered: in the keyring first, then in use."""
        if not isinstance(told, dict):
            raise Unreachable("Bluesky sent something that is not an answer of its network.")
        if told.get("active") is False:
            raise Refused(f"This account is {maybe_word(told, 'status') or 'not active'} on Bluesky.")
        try:
            tokens = {name: word(told, name) for name in ("accessJwt", "refreshJwt", "did", "handle")}
        except Malformed as error:
            raise Unreachable("Bluesky sent something that is not an answer of its network.") from error
        fresh = replace(self.secret, **tokens, pds=_pds(told) or self.secret.pds)
        self._save(fresh.written())
        self._keep(fresh, fresh=True)

    def _keep(self, secret: Secret, *, fresh: bool) -> None:
        self.secret = secret
        if secret.pds and secret.pds != self._house.server:
            if self._house is not self._door:
                self._house.close()
            self._house = self._make_http(secret.pds) if secret.pds != self._door.server else self._door
        claims = claims_of(secret.accessJwt)
        ends, made = claims.get("exp"), claims.get("iat")
        if not isinstance(ends, int | float):
            self._renew_at = time.monotonic() + 1e9
            return
        # A fresh token's life is counted from now: our clock may differ from the server's.
        start = made if fresh and isinstance(made, int | float) else self._now().timestamp()
        left = ends - start - _EARLY
        self._renew_at = time.monotonic() + (max(_LEAST_LIFE, left) if fresh else left)


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def claims_of(token: str) -> dict[str, Any]:
    """What a token says of itself, unverified: only to know when to renew it. Empty when it cannot be read."""
    pieces = token.split(".")
    try:
        body = base64.urlsafe_b64decode(pieces[1] + "=" * (-len(pieces[1]) % 4))
        told = json.loads(body)
    except (IndexError, ValueError, binascii.Error):
        return {}
    return told if isinstance(told, dict) else {}


def _pds(told: dict[str, Any]) -> str:
    """The account's own server by its DID document; empty when it names none that we may ask."""
    document = told.get("didDoc")
    for service in tables(document.get("service") if isinstance(document, dict) else None):
        if not maybe_word(service, "id").endswith("#atproto_pds"):
            continue
        try:
            return server_address(maybe_word(service, "serviceEndpoint"))
        except Refused:
            return ""
    return ""
