"""Requests: what desktops ask of the collector, and its answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from inbox.model.ids import AccountId, RequestId
from inbox.model.request import Request, RequestKind, RequestState
from inbox.store.engine import Session
from inbox.store.errors import NotFound
from inbox.store.schema import request


def ask(
    s: Session,
    kind: RequestKind,
    account_id: AccountId | None,
    *,
    asked_by: str,
    now: datetime,
    arguments: dict[str, Any] | None = None,
) -> RequestId:
    """Write a request; ``arguments`` hold no secret."""
    values = {
        "kind": kind,
        "state": RequestState.ASKED,
        "account_id": account_id,
        "asked_by": asked_by,
        "asked_at": now,
        "arguments": arguments or {},
        "answer": {},
    }
    made = s.scalar(request.insert().values(values).returning(request.c.id))
    s.changed(topics=["requests"])
    return RequestId(made)


def get(s: Session, request_id: RequestId) -> Request:
    """One request with its answer so far. Raises ``NotFound``."""
    row = s.execute(select(request).where(request.c.id == request_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no request number {request_id}.")
    return _request(row)


def waiting(s: Session) -> tuple[Request, ...]:
    """What nobody has taken up yet, oldest first."""
    query = select(request).where(request.c.state == RequestState.ASKED).order_by(request.c.id)
    return tuple(_request(row) for row in s.execute(query))


def take(s: Session) -> Request | None:
    """Take up the oldest request; None when there is none."""
    oldest = select(request.c.id).where(request.c.state == RequestState.ASKED).order_by(request.c.id).limit(1)
    update = request.update().where(request.c.id == oldest.scalar_subquery(), request.c.state == RequestState.ASKED)
    row = s.execute(update.values(state=RequestState.WORKING).returning(request)).one_or_none()
    if row is None:
        return None
    s.changed(topics=["requests"])
    return _request(row)


def answer(s: Session, request_id: RequestId, state: RequestState, said: dict[str, Any]) -> None:
    """Say how far it has come, and what came of it."""
    s.execute(request.update().where(request.c.id == request_id).values(state=state, answer=said))
    s.changed(topics=["requests"])


def take_back(s: Session) -> int:
    """Ask again for what a collector took up and did not finish; how many those were."""
    update = request.update().where(request.c.state == RequestState.WORKING)
    return s.execute(update.values(state=RequestState.ASKED)).rowcount


def prune(s: Session, before: datetime) -> int:
    """Remove what was answered and asked before then; how many those were."""
    done = request.c.state.in_([RequestState.DONE, RequestState.REFUSED])
    return s.execute(request.delete().where(done, request.c.asked_at < before)).rowcount


def _request(row: Row[Any]) -> Request:
    return Request(
        id=RequestId(row.id),
        kind=RequestKind(row.kind),
        state=RequestState(row.state),
        account_id=None if row.account_id is None else AccountId(row.account_id),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        arguments=row.arguments,
        answer=row.answer,
    )
