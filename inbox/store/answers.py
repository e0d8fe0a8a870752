"""Which services are asked for answers to calls, and how far their answers were read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from inbox.model.escalation import CallState, EscalationState
from inbox.model.ids import EscalationId
from inbox.store.schema import escalation, escalation_call, service_poll
from inbox.store.session import Session, insert_for


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A service was called at ``since`` for this escalation, whose ``key`` makes the code that answers it."""

    target: str
    escalation_id: EscalationId
    key: str
    since: datetime


def unanswered(s: Session, *, exhausted_since: datetime) -> list[Unanswered]:
    """The services whose call nobody has answered; of those that climbed their ladder to its end the recent ones."""
    called = (
        escalation_call.c.employee_id.is_(None),
        escalation_call.c.state == str(CallState.SENT),
    )
    open_ = or_(
        escalation.c.state == str(EscalationState.RUNNING),
        (escalation.c.state == str(EscalationState.EXHAUSTED)) & (escalation_call.c.sent_at >= exhausted_since),
    )
    query = (
        select(escalation_call.c.target, escalation_call.c.sent_at, escalation.c.id, escalation.c.key)
        .join(escalation, escalation.c.id == escalation_call.c.escalation_id)
        .where(*called, open_)
        .order_by(escalation_call.c.sent_at)
    )
    return [Unanswered(row.target, EscalationId(row.id), row.key, row.sent_at) for row in s.execute(query)]


def cursor(s: Session, name: str) -> str:
    """Where reading a service goes on; empty before its first answer."""
    return s.scalar(select(service_poll.c.cursor).where(service_poll.c.name == name)) or ""


def go_on(s: Session, name: str, cursor_: str, now: datetime) -> None:
    """Reading a service goes on there."""
    values = {"cursor": cursor_, "at": now}
    insert = insert_for(s)(service_poll).values(name=name, **values)
    s.execute(insert.on_conflict_do_update(index_elements=[service_poll.c.name], set_=values))


def forget(s: Session, name: str) -> None:
    """A service has another address: nothing of it was read yet."""
    s.execute(service_poll.delete().where(service_poll.c.name == name))
