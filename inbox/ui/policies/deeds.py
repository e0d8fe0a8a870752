"""Changes of the policies, one after the other on the write lane."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.model.workspace import Policy
from inbox.ui.entries.deeds import EntryDeeds

if TYPE_CHECKING:
    from inbox.flow.entries import Saved
    from inbox.store.engine import Store


class Deeds(EntryDeeds):
    """What the page does with policies."""

    def save(
        self,
        policy: Policy,
        replaces: str | None,
        position: int | None,
        done: Callable[["Saved[Any]"], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Adds a policy, or puts it in the stead of the one that it replaces."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import policies

            return policies.save_policy(store, policy, replaces=replaces, position=position, **who)

        self.do(work, done, failed)

    def move(self, name: str, position: int) -> None:
        """Puts a policy at a place from 0."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import policies

            return policies.move_policy(store, name, position, **who)

        self.do(work)

    def remove(self, name: str) -> None:
        """Takes a policy away."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import policies

            return policies.remove_policy(store, name, **who)

        self.do(work)

    def take_back(self, store: "Store", undo: Any, **who: Any) -> "Saved[Any]":  # noqa: ANN401 - known to the flow
        """The policies as they were before a change."""
        from inbox.flow import policies

        return policies.undo_policies(store, undo, **who)
