"""Whom an escalation policy of the workspace file names, and who is not there."""

from inbox.flow.config_lines import Place
from inbox.flow.escalate.ladders import ON_SHIFT, ROLES, SERVICES, is_service
from inbox.model.workspace import Workspace
from inbox.store.escalations import ladder_of


def unknown(workspace: Workspace, word: str) -> str | None:
    """Why a step's word stands for nobody, in a sentence; None for one that stands for somebody."""
    if word.startswith(SERVICES):
        return None if is_service(word) else "A service needs a name: apprise:slack, webhook:pager."
    if word.startswith(ON_SHIFT):
        area = word.removeprefix(ON_SHIFT).strip()
        known = any(each.name == area for each in workspace.areas)
        return None if known else f"There is no area “{area}”."
    if word in ROLES or any(each.name == word for each in workspace.employees):
        return None
    return f"There is nobody called “{word}”. Name a person, a role, “on shift:AREA” or a service."


def notes(workspace: Workspace) -> list[tuple[Place, str]]:
    """Every word that stands for nobody, and its place in the workspace file."""
    found: list[tuple[Place, str]] = []
    for n, ladder in enumerate(map(ladder_of, workspace.escalations)):
        for m, step in enumerate(ladder.steps):
            place: Place = ("escalations", n, "steps", m, "to")
            found += [((*place, k), said) for k, word in enumerate(step.to) if (said := unknown(workspace, word))]
    return found
