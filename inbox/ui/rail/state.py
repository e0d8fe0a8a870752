"""How the workspace is doing, in a line: the collector, the accounts, the last pull."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from inbox.model.words import HealthState
from inbox.ui.widgets.deadline import span
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.model.ids import EmployeeId
    from inbox.store.engine import Session

FRESH = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Pulse:
    """What was read: whether a collector runs, accounts in need, the last successful pull, queued replies, and
    the notices that whoever is at the desk has not seen.
    """

    collector: bool = False
    needing: int = 0
    accounts: int = 0
    last_pull: datetime | None = None
    outbox: int = 0
    notices: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """The words, their icon and their colour role."""

    text: str
    icon: str
    tone: str


def read(session: "Session", now: datetime, me: "EmployeeId | None" = None) -> Pulse:
    """Reads the pulse of the workspace for ``me``."""
    from inbox.store import accounts, lease, notices, sources
    from inbox.store.unsent import unsent

    found = accounts.all(session)
    pulls = [
        source.last_success_at
        for account in found
        for source in sources.for_account(session, account.id)
        if source.last_success_at is not None
    ]
    needing = sum(account.health is HealthState.SIGN_IN for account in found)
    holder = lease.living(session, now)
    going = unsent(session)
    unseen = 0 if me is None else notices.unseen_count(session, me)
    return Pulse(holder is not None, needing, len(found), max(pulls, default=None), going.soon + going.paced, unseen)


def line(pulse: Pulse | None, now: datetime, trouble: str = "") -> Line:
    """The line at the foot of the side bar; ``trouble`` is what kept the collector from starting."""
    if trouble:
        return Line(trouble, "triangle", "late")
    if pulse is None:
        return Line(_tr("Opening the workspace"), "refresh", "text3")
    if pulse.needing:
        return Line(_needing(pulse.needing), "triangle", "late")
    if not pulse.collector:
        return Line(_tr("No collector is running"), "triangle", "soon")
    return _pulled(pulse, now)


def _needing(n: int) -> str:
    return _tr("1 account needs you") if n == 1 else counted("%n account(s) need you", n, "rail")


def _pulled(pulse: Pulse, now: datetime) -> Line:
    """When a collector runs: how fresh the threads are."""
    if not pulse.accounts:
        return Line(_tr("No account yet"), "plug", "text3")
    if pulse.last_pull is None:
        return Line(_tr("Waiting for the first pull"), "refresh", "text2")
    ago = now - pulse.last_pull
    if ago <= FRESH:
        return Line(_tr("Up to date, %1 ago").replace("%1", short(ago)), "refresh", "text2")
    return Line(_tr("Last pull %1 ago").replace("%1", short(ago)), "refresh", "soon")


def short(length: timedelta) -> str:
    """Seconds under a minute, else as deadlines are written."""
    seconds = max(0, int(length.total_seconds()))
    return _tr("%1 s").replace("%1", str(seconds)) if seconds < 60 else span(length)  # noqa: PLR2004 - a minute


def _tr(text: str) -> str:
    return QCoreApplication.translate("rail", text)
