"""What is wrong with an escalation policy, and what is allowed and may still surprise."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from inbox.flow import config_shape
from inbox.flow.entries import Listed, Trouble
from inbox.flow.escalate.nobody import unknown
from inbox.model import duration
from inbox.model.escalation import Ladder
from inbox.model.workspace import Workspace
from inbox.store import config
from inbox.store.engine import Session
from inbox.store.escalations import ladder_document, ladder_of

MOST_STEPS: Final = 20
MOST_REPEATS: Final = 50
LONGEST_WAIT: Final = timedelta(days=1)


def stored(workspace: Workspace) -> tuple[Ladder, ...]:
    """The escalation policies of a workspace, in their order."""
    return tuple(ladder_of(each) for each in workspace.escalations)


def _put(s: Session, ladders: Sequence[Ladder]) -> None:
    """What else the file says of a policy of this name is kept."""
    more: dict[str, dict[str, Any]] = {each["name"]: each for each in config.load(s).escalations}
    config.save_escalations(s, [{**more.get(each.name, {}), **ladder_document(each)} for each in ladders])


LADDERS: Listed[Ladder] = Listed(
    "escalation policy",
    "escalation policies",
    stored,
    _put,
    ladder_document,
    changed="changed the order of the escalation policies",
)


def problems_of(workspace: Workspace, ladder: Ladder, *, replaces: str | None = None) -> list[Trouble]:
    """Everything that is wrong, by field: ``name``, ``repeat``, ``steps``, ``steps.0.to``, ``steps.0.wait``.

    Empty for one that can be saved. ``replaces`` names the policy that it is an edit of.
    """
    found = [
        (_field(place), sentence)
        for place, sentence in config_shape.escalation_problems(ladder_document(ladder), workspace)
    ]
    shapeless = {field for field, _ in found}
    if not ladder.name.strip() and "name" not in shapeless:
        found.append(("name", "Give it a name: people call it by that, and rules name it."))
    twin = LADDERS.twin(workspace, ladder.name, replaces)
    if twin is not None:
        found.append(("name", twin))
    if not 0 <= ladder.repeat <= MOST_REPEATS:
        found.append(("repeat", f"It can be repeated {MOST_REPEATS} times at most."))
    if not ladder.steps:
        found.append(("steps", "Nobody would be called. Add a step."))
    if len(ladder.steps) > MOST_STEPS:
        found.append(("steps", f"There can be {MOST_STEPS} steps at most."))
    for place, step in enumerate(ladder.steps):
        to = f"steps.{place}.to"
        if to not in shapeless:
            found += [(to, said) for word in step.to if (said := unknown(workspace, word)) is not None]
        if not step.to:
            found.append((to, "Say who is called."))
        if not timedelta(0) < step.wait <= LONGEST_WAIT:
            longest = duration.show(LONGEST_WAIT)
            found.append((f"steps.{place}.wait", f"Wait for an answer, and for {longest} at most."))
    return found


def _field(place: tuple[str | int, ...]) -> str:
    return ".".join(str(each) for each in place[:3]) or "name"
