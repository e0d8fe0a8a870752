"""JSON as networks send it: read without ever failing on one bad piece, and asked whether it can be stored. Pure."""

import json
import math
from typing import Any

DEEPEST = 60
TOO_DEEP = "\0nested too deep"

_LONGEST_NUMBER = 18


def read_json(body: bytes) -> Any:  # noqa: ANN401 - JSON is any
    """The value of a body. Raises ``ValueError`` when it is no JSON.

    One malicious post must not cost its whole page: what is nested deeper than ``DEEPEST`` becomes a string
    that ``unstorable`` finds, and so do numbers that no machine keeps.
    """
    text = body.decode("utf-8-sig", errors="replace")
    try:
        return _load(text)
    except RecursionError:
        return _load(_flattened(text))


def _load(text: str) -> Any:  # noqa: ANN401 - JSON is any
    return json.loads(text, parse_int=_integer)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else math.inf


def _flattened(text: str) -> str:
    """The text with every value below ``DEEPEST`` replaced by a marked string."""
    kept: list[str] = []
    depth = start = place = 0
    while place < len(text):
        letter = text[place]
        if letter == '"':
            place = _end_of_string(text, place)
        elif letter in "[{":
            depth += 1
            if depth == DEEPEST + 1:
                kept.append(text[start:place])
        elif letter in "]}":
            if depth == DEEPEST + 1:
                kept.append(json.dumps(TOO_DEEP))
                start = place + 1
            depth -= 1
        place += 1
    if depth > DEEPEST:
        raise ValueError("the nesting never ends")
    return "".join([*kept, text[start:]])


def _end_of_string(text: str, start: int) -> int:
    place = start + 1
    while place < len(text) and text[place] != '"':
        place += 2 if text[place] == "\\" else 1
    return place


def unstorable(value: Any) -> str | None:  # noqa: ANN401 - JSON is any
    """Why a payload cannot be stored as it is, None when it can: NUL and half surrogate pairs stand in no
    database's text, NaN and infinities in no JSON column.
    """
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        piece, depth = waiting.pop()
        if isinstance(piece, str):
            if (reason := _bad_text(piece)) is not None:
                return reason
        elif isinstance(piece, float):
            if not math.isfinite(piece):
                return "a number in it is too large or no number"
        elif depth > DEEPEST:
            return "it is nested too deep"
        elif isinstance(piece, dict):
            waiting.extend((each, depth + 1) for pair in piece.items() for each in pair)
        elif isinstance(piece, list | tuple):
            waiting.extend((each, depth + 1) for each in piece)
    return None


def _bad_text(text: str) -> str | None:
    if text == TOO_DEEP:
        return "it is nested too deep"
    if "\0" in text:
        return "its text holds a NUL character"
    if text.isascii():
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return "its text holds half a character (a lone surrogate)"
    return None


def kept_text(value: Any) -> str:  # noqa: ANN401 - JSON is any
    """The whole payload as pure ASCII JSON, for the quarantine: any store takes it. Never raises."""
    try:
        return json.dumps(value, ensure_ascii=True, default=repr)
    except (RecursionError, ValueError):
        return json.dumps("(nested too deep to be kept)")
