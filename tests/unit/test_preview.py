"""A preview of a policy shows the sum that makes its deadline."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from inbox.model.people import Interval
from inbox.model.words import Metric, Priority
from inbox.model.workspace import Calendar, Policy
from inbox.sla.calendar import due, elapsed, open_spans
from inbox.sla.policy import ALWAYS
from inbox.sla.preview import preview

DAY = (Interval(time(9), time(12, 30)), Interval(time(13), time(18)))
OFFICE = Calendar("office", "Europe/Berlin", dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY))
NIGHTS = Calendar(
    "nights", "America/New_York", {"fri": (Interval(time(20), time(2)),), "sat": (Interval(time(2), time(4)),)}
)
FRIDAY = datetime(2026, 11, 6, 15, 50, tzinfo=UTC)
"""16:50 in Berlin."""
POLICY = Policy(
    "p",
    first_response={Priority.NORMAL: timedelta(minutes=90), Priority.URGENT: timedelta(minutes=10)},
    resolution=timedelta(days=3000),
    warn_before=timedelta(minutes=15),
)


def test_the_sum_is_shown_span_by_span() -> None:
    found = preview(POLICY, Priority.NORMAL, OFFICE, FRIDAY)[Metric.FIRST]
    monday = datetime(2026, 11, 9, 8, tzinfo=UTC)
    assert found.spans == ((FRIDAY, FRIDAY + timedelta(minutes=70)), (monday, monday + timedelta(minutes=20)))
    assert (found.due_at, found.warn_at) == (monday + timedelta(minutes=20), monday + timedelta(minutes=5))


def test_what_is_not_promised_is_left_out_and_what_is_too_far_away_has_no_deadline() -> None:
    found = preview(POLICY, Priority.LOW, OFFICE, FRIDAY)
    assert list(found) == [Metric.RESOLUTION]
    assert (found[Metric.RESOLUTION].due_at, found[Metric.RESOLUTION].spans) == (None, ())


def test_round_the_clock_is_one_span() -> None:
    found = preview(POLICY, Priority.URGENT, ALWAYS, FRIDAY)[Metric.FIRST]
    assert found.spans == ((FRIDAY, FRIDAY + timedelta(minutes=10)),)
    assert found.warn_at == FRIDAY


def test_touching_hours_are_one_span_and_closed_days_have_none() -> None:
    begin = datetime(2026, 11, 6, tzinfo=UTC)
    (only,) = open_spans(NIGHTS, begin, begin + timedelta(days=5))
    assert only[1] - only[0] == timedelta(hours=8)
    closed = Calendar("c", week=OFFICE.week, closed=(date(2026, 11, 6),))
    assert open_spans(closed, begin, begin + timedelta(days=1)) == []


@given(
    start=some.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - hypothesis wants naive bounds
    seconds=some.integers(0, 400 * 86400),
    calendar=some.sampled_from([OFFICE, NIGHTS, ALWAYS]),
)
def test_the_spans_add_up_to_the_elapsed_time_and_to_the_target(
    start: datetime, seconds: int, calendar: Calendar
) -> None:
    begin = start.replace(tzinfo=UTC)
    end = begin + timedelta(seconds=seconds)
    spans = open_spans(calendar, begin, end)
    assert sum((closes - opens for opens, closes in spans), timedelta(0)) == elapsed(calendar, begin, end)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    target = timedelta(hours=7)
    found = due(calendar, begin, target)
    assert found is not None
    assert sum((closes - opens for opens, closes in open_spans(calendar, begin, found)), timedelta(0)) == target
