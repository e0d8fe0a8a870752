"""Reads files of labelled mentions: the import format with ``labels``, or ``text`` and ``label`` (or ``intent``).

The label is taken apart from the text here, so that nothing that predicts ever sees one.
"""

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from inbox.flow.learning.known import Known, weight_of
from inbox.model.words import Direction
from inbox.store.examples import Source

_GZIP: Final = b"\x1f\x8b"
_PLAIN: Final = ("label", "intent")
_BROKEN = (gzip.BadGzipFile, EOFError, zlib.error, UnicodeDecodeError)


class BadFile(ValueError):
    """Nothing can be learnt from this file; the message says why."""


@dataclass(slots=True)
class LabelledFile:
    """The labelled mentions of a file, with how far people agreed on each (None: not said), and what was left out."""

    examples: list[Known] = field(default_factory=list)
    agreements: list[float | None] = field(default_factory=list)
    left_out: int = 0
    unreadable: int = 0

    def agreed(self, least: float) -> list[bool]:
        """Which examples people agreed on so far or further."""
        return [each is not None and each >= least for each in self.agreements]


def read(path: Path, label: str = "area", leave_out: Collection[str] = ()) -> LabelledFile:
    """The inbound mentions of a file that have the label; a null one is None. Raises ``OSError`` and ``BadFile``."""
    found = LabelledFile()
    others: Counter[str] = Counter()
    lines = 0
    for row in _rows(path):
        lines += 1
        if row is None or not isinstance(row.get("text"), str):
            found.unreadable += 1
            continue
        others.update(_names(row))
        if not _has(row, label) or row.get("direction", Direction.INBOUND) != Direction.INBOUND:
            continue
        value = _label(row, label)
        if value in leave_out:
            found.left_out += 1
            continue
        agreement = _agreement(row, label)
        found.examples.append(_known(row, value, agreement))
        found.agreements.append(agreement)
    if not found.examples:
        raise BadFile(_nothing(path, label, lines, others))
    return found


def _rows(path: Path) -> Iterator[dict[str, Any] | None]:
    """Each line's object, None for a line that is none."""
    with path.open("rb") as file:
        zipped = file.read(2) == _GZIP
        file.seek(0)
        body: IO[bytes] = gzip.GzipFile(fileobj=file) if zipped else file  # type: ignore[assignment]  # a reader all the same
        try:
            for line in body:
                if line.strip():
                    yield _object(line)
        except _BROKEN as error:
            raise BadFile(f"{path.name} breaks off, and what follows cannot be read: {error}.") from error


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _labels(row: dict[str, Any]) -> dict[str, Any]:
    labels = row.get("labels")
    return labels if isinstance(labels, dict) else {}


def _plain(row: dict[str, Any]) -> str | None:
    """Where a line without ``labels`` has its label."""
    return None if "labels" in row else next((name for name in _PLAIN if name in row), None)


def _has(row: dict[str, Any], label: str) -> bool:
    return label in _labels(row) or label in row or (label == "area" and _plain(row) is not None)


def _label(row: dict[str, Any], label: str) -> str | None:
    plain = _plain(row) if label == "area" and label not in row else None
    value = row[plain] if plain is not None else _labels(row).get(label, row.get(label))
    if isinstance(value, bool):
        return str(value).casefold()
    return None if value is None else str(value)


def _agreement(row: dict[str, Any], label: str) -> float | None:
    value = _labels(row).get(f"{label}_agreement")
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _known(row: dict[str, Any], label: str | None, agreement: float | None) -> Known:
    author = row.get("author")
    who = (author.get("id") or author.get("handle") or "") if isinstance(author, dict) else ""
    account = row.get("account")
    return Known(
        row["text"],
        label,
        weight_of(label, agreement),
        str(who),
        account if isinstance(account, str) else "",
        _time(row.get("created_at")),
        None,
        Source.IMPORTED,
    )


def _time(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _names(row: dict[str, Any]) -> list[str]:
    return [name for name, value in _labels(row).items() if not isinstance(value, float)]


def _nothing(path: Path, label: str, lines: int, others: Counter[str]) -> str:
    said = f"No inbound mention of {path.name} has the label “{label}” ({lines} lines were read)."
    names = ", ".join(name for name, _ in others.most_common(8))
    return f"{said} It has: {names}. Choose one with --label." if names else said
