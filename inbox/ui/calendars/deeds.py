"""Changes of the calendars, one after the other on the write lane."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.model.workspace import Calendar
from inbox.ui.entries.deeds import EntryDeeds

if TYPE_CHECKING:
    from inbox.flow.entries import Saved
    from inbox.store.engine import Store


class Deeds(EntryDeeds):
    """What the page does with calendars."""

    def save(
        self,
        calendar: Calendar,
        replaces: str | None,
        done: Callable[["Saved[Any]"], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Adds a calendar, or puts it in the stead of the one that it replaces."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import calendars

            return calendars.save_calendar(store, calendar, replaces=replaces, **who)

        self.do(work, done, failed)

    def remove(self, name: str, done: Callable[["Saved[Any]"], None]) -> None:
        """Takes a calendar away."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import calendars

            return calendars.remove_calendar(store, name, **who)

        self.do(work, done)

    def take_back(self, store: "Store", undo: Any, **who: Any) -> "Saved[Any]":  # noqa: ANN401 - known to the flow
        """The calendars as they were before a change."""
        from inbox.flow import calendars

        return calendars.undo_calendars(store, undo, **who)
