"""Figures of the scorecard that people entered by hand, by line, area and the day that they stand for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from inbox.store.schema import score_entry
from inbox.store.session import Session, insert_for


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure that was entered; ``at`` is the day it stands for."""

    value: float
    at: datetime
    actor: str


def enter(s: Session, line: str, area: str, at: datetime, value: float, *, actor: str, now: datetime) -> float | None:
    """Keep a figure of a day, an empty ``area`` being the company; what stood there before, if anything did."""
    same = (score_entry.c.line == line, score_entry.c.area == area, score_entry.c.at == at)
    was = s.scalar(select(score_entry.c.value).where(*same))
    values = {"line": line, "area": area, "at": at, "value": value, "actor": actor, "entered_at": now}
    insert = insert_for(s)(score_entry).values(values)
    changed = {name: values[name] for name in ("value", "actor", "entered_at")}
    s.execute(insert.on_conflict_do_update(index_elements=["line", "area", "at"], set_=changed))
    s.changed(topics=["scorecard"])
    return None if was is None else float(was)


def newest(s: Session, before: datetime) -> dict[tuple[str, str], Entered]:
    """The newest figure of each (line, area) that stands for a day before a time."""
    query = select(score_entry).where(score_entry.c.at < before).order_by(score_entry.c.at, score_entry.c.id)
    return {(row.line, row.area): Entered(row.value, row.at, row.actor) for row in s.execute(query)}
