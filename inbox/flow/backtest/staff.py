"""How many threads each area can have in work at any instant, from shifts, capacities and certificates."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.model.people import WEEKDAYS, Employee, Interval
from inbox.model.workspace import UNSORTED, Workspace

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICRO: Final = timedelta(microseconds=1)
WHOLE: Final = 1_000_000
"""Parts of one slot: shares are whole numbers of these, so that adding somebody never loses any by rounding."""
NO_LIMIT: Final = 10**6
"""The slots of somebody without a capacity."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one area as steps: from ``starts[i]`` (microseconds) on there are ``counts[i]``."""

    starts: tuple[int, ...]
    counts: tuple[int, ...]


NO_SLOTS: Final = Slots((), ())


def slots(workspace: Workspace, demand: Mapping[str, int], since: datetime, until: datetime) -> dict[str, Slots]:
    """The slots of every area with somebody in it. An employee's capacity is shared among their areas by ``demand``,
    the threads that each area got, whoever else there is; whether somebody is away today says nothing of the past.
    """
    steps: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for employee in workspace.employees:
        parts = shares(employee, demand)
        for begin, end in on_shift(employee, workspace.settings.time_zone, since, until):
            for area, share in parts.items():
                for at, sign in ((begin, 1), (end, -1)):
                    step = steps[area][at]
                    step[0] += sign * share
                    step[1] += sign
    return {area: _added(found) for area, found in steps.items()}


def micros(at: datetime) -> int:
    """A time as microseconds since the epoch."""
    return (at - EPOCH) // MICRO


def shares(employee: Employee, demand: Mapping[str, int]) -> dict[str, int]:
    """Parts of a slot for each of somebody's areas. Without areas they answer what has none."""
    areas = employee.areas or (UNSORTED,)
    capacity = NO_LIMIT if employee.capacity is None else employee.capacity
    if capacity == 0:
        return {}
    weights = {area: demand.get(area, 0) for area in areas}
    total = sum(weights.values())
    if employee.capacity is None:
        return dict.fromkeys(weights, capacity * WHOLE)
    if total == 0:
        return dict.fromkeys(weights, capacity * WHOLE // len(weights))
    return {area: capacity * WHOLE * weight // total for area, weight in weights.items()}


def _added(found: Mapping[int, list[int]]) -> Slots:
    """Steps added up: at least one slot while anybody is there."""
    starts, counts = [], []
    parts = people = 0
    for at in sorted(found):
        parts += found[at][0]
        people += found[at][1]
        starts.append(at)
        counts.append(max(1, parts // WHOLE) if people else 0)
    return Slots(tuple(starts), tuple(counts))


def on_shift(employee: Employee, zone_name: str, since: datetime, until: datetime) -> Iterator[tuple[int, int]]:
    """The spans, in microseconds, in which somebody could be given threads. Their own shifts never count twice."""
    zone = ZoneInfo(employee.time_zone or zone_name)
    low, high = micros(since), micros(until)
    if employee.certified_until is not None:
        ends = datetime.combine(employee.certified_until + _DAY, time(0), zone)
        high = min(high, micros(ends))
    if employee.shifts is None:
        if low < high:
            yield low, high
        return
    day, last = since.astimezone(zone).date() - _DAY, until.astimezone(zone).date()
    spans = []
    while day <= last:
        for interval in employee.shifts.get(WEEKDAYS[day.weekday()], ()):
            begin, end = _instants(day, interval, zone)
            spans.append((max(begin, low), min(end, high)))
        day += _DAY
    yield from _merged(sorted(span for span in spans if span[0] < span[1]))


def _instants(day: date, interval: Interval, zone: ZoneInfo) -> tuple[int, int]:
    ends_on = day if interval.end > interval.start else day + _DAY
    begin, end = datetime.combine(day, interval.start, zone), datetime.combine(ends_on, interval.end, zone)
    return micros(begin.astimezone(UTC)), micros(end.astimezone(UTC))


def _merged(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    held: tuple[int, int] | None = None
    for begin, end in spans:
        if held is not None and begin <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held is not None:
            yield held
        held = (begin, end)
    if held is not None:
        yield held
