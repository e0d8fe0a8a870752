"""What the page of escalation policies asks: the workspace and who changed it last, and who would be called now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inbox.model.escalation import Ladder
from inbox.model.workspace import Workspace
from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.flow.escalate.asking import WouldCall
    from inbox.store.engine import Session


@dataclass(frozen=True, slots=True)
class Scene:
    """``who`` changed the configuration last ("" while nobody did), and which ``ladder``, if it was one."""

    workspace: Workspace
    who: str = ""
    ladder: str = ""


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


def load(s: "Session") -> Scene:
    """For a read lane."""
    from inbox.flow.escalate.checks import LADDERS
    from inbox.flow.races import who
    from inbox.store import config

    event = config.last_change(s)
    name = who(s, event.actor) if event is not None else ""
    ladder = str(event.details.get(LADDERS.noun) or "") if event is not None else ""
    return Scene(config.load(s), name, ladder)


def asker(context: Context) -> Callable[[Question, Callable[[], bool]], Answer]:
    """What answers a question on a lane: by the checks that saving makes, and the code that steps calls."""

    def work(question: Question, _stop: Callable[[], bool]) -> Answer:
        from inbox.flow.escalate.asking import would_call
        from inbox.flow.escalate.checks import problems_of

        found = problems_of(question.workspace, question.ladder, replaces=question.replaces)
        problems = dict(reversed(found))
        return Answer(problems, would_call(question.workspace, question.ladder, context.now()))

    return work
