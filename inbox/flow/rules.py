"""One rule of the workspace changed from the screen: checked like the file, written down, and undoable.

``expect`` is the workspace that the person was looking at: rules that somebody else changed since raise ``LostRace``
naming who. ``actor`` is an employee's name or ``command``.
"""

from dataclasses import replace
from datetime import datetime

from inbox.flow import config_shape
from inbox.flow.entries import BadEntry, Listed, Saved, Trouble, Undo
from inbox.model.workspace import Rule, Workspace
from inbox.store import config, documents
from inbox.store.engine import Store

RULES: Listed[Rule] = Listed(
    "rule",
    "rules",
    lambda workspace: workspace.rules,
    config.save_rules,
    documents.rule_document,
    changed="changed the order of the rules",
)


class BadRule(BadEntry):
    """The rule has errors; nothing was changed. ``troubles`` names each field."""


def problems_of(workspace: Workspace, rule: Rule, *, replaces: str | None = None) -> list[Trouble]:
    """Everything that is wrong with a rule, by the checks of the workspace file; empty for one that can be saved.

    ``replaces`` names the rule that it is an edit of.
    """
    found = config_shape.rule_problems(documents.rule_document(rule), workspace)
    twin = RULES.twin(workspace, rule.name, replaces)
    if twin is not None:
        found.append((("name",), twin))
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
) -> Saved[Undo[Rule]]:
    """Add a rule, or put it in the stead of the one that it ``replaces``.

    ``position`` is its place from 0 among the rules; None keeps the place, and puts a new rule last. Raises
    ``BadRule``, ``NotFound`` and ``LostRace``.
    """
    rule = replace(rule, name=rule.name.strip())
    with store.write() as s:
        now_there = RULES.expected(s, expect)
        troubles = problems_of(now_there, rule, replaces=replaces)
        if troubles:
            raise BadRule(troubles)
        rules = list(now_there.rules)
        place = len(rules) if replaces is None else RULES.place(rules, replaces)
        before = None if replaces is None else rules.pop(place)
        rules.insert(place if position is None else max(0, min(position, len(rules))), rule)
        sentence = f"The rule “{rule.name}” is {'saved' if before else 'added'}."
        details = {"did": "saved" if before else "added", "rule": rule.name, **RULES.sides(before, rule)}
        saved = RULES.save(s, now_there, rules, (actor, now), sentence, details)
    return replace(saved, change=s.change)


def remove_rule(
    store: Store, name: str, *, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved[Undo[Rule]]:
    """Take a rule away. Raises ``NotFound`` and ``LostRace``."""
    with store.write() as s:
        now_there = RULES.expected(s, expect)
        rules = list(now_there.rules)
        gone = rules.pop(RULES.place(rules, name))
        details = {"did": "removed", "rule": name, **RULES.sides(gone, None)}
        saved = RULES.save(s, now_there, rules, (actor, now), f"The rule “{name}” is removed.", details)
    return replace(saved, change=s.change)


def switch_rule(
    store: Store, name: str, *, on: bool, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved[Undo[Rule]]:
    """Switch a rule on or off. Raises ``NotFound`` and ``LostRace``."""
    with store.write() as s:
        now_there = RULES.expected(s, expect)
        rules = list(now_there.rules)
        place = RULES.place(rules, name)
        rules[place] = replace(rules[place], on=on)
        word = "on" if on else "off"
        details = {"did": f"switched {word}", "rule": name}
        saved = RULES.save(s, now_there, rules, (actor, now), f"The rule “{name}” is {word}.", details)
    return replace(saved, change=s.change)


def move_rule(
    store: Store, name: str, position: int, *, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved[Undo[Rule]]:
    """Put a rule at a place from 0 in the order; what is beyond the ends means the ends."""
    with store.write() as s:
        now_there = RULES.expected(s, expect)
        rules, sentence, details = RULES.move(now_there.rules, name, position)
        saved = RULES.save(s, now_there, rules, (actor, now), sentence, details)
    return replace(saved, change=s.change)


def undo_rules(store: Store, undo: Undo[Rule], *, actor: str, now: datetime) -> Saved[Undo[Rule]]:
    """Take a change back. Raises ``LostRace`` naming who changed the rules since, ``BadRule`` where one that comes
    back speaks of what is gone.
    """
    with store.write() as s:
        now_there = config.locked(s)
        if now_there.rules != undo.after:
            raise RULES.lost_race(s)
        for rule in undo.before:
            if rule not in undo.after and (troubles := problems_of(now_there, rule, replaces=rule.name)):
                raise BadRule(troubles)
        saved = RULES.save(s, now_there, undo.before, (actor, now), "Taken back.", RULES.taken_back(undo))
    return replace(saved, change=s.change, undo=None)


def _field(place: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in place if isinstance(step, str)) or "rule"
