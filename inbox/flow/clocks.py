"""Brings the clocks of threads in line with what happened, and acts on warnings and deadlines that have come."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.flow import clock_news, policy_actions
from inbox.flow.clock_news import Correction
from inbox.flow.pace import Pace
from inbox.flow.policy_actions import Event
from inbox.flow.rulebook import Rulebook, rulebook
from inbox.flow.telling import LATE
from inbox.flow.terms import TermsOf
from inbox.model.change import Change
from inbox.model.ids import MentionId, ThreadId
from inbox.model.thread import Reason
from inbox.model.words import Metric, ReasonStep, Status
from inbox.model.workspace import Workspace
from inbox.sla.clocks import Before, Measured, measure
from inbox.sla.history import REPLAY_ENDED, Post, StatusChange
from inbox.sla.policy import Terms, terms_from
from inbox.sla.waits import waits
from inbox.store import audit, clocks, config, decisions, reasons
from inbox.store.clocks import ClockRow, DueClock, PostRow, ThreadHistory
from inbox.store.engine import Session, Store

log = logging.getLogger(__name__)

BATCH: Final = 200
_TOLD: Final = 50
"""Of clocks that have come, so many in each transaction, so that the write lock is short."""
_HEAVY: Final = 4
"""The same to begin with where the policy changes their threads; then what fits, up to three times as many."""


@dataclass(slots=True)
class Plan:
    """What must be written for one thread; ``shown`` is what its row shows of its clocks, None when that stands.

    ``corrected`` is what had been recorded otherwise; whoever saves the plan knows whether it is news.
    """

    thread_id: ThreadId
    save: list[ClockRow] = field(default_factory=list)
    drop: list[tuple[Metric, int]] = field(default_factory=list)
    shown: dict[str, Any] | None = None
    started: list[ClockRow] = field(default_factory=list)
    corrected: list[Correction] = field(default_factory=list)


def recompute(session: Session, thread_id: ThreadId, *, workspace: Workspace, now: datetime, because: str = "") -> None:
    """Bring one thread's clocks in line; call it in the transaction that changed its mentions, status, area or
    priority.
    """
    recompute_many(session, [thread_id], workspace=workspace, now=now, because=because)


def recompute_many(
    session: Session,
    thread_ids: Iterable[ThreadId],
    *,
    workspace: Workspace,
    now: datetime,
    because: str = "",
) -> None:
    """Bring the clocks of many threads in line with few statements; ``because`` is what makes corrections news.

    What cannot be worked out stays as it was, with the reason on its thread: it must not stop the decision, nor the
    other threads.
    """
    book = rulebook(workspace)
    plans: list[Plan] = []
    for history in clocks.histories(session, thread_ids).values():
        try:
            plans.append(plan(history, book, now=now))
        except Exception as error:
            # Whatever it is, it is kept with the thread.
            log.warning("The clocks of thread %d could not be worked out. It says why.", history.id)
            log.debug("Where it failed:", exc_info=True)
            reasons.add(session, [(history.id, None, not_worked_out(error, now))])
    save(session, plans)
    if because:
        news = {each.thread_id: each.corrected for each in plans}
        clock_news.tell(session, news, dict.fromkeys(news, because), workspace=workspace, now=now)


def not_worked_out(error: Exception, now: datetime) -> Reason:
    """Why a thread's clocks stay as they were."""
    said = f"The clocks could not be worked out: {type(error).__name__}: {error}."
    return Reason(ReasonStep.POLICY, said, now)


def plan(
    history: ThreadHistory,
    book: Rulebook,
    batch: Collection[MentionId] | None = None,
    *,
    now: datetime,
    anew: Collection[str] = (),
) -> Plan:
    """What a thread's clocks should be; the hours of the calendars ``anew`` have changed. Pure.

    Mentions that wait for triage do not count yet, unless they are in ``batch``; our own always do, except
    while a batch is worked on.
    """
    posts = [_post(row) for row in history.posts if _counts(row, batch)]
    changes = [StatusChange(at, Status(status), reason) for at, status, reason in history.changes]
    stored = {(row.metric, row.cycle): row for row in history.clocks}
    left = dict(stored)
    before = [_before(row) for row in history.clocks]
    measured = measure(waits(posts, changes), TermsOf(history, book), before, book.usable, now, anew=anew)
    result = Plan(history.id)
    current: list[ClockRow] = []
    for each in measured:
        known = None if each.was is None else stored[each.was]
        row = _row(each, known, now)
        current.append(row)
        if known is None:
            result.started.append(row)
        if row != left.pop((each.metric, each.cycle), None):
            result.save.append(row)
    result.drop.extend(left)
    pairs = [(row, None if each.was is None else stored[each.was]) for row, each in zip(current, measured, strict=True)]
    gone = stored.keys() - {each.was for each in measured}
    result.corrected = clock_news.corrections(pairs, [stored[key] for key in sorted(gone)])
    result.shown = _shown(history, current)
    return result


def save(session: Session, plans: Sequence[Plan], *, threads: bool = True) -> None:
    """Write plans: the clocks that differ, and (unless the caller does) what their threads show of them."""
    clocks.drop(session, [(each.thread_id, *key) for each in plans for key in each.drop])
    clocks.save(session, [(each.thread_id, row) for each in plans for row in each.save])
    if threads:
        shown = [{"id": each.thread_id, **each.shown} for each in plans if each.shown is not None]
        clocks.update_threads(session, shown)
        session.changed(threads=[row["id"] for row in shown])


def due(store: Store, *, now: datetime, limit: int = _TOLD, act: bool = True) -> Change:
    """Act once on every deadline and warning that has come; what comes after downtime is marked late.

    Without ``act`` they are only noted: a replay tells nobody.
    """
    change = Change()
    paces = {False: Pace(limit, limit), True: Pace(_HEAVY, 3 * _HEAVY)}
    while True:
        with store.read() as s:
            event, come = _come(s, now, limit)
            heavy = act and policy_actions.heavy(event, come)
            come = come[: paces[heavy].size]
            if heavy:
                rulebook(config.load(s))  # made ready before the write lock is taken
        if not come:
            return change
        with store.write(durable=False) as s:
            # Read anew under the lock: another collector may have been quicker, or an answer has come.
            decisions.states(s, [each.thread_id for each in come])
            come = clocks.still_due(s, come, now, breach=event is Event.BREACH)
            with paces[heavy].measured(len(come)):
                _mark(s, event, come, now)
                if act:
                    policy_actions.act(s, event, come, workspace=config.load(s), now=now)
        change |= s.change


def end_replay(store: Store, thread_ids: Iterable[ThreadId], *, at: datetime) -> Change:
    """Cancel every clock of these threads that still runs, as ``replay ended``, at the last mention's time."""
    change = Change()
    wanted = sorted(set(thread_ids))
    for start in range(0, len(wanted), BATCH):
        with store.write(durable=False) as s:
            running = clocks.running_threads(s, wanted[start : start + BATCH])
            clocks.add_changes(s, [(key, at, str(status), REPLAY_ENDED, "command") for key, status in running.items()])
            recompute_many(s, running, workspace=config.load(s), now=at)
        change |= s.change
    return change


def _counts(row: PostRow, batch: Collection[MentionId] | None) -> bool:
    if row.triaged:
        return True
    return not row.inbound if batch is None else row.id in batch


def _post(row: PostRow) -> Post:
    return Post(
        row.id,
        row.global_id,
        row.created_at,
        row.stored_at,
        row.inbound,
        bool(row.needs_reply),
        row.in_reply_to,
        row.automatic,
        row.acknowledgement,
        row.before_connection,
    )


def _before(row: ClockRow) -> Before:
    terms = Terms(row.policy, row.calendar, row.target, timedelta(0)) if row.terms is None else terms_from(row.terms)
    return Before(
        row.metric,
        row.cycle,
        row.mention_id,
        row.started_at,
        row.due_at,
        row.warn_at,
        row.breached_at,
        row.met_at or row.cancelled_at,
        terms,
        row.paused,
    )


def _row(each: Measured, known: ClockRow | None, now: datetime) -> ClockRow:
    return ClockRow(
        each.metric,
        each.cycle,
        each.mention_id,
        each.started_at,
        each.due_at,
        each.warn_at,
        _warned(each, known, now),
        each.met_at,
        each.breached_at,
        each.cancelled_at,
        each.cancel_reason,
        each.terms.policy,
        each.terms.calendar,
        each.terms.target,
        each.paused,
        each.terms.to_json(),
    )


def _warned(each: Measured, known: ClockRow | None, now: datetime) -> datetime | None:
    """A warning that was given stays given, unless its time has moved to come."""
    if known is None or known.warned_at is None:
        return None
    again = each.warn_at is not None and each.warn_at != known.warn_at and each.warn_at > now
    return None if again else known.warned_at


def _shown(history: ThreadHistory, rows: Sequence[ClockRow]) -> dict[str, Any] | None:
    """The earliest running deadline with its warning, whether one is past, and the answer when nothing waits."""
    running = [row for row in rows if row.met_at is None and row.cancelled_at is None]
    with_deadline = [row for row in running if row.due_at is not None]
    first = min(with_deadline, key=lambda row: row.due_at or row.started_at, default=None)
    answered = [row.met_at for row in rows if row.met_at is not None and row.metric is not Metric.RESOLUTION]
    waiting = any(row.metric is not Metric.RESOLUTION for row in running)
    shown = {
        "next_due_at": None if first is None else first.due_at,
        "warn_at": None if first is None else first.warn_at,
        "breached": any(row.breached_at is not None for row in running),
        "met_at": max(answered) if answered and not waiting else None,
    }
    return shown if any(getattr(history, name) != value for name, value in shown.items()) else None


def _come(s: Session, now: datetime, limit: int) -> tuple[Event, list[DueClock]]:
    """Deadlines before warnings: the warning of what is late already is given up."""
    breaches = clocks.breaches_due(s, now, limit)
    if breaches:
        return Event.BREACH, breaches
    return Event.WARNING, clocks.warnings_due(s, now, limit)


def _mark(s: Session, event: Event, come: Sequence[DueClock], now: datetime) -> None:
    if event is Event.BREACH:
        clocks.mark_breached(s, come, now)
    else:
        clocks.mark_warned(s, [each.id for each in come], now)
    action = "breach" if event is Event.BREACH else "warn"
    audit.record_many(s, "collector", action, [_details(each, event.at(each), now) for each in come], now)
    s.changed(threads={each.thread_id for each in come})


def _details(each: DueClock, was_at: datetime, now: datetime) -> tuple[ThreadId, dict[str, Any]]:
    details: dict[str, Any] = {"metric": str(each.metric), "at": was_at.isoformat()}
    if now - was_at > LATE:
        details["late_seconds"] = (now - was_at).total_seconds()
    return each.thread_id, details
