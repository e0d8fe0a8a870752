"""Which ladder a reason has, and whom a step's words stand for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.model.escalation import Ladder, LadderStep
from inbox.model.ids import EmployeeId
from inbox.model.people import Employee
from inbox.model.words import Role
from inbox.model.workspace import Workspace
from inbox.routing.shift import on_shift
from inbox.store import escalations
from inbox.store.errors import NotFound

ON_SHIFT: Final = "on shift:"
SERVICES: Final = ("apprise:", "webhook:")
USUAL: Final = "help"
"""The ladder of a workspace that has none of its own."""
_USUAL_LADDER: Final = Ladder(
    USUAL,
    (
        LadderStep(("supervisor",), timedelta(minutes=5)),
        LadderStep(("supervisor", "crisis lead", "admin"), timedelta(minutes=10)),
    ),
    repeat=2,
)
ROLES: Final = {str(role): role for role in Role}


@dataclass(frozen=True, slots=True)
class Target:
    """One that is called: an employee, or (``employee_id`` None) a service, or nobody at all."""

    key: str
    employee_id: EmployeeId | None
    nobody: bool = False


def ladders(workspace: Workspace) -> tuple[Ladder, ...]:
    """The workspace's ladders in their order; the usual one where there is none."""
    found = tuple(escalations.ladder_of(each) for each in workspace.escalations)
    return found or (_USUAL_LADDER,)


def ladder_for(workspace: Workspace, reason: str) -> Ladder:
    """The ladder that a reason names, else the first."""
    known = ladders(workspace)
    return next((each for each in known if each.name.casefold() == reason.strip().casefold()), known[0])


def check_named(workspace: Workspace, name: str) -> None:
    """Raise ``NotFound`` where no ladder has this name: a person who chose one is not to reach others."""
    known = [each.name for each in ladders(workspace)]
    if name.strip().casefold() not in {each.casefold() for each in known}:
        raise NotFound(f"There is no escalation policy “{name}”. There are: {', '.join(f'“{n}”' for n in known)}.")


def targets(step: LadderStep, workspace: Workspace, now: datetime) -> list[Target]:
    """Whom a step calls now. Away and off shift are called only by their own name, or where nobody of those meant is
    there: better woken than burnt.
    """
    found: dict[str, Target] = {}
    for word in step.to:
        if word.startswith(SERVICES):
            found.setdefault(word, Target(word, None))
            continue
        people = _people(word, workspace, now)
        if not people:
            found.setdefault(word, Target(word, None, nobody=True))
        for each in people:
            found.setdefault(each.name, Target(each.name, each.id))
    return list(found.values())


def _people(word: str, workspace: Workspace, now: datetime) -> list[Employee]:
    named = [each for each in workspace.employees if each.name == word]
    if named:
        return named
    if word.startswith(ON_SHIFT):
        area = word.removeprefix(ON_SHIFT).strip()
        meant = [each for each in workspace.employees if area in each.areas]
        return [each for each in meant if on_shift(each, now, workspace.settings.time_zone)]
    role = ROLES.get(word)
    meant = [each for each in workspace.employees if role in each.roles]
    there = [each for each in meant if on_shift(each, now, workspace.settings.time_zone)]
    return there or meant


def service_key(target: str) -> str:
    """Under which name a service's address is kept among the workspace's secrets."""
    return f"service-{target.replace(':', '-')}"


def is_service(word: str) -> bool:
    """Whether a step's word names a service: a kind and a name."""
    return word.startswith(SERVICES) and bool(word.partition(":")[2].strip())
