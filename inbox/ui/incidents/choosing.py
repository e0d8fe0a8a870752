"""What can be chosen in a room: how bad it is, and whose it is."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from inbox.model.people import Employee
from inbox.ui.decisions.picker import Choice
from inbox.ui.incidents import words


def severities() -> list[Choice]:
    """The worst first."""
    return [Choice(each, words.severity(each), icon=words.SEVERITIES[each][1]) for each in words.SEVERITIES]


def owners(employees: Iterable[Employee], me: str) -> list[Choice]:
    """Me first, then the others by name; nobody at the end."""
    people = sorted(employees, key=lambda each: (each.name != me, each.away, each.full_name or each.name))
    found = [
        Choice(
            each.name,
            each.full_name or each.name,
            _tr("you") if each.name == me else _tr("away") if each.away else "",
            initials=each.initials,
        )
        for each in people
    ]
    return [*found, Choice(None, _tr("Nobody"), icon="close")]


def _tr(text: str) -> str:
    return QCoreApplication.translate("incidents", text)
