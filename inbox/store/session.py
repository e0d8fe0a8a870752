"""One transaction: what store functions run their statements on, and where they say what changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, CursorResult, Executable, Insert

from inbox.model.change import Change
from inbox.model.ids import AccountId, ThreadId

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

_MANY = 200
"""More changed threads than this are not listed one by one: a screen reads its page again instead."""


class Session:
    """A transaction of a workspace. ``kind`` is ``sqlite`` or ``postgresql``; ``change`` is set after the commit."""

    def __init__(self, connection: Connection, kind: str, *, writing: bool) -> None:
        self.connection = connection
        self.kind = kind
        self.writing = writing
        self.change = Change()
        self._threads: set[ThreadId] = set()
        self._accounts: set[AccountId] = set()
        self._topics: set[str] = set()
        self._many = False

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Run a Core statement; a list of parameters runs it for each (executemany)."""
        return self.connection.execute(statement, parameters)

    def scalar(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - a column's value
        """The first column of the first row, None without a row."""
        return self.connection.execute(statement, parameters).scalar()

    def changed(
        self,
        *,
        threads: Iterable[ThreadId] = (),
        accounts: Iterable[AccountId] = (),
        topics: Iterable[str] = (),
        many: bool = False,
    ) -> None:
        """Note what this transaction changes; the change feed carries it once it is committed."""
        self._threads.update(threads)
        self._accounts.update(accounts)
        self._topics.update(topics)
        self._many = self._many or many

    def pending_change(self) -> Change:
        """What was noted so far."""
        many = self._many or len(self._threads) > _MANY
        threads = frozenset[ThreadId]() if many else frozenset(self._threads)
        return Change(0, threads, frozenset(self._accounts), frozenset(self._topics), many)


def insert_for(session: Session) -> "type[sqlite.Insert | postgresql.Insert]":
    """The engine's own INSERT, which has ``on_conflict_do_update`` and ``on_conflict_do_nothing``."""
    # Imported here: a desktop on SQLite never needs the other engine's dialect (20 ms).
    if session.kind == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.Insert
    from sqlalchemy.dialects import postgresql

    return postgresql.Insert


__all__ = ["Insert", "Session", "insert_for"]
