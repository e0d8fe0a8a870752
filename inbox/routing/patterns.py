"""All phrases and regular expressions of a workspace, compiled together: one pass over a text tells which occur."""

from dataclasses import dataclass, field
from typing import Final

import re2

from inbox.routing.phrases import folded, is_plain, pattern_of, spaced

_MEMORY: Final = 64 << 20
"""Bytes for each set's automaton; with RE2's default (8 MB) a large set could miss matches without saying so."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What occurs in one text: folded phrases, and regular expressions as they were written."""

    phrases: frozenset[str] = field(default_factory=frozenset)
    expressions: frozenset[str] = field(default_factory=frozenset)


_NO_HITS: Final = Hits()


@dataclass(frozen=True, slots=True)
class Forms:
    """A text in the forms in which patterns are sought in it, so that many books can be asked for one making."""

    folded: str
    spaced: str
    written: str


def forms_of(text: str) -> Forms:
    """The forms of a text."""
    form = folded(text)
    return Forms(form, spaced(form), without_surrogates(text))


class PatternBook:
    """Collect with ``phrase`` and ``expression``, then ``close``; ``hits`` then answers in microseconds."""

    def __init__(self) -> None:
        self._plain: dict[str, None] = {}
        self._signed: dict[str, None] = {}
        self._expressions: dict[str, None] = {}
        self._sets: tuple[_Set, _Set, _Set] = (_NOTHING, _NOTHING, _NOTHING)

    def phrase(self, phrase: str) -> str:
        """Note a phrase; returns the folded form that ``hits`` will name."""
        form = folded(phrase).strip()
        if form:
            (self._plain if is_plain(form) else self._signed)[form] = None
        return form

    def expression(self, pattern: str) -> str:
        """Note a regular expression in RE2's syntax. A bad one is refused by ``close``."""
        self._expressions[pattern] = None
        return pattern

    def close(self) -> None:
        """Compile all. Raises ``ValueError`` naming the expression that RE2 refuses."""
        self._sets = (
            _Set(list(self._plain), [spaced(phrase) for phrase in self._plain], fold=False),
            _Set(list(self._signed), [pattern_of(phrase) for phrase in self._signed], fold=False),
            _Set(list(self._expressions), list(self._expressions), fold=True),
        )

    def hits(self, text: str) -> Hits:
        """Which phrases and expressions occur in the text. Expressions see it as written, cases ignored."""
        return self.hits_of(forms_of(text))

    def hits_of(self, forms: Forms) -> Hits:
        """Which phrases and expressions occur in a text of these forms."""
        plain, signed, expressions = self._sets
        phrases = plain.found(forms.spaced) + signed.found(forms.folded)
        if not phrases and expressions.empty:
            return _NO_HITS
        return Hits(frozenset(phrases), frozenset(expressions.found(forms.written)))


class _Set:
    """Patterns under their names, searched at once."""

    def __init__(self, names: list[str], patterns: list[str], *, fold: bool) -> None:
        self.empty = not names
        self._names = names
        self._set = re2.Set.SearchSet(options(ignore_case=fold))
        for pattern in patterns:
            problem = check_regex(pattern)
            if problem is not None:
                raise ValueError(f"{pattern}: {problem}")
            self._set.Add(pattern)
        if names:
            self._set.Compile()

    def found(self, text: str) -> list[str]:
        if self.empty:
            return []
        return [self._names[number] for number in self._set.Match(text) or ()]


def options(*, ignore_case: bool) -> "re2.Options":
    """RE2's options: bounded memory, nothing written to the standard error stream."""
    chosen = re2.Options()
    chosen.log_errors = False
    chosen.max_mem = _MEMORY
    chosen.case_sensitive = not ignore_case
    return chosen


def check_regex(pattern: str) -> str | None:
    """Why RE2 refuses a regular expression, in a plain sentence; None when it takes it. For ``config check``."""
    try:
        re2.compile(pattern, options(ignore_case=True))
    except re2.error as error:
        reason = error.args[0] if error.args else error
        words = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        return f"This regular expression is not RE2's: {words}."
    except UnicodeEncodeError:
        return "This regular expression holds half of a character."
    return None


def matched_text(pattern: str, text: str) -> str | None:
    """What a regular expression found in a text, for showing why."""
    match = re2.search(pattern, without_surrogates(text), options(ignore_case=True))
    return match.group(0) if match else None


def matched_spans(pattern: str, text: str) -> list[tuple[int, int]]:
    """Where a regular expression matches in a text: character positions, empty matches left out."""
    found = re2.finditer(pattern, without_surrogates(text), options(ignore_case=True))
    return [match.span() for match in found if match.end() > match.start()]


def without_surrogates(text: str) -> str:
    """The text with lone surrogates, which RE2 cannot take, as question marks of the same length."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


_NOTHING: Final = _Set([], [], fold=False)
