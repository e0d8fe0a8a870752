"""What commands print: one JSON document, or a table for people; troubles on stderr."""

import json
import shutil
import sys
import time
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

import typer

from inbox.store.engine import Store, open_store

LARGEST = 2**63 - 1
"""The largest number of a row."""

_GAP = "  "
_NARROWEST = 20
_PROGRESS_EVERY = 0.2
_UNSAFE = frozenset(("Cc", "Cf", "Zl", "Zp"))
_JOINER = "\u200d"


def wants_json(context: typer.Context) -> bool:
    """Whether ``--json`` was given, before or after the command."""
    return bool(context.obj is not None and context.obj.json)


def workspace_address(context: typer.Context) -> str:
    """The workspace meant: ``-w``, else INBOX_WORKSPACE, else the user's own."""
    from inbox import settings

    given = context.obj.workspace if context.obj is not None else None
    return str(given or settings.default_workspace())


def open_workspace(context: typer.Context, *, create: bool = False) -> Store:
    """The workspace, closed again when the command ends. Raises ``StoreError``."""
    store = open_store(workspace_address(context), create=create)
    context.call_on_close(store.close)
    return store


def acting(store: Store, name: str) -> str:
    """An employee's name for an actor, ``command`` for nobody in particular. Raises ``NotFound``."""
    if name == "command":
        return name
    from inbox.store import people

    with store.read() as s:
        return people.employee(s, name).name


def now() -> datetime:
    """The present, aware UTC."""
    return datetime.now(UTC)


def say(context: typer.Context, document: Any, sentence: str) -> None:  # noqa: ANN401 - any JSON value
    """The document where JSON is wanted, else the sentence."""
    if wants_json(context):
        say_json(document)
    else:
        typer.echo(shown(sentence))


def say_json(document: Any, *, indent: int | None = 2) -> None:  # noqa: ANN401 - any JSON value
    """One JSON document on stdout; ``indent=None`` for one line of a batch."""
    text = json.dumps(document, ensure_ascii=False, indent=indent, default=_plain)
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        text = json.dumps(document, indent=indent, default=_plain)  # a lone surrogate exists only as an escape
    sys.stdout.write(text + "\n")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for people; the last column gives way on a terminal that is too narrow."""
    cells = [[shown("" if cell is None else str(cell)) for cell in row] for row in rows]
    widths = [max(_width(line[place]) for line in [list(headings), *cells]) for place in range(len(headings))]
    if sys.stdout.isatty():
        room = shutil.get_terminal_size().columns - sum(widths[:-1]) - len(_GAP) * (len(widths) - 1)
        widths[-1] = min(widths[-1], max(room, _NARROWEST))
    for line in [list(headings), *cells]:
        line[-1] = _cut(line[-1], widths[-1])
        padded = (_padded(cell, width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write(_GAP.join(padded).rstrip() + "\n")


class Progress:
    """A line on a terminal that says how far it is; nothing elsewhere."""

    def __init__(self) -> None:
        self._said = 0.0
        self._shown = sys.stderr.isatty()

    def __call__(self, share: float) -> None:
        """``share`` is done, from 0 to 1."""
        at = time.monotonic()
        if not self._shown or (share < 1 and at - self._said < _PROGRESS_EVERY):
            return
        self._said = at
        sys.stderr.write(f"\r{share:4.0%}" + ("\n" if share >= 1 else ""))
        sys.stderr.flush()


def fail(sentence: str, code: int = 1) -> NoReturn:
    """One plain line on stderr, and the exit code."""
    typer.echo(" ".join(shown(sentence).split()), err=True)
    raise typer.Exit(code)


def iso(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def seconds(span: timedelta | None) -> float | None:
    """A duration in seconds, a whole number where it is one."""
    if span is None:
        return None
    found = span.total_seconds()
    return int(found) if found == int(found) else found


def local(moment: datetime | None) -> str:
    """A time for people, in this computer's zone, to the minute."""
    return "" if moment is None else moment.astimezone().strftime("%Y-%m-%d %H:%M")


def shown(text: str) -> str:
    """Text from anywhere, safe for a terminal: no control characters that could move its cursor or colour it."""
    return "".join(" " if letter != _JOINER and unicodedata.category(letter) in _UNSAFE else letter for letter in text)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, timedelta):
        return seconds(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    return str(value)


def _width(text: str) -> int:
    """Columns on a terminal: wide letters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
        for letter in text
    )


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - _width(text))


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while text and _width(text) > width - 1:
        text = text[:-1]
    return text + "…"
