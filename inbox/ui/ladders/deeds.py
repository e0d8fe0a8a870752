"""Changes of the escalation policies, one after the other on the write lane."""

from inbox.model.escalation import Ladder
from inbox.ui.entries.deeds import ListDeeds, Ways


class Deeds(ListDeeds[Ladder]):
    """What the page does with policies."""

    def ways(self) -> Ways:
        """The flows."""
        from inbox.flow.escalate import editing as to

        return Ways(to.save_ladder, to.remove_ladder, to.undo_ladders, to.move_ladder)
