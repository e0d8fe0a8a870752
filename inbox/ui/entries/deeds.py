"""Changes of one list, one after the other on the write lane, each against what was last seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from inbox.model.workspace import Workspace
from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.flow.entries import Saved
    from inbox.store.engine import Store

E = TypeVar("E")


class EntryDeeds(QObject):
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
        """The person sees this now. While a change is under way, its outcome is what counts."""
        if not self.under_way:
            self._seen = workspace

    def take_back(self, store: "Store", undo: Any, **who: Any) -> "Saved[Any]":  # noqa: ANN401 - known to the flow
        """Takes a change back; ``who`` is the actor and now. Each list has a way of its own."""
        raise NotImplementedError

    def do(
        self,
        work: Callable[..., "Saved[Any]"],
        done: Callable[["Saved[Any]"], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        undoing: bool = False,
    ) -> None:
        """Makes a change: ``work`` is given the store, the actor, now and, but for an undo, what was expected."""
        who = {"actor": self._context.employee or "command", "now": self._context.now()}
        self.under_way += 1

        def inside(store: "Store") -> "Saved[Any]":
            # Read here, on the lane: the change before this one may have ended a moment ago.
            made = work(store, **who) if undoing else work(store, **who, expect=self._seen)
            self._seen = made.workspace
            return made

        def arrived(saved: "Saved[Any]") -> None:
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

    def _undo(self, undo: Any) -> None:  # noqa: ANN401 - known to the flow
        self.do(lambda store, **who: self.take_back(store, undo, **who), undoing=True)

    def _end(self) -> None:
        self.under_way -= 1
        self.done += 1


@dataclass(frozen=True, slots=True)
class Ways:
    """The flows of one list: each is given the store, what is changed, the actor, now, and what was expected.

    ``move`` is None where the order is not for people to choose.
    """

    save: Callable[..., "Saved[Any]"]
    remove: Callable[..., "Saved[Any]"]
    undo: Callable[..., "Saved[Any]"]
    move: Callable[..., "Saved[Any]"] | None = None


class ListDeeds(EntryDeeds, Generic[E]):
    """Entries that are saved, moved and removed one by one."""

    def ways(self) -> Ways:
        """The flows, imported when they are wanted: not for the first paint."""
        raise NotImplementedError

    def save(
        self,
        entry: E,
        replaces: str | None,
        position: int | None,
        done: Callable[["Saved[Any]"], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Adds an entry, or puts it in the stead of the one that it replaces."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            ways = self.ways()
            place = {} if ways.move is None else {"position": position}
            return ways.save(store, entry, replaces=replaces, **place, **who)

        self.do(work, done, failed)

    def move(self, name: str, position: int) -> None:
        """Puts an entry at a place from 0."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            move = self.ways().move
            if move is None:
                raise NotImplementedError
            return move(store, name, position, **who)

        self.do(work)

    def remove(self, name: str, done: Callable[["Saved[Any]"], None] | None = None) -> None:
        """Takes an entry away."""
        self.do(lambda store, **who: self.ways().remove(store, name, **who), done)

    def take_back(self, store: "Store", undo: Any, **who: Any) -> "Saved[Any]":  # noqa: ANN401 - known to the flow
        """The entries as they were before a change."""
        return self.ways().undo(store, undo, **who)
