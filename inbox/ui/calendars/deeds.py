"""Changes of the calendars, one after the other on the write lane, each against what was last seen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from inbox.model.workspace import Calendar, Workspace
from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.flow.calendars import Saved
    from inbox.store.engine import Store


class Deeds(QObject):
    """``changed`` carries the workspace as it is after a change, None where it failed. Each change offers its undo.

    ``seen`` is what the person looks at: changes that somebody else made since are not overwritten.
    """

    changed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        """Nothing was seen yet."""
        super().__init__(parent)
        self._context = context
        self._seen: Workspace | None = None
        self.under_way = 0
        self.done = 0

    def see(self, workspace: Workspace) -> None:
        """The person sees these calendars now. While a change is under way, its outcome is what counts."""
        if not self.under_way:
            self._seen = workspace

    def save(
        self,
        calendar: Calendar,
        replaces: str | None,
        done: Callable[["Saved"], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Adds a calendar, or puts it in the stead of the one that it replaces."""

        def work(store: "Store", **who: Any) -> "Saved":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import calendars

            return calendars.save_calendar(store, calendar, replaces=replaces, **who)

        self._do(work, done, failed)

    def remove(self, name: str, done: Callable[["Saved"], None]) -> None:
        """Takes a calendar away."""

        def work(store: "Store", **who: Any) -> "Saved":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import calendars

            return calendars.remove_calendar(store, name, **who)

        self._do(work, done)

    def _do(
        self,
        work: Callable[..., "Saved"],
        done: Callable[["Saved"], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        undoing: bool = False,
    ) -> None:
        who = {"actor": self._context.employee or "command", "now": self._context.now()}
        self.under_way += 1

        def inside(store: "Store") -> "Saved":
            # Read here, on the lane: the change before this one may have ended a moment ago.
            made = work(store, **who) if undoing else work(store, **who, expect=self._seen)
            self._seen = made.workspace
            return made

        def arrived(saved: "Saved") -> None:
            self._end()
            undo = saved.undo
            self._context.toast(saved.sentence, None if undo is None else lambda: self._undo(undo))
            if done is not None:
                done(saved)
            self.changed.emit(saved.workspace)

        def broken(error: Exception) -> None:
            self._end()
            self._seen = None
            (failed or self._context.tell)(error)
            self.changed.emit(None)

        self._context.lanes.write(inside, arrived, broken)

    def _undo(self, undo: Any) -> None:  # noqa: ANN401 - a ``CalendarsUndo``, known to the flow
        def work(store: "Store", **who: Any) -> "Saved":  # noqa: ANN401 - actor, now
            from inbox.flow import calendars

            return calendars.undo_calendars(store, undo, **who)

        self._do(work, undoing=True)

    def _end(self) -> None:
        self.under_way -= 1
        self.done += 1
