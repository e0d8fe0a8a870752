"""An incident that was seen by the detector and went its whole way, each step at a known minute."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from inbox.flow.hot import by_hand, deciding
from inbox.model.ids import IncidentId, ThreadId
from inbox.store import statements
from inbox.store.engine import Store
from inbox.store.schema import incident, mention, statement_post
from tests.support.desk import NOON, staffed, waiting_thread


def at(minutes: float) -> datetime:
    """So many minutes after the first mention."""
    return NOON + timedelta(minutes=minutes)


def seen(examples: Sequence[int]) -> dict[str, Any]:
    """What an alarm of a burst keeps as its evidence."""
    return {
        "kind": "burst",
        "stream": "account:exampleair",
        "score": 9.0,
        "observed": 14,
        "expected": 4.0,
        "authors": 14,
        "copies": 0,
        "terms": ["smoke"],
        "within_seconds": 300,
        "at": at(11).isoformat(),
        "since": at(0).isoformat(),
        "account": "exampleair",
        "examples": list(examples),
    }


def suspected(store: Store, ids: list[ThreadId], *, evidence: Mapping[str, Any] | None = None) -> IncidentId:
    """Detected 11 minutes after it began, and seen by nobody yet."""
    number, _ = by_hand.open_incident(store, "Smoke on EX731", ids, actor="ana", now=at(11))
    with store.write() as s:
        values = {
            "kind": "burst",
            "opened_by": "collector",
            "state": "suspected",
            "acknowledged_at": None,
            "acknowledged_by": "",
            "confirmed_at": None,
            "evidence": dict(evidence or {}),
            "stream": "account:exampleair",
        }
        s.execute(incident.update().where(incident.c.id == number).values(values))
    return number


def three(store: Store) -> list[ThreadId]:
    """Threads of three people, posted 0, 4 and 8 minutes after the beginning."""
    staffed(store)
    return [waiting_thread(store, who=who, at=at(4 * place)) for place, who in enumerate(("kim", "lee", "max"))]


def stated(store: Store, number: IncidentId, text: str = "We know, and are looking into it.") -> None:
    """A statement that Ana wrote and Ben approved, and that stands since minute 30."""
    with store.write() as s:
        account_id = s.scalar(mention.select().with_only_columns(mention.c.account_id).limit(1))
        made = statements.add(s, number, text, [account_id], by="ana", at=at(24))
        values = {"state": "published", "approved_by": "ben", "approved_at": at(28)}
        statements.change(s, made, values)
        row = {"statement_id": made, "account_id": account_id, "state": "sent", "send_key": "k", "not_before": at(28)}
        where = {"remote_id": "1", "remote_url": "https://social.example/1"}
        s.execute(statement_post.insert().values(row | where | {"sent_at": at(30)}))
        statements.stated(s, number, at(30))


def whole(store: Store) -> IncidentId:
    """Acknowledged by Ben at minute 14, confirmed by Ana at 18, stated at 30, contained at 120, closed at 180."""
    number = suspected(store, three(store))
    deciding.own(store, number, "ana", actor="ben", now=at(14))
    deciding.confirm(store, number, actor="ana", now=at(18))
    stated(store, number)
    deciding.contain(store, number, actor="ana", now=at(120))
    deciding.close(store, number, actor="ben", now=at(180))
    return number
