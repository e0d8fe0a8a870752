"""The weeks before the demo: routed as they came, answered, set right by the supervisor, and closed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from inbox.flow import clocks
from inbox.flow.corrected import kept_as_corrections
from inbox.flow.deciding import Undone, recompute
from inbox.flow.triage import triage_pending
from inbox.model.ids import AccountId, AreaId, ThreadId
from inbox.model.people import Employee
from inbox.model.words import Status
from inbox.networks.demo import past
from inbox.networks.demo.past import PastThread
from inbox.store import accounts, audit, config, decisions, mentions, pages, people
from inbox.store.decisions import State
from inbox.store.engine import Session, Store
from inbox.store.items import FIRST, Item, prepare

SUPERVISOR: Final = "farid"
_BATCH: Final = 400
_SEEN: Final = timedelta(seconds=3)
"""How long after a post it was stored."""


def bring_in(store: Store, handles: tuple[str, ...], *, now: datetime) -> None:
    """Store each week, route it at its own times, put right where it went, and close it. Raises ``StoreError``."""
    with store.read() as s:
        known = {each.handle: each.id for each in accounts.all(s)}
    for week in past.weeks(handles, now):
        _store(store, week.threads, known)
        triage_pending(store, now=week.end, limit=_BATCH, replay=True)
        _settle(store, week.threads, now=min(week.end + timedelta(hours=1), now))
        clocks.due(store, now=now, act=False)


def _store(store: Store, threads: Sequence[PastThread], known: dict[str, AccountId]) -> None:
    posts = sorted((post for each in threads for post in each.posts), key=lambda post: post.created_at)
    items = []
    for post in posts:
        account = known[post.account or ""]
        made = prepare(post, account, pulled_by=account, connected_at=FIRST, now=post.created_at + _SEEN)
        if isinstance(made, Item):
            items.append(made)
    with store.write(durable=False) as s:
        window = config.load(s).settings.reopen_within
        pages.store_chunk(s, past.NETWORK, items, now=posts[-1].created_at + _SEEN, reopen_within=window)


def _settle(store: Store, threads: Sequence[PastThread], *, now: datetime) -> None:
    """All that people decided in a week, in one transaction."""
    with store.write(durable=False) as s:
        found = mentions.find(s, past.NETWORK, [each.posts[0].id for each in threads])
        ended = {ThreadId(found[each.posts[0].id].thread_id): each for each in threads}
        staff = {each.name: each for each in people.employees(s)}
        areas = {each.name: each.id for each in people.areas(s)}
        before = decisions.states(s, ended)
        after = {key: _ended(before[key], each, areas, staff[each.desk]) for key, each in ended.items()}
        decisions.put(s, list(after.values()))
        _write_down(s, ended, before, after, now)
        recompute(s, ended, now)


def _ended(old: State, told: PastThread, areas: dict[str, AreaId], desk: Employee) -> State:
    at, why = told.closings[-1]
    return replace(
        old,
        status=Status.CLOSED,
        close_reason=why,
        closed_at=at,
        area_id=areas[told.area],
        assignee_id=desk.id,
        last_assignee_id=desk.id,
        assigned_at=told.taken_at,
        started_at=told.taken_at,
        snoozed_until=None,
    )


def _write_down(
    s: Session,
    ended: dict[ThreadId, PastThread],
    before: dict[ThreadId, State],
    after: dict[ThreadId, State],
    now: datetime,
) -> None:
    """Who closed what and when; and what the supervisor put right, from which the routing learns."""
    closings = [(key, at, why, each.desk) for key, each in ended.items() for at, why in each.closings]
    decisions.add_events(s, [(key, at, Status.CLOSED, str(why), desk) for key, at, why, desk in closings])
    for key, at, why, desk in closings:
        audit.record(s, desk, "close", key, at, reason=str(why))
    wrong: dict[str, list[ThreadId]] = {}
    for key, each in ended.items():
        if before[key].area_id != after[key].area_id:
            wrong.setdefault(each.area, []).append(key)
    for area, keys in wrong.items():
        audit.record_many(s, SUPERVISOR, "move", [(key, {"area": area}) for key in keys], now)
        undone = [Undone(before[key], before[key].version + 1) for key in keys]
        kept_as_corrections(s, undone, area, SUPERVISOR, now)
