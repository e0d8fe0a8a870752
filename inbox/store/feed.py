"""The change feed: tells a process what others changed in the workspace."""

import threading
from typing import Any, cast

from sqlalchemy import select, text

from inbox.model.change import Change
from inbox.model.ids import AccountId, ThreadId
from inbox.store.engine import Store
from inbox.store.errors import Unreachable
from inbox.store.schema import change
from inbox.store.trouble import in_plain_words

_POLL_SECONDS = 0.05
"""How often SQLite's ``data_version`` is looked at: a pragma on an open connection, about 5 microseconds."""


class Feed:
    """Reads changes in order from the moment it is made. Used by one thread; ``stop`` may come from any.

    When its connection breaks, ``wait`` raises, and the next ``wait`` goes on over a new one where this one was.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stopped = threading.Event()
        self._connection: Any = None
        self._version = -1
        self._listen()
        self._seen = self._newest()

    def wait(self, timeout: float) -> Change | None:
        """Everything changed since the last call, as one; None when nothing was within ``timeout`` seconds.

        Raises ``StoreError``.
        """
        self._listen()
        try:
            with in_plain_words(self._store.address):
                found = self._read()
                if found is not None or self._stopped.is_set():
                    return found
                if self._store.kind == "sqlite":
                    self._wait_for_version(timeout)
                else:
                    self._wait_for_notice(timeout)
                return self._read()
        except BaseException:
            self._drop()
            raise

    def stop(self) -> None:
        """Let ``wait`` return soon."""
        self._stopped.set()

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()

    def _listen(self) -> None:
        """Connect, unless there is a connection."""
        if self._connection is not None:
            return
        with in_plain_words(self._store.address):
            connection = self._store.raw_connection()
            if self._store.kind == "postgresql":
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
                connection.exec_driver_sql("LISTEN inbox_change")
            self._connection = connection

    def _drop(self) -> None:
        """Forget a connection that may be broken: the pool must not try to tidy it."""
        connection, self._connection = self._connection, None
        connection.invalidate()
        connection.close()

    def _wait_for_version(self, timeout: float) -> None:
        waited = 0.0
        while waited < timeout and not self._stopped.wait(_POLL_SECONDS):
            waited += _POLL_SECONDS
            version = self._connection.exec_driver_sql("PRAGMA data_version").scalar()
            self._connection.rollback()
            if version != self._version:
                self._version = cast("int", version)
                return

    def _wait_for_notice(self, timeout: float) -> None:
        driver = self._connection.connection.driver_connection
        waited = 0.0
        while waited < timeout and not self._stopped.is_set():
            step = min(1.0, timeout - waited)
            # A notice is only a hint: any role can forge one. What counts is the table.
            try:
                if list(driver.notifies(timeout=step, stop_after=1)):
                    return
            except self._connection.dialect.loaded_dbapi.Error as error:
                raise Unreachable("The database server closed the connection.") from error
            waited += step

    def _newest(self) -> int:
        with in_plain_words(self._store.address):
            newest = self._connection.execute(select(change.c.seq).order_by(change.c.seq.desc()).limit(1)).scalar()
            self._connection.rollback()
        return int(newest or 0)

    def _read(self) -> Change | None:
        query = select(change).where(change.c.seq > self._seen).order_by(change.c.seq)
        if self._store.kind == "postgresql":
            # Sequences commit out of order: stop below the oldest transaction that still runs.
            query = query.where(text("change.xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))
        rows = self._connection.execute(query).all()
        self._connection.rollback()
        if not rows:
            return None
        total = Change()
        for row in rows:
            total |= Change(
                row.seq,
                frozenset(ThreadId(number) for number in row.threads),
                frozenset(AccountId(number) for number in row.accounts),
                frozenset(row.topics),
                row.many,
            )
        self._seen = total.seq
        return total
