"""The texts to teach with, from files of three kinds, by their names."""

import gzip
import json
import re
from pathlib import Path

from inbox.routing.meaning.pieces import cleaned

_LONG = 160
"""Characters of a part that a long text without sentences is cut into."""
_SHORT = 3
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def read(files: list[Path]) -> list[str]:
    """Every text once, in the order of the files."""
    return list(dict.fromkeys(text for file in files for text in _of(file) if len(text) > _SHORT))


def _of(file: Path) -> list[str]:
    if file.name.endswith((".jsonl", ".jsonl.gz")):
        return _lines(file)
    if file.name.startswith("data."):
        return _glosses(file)
    return _fortunes(file)


def _lines(file: Path) -> list[str]:
    """JSON lines with a ``text`` each; long ones by sentences."""
    opened = gzip.open if file.suffix == ".gz" else open
    found = []
    with opened(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            short = len(text) <= 2 * _LONG
            found += [cleaned(part) for part in ([text] if short else _SENTENCE_END.split(text))]
    return found


def _glosses(file: Path) -> list[str]:
    """WordNet: what a word means, and the examples."""
    found = []
    for line in file.read_text(encoding="latin-1").splitlines():
        facts, bar, gloss = line.partition("|")
        if not bar or line.startswith(" "):
            continue
        word = facts.split()[4].replace("_", " ")
        meaning = re.sub(r'"[^"]*"', "", gloss).strip(" ;")
        found += [f"{word}: {meaning}", *re.findall(r'"([^"]+)"', gloss)]
    return found


def _fortunes(file: Path) -> list[str]:
    """Sayings between lines of ``%``."""
    sayings = file.read_text(encoding="utf-8", errors="replace").split("\n%\n")
    plain = [" ".join(saying.split()) for saying in sayings]
    return [cleaned(saying[at : at + _LONG]) for saying in plain for at in range(0, len(saying), _LONG)]
