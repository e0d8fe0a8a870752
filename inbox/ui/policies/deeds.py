"""Changes of the policies, one after the other on the write lane."""

from inbox.model.workspace import Policy
from inbox.ui.entries.deeds import ListDeeds, Ways


class Deeds(ListDeeds[Policy]):
    """What the page does with policies."""

    def ways(self) -> Ways:
        """The flows."""
        from inbox.flow import policies as to

        return Ways(to.save_policy, to.remove_policy, to.undo_policies, to.move_policy)
