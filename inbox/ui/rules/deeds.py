"""Changes of the rules, one after the other on the write lane."""

from typing import TYPE_CHECKING, Any

from inbox.model.workspace import Rule
from inbox.ui.entries.deeds import ListDeeds, Ways

if TYPE_CHECKING:
    from inbox.flow.entries import Saved
    from inbox.store.engine import Store


class Deeds(ListDeeds[Rule]):
    """What the page does with rules."""

    def ways(self) -> Ways:
        """The flows."""
        from inbox.flow import rules as to

        return Ways(to.save_rule, to.remove_rule, to.undo_rules, to.move_rule)

    def switch(self, name: str, *, on: bool) -> None:
        """Switches a rule on or off."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import rules

            return rules.switch_rule(store, name, on=on, **who)

        self.do(work)
