"""What becomes of the week while an interval is drawn, moved or resized with the mouse."""

from dataclasses import dataclass
from enum import Enum

from inbox.model.people import Week
from inbox.ui.calendars.week import DAY, STEP, Place, Span, added, changed, intervals, snapped, span_of


class Grip(Enum):
    """Where an interval is held; NEW is drawn where there was none."""

    NEW = "new"
    WHOLE = "whole"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Drag:
    """From the ``week`` as it was, held at ``minute`` of the row ``day``; ``tail`` where that lies on the day after
    the one that the interval belongs to.
    """

    week: Week
    grip: Grip
    place: Place
    day: int
    minute: float
    tail: bool = False

    def to(self, day: int, minute: float) -> tuple[Week, Place]:
        """The week with the pointer at ``minute`` of the row ``day``; as it was while that makes nothing."""
        if self.grip is Grip.NEW:
            made = drawn(self.day, snapped(self.minute), day, snapped(minute))
            return (self.week, Place(self.day)) if made is None else added(self.week, self.day, made)
        span = span_of(intervals(self.week, self.place.day)[self.place.at])
        if self.grip is Grip.WHOLE:
            return self._moved(span, day, minute)
        at = snapped(minute) + _days_on(self.place.day, day) * DAY
        span = started(span, at) if self.grip is Grip.START else ended(span, at)
        return changed(self.week, self.place, self.place.day, span)

    def _moved(self, span: Span, day: int, minute: float) -> tuple[Week, Place]:
        held = self.minute + (DAY if self.tail else 0) - span.start
        at = minute + (DAY if self.tail else 0)
        target = (day - 1) % 7 if self.tail else day
        start = min(max(0, snapped(at - held)), DAY - STEP)
        moved = Span(start, start + span.end - span.start)
        if target == self.place.day and abs(at - held - span.start) < STEP / 2:
            return self.week, self.place
        return changed(self.week, self.place, target, moved)


def drawn(day: int, first: int, to_day: int, second: int) -> Span | None:
    """A new interval from one point to another; into the next row it runs past midnight."""
    days = _days_on(day, to_day)
    end = second + DAY if days == 1 else second
    start, end = sorted((first, end))
    start = min(start, DAY - STEP)
    return Span(start, min(end, start + DAY)) if end - start >= STEP else None


def started(span: Span, at: int) -> Span:
    """With another start, a quarter of an hour before its end at the latest."""
    least = max(0, span.end - DAY)
    return Span(min(max(least, at), span.end - STEP, DAY - STEP), span.end)


def ended(span: Span, at: int) -> Span:
    """With another end, a day after its start at the latest."""
    return Span(span.start, min(max(at, span.start + STEP), span.start + DAY))


def _days_on(day: int, to_day: int) -> int:
    """1 where the pointer is in the row of the next day, 0 elsewhere."""
    return 1 if to_day == (day + 1) % 7 else 0
