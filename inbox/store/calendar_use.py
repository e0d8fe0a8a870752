"""Whether waits were measured by a calendar."""

from sqlalchemy import exists, select

from inbox.store.schema import clock
from inbox.store.session import Session


def measured(s: Session, name: str) -> bool:
    """Whether any clock, running or ended, counts in the calendar of that name."""
    return bool(s.scalar(select(exists().where(clock.c.calendar == name))))
