"""Follows the change feed through outages of the database: a broken feed is opened anew."""

import logging
from collections.abc import Callable

from inbox.flow.steady import back_off
from inbox.model.change import Change
from inbox.store.engine import Store
from inbox.store.errors import StoreError
from inbox.store.feed import Feed

log = logging.getLogger(__name__)

ANYTHING = Change(topics=frozenset({"outbox", "requests", "config"}), many=True)
"""What may have changed while the feed was broken."""


class Follower:
    """A feed that outlives its connection. Used by one thread; ``pause`` waits, and ends early when all stops."""

    def __init__(self, store: Store, pause: Callable[[float], object]) -> None:
        self._store, self._pause = store, pause
        self._feed: Feed | None = None
        self._failures = 0

    def wait(self, timeout: float) -> Change | None:
        """What changed, None when nothing did in time; ``ANYTHING`` after the feed was broken."""
        try:
            if self._feed is not None:
                return self._feed.wait(timeout)
            self._feed = Feed(self._store)
        except Exception as error:  # noqa: BLE001 - a listening connection that breaks raises its driver's own errors
            self._broken(error)
            return None
        if self._failures:
            log.info("The database answers again.")
            self._failures = 0
        return ANYTHING

    def close(self) -> None:
        """Give back the connection, if it still is one."""
        feed, self._feed = self._feed, None
        if feed is not None:
            try:
                feed.close()
            except Exception as error:  # noqa: BLE001 - the same; it is gone either way
                log.debug("The change feed's connection was gone: %s", error)

    def _broken(self, error: Exception) -> None:
        self.close()
        if not self._failures:
            said = str(error) if isinstance(error, StoreError) else "The database does not answer."
            log.warning("%s Trying again until it does.", said)
        self._failures += 1
        self._pause(back_off(self._failures, shortest=0.5, longest=10.0))
