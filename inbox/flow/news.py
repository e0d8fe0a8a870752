"""Waits on an account's stream, and says so when something may be new: the pull alone is the truth."""

import logging
from collections.abc import Callable
from typing import Final

from inbox.flow.connection import Line, Networks
from inbox.flow.steady import back_off
from inbox.model.ids import AccountId
from inbox.networks.base import Stop
from inbox.networks.errors import NetworkError
from inbox.secrets import SecretError
from inbox.store import accounts
from inbox.store.engine import Store

log = logging.getLogger(__name__)

_AT_ONCE: Final = 25.0
_BETWEEN: Final = 1.0


class News:
    """One account's stream, waited on by one thread; ``fresh`` is called when something may be new."""

    def __init__(
        self, store: Store, account_id: AccountId, networks: Networks, stop: Stop, fresh: Callable[[], None]
    ) -> None:
        self._store, self._account_id, self._fresh = store, account_id, fresh
        self._line = Line(networks, stop)
        self._failures = 0

    def step(self) -> float:
        """Wait once; in how many seconds again. Its trouble is not told: the pull finds out, and says, whether
        the network answers.
        """
        with self._store.read() as s:
            account = accounts.get(s, self._account_id)
        if account.connected_at is None or account.paused:
            return _AT_ONCE
        try:
            if self._line.client(account).wait_for_news(_AT_ONCE):
                self._fresh()
        except (NetworkError, SecretError) as error:
            self._failures += 1
            self._line.drop()
            log.debug("%s: no stream: %s", account.handle, error)
            return back_off(self._failures, shortest=5.0, longest=120.0)
        self._failures = 0
        return _BETWEEN

    def close(self) -> None:
        """Give back the connection."""
        self._line.drop()
