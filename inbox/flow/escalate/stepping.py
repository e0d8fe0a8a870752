"""Climbs the ladders of running calls, by stored rows: a restart or a second collector skips and repeats nothing."""

from datetime import datetime, timedelta
from typing import Final

from inbox.flow.escalate.ladders import SERVICES, Target, targets
from inbox.model.change import Change
from inbox.model.escalation import CallState, Escalation, EscalationState
from inbox.model.notice import Notice, NoticeKind
from inbox.model.words import Role
from inbox.model.workspace import Workspace
from inbox.store import audit, config, escalations, incidents, notices
from inbox.store.engine import Session, Store

ACTOR: Final = "collector"


def step(store: Store, now: datetime) -> Change:
    """Take every step that has come. After downtime each call goes on with the step that is next, once."""
    change = Change()
    with store.read() as s:
        waiting = escalations.due(s, now)
    for number in waiting:
        with store.write() as s:
            found = escalations.get(s, number, lock=True)
            if found is None or found.state is not EscalationState.RUNNING:
                continue
            if found.next_at is None or found.next_at > now:
                continue
            _step(s, found, config.load(s), now)
        change |= s.change
    return change


def _step(s: Session, found: Escalation, workspace: Workspace, now: datetime) -> None:
    ladder = found.ladder
    turn, place = found.round, found.step
    if place >= len(ladder.steps):
        turn, place = turn + 1, 0
    if turn > ladder.repeat:
        _exhaust(s, found, workspace, now)
        return
    called = targets(ladder.steps[place], workspace, now)
    escalations.call(s, found.id, [_row(each, turn, place, now) for each in called])
    reached = [each for each in called if not each.nobody]
    _notify(s, found, called, f"escalation {found.id}:{turn}:{place}", now)
    # Where nobody is there, the next step comes at once instead of waiting for an answer that cannot come.
    wait = ladder.steps[place].wait if reached else timedelta(0)
    escalations.change(s, found.id, {"round": turn, "step": place + 1, "next_at": now + wait})
    names = ", ".join(each.key for each in called)
    text = f"Called {names}." if reached else f"Nobody is there: {names}."
    audit.record(s, ACTOR, "call", found.thread_id, now, escalation=found.id, round=turn, step=place, text=text)
    if found.incident_id is not None:
        incidents.tell(s, found.incident_id, "escalation", text, actor=ACTOR, at=now)


def _row(target: Target, turn: int, place: int, now: datetime) -> dict[str, object]:
    service = target.key.startswith(SERVICES)
    state = CallState.NOBODY if target.nobody else CallState.DUE if service else CallState.SENT
    return {
        "round": turn,
        "step": place,
        "target": target.key,
        "employee_id": target.employee_id,
        "state": str(state),
        "at": now,
        "not_before": now,
        "sent_at": now if state is CallState.SENT else None,
    }


def _notify(s: Session, found: Escalation, called: list[Target], key: str, now: datetime) -> None:
    sentence = f"Escalated to you: {found.reason}"
    rows = [
        Notice(0, each.employee_id, now, NoticeKind.ESCALATION, found.thread_id, sentence, key)
        for each in called
        if each.employee_id is not None
    ]
    notices.add(s, rows)


def _exhaust(s: Session, found: Escalation, workspace: Workspace, now: datetime) -> None:
    """Everybody was called as often as the ladder says: it stays open, and those who lead are told that nobody came."""
    escalations.change(s, found.id, {"state": str(EscalationState.EXHAUSTED), "next_at": None})
    leads = [each for each in workspace.employees if {Role.SUPERVISOR, Role.CRISIS_LEAD, Role.ADMIN} & set(each.roles)]
    sentence = f"Nobody has acknowledged: {found.reason}"
    key = f"escalation {found.id} unanswered"
    notices.add(s, [Notice(0, each.id, now, NoticeKind.ESCALATION, found.thread_id, sentence, key) for each in leads])
    audit.record(s, ACTOR, "unanswered", found.thread_id, now, escalation=found.id)
    if found.incident_id is not None:
        incidents.tell(s, found.incident_id, "escalation", sentence, actor=ACTOR, at=now)
