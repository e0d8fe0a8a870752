"""Names of networks, people and facts as the screens write them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from inbox.model.account import Account
from inbox.model.people import Employee
from inbox.model.words import CloseReason, Metric, Status

NETWORKS = {"mastodon": "Mastodon", "bluesky": "Bluesky", "demo": "Demo"}


def network_title(network: str) -> str:
    """A network's own spelling of its name."""
    return NETWORKS.get(network, network.capitalize())


def full_name(name: str, employees: Sequence[Employee]) -> str:
    """The full name of an employee, or the name as it is where nobody has it."""
    return next((person.full_name or person.name for person in employees if person.name == name), name)


def brand_name(account: Account | None, fallback: str = "") -> str:
    """Who speaks when an account speaks."""
    if account is None:
        return fallback
    named = account.brand if account.brand != account.handle else ""
    return named or account.display_name or account.handle


def status_words(status: Status, reason: CloseReason | None = None) -> str:
    """A thread's status as a word; closed says why."""
    words = {
        Status.NEW: _tr("New"),
        Status.OPEN: _tr("Open"),
        Status.WAITING: _tr("Waiting"),
        Status.SNOOZED: _tr("Snoozed"),
        Status.CLOSED: _tr("Closed"),
    }[status]
    if status is Status.CLOSED and reason is not None:
        return _tr("Closed: %1").replace("%1", reason_words(reason).lower())
    return words


def reason_words(reason: CloseReason) -> str:
    """A closing reason as people read it."""
    return {
        CloseReason.ANSWERED: _tr("Answered"),
        CloseReason.NO_REPLY_NEEDED: _tr("No reply needed"),
        CloseReason.SPAM: _tr("Spam"),
        CloseReason.DUPLICATE: _tr("Duplicate"),
        CloseReason.HANDLED_ELSEWHERE: _tr("Handled elsewhere"),
    }[reason]


def metric_words(metric: Metric) -> str:
    """What a clock measures."""
    return {
        Metric.FIRST: _tr("First response"),
        Metric.NEXT: _tr("Next response"),
        Metric.RESOLUTION: _tr("Resolution"),
    }[metric]


def _tr(text: str) -> str:
    return QCoreApplication.translate("words", text)
