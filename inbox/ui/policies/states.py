"""What the policies page says while there are no policies."""

from PySide6.QtCore import QCoreApplication

from inbox.ui.entries.columns import EntryColumns
from inbox.ui.entries.states import EntryStates
from inbox.ui.widgets import EmptyState, PageHead


def states(columns: EntryColumns) -> EntryStates:
    """``columns`` show the policies."""
    nothing = EmptyState(
        _tr(
            "There are no policies yet. A policy promises how soon mentions are answered, in which hours, and what "
            "happens when that is close or late. The first that fits a mention holds. Until then times are "
            "measured, and nothing has a deadline."
        ),
        _tr("Write the first policy"),
        "clock",
    )
    return EntryStates(columns, nothing, PageHead(_tr("Policies"), _tr("first match holds")), 96)


def _tr(text: str) -> str:
    return QCoreApplication.translate("policies", text)
