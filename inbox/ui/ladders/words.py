"""How escalation policies are spoken of: whom a step calls, when, and who is there."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from inbox.model.escalation import Ladder
from inbox.model.people import Employee
from inbox.model.workspace import Workspace
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.flow.escalate.asking import Called, StepNow, WouldCall

ROLES = {"crisis lead": "Crisis lead", "supervisor": "Supervisor", "admin": "Admin"}
ON_SHIFT = "on shift:"
SERVICES = ("apprise:", "webhook:")
THERE = {
    "on shift": "on shift",
    "off shift": "off shift, called all the same",
    "away": "away, called all the same",
    "service": "service",
}


def tr(text: str) -> str:
    """Words of this page."""
    return QCoreApplication.translate("ladders", text)


def options(workspace: Workspace, services: tuple[str, ...] = ()) -> dict[str, str]:
    """Whom a step may call: what is written, and how it is said."""
    found = {each: tr(words) for each, words in ROLES.items()}
    found |= {f"{ON_SHIFT}{each.name}": tr("On shift: %1").replace("%1", each.name) for each in workspace.areas}
    found |= {each.name: _person(each) for each in workspace.employees}
    return found | {each: each for each in services}


def _person(each: Employee) -> str:
    return each.full_name or each.name


def services_of(ladders: tuple[Ladder, ...]) -> tuple[str, ...]:
    """The services that policies name, by name."""
    named = {word for ladder in ladders for step in ladder.steps for word in step.to}
    return tuple(sorted(each for each in named if each.startswith(SERVICES) and each.partition(":")[2].strip()))


def span_words(span: timedelta) -> str:
    """A span as people say it: 5 min, 1 h 30 min, 20 s, 1 d."""
    left = int(span.total_seconds())
    said = []
    for size, unit in ((86_400, tr("%1 d")), (3_600, tr("%1 h")), (60, tr("%1 min")), (1, tr("%1 s"))):
        number, left = divmod(left, size)
        if number:
            said.append(unit.replace("%1", str(number)))
    return " ".join(said) or unit.replace("%1", "0")


def after_words(span: timedelta) -> str:
    """When a step comes."""
    return tr("after %1").replace("%1", span_words(span)) if span else tr("at once")


def times_words(repeat: int) -> str:
    """How often all of it comes again."""
    if repeat <= 0:
        return tr("Never")
    if repeat <= 2:  # noqa: PLR2004 - what has a word of its own
        return tr("Once") if repeat == 1 else tr("Twice")
    return counted("%n time(s)", repeat, "ladders")


def repeat_words(repeat: int) -> str:
    """How often all of it is repeated, in a line that says more."""
    if repeat <= 0:
        return tr("not repeated")
    if repeat <= 2:  # noqa: PLR2004 - what has a word of its own
        return tr("repeated once") if repeat == 1 else tr("repeated twice")
    return counted("repeated %n times", repeat, "ladders")


def row_lines(ladder: Ladder, known: Mapping[str, str]) -> tuple[str, str]:
    """The two lines below a policy's name: whom it calls in which order, and its steps."""
    whom = " → ".join(", ".join(known.get(word, word) for word in step.to) or tr("nobody yet") for step in ladder.steps)
    return whom, f"{counted('%n step(s)', len(ladder.steps), 'ladders')}, {repeat_words(ladder.repeat)}"


def called_words(called: "Called") -> str:
    """One who would be called, and whether they are there."""
    if str(called.there) == "nobody there":
        words = ROLES.get(called.key, called.key)
        if called.key.startswith(ON_SHIFT):
            words = tr("On shift: %1").replace("%1", called.key.removeprefix(ON_SHIFT).strip())
        return tr("%1: nobody is there").replace("%1", tr(words))
    return f"{called.name}, {tr(THERE[str(called.there)])}"


def end_words(would: "WouldCall") -> str:
    """What happens when nobody answers to the end."""
    said = tr("After %1 without an answer those who lead are told that nobody came.")
    return said.replace("%1", span_words(would.over))


def again_words(would: "WouldCall") -> str:
    """That all of it begins anew; empty where it does not."""
    if not would.repeat:
        return ""
    once = would.over / (would.repeat + 1)
    said = counted("All of it again, %n time(s), each %1 long.", would.repeat, "ladders")
    return said.replace("%1", span_words(once))


def spoken(steps: "tuple[StepNow, ...]", would: "WouldCall") -> str:
    """The whole ladder in words, for who does not see the drawing."""
    said = [f"{after_words(step.after)}: {'; '.join(called_words(each) for each in step.called)}." for step in steps]
    return " ".join([*(each[:1].upper() + each[1:] for each in said), again_words(would), end_words(would)])
