"""Texts made comparable: folded, without look-alike forms, and cut into words, so that phrases can be found in them."""

import re
import unicodedata
from functools import lru_cache
from typing import Final


def _marks() -> str:
    """Vowel signs and accents that are not letters to Python and are part of words: as ranges of a character class."""
    found = {n for n in (*range(0x300, 0x1E00), *range(0xA66F, 0xAC00)) if unicodedata.category(chr(n))[0] == "M"}
    starts = sorted(n for n in found if n - 1 not in found)
    ends = sorted(n for n in found if n + 1 not in found)
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


_MARKS: Final = _marks()
_GAP_CLASS: Final = rf"(?:[^\w{_MARKS}]|_)+"
_GAP: Final = re.compile(_GAP_CLASS)
_ASCII_GAP: Final = re.compile(r"[\W_]+")
_UNSPACED: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_APOSTROPHES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})


def folded(text: str) -> str:
    """The text in one form for comparing: NFKC, case folded, straight apostrophes, no lone surrogates."""
    if text.isascii():
        return text.lower()
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean).casefold()).translate(_APOSTROPHES)


def spaced(text: str) -> str:
    """A folded text as its words with one blank around each: ``" lost bag "`` lies in it as a whole phrase only."""
    return f" {_words_of(text)} "


def is_plain(phrase: str) -> bool:
    """True for a folded phrase of words and blanks in a script that sets blanks between words: ``spaced`` finds it."""
    words = _words_of(phrase)
    return bool(words) and not _UNSPACED.search(phrase) and words == _loosely(phrase)


def pattern_of(phrase: str) -> str:
    """RE2's pattern for a folded phrase with signs in it, or of a script without blanks; then ask ``stands_in``."""
    return r"\s+".join(_quoted(part) for part in phrase.split())


def stands_in(phrase: str, text: str) -> bool:
    """Whether a folded phrase stands in a folded text by itself.

    Whole words where the phrase begins or ends with a letter or digit of a script that sets blanks. Asked only where
    the letters occur, since RE2's own word boundary knows ASCII only and its classes of letters are slow to compile.
    """
    before, after = _bounded(phrase[:1]), _bounded(phrase[-1:])
    finder = _loose_finder(phrase)
    match = finder.search(text)
    while match is not None:
        start, end = match.span()
        if not (before and _in_word(text[start - 1 : start])) and not (after and _in_word(text[end : end + 1])):
            return True
        match = finder.search(text, start + 1)
    return False


def found_as(phrase: str, text: str) -> str:
    """How a phrase stands in a text, for showing why something matched; the phrase itself where its form differs."""
    match = _finder(phrase).search(text)
    return match.group(0) if match else phrase


def spans(phrase: str, text: str, *, begun: bool = False) -> list[tuple[int, int]]:
    """Where a phrase stands in a text as written; ``begun``: its last word may go on."""
    form = folded(phrase).strip()
    if not form:
        return []
    finder = _finder(form, begun)
    found = [match.span() for match in finder.finditer(text)]
    if found or text.isascii():
        return found
    # Its letters may be written otherwise there (ß for ss, a ligature): sought in the folded text, and traced back.
    form_of, origin = _traced(text)
    return [(origin[match.start()], origin[match.end()]) for match in finder.finditer(form_of)]


def _traced(text: str) -> tuple[str, list[int]]:
    """The text folded letter by letter, and for each of its places (and its end) where that stood."""
    parts: list[str] = []
    origin: list[int] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place < len(text) and unicodedata.combining(text[place]):
            continue
        part = folded(text[start:place])
        parts.append(part)
        origin += [start] * len(part)
        start = place
    return "".join(parts), [*origin, len(text)]


@lru_cache(maxsize=4096)
def _finder(phrase: str, begun: bool = False) -> re.Pattern[str]:  # noqa: FBT001, FBT002 - a key of the cache
    if is_plain(phrase):
        words, gap = _words_of(phrase).split(), _GAP_CLASS
    else:
        words, gap = phrase.split(), r"\s+"
    before = rf"(?<![^\W_])(?<![{_MARKS}])" if _bounded(phrase[:1]) else ""
    after = rf"(?![^\W_])(?![{_MARKS}])" if _bounded(phrase[-1:]) and not begun else ""
    return re.compile(before + gap.join(re.escape(word) for word in words) + after, re.IGNORECASE)


@lru_cache(maxsize=4096)
def _loose_finder(phrase: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(part) for part in phrase.split()))


def _in_word(letter: str) -> bool:
    """Whether a letter, digit or mark (or nothing, past either end) is part of a word."""
    return unicodedata.category(letter)[0] in "LNM" if letter else False


def _words_of(text: str) -> str:
    return (_ASCII_GAP if text.isascii() else _GAP).sub(" ", text).strip()


def _loosely(phrase: str) -> str:
    """The phrase with its blanks and apostrophes made single blanks: signs stay, and so tell it from plain words."""
    return " ".join(phrase.replace("'", " ").split())


def _bounded(letter: str) -> bool:
    return letter.isalnum() and not _UNSPACED.match(letter)


def _quoted(part: str) -> str:
    return "".join(sign if sign.isalnum() or not sign.isascii() else f"\\{sign}" for sign in part)
