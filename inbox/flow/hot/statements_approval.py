"""Who may approve a statement: somebody else than whoever wrote it, where there is somebody else. Pure."""

from collections.abc import Iterable
from typing import Final

from inbox.model.people import Employee
from inbox.model.words import Role

COMMAND: Final = "command"
"""Whoever works at the command line holds the whole workspace in hand."""
_ROLES: Final = (Role.CRISIS_LEAD, Role.SUPERVISOR, Role.ADMIN)


def approvers(staff: Iterable[Employee]) -> list[Employee]:
    """Crisis leads, supervisors and admins who are not away; where there are none, everybody who is not away."""
    here = [each for each in staff if not each.away]
    return [each for each in here if set(_ROLES) & set(each.roles)] or here


def others(staff: Iterable[Employee], writer: str) -> list[Employee]:
    """Those of them who did not write it."""
    return [each for each in approvers(staff) if each.name != writer]


def to_ask(staff: Iterable[Employee], writer: str) -> list[Employee]:
    """Whom a question for approval goes to: crisis leads, else supervisors, else admins, else whoever may."""
    may = others(staff, writer)
    for role in _ROLES:
        found = [each for each in may if role in each.roles]
        if found:
            return found
    return may


def why_not(actor: str, staff: Iterable[Employee], writer: str) -> str:
    """Why ``actor`` may not approve what ``writer`` wrote, in a sentence that says who may; empty where they may."""
    staff = tuple(staff)
    may = others(staff, writer)
    if actor == writer:
        return f"You wrote it, so somebody else approves it: {_either(may)}." if may else _no_role(actor, staff)
    if actor == COMMAND or actor in {each.name for each in may}:
        return ""
    return _no_role(actor, staff)


def _no_role(actor: str, staff: tuple[Employee, ...]) -> str:
    may = approvers(staff)
    if not may or actor == COMMAND or actor in {each.name for each in may}:
        return ""
    return f"A crisis lead, a supervisor or an admin approves a statement: {_either(may)}."


def _either(people: list[Employee]) -> str:
    *first, last = [each.full_name or each.name for each in people]
    return f"{', '.join(first)} or {last}" if first else last
