"""Notes on an order of rules: what can never act, and what leaves nothing for the rules after it."""

from collections.abc import Iterable, Sequence
from typing import Final

from inbox.model.workspace import Rule, Then, When
from inbox.routing.index import first_of, listed
from inbox.routing.kinds import kinds_of, mask_of
from inbox.routing.phrases import folded

_LISTS: Final = ("account", "author_tags", "language", "sentiment", "kind", "network")
_FLAGS: Final = ("verified", "has_media", "incident", "hours", "text_regex")
_ALWAYS: Final = ("", "")
_LOOKED_AT: Final = 200
"""Rules without any words that are compared with each one after them: thousands of them must not take minutes."""


def notes(rules: Sequence[Rule]) -> list[tuple[int, str]]:
    """What is allowed and may still surprise, by the place of the rule; rules that are off are left out."""
    found: list[tuple[int, str]] = []
    earlier = _Earlier()
    last = max((place for place, rule in enumerate(rules) if rule.on), default=-1)
    for place, rule in enumerate(rules):
        if not rule.on:
            continue
        if rule.then == Then():
            found.append((place, "This rule does nothing: it has no action."))
            continue
        shadow = earlier.over(rule)
        if shadow is not None:
            said = f"This rule never acts: “{shadow.name}”, before it, matches as much and settles the same."
            found.append((place, said))
        elif place != last and _matches_all(rule.when):
            settled = ", ".join(kind.replace("_", " ") for kind in kinds_of(mask_of(rule.then)))
            found.append((place, f"This rule matches every mention: no rule after it can settle {settled}."))
        earlier.add(rule)
    return found


def covers(wide: When, narrow: When) -> bool:
    """Whether all that matches ``narrow`` is sure to match ``wide``, as far as can be told without any text.

    A ``wide`` one that asks for the area or the priority is never sure: these change while rules act.
    """
    if wide.area or wide.priority:
        return False
    if wide.followers_min is not None and (narrow.followers_min or 0) < wide.followers_min:
        return False
    if any(getattr(wide, key) not in (None, getattr(narrow, key)) for key in _FLAGS):
        return False
    if not all(_within(wide, narrow, key) for key in _LISTS):
        return False
    return _words_cover(wide, narrow)


def _words_cover(wide: When, narrow: When) -> bool:
    sought, spoken, sure = _forms(wide.text_any), _forms(narrow.text_any), _forms(narrow.text_all)
    if len(spoken) == 1:
        sure |= spoken
    if sought and sought.isdisjoint(sure) and not (spoken and spoken <= sought):
        return False
    return _forms(wide.text_all) <= sure and _forms(wide.text_none) <= _forms(narrow.text_none)


def _within(wide: When, narrow: When, key: str) -> bool:
    if not getattr(wide, key):
        return True
    return bool(getattr(narrow, key)) and listed(narrow, key) <= listed(wide, key)


def _forms(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(phrase).strip() for phrase in phrases)


def _matches_all(when: When) -> bool:
    return when in (When(), When(text_regex=".*"), When(text_regex=""), When(followers_min=0))


class _Earlier:
    """The rules so far, found by one of the words or values that a rule which they cover must have too."""

    def __init__(self) -> None:
        self._by: dict[tuple[str, str], list[tuple[int, Rule]]] = {}

    def add(self, rule: Rule) -> None:
        """Note a rule."""
        entry = (mask_of(rule.then), rule)
        for key in _keys(rule.when, every=True):
            self._by.setdefault(key, []).append(entry)

    def over(self, rule: Rule) -> Rule | None:
        """The first rule that covers this one and settles every kind of action that it has."""
        mask = mask_of(rule.then)
        for key in (_ALWAYS, *_keys(rule.when, every=False)):
            for settled, each in self._by.get(key, ())[:_LOOKED_AT]:
                if settled & mask == mask and covers(each.when, rule.when):
                    return each
        return None


def _keys(when: When, *, every: bool) -> set[tuple[str, str]]:
    """Where a rule is kept (``every``: under all values of one condition), or where one that covers it may be."""
    if every:
        if when.text_any or when.text_all:
            return {("text", form) for form in _forms(when.text_any or when.text_all[:1])}
        key = first_of(when, _LISTS)
        return {(key, value) for value in listed(when, key)} if key else {_ALWAYS}
    found = {("text", form) for form in _forms((*when.text_any[:1], *when.text_all))}
    for key in _LISTS:
        found |= {(key, min(listed(when, key)))} if getattr(when, key) else set()
    return found
