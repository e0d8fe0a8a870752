"""Waiting for something new: on Jetstream where one is set for the account, else by asking for the unread count.

Only a hint that wakes the pull, which is the truth.
"""

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from inbox.networks.address import check_url
from inbox.networks.bluesky.fields import count
from inbox.networks.bluesky.session import Session
from inbox.networks.errors import Unreachable

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

_ASK_EVERY = 5.0
_SLICE = 0.25
_LARGEST = 1_000_000
_PATH = "/subscribe?wantedCollections=app.bsky.feed.post"


class Polling:
    """Asks for the account's unread count now and then; never marks anything as read."""

    def __init__(self, session: Session, *, every: float = _ASK_EVERY) -> None:
        self._session, self._every = session, every
        self._last: int | None = None

    def wait(self, seconds: float) -> bool:
        """Block up to ``seconds``; True when the count is another than before. Raises ``NetworkError``."""
        end = time.monotonic() + seconds
        while True:
            if self._changed():
                return True
            left = end - time.monotonic()
            if left <= 0:
                return False
            self._session.http.pause(min(left, self._every))

    def close(self) -> None:
        """Nothing is held."""

    def _changed(self) -> bool:
        told = self._session.get("app.bsky.notification.getUnreadCount", [("priority", "false")])
        now = count(told, "count") if isinstance(told, dict) else None
        before, self._last = self._last, now
        return before is not None and now != before


class Jetstream:
    """Every new post of the network flies past; one that holds the account's DID wakes the pull."""

    def __init__(self, address: str, did: str, session: Session) -> None:
        """``address`` is that of a Jetstream server (wss://host)."""
        self._address, self._did, self._session = address.rstrip("/"), did, session
        self._connection: ClientConnection | None = None
        self._opened = ExitStack()

    def wait(self, seconds: float) -> bool:
        """Block up to ``seconds``; True when a post names or answers the account, or when the stream had to be
        opened: something may have flown past before. Raises ``NetworkError``.
        """
        from websockets.exceptions import WebSocketException

        end = time.monotonic() + seconds
        connection, opened = self._connection, False
        if connection is None:
            connection = self._connection = self._open()
            opened = True
        while not opened and (left := end - time.monotonic()) > 0:
            self._session.http.check_stop()
            try:
                told = connection.recv(timeout=min(left, _SLICE))
            except TimeoutError:
                continue
            except (OSError, WebSocketException) as error:
                self.close()
                raise Unreachable("The stream of Bluesky broke off.") from error
            if self._did in (told if isinstance(told, str) else told.decode("utf-8", "replace")):
                return True
        return opened

    def close(self) -> None:
        """Hang up."""
        self._connection = None
        self._opened.close()

    def _open(self) -> "ClientConnection":
        from websockets.exceptions import WebSocketException
        from websockets.sync.client import connect

        check_url(self._address)
        try:
            made = connect(f"{self._address}{_PATH}", max_size=_LARGEST, open_timeout=10, close_timeout=1, proxy=None)
            return self._opened.enter_context(made)
        except (OSError, ValueError, WebSocketException) as error:
            raise Unreachable("The stream of Bluesky cannot be reached.") from error


def news(address: str, did: str, session: Session) -> Polling | Jetstream:
    """The way to wait: Jetstream where its ``address`` is set."""
    return Jetstream(address, did, session) if address else Polling(session)
