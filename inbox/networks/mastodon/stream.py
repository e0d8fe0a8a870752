"""Mastodon's WebSocket stream, as a hint that something may be new. The pull is the truth: it has no replay."""

import time
from contextlib import ExitStack

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI
from websockets.sync.client import ClientConnection, connect

from inbox.networks.address import check_url
from inbox.networks.base import Stop
from inbox.networks.errors import NetworkError

_TICK = 0.25
_OPEN_WITHIN = 5.0
_CLOSE_WITHIN = 0.5
_LARGEST = 1024 * 1024
_SOON, _LATEST = 5.0, 600.0
_HAS_NONE = frozenset({400, 401, 403, 404, 405, 410, 501})


class Stream:
    """The stream of one account's notifications; opened at the first wait, and again after it broke."""

    def __init__(self, address: str, token: str, *, stop: Stop) -> None:
        """``address`` is the instance's ``wss://`` base, empty where it names none."""
        self._address = address
        self._token = token
        self._stop = stop
        self._socket: ClientConnection | None = None
        self._held = ExitStack()
        self._next_try = 0.0
        self._pause = _SOON

    def wait(self, seconds: float) -> bool:
        """True as soon as the stream says something, or was opened anew (something may have been missed
        between); False after ``seconds``, or as soon as ``stop`` says so.
        """
        end = time.monotonic() + seconds
        while not self._stop() and (left := end - time.monotonic()) > 0:
            if self._socket is None and self._address and time.monotonic() >= self._next_try:
                if self._open():
                    return True
                continue
            if self._socket is None:
                time.sleep(min(left, _TICK))
            elif self._heard(min(left, _TICK)):
                return True
        return False

    def close(self) -> None:
        """Close it, hardly waiting for the other side."""
        self._socket = None
        self._held.close()

    def _open(self) -> bool:
        try:
            check_url(self._address)
            opening = connect(
                f"{self._address}/api/v1/streaming?stream=user:notification",
                additional_headers={"Authorization": f"Bearer {self._token}"},
                open_timeout=_OPEN_WITHIN,
                close_timeout=_CLOSE_WITHIN,
                max_size=_LARGEST,
                proxy=None,
            )
            self._socket = self._held.enter_context(opening)
        except InvalidStatus as refused:
            self._failed(for_long=refused.response.status_code in _HAS_NONE)
        except (InvalidHandshake, InvalidURI, NetworkError, OSError, EOFError):
            # An instance without a stream is no trouble: the account is then asked at its interval.
            self._failed(for_long=False)
        else:
            self._pause = _SOON
            return True
        return False

    def _failed(self, *, for_long: bool) -> None:
        self._pause = _LATEST if for_long else min(self._pause * 2, _LATEST)
        self._next_try = time.monotonic() + self._pause

    def _heard(self, seconds: float) -> bool:
        if self._socket is None:
            return False
        heard = False
        try:
            self._socket.recv(timeout=seconds)
            heard = True
            while True:
                # Whatever else lies ready is told by the same pull.
                self._socket.recv(timeout=0)
        except TimeoutError:
            return heard
        except (ConnectionClosed, OSError):
            self.close()
            self._failed(for_long=False)
        return heard
