"""What the quality of the routing is reckoned from: choices, what people made of them, texts, missed deadlines."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, func, select

from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Corrected
from inbox.model.words import ReasonStep
from inbox.store.schema import clock, correction, dismissal, mention, placement
from inbox.store.session import Session, insert_for

MOST: Final = 50_000
"""So many choices are looked at, the newest: figures of a longer time would say nothing of today's routing."""
LETTERS: Final = 300
"""Of a text so many characters are read: what it is about stands near its beginning."""
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Placed:
    """The routing's choice for a thread; ``area`` None is Unsorted."""

    thread_id: ThreadId
    mention_id: MentionId
    at: datetime
    area: str | None
    step: ReasonStep
    rule: str | None
    probability: float | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A person moved a thread from one area to another (``Unsorted`` for none)."""

    thread_id: ThreadId
    was: str
    became: str
    at: datetime


def placed(s: Session, since: datetime | None, until: datetime, most: int = MOST) -> list[Placed]:
    """The newest ``most`` choices from ``since`` until before ``until``, the oldest first."""
    names = ("thread_id", "mention_id", "at", "area", "step", "rule", "probability")
    query = select(*(placement.c[name] for name in names)).where(placement.c.at < until)
    if since is not None:
        query = query.where(placement.c.at >= since)
    rows = s.execute(query.order_by(placement.c.at.desc(), placement.c.thread_id.desc()).limit(most)).all()
    return [_placed(row) for row in reversed(rows)]


def moved(s: Session, since: datetime | None, until: datetime, most: int = MOST) -> list[Moved]:
    """The newest ``most`` moves to another area, the oldest first."""
    query = select(correction.c.thread_id, correction.c.was, correction.c.became, correction.c.at).where(
        correction.c.kind == str(Corrected.AREA), correction.c.at < until
    )
    if since is not None:
        query = query.where(correction.c.at >= since)
    rows = s.execute(query.order_by(correction.c.at.desc(), correction.c.id.desc()).limit(most)).all()
    return [Moved(ThreadId(row.thread_id), row.was, row.became, row.at) for row in reversed(rows)]


def corrected(s: Session, since: datetime | None, until: datetime) -> dict[Corrected, int]:
    """How often each kind of thing was corrected."""
    query = select(correction.c.kind, func.count().label("n")).where(correction.c.at < until)
    if since is not None:
        query = query.where(correction.c.at >= since)
    return {Corrected(row.kind): int(row.n) for row in s.execute(query.group_by(correction.c.kind))}


def corrected_threads(s: Session, since: datetime, until: datetime, most: int) -> list[ThreadId]:
    """The threads of which anything was corrected, the newest correction first."""
    newest = func.max(correction.c.at)
    query = (
        select(correction.c.thread_id)
        .where(correction.c.at >= since, correction.c.at < until)
        .group_by(correction.c.thread_id)
    )
    return [
        ThreadId(row.thread_id) for row in s.execute(query.order_by(newest.desc(), correction.c.thread_id).limit(most))
    ]


def best_guesses(s: Session, ids: Iterable[ThreadId]) -> dict[ThreadId, str]:
    """The area that the learned model held for the likeliest, of the threads for which it was asked."""
    found: dict[ThreadId, str] = {}
    for some in _chunks(ids):
        query = select(placement.c.thread_id, placement.c.ranked).where(placement.c.thread_id.in_(some))
        found |= {ThreadId(row.thread_id): row.ranked[0][0] for row in s.execute(query) if row.ranked}
    return found


def texts(s: Session, ids: Iterable[MentionId]) -> dict[MentionId, str]:
    """The beginnings of some mentions' texts."""
    found: dict[MentionId, str] = {}
    for some in _chunks(ids):
        query = select(mention.c.id, func.substr(mention.c.text, 1, LETTERS).label("text"))
        found |= {MentionId(row.id): row.text for row in s.execute(query.where(mention.c.id.in_(some)))}
    return found


def missed(s: Session, ids: Iterable[ThreadId]) -> set[ThreadId]:
    """Those of some threads of which a deadline was missed."""
    found: set[ThreadId] = set()
    for some in _chunks(ids):
        query = select(clock.c.thread_id).where(clock.c.thread_id.in_(some), clock.c.breached_at.is_not(None))
        found |= {ThreadId(row.thread_id) for row in s.execute(query.distinct())}
    return found


def dismissed(s: Session) -> set[tuple[str, str, str]]:
    """Suggestions that were not wanted: (was, became, words) each."""
    return {(row.was, row.became, row.words) for row in s.execute(select(dismissal))}


def dismiss(s: Session, was: str, became: str, words: str, *, actor: str, now: datetime) -> None:
    """Remember that a suggestion is not wanted."""
    values: dict[str, Any] = {"was": was, "became": became, "words": words, "actor": actor, "at": now}
    s.execute(insert_for(s)(dismissal).on_conflict_do_nothing(), values)
    s.changed(topics=["learned"])


def restore(s: Session, was: str, became: str, words: str) -> None:
    """Let a suggestion that was not wanted come again."""
    mine = (dismissal.c.was == was, dismissal.c.became == became, dismissal.c.words == words)
    s.execute(delete(dismissal).where(*mine))
    s.changed(topics=["learned"])


def _placed(row: Row[Any]) -> Placed:
    return Placed(
        ThreadId(row.thread_id),
        MentionId(row.mention_id),
        row.at,
        row.area,
        ReasonStep(row.step),
        row.rule,
        row.probability,
    )


def _chunks(ids: Iterable[int]) -> Iterator[Collection[int]]:
    wanted = list(ids)
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]
