"""Times, hours and lengths as people type them."""

import re
from datetime import timedelta
from typing import Final

from inbox.model import duration
from inbox.model.people import Interval
from inbox.ui.calendars.week import DAY, Span, in_order, interval_of

_CLOCK: Final = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?|(\d{1,2})(\d{2})")
_BETWEEN: Final = re.compile(r"\s*(?:-|\u2013|\u2014|\bto\b)\s*")
_AFTER: Final = re.compile(r"\s*(?:,|;|\band\b)\s*")
_BLANK: Final = re.compile(r"\s+")
_UNITS: Final = {"minutes": "m", "minute": "m", "min": "m", "hours": "h", "hour": "h", "days": "d", "day": "d"}


class NotRead(ValueError):
    """What was typed is no time; ``text`` is the piece that could not be read."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def clock(text: str) -> int | None:
    """Minutes from midnight of "7", "7:30", "0730" or "24:00"; None for anything else."""
    found = _CLOCK.fullmatch(text.strip().lower())
    if found is None:
        return None
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    whole = hour * 60 + minute
    return whole if minute < 60 and whole <= DAY else None  # noqa: PLR2004 - minutes of an hour


def span(start: int, end: int) -> Span | None:
    """From a start to an end, which is on the next day where it does not come later; None from 24:00 on."""
    if start >= DAY:
        return None
    return Span(start, end if end > start else end + DAY)


def hours(text: str) -> tuple[Interval, ...]:
    """Intervals of "07:00-12:00, 13 to 21:30"; none of an empty text. Raises ``NotRead``."""
    found = []
    for piece in _AFTER.split(text.strip().lower()):
        if not piece:
            continue
        sides = _BETWEEN.split(piece)
        times = [clock(side) for side in sides]
        if len(times) != 2 or times[0] is None or times[1] is None:  # noqa: PLR2004 - a start and an end
            raise NotRead(piece)
        made = span(times[0], times[1])
        if made is None:
            raise NotRead(piece)
        found.append(interval_of(made))
    return in_order(dict.fromkeys(found))


def length(text: str) -> timedelta | None:
    """A length of "4h", "4 h 30 min" or "2 days"; None for anything else, and for nothing at all."""
    words = text.strip().lower()
    for long, short in _UNITS.items():
        words = re.sub(rf"(?<=[\d\s]){long}\b", short, words)
    try:
        found = duration.parse(_BLANK.sub("", words))
    except ValueError:
        return None
    return found or None
