"""What the calendars' page says while there are no calendars."""

from inbox.ui.calendars.says import tr
from inbox.ui.entries.columns import EntryColumns
from inbox.ui.entries.states import EntryStates
from inbox.ui.widgets import EmptyState, PageHead


def states(columns: EntryColumns) -> EntryStates:
    """``columns`` show the calendars."""
    nothing = EmptyState(
        tr(
            "There are no calendars yet. A calendar says when you answer: opening hours, holidays, closed and "
            "open dates. Answer times count only while it is open."
        ),
        tr("Make the first calendar"),
        "clock",
    )
    return EntryStates(columns, nothing, PageHead(tr("Calendars")))
