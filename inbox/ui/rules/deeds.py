"""Changes of the rules, one after the other on the write lane."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.model.workspace import Rule
from inbox.ui.entries.deeds import EntryDeeds

if TYPE_CHECKING:
    from inbox.flow.entries import Saved
    from inbox.store.engine import Store


class Deeds(EntryDeeds):
    """What the page does with rules."""

    def save(
        self,
        rule: Rule,
        replaces: str | None,
        position: int | None,
        done: Callable[["Saved[Any]"], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Adds a rule, or puts it in the stead of the one that it replaces."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import rules

            return rules.save_rule(store, rule, replaces=replaces, position=position, **who)

        self.do(work, done, failed)

    def switch(self, name: str, *, on: bool) -> None:
        """Switches a rule on or off."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import rules

            return rules.switch_rule(store, name, on=on, **who)

        self.do(work)

    def move(self, name: str, position: int) -> None:
        """Puts a rule at a place from 0."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import rules

            return rules.move_rule(store, name, position, **who)

        self.do(work)

    def remove(self, name: str) -> None:
        """Takes a rule away."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import rules

            return rules.remove_rule(store, name, **who)

        self.do(work)

    def take_back(self, store: "Store", undo: Any, **who: Any) -> "Saved[Any]":  # noqa: ANN401 - known to the flow
        """The rules as they were before a change."""
        from inbox.flow import rules

        return rules.undo_rules(store, undo, **who)
