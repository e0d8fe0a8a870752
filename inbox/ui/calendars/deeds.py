"""Changes of the calendars, one after the other on the write lane."""

from inbox.model.workspace import Calendar
from inbox.ui.entries.deeds import ListDeeds, Ways


class Deeds(ListDeeds[Calendar]):
    """What the page does with calendars."""

    def ways(self) -> Ways:
        """The flows."""
        from inbox.flow import calendars as to

        return Ways(to.save_calendar, to.remove_calendar, to.undo_calendars)
