"""A reader of views that needs no database, and a context whose lanes can be waited for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from inbox.model.ids import AccountId, AreaId, AuthorId, EmployeeId, ThreadId
from inbox.model.thread import ThreadRow
from inbox.model.view import Order, Page, ThreadFilter, View
from inbox.model.words import Priority, Status
from inbox.ui.context import Context
from inbox.ui.views import holds

NOW = datetime(2026, 5, 12, 14, 20, tzinfo=UTC)
OPEN = View("all", "All open", ThreadFilter((Status.NEW, Status.OPEN)))


def row(number: int, **changes: Any) -> ThreadRow:
    """A thread of the queue; ``changes`` replace what it usually is."""
    usual = ThreadRow(
        id=ThreadId(number), version=1, status=Status.OPEN, priority=Priority.NORMAL, account_id=AccountId(1),
        account="exampleair", network="mastodon", author_id=AuthorId(number), author_name=f"Author {number}",
        author_handle=f"author{number}", followers=10, text=f"Mention number {number}", language="en", mentions=1,
        area_id=AreaId(1), area="Baggage", assignee_id=EmployeeId(1), assignee="ana", tags=(), first_mention_at=NOW,
        last_mention_at=NOW, next_due_at=NOW + timedelta(minutes=number), warn_at=NOW + timedelta(minutes=number - 5),
        breached=False, met_at=None, unread=False, escalated=False, incident=None,
    )  # fmt: skip
    return replace(usual, **changes)


class FakeStore:
    """Stands in for a store: a read is a snapshot of nothing."""

    def read(self) -> "FakeStore":
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass


class FakeReader:
    """Views over a list in memory, in due order. A cursor is a thread's number."""

    def __init__(self, rows: Iterable[ThreadRow]) -> None:
        self.all = list(rows)
        self.pages = 0
        self.error: Exception | None = None

    def matching(self, view: View, now: datetime) -> list[ThreadRow]:
        found = [each for each in self.all if holds(view.filter, each, now=now)]
        found.sort(key=lambda each: (each.next_due_at or NOW + timedelta(days=9999), each.id))
        return found[::-1] if view.order is Order.NEWEST else found

    def count(self, session: Any, view: View, now: datetime) -> int:
        del session
        return len(self.matching(view, now))

    def page(self, session: Any, view: View, now: datetime, limit: int, cursor: str | None) -> Page:
        del session
        if self.error is not None:
            raise self.error
        self.pages += 1
        start, found = self._start(view, now, cursor)
        rows = tuple(found[start : start + limit])
        more = start + limit < len(found)
        return Page(rows, str(rows[-1].id) if more else None)

    def step(self, session: Any, view: View, now: datetime, step: int, cursor: str | None) -> str | None:
        del session
        start, found = self._start(view, now, cursor)
        return str(found[start + step - 1].id) if start + step <= len(found) else None

    def rows(self, session: Any, ids: Iterable[ThreadId]) -> tuple[ThreadRow, ...]:
        del session
        wanted = set(ids)
        return tuple(each for each in self.all if each.id in wanted)

    def replace(self, number: int, **changes: Any) -> None:
        """Changes a thread as if somebody else had."""
        self.all = [replace(each, **changes) if each.id == number else each for each in self.all]

    def _start(self, view: View, now: datetime, cursor: str | None) -> tuple[int, list[ThreadRow]]:
        found = self.matching(view, now)
        places = {str(each.id): at for at, each in enumerate(found)}
        return (0 if cursor is None else places[cursor] + 1), found


def context() -> Context:
    """A context with a store that needs no file; its clock stands still."""
    made = Context(now=lambda: NOW)
    made.open(FakeStore(), "fake")  # type: ignore[arg-type]
    return made
