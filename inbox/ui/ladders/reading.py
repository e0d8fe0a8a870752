"""What the page of escalation policies asks: what is wrong, and who would be called now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inbox.model.escalation import Ladder
from inbox.model.workspace import Workspace
from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.flow.escalate.asking import WouldCall


@dataclass(frozen=True, slots=True)
class Question:
    """A policy as it stands on screen; ``replaces`` is its stored name."""

    ladder: Ladder
    replaces: str | None
    workspace: Workspace


@dataclass(frozen=True, slots=True)
class Answer:
    """What is wrong, by field, and who would be called now."""

    problems: dict[str, str]
    would: "WouldCall"


def asker(context: Context) -> Callable[[Question, Callable[[], bool]], Answer]:
    """What answers a question on a lane: by the checks that saving makes, and the code that steps calls."""

    def work(question: Question, _stop: Callable[[], bool]) -> Answer:
        from inbox.flow.escalate.asking import would_call
        from inbox.flow.escalate.checks import problems_of

        found = problems_of(question.workspace, question.ladder, replaces=question.replaces)
        problems = dict(reversed(found))
        return Answer(problems, would_call(question.workspace, question.ladder, context.now()))

    return work
