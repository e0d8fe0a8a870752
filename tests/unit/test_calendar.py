"""Business time: each rule of the product by example."""

import shutil
import time as stopwatch
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from inbox.model.people import WEEKDAYS, Interval, Week
from inbox.model.workspace import Calendar, ImportedDate
from inbox.sla.calendar import due, elapsed, is_open
from inbox.sla.hours import CalendarRefused, compiled, refusal, reread

BERLIN = "Europe/Berlin"


def hours(*pairs: str) -> tuple[Interval, ...]:
    found = []
    for pair in pairs:
        start, end = pair.split("-")
        found.append(Interval(time.fromisoformat(start), time(0) if end == "24:00" else time.fromisoformat(end)))
    return tuple(found)


def every_day(*pairs: str) -> Week:
    return dict.fromkeys(WEEKDAYS, hours(*pairs))


def local(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[arg-type,misc]


def h(number: float) -> timedelta:
    return timedelta(hours=number)


OFFICE = Calendar("office", BERLIN, {day: hours("09:00-12:30", "13:00-18:00") for day in WEEKDAYS[:5]})


def test_time_counts_inside_open_intervals_only() -> None:
    friday, monday = local(BERLIN, 2026, 11, 6, 12), local(BERLIN, 2026, 11, 9, 10)
    assert elapsed(OFFICE, friday, monday) == h(0.5) + h(5) + h(1)


def test_a_deadline_jumps_over_the_night_and_the_weekend() -> None:
    assert due(OFFICE, local(BERLIN, 2026, 11, 6, 17), h(2)) == local(BERLIN, 2026, 11, 9, 10)


def test_a_deadline_is_the_earliest_instant_so_it_may_be_the_closing_time() -> None:
    assert due(OFFICE, local(BERLIN, 2026, 11, 6, 17), h(1)) == local(BERLIN, 2026, 11, 6, 18)


def test_nothing_to_wait_for_is_due_at_once_even_when_closed() -> None:
    sunday = local(BERLIN, 2026, 11, 8, 3)
    assert due(OFFICE, sunday, h(0)) == sunday


def test_no_time_passes_backwards() -> None:
    assert elapsed(OFFICE, local(BERLIN, 2026, 11, 6, 12), local(BERLIN, 2026, 11, 6, 10)) == h(0)


def test_round_the_clock_is_a_calendar_too() -> None:
    always = Calendar("24x7")
    start = datetime(2026, 3, 28, tzinfo=UTC)
    assert due(always, start, h(100)) == start + h(100)
    assert elapsed(always, start, start + h(33)) == h(33)


@pytest.mark.parametrize(("day", "length"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 10, 26), 24)])
def test_a_day_is_as_long_as_the_clocks_make_it(day: tuple[int, int, int], length: int) -> None:
    whole = Calendar("days", BERLIN, every_day("00:00-24:00"))
    begin = datetime(*day, tzinfo=ZoneInfo(BERLIN))
    assert elapsed(whole, begin, begin + timedelta(days=1)) == h(length)


def test_a_night_shift_over_the_spring_change_is_an_hour_shorter() -> None:
    night = Calendar("night", BERLIN, {"sat": hours("22:00-06:00")})
    saturday = local(BERLIN, 2026, 3, 28, 12)
    assert elapsed(night, saturday, saturday + h(48)) == h(7)


def test_the_tail_of_a_night_shift_survives_a_holiday_on_the_next_day() -> None:
    nights = Calendar("nights", BERLIN, every_day("20:00-02:00"), closed=(date(2026, 11, 11),))
    tuesday = local(BERLIN, 2026, 11, 10, 12)
    assert elapsed(nights, tuesday, tuesday + h(60)) == h(6) + h(4)
    assert is_open(nights, local(BERLIN, 2026, 11, 11, 1))
    assert not is_open(nights, local(BERLIN, 2026, 11, 11, 21))
    assert not is_open(nights, local(BERLIN, 2026, 11, 12, 1))


def test_public_holidays_close_by_country_and_region() -> None:
    bavaria = Calendar("by", BERLIN, every_day("09:00-17:00"), holidays=("DE", "BY"))
    hamburg = Calendar("hh", BERLIN, every_day("09:00-17:00"), holidays=("DE", "HH"))
    epiphany = local(BERLIN, 2026, 1, 6, 10)
    assert not is_open(bavaria, epiphany)
    assert is_open(hamburg, epiphany)


def test_a_night_shift_of_31_december_runs_into_the_holiday_and_the_holidays_own_does_not_begin() -> None:
    nights = Calendar("nights", BERLIN, every_day("22:00-06:00"), holidays=("DE", None))
    eve = local(BERLIN, 2026, 12, 31, 12)
    assert is_open(nights, local(BERLIN, 2027, 1, 1, 5, 59))
    assert not is_open(nights, local(BERLIN, 2027, 1, 1, 22, 30))
    assert elapsed(nights, eve, local(BERLIN, 2027, 1, 2, 12)) == h(8)
    # New Year's Day is a Friday and cancels its own night; the next one begins on Saturday evening.
    assert due(nights, eve, h(9)) == local(BERLIN, 2027, 1, 2, 23)


def test_an_imported_date_closes_while_it_is_on() -> None:
    day = date(2026, 11, 10)
    on, off = ImportedDate(day, "Outing"), ImportedDate(day, "Outing", on=False)
    noon = local(BERLIN, 2026, 11, 10, 12)
    assert not is_open(Calendar("c", BERLIN, every_day("09:00-17:00"), imported=(on,)), noon)
    assert is_open(Calendar("c", BERLIN, every_day("09:00-17:00"), imported=(off,)), noon)
    assert not is_open(Calendar("always", BERLIN, imported=(off, on)), noon)


def test_an_open_date_replaces_the_hours_of_a_holiday_and_of_a_closed_day() -> None:
    christmas, boxing = date(2026, 12, 25), date(2026, 12, 26)
    special = {christmas: hours("10:00-14:00"), boxing: hours("11:00-12:00")}
    shop = Calendar("shop", BERLIN, every_day("09:00-17:00"), ("DE", None), (boxing,), special)
    start = local(BERLIN, 2026, 12, 25, 0)
    assert elapsed(shop, start, start + h(24)) == h(4)
    assert elapsed(shop, start + h(24), start + h(48)) == h(1)


def test_overlapping_and_touching_intervals_are_one() -> None:
    messy = Calendar(
        "messy", "UTC", every_day("08:00-12:00", "10:00-13:00", "13:00-14:00", "22:00-02:00", "01:00-03:00")
    )
    start = datetime(2026, 11, 3, tzinfo=UTC)
    assert elapsed(messy, start, start + h(24)) == h(3) + h(6) + h(2)


def test_a_wall_time_that_occurs_twice_is_the_first() -> None:
    calendar = Calendar("early", BERLIN, {"sun": hours("02:30-04:00")})
    start = local(BERLIN, 2026, 10, 24, 12)
    assert elapsed(calendar, start, start + h(24)) == h(2.5)


def test_a_wall_time_that_does_not_exist_is_read_with_the_offset_before_the_change() -> None:
    calendar = Calendar("early", BERLIN, {"sun": hours("02:30-04:00")})
    start = local(BERLIN, 2026, 3, 28, 12)
    assert elapsed(calendar, start, start + h(24)) == h(0.5)
    assert due(calendar, start, timedelta(microseconds=1)) == local(BERLIN, 2026, 3, 29, 3, 30) + timedelta(
        microseconds=1
    )


def test_a_date_that_does_not_exist_has_no_hours() -> None:
    samoa = Calendar("samoa", "Pacific/Apia", every_day("09:00-17:00"))
    begin, end = datetime(2011, 12, 29, 10, tzinfo=UTC), datetime(2011, 12, 31, 10, tzinfo=UTC)
    # Midnight of the 29th to midnight of 1 January, local: the 29th and the 31st.
    assert elapsed(samoa, begin, end) == h(16)


def test_a_deadline_more_than_ten_years_away_is_none() -> None:
    yearly = Calendar("yearly", "UTC", {}, open={date(2026, 12, 1): hours("09:00-10:00")})
    start = datetime(2026, 11, 1, tzinfo=UTC)
    assert due(yearly, start, h(1)) == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert due(yearly, start, h(1.5)) is None
    always = Calendar("24x7")
    assert due(always, start, datetime(2036, 11, 1, tzinfo=UTC) - start) == datetime(2036, 11, 1, tzinfo=UTC)
    assert due(always, start, datetime(2036, 11, 1, 0, 0, 1, tzinfo=UTC) - start) is None


def test_the_end_of_time_gives_no_deadline_and_no_crash() -> None:
    start = datetime(9999, 12, 30, tzinfo=UTC)
    assert due(OFFICE, start, h(1000)) is None
    assert elapsed(OFFICE, datetime(1, 1, 3, tzinfo=UTC), datetime(1, 1, 20, tzinfo=UTC)) > h(50)


@pytest.mark.parametrize(
    ("calendar", "said"),
    [
        (Calendar("never", "UTC", {}), "“never” has no open hours"),
        (Calendar("never", "UTC", {"mon": ()}), "has no open hours"),
        (Calendar("nowhere", "Mars/Olympus"), "no time zone named “Mars/Olympus”"),
        (Calendar("land", "UTC", None, ("XX", None)), "no known public holidays for “XX”"),
        (Calendar("land", "UTC", None, ("DE", "ZZ")), "“DE-ZZ”"),
        (Calendar("land", "UTC", None, ("date", None)), "no known public holidays for “date”"),
        (Calendar("nowhere", "../../etc/passwd"), "no time zone named"),
        (Calendar("nowhere", "Europe"), "no time zone named"),
        (Calendar("nowhere", ""), "no time zone named"),
    ],
)
def test_a_calendar_that_cannot_measure_is_refused_with_a_reason(calendar: Calendar, said: str) -> None:
    assert said in (refusal(calendar) or "")
    with pytest.raises(CalendarRefused, match="no"):
        due(calendar, datetime(2026, 1, 1, tzinfo=UTC), h(1))


def test_a_calendar_whose_hours_are_all_closed_for_ten_years_is_refused_when_asked_from_now() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    days = tuple(date(2026, 11, 1) + timedelta(days=step) for step in range(4000))
    closed = Calendar("shut", "UTC", every_day("09:00-17:00"), closed=days)
    assert refusal(closed) is None
    assert refusal(closed, now) == "The calendar “shut” has no open hours in the next 10 years."
    assert refusal(Calendar("ajar", "UTC", every_day("09:00-17:00"), closed=days[:-800]), now) is None
    imported = tuple(ImportedDate(day, "Shut") for day in days)
    assert refusal(Calendar("shut", "UTC", every_day("09:00-17:00"), imported=imported), now) is not None
    assert refusal(Calendar("today", "UTC", {}, open={now.date(): hours("09:00-12:30")}), now) is None
    assert refusal(Calendar("over", "UTC", {}, open={now.date(): hours("09:00-12:00")}), now) is not None
    assert refusal(Calendar("24x7"), now) is None


@pytest.fixture
def zones(tmp_path: Path) -> Iterator[Path]:
    """A zone database of one's own, asked before the installed ones."""
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    reread()
    yield tmp_path
    zoneinfo.reset_tzpath()
    reread()


def become(zones: Path, name: str, like: str) -> None:
    """Give a zone the rules of another, as an update of the database does: a new file in the place of the old."""
    new = zones / "new"
    with resources.as_file(resources.files("tzdata") / "zoneinfo" / like) as known:
        shutil.copyfile(known, new)
    new.replace(zones / name)


def test_a_zone_database_that_changes_a_rule_gives_the_same_calendar_its_new_hours(zones: Path) -> None:
    become(zones, "Elbonia", "Europe/Berlin")
    calendar = Calendar("office", "Elbonia", every_day("09:00-17:00"))
    start = datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
    assert due(calendar, start, h(1)) == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert reread() is False
    become(zones, "Elbonia", "Europe/Istanbul")
    assert reread() is True
    assert due(calendar, start, h(1)) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert reread() is False


def test_a_changed_zone_database_is_noticed_without_being_told(zones: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    become(zones, "Elbonia", "Europe/Berlin")
    calendar = Calendar("office", "Elbonia", every_day("09:00-17:00"))
    start = datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
    assert due(calendar, start, h(1)) == datetime(2026, 7, 1, 8, tzinfo=UTC)
    become(zones, "Elbonia", "Europe/Istanbul")
    assert due(calendar, start, h(1)) == datetime(2026, 7, 1, 8, tzinfo=UTC)
    monkeypatch.setattr("inbox.sla.hours._look_again_at", 0.0)
    assert due(calendar, start, h(1)) == datetime(2026, 7, 1, 7, tzinfo=UTC)


def test_a_zone_that_is_gone_from_the_database_is_refused_once_it_is_read_again(zones: Path) -> None:
    become(zones, "Elbonia", "Europe/Berlin")
    calendar = Calendar("office", "Elbonia", every_day("09:00-17:00"))
    assert refusal(calendar) is None
    (zones / "Elbonia").unlink()
    assert reread() is True
    assert refusal(calendar) == "There is no time zone named “Elbonia”."


def test_hours_are_kept_while_nothing_changes() -> None:
    reread()
    assert compiled(OFFICE) is compiled(OFFICE)
    kept = compiled(OFFICE)
    reread()
    assert compiled(OFFICE) is kept


def test_a_month_is_measured_in_microseconds() -> None:
    start = datetime(2026, 10, 5, 12, tzinfo=UTC)
    elapsed(OFFICE, start, start + timedelta(days=31))
    best = min(_seconds(start) for _ in range(50))
    assert best < 20e-6


def _seconds(start: datetime) -> float:
    begun = stopwatch.perf_counter()
    for _ in range(20):
        elapsed(OFFICE, start, start + timedelta(days=31))
    return (stopwatch.perf_counter() - begun) / 20
