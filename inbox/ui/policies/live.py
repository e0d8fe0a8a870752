"""Asks, while somebody types, what is wrong with the policy, what it would promise, and which threads it would take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inbox.model.words import Priority
from inbox.model.workspace import Policy, Workspace
from inbox.ui.context import Context
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


Work = Callable[[Any, Callable[[], bool]], Any]


class Asker(QObject):
    """One question at a time: newer ones wait for the lane and replace each other, so that reading stays free."""

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context, work: Work, pause: int, parent: QObject) -> None:
        """``work`` runs on a read lane with the question and what tells it to stop; ``pause`` are milliseconds."""
        super().__init__(parent)
        self._context = context
        self._work = work
        self._next: Any = None
        self._asking: Any = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause)
        self._pause.timeout.connect(self._ask)

    @property
    def busy(self) -> bool:
        """True while an answer is awaited."""
        return self._pause.isActive() or self._asking is not None

    def ask(self, question: Question, *, at_once: bool = False) -> None:
        """Asks when the keys rest, or at once."""
        self._next = question
        if at_once:
            self._pause.stop()
            self._ask()
        else:
            self._pause.start()

    def forget(self) -> None:
        """No answer is wanted any more."""
        self._next = None
        self._pause.stop()

    @Slot()
    def _ask(self) -> None:
        question = self._next
        if question is None or self._asking is not None:
            return
        self._asking = question
        work = self._work
        self._context.lanes.run(lambda: work(question, lambda: self._next is not question), self._arrived, self._broken)

    def _arrived(self, answer: object) -> None:
        if self._is_stale():
            return
        self._next = None
        self.answered.emit(answer)

    def _broken(self, error: Exception) -> None:
        # Who types on stops the older question: that is no trouble.
        if self._is_stale():
            return
        self._next = None
        self.failed.emit(error)

    def _is_stale(self) -> bool:
        """Somebody typed on meanwhile: then what they typed is asked."""
        stale = self._next is not self._asking
        self._asking = None
        if stale and self._next is not None and not self._pause.isActive():
            self._ask()
        return stale
