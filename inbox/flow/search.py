"""Search: from what somebody types to the threads that hold it, newest first."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from inbox.model.ids import MentionId, ThreadId
from inbox.model.thread import ThreadRow
from inbox.model.words import Status
from inbox.store import config, search, threads
from inbox.store.engine import Store
from inbox.store.errors import Refused
from inbox.store.search import Hit, Query

_PART = re.compile(r'(?:(?P<key>[a-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<word>[^\s"]+))(?P<star>(?<=")\*)?', re.IGNORECASE)
_WORDS = 50
"""Words that are looked for at once: each is a walk through the index."""
_SHOWN = 160
_BEFORE = 40


@dataclass(frozen=True, slots=True)
class Match:
    """A thread, and its newest mention that matches; ``text`` is the part of it around the match."""

    row: ThreadRow
    mention_id: MentionId
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """Matching threads, newest match first; ``next`` goes on behind them, None at the end."""

    matches: tuple[Match, ...]
    next: str | None


def find(store: Store, asked: str, *, limit: int = 50, cursor: str | None = None) -> Found:
    """The threads that match. Raises ``Refused`` with a sentence for what cannot be searched for."""
    with store.read() as s:
        zone = ZoneInfo(config.load(s).settings.time_zone)
        query = parse(asked, zone)
        best: dict[ThreadId, Hit] = {}
        at = cursor
        while True:
            hits = search.find(s, query, limit=limit - len(best), cursor=at)
            for hit in hits.found:
                best.setdefault(hit.thread_id, hit)
            at = hits.next
            if at is None or len(best) >= limit:
                break
        rows = threads.rows(s, best)
    words = [word for each, _ in query.words for word in each.split()]
    return Found(tuple(_match(row, best[row.id], words) for row in rows), at)


def parse(asked: str, zone: ZoneInfo) -> Query:
    """What is asked for. Days are days in ``zone``. Raises ``Refused``."""
    words: list[tuple[str, bool]] = []
    given: dict[str, list[str]] = {}
    for key, value, prefix in _parts(asked):
        if key:
            given.setdefault(key, []).append(value)
        elif any(letter.isalnum() for letter in value):
            words.append((value, prefix))
    if len(words) > _WORDS:
        raise Refused(f"That is more than {_WORDS} words. Search for fewer, or for a “phrase in quotation marks”.")
    if not words and not given:
        raise Refused("Say what to search for: words, “a phrase”, from:, area:, account:, is:, before: or after:.")
    return Query(
        words=tuple(words),
        authors=tuple(given.get("from", ())),
        areas=tuple(given.get("area", ())),
        accounts=tuple(given.get("account", ())),
        statuses=tuple(_status(each) for each in given.get("is", ())),
        after=max((_moment("after", each, zone) for each in given.get("after", ())), default=None),
        before=min((_moment("before", each, zone) for each in given.get("before", ())), default=None),
    )


_KEYS = ("from", "area", "account", "is", "before", "after")


def _parts(asked: str) -> Iterator[tuple[str, str, bool]]:
    """(key or nothing, value, is it a prefix) of each part."""
    clean = asked.replace("“", '"').replace("”", '"').replace("\0", " ").encode("utf-8", "replace").decode()
    for part in _PART.finditer(clean):
        key, word = (part["key"] or "").lower(), part["quoted"] if part["word"] is None else part["word"]
        prefix = bool(part["star"])
        if part["word"] is not None and word.endswith("*"):
            word, prefix = word.rstrip("*"), True
        bare = word.removesuffix(":").lower() if word.endswith(":") else None
        if bare in _KEYS or (key in _KEYS and not word):
            raise Refused(f"Say what after “{bare or key}:”, without a space between.")
        if key in _KEYS:
            yield key, word, prefix
        else:
            # Not a key of ours: a word with a colon in it, as in an address.
            yield "", f"{key} {word}" if key else word, prefix


def _status(word: str) -> Status:
    try:
        return Status(word.lower())
    except ValueError as error:
        raise Refused(f"“is:{word}” is not known. There are: {', '.join(f'is:{each}' for each in Status)}.") from error


def _moment(key: str, word: str, zone: ZoneInfo) -> datetime:
    readers: tuple[Callable[[str], datetime], ...] = (
        lambda text: datetime.combine(date.fromisoformat(text), time(), zone),
        datetime.fromisoformat,
    )
    for read in readers:
        try:
            found = read(word)
            return found if found.tzinfo is not None else found.replace(tzinfo=zone)
        except ValueError:
            continue
    raise Refused(f"“{key}:{word}” is not a day. Days look like {key}:2026-03-02.")


def _match(row: ThreadRow, hit: Hit, words: list[str]) -> Match:
    line = " ".join(hit.text.split())
    lowered = line.lower()
    first = min((at for word in words if (at := lowered.find(word.lower())) >= 0), default=0)
    start = 0 if first + _BEFORE < _SHOWN else first - _BEFORE
    shown = ("…" if start else "") + line[start : start + _SHOWN] + ("…" if start + _SHOWN < len(line) else "")
    return Match(row, hit.mention_id, shown, hit.created_at)
