"""The rules as the screen holds them: stored ones, drafts of them, and new ones that are not stored yet."""

from dataclasses import replace
from itertools import count

from inbox.model.workspace import Rule, Workspace
from inbox.ui.rules.draft import Draft, blank, draft_of, rule_of
from inbox.ui.rules.model import Entry

NEW = "\0"
"""Begins the key of a new rule; no name of a rule can."""
LAST = 1_000_000_000
"""The place behind all rules, however many there will be."""


class Book:
    """Keys are stored names; a draft is kept for each rule that was edited, until it is saved or discarded."""

    def __init__(self) -> None:
        """Empty until the workspace is seen."""
        self.workspace = Workspace()
        self._rules: dict[str, Rule] = {}
        self._drafts: dict[str, Draft] = {}
        self._numbers = count(1)

    def see(self, workspace: Workspace) -> None:
        """The rules as they are stored now. Drafts stay; what only was switched on or off is taken over."""
        self.workspace = workspace
        self._rules = {rule.name: rule for rule in workspace.rules}
        for key, draft in list(self._drafts.items()):
            stored = self._rules.get(key)
            if draft.base is None or stored is None:
                continue
            if replace(draft.base, on=stored.on) == stored:
                draft = replace(draft, base=stored, on=stored.on)  # noqa: PLW2901 - as it is now
            if draft.edited and rule_of(draft) != stored:
                self._drafts[key] = draft
            else:
                del self._drafts[key]

    def entries(self) -> list[Entry]:
        """The rows of the list, in their order."""
        drafts = self._drafts
        found = [
            self.entry(rule.name) if rule.name in drafts else Entry(rule.name, rule) for rule in self.workspace.rules
        ]
        for key, draft in self._drafts.items():
            if draft.base is None or key not in self._rules:
                found.insert(min(draft.position, len(found)), self.entry(key))
        return found

    def entry(self, key: str) -> Entry:
        """The row of one rule. KeyError where there is no such rule."""
        draft = self._drafts.get(key)
        if draft is None:
            return Entry(key, self._rules[key])
        return Entry(key, rule_of(draft), edited=draft.base is not None, new=draft.base is None)

    def trial(self, key: str, rule: Rule) -> Workspace:
        """The workspace as it would be with ``rule`` in the stead of what is stored under ``key``, switched on."""
        rules = list(self.workspace.rules)
        rule = replace(rule, on=True)
        if key in self._rules:
            rules[self.place_of(key)] = rule
        else:
            rules.insert(min(self.draft(key).position, len(rules)), rule)
        return replace(self.workspace, rules=tuple(rules))

    def has(self, key: str) -> bool:
        """Whether there is such a rule, stored or not."""
        return key in self._rules or key in self._drafts

    def stored(self, key: str) -> Rule | None:
        """The rule as it is stored; None for a new one, and one that somebody took away."""
        return self._rules.get(key)

    def draft(self, key: str) -> Draft:
        """What the editor is to show. KeyError where there is no such rule."""
        kept = self._drafts.get(key)
        return kept if kept is not None else draft_of(self._rules[key], position=self.place_of(key))

    def place_of(self, key: str) -> int:
        """The place among the stored rules, the end for others."""
        names = [rule.name for rule in self.workspace.rules]
        return names.index(key) if key in self._rules else len(names)

    def edited(self, key: str) -> bool:
        """Whether there is a draft of it."""
        return key in self._drafts

    def unsaved(self) -> int:
        """How many rules are edited or new, and not saved."""
        return len(self._drafts)

    def raced(self, key: str) -> bool:
        """Whether the stored rule is no longer the one that the draft began from."""
        draft = self._drafts.get(key)
        return draft is not None and draft.base is not None and draft.base != self._rules.get(key)

    def keep(self, key: str, draft: Draft) -> None:
        """What stands in the editor now."""
        if draft.edited or key not in self._rules:
            self._drafts[key] = draft
        else:
            self._drafts.pop(key, None)

    def drop(self, key: str) -> Draft | None:
        """Forgets a draft; gives it back for undoing that."""
        return self._drafts.pop(key, None)

    def add(self, rule: Rule | None = None, position: int | None = None) -> str:
        """A new rule, blank or filled; its key."""
        place = LAST if position is None else position
        key = f"{NEW}{next(self._numbers)}"
        self._drafts[key] = blank(place) if rule is None else draft_of(rule, position=place, new=True)
        return key

    def rebase(self, key: str) -> str:
        """Mine over theirs: the draft begins from what is stored now, or becomes a new rule. Its key."""
        draft, stored = self._drafts.pop(key), self._rules.get(key)
        if stored is not None:
            self._drafts[key] = replace(draft, base=stored)
            return key
        return self.add(rule_of(draft), draft.position)

    def saved(self, key: str, rule: Rule) -> None:
        """``rule`` was stored in the stead of ``key``; what was typed since stays a draft of it."""
        draft = self._drafts.pop(key, None)
        if draft is not None and rule_of(draft) != rule:
            self._drafts[rule.name] = replace(draft, base=rule)

    def move(self, key: str, place: int) -> None:
        """Another order on screen, before it is stored."""
        draft = self._drafts.get(key)
        if draft is not None and key not in self._rules:
            self._drafts[key] = replace(draft, position=max(0, place))
            return
        rules = list(self.workspace.rules)
        rule = rules.pop(self.place_of(key))
        rules.insert(place, rule)
        self.workspace = replace(self.workspace, rules=tuple(rules))

    def switch(self, key: str, *, on: bool) -> None:
        """On or off on screen, before it is stored."""
        draft = self._drafts.get(key)
        if key not in self._rules:
            if draft is not None:
                self._drafts[key] = replace(draft, on=on)
            return
        rules = tuple(replace(rule, on=on) if rule.name == key else rule for rule in self.workspace.rules)
        self.see(replace(self.workspace, rules=rules))

    def forget(self, key: str) -> None:
        """Gone from the screen, before it is gone from the store."""
        rules = tuple(rule for rule in self.workspace.rules if rule.name != key)
        self.see(replace(self.workspace, rules=rules))
