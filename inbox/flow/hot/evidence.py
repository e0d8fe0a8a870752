"""What an incident's evidence says: as a document to keep, a title, and one paragraph for people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from inbox.model.incident import Alert, AlertKind

Document = dict[str, Any]
_SHOWN_TERMS: Final = 3


def document(alert: Alert, account: str, began_at: datetime) -> Document:
    """An alert as it is kept for good; times RFC 3339, lengths in seconds, examples by mention number."""
    return {
        "kind": str(alert.kind),
        "stream": alert.stream,
        "score": round(alert.score, 3),
        "observed": alert.observed,
        "expected": round(alert.expected, 3),
        "authors": alert.authors,
        "copies": alert.copies,
        "terms": list(alert.terms),
        "within_seconds": alert.length.total_seconds(),
        "at": alert.at.isoformat(),
        "since": began_at.isoformat(),
        "account": account,
        "examples": [int(each) for each in alert.examples],
    }


def title(alert: Alert, account: str) -> str:
    """What an incident is called until somebody names it."""
    kind, _, name = alert.stream.partition(":")
    if alert.kind is AlertKind.CLUSTER:
        return f"“{named(alert.terms)[0]}” ({account})"
    if alert.kind is AlertKind.WATCHED:
        return f"“{name}” was said ({account})"
    if alert.kind is AlertKind.REACH:
        return f"An author of high reach is displeased ({account})"
    if alert.kind is AlertKind.GROWTH:
        return f"A post spreads fast ({account})"
    return f"Many write about {name}" if kind == "area" else f"Many write to {name}"


def named(terms: Sequence[str]) -> list[str]:
    """The terms that say the most, first: pairs of words, and words that stand in none of them."""
    pairs = [each for each in terms if " " in each]
    return [*pairs, *(each for each in terms if " " not in each and not any(each in pair.split() for pair in pairs))]


def paragraph(kept: Document) -> str:
    """What was seen, against what was expected, since when and by how many people, in one paragraph."""
    kind = AlertKind(kept["kind"])
    since = datetime.fromisoformat(kept["since"])
    begun = f"since {since:%Y-%m-%d %H:%M} UTC"
    people = f"{kept['authors']} people" if kept["authors"] != 1 else "one person"
    if kind is AlertKind.CLUSTER:
        said = ", ".join(f"“{each}”" for each in named(kept["terms"])[:_SHOWN_TERMS])
        return f"{people} wrote about {said} within {_length(kept)}, {begun}; {_usual(kept)}{_copies(kept)}."
    if kind is AlertKind.WATCHED:
        return f"The watched phrase “{kept['terms'][0]}” was said, {begun}."
    if kind is AlertKind.REACH:
        return f"Somebody whom very many follow, or who writes for the press, is displeased, {begun}."
    if kind is AlertKind.GROWTH:
        return f"One post gathers likes, shares and replies fast, {begun}."
    whom = kept["stream"].partition(":")[2]
    about = f"about {whom}" if kept["stream"].startswith("area:") else f"to {whom}"
    return f"{people} wrote {about} within {_length(kept)}, {begun}; {_usual(kept)}{_copies(kept)}."


def _usual(kept: Document) -> str:
    expected = kept["expected"]
    if expected < 1:
        return "usually it is fewer than one"
    return f"usually it is about {expected:.0f}"


def _copies(kept: Document) -> str:
    if not kept["copies"]:
        return ""
    return f"; {kept['copies']} more posts only repeat the words of others"


def _length(kept: Document) -> str:
    minutes = round(kept["within_seconds"] / 60)
    return f"{minutes} minutes" if minutes != 60 else "an hour"  # noqa: PLR2004 - an hour has sixty
