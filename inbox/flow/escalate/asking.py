"""Who would be called now, step by step, and when; nobody is called by asking."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from inbox.flow.escalate.ladders import targets
from inbox.model.escalation import Ladder
from inbox.model.people import Employee
from inbox.model.workspace import Workspace
from inbox.routing.shift import on_shift


class There(StrEnum):
    """Whether one who would be called is there."""

    ON_SHIFT = "on shift"
    OFF_SHIFT = "off shift"
    AWAY = "away"
    SERVICE = "service"
    NOBODY = "nobody there"


@dataclass(frozen=True, slots=True)
class Called:
    """One that a step would call: a person's name and full name, a service, or the words that mean nobody now."""

    key: str
    name: str
    there: There


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step as it would be taken: so long after the call is raised, and how long it waits (none if nobody's there)."""

    after: timedelta
    called: tuple[Called, ...]
    wait: timedelta

    @property
    def reaches(self) -> bool:
        """Whether anybody is called."""
        return any(each.there is not There.NOBODY for each in self.called)


@dataclass(frozen=True, slots=True)
class WouldCall:
    """One round of a ladder, how often all of it is repeated, and when those who lead are told that nobody came."""

    steps: tuple[StepNow, ...]
    repeat: int
    over: timedelta


def would_call(workspace: Workspace, ladder: Ladder, now: datetime) -> WouldCall:
    """As the collector would step it if the call was raised at ``now`` and people stayed as they are."""
    after = timedelta(0)
    steps: list[StepNow] = []
    for step in ladder.steps:
        people = {each.name: each for each in workspace.employees}
        called = tuple(
            Called(each.key, _name(people, each.key), _there(people, each.key, workspace, now, nobody=each.nobody))
            for each in targets(step, workspace, now)
        )
        reaches = any(each.there is not There.NOBODY for each in called)
        steps.append(StepNow(after, called, step.wait if reaches else timedelta(0)))
        after += steps[-1].wait
    return WouldCall(tuple(steps), ladder.repeat, after * (ladder.repeat + 1))


def _name(people: dict[str, Employee], key: str) -> str:
    return (people[key].full_name or key) if key in people else key


def _there(people: dict[str, Employee], key: str, workspace: Workspace, now: datetime, *, nobody: bool) -> There:
    if nobody:
        return There.NOBODY
    person = people.get(key)
    if person is None:
        return There.SERVICE
    if person.away:
        return There.AWAY
    return There.ON_SHIFT if on_shift(person, now, workspace.settings.time_zone) else There.OFF_SHIFT
