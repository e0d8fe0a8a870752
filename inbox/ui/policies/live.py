"""Asks, while somebody types, what is wrong with the policy, what it would promise, and which threads it would take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from inbox.model.words import Priority
from inbox.model.workspace import Policy, Workspace
from inbox.ui.entries.reading import by_field

if TYPE_CHECKING:
    from datetime import datetime

    from inbox.flow.policies import Caught, Promises, Sample
    from inbox.store.engine import Store

DAYS = 7


@dataclass(frozen=True, slots=True)
class Question:
    """A policy as it stands on screen, and the mention that it is tried on.

    ``replaces`` is its stored name, ``position`` where a new one is to stand; ``posted`` is a time as it was typed.
    """

    policy: Policy
    replaces: str | None
    position: int | None
    workspace: Workspace
    posted: str
    priority: Priority
    area: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is wrong, by field, and what is promised; ``trouble`` says why nothing is, ``posted_trouble`` why the time
    typed is none.
    """

    problems: dict[str, str]
    promises: "Promises | None" = None
    trouble: str = ""
    posted_trouble: str = ""


class Judging(Protocol):
    """How a policy is asked about. Both are called on a lane."""

    def promises(self, question: Question, now: "datetime") -> Answer:
        """What is wrong, and what is promised."""

    def caught(self, store: "Store", question: Question, now: "datetime", stop: Callable[[], bool]) -> "Caught | None":
        """Which stored threads it would take; None where it cannot be asked. May raise ``Stopped``."""

    def refresh(self) -> None:
        """Threads came in or changed: they are read anew."""


class Flows:
    """The flows, imported on the lane that asks. The threads are read once and kept while policies are edited."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._sample: Sample | None = None

    def refresh(self) -> None:
        """The next question reads the threads anew."""
        self._sample = None

    def promises(self, question: Question, now: "datetime") -> Answer:
        """By the checks that saving makes, then by the preview that the command shows."""
        from inbox.flow import policies
        from inbox.sla.hours import CalendarRefused
        from inbox.store.errors import NotFound

        found = policies.problems_of(question.workspace, question.policy, replaces=question.replaces)
        problems = by_field(found)
        try:
            calendar = policies.calendar_of(question.workspace, question.policy, question.area)
            try:
                at = policies.posted_at(question.posted, calendar, now)
            except CalendarRefused:
                raise
            except ValueError as error:
                return Answer(problems, posted_trouble=str(error))
            made = policies.promises(question.workspace, question.policy, question.priority, question.area, at)
        except (CalendarRefused, NotFound) as error:
            return Answer(problems, trouble=str(error))
        return Answer(problems, made)

    def caught(self, store: "Store", question: Question, now: "datetime", stop: Callable[[], bool]) -> "Caught | None":
        """By the code that gives clocks their terms."""
        from inbox.flow import policies

        kept = self._sample
        if kept is None:
            kept = self._sample = policies.sample(store, days=DAYS, now=now)
        asked = question.policy
        if any(field.startswith("when") for field, _ in policies.problems_of(question.workspace, asked)):
            return None
        return policies.caught(
            kept, question.workspace, asked, replaces=question.replaces, position=question.position, stop=stop
        )
