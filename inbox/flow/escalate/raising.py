"""Raising a call for help, and what people do with it: acknowledge, hand over, snooze, cancel.

Acknowledging in any one place stops all of it. Each is one transaction, audited, and told on the thread or incident.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.escalate.ladders import check_named, ladder_for
from inbox.flow.races import by, who
from inbox.model.change import Change
from inbox.model.escalation import Escalation, EscalationState, Ladder, LadderStep
from inbox.model.ids import EscalationId, IncidentId, ThreadId
from inbox.model.incident import OPEN_STATES, IncidentState
from inbox.model.typed import typed_line
from inbox.store import audit, config, decisions, escalations, incidents, notices, people
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound, Refused

LONGEST: Final = 500
_HANDED_OVER: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Raised:
    """What was done, said to the person."""

    sentence: str
    change: Change
    id: EscalationId


def raise_call(
    store: Store,
    *,
    thread: ThreadId | None = None,
    incident: IncidentId | None = None,
    reason: str,
    ladder: str | None = None,
    actor: str,
    now: datetime,
) -> Raised:
    """Call for help about a thread or an incident. The ladder is the one named, else that of the reason, and is copied,
    so that editing it later changes nothing. Raises ``Refused`` without a reason, where a call runs already, or for an
    incident that is over; and ``NotFound``.
    """
    with store.write() as s:
        if ladder is not None:
            check_named(config.load(s), ladder)
        number, found = raise_in(s, thread, incident, reason, ladder=ladder, actor=actor, now=now)
    return Raised(f"Help is called by “{found.name}”.", s.change, number)


def raise_in(
    s: Session,
    thread: ThreadId | None,
    incident: IncidentId | None,
    reason: str,
    *,
    ladder: str | None = None,
    actor: str,
    now: datetime,
) -> tuple[EscalationId, Ladder]:
    """The same in the caller's transaction; the first step is taken by the collector at once."""
    reason = typed_line(reason)
    if not reason:
        raise Refused("Say why: whoever is called reads it.")
    if len(reason) > LONGEST:
        raise Refused(f"The reason has {LONGEST} characters at most.")
    if thread is not None and not decisions.states(s, [thread]):
        raise NotFound(f"There is no thread {thread}.")
    if incident is not None:
        _going_on(s, incident)
    twin = next(
        (each for each in escalations.running(s) if (each.thread_id, each.incident_id) == (thread, incident)), None
    )
    if twin is not None:
        raise Refused(f"Help is being called already, since {by(s, twin.raised_by)} asked: {twin.reason}")
    found = ladder_for(config.load(s), ladder or reason)
    values = {
        "thread_id": thread,
        "incident_id": incident,
        "reason": reason,
        "raised_by": actor,
        "raised_at": now,
        "next_at": now,
        "key": uuid.uuid4().hex,
    }
    number = escalations.add(s, values, found)
    _tell(s, thread, incident, actor, now, did="escalate", text=f"Escalated “{found.name}”: {reason}", call=number)
    return number, found


def acknowledge(store: Store, escalation_id: EscalationId, *, actor: str, now: datetime) -> Raised:
    """Say “I have it”: everything else of the call stops. Raises ``Refused`` naming who was quicker."""
    with store.write() as s:
        found = _running(s, escalation_id)
        values = {"state": str(EscalationState.ACKNOWLEDGED), "acknowledged_at": now, "acknowledged_by": actor}
        escalations.change(s, escalation_id, {**values, "next_at": None})
        escalations.tell_services(s, escalation_id, now)
        notices.mark_key_seen(s, f"escalation {escalation_id}", now)
        name = who(s, actor)
        text = f"{name[:1].upper()}{name[1:]} has acknowledged the call."
        _tell(s, found.thread_id, found.incident_id, actor, now, did="acknowledge", text=text, call=escalation_id)
        if found.incident_id is not None:
            _acknowledge_incident(s, found.incident_id, actor, now)
    return Raised("You have it. Nobody else is called any more.", s.change, escalation_id)


def hand_over(store: Store, escalation_id: EscalationId, to: str, *, actor: str, now: datetime) -> Raised:
    """Call one other person instead, at once; the rest of the ladder follows if they do not answer."""
    with store.write() as s:
        found = _running(s, escalation_id)
        if all(each.name != to for each in people.employees(s)):
            raise NotFound(f"There is no employee “{to}”.")
        rest = found.ladder.steps[found.step :]
        steps = (*found.ladder.steps[: found.step], LadderStep((to,), _HANDED_OVER), *rest)
        ladder = escalations.ladder_document(Ladder(found.ladder.name, steps, found.ladder.repeat))
        # A call that climbed to the end runs again, for this step.
        values = {"policy": ladder, "next_at": now, "state": str(EscalationState.RUNNING)}
        escalations.change(s, escalation_id, values)
        name = who(s, to)
        text = f"{who(s, actor)} handed the call over to {name}."
        _tell(s, found.thread_id, found.incident_id, actor, now, did="hand over", text=text, call=escalation_id)
    return Raised(f"{name} is called now.", s.change, escalation_id)


def snooze(store: Store, escalation_id: EscalationId, span: timedelta, *, actor: str, now: datetime) -> Raised:
    """Let the next step wait until ``span`` from now; the call stays open."""
    if not timedelta(0) < span <= timedelta(hours=12):
        raise Refused("A call can be snoozed for 12 hours at most.")
    with store.write() as s:
        found = _running(s, escalation_id)
        escalations.change(s, escalation_id, {"next_at": now + span})
        text = f"{who(s, actor)} snoozed the call until {now + span:%H:%M} UTC."
        _tell(s, found.thread_id, found.incident_id, actor, now, did="snooze call", text=text, call=escalation_id)
    return Raised("The call waits.", s.change, escalation_id)


def cancel(store: Store, escalation_id: EscalationId, *, actor: str, now: datetime) -> Raised:
    """It needs no answer any more."""
    with store.write() as s:
        found = _running(s, escalation_id)
        escalations.change(s, escalation_id, {"state": str(EscalationState.CANCELLED), "next_at": None})
        escalations.tell_services(s, escalation_id, now)
        notices.mark_key_seen(s, f"escalation {escalation_id}", now)
        text = f"{who(s, actor)} cancelled the call."
        _tell(s, found.thread_id, found.incident_id, actor, now, did="cancel call", text=text, call=escalation_id)
    return Raised("The call is cancelled.", s.change, escalation_id)


def _running(s: Session, escalation_id: EscalationId) -> Escalation:
    found = escalations.get(s, escalation_id, lock=True)
    if found is None:
        raise NotFound(f"There is no escalation {escalation_id}.")
    if found.state is EscalationState.ACKNOWLEDGED:
        raise Refused(f"{who(s, found.acknowledged_by)} has acknowledged it already.")
    if found.state is EscalationState.CANCELLED:
        raise Refused("It was cancelled.")
    return found


def _going_on(s: Session, incident: IncidentId) -> None:
    """Nobody is woken for what is over."""
    found = incidents.locked(s, incident)
    if found is None:
        raise NotFound(f"There is no incident {incident}.")
    if found.state is IncidentState.MERGED:
        raise Refused(f"{found.quoted} is part of another incident. Call help about that one.")
    if found.state not in OPEN_STATES:
        raise Refused(f"{found.quoted} is {found.state}. Reopen it, then call help.")


def _acknowledge_incident(s: Session, incident: IncidentId, actor: str, now: datetime) -> None:
    found = incidents.get(s, incident)
    if found is not None and found.acknowledged_at is None:
        incidents.change(s, incident, {"acknowledged_at": now, "acknowledged_by": actor})


def _tell(
    s: Session,
    thread: ThreadId | None,
    incident: IncidentId | None,
    actor: str,
    now: datetime,
    *,
    did: str,
    text: str,
    call: EscalationId,
) -> None:
    audit.record(s, actor, did, thread, now, escalation=call, text=text)
    if thread is not None:
        escalations.show(s, [thread])
    if incident is not None:
        incidents.tell(s, incident, "escalation", text, actor=actor, at=now)
