"""The weeks before the demo: routed as they came, put right and taken, answered, and closed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from inbox.flow import clocks, scorecard
from inbox.flow.corrected import kept_as_corrections
from inbox.flow.deciding import Undone, recompute
from inbox.flow.triage import triage_pending
from inbox.model.ids import AccountId, ThreadId
from inbox.model.mention import IncomingMention
from inbox.model.words import Status
from inbox.networks.demo import past
from inbox.networks.demo.past import PastThread
from inbox.store import accounts, audit, config, decisions, mentions, pages, people, spells
from inbox.store.decisions import State
from inbox.store.engine import Session, Store
from inbox.store.items import FIRST, Item, prepare

SUPERVISOR: Final = "farid"
_BATCH: Final = 400
_SEEN: Final = timedelta(seconds=3)
"""How long after a post it was stored."""

Threads = dict[ThreadId, PastThread]


def bring_in(store: Store, handles: tuple[str, ...], *, now: datetime) -> None:
    """Store each week, route it at its own times, put right where it went, and close it. Raises ``StoreError``."""
    with store.read() as s:
        known = {each.handle: each.id for each in accounts.all(s)}
    for week in past.weeks(handles, now):
        settled_at = min(week.end + timedelta(hours=1), now)
        _store(store, (each.posts[0] for each in week.threads), known, week.end)
        threads = _taken(store, week.threads, now=settled_at)
        _store(store, (post for each in week.threads for post in each.posts[1:]), known, week.end)
        _closed(store, threads, now=settled_at)
    clocks.due(store, now=now, act=False)
    for line, value in past.entered().items():
        scorecard.enter(store, line, value, area=None, day=None, actor=SUPERVISOR, now=now)


def _store(store: Store, posts: Iterable[IncomingMention], known: dict[str, AccountId], end: datetime) -> None:
    """Posts in the order of time, each stored and routed as if it had just been made."""
    items = []
    for post in sorted(posts, key=lambda post: post.created_at):
        account, seen = known[post.account or ""], post.created_at + _SEEN
        made = prepare(post, account, pulled_by=account, connected_at=FIRST, now=seen)
        if isinstance(made, Item):
            items.append(made)
    with store.write(durable=False) as s:
        window = config.load(s).settings.reopen_within
        pages.store_chunk(s, past.NETWORK, items, now=end, reopen_within=window)
    triage_pending(store, now=end, limit=_BATCH, replay=True)


def _taken(store: Store, told: Sequence[PastThread], *, now: datetime) -> Threads:
    """Each thread with who answered it, in the area where it belongs; what was elsewhere teaches the routing."""
    with store.write(durable=False) as s:
        found = mentions.find(s, past.NETWORK, [each.posts[0].id for each in told])
        threads = {ThreadId(found[each.posts[0].id].thread_id): each for each in told}
        staff = {each.name: each.id for each in people.employees(s)}
        areas = {each.name: each.id for each in people.areas(s)}
        before = decisions.states(s, threads)
        after = [
            replace(
                before[key],
                status=Status.OPEN,
                area_id=areas[each.area],
                assignee_id=staff[each.desk],
                last_assignee_id=staff[each.desk],
                assigned_at=each.taken_at,
                started_at=each.taken_at,
            )
            for key, each in threads.items()
        ]
        decisions.put(s, after)
        decisions.add_events(s, [(key, each.taken_at, Status.OPEN, None, each.desk) for key, each in threads.items()])
        decisions.add_events(s, _closings(threads, slice(0, -1)))
        decisions.add_events(s, [(key, at, Status.OPEN, None, "collector") for key, at in _returns(threads)])
        spells.follow_each(s, {key: each.taken_at for key, each in threads.items()}, by=SUPERVISOR)
        # The clocks follow with the answers, or with the closing of those that got none.
        _correct(s, threads, before, {each.id: each for each in after}, now)
    return threads


def _correct(
    s: Session, threads: Threads, before: dict[ThreadId, State], after: dict[ThreadId, State], now: datetime
) -> None:
    wrong: dict[str, list[ThreadId]] = {}
    for key, each in threads.items():
        if before[key].area_id != after[key].area_id:
            wrong.setdefault(each.area, []).append(key)
    for area, keys in wrong.items():
        audit.record_many(s, SUPERVISOR, "move", [(key, {"area": area}) for key in keys], now)
        kept_as_corrections(s, [Undone(before[key], before[key].version + 1) for key in keys], area, SUPERVISOR, now)


def _closed(store: Store, threads: Threads, *, now: datetime) -> None:
    """Each thread closed as it was, with what became of its customer."""
    with store.write(durable=False) as s:
        before = decisions.states(s, threads)
        decisions.put(s, [_ended(before[key], each) for key, each in threads.items()])
        decisions.add_events(s, _closings(threads, slice(-1, None)))
        for key, at, _, why, desk in _closings(threads, slice(None)):
            audit.record(s, desk, "close", key, at, reason=why)
        recompute(s, threads, now)


def _closings(threads: Threads, which: slice) -> list[tuple[ThreadId, datetime, Status, str, str]]:
    """Some of the closings of each thread, as changes of status."""
    return [
        (key, at, Status.CLOSED, str(why), each.desk)
        for key, each in threads.items()
        for at, why in each.closings[which]
    ]


def _returns(threads: Threads) -> list[tuple[ThreadId, datetime]]:
    """When customers came back to what was closed: their last question."""
    return [(key, each.posts[-2].created_at) for key, each in threads.items() if len(each.closings) > 1]


def _ended(old: State, told: PastThread) -> State:
    at, why = told.closings[-1]
    return replace(old, status=Status.CLOSED, close_reason=why, closed_at=at, snoozed_until=None, outcome=told.outcome)
