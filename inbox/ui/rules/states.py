"""What the rules page says while there are no rules."""

from PySide6.QtCore import QCoreApplication

from inbox.ui.entries.columns import EntryColumns
from inbox.ui.entries.states import EntryStates
from inbox.ui.widgets import EmptyState, PageHead


def states(columns: EntryColumns) -> EntryStates:
    """``columns`` show the rules."""
    nothing = EmptyState(
        _tr(
            "There are no rules yet. A rule looks at each new mention and decides its area, its priority or its "
            "tags. The first rule that matches wins."
        ),
        _tr("Write the first rule"),
        "rule",
    )
    return EntryStates(columns, nothing, PageHead(_tr("Rules"), _tr("first match wins")), 52)


def _tr(text: str) -> str:
    return QCoreApplication.translate("rules", text)
