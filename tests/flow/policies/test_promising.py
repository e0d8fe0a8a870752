"""What a policy promises, with its sum: open spans, and gaps that are named."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from inbox.flow.policies import posted_at, promises
from inbox.flow.policies.promising import Promises
from inbox.model.ids import AreaId
from inbox.model.people import Area, Interval, Week
from inbox.model.words import Metric, Priority
from inbox.model.workspace import Calendar, ImportedDate, Policy, Settings, Workspace
from inbox.sla.hours import CalendarRefused
from inbox.store.errors import NotFound

HOUR = timedelta(hours=1)
DAY = (Interval(time(9), time(12, 30)), Interval(time(13), time(18)))
WEEK: Week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)
OFFICE = Calendar(
    "office",
    "Europe/Berlin",
    WEEK,
    ("DE", "BE"),
    closed=(date(2026, 12, 24),),
    imported=(ImportedDate(date(2026, 11, 11), "Stocktaking"), ImportedDate(date(2026, 11, 12), "Off", on=False)),
)
SUNDAYS = Calendar("sundays", "Asia/Dubai", dict.fromkeys(("sun", "mon", "tue", "wed", "thu"), DAY))
ROOM = Workspace(
    Settings(time_zone="Asia/Tokyo"),
    areas=(Area(AreaId(0), "Baggage", calendar="office"), Area(AreaId(0), "Billing")),
    calendars=(OFFICE, SUNDAYS, Calendar("shut", week={})),
)
NORMAL = Priority.NORMAL
FRIDAY = datetime(2026, 11, 6, 15, 50, tzinfo=UTC)
"""16:50 in Berlin."""


def asked(hours: float, at: datetime, calendar: str = "office") -> Promises:
    return promises(ROOM, Policy("p", calendar=calendar, first_response=hours * HOUR), NORMAL, None, at)


def sums(found: Promises) -> list[tuple[str, timedelta]]:
    return [(each.why, each.end - each.start) for each in found.each[Metric.FIRST].lines]


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def test_friday_evening_is_due_on_monday_and_the_weekend_is_named() -> None:
    found = asked(1.5, FRIDAY)
    assert found.each[Metric.FIRST].promise.due_at == datetime(2026, 11, 9, 8, 20, tzinfo=UTC)
    assert sums(found) == [("", minutes(70)), ("weekend", minutes(63 * 60)), ("", minutes(20))]


@pytest.mark.parametrize(
    ("at", "hours", "calendar", "why"),
    [
        (datetime(2026, 11, 3, 10, tzinfo=UTC), 2, "office", "break"),
        (datetime(2026, 11, 3, 16, 30, tzinfo=UTC), 2, "office", "night"),
        (datetime(2026, 11, 3, 6, tzinfo=UTC), 1, "office", "outside the hours"),
        (datetime(2026, 11, 10, 16, 30, tzinfo=UTC), 2, "office", "Stocktaking"),
        (datetime(2026, 12, 23, 16, 30, tzinfo=UTC), 2, "office", "closed date, Christmas Day, weekend"),
        (datetime(2026, 11, 5, 13, 30, tzinfo=UTC), 2, "sundays", "weekend"),
    ],
)
def test_what_is_closed_says_why(at: datetime, hours: float, calendar: str, why: str) -> None:
    assert [said for said, _ in sums(asked(hours, at, calendar)) if said] == [why]


def test_a_mention_at_night_waits_for_the_morning() -> None:
    assert sums(asked(1, datetime(2026, 11, 3, 20, tzinfo=UTC))) == [("night", minutes(12 * 60)), ("", minutes(60))]


def test_gaps_and_spans_join_from_the_posting_to_the_deadline_and_the_open_ones_make_the_target() -> None:
    found = asked(100, FRIDAY).each[Metric.FIRST]
    assert found.lines[0].start == FRIDAY
    assert all(a.end == b.start for a, b in zip(found.lines, found.lines[1:], strict=False))
    counted = sum((each.end - each.start for each in found.lines if each.counts), timedelta(0))
    assert found.more > 0
    assert counted + found.rest == 100 * HOUR


def test_what_is_more_than_ten_years_away_has_no_deadline_and_no_sum() -> None:
    found = asked(24 * 1200, FRIDAY).each[Metric.FIRST]
    assert (found.promise.due_at, found.lines, found.more) == (None, (), 0)


def test_the_area_gives_the_calendar_where_the_policy_names_none() -> None:
    policy = Policy("p", first_response={Priority.HIGH: HOUR})
    assert promises(ROOM, policy, Priority.HIGH, "baggage", FRIDAY).calendar == OFFICE
    around = promises(ROOM, policy, Priority.HIGH, "Billing", FRIDAY)
    assert (around.calendar.name, around.calendar.time_zone) == ("24x7", "Asia/Tokyo")
    assert promises(ROOM, policy, Priority.HIGH, "Unsorted", FRIDAY).calendar == around.calendar
    assert promises(ROOM, policy, NORMAL, None, FRIDAY).each == {}
    with pytest.raises(NotFound, match="no area “Boats”"):
        promises(ROOM, policy, NORMAL, "Boats", FRIDAY)


def test_a_calendar_that_cannot_measure_refuses() -> None:
    with pytest.raises(CalendarRefused, match="no open hours"):
        asked(1, FRIDAY, "shut")


def test_a_time_is_typed_in_the_calendars_zone() -> None:
    now = datetime(2026, 11, 4, 12, tzinfo=UTC)
    assert posted_at("fri 16:50", OFFICE, now) == FRIDAY
    assert posted_at(" 2026-11-06 16:50", OFFICE, now) == FRIDAY
    assert posted_at("2026-11-06T15:50:00Z", OFFICE, now) == FRIDAY
    with pytest.raises(ValueError, match="is not a time"):
        posted_at("sometime soon", OFFICE, now)
