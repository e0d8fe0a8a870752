"""The conditions of rules and policies (``when``), made ready to be asked many times."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from inbox.model.words import Priority
from inbox.model.workspace import When
from inbox.routing.facts import Facts
from inbox.routing.patterns import Hits, PatternBook, matched_text
from inbox.routing.phrases import found_as

IsOpen = Callable[[str, datetime], bool]
"""Tells whether the calendar of that name is open at an instant."""

Test = Callable[[Facts, Hits], bool]
Named = tuple[str, Test]
"""A test with the key of ``when`` that it stands for."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled ``when``: every test must hold. ``texts`` and ``expression`` name what can be shown as matched.

    ``moving`` says that it asks for what rules change themselves: the area or the priority.
    """

    tests: tuple[Test, ...]
    keys: tuple[str, ...]
    texts: tuple[str, ...]
    expression: str | None
    moving: bool

    def holds(self, facts: Facts, hits: Hits) -> bool:
        """Whether all that is given holds for the mention."""
        for test in self.tests:  # noqa: SIM110 - a generator would cost more than most tests
            if not test(facts, hits):
                return False
        return True

    def matched(self, facts: Facts, hits: Hits) -> tuple[str, ...]:
        """The words of the text that made it hold, as they stand there."""
        found = [found_as(phrase, facts.text) for phrase in self.texts if phrase in hits.phrases]
        if self.expression is not None:
            found.append(matched_text(self.expression, facts.text) or "")
        return tuple(dict.fromkeys(text for text in found if text))


def compiled(when: When, book: PatternBook, is_open: IsOpen) -> Condition:
    """A condition whose phrases and expressions are noted in the book. Close the book before asking."""
    named = _text(when, book) + _cheap(when) + _time_and_state(when, is_open)
    shown = tuple(dict.fromkeys(book.phrase(phrase) for phrase in (*when.text_any, *when.text_all)))
    moving = bool(when.area or when.priority)
    tests = tuple(test for _, test in named)
    return Condition(tests, tuple(key for key, _ in named), shown, when.text_regex, moving)


def _cheap(when: When) -> list[Named]:
    """What the mention and its author are."""
    tests: list[Named] = []
    if when.network:
        tests.append(("network", _one_of(when.network, lambda facts: facts.network)))
    if when.account:
        accounts = tuple(handle.lstrip("@") for handle in when.account)
        tests.append(("account", _one_of(accounts, lambda facts: facts.account.lstrip("@"))))
    if when.kind:
        tests.append(("kind", _one_of(when.kind, lambda facts: facts.kind)))
    if when.language:
        tests.append(("language", _language(when.language)))
    if when.sentiment:
        tests.append(("sentiment", _one_of(when.sentiment, lambda facts: facts.sentiment)))
    if when.author_tags:
        tags = frozenset(tag.casefold() for tag in when.author_tags)
        tests.append(("author_tags", lambda facts, _: not tags.isdisjoint(tag.casefold() for tag in facts.author_tags)))
    if (least := when.followers_min) is not None:
        tests.append(("followers_min", lambda facts, _: (facts.followers or 0) >= least))
    if when.verified is not None:
        tests.append(("verified", lambda facts, _: facts.verified is when.verified))
    if when.has_media is not None:
        tests.append(("has_media", lambda facts, _: facts.has_media is when.has_media))
    return tests


def _time_and_state(when: When, is_open: IsOpen) -> list[Named]:
    """Where the thread stands, and when the mention was posted."""
    tests: list[Named] = []
    if when.priority:
        priorities = frozenset(Priority(priority) for priority in when.priority)
        tests.append(("priority", lambda facts, _: facts.priority in priorities))
    if when.area:
        tests.append(("area", _one_of(when.area, lambda facts: facts.area)))
    if when.incident is not None:
        tests.append(("incident", lambda facts, _: facts.incident is when.incident))
    if when.hours is not None:
        inside, calendar = when.hours
        tests.append(("hours", lambda facts, _: is_open(calendar, facts.at) is inside))
    return tests


def _text(when: When, book: PatternBook) -> list[Named]:
    tests: list[Named] = []
    if when.text_any:
        any_of = frozenset(book.phrase(phrase) for phrase in when.text_any)
        tests.append(("text_any", lambda _, hits: not any_of.isdisjoint(hits.phrases)))
    if when.text_all:
        all_of = frozenset(book.phrase(phrase) for phrase in when.text_all)
        tests.append(("text_all", lambda _, hits: all_of <= hits.phrases))
    if when.text_none:
        none_of = frozenset(book.phrase(phrase) for phrase in when.text_none)
        tests.append(("text_none", lambda _, hits: none_of.isdisjoint(hits.phrases)))
    if when.text_regex is not None:
        expression = book.expression(when.text_regex)
        tests.append(("text_regex", lambda _, hits: expression in hits.expressions))
    return tests


def _language(allowed: Sequence[str]) -> Test:
    """``pt`` holds for ``pt-BR`` too; ``pt-BR`` for nothing else."""
    values = frozenset(value.casefold() for value in allowed)
    return lambda facts, _: not values.isdisjoint(language_forms(facts.language))


def language_forms(language: str | None) -> tuple[str, ...]:
    """What a language code is asked for by: itself, and without its region."""
    if not language:
        return ()
    code = language.casefold()
    plain = code.split("-", 1)[0]
    return (code,) if plain == code else (code, plain)


def _one_of(allowed: Sequence[str], of: Callable[[Facts], str | None]) -> Test:
    values = frozenset(value.casefold() for value in allowed)

    def test(facts: Facts, _: Hits) -> bool:
        value = of(facts)
        return value is not None and value.casefold() in values

    return test
