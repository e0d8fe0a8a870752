"""Times as people type them: RFC 3339, a duration from now, or “tomorrow 09:00”."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from inbox.model import duration
from inbox.model.people import WEEKDAYS

_DAY_AND_CLOCK = re.compile(r"(?:(?P<day>[a-z]+|\d{4}-\d{2}-\d{2})(?:\s+|$))?(?P<clock>\d{1,2}:\d{2})?")
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MORNING = time(9)


def moment(text: str, now: datetime, zone: tzinfo | None = None) -> datetime:
    """The time meant, aware UTC; wall times are in ``zone`` (this computer's when None).

    Raises ``ValueError`` with a plain sentence.
    """
    words = " ".join(text.casefold().split())
    try:
        return now + duration.parse(words)
    except ValueError:
        pass  # not a duration: one of the other forms
    found = _DAY_AND_CLOCK.fullmatch(words)
    if found is not None and words:
        return _wall(found["day"], found["clock"], now.astimezone(zone), zone)
    return _written(text, zone)


def _written(text: str, zone: tzinfo | None) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(
            f"“{text}” is not a time. Write it like 2026-03-02T09:00:00Z, 2h, “tomorrow 09:00” or “mon 14:30”."
        ) from None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _wall(day: str | None, clock: str | None, here: datetime, zone: tzinfo | None) -> datetime:
    at = _MORNING
    if clock is not None:
        try:
            at = time.fromisoformat(clock.zfill(5))
        except ValueError:
            raise ValueError(f"“{clock}” is not a time of day.") from None
    which = _date(day, here, at)
    return datetime.combine(which, at, zone).astimezone(UTC)


def _date(day: str | None, here: datetime, at: time) -> date:
    today = here.date()
    if day is None:
        return today if at > here.time() else today + timedelta(days=1)
    if day in {"today", "tomorrow"}:
        return today + timedelta(days=day == "tomorrow")
    if day in _NAMES or day in WEEKDAYS:
        ahead = (WEEKDAYS.index(day[:3]) - today.weekday()) % 7
        return today + timedelta(days=ahead or (0 if at > here.time() else 7))
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"“{day}” is not a day. Write it like tomorrow, mon or 2026-03-02.") from None
