"""All phrases and regular expressions of a workspace, compiled together: one pass over a text tells which occur."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import re2

from inbox.routing.phrases import folded, is_plain, pattern_of, spaced, stands_in

_MEMORY: Final = 64 << 20
"""Bytes for each set's automaton; with RE2's default (8 MB) a large set could miss matches without saying so."""
_LARGEST: Final = 1 << 20
"""Bytes for one regular expression (some 40,000 instructions, which take a twentieth of a second to compile)."""
_ROOM: Final = 400_000
"""Instructions in one set: more would leave its automaton too little of the memory to run in."""
_PROBE: Final = "\x01\x02"
_PROBE_PATTERN: Final = r"\x01\x02"
_TOO_LARGE: Final = (
    "This regular expression is too large: it would take too long on every mention. Count lower in its {…}."
)


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
            _Set(list(self._expressions), list(self._expressions), fold=True, sizes=_sizes(self._expressions)),
        )

    def hits(self, text: str) -> Hits:
        """Which phrases and expressions occur in the text. Expressions see it as written, cases ignored."""
        return self.hits_of(forms_of(text))

    def hits_of(self, forms: Forms) -> Hits:
        """Which phrases and expressions occur in a text of these forms."""
        plain, signed, expressions = self._sets
        phrases = plain.found(forms.spaced)
        phrases += [phrase for phrase in signed.found(forms.folded) if stands_in(phrase, forms.folded)]
        if not phrases and expressions.empty:
            return _NO_HITS
        return Hits(frozenset(phrases), frozenset(expressions.found(forms.written)))


class _Set:
    """Patterns under their names, searched at once; where they do not fit into the memory, in several parts.

    ``sizes`` are the instructions that each takes; none are small.
    """

    def __init__(self, names: list[str], patterns: list[str], *, fold: bool, sizes: Sequence[int] = ()) -> None:
        self.empty = not names
        self._parts: list[_Part] = []
        start = taken = 0
        for place, size in enumerate(sizes):
            if taken + size > _ROOM and place > start:
                self._parts += _parts(names[start:place], patterns[start:place], fold=fold)
                start, taken = place, 0
            taken += size
        if names:
            self._parts += _parts(names[start:], patterns[start:], fold=fold)

    def found(self, text: str) -> list[str]:
        return [name for part in self._parts for name in part.found(text)]


class _Part:
    """Patterns in one automaton. Raises ``_TooMuch`` where it has no room, ``ValueError`` for a bad pattern."""

    def __init__(self, names: list[str], patterns: list[str], *, fold: bool) -> None:
        self._names = names
        self._set = re2.Set.SearchSet(options(ignore_case=fold))
        for pattern in patterns:
            try:
                self._set.Add(pattern)
            except (re2.error, UnicodeEncodeError) as error:
                raise ValueError(f"{pattern}: {error}") from error
        self._set.Add(_PROBE_PATTERN)
        try:
            self._set.Compile()
        except re2.error as error:
            raise _TooMuchError from error
        # An automaton that has no room to run finds nothing and does not say so: what it must find tells.
        if len(names) not in (self._set.Match(_PROBE) or ()):
            raise _TooMuchError

    def found(self, text: str) -> list[str]:
        known = len(self._names)
        return [self._names[number] for number in self._set.Match(text) or () if number < known]


class _TooMuchError(Exception):
    """These patterns do not fit into one automaton."""


def _parts(names: list[str], patterns: list[str], *, fold: bool) -> list[_Part]:
    try:
        return [_Part(names, patterns, fold=fold)]
    except _TooMuchError:
        if len(names) == 1:
            raise ValueError(f"{patterns[0]}: {_TOO_LARGE}") from None
    half = len(names) // 2
    first = _parts(names[:half], patterns[:half], fold=fold)
    return first + _parts(names[half:], patterns[half:], fold=fold)


def options(*, ignore_case: bool, memory: int = _MEMORY) -> "re2.Options":
    """RE2's options: bounded memory, nothing written to the standard error stream."""
    chosen = re2.Options()
    chosen.log_errors = False
    chosen.max_mem = memory
    chosen.case_sensitive = not ignore_case
    return chosen


def check_regex(pattern: str) -> str | None:
    """Why RE2 refuses a regular expression, in a plain sentence; None when it takes it. For ``config check``."""
    try:
        _sizes([pattern])
    except ValueError as error:
        return str(error).removeprefix(f"{pattern}: ")
    return None


def _sizes(patterns: Iterable[str]) -> list[int]:
    """How many instructions each expression takes. Raises ``ValueError`` naming the one that cannot be taken."""
    chosen = options(ignore_case=True, memory=_LARGEST)
    return [_size(pattern, chosen) for pattern in patterns]


def _size(pattern: str, chosen: "re2.Options") -> int:
    try:
        return int(re2.compile(pattern, chosen).programsize)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        words = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        said = _TOO_LARGE if "too large" in words else f"This regular expression is not RE2's: {words}."
        raise ValueError(f"{pattern}: {said}") from error
    except UnicodeEncodeError as error:
        raise ValueError(f"{pattern}: This regular expression holds half of a character.") from error


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
