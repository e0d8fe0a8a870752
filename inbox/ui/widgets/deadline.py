"""Deadlines in words: what a pill says and which state it is in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from inbox.model.thread import ThreadRow
from inbox.model.words import Status
from inbox.ui.widgets.words import counted

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class DeadlineState(StrEnum):
    """How a deadline is shown; shape, icon and words differ, then colour."""

    NONE = "none"
    OK = "ok"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"
    MET = "met"


ICONS = {
    DeadlineState.OK: "clock",
    DeadlineState.SOON: "hourglass",
    DeadlineState.LATE: "triangle",
    DeadlineState.PAUSED: "pause",
    DeadlineState.MET: "check",
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A state, its words, and shorter words for where there is little room."""

    state: DeadlineState
    text: str
    short: str = ""


NO_DEADLINE = Deadline(DeadlineState.NONE, "")


def deadline(due: datetime | None, warn: datetime | None, now: datetime) -> Deadline:
    """The running deadline ``due``, soon from ``warn`` on; times aware UTC."""
    if due is None:
        return NO_DEADLINE
    left = due - now
    if left < timedelta(0):
        short = span(-left)
        return Deadline(DeadlineState.LATE, _tr("%1 late").replace("%1", short), short)
    state = DeadlineState.SOON if warn is not None and now >= warn else DeadlineState.OK
    return Deadline(state, span(left), span(left))


def row_deadline(row: ThreadRow, now: datetime) -> Deadline:
    """What the pill of a queue row says."""
    if row.next_due_at is not None and row.status is not Status.CLOSED:
        return deadline(row.next_due_at, row.warn_at, now)
    if row.status is Status.WAITING:
        return Deadline(DeadlineState.PAUSED, _tr("Waiting"), _tr("Waiting"))
    if row.met_at is not None:
        return met(row.met_at, now)
    return NO_DEADLINE


def met(at: datetime, now: datetime) -> Deadline:
    """A deadline that was kept ``at``: the user's own time of day, or the day when it is not today."""
    local, today = at.astimezone(), now.astimezone().date()
    words = (
        f"{local:%H:%M}"
        if local.date() == today
        else QLocale().toString(QDate(local.year, local.month, local.day), "d MMM")
    )
    return Deadline(DeadlineState.MET, _tr("Met %1").replace("%1", words), words)


def span(length: timedelta) -> str:
    """A length of time: minutes under an hour, then "1 h 20", past a day "2 d"."""
    seconds = int(length.total_seconds())
    if seconds < HOUR:
        return _tr("%1 min").replace("%1", str(seconds // MINUTE))
    if seconds < DAY:
        hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
        if not minutes:
            return _tr("%1 h").replace("%1", str(hours))
        return _tr("%1 h %2").replace("%1", str(hours)).replace("%2", f"{minutes:02d}")
    return _tr("%1 d").replace("%1", str(seconds // DAY))


def spoken(shown: Deadline, due: datetime | None, now: datetime) -> str:
    """The deadline as a sentence for screen readers, without the full stop."""
    if shown.state is DeadlineState.LATE:
        return _tr("Late by %1").replace("%1", spoken_span(now - due) if due else shown.short)
    if shown.state in {DeadlineState.OK, DeadlineState.SOON} and due is not None:
        return _tr("Due in %1").replace("%1", spoken_span(due - now))
    if shown.state is DeadlineState.PAUSED:
        return _tr("Waiting on the customer")
    return shown.text


def spoken_span(length: timedelta) -> str:
    """A length of time in whole words."""
    seconds = int(length.total_seconds())
    if seconds < HOUR:
        return counted("%n minute(s)", seconds // MINUTE, "deadline")
    if seconds < DAY:
        return counted("%n hour(s)", seconds // HOUR, "deadline")
    return counted("%n day(s)", seconds // DAY, "deadline")


def _tr(text: str) -> str:
    return QCoreApplication.translate("deadline", text)
