"""One policy of the workspace changed from the screen: checked like the file, written down, and undoable.

``expect`` is the workspace that the person was looking at: policies that somebody else changed since raise
``LostRace`` naming who. ``actor`` is an employee's name or ``command``. Clocks that run keep the terms they have.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from inbox.flow.entries import BadEntry, By, Saved, Undo
from inbox.flow.policies.checks import POLICIES, file_problems_of, problems_of
from inbox.model.workspace import Policy, Rule, Then, Workspace
from inbox.store import config, policy_use
from inbox.store.engine import Session, Store


@dataclass(frozen=True, slots=True)
class PoliciesUndo(Undo[Policy]):
    """The way back from one change of the policies; the rules only where the change reached them. ``renamed`` is the
    name that one had, and the one it was given.
    """

    rules_before: tuple[Rule, ...] | None = None
    rules_after: tuple[Rule, ...] | None = None
    renamed: tuple[str, str] | None = None


class BadPolicy(BadEntry):
    """The policy has errors; nothing was changed. ``troubles`` names each field."""


def save_policy(
    store: Store,
    policy: Policy,
    *,
    replaces: str | None = None,
    position: int | None = None,
    actor: str,
    now: datetime,
    expect: Workspace | None = None,
) -> Saved[PoliciesUndo]:
    """Add a policy, or put it in the stead of the one that it ``replaces``; rules that name it follow a new name, and
    so do the open threads for which they did.

    ``position`` is its place from 0; None keeps the place, and puts a new one last. Raises ``BadPolicy``,
    ``NotFound`` and ``LostRace``.
    """
    policy = replace(policy, name=policy.name.strip())
    with store.write() as s:
        now_there = POLICIES.expected(s, expect)
        troubles = problems_of(now_there, policy, replaces=replaces)
        if troubles:
            raise BadPolicy(troubles)
        policies = list(now_there.policies)
        place = len(policies) if replaces is None else POLICIES.place(policies, replaces)
        before = None if replaces is None else policies.pop(place)
        policies.insert(place if position is None else max(0, min(position, len(policies))), policy)
        rules, renamed = now_there.rules, None
        if before is not None and before.name != policy.name:
            renamed = before.name, policy.name
            rules = tuple(_renamed(rule, *renamed) for rule in rules)
            policy_use.rename(s, *renamed)
        sentence = f"The policy “{policy.name}” is {'saved' if before else 'added'}."
        details = {"did": "saved" if before else "added", "policy": policy.name, **POLICIES.sides(before, policy)}
        saved = _put(s, now_there, policies, rules, (actor, now), sentence, details)
    undo = None if saved.undo is None else replace(saved.undo, renamed=renamed)
    return replace(saved, change=s.change, undo=undo)


def remove_policy(
    store: Store, name: str, *, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved[PoliciesUndo]:
    """Take a policy away; rules that set it set none any more, and one that did nothing else is switched off.

    Raises ``NotFound`` and ``LostRace``.
    """
    with store.write() as s:
        now_there = POLICIES.expected(s, expect)
        policies = list(now_there.policies)
        gone = policies.pop(POLICIES.place(policies, name))
        named = [rule for rule in now_there.rules if rule.then.policy == name]
        rules = tuple(_without(rule) if rule in named else rule for rule in now_there.rules)
        sentence = " ".join([f"The policy “{name}” is removed.", *_said_of(named)])
        details = {
            "did": "removed",
            "policy": name,
            "rules": [each.name for each in named],
            **POLICIES.sides(gone, None),
        }
        saved = _put(s, now_there, policies, rules, (actor, now), sentence, details)
    return replace(saved, change=s.change)


def move_policy(
    store: Store, name: str, position: int, *, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved[PoliciesUndo]:
    """Put a policy at a place from 0 in the order; what is beyond the ends means the ends.

    Raises ``NotFound`` and ``LostRace``.
    """
    with store.write() as s:
        now_there = POLICIES.expected(s, expect)
        policies, sentence, details = POLICIES.move(now_there.policies, name, position)
        saved = _put(s, now_there, policies, now_there.rules, (actor, now), sentence, details)
    return replace(saved, change=s.change)


def undo_policies(store: Store, undo: PoliciesUndo, *, actor: str, now: datetime) -> Saved[PoliciesUndo]:
    """Take a change back. Raises ``LostRace`` naming who changed the policies (or the rules that the change reached)
    since, ``BadPolicy`` where one that comes back speaks of what is gone.
    """
    with store.write() as s:
        now_there = config.locked(s)
        rules_moved_on = undo.rules_after is not None and undo.rules_after != now_there.rules
        if now_there.policies != undo.after or rules_moved_on:
            raise POLICIES.lost_race(s)
        for policy in undo.before:
            if policy not in undo.after and (troubles := file_problems_of(now_there, policy)):
                raise BadPolicy(troubles)
        rules = undo.rules_before or now_there.rules
        if undo.renamed is not None:
            policy_use.rename(s, undo.renamed[1], undo.renamed[0])
        saved = _put(s, now_there, undo.before, rules, (actor, now), "Taken back.", POLICIES.taken_back(undo))
    return replace(saved, change=s.change, undo=None)


def _renamed(rule: Rule, was: str, name: str) -> Rule:
    return replace(rule, then=replace(rule.then, policy=name)) if rule.then.policy == was else rule


def _without(rule: Rule) -> Rule:
    """The rule without its policy; one that does nothing any more is off."""
    then = replace(rule.then, policy=None)
    return replace(rule, then=then, on=rule.on and then != Then())


def _said_of(named: Sequence[Rule]) -> list[str]:
    """What becomes of the rules that named a policy which goes."""
    said = []
    if named:
        listed = ", ".join(f"“{each.name}”" for each in named)
        rules, sets = ("rule", "sets") if len(named) == 1 else ("rules", "set")
        said.append(f"The {rules} {listed} named it and {sets} no policy now.")
    off = [each.name for each in named if each.on and not _without(each).on]
    if off:
        listed = ", ".join(f"“{each}”" for each in off)
        said.append(f"{listed} did nothing else and {'is' if len(off) == 1 else 'are'} switched off.")
    return said


def _put(  # noqa: PLR0917 - what is changed, by whom, and how it is told
    s: Session,
    was: Workspace,
    policies: Sequence[Policy],
    rules: tuple[Rule, ...],
    by: By,
    sentence: str,
    details: dict[str, Any],
) -> Saved[PoliciesUndo]:
    reached = rules != was.rules
    if reached:
        config.save_rules(s, rules)
    saved = POLICIES.save(s, was, policies, by, sentence, details, besides=reached)
    sides = (was.rules, saved.workspace.rules) if reached else (None, None)
    undo = None if saved.undo is None else PoliciesUndo(saved.undo.before, saved.undo.after, *sides)
    return Saved(saved.sentence, saved.change, saved.workspace, undo)
