"""Changes of the escalation policies, one after the other on the write lane."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.model.escalation import Ladder
from inbox.ui.entries.deeds import EntryDeeds

if TYPE_CHECKING:
    from inbox.flow.entries import Saved
    from inbox.store.engine import Store


class Deeds(EntryDeeds):
    """What the page does with policies."""

    def save(
        self,
        ladder: Ladder,
        replaces: str | None,
        position: int | None,
        done: Callable[["Saved[Any]"], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Adds a policy, or puts it in the stead of the one that it replaces."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow.escalate import editing

            return editing.save_ladder(store, ladder, replaces=replaces, position=position, **who)

        self.do(work, done, failed)

    def move(self, name: str, position: int) -> None:
        """Puts a policy at a place from 0."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow.escalate import editing

            return editing.move_ladder(store, name, position, **who)

        self.do(work)

    def remove(self, name: str) -> None:
        """Takes a policy away."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow.escalate import editing

            return editing.remove_ladder(store, name, **who)

        self.do(work)

    def take_back(self, store: "Store", undo: Any, **who: Any) -> "Saved[Any]":  # noqa: ANN401 - known to the flow
        """Takes a change back."""
        from inbox.flow.escalate import editing

        return editing.undo_ladders(store, undo, **who)
