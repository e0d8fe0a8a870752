"""Calendars changed one by one: checked, audited, undoable, never over somebody else's change, never while in use."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time
from threading import Barrier

import pytest
from sqlalchemy import select

from inbox.flow.calendars import (
    BadCalendar,
    Imported,
    countries,
    import_ical,
    next_holidays,
    problems_of,
    remove_calendar,
    save_calendar,
    subdivisions,
    switch_date,
    undo_calendars,
    users_of,
)
from inbox.flow.entries import Saved, Undo
from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import WEEKDAYS, Area, Employee, Interval
from inbox.model.workspace import Calendar, ImportedDate, Policy, Rule, Then, When, Workspace
from inbox.sla.calendar import is_open
from inbox.store import config
from inbox.store.engine import Store
from inbox.store.errors import LostRace, NotFound, Refused
from inbox.store.schema import audit, clock
from tests.support.desk import waiting_thread

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = (Interval(time(9), time(17)),)
OFFICE = Calendar("office", "Europe/Berlin", dict.fromkeys(WEEKDAYS, DAY), ("DE", "BE"))
NIGHT = Calendar("night", "Europe/Berlin", {"sat": (Interval(time(22), time(6)),)})
SPARE = Calendar("spare", "UTC", {"mon": DAY})
ROOM = Workspace(
    areas=(Area(AreaId(0), "Billing", calendar="office"), Area(AreaId(0), "Press")),
    employees=(Employee(EmployeeId(0), "ana", "Ana Ruiz"), Employee(EmployeeId(0), "ben", "Ben Ode")),
    calendars=(OFFICE, NIGHT, SPARE),
    policies=(Policy("vip", calendar="office"), Policy("late", When(hours=(False, "office")))),
    rules=(Rule("at night", When(hours=(True, "night")), Then(tags=("night",))),),
)
FILE = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:outing
DTSTART;VALUE=DATE:20261210
SUMMARY:Outing
END:VEVENT
BEGIN:VEVENT
UID:party
DTSTART;VALUE=DATE:20261211
SUMMARY:Party
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:bad
SUMMARY:No date
END:VEVENT
END:VCALENDAR
"""


def room(store: Store) -> Workspace:
    with store.write() as s:
        config.save(s, ROOM, "command", NOON)
    return loaded(store)


def loaded(store: Store) -> Workspace:
    with store.read() as s:
        return config.load(s)


def named(store: Store, name: str) -> Calendar:
    return next(each for each in loaded(store).calendars if each.name == name)


def last_event(store: Store) -> tuple[str, str, dict[str, object]]:
    with store.read() as s:
        row = s.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()
        return row.actor, row.action, row.details


def imported(store: Store, name: str = "office") -> Imported:
    return import_ical(store, name, FILE, actor="ana", now=NOON)


def test_a_new_calendar_comes_last_and_an_edit_stays_in_its_place(store: Store) -> None:
    room(store)
    new = replace(SPARE, name="  weekend ", week={"sun": DAY}, closed=(date(2026, 12, 31), date(2026, 1, 1)))
    assert save_calendar(store, new, actor="ana", now=NOON).sentence == "The calendar “weekend” is added."
    saved = save_calendar(store, replace(NIGHT, time_zone="UTC"), replaces="night", actor="ana", now=NOON)
    assert [each.name for each in saved.workspace.calendars] == ["office", "night", "spare", "weekend"]
    assert named(store, "night").time_zone == "UTC"
    assert named(store, "weekend").closed == (date(2026, 1, 1), date(2026, 12, 31))
    assert saved.change.topics == {"config"}
    actor, action, details = last_event(store)
    assert (actor, action, details["did"], details["calendar"]) == ("ana", "calendar", "saved", "night")
    assert isinstance(details["before"], dict)
    assert isinstance(details["after"], dict)
    assert (details["before"]["time_zone"], details["after"]["time_zone"]) == ("Europe/Berlin", "UTC")


def test_a_calendar_in_use_is_not_removed_and_says_by_whom(store: Store) -> None:
    room(store)
    with pytest.raises(Refused) as refused:
        remove_calendar(store, "office", actor="ana", now=NOON)
    assert str(refused.value) == (
        "“office” is used by the area “Billing”, the policy “vip” and the policy “late”. "
        "Give them another calendar first."
    )
    with pytest.raises(Refused, match="the rule “at night”"):
        remove_calendar(store, "night", actor="ana", now=NOON)
    assert remove_calendar(store, "spare", actor="ana", now=NOON).sentence == "The calendar “spare” is removed."
    assert loaded(store).calendars == (OFFICE, NIGHT)
    with pytest.raises(NotFound, match="no calendar “spare”"):
        remove_calendar(store, "spare", actor="ana", now=NOON)


def test_a_long_list_of_users_is_cut() -> None:
    many = replace(ROOM, areas=tuple(Area(AreaId(0), str(number), calendar="spare") for number in range(9)))
    assert len(users_of(many, "spare")) == 9
    found = problems_of(many, replace(SPARE, name="other"), replaces="spare")
    assert found[0][1].count("area") == 4
    assert "and 5 more" in found[0][1]


def test_a_calendar_in_use_keeps_its_name(store: Store) -> None:
    room(store)
    with pytest.raises(BadCalendar) as bad:
        save_calendar(store, replace(NIGHT, name="nights"), replaces="night", actor="ana", now=NOON)
    assert bad.value.troubles == (("name", "“night” is used by the rule “at night”, so it keeps its name."),)
    save_calendar(store, replace(SPARE, name="weekend"), replaces="spare", actor="ana", now=NOON)
    assert [each.name for each in loaded(store).calendars] == ["office", "night", "weekend"]


def test_a_calendar_that_measured_waits_keeps_its_name_and_says_what_its_removal_means(store: Store) -> None:
    room(store)
    number = waiting_thread(store)
    with store.write() as s:
        s.execute(clock.update().where(clock.c.thread_id == number).values(calendar="spare"))
    with pytest.raises(BadCalendar, match="Waits were measured by “spare”, so it keeps its name"):
        save_calendar(store, replace(SPARE, name="weekend"), replaces="spare", actor="ana", now=NOON)
    save_calendar(store, replace(SPARE, time_zone="Asia/Tokyo"), replaces="spare", actor="ana", now=NOON)
    gone = remove_calendar(store, "spare", actor="ana", now=NOON)
    assert gone.sentence.endswith(
        "Deadlines that run by it stay; business time of its waits now counts round the clock."
    )
    assert gone.undo is not None
    undo_calendars(store, gone.undo, actor="ana", now=NOON)
    assert named(store, "spare").time_zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("calendar", "field", "said"),
    [
        (replace(SPARE, name="Office"), "name", "There is a calendar “office” already"),
        (replace(SPARE, name=" "), "name", "empty"),
        (replace(SPARE, name="new", week={}), "week", "no open hours"),
        (replace(SPARE, name="new", time_zone="Mars/Olympus"), "time_zone", "no time zone named “Mars/Olympus”"),
        (replace(SPARE, name="new", holidays=("XX", None)), "holidays", "no known public holidays for “XX”"),
        (replace(SPARE, name="new", holidays=("HolidayBase", None)), "holidays", "no known public holidays"),
        (replace(SPARE, name="new\0"), "name", "NUL"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(calendar: Calendar, field: str, said: str) -> None:
    found = problems_of(ROOM, calendar, now=NOON)
    assert [each[0] for each in found] == [field]
    assert said in found[0][1]


def test_a_calendar_that_is_never_open_again_is_refused_with_the_reason(store: Store) -> None:
    room(store)
    past = Calendar("past", "UTC", {}, open={date(2026, 11, 20): DAY})
    assert problems_of(ROOM, past) == []
    assert problems_of(ROOM, past, now=NOON) == [
        ("week", "The calendar “past” has no open hours in the next 10 years.")
    ]
    with pytest.raises(BadCalendar, match="no open hours in the next 10 years"):
        save_calendar(store, past, actor="ana", now=NOON)
    only = Calendar("only", "UTC", {}, open={date(2026, 12, 24): DAY})
    save_calendar(store, only, actor="ana", now=NOON)
    holidays_alone = Calendar("h", "UTC", {}, ("DE", None), open={})
    assert "no open hours" in problems_of(ROOM, holidays_alone, now=NOON)[0][1]


def test_imported_dates_that_leave_nothing_open_are_refused(store: Store) -> None:
    room(store)
    mondays = FILE.replace(b"DTSTART;VALUE=DATE:20261210", b"DTSTART;VALUE=DATE:20250106\nRRULE:FREQ=WEEKLY")
    with pytest.raises(BadCalendar, match="“spare” has no open hours in the next 10 years"):
        import_ical(store, "spare", mondays, actor="ana", now=NOON)
    assert named(store, "spare") == SPARE


def test_dates_of_a_file_close_the_calendar_and_are_undone(store: Store) -> None:
    before = room(store)
    done = imported(store)
    assert done.dates == (
        ImportedDate(date(2026, 12, 10), "Outing", uid="outing"),
        ImportedDate(date(2026, 12, 11), "Party", on=False, uid="party"),
    )
    assert done.skipped == (("No date", "it has no date"),)
    assert done.sentence.startswith("2 dates came into “office”.")
    office = named(store, "office")
    assert not is_open(office, datetime(2026, 12, 10, 12, tzinfo=UTC))
    assert is_open(office, datetime(2026, 12, 11, 12, tzinfo=UTC))
    actor, action, details = last_event(store)
    assert (actor, action, details["did"], details["dates"]) == ("ana", "calendar", "imported dates into", 2)
    assert done.undo is not None
    undo_calendars(store, done.undo, actor="ana", now=NOON)
    assert loaded(store).calendars == before.calendars


def test_reading_the_same_file_again_changes_nothing_and_keeps_what_was_switched_off(store: Store) -> None:
    room(store)
    imported(store)
    off = switch_date(store, "office", date(2026, 12, 10), on=False, actor="ana", now=NOON)
    assert off.sentence == "2026-12-10 no longer closes “office”."
    again = imported(store)
    assert again.undo is None
    assert again.sentence.endswith("They were there already.")
    assert [each.on for each in named(store, "office").imported] == [False, False]
    on = switch_date(store, "office", date(2026, 12, 11), on=True, uid="party", actor="ana", now=NOON)
    assert on.sentence == "2026-12-11 closes “office”."
    with pytest.raises(NotFound, match="no imported date on 2026-12-24"):
        switch_date(store, "office", date(2026, 12, 24), on=True, actor="ana", now=NOON)
    with pytest.raises(NotFound, match="no imported date"):
        switch_date(store, "office", date(2026, 12, 11), on=True, uid="other", actor="ana", now=NOON)


def test_a_file_for_a_calendar_that_is_not_there_is_refused(store: Store) -> None:
    room(store)
    with pytest.raises(NotFound, match="no calendar “gone”"):
        imported(store, "gone")


def test_every_change_is_taken_back_exactly(store: Store) -> None:
    before = room(store)
    steps: tuple[Callable[[], Saved[Undo[Calendar]] | Imported], ...] = (
        lambda: save_calendar(
            store, replace(NIGHT, closed=(date(2026, 12, 5),)), replaces="night", actor="a", now=NOON
        ),
        lambda: save_calendar(store, replace(NIGHT, name="more"), actor="a", now=NOON),
        lambda: remove_calendar(store, "spare", actor="a", now=NOON),
        lambda: imported(store),
    )
    for step in steps:
        done = step()
        assert done.undo is not None
        assert loaded(store).calendars != before.calendars
        assert undo_calendars(store, done.undo, actor="a", now=NOON).sentence == "Taken back."
        assert loaded(store).calendars == before.calendars


def test_a_new_calendar_that_is_in_use_by_now_is_not_taken_back(store: Store) -> None:
    room(store)
    done = save_calendar(store, replace(NIGHT, name="more"), actor="ana", now=NOON)
    with store.write() as s:
        config.save_policies(s, [Policy("new", calendar="more")])
    assert done.undo is not None
    with pytest.raises(Refused, match="“more” is used by the policy “new” by now"):
        undo_calendars(store, done.undo, actor="ana", now=NOON)


def test_what_changes_nothing_says_so_and_is_not_written_down(store: Store) -> None:
    room(store)
    event = last_event(store)
    saved = save_calendar(store, SPARE, replaces="spare", actor="ana", now=NOON)
    assert (saved.sentence, saved.undo) == ("Nothing was changed: it is so already.", None)
    assert last_event(store) == event


def test_a_change_over_a_newer_one_is_refused_and_says_whose(store: Store) -> None:
    seen = room(store)
    first = save_calendar(store, replace(SPARE, time_zone="Asia/Tokyo"), replaces="spare", actor="ben", now=NOON)
    with pytest.raises(LostRace, match="Ben saved the calendar “spare” meanwhile"):
        save_calendar(store, replace(SPARE, closed=()), replaces="spare", expect=seen, actor="ana", now=NOON)
    with pytest.raises(LostRace, match="Ben"):
        remove_calendar(store, "spare", expect=seen, actor="ana", now=NOON)
    import_ical(store, "spare", FILE, actor="ben", now=NOON)
    assert first.undo is not None
    with pytest.raises(LostRace, match="Ben changed the calendar “spare” meanwhile"):
        undo_calendars(store, first.undo, actor="ana", now=NOON)
    config_changed = loaded(store)
    save_calendar(store, replace(SPARE, name="mine"), expect=config_changed, actor="ana", now=NOON)


def test_of_two_who_save_at_once_one_loses_and_is_told(store: Store) -> None:
    seen = room(store)
    together = Barrier(2)

    def save(zone: str) -> str:
        together.wait()
        try:
            edited = replace(SPARE, time_zone=zone)
            save_calendar(store, edited, replaces="spare", expect=seen, actor="ana", now=NOON)
        except LostRace:
            return "lost"
        return zone

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(save, ("Asia/Tokyo", "Asia/Seoul")))
    assert results[1] == "lost"
    assert named(store, "spare").time_zone == results[0]


def test_the_next_special_days_come_in_order_each_once() -> None:
    calendar = replace(
        OFFICE,
        closed=(date(2026, 12, 24),),
        open={date(2026, 12, 26): DAY, date(2026, 11, 30): DAY},
        imported=(
            ImportedDate(date(2026, 12, 24), "Eve"),
            ImportedDate(date(2026, 12, 25), "Ours"),
            ImportedDate(date(2026, 12, 28), "Off", on=False),
            ImportedDate(date(2026, 12, 29), "Stocktaking"),
        ),
    )
    assert next_holidays(calendar, after=date(2026, 11, 23), limit=6) == [
        (date(2026, 11, 30), "", "open"),
        (date(2026, 12, 24), "Eve", "closed"),
        (date(2026, 12, 25), "Ours", "imported"),
        (date(2026, 12, 26), "Second Day of Christmas", "open"),
        (date(2026, 12, 29), "Stocktaking", "imported"),
        (date(2027, 1, 1), "New Year's Day", "holiday"),
    ]
    assert next_holidays(SPARE, after=date(2026, 11, 23), limit=6) == []
    assert next_holidays(OFFICE, after=date(9999, 12, 1), limit=6) == []


def test_countries_are_named_and_know_their_parts() -> None:
    known = {code: (name, parts) for code, name, parts in countries()}
    assert known["DE"][0] == "Germany"
    assert "BY" in known["DE"][1]
    assert known["US"][0] == "United States"
    assert known["TL"][0] == "Timor-Leste"
    assert known["KN"][0] == "Saint Kitts and Nevis"
    assert len(known) > 200
    assert ("BY", "Bayern") in subdivisions("DE")
    assert subdivisions("XX") == []
