"""iCal files: what closes a day, what is listed but off, and what is refused, each by example."""

import random
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from inbox.flow.ical import LARGEST, MOST_TIMED, BadICal, Found, content, merged, read, said
from inbox.model.workspace import ImportedDate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ZONE = """BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:20001029T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20000326T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"""


def file(*entries: str, zones: str = "") -> bytes:
    events = "".join(f"BEGIN:VEVENT\n{entry.strip()}\nEND:VEVENT\n" for entry in entries)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//\n{zones}{events}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def whole(uid: str, day: str, *more: str, name: str = "Closed") -> str:
    return "\n".join([f"UID:{uid}", f"DTSTART;VALUE=DATE:{day}", f"SUMMARY:{name}", *more])


def found(*entries: str, zone: str = "Europe/Berlin", zones: str = "") -> Found:
    return read(file(*entries, zones=zones), zone=zone, now=NOW)


def days(dates: Sequence[ImportedDate]) -> list[str]:
    return [each.date.isoformat() for each in dates]


def test_a_whole_day_closes() -> None:
    assert found(whole("a", "20261224", name="Christmas Eve")).dates == (
        ImportedDate(date(2026, 12, 24), "Christmas Eve", uid="a"),
    )


def test_an_entry_of_several_days_closes_each_and_its_end_is_the_day_after() -> None:
    assert days(found(whole("a", "20261229", "DTEND;VALUE=DATE:20270102")).dates) == [
        "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01",
    ]  # fmt: skip
    assert days(found(whole("a", "20261229", "DURATION:P2D")).dates) == ["2026-12-29", "2026-12-30"]
    assert days(found(whole("a", "20261229", "DTEND;VALUE=DATE:20261229")).dates) == ["2026-12-29"]


def test_a_yearly_entry_closes_from_a_year_back_to_eleven_years_ahead() -> None:
    dates = found(whole("a", "20101224", "RRULE:FREQ=YEARLY")).dates
    assert days(dates) == [f"{year}-12-24" for year in range(2025, 2037)]


def test_a_birthday_from_long_ago_is_read_too() -> None:
    assert days(found(whole("a", "16040501", "RRULE:FREQ=YEARLY")).dates)[0] == "2026-05-01"


def test_an_excluded_date_of_a_rule_stays_open() -> None:
    rule = ("RRULE:FREQ=YEARLY;UNTIL=20291231", "EXDATE;VALUE=DATE:20271224")
    assert days(found(whole("a", "20261224", *rule)).dates) == ["2026-12-24", "2028-12-24", "2029-12-24"]


def test_a_single_changed_date_of_a_rule_takes_its_new_day_and_a_cancelled_one_opens() -> None:
    rule = whole("a", "20261224", "RRULE:FREQ=YEARLY;COUNT=3")
    moved = whole("a", "20271223", "RECURRENCE-ID;VALUE=DATE:20271224", name="A day earlier")
    gone = whole("a", "20281224", "RECURRENCE-ID;VALUE=DATE:20281224", "STATUS:CANCELLED")
    dates = found(rule, moved, gone).dates
    assert [(each.date.isoformat(), each.name) for each in dates] == [
        ("2026-12-24", "Closed"),
        ("2027-12-23", "A day earlier"),
    ]


def test_dates_listed_one_by_one_close() -> None:
    assert days(found(whole("a", "20261224", "RDATE;VALUE=DATE:20261231,20270106")).dates) == [
        "2026-12-24", "2026-12-31", "2027-01-06",
    ]  # fmt: skip


def test_a_cancelled_entry_is_left_out_and_told() -> None:
    result = found(whole("a", "20261224", "STATUS:CANCELLED"), whole("b", "20261226"))
    assert days(result.dates) == ["2026-12-26"]
    assert result.skipped == (("Closed", "it is cancelled"),)


def test_what_the_file_marks_as_free_time_is_listed_but_off() -> None:
    result = found(whole("a", "20261224", "TRANSP:TRANSPARENT"), whole("b", "20261226", "TRANSP:OPAQUE"))
    assert [each.on for each in result.dates] == [False, True]
    assert "1 date the file marks as free time" in said(result, "service")


def test_an_entry_with_hours_is_listed_on_its_day_in_the_calendars_zone_but_off() -> None:
    late = "UID:a\nSUMMARY:Call\nDTSTART:20261201T203000Z\nDTEND:20261201T213000Z"
    assert found(late).dates == (ImportedDate(date(2026, 12, 1), "Call", on=False, uid="a"),)
    assert days(found(late, zone="Asia/Kathmandu").dates) == ["2026-12-02"]
    overnight = "UID:b\nSUMMARY:Night\nDTSTART:20261201T220000\nDTEND:20261202T000000"
    assert days(found(overnight).dates) == ["2026-12-01"]


def test_a_daily_meeting_is_not_listed_for_eleven_years() -> None:
    standup = "UID:a\nSUMMARY:Standup\nDTSTART:20260101T090000Z\nDTEND:20260101T091500Z\nRRULE:FREQ=DAILY"
    dates = found(standup).dates
    assert len(dates) == MOST_TIMED
    assert dates[0].date == date(2026, 11, 23)


def test_an_outlook_day_from_midnight_to_midnight_is_a_whole_day() -> None:
    entry = "UID:a\nSUMMARY:Outing\nDTSTART:20261201T000000\nDTEND:20261203T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE"
    assert [(each.date.isoformat(), each.on) for each in found(entry).dates] == [
        ("2026-12-01", True),
        ("2026-12-02", True),
    ]


def test_time_zone_blocks_are_no_entries_and_are_understood() -> None:
    meeting = "UID:a\nSUMMARY:Late\nDTSTART;TZID=Office:20260701T233000\nDTEND;TZID=Office:20260701T234500"
    result = found(meeting, whole("b", "20261224"), zone="UTC", zones=ZONE)
    assert days(result.dates) == ["2026-07-01", "2026-12-24"]
    assert not result.skipped


@pytest.mark.parametrize(
    "name",
    ["Daylight Saving Time ends", "Daylight Savings Begins", "Clocks go back", "Zeitumstellung", "Ende der Sommerzeit"],
)
def test_a_notice_of_the_change_of_the_clocks_is_listed_but_off(name: str) -> None:
    read = found(whole("1", "20261025", name=name), whole("2", "20261224"))
    assert [(each.name, each.on) for each in read.dates] == [(name, False), ("Closed", True)]
    assert read.clocks == 1
    assert "1 date about the change of the clocks: switched off." in said(read, "office")


@pytest.mark.parametrize("name", ["Summer break", "Sommerferien", "Time for the team", "Saving clocks: museum day"])
def test_a_day_off_with_a_similar_name_closes(name: str) -> None:
    assert [each.on for each in found(whole("1", "20261025", name=name)).dates] == [True]


def test_tasks_and_journals_are_no_entries() -> None:
    raw = file(whole("a", "20261224")).replace(
        b"END:VCALENDAR",
        b"BEGIN:VTODO\r\nUID:t\r\nDTSTART;VALUE=DATE:20261201\r\nEND:VTODO\r\n"
        b"BEGIN:VJOURNAL\r\nUID:j\r\nDTSTART;VALUE=DATE:20261202\r\nEND:VJOURNAL\r\nEND:VCALENDAR",
    )
    assert days(read(raw, zone="UTC", now=NOW).dates) == ["2026-12-24"]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (whole("x", "2026130"), "its date cannot be read"),
        (whole("x", "20261341"), "its date cannot be read"),
        ("UID:x\nSUMMARY:Closed", "it has no date"),
        (whole("x", "20261224", "DTEND;VALUE=DATE:20261220"), "it ends before it begins"),
        (whole("x", "20261224", "DTEND;VALUE=DATE:20400101"), "it lasts longer than a year"),
        (whole("x", "20261224", "DTEND:20261224T100000Z"), "its date cannot be read"),
        (whole("x", "20261224", "RRULE:FREQ=NEVER"), "its date cannot be read"),
        (whole("x", "20261224", "RRULE:FREQ=HOURLY"), "it repeats more often than daily"),
        (whole("x", "20261224", "RRULE:FREQ=DAILY;BYMINUTE=0,1,2,3"), "it repeats more often than daily"),
        (whole("x", "00010101", "RRULE:FREQ=DAILY"), "it repeats since before 1900"),
        ("UID:x\nSUMMARY:Closed\nDTSTART:20000101T000000Z\nRRULE:FREQ=SECONDLY", "it repeats more often than daily"),
    ],
)
def test_a_bad_entry_alone_is_left_out_with_its_reason(entry: str, why: str) -> None:
    result = found(entry, whole("good", "20261224", name="Good"))
    assert [each.name for each in result.dates] == ["Good"]
    assert result.skipped == (("Closed", why),)
    assert f"Left out: “Closed” ({why})." in said(result, "service")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "does not begin with BEGIN:VCALENDAR"),
        (b"<html>Sign in</html>", "does not begin with BEGIN:VCALENDAR"),
        (b"\x00\xff\xfe" * 50, "does not begin with BEGIN:VCALENDAR"),
        (file(whole("a", "20261224"))[:-30], "cut off"),
        (b"BEGIN:VCALENDAR\nno colon here\nEND:VCALENDAR\n", "cannot be read as iCal"),
        (file(*[whole(str(number), "20261224") for number in range(5001)]), "more than 5,000 entries"),
        (file(*[whole(str(number), "20260101", "RRULE:FREQ=DAILY") for number in range(2)]), "more than 5,000 dates"),
        (file(whole("a", "20261224"), zones=ZONE * 101), "more than 100 time zones"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_in_a_sentence(raw: bytes, why: str) -> None:
    with pytest.raises(BadICal, match=why) as refused:
        read(raw, zone="UTC", now=NOW)
    assert str(refused.value).endswith(".")


def test_a_damaged_line_costs_its_entry_alone() -> None:
    damaged = whole("x", "20261224", "END:VALARM", "END:VALARM", name="Broken")
    result = found(
        damaged, whole("good", "20261226"), "UID:c\nSUMMARY:Call\nDTSTART;TZID=Office:20260701T233000", zones=ZONE
    )
    assert days(result.dates) == ["2026-07-01", "2026-12-26"]
    assert result.skipped == (("Broken", "it is damaged"),)


def test_a_zone_means_what_its_own_file_says_also_after_another_file_of_that_name() -> None:
    meeting = "UID:a\nSUMMARY:Late\nDTSTART;TZID=Office:20260701T233000\nDTEND;TZID=Office:20260701T234500"
    elsewhere = ZONE.replace("+0200", "-0800").replace("+0300", "-0700")
    assert days(found(meeting, zone="UTC", zones=elsewhere).dates) == ["2026-07-02"]
    assert days(found(meeting, zone="UTC", zones=ZONE).dates) == ["2026-07-01"]


@pytest.mark.parametrize("seed", range(60))
def test_a_file_with_any_damage_is_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    entry = whole("a", "20261224", "RRULE:FREQ=YEARLY;UNTIL=20301231", "EXDATE;VALUE=DATE:20271224")
    meeting = "UID:m\nDTSTART;TZID=Office:20260701T120000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5"
    lines = file(entry, meeting, zones=ZONE).decode().split("\r\n")
    odd = (
        "",
        "-1",
        "99999999",
        "DTSTART:99991231",
        "RRULE:FREQ=DAILY;INTERVAL=0",
        "BEGIN:VEVENT",
        "END:VEVENT",
        ":",
        "é",
    )
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(lines))
        cut = rng.randrange(len(lines[at]) + 1)
        lines[at : at + rng.randint(0, 1)] = [lines[at][:cut] + rng.choice(odd) + lines[at][rng.randint(0, cut) :]]
    raw = "\r\n".join(lines).encode()
    try:
        result = read(raw, zone="Europe/Berlin", now=NOW)
    except BadICal:
        return
    assert all(name and why for name, why in result.skipped)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.ics"
    with large.open("wb") as target:
        target.truncate(LARGEST * 100)
    with pytest.raises(BadICal, match="larger than 5 MB"):
        content(large)
    with pytest.raises(BadICal, match="larger than 5 MB"):
        content(b" " * (LARGEST + 1))


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "RRULE:FREQ=DAILY;INTERVAL=999999999",
        "RRULE:FREQ=DAILY;COUNT=99999999999",
        "RRULE:FREQ=YEARLY;UNTIL=99991231",
    ],
)
def test_a_rule_made_to_take_for_ever_takes_seconds(rule: str) -> None:
    begun = time.process_time()
    result = found(whole("x", "20200101", rule), whole("good", "20261224", name="Good"))
    assert time.process_time() - begun < 10
    assert "Good" in {each.name for each in result.dates}


@pytest.mark.slow
def test_many_rules_made_to_take_for_ever_are_given_up_together() -> None:
    rule = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3"
    begun = time.process_time()
    result = found(*[whole(str(number), "20200101", rule) for number in range(500)], whole("good", "20261224"))
    assert time.process_time() - begun < 25
    assert days(result.dates) == ["2026-12-24"]
    assert "too long to work out" in result.skipped[-1][1]


def test_a_time_zone_block_made_to_take_for_ever_is_read_without_its_rule() -> None:
    hostile = ZONE.replace("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "FREQ=SECONDLY").replace(
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=YEARLY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5,6;BYSECOND=1,2,3,4,5,6"
    )
    begun = time.process_time()
    meeting = "UID:a\nSUMMARY:Late\nDTSTART;TZID=Office:20260701T120000\nDTEND;TZID=Office:20260701T130000"
    assert days(found(meeting, zones=hostile).dates) == ["2026-07-01"]
    assert time.process_time() - begun < 5


def test_odd_text_is_read() -> None:
    folded = file("UID:a\nDTSTART;VALUE=DATE:20261224\nSUMMARY:Heilig\n abend\\, ganz")
    assert read(b"\xef\xbb\xbf" + folded, zone="UTC", now=NOW).dates[0].name == "Heiligabend, ganz"
    latin = "Fête".encode("cp1252")
    assert read(file(whole("a", "20261224")).replace(b"Closed", latin), zone="UTC", now=NOW).dates[0].name == "Fête"
    assert found("UID:a\nDTSTART;VALUE=DATE:20261224").dates[0].name == "An entry without a name"
    assert len(found(whole("a" * 900, "20261224", name="n" * 900)).dates[0].name) == 120
    assert "\0" not in read(file(whole("a", "20261224", name="a\0b")), zone="UTC", now=NOW).dates[0].name


def test_two_entries_without_a_uid_are_two() -> None:
    result = found("DTSTART;VALUE=DATE:20261224\nSUMMARY:One", "DTSTART;VALUE=DATE:20261224\nSUMMARY:Two")
    assert [each.name for each in result.dates] == ["One", "Two"]


def test_reading_again_keeps_what_a_person_switched() -> None:
    entries = (whole("a", "20261224"), whole("b", "20261226"), whole("c", "20261231", "TRANSP:TRANSPARENT"))
    first = merged((), found(*entries), add=False)
    switched = [
        ImportedDate(each.date, each.name, each.uid in {"a", "c"}, each.uid)  # b off by hand, c on
        for each in first
    ]
    again = merged(switched, found(*entries), add=False)
    assert [(each.uid, each.on) for each in again] == [("a", True), ("b", False), ("c", True)]
    moved = merged(switched, found(whole("b", "20261227")), add=False)
    assert [(each.uid, each.on) for each in moved] == [("b", False)]


def test_a_new_file_takes_the_place_of_the_old_one_unless_it_is_added() -> None:
    old = (
        ImportedDate(date(2020, 12, 24), "Long ago", uid="past"),
        ImportedDate(date(2026, 12, 24), "Other file", uid="other"),
    )
    new = found(whole("a", "20261231"))
    assert [each.uid for each in merged(old, new, add=False)] == ["past", "a"]
    assert [each.uid for each in merged(old, new, add=True)] == ["past", "other", "a"]


def test_the_sentence_counts_what_came_in() -> None:
    assert said(found(whole("a", "20261224")), "service") == "1 date came into “service”."
    assert said(found(whole("a", "20101224")), "service").startswith("0 dates came into “service”")
