"""Reads files of mentions: JSON lines, gzipped or not, and CSV; a bad line never stops the file."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from inbox.flow.mention_lines import BadLine, parse_line, parse_value
from inbox.flow.mention_tables import to_object
from inbox.model.mention import BadPayload, IncomingMention
from inbox.store.quarantine import FILES

LONGEST_LINE = 4_000_000
"""Bytes of a line; what is longer is no mention and is not read into memory."""

_MARK = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"
_BROKEN = (gzip.BadGzipFile, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Line:
    """What a line holds: ``place`` names file and line, ``text`` is the line, ``at`` how many bytes of the file
    (as it lies on the disk) are read.
    """

    found: IncomingMention | BadPayload
    place: str
    text: str
    at: int


def read(path: Path) -> Iterator[Line]:
    """Every line of a file that is not blank. Raises ``OSError`` when the file cannot be read."""
    with path.open("rb") as file:
        zipped = file.read(2) == _GZIP
        file.seek(0)
        body: IO[bytes] = gzip.GzipFile(fileobj=file) if zipped else file  # type: ignore[assignment]  # a reader all the same
        rows = _table if ".csv" in (suffix.lower() for suffix in path.suffixes[-2:]) else _lines
        number = 0
        try:
            for number, found, text in rows(body, path.name):
                yield Line(found, f"{path.name} line {number}", text, file.tell())
        except _BROKEN as error:
            place = f"{path.name} line {number + 1}"
            why = f"the file breaks off here, and what follows cannot be read: {error}"
            yield Line(BadPayload(FILES, f"{path.name}: {error}", why, place=place), place, "", file.tell())


def _lines(body: IO[bytes], name: str) -> Iterator[tuple[int, IncomingMention | BadPayload, str]]:
    number = 0
    while line := body.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_MARK)
        place = f"{name} line {number}"
        if len(line) > LONGEST_LINE:
            text = line[:1000].decode("utf-8", "backslashreplace")
            _skip_rest(body, line)
            why = f"the line is longer than {LONGEST_LINE:,} bytes"
            yield number, BadPayload(FILES, text, why, place=place), text
        elif line.strip():
            yield (number, *_decoded(line.rstrip(b"\r\n"), place))


def _decoded(line: bytes, place: str) -> tuple[IncomingMention | BadPayload, str]:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        text = line.decode("utf-8", "backslashreplace")
        why = f"it is not UTF-8 (byte {error.start + 1} of the line)"
        return BadPayload(FILES, text, why, place=place), text
    return parse_line(text, place), text


def _skip_rest(body: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = body.readline(LONGEST_LINE)


def _table(body: IO[bytes], name: str) -> Iterator[tuple[int, IncomingMention | BadPayload, str]]:
    text = io.TextIOWrapper(body, encoding="utf-8-sig", errors="surrogateescape", newline="")
    csv.field_size_limit(LONGEST_LINE)
    try:
        head = text.readline()
        delimiter = max(",;\t", key=head.count)
        columns = next(csv.reader([head], delimiter=delimiter), [])
        reader = csv.DictReader(text, fieldnames=columns, delimiter=delimiter)
        while True:
            number = reader.line_num + 2
            try:
                row = next(reader, None)
            except csv.Error as error:
                place = f"{name} line {number}"
                yield number, BadPayload(FILES, place, f"it is not CSV: {error}", place=place), place
                continue
            if row is None:
                return
            kept = to_object(row)
            shown = json.dumps(kept, ensure_ascii=True)
            try:
                yield number, parse_value(kept), shown
            except BadLine as error:
                yield number, BadPayload(FILES, shown, str(error), place=f"{name} line {number}"), shown
    finally:
        text.detach()
