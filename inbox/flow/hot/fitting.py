"""How much what a thread says is like what an incident is about."""

from collections.abc import Collection, Iterable

from inbox.hot.likeness import likeness
from inbox.hot.words import spelled
from inbox.model.ids import ThreadId
from inbox.model.incident import BY_HAND, Incident
from inbox.store import hot
from inbox.store.engine import Session
from inbox.store.hot import Heard

Fits = dict[ThreadId, float | None]
"""By thread from 0 to 1; None where the incident says nothing that could be compared."""


def fits(found: Incident, mentions: Iterable[Heard]) -> Fits:
    """For each thread of some mentions, by what of it is the most like the incident."""
    return _fits(found, ((each.thread_id, each.text) for each in mentions))


def fits_of(s: Session, found: Incident, thread_ids: Collection[ThreadId]) -> Fits:
    """For threads that a person puts in, by what their authors said in them last."""
    return _fits(found, hot.last_said(s, thread_ids))


def _fits(found: Incident, texts: Iterable[tuple[ThreadId, str]]) -> Fits:
    said = _about(found)
    kept: Fits = {}
    for thread_id, text in texts:
        fit = likeness(said, text) if said else None
        before = kept.get(thread_id)
        kept[thread_id] = fit if before is None or fit is None else max(before, fit)
    return kept


def _about(found: Incident) -> tuple[str, ...]:
    """Its terms; one that a person opened is about what it is called."""
    if found.terms or found.kind != BY_HAND:
        return found.terms
    return tuple(term for term in spelled(found.title).values() if " " not in term)
