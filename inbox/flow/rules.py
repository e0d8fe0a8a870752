"""One rule of the workspace changed from the screen: checked like the file, written down, and undoable.

``expect`` is the workspace that the person was looking at: rules that somebody else changed since raise ``LostRace``
naming who. ``actor`` is an employee's name or ``command``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from inbox.flow import config_shape
from inbox.flow.races import who
from inbox.model.change import Change
from inbox.model.workspace import Rule, Workspace
from inbox.store import audit, config, documents
from inbox.store.engine import Session, Store
from inbox.store.errors import LostRace, NotFound, Refused

ACTION = "rule"
"""How the audit names a change of one rule."""

Trouble = tuple[str, str]
"""The field (``name``, ``when.text_any``, ``then.area``, ``then`` ...) and a sentence saying what is wrong."""


@dataclass(frozen=True, slots=True)
class RulesUndo:
    """The way back from one change: all rules as they were, and as the change left them."""

    before: tuple[Rule, ...]
    after: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What was changed, said to the person; ``workspace`` is as it is now, ``undo`` None when nothing changed."""

    sentence: str
    change: Change
    workspace: Workspace
    undo: RulesUndo | None


class BadRule(Refused):
    """The rule has errors; nothing was changed. ``troubles`` names each field."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__(troubles[0][1])
        self.troubles = tuple(troubles)


def problems_of(workspace: Workspace, rule: Rule, *, replaces: str | None = None) -> list[Trouble]:
    """Everything that is wrong with a rule, by the checks of the workspace file; empty for one that can be saved.

    ``replaces`` names the rule that it is an edit of.
    """
    found = config_shape.rule_problems(documents.rule_document(rule), workspace)
    others = {each.name.casefold(): each.name for each in workspace.rules if each.name != replaces}
    twin = others.get(rule.name.strip().casefold())
    if twin is not None:
        found.append((("name",), f"There is a rule “{twin}” already. Give this one a name of its own."))
    if not config_shape.acts(rule.then):
        found.append((("then",), "This rule does nothing. Add an action."))
    return [(_field(place), sentence) for place, sentence in found]


def save_rule(
    store: Store,
    rule: Rule,
    *,
    replaces: str | None = None,
    position: int | None = None,
    actor: str,
    now: datetime,
    expect: Workspace | None = None,
) -> Saved:
    """Add a rule, or put it in the stead of the one that it ``replaces``.

    ``position`` is its place from 0 among the rules; None keeps the place, and puts a new rule last. Raises
    ``BadRule``, ``NotFound`` and ``LostRace``.
    """
    rule = replace(rule, name=rule.name.strip())
    with store.write() as s:
        now_there = _expected(s, expect)
        troubles = problems_of(now_there, rule, replaces=replaces)
        if troubles:
            raise BadRule(troubles)
        rules = list(now_there.rules)
        place = len(rules) if replaces is None else _place(rules, replaces)
        before = None if replaces is None else rules.pop(place)
        rules.insert(place if position is None else max(0, min(position, len(rules))), rule)
        sentence = f"The rule “{rule.name}” is {'saved' if before else 'added'}."
        details = {"did": "saved" if before else "added", "rule": rule.name, **_sides(before, rule)}
        saved = _put(s, now_there, rules, actor, now, sentence, details)
    return replace(saved, change=s.change)


def remove_rule(store: Store, name: str, *, actor: str, now: datetime, expect: Workspace | None = None) -> Saved:
    """Take a rule away. Raises ``NotFound`` and ``LostRace``."""
    with store.write() as s:
        now_there = _expected(s, expect)
        rules = list(now_there.rules)
        gone = rules.pop(_place(rules, name))
        details = {"did": "removed", "rule": name, **_sides(gone, None)}
        saved = _put(s, now_there, rules, actor, now, f"The rule “{name}” is removed.", details)
    return replace(saved, change=s.change)


def switch_rule(
    store: Store, name: str, *, on: bool, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved:
    """Switch a rule on or off. Raises ``NotFound`` and ``LostRace``."""
    with store.write() as s:
        now_there = _expected(s, expect)
        rules = list(now_there.rules)
        place = _place(rules, name)
        rules[place] = replace(rules[place], on=on)
        word = "on" if on else "off"
        details = {"did": f"switched {word}", "rule": name}
        saved = _put(s, now_there, rules, actor, now, f"The rule “{name}” is {word}.", details)
    return replace(saved, change=s.change)


def move_rule(
    store: Store, name: str, position: int, *, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved:
    """Put a rule at a place from 0 in the order; what is beyond the ends means the ends."""
    with store.write() as s:
        now_there = _expected(s, expect)
        rules = list(now_there.rules)
        was = _place(rules, name)
        rule = rules.pop(was)
        place = max(0, min(position, len(rules)))
        rules.insert(place, rule)
        details = {"did": "moved", "rule": name, "from": was + 1, "to": place + 1}
        saved = _put(s, now_there, rules, actor, now, f"The rule “{name}” is now number {place + 1}.", details)
    return replace(saved, change=s.change)


def undo_rules(store: Store, undo: RulesUndo, *, actor: str, now: datetime) -> Saved:
    """Take a change back. Raises ``LostRace`` naming who changed the rules since, ``BadRule`` where one that comes
    back speaks of what is gone.
    """
    with store.write() as s:
        now_there = config.locked(s)
        if now_there.rules != undo.after:
            raise _lost_race(s)
        for rule in undo.before:
            if rule not in undo.after and (troubles := problems_of(now_there, rule, replaces=rule.name)):
                raise BadRule(troubles)
        names = sorted({each.name for each in _set_apart(undo.before, undo.after)})
        details = {"did": "took back", "rule": names[0] if len(names) == 1 else None, "rules": names}
        saved = _put(s, now_there, list(undo.before), actor, now, "Taken back.", details)
    return replace(saved, change=s.change, undo=None)


def _set_apart(before: Sequence[Rule], after: Sequence[Rule]) -> list[Rule]:
    """The rules that stand in one list only."""
    return [each for each in before if each not in after] + [each for each in after if each not in before]


def _expected(s: Session, expect: Workspace | None) -> Workspace:
    """The workspace as it is, locked until the end. Raises ``LostRace`` where its rules are not those expected."""
    now_there = config.locked(s)
    if expect is not None and expect.rules != now_there.rules:
        raise _lost_race(s)
    return now_there


def _put(  # noqa: PLR0917 - what is changed, by whom, and how it is told
    s: Session, was: Workspace, rules: list[Rule], actor: str, now: datetime, sentence: str, details: dict[str, Any]
) -> Saved:
    if tuple(rules) == was.rules:
        return Saved("Nothing was changed: it is so already.", Change(), was, None)
    config.save_rules(s, rules)
    audit.record(s, actor, ACTION, None, now, **details)
    new = config.load(s)
    return Saved(sentence, Change(), new, RulesUndo(was.rules, new.rules))


def _place(rules: Sequence[Rule], name: str) -> int:
    place = next((place for place, each in enumerate(rules) if each.name == name), None)
    if place is None:
        raise NotFound(f"There is no rule “{name}” any more.")
    return place


def _lost_race(s: Session) -> LostRace:
    event = config.last_change(s)
    if event is None:
        return LostRace("The rules were changed meanwhile. Nothing was overwritten; look again.")
    name, details = who(s, event.actor), event.details
    did = "changed the workspace"
    if event.action == ACTION and details.get("rule"):
        did = f"{details['did']} the rule “{details['rule']}”"
    elif event.action == ACTION:
        did = "changed the order of the rules"
    return LostRace(f"{name} {did} meanwhile. Nothing was overwritten; look again.")


def _sides(before: Rule | None, after: Rule | None) -> dict[str, Any]:
    return {
        "before": None if before is None else documents.rule_document(before),
        "after": None if after is None else documents.rule_document(after),
    }


def _field(place: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in place if isinstance(step, str)) or "rule"
