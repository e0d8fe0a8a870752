"""Changes of the detector's settings, one after the other on the write lane."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.ui.entries.deeds import EntryDeeds

if TYPE_CHECKING:
    from inbox.flow.entries import Saved
    from inbox.store.engine import Store


class Deeds(EntryDeeds):
    """What the page does with settings."""

    def save(
        self,
        changed: dict[str, Any],
        done: Callable[["Saved[Any]"], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Saves settings as the workspace file says them."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow.hot import settings

            return settings.save(store, changed, **who)

        self.do(work, done, failed)

    def take_back(self, store: "Store", undo: Any, **who: Any) -> "Saved[Any]":  # noqa: ANN401 - known to the flow
        """The settings as they were before a change."""
        from inbox.flow.hot import settings

        return settings.undo_settings(store, undo, **who)
