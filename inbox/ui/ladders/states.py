"""What the page of escalation policies says while there are none: two ways to begin."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from inbox.ui.entries.columns import EntryColumns
from inbox.ui.entries.states import EntryStates
from inbox.ui.ladders.words import tr
from inbox.ui.widgets import Button, EmptyState, PageHead


def states(columns: EntryColumns, blank: Button) -> EntryStates:
    """``columns`` show the policies; ``blank`` stands below the button of the usual one."""
    words = tr(
        "There are no escalation policies yet. A policy says who is called for help, in which order, and how long "
        "each has to answer. Until then calls go to supervisors, after 5 minutes to everybody who leads, three "
        "times in all."
    )
    nothing = EmptyState(words, tr("Begin with the usual one"), "siren")
    inside = nothing.layout()
    if isinstance(inside, QVBoxLayout):
        inside.insertWidget(inside.count() - 1, blank, 0, Qt.AlignmentFlag.AlignHCenter)
    return EntryStates(columns, nothing, PageHead(tr("Escalations")), 78)
