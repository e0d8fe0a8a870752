"""Hours of the week as instants, and heads by the hour of the week as the slots of a queue. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.flow.backtest.staff import Slots, micros

HOURS: Final = 168
"""Hours of a week; 0 is Monday from 00:00 to 01:00."""

_STEP: Final = timedelta(minutes=15)
"""Every zone's offset is a whole number of these."""


class Weeks:
    """Some time cut at the hours of the week: from ``starts[i]`` (microseconds) on it is hour ``hours[i]``.

    An hour that a change of clocks repeats is the same hour of the week both times.
    """

    def __init__(self, zone: ZoneInfo, since: datetime, until: datetime) -> None:
        self.starts: list[int] = []
        self.hours: list[int] = []
        quarter = since.minute - since.minute % 15
        at = since.replace(minute=quarter, second=0, microsecond=0)
        while at < until:
            local = at.astimezone(zone)
            hour = local.weekday() * 24 + local.hour
            if not self.hours or self.hours[-1] != hour:
                self.starts.append(micros(at))
                self.hours.append(hour)
            at += _STEP
        self.end = micros(until)

    def slots(self, heads: Sequence[int]) -> Slots:
        """The slots that so many heads in each hour of the week give; none after the end."""
        return Slots((*self.starts, self.end), (*(heads[hour] for hour in self.hours), 0))

    def lengths(self) -> list[int]:
        """How long each hour of the week was there in all, in microseconds."""
        found = [0] * HOURS
        for start, end, hour in zip(self.starts, [*self.starts[1:], self.end], self.hours, strict=True):
            found[hour] += end - start
        return found
