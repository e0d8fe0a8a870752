"""A text cut into the words that a model looks at, each with its place in the text as it was written."""

import html
import re
from functools import lru_cache
from typing import Final, NamedTuple

from inbox.routing.phrases import folded

LOOKED_AT: Final = 4000
"""Characters of a text that are looked at: what a mention is about stands near its beginning."""
LONGEST: Final = 40
"""Characters of a word that are looked at."""

_LETTER: Final = r"[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u109f\u1780-\u17ff]"
_TOKEN: Final = re.compile(
    rf"""
      (?P<link>https?://\S+|www\.\S+)
    | (?P<handle>@\w[\w.\-]*)
    | (?P<tag>[#\uff03]\w+)
    | (?P<entity>&\#?\w{{1,8}};)
    | (?P<number>\d+(?:[.,:/]\d+)*)
    | (?P<word>(?:{_LETTER})+(?:['\u2019](?:{_LETTER})+)*)
    | (?P<smile>[:;=8][\-o^']?[)(\]\[dDpP/\\|*3]+|<3+|[xX][dD]\b)
    | (?P<loud>[!?]+)
    | (?P<sign>[^\w\s\ufe00-\ufe0f\u200b-\u200f\U0001f3fb-\U0001f3ff])
    """,
    re.VERBOSE,
)
_TAG_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_a-zA-Z]+")
_LONG_DRAWN: Final = re.compile(r"(.)\1{2,}", re.DOTALL)


class Word(NamedTuple):
    """One word in the form that models know, and where it stands in the text."""

    form: str
    begin: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text: links, handles and numbers as their kind, tags split, drawn-out letters shortened."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text[:LOOKED_AT]):
        begin, end = match.span()
        found.extend(Word(form, begin, end) for form in _forms(match.lastgroup or "", match.group()))
    return found


@lru_cache(maxsize=50_000)
def _forms(kind: str, token: str) -> tuple[str, ...]:
    if kind == "link":
        return ("<link>",)
    if kind == "handle":
        return ("<handle>",)
    if kind == "number":
        return (_number(token),)
    if kind == "entity":
        token = html.unescape(token)
    if kind == "loud":
        return ("?!" if len(set(token)) > 1 else token[:2],)
    if kind == "tag":
        parts = _TAG_PARTS.findall(token[1:])
        whole = _form(token)
        return (whole, *(_form(part) for part in parts)) if len(parts) > 1 else (whole, _form(token[1:]))
    form = _form(token)
    return (form,) if form else ()


def _form(token: str) -> str:
    return _LONG_DRAWN.sub(r"\1\1", folded(token)).replace(" ", "")[:LONGEST]


def _number(token: str) -> str:
    """The shape of a number: how long, and with which sign in it. Which flight or order it names is not learnt."""
    sign = next((each for each in token if not each.isdigit()), "")
    return f"<{min(sum(each.isdigit() for each in token), 6)}{sign}>"
