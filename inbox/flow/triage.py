"""Triage: new mentions get their facts, rules, area, clocks and assignee, in the order they were posted.

Reading and thinking happen outside the write transaction, which is short and touches only threads that nobody
has changed in between; those are taken again with the next batch.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from inbox.flow import clock_news
from inbox.flow import clocks as clock_flow
from inbox.flow import facts as fact_finding
from inbox.flow.assign import assign_many, offer_in_turn
from inbox.flow.clocks import Plan
from inbox.flow.escalate import raising
from inbox.flow.facts import Found
from inbox.flow.heads import Heads, heads, mend
from inbox.flow.learning.guessing import earlier, guesses
from inbox.flow.policy_reasons import policy_reason
from inbox.flow.routed import Desk, Routed, apply_inbound, apply_outbound, begin, is_inbound, set_aside
from inbox.flow.rulebook import Rulebook, rulebook
from inbox.flow.telling import LATE
from inbox.model.change import Change
from inbox.model.ids import MentionId, ThreadId
from inbox.model.workspace import Workspace
from inbox.routing.guess import LearnedGuess
from inbox.store import audit, clocks, config, escalations, placements, reasons, spells, triage
from inbox.store.engine import Session, Store
from inbox.store.triage import ThreadState, Untriaged

log = logging.getLogger(__name__)

BATCH: Final = 64
"""Mentions for each transaction: it holds the write lock of SQLite for some hundredths of a second."""


@dataclass(slots=True)
class Triaged:
    """How many mentions were triaged, their threads, and what changed."""

    mentions: int = 0
    threads: set[ThreadId] = field(default_factory=set)
    change: Change = field(default_factory=Change)


@dataclass(slots=True)
class _Batch:
    """A snapshot: new mentions with all that they are judged by."""

    mentions: list[Untriaged]
    states: dict[ThreadId, ThreadState]
    threads: dict[ThreadId, Routed]
    workspace: Workspace
    desk: Desk
    heads: Heads
    earlier: dict[MentionId, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is found out of a batch's mentions before each is judged in its thread."""

    facts: dict[MentionId, Found]
    guesses: dict[MentionId, LearnedGuess | None]


def triage_pending(
    store: Store,
    *,
    now: datetime,
    limit: int = BATCH,
    replay: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Triaged:
    """Triage every mention that waits, in batches of ``limit``, until none is left or ``stop`` says so.

    With ``replay`` the clock stands at each mention's own time.
    """
    done = Triaged()
    while not stop():
        with store.read() as s:
            batch = _read(s, limit)
        if not batch.mentions:
            break
        if batch.heads.unreadable:
            mend(store, batch.heads)
        plans = _think(batch, now, replay=replay)
        at = batch.mentions[-1].created_at if replay else now
        with store.write(durable=False) as s:
            written = _write(s, batch, plans, at)
            _tell_news(s, batch, plans, written, at, replay=replay)
            if not replay:
                _call_for_help(s, [batch.threads[key] for key in written], at)
        done.threads |= written
        done.mentions += sum(mention.thread_id in written for mention in batch.mentions)
        done.change |= s.change
    return done


def _read(s: Session, limit: int) -> _Batch:
    workspace = config.load(s)
    mentions = triage.untriaged(s, limit)
    ids = {mention.thread_id for mention in mentions}
    states = triage.states(s, ids) if ids else {}
    histories = clocks.histories(s, ids)
    left = triage.left_unsorted(s, [key for key, state in states.items() if state.area_id is None])
    threads = {key: begin(state, histories[key], settled=key in left) for key, state in states.items()}
    employees = {employee.id: employee for employee in workspace.employees}
    desk, learned = Desk(rulebook(workspace), employees), heads(s)
    wrote = earlier(s, [mention.id for mention in mentions if is_inbound(mention)], learned)
    return _Batch(mentions, states, threads, workspace, desk, learned, wrote)


def _think(batch: _Batch, now: datetime, *, replay: bool) -> dict[ThreadId, Plan]:
    """All that takes time and needs no lock: judge each mention, then work out the clocks of each thread."""
    taken = {mention.id for mention in batch.mentions}
    for thread in batch.threads.values():
        thread.history.posts = [post for post in thread.history.posts if post.triaged or post.id in taken]
    known = _known(batch)
    for mention in batch.mentions:
        at = mention.created_at if replay else now
        batch.threads[mention.thread_id] = _judge(batch.threads[mention.thread_id], mention, batch, known, at)
    return {key: _measured(thread, batch.desk.book, taken, now) for key, thread in batch.threads.items()}


def _known(batch: _Batch) -> _Known:
    """Ask for all mentions at once, which costs far less than one by one."""
    asked = [each for each in batch.mentions if is_inbound(each) and batch.threads[each.thread_id].may_be_placed]
    wrote = [batch.earlier.get(each.id, "") for each in asked]
    said = guesses([each.text for each in asked], [each.account for each in asked], batch.heads.area, wrote)
    guessed = {each.id: guess for each, guess in zip(asked, said, strict=True)}
    try:
        found = fact_finding.find_many(batch.mentions, batch.heads, batch.earlier)
    except Exception:
        # One text that cannot be judged: each is looked at by itself, and only that one is set aside.
        log.debug("The facts of a batch could not be found at once:", exc_info=True)
        return _Known({}, guessed)
    return _Known({each.id: facts for each, facts in zip(batch.mentions, found, strict=True)}, guessed)


def _judge(thread: Routed, mention: Untriaged, batch: _Batch, known: _Known, at: datetime) -> Routed:
    """The thread after one more mention. One that cannot be judged is put before people; the rest goes on."""
    before = thread.copy()
    try:
        found = known.facts.get(mention.id) or fact_finding.find(mention, batch.heads)
        if is_inbound(mention):
            apply_inbound(thread, mention, found, batch.desk, at, learned=known.guesses.get(mention.id))
        else:
            apply_outbound(thread, mention, found)
    except Exception as error:
        # Whatever it is about this text, it must not stop everybody else's.
        log.warning("Mention %d could not be judged. Its thread says why.", mention.id)
        log.debug("Where it failed:", exc_info=True)
        set_aside(before, mention, f"{type(error).__name__}: {error}", at)
        return before
    return thread


def _measured(thread: Routed, book: Rulebook, taken: set[MentionId], now: datetime) -> Plan:
    """The plan of a thread's clocks; where they cannot be worked out they stay as they were, with the reason."""
    try:
        return _plan(thread, book, taken, now)
    except Exception as error:
        # As above: a thread that no clock can measure must not stop the others.
        log.warning("The clocks of thread %d could not be worked out. It says why.", thread.id)
        log.debug("Where it failed:", exc_info=True)
        thread.reasons.append((thread.id, None, clock_flow.not_worked_out(error, now)))
        return Plan(thread.id)


def _plan(thread: Routed, book: Rulebook, taken: set[MentionId], now: datetime) -> Plan:
    thread.history.changes.extend((at, status, reason) for _, at, status, reason, _ in thread.changes)
    plan = clock_flow.plan(thread.history, book, taken, now=now)
    if plan.shown is not None:
        thread.values.update(plan.shown)
    reason = policy_reason(plan, now)
    if reason is not None:
        thread.reasons.append((thread.id, None, reason))
    return plan


def _write(s: Session, batch: _Batch, plans: dict[ThreadId, Plan], now: datetime) -> set[ThreadId]:
    """Write what still holds, then assign; returns the threads that were written."""
    fresh = triage.states(s, batch.threads, lock=True)
    sound = [thread for key, thread in batch.threads.items() if fresh.get(key) == thread.state]
    if not sound:
        return set()
    triage.save_mentions(s, [row for thread in sound for row in thread.mentions])
    triage.save_threads(s, [{"id": thread.id, **thread.values} for thread in sound])
    triage.add_tags(s, [(thread.id, tag) for thread in sound for tag in thread.tags])
    clocks.add_changes(s, [change for thread in sound for change in thread.changes])
    moved = {thread.id: _moved_at(thread, now) for thread in sound if _moved(thread, plans[thread.id])}
    spells.follow_each(s, moved, by="collector", new={each.id for each in sound if _untouched(each)})
    clock_flow.save(s, [plans[thread.id] for thread in sound], threads=False)
    reasons.add(s, [row for thread in sound for row in thread.reasons])
    placements.add(s, [thread.placement for thread in sound if thread.placement is not None])
    events = [(key, {"status": status}) for thread in sound for key, _, status, _, _ in thread.changes]
    audit.record_many(s, "collector", "status", events, now)
    _assign(s, sound, batch.workspace)
    written = {thread.id for thread in sound}
    s.changed(threads=written)
    return written


_HOLDING = ("assignee_id", "area_id", "status", "hidden", "needs_reply")


def _moved(thread: Routed, plan: Plan) -> bool:
    """Whether it may be somebody else's now, or elsewhere, or begins or ends to wait for somebody."""
    state, values = thread.state, thread.values
    waits = bool(thread.wanted_at or plan.started or thread.history.clocks or state.assignee_id)
    return waits and (thread.fresh or any(getattr(state, name) != values[name] for name in _HOLDING))


def _untouched(thread: Routed) -> bool:
    """Whether nobody has had it or put it anywhere yet."""
    return thread.fresh and thread.state.assignee_id is None and not thread.history.changes


def _moved_at(thread: Routed, now: datetime) -> datetime:
    """When that came to be: in a replay each mention has a time of its own."""
    return thread.wanted_at or (thread.changes[-1][1] if thread.changes else now)


def _call_for_help(s: Session, threads: list[Routed], now: datetime) -> None:
    """What rules escalate, once for each thread while nobody has acknowledged it. A replay calls nobody."""
    for thread in threads:
        if thread.call is not None and not escalations.is_called(s, thread.id):
            reason = f"A rule escalates this as “{thread.call}”"
            raising.raise_in(s, thread.id, None, reason, ladder=thread.call, actor="collector", now=now)


def _tell_news(
    s: Session, batch: _Batch, plans: dict[ThreadId, Plan], written: set[ThreadId], now: datetime, *, replay: bool
) -> None:
    """What posts that came late have corrected. In a replay only those are late that came out of turn."""
    because: dict[ThreadId, str] = {}
    for mention in batch.mentions:
        corrected = mention.thread_id in written and plans[mention.thread_id].corrected
        late = _out_of_turn(batch, mention) if replay else now - mention.created_at > LATE
        if corrected and late:
            what = "A mention" if is_inbound(mention) else "A reply"
            because.setdefault(mention.thread_id, f"{what} of {mention.created_at:%Y-%m-%d %H:%M} UTC arrived late.")
    news = {key: plans[key].corrected for key in because}
    clock_news.tell(s, news, because, workspace=batch.workspace, now=now)


def _out_of_turn(batch: _Batch, mention: Untriaged) -> bool:
    posts = batch.threads[mention.thread_id].history.posts
    return any(post.triaged and post.created_at > mention.created_at for post in posts)


def _assign(s: Session, threads: list[Routed], workspace: Workspace) -> None:
    """Offer what asks for somebody, at the time it does: in a replay each mention has a time of its own."""
    asked = {thread.id: thread.wanted_at for thread in threads if thread.wanted_at is not None}
    if not asked or not workspace.employees:
        return
    times = set(asked.values())
    if len(times) == 1:
        assign_many(s, asked, workspace, times.pop())
    else:
        offer_in_turn(s, asked, workspace)
