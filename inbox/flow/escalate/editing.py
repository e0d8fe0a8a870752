"""One escalation policy of the workspace changed from the screen: checked like the file, written down, and undoable.

``expect`` is the workspace that the person was looking at: policies that somebody else changed since raise
``LostRace`` naming who. ``actor`` is an employee's name or ``command``. Calls that run keep the ladder they began with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from inbox.flow.entries import BadEntry, By, Saved, Undo
from inbox.flow.escalate.checks import LADDERS, problems_of
from inbox.model.escalation import Ladder
from inbox.model.workspace import Rule, Then, Workspace
from inbox.store import config
from inbox.store.engine import Session, Store


@dataclass(frozen=True, slots=True)
class LaddersUndo(Undo[Ladder]):
    """The way back from one change; the rules only where the change reached them."""

    rules_before: tuple[Rule, ...] | None = None
    rules_after: tuple[Rule, ...] | None = None


class BadLadder(BadEntry):
    """The policy has errors; nothing was changed. ``troubles`` names each field."""


def save_ladder(
    store: Store,
    ladder: Ladder,
    *,
    replaces: str | None = None,
    position: int | None = None,
    actor: str,
    now: datetime,
    expect: Workspace | None = None,
) -> Saved[LaddersUndo]:
    """Add a policy, or put it in the stead of the one that it ``replaces``; rules that name it follow a new name.

    ``position`` is its place from 0; None keeps the place, and puts a new one last. Raises ``BadLadder``,
    ``NotFound`` and ``LostRace``.
    """
    ladder = replace(ladder, name=ladder.name.strip())
    with store.write() as s:
        now_there = LADDERS.expected(s, expect)
        troubles = problems_of(now_there, ladder, replaces=replaces)
        if troubles:
            raise BadLadder(troubles)
        ladders = list(LADDERS.of(now_there))
        place = len(ladders) if replaces is None else LADDERS.place(ladders, replaces)
        before = None if replaces is None else ladders.pop(place)
        ladders.insert(place if position is None else max(0, min(position, len(ladders))), ladder)
        rules = now_there.rules
        if before is not None and before.name != ladder.name:
            rules = _calling(rules, before.name, ladder.name)
        did = "saved" if before else "added"
        details = {"did": did, LADDERS.noun: ladder.name, **LADDERS.sides(before, ladder)}
        sentence = f"The escalation policy “{ladder.name}” is {did}."
        saved = _put(s, now_there, ladders, rules, (actor, now), sentence, details)
    return replace(saved, change=s.change)


def remove_ladder(
    store: Store, name: str, *, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved[LaddersUndo]:
    """Take a policy away; rules that escalate by it do not escalate any more, and one that did nothing else is off.

    Raises ``NotFound`` and ``LostRace``.
    """
    with store.write() as s:
        now_there = LADDERS.expected(s, expect)
        ladders = list(LADDERS.of(now_there))
        gone = ladders.pop(LADDERS.place(ladders, name))
        named = [rule.name for rule in now_there.rules if rule.then.escalate == name]
        rules = _calling(now_there.rules, name, None)
        said = f"The escalation policy “{name}” is removed."
        if named:
            said += f" By it escalated, and no longer do: {', '.join(f'“{each}”' for each in named)}."
        details = {"did": "removed", LADDERS.noun: name, "rules": named, **LADDERS.sides(gone, None)}
        saved = _put(s, now_there, ladders, rules, (actor, now), said, details)
    return replace(saved, change=s.change)


def move_ladder(
    store: Store, name: str, position: int, *, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved[LaddersUndo]:
    """Put a policy at a place from 0; the first holds where a reason names none.

    Raises ``NotFound`` and ``LostRace``.
    """
    with store.write() as s:
        now_there = LADDERS.expected(s, expect)
        ladders, sentence, details = LADDERS.move(LADDERS.of(now_there), name, position)
        saved = _put(s, now_there, ladders, now_there.rules, (actor, now), sentence, details)
    return replace(saved, change=s.change)


def undo_ladders(store: Store, undo: LaddersUndo, *, actor: str, now: datetime) -> Saved[LaddersUndo]:
    """Take a change back. Raises ``LostRace`` naming who changed the policies (or the rules that the change reached)
    since.
    """
    with store.write() as s:
        now_there = config.locked(s)
        rules_moved_on = undo.rules_after is not None and undo.rules_after != now_there.rules
        if LADDERS.of(now_there) != undo.after or rules_moved_on:
            raise LADDERS.lost_race(s)
        rules = undo.rules_before or now_there.rules
        saved = _put(s, now_there, undo.before, rules, (actor, now), "Taken back.", LADDERS.taken_back(undo))
    return replace(saved, change=s.change, undo=None)


def _calling(rules: tuple[Rule, ...], was: str, name: str | None) -> tuple[Rule, ...]:
    """The rules with another policy's name in the place of one; a rule that did nothing else is off."""
    return tuple(_renamed(rule, name) if rule.then.escalate == was else rule for rule in rules)


def _renamed(rule: Rule, name: str | None) -> Rule:
    then = replace(rule.then, escalate=name)
    return replace(rule, then=then, on=rule.on and then != Then())


def _put(  # noqa: PLR0917 - what is changed, by whom, and how it is told
    s: Session,
    was: Workspace,
    ladders: Sequence[Ladder],
    rules: tuple[Rule, ...],
    by: By,
    sentence: str,
    details: dict[str, Any],
) -> Saved[LaddersUndo]:
    reached = rules != was.rules
    if reached:
        config.save_rules(s, rules)
    saved = LADDERS.save(s, was, ladders, by, sentence, details, besides=reached)
    sides = (was.rules, saved.workspace.rules) if reached else (None, None)
    undo = None if saved.undo is None else LaddersUndo(saved.undo.before, saved.undo.after, *sides)
    return Saved(saved.sentence, saved.change, saved.workspace, undo)
