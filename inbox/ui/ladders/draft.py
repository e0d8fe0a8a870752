"""An escalation policy under edit: what stands in its fields, finished or not."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from inbox.model import duration
from inbox.model.escalation import Ladder, LadderStep
from inbox.model.workspace import Workspace
from inbox.ui.entries.book import EntryBook, Kind

USUAL_WAIT: Final = "5m"


@dataclass(frozen=True, slots=True)
class StepDraft:
    """Whom a step calls, and how long it waits as it was typed."""

    to: tuple[str, ...] = ()
    wait: str = USUAL_WAIT


@dataclass(frozen=True, slots=True)
class Draft:
    """What the editor holds. ``base`` is the stored policy that it began from, None for a new one."""

    name: str = ""
    steps: tuple[StepDraft, ...] = (StepDraft(),)
    repeat: int = 0
    base: Ladder | None = None
    position: int = 0

    @property
    def edited(self) -> bool:
        """True while it differs from what is stored."""
        return self.base is None or ladder_of(self) != self.base or bool(unfinished(self, name=False))


def usual() -> Draft:
    """What most begin with: those who supervise, then everybody who leads, twice again."""
    steps = (StepDraft(("supervisor",), "5m"), StepDraft(("supervisor", "crisis lead", "admin"), "10m"))
    return Draft(_tr("help"), steps, 2)


def draft_of(ladder: Ladder, position: int = 0) -> Draft:
    """The draft that a policy begins as."""
    steps = tuple(StepDraft(each.to, duration.show(each.wait)) for each in ladder.steps)
    return Draft(ladder.name, steps, ladder.repeat, ladder, position)


def ladder_of(draft: Draft) -> Ladder:
    """The policy as it stands; a wait that cannot be read is none."""
    steps = tuple(LadderStep(each.to, _span(each.wait) or timedelta(0)) for each in draft.steps)
    return Ladder(draft.name.strip(), steps, draft.repeat)


def unfinished(draft: Draft, *, name: bool = True) -> dict[str, str]:
    """What is missing or cannot be read, by field ("name", "steps.0.to", "steps.0.wait"), in plain words."""
    found: dict[str, str] = {}
    if name and not draft.name.strip():
        found["name"] = _tr("Give the policy a name.")
    if not draft.steps:
        found["steps"] = _tr("Nobody would be called. Add a step.")
    for at, step in enumerate(draft.steps):
        if not step.to:
            found[f"steps.{at}.to"] = _tr("Say who is called.")
        if not step.wait.strip():
            found[f"steps.{at}.wait"] = _tr("Say how long it waits for an answer.")
        elif _span(step.wait) is None:
            found[f"steps.{at}.wait"] = _tr("Write it like 90s, 5m or 1h.")
    return found


def _span(text: str) -> timedelta | None:
    """People write "1h 30m" and "2 H"."""
    try:
        return duration.parse("".join(text.split()).lower()) if text.strip() else None
    except ValueError:
        return None


def _stored(workspace: Workspace) -> tuple[Ladder, ...]:
    # Imported here: by now the store is open, and the first paint is over.
    from inbox.flow.escalate.checks import stored

    return stored(workspace)


def _put(workspace: Workspace, ladders: tuple[Ladder, ...]) -> Workspace:
    """In that order, each as the workspace file says it."""
    said = {each["name"]: each for each in workspace.escalations}
    return replace(workspace, escalations=tuple(said[each.name] for each in ladders))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ladders", text)


def book() -> EntryBook[Ladder, Draft]:
    """The policies as the screen holds them."""
    return EntryBook(Kind(_stored, _put, draft_of, ladder_of))
