"""How a source is walked so that dying between any two pages loses nothing. Knows no HTTP: it is given ``fetch``.

Servers differ. On Mastodon ``min_id`` gives the *oldest* page after an id, so a catch-up climbs page by page.
Others read it as ``since_id`` and give the *newest* page, which leaves a hole below it: that is looked for, and
then the walk goes down to the last cursor first and hands out what it met from the bottom up.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from inbox.networks.mastodon.cursor import Cursor, newer
from inbox.networks.mastodon.parse import Malformed, local_id, time_of

Fetch = Callable[[dict[str, str]], list[Any]]
Span = tuple[datetime, datetime, str]

SETTLED = timedelta(seconds=60)
"""An id is given before it can be seen, so a smaller one may show up later: the cursor stays this far behind."""

MOST_PAGES = 250
KEPT_PAGES = 12
SMALL_PAGE = 10

_CLEARED = "The server has nothing older: its list was cleared, or does not reach further back."
_STUCK = "The server gives only its newest posts and cannot page further back."
_FAR = f"More was missed than {MOST_PAGES} pages hold."


@dataclass(frozen=True, slots=True)
class RawPage:
    """Payloads, oldest first, and the cursor to be stored with them."""

    items: list[Any]
    cursor: Cursor
    more: bool
    gap: Span | None = None


class _End(Enum):
    REACHED = "reached what is known"
    BOTTOM = "nothing older"
    STUCK = "the same page again"
    FAR = "too many pages"


@dataclass(slots=True)
class _Step:
    """A page of a walk down; the payloads of all but the lowest ``KEPT_PAGES`` are fetched again when due."""

    below: dict[str, str]
    items: list[Any] | None
    oldest: datetime | None


def by_id(fetch: Fetch, cursor: Cursor | None, since: datetime | None, now: datetime) -> Iterator[RawPage]:
    """Pages of a list whose ids follow the order of arrival (notifications)."""
    if cursor is None and since is None:
        newest = fetch({"limit": "1"})
        yield RawPage([], _top(newest, Cursor(now), now), more=False)
    elif cursor is None or cursor.after is None:
        yield from _from_time(fetch, cursor, since, now)
    else:
        yield from _upward(fetch, cursor, cursor.after, now)


def by_time(
    fetch: Fetch, cursor: Cursor | None, since: datetime | None, now: datetime, overlap: timedelta
) -> Iterator[RawPage]:
    """Pages of a list into which older posts may still arrive (own posts, hashtags, searches): the newest down
    to ``overlap`` before the cursor. What is read twice is known by its global id.
    """
    if cursor is None and since is None:
        yield RawPage([], Cursor(now, start=now), more=False)
        return
    known = cursor or Cursor(since or now, start=since)
    floor = known.at - overlap if cursor else known.at
    floor = max(floor, known.start) if known.start else floor
    steps, end = _down(fetch, lambda items: _all_before(items, floor))
    gap = _gap(steps, known, end) if end in {_End.STUCK, _End.FAR} else None
    yield from _from_bottom(fetch, steps, known, now, wanted=lambda item: not _before(item, floor), gap=gap)


def _upward(fetch: Fetch, cursor: Cursor, after: str, now: datetime) -> Iterator[RawPage]:
    proven, reached = False, after
    while True:
        raw = fetch({"min_id": reached})
        fresh = [item for item in raw if _is_newer(item, reached)]
        ids = [found for found in map(_id, fresh) if found is not None]
        if not ids:
            yield RawPage(fresh, cursor, more=False)
            return
        gap = None
        if not proven:
            below = _first_id(fetch({"max_id": _lowest(ids), "limit": "1"}))
            if below is not None and newer(below, after):
                yield from _climb_after_descent(fetch, cursor, after, now)
                return
            gap = _gap_before(fresh, cursor) if below is None else None
            proven = len(raw) >= SMALL_PAGE
        cursor, reached = _top(fresh, cursor, now - SETTLED), _highest(ids)
        more = len(raw) >= SMALL_PAGE
        yield RawPage(fresh[::-1], cursor, more, gap)
        if not more:
            return


def _climb_after_descent(fetch: Fetch, cursor: Cursor, after: str, now: datetime) -> Iterator[RawPage]:
    steps, end = _down(fetch, lambda items: any(not newer(found, after) for found in map(_id, items) if found))
    gap = None if end is _End.REACHED else _gap(steps, cursor, end)
    yield from _from_bottom(fetch, steps, cursor, now - SETTLED, wanted=lambda item: _is_newer(item, after), gap=gap)


def _from_time(fetch: Fetch, cursor: Cursor | None, since: datetime | None, now: datetime) -> Iterator[RawPage]:
    """Everything since a time; when there was nothing at all yet (a cursor without id), simply everything."""
    known = cursor or Cursor(since or now, start=since)
    floor = known.start
    steps, end = _down(fetch, lambda items: floor is not None and _all_before(items, floor))
    gap = _gap(steps, known, end) if end in {_End.STUCK, _End.FAR} else None
    yield from _from_bottom(
        fetch, steps, known, now - SETTLED, wanted=lambda item: floor is None or not _before(item, floor), gap=gap
    )


def _down(fetch: Fetch, reached: Callable[[list[Any]], bool]) -> tuple[list[_Step], _End]:
    steps: list[_Step] = []
    below: dict[str, str] = {}
    seen: set[str] = set()
    while len(steps) < MOST_PAGES:
        items = fetch(below)
        ids = [found for found in map(_id, items) if found is not None]
        if not items or (steps and not set(ids) - seen):
            return steps, _End.STUCK if len(items) >= SMALL_PAGE else _End.BOTTOM
        seen |= set(ids)
        steps.append(_Step(below, items, _oldest(items)))
        if not ids:
            return steps, _End.BOTTOM
        if len(steps) > KEPT_PAGES:
            steps[-KEPT_PAGES - 1].items = None
        if reached(items):
            return steps, _End.REACHED
        below = {"max_id": ids[-1], "offset": str(len(seen))}
    return steps, _End.FAR


def _from_bottom(
    fetch: Fetch,
    steps: list[_Step],
    cursor: Cursor,
    settled: datetime,
    *,
    wanted: Callable[[Any], bool],
    gap: Span | None,
) -> Iterator[RawPage]:
    if not steps:
        yield RawPage([], cursor, more=False, gap=gap)
    for place in range(len(steps) - 1, -1, -1):
        step = steps[place]
        items = step.items if step.items is not None else fetch(step.below)
        step.items = None
        cursor = _top(items, cursor, settled)
        # Lists come newest first, and a reply must not be stored before what it answers.
        yield RawPage([item for item in items[::-1] if wanted(item)], cursor, more=place > 0, gap=gap)
        gap = None


def _gap(steps: list[_Step], cursor: Cursor, end: _End) -> Span | None:
    oldest = min((step.oldest for step in steps if step.oldest), default=None)
    why = {_End.STUCK: _STUCK, _End.FAR: _FAR}.get(end, _CLEARED)
    return (cursor.at, oldest, why) if oldest is not None and oldest > cursor.at else None


def _gap_before(items: list[Any], cursor: Cursor) -> Span | None:
    oldest = _oldest(items)
    return (cursor.at, oldest, _CLEARED) if oldest is not None and oldest > cursor.at else None


def _top(items: list[Any], cursor: Cursor, settled: datetime) -> Cursor:
    """The cursor moved up to the newest of the items that are no younger than ``settled``; so a post from the
    future does not take it along either.
    """
    after, at = cursor.after, cursor.at
    for item in items:
        found, when = _id(item), _time(item)
        if when is not None and when > settled:
            continue
        if found is not None and (after is None or newer(found, after)):
            after = found
        at = max(at, when) if when is not None else at
    return Cursor(at, after, cursor.start)


def _id(item: Any) -> str | None:  # noqa: ANN401 - whatever came
    try:
        return local_id(item)
    except Malformed:
        return None


def _time(item: Any) -> datetime | None:  # noqa: ANN401 - whatever came
    try:
        return time_of(item)
    except Malformed:
        return None


def _is_newer(item: Any, after: str) -> bool:  # noqa: ANN401 - whatever came
    """Items without an id are kept: they go to quarantine."""
    found = _id(item)
    return found is None or newer(found, after)


def _before(item: Any, floor: datetime) -> bool:  # noqa: ANN401 - whatever came
    at = _time(item)
    return at is not None and at < floor


def _all_before(items: list[Any], floor: datetime) -> bool:
    """True when the page ends below the floor, so that what follows is older still."""
    times = [at for at in map(_time, items) if at is not None]
    return bool(times) and times[-1] < floor


def _oldest(items: list[Any]) -> datetime | None:
    return min((at for at in map(_time, items) if at is not None), default=None)


def _lowest(ids: list[str]) -> str:
    return min(ids, key=lambda found: (len(found), found))


def _highest(ids: list[str]) -> str:
    return max(ids, key=lambda found: (len(found), found))


def _first_id(items: list[Any]) -> str | None:
    return next((found for found in map(_id, items) if found is not None), None)
