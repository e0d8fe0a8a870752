"""Pure: which mentions belong to an alarm, what it is about, and of which open incident it is only a sign.

The collector asks it of incidents in the store, and a trial of settings of those that it would have opened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Protocol, TypeVar

from inbox.flow.hot import evidence
from inbox.hot.words import terms
from inbox.model.incident import BY_HAND, Alert, AlertKind, Severity
from inbox.store.hot import Heard

HOUR: Final = timedelta(hours=1)
COOL: Final = timedelta(hours=6)
"""For so long after its last sign much that is written to an account is of the incident that it has."""
_GATHERED_BY: Final = 2
"""So many of the rising terms are looked for in what follows."""
_KEPT_TERMS: Final = 5
SINGLE: Final = (AlertKind.REACH, AlertKind.GROWTH, AlertKind.WATCHED)
"""Alarms that one post gives."""
VOLUME: Final = (AlertKind.BURST, AlertKind.RISE)
"""Alarms that say no more than that much is written."""
_LONGEST_SAID: Final = 500
_RANK: Final = list(Severity)


class Standing(Protocol):
    """An incident that is open, or would be."""

    @property
    def kind(self) -> str:
        """What opened it."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def stream(self) -> str:
        """What was watched that gave its alarm."""

    @property
    def terms(self) -> Sequence[str]:
        """What it is about."""

    @property
    def account_id(self) -> int | None:
        """Its account; None for all."""

    @property
    def severity(self) -> Severity:
        """How bad it looks."""

    @property
    def evidence(self) -> Mapping[str, Any]:
        """What its alarm said; ``said`` is the text of a single post that gave it."""

    @property
    def last_sign_at(self) -> datetime | None:
        """When it was last seen."""


S = TypeVar("S", bound=Standing)


@dataclass(frozen=True, slots=True)
class Told:
    """What an alarm is about: the mention that gave it, what is written about it, the terms, and the mentions that
    belong to it, since ``began_at``.
    """

    cause: Heard
    texts: tuple[str, ...]
    terms: tuple[str, ...]
    mine: tuple[Heard, ...]
    began_at: datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """What an incident is once an alarm is a sign of it."""

    last_sign_at: datetime
    severity: Severity
    kind: str
    stream: str
    title: str
    terms: tuple[str, ...]
    evidence: Mapping[str, Any]


def told(alert: Alert, seen: Sequence[Heard]) -> Told:
    """What an alarm is about; ``seen`` are the mentions of the last hour, and whatever else gave it."""
    gave = (each for each in reversed(seen) if each.at == alert.at or str(each.id) in alert.examples)
    cause = next(gave, seen[-1])  # the last one, where its clock was ahead and the alarm has another time
    texts, said = _said(alert, seen, cause)
    mine = tuple(each for each in seen if str(each.id) in alert.examples or belongs(alert.stream, said, each))
    began_at = min((each.at for each in mine), default=alert.at)
    return Told(cause, tuple(texts), tuple(said), mine, began_at)


def described(alert: Alert, about: Told, brand: str) -> tuple[str, evidence.Document]:
    """What an incident of this alarm is called, and its evidence; ``brand`` is whom people write to."""
    title = evidence.title(alert, brand, about.texts, about.terms)
    kept = evidence.document(alert, about.cause.account, about.began_at) | {"brand": brand}
    return title, kept | ({"said": about.cause.text[:_LONGEST_SAID], "title": title} if alert.kind in SINGLE else {})


def signed(known: Standing, alert: Alert, about: Told, title: str, kept: evidence.Document) -> Signed:
    """What an incident is once an alarm, with its name and evidence, is a sign of it. One that a single post gave
    becomes what many say; its name does unless a person gave it another. A person's has what is said from then on.
    """
    last_sign_at = max(alert.at, known.last_sign_at or alert.at)
    severity = max(alert.severity, known.severity, key=_RANK.index)
    terms = tuple(known.terms) or (() if alert.kind in SINGLE else about.terms)
    if known.kind not in SINGLE or alert.kind in SINGLE:
        return Signed(last_sign_at, severity, known.kind, known.stream, known.title, terms, known.evidence)
    named = title if known.title == known.evidence.get("title") else known.title
    return Signed(last_sign_at, severity, alert.kind, alert.stream, named, about.terms, kept)


def belongs(stream: str, rising: Sequence[str], heard: Heard) -> bool:
    """Whether a mention is part of what a stream's alarm was given for. Of a burst of a whole account only what says
    the same is: not everybody who writes in that hour writes about the same matter.
    """
    kind, _, name = stream.partition(":")
    if kind == "account":
        return name == heard.account and says(rising, heard.text)
    if kind == "topic":
        return name.partition(":")[0] == heard.account and says(rising, heard.text)
    if kind == "area":
        return heard.area == name
    if kind == "watched":
        return name.casefold() in " ".join(heard.text.split()).casefold()
    # A single post's, or a person's, which later signs have said more of.
    return says(rising, heard.text)


def says(rising: Sequence[str], text: str) -> bool:
    """Whether a text uses one of the terms that it is gathered by."""
    said = _terms(text)
    return any(_terms(each) <= said for each in rising[:_GATHERED_BY] if _terms(each))


@lru_cache(maxsize=8_192)
def _terms(text: str) -> frozenset[str]:
    """Kept, since the newest mentions are held against each open incident."""
    return terms(text)


def same(standing: Iterable[S], alert: Alert, about: Told) -> S | None:
    """The open incident that an alarm is a sign of: the same stream, or shared terms (of one that a person opened, its
    name; of one that a single post gave, what that said), or much of its account, or a single post that says what it
    is about.
    """
    words = frozenset[str]().union(*(_terms(each) for each in about.terms))
    for each in standing:
        # An area's alarm is of all accounts, whichever of them it was given on.
        if each.account_id not in {None, about.cause.account_id} and not alert.stream.startswith("area:"):
            continue
        if each.stream == alert.stream or (alert.kind in SINGLE and says(each.terms, about.cause.text)):
            return each
        if alert.kind not in SINGLE and words & frozenset[str]().union(*(_terms(term) for term in each.terms)):
            return each
        recent = each.last_sign_at is not None and alert.at - each.last_sign_at < COOL
        if alert.kind not in SINGLE and each.kind == BY_HAND and _names(each.title, words):
            return each
        if alert.kind not in SINGLE and recent and says(about.terms, each.evidence.get("said", "")):
            return each
        if alert.kind in VOLUME and alert.stream.startswith("account:") and recent:
            return each
    return None


def _names(title: str, words: frozenset[str]) -> bool:
    """Whether a name holds two words of an alarm, or has but one, which is."""
    named = {term for term in _terms(title) if " " not in term}
    return bool(named) and len(named & words) >= min(2, len(named))


def _said(alert: Alert, seen: Sequence[Heard], cause: Heard) -> tuple[list[str], tuple[str, ...]]:
    """What was written in the time that an alarm is about, and the terms that it is about."""
    kind, _, _ = alert.stream.partition(":")
    lately = [
        each
        for each in seen
        if str(each.id) in alert.examples
        or (
            each.at > alert.at - alert.length
            and (each.account == cause.account if kind == "account" else belongs(alert.stream, alert.terms, each))
        )
    ]
    texts = [each.text for each in lately]
    if alert.terms or alert.kind is not AlertKind.BURST:
        return texts, alert.terms
    inside = {each.id for each in lately}
    return texts, evidence.shared(texts, [each.text for each in seen if each.id not in inside])[:_KEPT_TERMS]
