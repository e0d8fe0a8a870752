"""Makes alerts of what was found: how bad it looks, who said it, and what is shown of it."""

from collections.abc import Sequence
from typing import Final

from inbox.hot.climbing import Climb
from inbox.hot.copies import voices
from inbox.hot.mood import Mood
from inbox.hot.phrases import Rise
from inbox.hot.volume import Burst
from inbox.hot.window import LENGTH, Entry, Window
from inbox.hot.words import spelled
from inbox.model.incident import Alert, AlertKind, Severity

_HIGH: Final = 12.0
_MEDIUM: Final = 7.0
_EXAMPLES: Final = 5
_COPIED: Final = 0.8
_OF_CLUSTER: Final = 0.5


def of_cluster(found: Rise, own: Sequence[Entry], copies: int, *, mood: Mood, newest: Entry, text: str) -> Alert:
    """The alert for people who say the same: ``own`` are the voices, ``text`` is the one that gave the alarm."""
    shown = spelled(text)
    together = tuple(
        shown.get(term) or " ".join(shown.get(word, word) for word in term.split())
        for term in _together(own, found.terms)
    )
    severity, negative, usual = _felt(_severity(found.score), own, mood)
    return Alert(
        newest.at,
        f"topic:{newest.account}:{together[0]}",
        AlertKind.CLUSTER,
        severity,
        found.score,
        found.authors,
        found.expected,
        len({each.author for each in own}),
        LENGTH,
        together,
        copies,
        _examples(own, newest),
        negative,
        usual,
    )


def of_volume(name: str, kind: AlertKind, found: Burst | Climb, window: Window, *, mood: Mood, newest: Entry) -> Alert:
    """The alert for a burst or a slow rise. Where most only repeat others it is of low severity."""
    entries = window.within(found.length)
    own, copies = voices(entries)
    low = copies > _COPIED * len(entries)
    severity, negative, usual = _felt(Severity.LOW if low else _severity(found.score), own, mood)
    return Alert(
        newest.at,
        name,
        kind,
        severity,
        found.score,
        found.observed,
        found.expected,
        len({each.author for each in entries}),
        found.length,
        copies=copies,
        examples=_examples(own, newest),
        negative=negative,
        usual_negative=usual,
    )


def _examples(own: Sequence[Entry], newest: Entry) -> tuple[str, ...]:
    """The newest voices; never nothing."""
    return tuple(each.id for each in own[-_EXAMPLES:]) or (newest.id,)


def _felt(severity: Severity, own: Sequence[Entry], mood: Mood) -> tuple[Severity, float | None, float | None]:
    """One step worse where clearly more than usual are displeased, with their share and the usual one."""
    slide = mood.slide(own)
    if slide is None:
        return severity, None, None
    steps = list(Severity)
    return steps[min(steps.index(severity) + 1, len(steps) - 1)], *slide


def _together(entries: Sequence[Entry], rising: tuple[str, ...]) -> tuple[str, ...]:
    """The rising terms, and those that half of these entries share beside them."""
    counts: dict[str, int] = {}
    for entry in entries:
        for term in entry.terms:
            counts[term] = counts.get(term, 0) + 1
    shared = [term for term, n in counts.items() if n >= _OF_CLUSTER * len(entries) and term not in rising]
    return (*rising, *sorted(shared, key=lambda term: -counts[term]))


def _severity(score: float) -> Severity:
    if score >= _HIGH:
        return Severity.HIGH
    return Severity.MEDIUM if score >= _MEDIUM else Severity.LOW
