"""Rows of a CSV file as the objects that lines of JSON would be."""

import json
from collections.abc import Mapping
from typing import Any

_AUTHOR = ("id", "handle", "name", "followers", "verified", "tags")
_NUMBERS = ("likes", "shares", "replies", "followers")
_TRUE, _FALSE = ("true", "yes", "1", "t", "y"), ("false", "no", "0", "f", "n")


def to_object(row: Mapping[str | None, Any]) -> dict[str, Any]:
    """The object of a row: ``author_handle`` and ``author.handle`` go into the author, ``labels.area`` into the
    labels, numbers are numbers, and empty cells are left out. What cannot be read stays text, for the line's
    own checks to refuse.
    """
    found: dict[str, Any] = {}
    for name, cell in row.items():
        if name is None:
            found["more_cells"] = cell
            continue
        key = name.strip()
        if not isinstance(cell, str) or (not cell and key != "text"):
            continue
        if (part := _part(key, "author")) in _AUTHOR:
            found.setdefault("author", {})[part] = _cell(str(part), cell)
        elif (part := _part(key, "labels")) is not None:
            found.setdefault("labels", {})[part] = cell
        else:
            found[key] = _cell(key, cell)
    return found


def _part(key: str, whole: str) -> str | None:
    head, rest = key[: len(whole)], key[len(whole) + 1 :]
    return rest if head == whole and key[len(whole) : len(whole) + 1] in {"_", "."} and rest else None


def _cell(key: str, cell: str) -> Any:  # noqa: ANN401 - any JSON value
    word = cell.strip()
    if key in _NUMBERS:
        return int(word) if word.isascii() and word.isdecimal() and len(word) < 19 else cell  # noqa: PLR2004 - digits of 2**63
    if key == "verified":
        return True if word.lower() in _TRUE else False if word.lower() in _FALSE else cell
    if key == "tags":
        return [tag for each in word.replace(",", ";").split(";") if (tag := each.strip())]
    if key in {"media", "labels"}:
        return _json(cell)
    return cell


def _json(cell: str) -> Any:  # noqa: ANN401 - any JSON value
    """Media and labels in one cell are JSON; media may be bare addresses too."""
    try:
        return json.loads(cell)
    except ValueError:
        return [{"url": each} for each in cell.split()]
