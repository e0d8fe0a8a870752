"""Opening a workspace and running transactions on it, on either engine."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from inbox.model.change import Change
from inbox.store import trouble
from inbox.store.address import is_postgresql, refuse_shared_folder, to_url
from inbox.store.errors import Damaged, Missing, Newer, ReadOnly, Refused
from inbox.store.schema import VERSION, change
from inbox.store.session import Session, insert_for

__all__ = ["Session", "Store", "insert_for", "open_store"]

BUSY_SECONDS = 5.0
"""How long SQLite waits for another writer before it says that the workspace is locked."""
_ASK_SECONDS = 0.001


class Store:
    """One open workspace. Its transactions may run on any thread; close it when no more are wanted."""

    def __init__(self, address: str, engine: Engine) -> None:
        self.address = address
        self.kind = engine.dialect.name
        self._engine = engine
        # SQLite has one writer: threads of one process queue here fairly instead of polling the file's lock.
        self._writer = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read-only snapshot."""
        with trouble.in_plain_words(self.address), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN" if self.kind == "sqlite" else "SET TRANSACTION READ ONLY")
            try:
                yield Session(connection, self.kind, writing=False)
            finally:
                connection.rollback()

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Session]:
        """One transaction: committed at the end, undone by any exception.

        ``durable=False`` (ingest, whose cursor rolls back with it) does not wait for the disk: a power cut
        may lose the newest of them, whole, and a killed program loses none.
        """
        with trouble.in_plain_words(self.address), self._turn(), self._engine.connect() as connection:
            self._begin(connection, durable=durable)
            session = Session(connection, self.kind, writing=True)
            try:
                yield session
                session.change = self._feed(session)
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self.kind != "sqlite":
            yield
            return
        with self._writer:
            yield

    def _begin(self, connection: Any, *, durable: bool) -> None:  # noqa: ANN401 - a Core connection
        if self.kind == "sqlite":
            connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            _take_lock(connection)
        elif not durable:
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")

    def _feed(self, session: Session) -> Change:
        """Write the change row of this transaction, if it changed anything that screens show."""
        pending = session.pending_change()
        if not (pending.threads or pending.accounts or pending.topics or pending.many):
            return pending
        row = {
            "at": datetime.now(UTC),
            "threads": sorted(pending.threads),
            "accounts": sorted(pending.accounts),
            "topics": sorted(pending.topics),
            "many": pending.many,
        }
        if self.kind == "postgresql":
            row["xact"] = text("pg_current_xact_id()::text::bigint")
        seq = session.scalar(change.insert().values(row).returning(change.c.seq))
        if self.kind == "postgresql":
            session.execute(text("SELECT pg_notify('inbox_change', :seq)"), {"seq": str(seq)})
        return Change(seq, pending.threads, pending.accounts, pending.topics, pending.many)

    def raw_connection(self) -> Any:  # noqa: ANN401 - the driver's own connection
        """A Core connection outside any transaction, for the feed and for care of the data. Close it."""
        return self._engine.connect()

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()


def open_store(address: str | Path, *, create: bool = False, upgrade: bool = True) -> Store:
    """Open the workspace at an address; ``create`` makes it where there is none. One of an older version is brought
    up to this one, and refused without ``upgrade``.

    Raises ``Missing``, ``Newer``, ``Damaged``, ``Locked``, ``ReadOnly``, ``Unreachable`` or ``Refused``.
    """
    name = str(address)
    url = to_url(name)
    if is_postgresql(name):
        engine = create_engine(
            url, pool_size=5, max_overflow=15, pool_pre_ping=True, connect_args={"prepare_threshold": None}
        )
    else:
        path = Path(url.database or "")
        _prepare_file(path, create=create)
        engine = create_engine(
            url, connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS}, pool_size=8, max_overflow=8
        )
        event.listen(engine, "connect", _set_up_sqlite)
    store = Store(name, engine)
    try:
        _check_version(store, create=create, upgrade=upgrade)
    except BaseException:
        store.close()
        raise
    return store


def _take_lock(connection: Any) -> None:  # noqa: ANN401 - a Core connection
    """Begin a writing transaction, waiting up to ``BUSY_SECONDS`` for another process'.

    SQLite's own waiting backs off to a tenth of a second, so that a keystroke's draft hardly ever wins against a
    collector at full speed; asking each millisecond, it waits for little more than one of its transactions.
    """
    end = time.monotonic() + BUSY_SECONDS
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            except OperationalError as error:
                if "locked" not in str(error.orig) or time.monotonic() > end:
                    raise
                time.sleep(_ASK_SECONDS)
            else:
                return
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")


def _prepare_file(path: Path, *, create: bool) -> None:
    refuse_shared_folder(path)
    if path.exists():
        if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
            raise ReadOnly(f"The workspace “{path.name}” or its folder cannot be written. Change its permissions.")
        return
    if not create:
        raise Missing(f"There is no workspace at {path}. Make one with: inbox init")
    with trouble.in_plain_words(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are begun by us (BEGIN IMMEDIATE), never by the driver's guess.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "cache_size = -16000",
        "journal_size_limit = 67108864",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _check_version(store: Store, *, create: bool, upgrade: bool) -> None:
    with trouble.in_plain_words(store.address), store.raw_connection() as connection:
        found, tables = _found(connection)
        connection.rollback()
    if found == VERSION:
        return
    if found is None and tables and "workspace" not in tables:
        raise Damaged("This database holds something else than a workspace. Choose another, or an empty one.")
    if found is None and not create:
        raise Missing("This database is empty. Make a workspace in it with: inbox init")
    # Imported here since a start that finds the schema in order never needs it (70 ms).
    from inbox.store import migrations

    if found is not None and found not in migrations.known():
        raise Newer("This workspace was written by a newer version of Social Inbox. Update this program to open it.")
    if not upgrade:
        raise Refused("This workspace was written by an older version of Social Inbox.")
    with trouble.in_plain_words(store.address), store.raw_connection() as connection:
        migrations.upgrade(connection)


def _found(connection: Any) -> tuple[str | None, set[str]]:  # noqa: ANN401 - a Core connection
    """The version of the schema; where there is none, the tables that are there."""
    try:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except (OperationalError, ProgrammingError):  # no such table, as either driver says it, or worse
        connection.rollback()
        tables = set(inspect(connection).get_table_names())
        if "alembic_version" in tables:
            raise
        return None, tables
    return found, set() if found else set(inspect(connection).get_table_names())
