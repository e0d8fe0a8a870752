"""Escalations in the store: calls with their ladder as it was, and whom each step called."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select, update

from inbox.model import duration
from inbox.model.escalation import Call, CallState, Escalation, EscalationState, Ladder, LadderStep
from inbox.model.ids import EmployeeId, EscalationId, IncidentId, ThreadId
from inbox.store.schema import escalation, escalation_call, thread
from inbox.store.session import Session, insert_for

RUNNING = str(EscalationState.RUNNING)


def add(s: Session, values: dict[str, Any], ladder: Ladder) -> EscalationId:
    """Write a new call; ``values`` by column."""
    row = {**values, "name": ladder.name, "policy": ladder_document(ladder), "state": RUNNING}
    found = s.execute(escalation.insert().values(**row).returning(escalation.c.id)).scalar_one()
    s.changed(topics=["escalations"])
    return EscalationId(found)


def get(s: Session, escalation_id: EscalationId, *, lock: bool = False) -> Escalation | None:
    """One call with whom it called; with ``lock`` nobody else can change it until this writing session ends."""
    if lock and s.kind == "postgresql":
        s.execute(select(escalation.c.id).where(escalation.c.id == escalation_id).with_for_update())
    return next(iter(_read(s, select(escalation).where(escalation.c.id == escalation_id))), None)


def running(s: Session) -> list[Escalation]:
    """The calls that nobody has acknowledged, the oldest first."""
    return _read(s, select(escalation).where(escalation.c.state == RUNNING).order_by(escalation.c.id))


def unanswered(s: Session, since: datetime) -> list[Escalation]:
    """The calls that run, and those raised since then that everybody was called for in vain, the oldest first."""
    in_vain = (escalation.c.state == str(EscalationState.EXHAUSTED)) & (escalation.c.raised_at >= since)
    return _read(s, select(escalation).where((escalation.c.state == RUNNING) | in_vain).order_by(escalation.c.id))


def newest(s: Session, limit: int = 100) -> list[Escalation]:
    """All calls, the newest first."""
    return _read(s, select(escalation).order_by(escalation.c.id.desc()).limit(limit))


def standing(s: Session, limit: int = 100) -> list[Escalation]:
    """The calls that nobody has answered, be it that everybody was called for in vain, the newest first."""
    open_ = escalation.c.state.in_((RUNNING, str(EscalationState.EXHAUSTED)))
    return _read(s, select(escalation).where(open_).order_by(escalation.c.id.desc()).limit(limit))


def of_thread(s: Session, thread_id: ThreadId) -> list[Escalation]:
    """The calls of a thread, the newest first."""
    return _read(s, select(escalation).where(escalation.c.thread_id == thread_id).order_by(escalation.c.id.desc()))


def is_called(s: Session, thread_id: ThreadId) -> bool:
    """Whether help is being called for a thread, or nobody has answered yet."""
    open_ = escalation.c.state.in_((RUNNING, str(EscalationState.EXHAUSTED)))
    query = select(escalation.c.id).where(escalation.c.thread_id == thread_id, open_).limit(1)
    return s.scalar(query) is not None


def due(s: Session, now: datetime, limit: int = 50) -> list[EscalationId]:
    """Calls whose next step has come."""
    query = select(escalation.c.id).where(escalation.c.state == RUNNING, escalation.c.next_at <= now)
    return [EscalationId(each) for each in s.execute(query.order_by(escalation.c.next_at).limit(limit)).scalars()]


def change(s: Session, escalation_id: EscalationId, values: dict[str, Any]) -> None:
    """Write some columns; its version moves on by one."""
    version = escalation.c.version + 1
    s.execute(update(escalation).where(escalation.c.id == escalation_id).values(**values, version=version))
    s.changed(topics=["escalations"])


def call(s: Session, escalation_id: EscalationId, rows: Sequence[dict[str, Any]]) -> int:
    """Write down whom a step calls, once for each round, step and target; how many are new."""
    if not rows:
        return 0
    insert = insert_for(s)(escalation_call).on_conflict_do_nothing().returning(escalation_call.c.id)
    found = s.execute(insert, [{"escalation_id": escalation_id, **row} for row in rows]).all()
    s.changed(topics=["escalations"])
    return len(found)


TOLD: Final = -1
"""The step of a row that tells a service, once, how a call ended for which it was called."""


@dataclass(frozen=True, slots=True)
class OutsideCall:
    """A service that is to be called, or (``telling``) told how the call ended; ``state`` is where its escalation
    stands, ``by`` who acknowledged it.
    """

    id: int
    escalation_id: EscalationId
    target: str
    attempts: int
    not_before: datetime
    reason: str
    key: str
    state: EscalationState
    by: str
    telling: bool


def outside_due(s: Session, now: datetime, limit: int = 20) -> list[OutsideCall]:
    """Services whose call is due, the oldest first."""
    query = (
        select(
            escalation_call,
            escalation.c.reason,
            escalation.c.key,
            escalation.c.state.label("whole"),
            escalation.c.acknowledged_by,
        )
        .join(escalation, escalation.c.id == escalation_call.c.escalation_id)
        .where(escalation_call.c.state == str(CallState.DUE), escalation_call.c.not_before <= now)
        .order_by(escalation_call.c.id)
        .limit(limit)
    )
    return [
        OutsideCall(
            row.id,
            EscalationId(row.escalation_id),
            row.target,
            row.attempts,
            row.not_before,
            row.reason,
            row.key,
            EscalationState(row.whole),
            row.acknowledged_by,
            row.step == TOLD,
        )
        for row in s.execute(query)
    ]


def tell_services(s: Session, escalation_id: EscalationId, now: datetime) -> None:
    """Let the services that were called be told, once each, that it is over."""
    reached = select(escalation_call.c.target).where(
        escalation_call.c.escalation_id == escalation_id,
        escalation_call.c.employee_id.is_(None),
        escalation_call.c.state == str(CallState.SENT),
        escalation_call.c.step != TOLD,
    )
    rows = [
        {"round": 0, "step": TOLD, "target": target, "state": str(CallState.DUE), "at": now, "not_before": now}
        for target in s.execute(reached.distinct()).scalars()
    ]
    call(s, escalation_id, rows)


def begin_outside(s: Session, each: OutsideCall, *, until: datetime) -> bool:
    """Take a call to make it, until then; False when somebody else took it."""
    same = (escalation_call.c.id == each.id, escalation_call.c.not_before == each.not_before)
    due_ = escalation_call.c.state == str(CallState.DUE)
    return bool(s.execute(update(escalation_call).where(*same, due_).values(not_before=until)).rowcount)


def outside_again(s: Session, number: int, *, error: str, not_before: datetime) -> None:
    """It did not go through: once more then."""
    values = {"attempts": escalation_call.c.attempts + 1, "error": error, "not_before": not_before}
    s.execute(update(escalation_call).where(escalation_call.c.id == number).values(**values))
    s.changed(topics=["escalations"])


def end_outside(s: Session, number: int, state: CallState, *, error: str, now: datetime) -> None:
    """How it ended."""
    sent_at = now if state is CallState.SENT else None
    tries = escalation_call.c.attempts + 1
    values = {"state": str(state), "error": error, "sent_at": sent_at, "attempts": tries}
    s.execute(update(escalation_call).where(escalation_call.c.id == number).values(**values))
    s.changed(topics=["escalations"])


def show(s: Session, threads: Collection[ThreadId]) -> None:
    """Let threads show whether a call of theirs waits for somebody to acknowledge it."""
    if not threads:
        return
    open_ = escalation.c.state.in_((RUNNING, str(EscalationState.EXHAUSTED)))
    mine = select(func.count()).where(escalation.c.thread_id == thread.c.id, open_)
    s.execute(thread.update().where(thread.c.id.in_(list(threads))).values(escalated=mine.scalar_subquery() > 0))
    s.changed(threads=threads)


def ladder_document(ladder: Ladder) -> dict[str, Any]:
    """A ladder as the workspace file has it."""
    steps = [{"to": list(step.to), "wait": duration.show(step.wait)} for step in ladder.steps]
    return {"name": ladder.name, "steps": steps, "repeat": ladder.repeat}


def ladder_of(document: dict[str, Any]) -> Ladder:
    """A ladder from its document."""
    usual = LadderStep(())
    steps = tuple(
        LadderStep(tuple(step["to"]), duration.parse(step["wait"]) if "wait" in step else usual.wait)
        for step in document["steps"]
    )
    return Ladder(document["name"], steps, int(document.get("repeat", 0)))


def _read(s: Session, query: Any) -> list[Escalation]:  # noqa: ANN401 - a Core select
    rows = s.execute(query).all()
    calls: dict[int, list[Call]] = {row.id: [] for row in rows}
    mine = escalation_call.c.escalation_id.in_(list(calls))
    wanted = select(escalation_call).where(mine, escalation_call.c.step != TOLD)
    for row in s.execute(wanted.order_by(escalation_call.c.id)) if calls else ():
        calls[row.escalation_id].append(_call(row))
    return [_escalation(row, tuple(calls[row.id])) for row in rows]


def _call(row: Row[Any]) -> Call:
    employee = None if row.employee_id is None else EmployeeId(row.employee_id)
    return Call(row.round, row.step, row.target, employee, CallState(row.state), row.at, row.sent_at, row.error)


def _escalation(row: Row[Any], calls: tuple[Call, ...]) -> Escalation:
    return Escalation(
        EscalationId(row.id),
        row.version,
        None if row.thread_id is None else ThreadId(row.thread_id),
        None if row.incident_id is None else IncidentId(row.incident_id),
        ladder_of(row.policy),
        row.reason,
        row.raised_by,
        row.raised_at,
        EscalationState(row.state),
        row.round,
        row.step,
        row.next_at,
        row.acknowledged_at,
        row.acknowledged_by,
        calls,
    )
