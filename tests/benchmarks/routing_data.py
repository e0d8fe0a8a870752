"""The public labelled texts that routing is measured on, as examples. They lie beside the project."""

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from inbox.flow.learning.hints import hint
from inbox.routing.training import Example, with_earlier

DATA = Path(__file__).parents[2].parent / "shared" / "data"
AIRLINE = DATA / "mentions" / "airline.jsonl.gz"
BANKING = DATA / "labelled" / "banking77.jsonl.gz"
AGREED = 0.99
"""Agreement of the annotators from which a label is a fair test."""


def airline_areas() -> list[Example]:
    """Complaints to six airlines, nine reasons and none; what the annotators could not tell is left out.

    The weight is their agreement. For none there is no figure in the file, so its weight is 1.
    """
    return with_earlier(
        [
            _example(row, area, 1.0 if area is None else row["labels"]["area_agreement"])
            for row in _rows(AIRLINE)
            if (area := row["labels"]["area"]) != "Can't Tell"
        ]
    )


def airline_sentiments() -> list[Example]:
    """The same mentions: negative, neutral or positive."""
    return with_earlier(
        [_example(row, row["labels"]["sentiment"], row["labels"]["sentiment_agreement"]) for row in _rows(AIRLINE)]
    )


def banking() -> list[Example]:
    """Questions to a bank, 77 intents: the official training part."""
    return [Example(row["text"], row["intent"], hint=hint(row["text"])) for row in _rows(BANKING)]


def agreed(examples: list[Example]) -> list[int]:
    """The places of the examples whose reason all annotators named."""
    return [place for place, each in enumerate(examples) if each.label is not None and each.weight >= AGREED]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _example(row: dict[str, Any], label: str | None, weight: float) -> Example:
    at = datetime.fromisoformat(row["created_at"])
    return Example(row["text"], label, weight, row["author"]["id"], at, row["account"], hint=hint(row["text"]))
