"""What the queue reads, so that its model is tested without a database and the store is imported late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.model.view import Page, View

if TYPE_CHECKING:
    from inbox.store.engine import Session

Mark = tuple[int, str | None]
"""A place in the view's order and the cursor that stands before it; the first is (0, None)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows of a view from ``start`` on; ``next`` is the cursor after them, None at the end."""

    start: int
    rows: tuple[ThreadRow, ...]
    next: str | None


class Reader(Protocol):
    """Reads a view. Called on a lane."""

    def count(self, session: "Session", view: View, now: datetime) -> int:
        """How many threads there are (capped where no counter can tell)."""

    def page(self, session: "Session", view: View, now: datetime, limit: int, cursor: str | None) -> Page:
        """The rows after ``cursor``."""

    def step(self, session: "Session", view: View, now: datetime, step: int, cursor: str | None) -> str | None:
        """The cursor ``step`` rows further."""

    def rows(self, session: "Session", ids: Iterable[ThreadId]) -> tuple[ThreadRow, ...]:
        """Some threads by id."""


class StoreReader:
    """Reads views from the store."""

    def count(self, session: "Session", view: View, now: datetime) -> int:
        """From the counters where they can tell."""
        from inbox.store import views

        return views.count(session, view.filter, now=now)

    def page(self, session: "Session", view: View, now: datetime, limit: int, cursor: str | None) -> Page:
        """A keyset page."""
        from inbox.store import views

        return views.page(session, view.filter, view.order, limit=limit, cursor=cursor, now=now)

    def step(self, session: "Session", view: View, now: datetime, step: int, cursor: str | None) -> str | None:
        """A walk over the index."""
        from inbox.store import views

        return views.marks(session, view.filter, view.order, step=step, after=cursor, now=now)

    def rows(self, session: "Session", ids: Iterable[ThreadId]) -> tuple[ThreadRow, ...]:
        """Rows by id."""
        from inbox.store import threads

        return threads.rows(session, ids)
