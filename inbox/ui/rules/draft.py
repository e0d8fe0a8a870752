"""A rule under edit: its parts in the order in which they stand on screen, finished or not."""

from dataclasses import dataclass, fields
from typing import Any

from inbox.model.words import Priority
from inbox.model.workspace import Rule, Then, When
from inbox.ui.rules.kinds import ACTIONS, CONDITIONS, Kind, shown

Value = str | int | bool | tuple[str, ...] | tuple[bool, str] | None
"""None and an empty tuple: not given yet."""
Part = tuple[str, Value]


@dataclass(frozen=True, slots=True)
class Draft:
    """What the editor holds. ``base`` is the stored rule that it began from, None for a new one.

    ``position`` is where a new rule is to stand, from 0.
    """

    name: str = ""
    conditions: tuple[Part, ...] = ()
    actions: tuple[Part, ...] = ()
    on: bool = True
    base: Rule | None = None
    position: int = 0

    @property
    def edited(self) -> bool:
        """True while it differs from what is stored."""
        return self.base is None or rule_of(self) != self.base or any(_empty(value) for _key, value in self.parts)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Conditions, then actions."""
        return (*self.conditions, *self.actions)


def draft_of(rule: Rule, position: int = 0) -> Draft:
    """The draft that a rule begins as."""
    conditions = _parts(rule.when, CONDITIONS)
    actions = _parts(rule.then, ACTIONS)
    return Draft(rule.name, conditions, actions, rule.on, rule, position)


def blank() -> Draft:
    """A new rule: one condition and one action to be filled."""
    return Draft(conditions=((CONDITIONS[0].key, ()),), actions=((ACTIONS[0].key, None),))


def rule_of(draft: Draft) -> Rule:
    """The rule as it stands; parts without a value are left out."""
    when: dict[str, Any] = {key: value for key, value in draft.conditions if not _empty(value)}
    then: dict[str, Any] = {key: value for key, value in draft.actions if not _empty(value)}
    if "priority" in when:
        when["priority"] = tuple(Priority(each) for each in when["priority"])
    if "priority" in then:
        then["priority"] = Priority(then["priority"])
    return Rule(draft.name.strip(), When(**when), Then(**then), draft.on)


def unfinished(draft: Draft) -> dict[str, str]:
    """What is missing, by field ("name", "when.text_any", "then", "then.area"), in plain words."""
    found: dict[str, str] = {}
    if not draft.name.strip():
        found["name"] = shown("Give the rule a name.")
    for side, parts in (("when", draft.conditions), ("then", draft.actions)):
        for key, value in parts:
            if _empty(value):
                found[f"{side}.{key}"] = shown("Nothing is given here. Fill it in or take it away.")
    if not draft.actions:
        found["then"] = shown("Say what the rule does: add an action.")
    return found


def _parts(holder: When | Then, kinds: tuple[Kind, ...]) -> tuple[Part, ...]:
    known = {each.name for each in fields(holder)}
    found = ((kind.key, _plain(getattr(holder, kind.key))) for kind in kinds if kind.key in known)
    return tuple((key, value) for key, value in found if not _empty(value))


def _plain(value: Any) -> Value:  # noqa: ANN401 - a field of any condition
    """Priorities as their words."""
    if isinstance(value, Priority):
        return str(value)
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return tuple(str(each) for each in value)
    return value  # type: ignore[no-any-return]


def _empty(value: Value) -> bool:
    return value is None or value in {(), ""}
