"""What an incident's evidence says: as a document to keep, a title, and one paragraph for people."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from inbox.hot.words import spelled
from inbox.model.incident import Alert, AlertKind

Document = dict[str, Any]
_SHOWN_TERMS: Final = 3
_FEWEST: Final = 3
_SHARED: Final = 0.5
"""So many of the texts, and such a share of them, say what an incident is named after."""
_USUAL: Final = 0.2
"""What a larger share of the other texts says too is no news."""


def document(alert: Alert, account: str, began_at: datetime) -> Document:
    """An alert as it is kept for good; times RFC 3339, lengths in seconds, examples by mention number, shares of
    displeased posts (0 to 1) where more than usual are.
    """
    kept: Document = {
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
    if alert.negative is not None:
        kept |= {"negative": round(alert.negative, 4), "usual_negative": round(alert.usual_negative or 0.0, 4)}
    return kept


def title(alert: Alert, brand: str, texts: Sequence[str] = (), said: Sequence[str] = ()) -> str:
    """What an incident is called until somebody names it: after what people say, where they say the same.

    ``brand`` is whom they write to, ``texts`` what those write who belong to it, and ``said`` what they share.
    """
    kind, _, name = alert.stream.partition(":")
    if alert.kind is AlertKind.CLUSTER:
        return f"{_quoted(_most_said(alert.terms, texts), texts)} ({brand})"
    if alert.kind is AlertKind.WATCHED:
        return f"“{name}” was said ({brand})"
    if alert.kind is AlertKind.REACH:
        return f"High reach and displeased ({brand})"
    if alert.kind is AlertKind.GROWTH:
        return f"Spreading fast: one post ({brand})"
    if said:
        # The second word, unless it is part of the first.
        two = [said[0], *(each for each in said[1:] if not set(each.split()) & set(said[0].split()))][:2]
        words = ", ".join(_quoted(each, texts) for each in two)
        return f"{words} ({name if kind == 'area' else brand})"
    # What it is about comes first: a side bar cuts the rest.
    many = "more and more" if alert.kind is AlertKind.RISE else "many"
    do = "write" if alert.negative is None else "complain"
    return f"{name if kind == 'area' else brand}: {many} {do}"


def shared(texts: Sequence[str], others: Sequence[str] = ()) -> tuple[str, ...]:
    """The terms that most of some texts say and few of the ``others``, the most said first; of the same number pairs of
    words, then longer ones. None where the texts are too few, or do not say the same.
    """
    counts = Counter(term for text in set(texts) for term in spelled(text).values())
    least = max(_FEWEST, _SHARED * len(set(texts)))
    usual = Counter(term for text in set(others) for term in spelled(text).values())
    found = [term for term, n in counts.items() if n >= least and usual[term] <= _USUAL * len(set(others))]
    return tuple(sorted(found, key=lambda term: (-counts[term], " " not in term, -len(term), term)))


def _most_said(rising: Sequence[str], texts: Sequence[str]) -> str:
    """Of the rising terms the one that most of the texts say; the first where none says more than the others."""
    said = [frozenset(spelled(text).values()) for text in texts]
    return max(named(rising), key=lambda term: sum(term in each for each in said))


def _quoted(term: str, texts: Sequence[str]) -> str:
    """In quotes, as most of the texts write it: a flight's number stays in capitals."""
    written = Counter(
        found for text in texts for found in re.findall(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE)
    )
    return f"“{written.most_common(1)[0][0] if written else term}”"


def named(terms: Sequence[str]) -> list[str]:
    """The terms that say the most, first: pairs of words, and words that stand in none of them."""
    pairs = [each for each in terms if " " in each]
    return [*pairs, *(each for each in terms if " " not in each and not any(each in pair.split() for pair in pairs))]


def written(at: datetime) -> str:
    """A time as everybody reads the same, wherever they are."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def paragraph(kept: Document, told: Callable[[datetime], str] = written) -> str:
    """What was seen, against what was expected, since when and by how many people, in one paragraph. ``told`` puts a
    time into words.
    """
    kind = AlertKind(kept["kind"])
    begun = f"since {told(datetime.fromisoformat(kept['since']))}"
    people = f"{kept['authors']:,} people" if kept["authors"] != 1 else "one person"
    rest = f"{_usual(kept)}{_negative(kept)}{_copies(kept)}."
    if kind is AlertKind.CLUSTER:
        said = ", ".join(f"“{each}”" for each in named(kept["terms"])[:_SHOWN_TERMS])
        return f"{people} wrote about {said} within {_length(kept)}, {begun}; {rest}"
    if kind is AlertKind.WATCHED:
        return f"The watched phrase “{kept['terms'][0]}” was said, {begun}."
    if kind is AlertKind.REACH:
        return f"Somebody whom very many follow, or who writes for the press, is displeased, {begun}."
    if kind is AlertKind.GROWTH:
        return f"One post gathers likes, shares and replies fast, {begun}."
    whom = kept["stream"].partition(":")[2]
    about = f"about {whom}" if kept["stream"].startswith("area:") else f"to {kept.get('brand') or whom}"
    if kind is AlertKind.RISE:
        posts = f"{kept['observed']:,} posts" if kept["observed"] != 1 else "one post"
        return f"More and more is written {about}: {posts} of {people} within {_length(kept)}, {begun}; {rest}"
    return f"{people} wrote {about} within {_length(kept)}, {begun}; {rest}"


def _usual(kept: Document) -> str:
    expected = kept["expected"]
    if expected < 1:
        return "usually it is fewer than one"
    return f"usually it is about {expected:,.0f}"


def _negative(kept: Document) -> str:
    if kept.get("negative") is None:
        return ""
    return f"; {kept['negative']:.0%} of them negative, usually {kept.get('usual_negative') or 0:.0%}"


def _copies(kept: Document) -> str:
    if not kept["copies"]:
        return ""
    return f"; {kept['copies']:,} more posts only repeat the words of others"


def _length(kept: Document) -> str:
    seconds = kept["within_seconds"]
    for unit, one, name in ((86_400, "a day", "days"), (3_600, "an hour", "hours")):
        if seconds >= unit and not seconds % unit:
            return one if seconds == unit else f"{seconds // unit:.0f} {name}"
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes != 1 else "a minute"
