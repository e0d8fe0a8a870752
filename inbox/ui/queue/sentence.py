"""A row of the queue as a sentence, for screen readers."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from inbox.model.thread import ThreadRow
from inbox.model.words import Status
from inbox.ui.widgets.deadline import DeadlineState, row_deadline, spoken
from inbox.ui.widgets.words import counted

EXCERPT = 160


def sentence(row: ThreadRow, now: datetime) -> str:
    """New, who, where, how many, when due, area and state, whose it is, and what was said."""
    parts = [_who(row), _due(row, now), _where(row), _whose(row), row.text[:EXCERPT].strip()]
    spoken_parts = [part for part in parts if part]
    if row.unread:
        spoken_parts.insert(0, _tr("New"))
    return ". ".join(spoken_parts)


def _who(row: ThreadRow) -> str:
    words = [row.author_name or row.author_handle, row.network.capitalize()]
    if row.mentions > 1:
        words.append(counted("%n mention(s)", row.mentions, "row"))
    return ", ".join(word for word in words if word)


def _due(row: ThreadRow, now: datetime) -> str:
    shown = row_deadline(row, now)
    return "" if shown.state is DeadlineState.NONE else spoken(shown, row.next_due_at, now)


def _where(row: ThreadRow) -> str:
    words = [row.area or _tr("Unsorted")]
    if row.incident:
        words.append(_tr("incident %1").replace("%1", row.incident))
    if row.escalated:
        words.append(_tr("escalated"))
    if row.status in {Status.SNOOZED, Status.CLOSED}:
        words.append(str(row.status))
    return ", ".join([*words, *row.tags])


def _whose(row: ThreadRow) -> str:
    return _tr("Assigned to %1").replace("%1", row.assignee) if row.assignee else _tr("Nobody assigned")


def _tr(text: str) -> str:
    return QCoreApplication.translate("row", text)
