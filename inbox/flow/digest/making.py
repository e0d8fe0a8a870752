"""Makes a digest: reads the week and the weeks before it, and counts people."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from inbox.flow.digest.digested import Digest, Mood, Slow
from inbox.flow.digest.questions import questions
from inbox.flow.digest.quoting import quoted, reached, told
from inbox.flow.digest.topics import ENOUGH, Before, candidates, topics
from inbox.flow.digest.voices import Voice, heard, voices
from inbox.model.report import By, Period
from inbox.model.workspace import UNSORTED
from inbox.store import said
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound, Refused
from inbox.store.people import areas
from inbox.store.said import Only

WEEKS: Final = 4
"""Earlier periods of the same length that topics are compared with."""
MOST_READ: Final = 30_000
"""Posts of the period that are read for topics, the newest; of each period before a third."""
SHOWN: Final = 5
POSITIVE: Final = "positive"
MOODS: Final = ("positive", "neutral", "negative")
_WEEK: Final = timedelta(days=7)
_OTHERWISE: Final = re.compile(r"\?|\bRT @|“@|\"@")
DEFINITION: Final = (
    "What customers said: their mentions by the time they were posted. People only: automatic posts, spam and posts of "
    "our own employees are left out. A topic is a word or phrase that more authors used than in the weeks before "
    "(log-odds with an informative Dirichlet prior, so far that about one comes by chance); each author counts once, "
    "and near-copies count as one author. Shares of sentiment are of the mentions that were judged."
)


def digest(store: Store, area: str | None, period: Period, *, now: datetime, only: Only = ()) -> Digest:
    """What customers said in ``area`` (None: everywhere) in a period; without bounds it is the week up to ``now``.

    Raises ``NotFound`` for an unknown area.
    """
    end = min(period.end or now, now) if period.start is None or period.start < now else period.end or now
    start = period.start or end - _WEEK
    if start >= end:
        raise Refused("This time ends before it begins.")
    asked = Period(start, end)
    with store.read() as s:
        narrowed = (*only, *_area(s, area))
        return _digest(s, area, asked, narrowed, now)


def _digest(s: Session, area: str | None, period: Period, only: Only, now: datetime) -> Digest:
    before = _before(period, 1)
    counted, counted_before = said.counts(s, period, only), said.counts(s, before, only)
    heard_now = voices(said.posts(s, period, only, MOST_READ))
    own = _own(s)
    told_of = candidates(heard_now, own)
    earlier = _earlier(s, period, only, set(told_of))
    read = sum(1 + voice.copies for voice in heard_now)
    glad = [voice for voice in heard_now if _praises(voice)]
    return Digest(
        area,
        period,
        counted.mentions,
        counted.needing_reply,
        counted.authors,
        counted.threads,
        counted_before.mentions,
        counted_before.authors,
        earlier.weeks if earlier.authors >= ENOUGH else 0,
        topics(heard_now, told_of, earlier),
        _moods(s, period, before, only),
        reached(heard_now, SHOWN),
        questions(heard_now, own),
        quoted(glad),
        _slow(s, period, only, now),
        tuple(sorted(said.outcomes(s, period, only).items(), key=lambda item: (-item[1], item[0]))),
        max(0, counted.mentions - read) if read >= MOST_READ else 0,
        DEFINITION,
    )


def _earlier(s: Session, period: Period, only: Only, wanted: set[tuple[str, ...]]) -> Before:
    """How many authors said what is said now, in each of the periods before; empty ones say nothing."""
    sums: dict[tuple[str, ...], int] = {}
    authors = weeks = 0
    for back in range(1, WEEKS + 1):
        found, several = heard(said.posts(s, _before(period, back), only, MOST_READ // 3), wanted)
        if several:
            weeks += 1
            authors += several
            for phrase, n in found.items():
                sums[phrase] = sums.get(phrase, 0) + n
    return Before(sums, authors, max(1, weeks))


def _before(period: Period, back: int) -> Period:
    """The period of the same length that lies so many of them back. A week keeps its weekdays; an hour of daylight
    saving more or less changes no topic.
    """
    if period.start is None or period.end is None:
        raise Refused("A digest needs a time that begins and ends.")
    length = period.end - period.start
    return Period(period.start - back * length, period.end - back * length)


def _moods(s: Session, period: Period, before: Period, only: Only) -> tuple[Mood, ...]:
    now, then = said.feelings(s, period, only), said.feelings(s, before, only)
    judged, judged_then = (sum(n for name, n in each.items() if name is not None) for each in (now, then))
    return tuple(
        Mood(
            name,
            n := now.get(name, 0),
            n / judged if judged else None,
            m := then.get(name, 0),
            m / judged_then if judged_then else None,
        )
        for name in MOODS
    )


def _praises(voice: Voice) -> bool:
    """Sounds glad, needs no reply, and neither asks nor quotes."""
    post = voice.post
    return post.sentiment == POSITIVE and post.needs_reply is False and not _OTHERWISE.search(post.text)


def _slow(s: Session, period: Period, only: Only, now: datetime) -> tuple[Slow, ...]:
    found = []
    for each in said.slowest(s, period, only, now, SHOWN):
        minutes = ((each.met_at or now) - each.started_at).total_seconds() / 60
        found.append(Slow(each.thread_id, each.handle, told(each.text), minutes, each.met_at is not None))
    return tuple(found)


def _own(s: Session) -> frozenset[str]:
    """Our accounts' and brands' names, whole and word by word."""
    names = said.own_names(s)
    return frozenset(chain(names, (word for name in names for word in _words(name))))


def _words(name: str) -> Iterator[str]:
    yield from name.replace(".", " ").replace("-", " ").split()


def _area(s: Session, area: str | None) -> Only:
    if area is None:
        return ()
    known = [UNSORTED, *(each.name for each in areas(s))]
    found = next((each for each in known if each.casefold() == area.casefold()), None)
    if found is None:
        raise NotFound(f"There is no area “{area}”. There are: {', '.join(dict.fromkeys(known))}.")
    return ((By.AREA, found),)
