"""A policy in words: whom it is for, what it promises, and how its row is read aloud."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from inbox.model import duration
from inbox.model.words import Metric, PolicyAction, Priority
from inbox.model.workspace import Policy, Rule, Then, When
from inbox.ui.policies.clock import length
from inbox.ui.policies.draft import FIELDS
from inbox.ui.rules.draft import Value, draft_of
from inbox.ui.rules.kinds import CONDITIONS
from inbox.ui.rules.kinds import shown as kind_words
from inbox.ui.widgets.words import counted

_NAMED: Final = 4
"""Values of one condition that are named."""
METRICS: Final = {Metric.FIRST: "First response", Metric.NEXT: "Next response", Metric.RESOLUTION: "Resolution"}
SHORT: Final = {Metric.FIRST: "First", Metric.NEXT: "Next", Metric.RESOLUTION: "Resolution"}
ACTIONS: Final = {
    PolicyAction.TELL_OWNER: "Tell the owner",
    PolicyAction.TELL_SUPERVISOR: "Tell the supervisors",
    PolicyAction.RAISE_PRIORITY: "Raise the priority",
    PolicyAction.REASSIGN: "Offer it to others",
    PolicyAction.ESCALATE: "Call for help",
}


def shown(words: str) -> str:
    """Words of these tables in the user's language."""
    return QCoreApplication.translate("policies", words)


def conditions(when: When) -> str:
    """Whom it is for: "Priority is urgent, Author has tag press"."""
    kinds = {kind.key: kind for kind in CONDITIONS}
    parts = draft_of(Rule("", when, Then())).conditions
    said = [_condition(key, value, kind_words(kinds[key].words)) for key, value in parts]
    return "; ".join(said) if said else shown("Every mention")


def _condition(key: str, value: Value, words: str) -> str:
    if value is True:
        return words
    if value is False:
        return shown("not: %1").replace("%1", words)
    if key == "hours" and isinstance(value, tuple):
        side = shown("inside") if value[0] else shown("outside")
        return f"{words} {side} {value[1]}"
    if isinstance(value, tuple):
        named = ", ".join(str(each) for each in value[:_NAMED])
        left = len(value) - _NAMED
        return f"{words} {named}" + (f" +{left}" if left > 0 else "")
    return f"{words} {value}"


def promised(policy: Policy) -> list[tuple[Metric, timedelta | dict[Priority, timedelta]]]:
    """What the policy promises, metric by metric; what it leaves out is left out."""
    found = ((metric, getattr(policy, name)) for metric, name in FIELDS.items())
    return [(metric, target) for metric, target in found if target is not None]


def is_split(policy: Policy) -> bool:
    """Whether any target differs by priority."""
    return any(isinstance(target, dict) for _metric, target in promised(policy))


def in_a_line(policy: Policy, *, tight: bool = False) -> str:
    """Its targets where none is by priority: "First 15 min", ``tight`` "First 15m" as they are typed."""
    say = duration.show if tight else length
    spans = ((metric, target) for metric, target in promised(policy) if not isinstance(target, dict))
    said = [f"{shown(SHORT[metric])} {say(target)}" for metric, target in spans]
    return "   ".join(said) if said else shown("No deadline, only measured")


def _span(target: timedelta | dict[Priority, timedelta]) -> str:
    if isinstance(target, dict):
        return ", ".join(f"{shown(str(each))} {length(span)}" for each, span in target.items())
    return length(target)


def hours(policy: Policy) -> str:
    """The calendar, or where the hours come from without one."""
    return policy.calendar or shown("the area's hours")


def row_sentence(number: int, policy: Policy, use: tuple[int, int] | None, more: Sequence[str]) -> str:
    """Place, name, whom it is for, what it promises, in which hours, and how its clocks do."""
    said = [f"{number}, {policy.name or shown('New policy')}", conditions(policy.when)]
    said += [f"{shown(METRICS[metric])} {_span(target)}" for metric, target in promised(policy)]
    said.append(shown("in %1").replace("%1", hours(policy)))
    if use is not None:
        said.append(counted("%n clock(s) running", use[0], "policies"))
        said.append(counted("%n late in 7 days", use[1], "policies"))
    return ". ".join([*said, *(each.rstrip(".") for each in more)])
