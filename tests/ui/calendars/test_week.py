"""Hours in minutes: what is typed, what is drawn, what counts."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.model.people import WEEKDAYS, Interval, Week
from inbox.ui.calendars import typed
from inbox.ui.calendars.drag import Drag, Grip
from inbox.ui.calendars.week import (
    DAY,
    STEP,
    Place,
    Span,
    added,
    blocks,
    free,
    interval_of,
    intervals,
    joined,
    removed,
    span_of,
    tidy,
    total,
)

NIGHT, DAYTIME = Interval(time(22), time(6)), Interval(time(9), time(17))
MINUTES = st.integers(0, DAY - 1)
INTERVALS = st.builds(lambda start, length: interval_of(Span(start, start + length)), MINUTES, st.integers(1, DAY))
WEEKS = st.dictionaries(st.sampled_from(WEEKDAYS), st.lists(INTERVALS, max_size=3).map(tuple)).map(tidy)
DAYS = st.integers(0, 6)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("7", 420), ("07", 420), ("7:30", 450), ("730", 450), ("0730", 450), ("7.30", 450), ("7h30", 450),
        ("24:00", 1440), ("00:00", 0), ("24:01", None), ("25", None), ("7:60", None), ("", None), ("noon", None),
        ("7:3", None), ("-1", None),
    ],
)  # fmt: skip
def test_times_are_read_as_people_type_them(text: str, minutes: int | None) -> None:
    assert typed.clock(text) == minutes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", []),
        ("9-17", ["09:00-17:00"]),
        ("13-17, 8 to 12", ["08:00-12:00", "13:00-17:00"]),
        ("22:00\u201306:00", ["22:00-06:00"]),
        ("0-24", ["00:00-00:00"]),
        ("9-12; 9-12", ["09:00-12:00"]),
    ],
)
def test_hours_are_read_as_people_type_them(text: str, said: list[str]) -> None:
    assert [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in typed.hours(text)] == said


@pytest.mark.parametrize("text", ["9", "9-", "9-12-15", "9-25", "24-2", "9 12", "closed"])
def test_hours_that_are_none_name_the_piece(text: str) -> None:
    with pytest.raises(typed.NotRead):
        typed.hours(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("4h", timedelta(hours=4)), ("4 h 30 min", timedelta(hours=4.5)), ("90 minutes", timedelta(minutes=90)),
        ("2 days", timedelta(days=2)), ("1d12h", timedelta(days=1.5)), ("0h", None), ("", None), ("four", None),
        ("4", None),
    ],
)  # fmt: skip
def test_lengths_are_read_as_people_type_them(text: str, length: timedelta | None) -> None:
    assert typed.length(text) == length


def test_a_night_lies_on_two_rows_and_sundays_on_monday() -> None:
    assert [(each.row, each.start, each.end, each.tail) for each in blocks({"sun": (NIGHT,)})] == [
        (6, 1320, 1440, False),
        (0, 0, 360, True),
    ]


def test_what_overlaps_counts_once_also_over_midnight() -> None:
    week: Week = {"mon": (NIGHT, DAYTIME), "tue": (Interval(time(5), time(10)),)}
    assert total(week) == 8 * 60 + 8 * 60 + 4 * 60
    assert joined(week) == [1]
    assert joined({"mon": (NIGHT,), "tue": (Interval(time(6), time(7)),)}) == [1]


@given(WEEKS, DAYS)
def test_new_hours_go_where_nothing_is_open_yet(week: Week, day: int) -> None:
    span = free(week, day)
    if span is None:
        return
    assert span.end - span.start >= STEP
    assert span.end <= DAY
    taken = [(each.start, each.end) for each in blocks(week) if each.row == day]
    assert all(end <= span.start or start >= span.end for start, end in taken)


@given(WEEKS)
def test_minutes_and_intervals_are_the_same_thing(week: Week) -> None:
    for hours in week.values():
        for each in hours:
            assert interval_of(span_of(each)) == each
    assert total(week) <= 7 * DAY


@given(WEEKS, DAYS, st.builds(Span, MINUTES, st.just(DAY)))
def test_what_is_added_can_be_removed(week: Week, day: int, span: Span) -> None:
    more, place = added(week, day, span)
    assert span_of(intervals(more, place.day)[place.at]) == span
    assert removed(more, place) == week


@given(WEEKS, st.sampled_from(Grip), DAYS, st.floats(0, DAY), DAYS, st.floats(0, DAY), st.data())
def test_no_drag_makes_anything_but_a_week(  # noqa: PLR0917 - from where to where
    week: Week, grip: Grip, day: int, minute: float, to_day: int, to_minute: float, data: st.DataObject
) -> None:
    place, tail = Place(day), False
    if grip is not Grip.NEW:
        held = [each for each in blocks(week) if each.row == day]
        if not held:
            return
        block = data.draw(st.sampled_from(held))
        place, tail = block.place, block.tail
    made, where = Drag(week, grip, place, day, minute, tail).to(to_day, to_minute)
    before, after = (sum(map(len, each.values())) for each in (week, made))
    assert after - before in ({0, 1} if grip is Grip.NEW else {0})
    if after > before or grip is not Grip.NEW:
        span = span_of(intervals(made, where.day)[where.at])
        assert 0 <= span.start < DAY
        assert 0 < span.end - span.start <= DAY
