"""Incidents: how long each step of their life took."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

from inbox.model.ids import ThreadId
from inbox.model.report import By, Question
from inbox.store.reports.groups import Columns, brand_of, micros, name_of, narrowed, within
from inbox.store.schema import account, incident, thread
from inbox.store.session import Session

STEPS: Final = {
    "detect": (incident.c.began_at, incident.c.opened_at),
    "acknowledge": (incident.c.opened_at, incident.c.acknowledged_at),
    "state": (incident.c.opened_at, incident.c.stated_at),
    "close": (incident.c.opened_at, incident.c.closed_at),
}
"""From when to when each step is measured."""


def steps(s: Session, asked: Question) -> Iterator[tuple[Any, dict[str, int]]]:
    """(group, the microseconds of the steps that were reached) of each incident."""
    spans = [micros(end) - micros(begin) for begin, end in STEPS.values()]
    query = select(_columns()[asked.by], *spans).where(*_where(s, asked))
    for each, *found in s.execute(query):
        yield each, {name: int(value) for name, value in zip(STEPS, found, strict=True) if value is not None}


def behind_incidents(s: Session, asked: Question, column: str | None, limit: int) -> list[ThreadId]:
    """The threads that the incidents gathered, the newest first."""
    step = next((end for name, (_, end) in STEPS.items() if (column or "").startswith(name)), incident.c.opened_at)
    query = select(incident.c.id).where(*_where(s, asked), step.is_not(None))
    numbers = [str(row.id) for row in s.execute(query)]
    gathered = select(thread.c.id).where(thread.c.incident.in_(numbers))
    return [
        ThreadId(row.id)
        for row in s.execute(gathered.order_by(thread.c.first_mention_at.desc(), thread.c.id).limit(limit))
    ]


def _columns() -> Columns:
    whose = account.c.id == incident.c.account_id
    return {
        By.ACCOUNT: incident.c.account_id,
        By.BRAND: brand_of(incident.c.account_id),
        By.NETWORK: select(account.c.network).where(whose).scalar_subquery(),
        By.AREA: incident.c.area_id,
        By.EMPLOYEE: name_of(incident.c.owner_id),
        By.PRIORITY: incident.c.severity,
    }


def _where(s: Session, asked: Question) -> list[ColumnElement[bool]]:
    real = func.coalesce(incident.c.state, "") != "dismissed"
    return [real, *within(incident.c.opened_at, asked.period), *narrowed(s, _columns(), asked.only)]
