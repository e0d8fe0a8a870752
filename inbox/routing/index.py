"""Finds the rules that can hold for a mention without asking each: thousands of rules cost as little as a few."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from inbox.model.workspace import Rule, When
from inbox.routing.conditions import Condition, language_forms
from inbox.routing.facts import Facts
from inbox.routing.patterns import Hits
from inbox.routing.phrases import folded

_LISTS: Final = ("account", "author_tags", "language", "sentiment", "kind", "network")
_STATES: Final = ("area", "priority")
_FLAGS: Final = ("verified", "has_media", "incident")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A compiled rule at its ``place`` in the order; ``mask`` is what it may do, 0 for one that is switched off."""

    place: int
    rule: Rule
    condition: Condition
    mask: int


Found = dict[int, Entry]
"""Rules by their place."""


class Source(Protocol):
    """Where a decision finds its rules: the workspace's, or these with one that is being tried."""

    @property
    def has_moving(self) -> bool:
        """Whether any rule asks for the area or the priority."""

    def found(self, facts: Facts, hits: Hits) -> Found:
        """Every rule that could hold by what does not change while rules act."""

    def moved(self, facts: Facts) -> Found:
        """Every rule that is looked up by the area or the priority alone."""


class RuleIndex:
    """Each rule stands under one of its conditions: where that does not hold, the rule is never asked.

    Rules with nothing to be looked up by (followers, hours, words that must be absent, or nothing) are always asked.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._phrases: dict[str, list[Entry]] = {}
        self._expressions: dict[str, list[Entry]] = {}
        self._facts: dict[tuple[str, str], list[Entry]] = {}
        self._states: dict[tuple[str, str], list[Entry]] = {}
        self._always: Found = {}
        self.has_moving = False
        for entry in entries:
            self._add(entry)
            self.has_moving = self.has_moving or entry.condition.moving
        self._asked = tuple(sorted({key for key, _ in self._facts}))

    def found(self, facts: Facts, hits: Hits) -> Found:
        """Every rule that could hold by what does not change while rules act."""
        found = dict(self._always)
        if self._phrases:
            for phrase in hits.phrases:
                for entry in self._phrases.get(phrase, ()):
                    found[entry.place] = entry
        for expression in hits.expressions:
            for entry in self._expressions.get(expression, ()):
                found[entry.place] = entry
        for key in self._asked:
            for value in _values(key, facts):
                for entry in self._facts.get((key, value), ()):
                    found[entry.place] = entry
        return found

    def moved(self, facts: Facts) -> Found:
        """Every rule that is looked up by the area or the priority alone."""
        if not self._states:
            return {}
        asked = [("priority", facts.priority.casefold())]
        if facts.area is not None:
            asked.append(("area", facts.area.casefold()))
        return {entry.place: entry for key in asked for entry in self._states.get(key, ())}

    def _add(self, entry: Entry) -> None:
        when = entry.rule.when
        if when.text_any or when.text_all:
            # Of words that must all occur one is enough to look it up by; the longest is the rarest.
            wanted = when.text_any or (max(when.text_all, key=len),)
            for phrase in {folded(each).strip() for each in wanted}:
                self._phrases.setdefault(phrase, []).append(entry)
        elif when.text_regex is not None:
            self._expressions.setdefault(when.text_regex, []).append(entry)
        elif key := first_of(when, _LISTS):
            for value in listed(when, key):
                self._facts.setdefault((key, value), []).append(entry)
        elif key := first_of(when, _STATES):
            for value in listed(when, key):
                self._states.setdefault((key, value), []).append(entry)
        elif key := next((each for each in _FLAGS if getattr(when, each) is not None), None):
            self._facts.setdefault((key, str(getattr(when, key))), []).append(entry)
        else:
            self._always[entry.place] = entry


class Tried:
    """A workspace's rules with one more, or with one in another's stead."""

    def __init__(self, base: Source, entry: Entry, without: int | None) -> None:
        self._base = base
        self._entry = entry
        self._without = without
        self.has_moving = base.has_moving or entry.condition.moving

    def found(self, facts: Facts, hits: Hits) -> Found:
        """The base's, with the one that is tried; its conditions are asked each time."""
        return self._with(self._base.found(facts, hits)) | {self._entry.place: self._entry}

    def moved(self, facts: Facts) -> Found:
        """The base's."""
        return self._with(self._base.moved(facts))

    def _with(self, found: Found) -> Found:
        if self._without is not None:
            found.pop(self._without, None)
        return found


def first_of(when: When, keys: Sequence[str]) -> str | None:
    """The first of these conditions that is given."""
    return next((key for key in keys if getattr(when, key)), None)


def listed(when: When, key: str) -> set[str]:
    """The values of a condition that is a list, in the form in which they are compared."""
    values = {str(value).casefold() for value in getattr(when, key)}
    return {value.lstrip("@") for value in values} if key == "account" else values


def _values(key: str, facts: Facts) -> Iterable[str]:
    if key == "author_tags":
        return [tag.casefold() for tag in facts.author_tags]
    if key == "language":
        return language_forms(facts.language)
    if key == "account":
        return (facts.account.lstrip("@").casefold(),)
    value = getattr(facts, key)
    if isinstance(value, bool):
        return (str(value),)
    return () if value is None else (value.casefold(),)
