"""Staffing of a workspace: from its stored waits and timed replies, beside who is on shift, on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from inbox.flow.staffing import HourNeed, Staffing, staffing
from inbox.model.people import WEEKDAYS, Employee, Interval, Week
from inbox.model.words import Metric
from inbox.model.workspace import Calendar, Settings
from inbox.store import config
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused
from inbox.store.schema import clock, employee, handling
from tests.support.desk import many_waiting, person, staffed

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NOW = MONDAY + timedelta(days=28)
DAY: Week = dict.fromkeys(WEEKDAYS, (Interval(time(9), time(17)),))
HALF: Week = dict.fromkeys(WEEKDAYS, (Interval(time(9, 30), time(13)),))


def cell(found: Staffing, day: str, hour: int) -> HourNeed:
    return next(each for each in found.hours if (each.day, each.hour) == (day, hour))


def busy_tuesdays(store: Store, *staff: Employee, area: str | None = "Billing", n: int = 10) -> None:
    """Ten threads in the same second of each of four Tuesdays at 10:00, due within the hour."""
    staffed(store, *staff)
    for week in range(4):
        many_waiting(store, area, n, at=MONDAY + timedelta(days=1 + 7 * week, hours=10))


def timed(store: Store, seconds: list[float], *, ago: timedelta = timedelta(days=2)) -> None:
    with store.write() as s:
        thread_id = s.scalar(select(clock.c.thread_id).order_by(clock.c.thread_id))
        who = s.scalar(select(employee.c.id))
        begun = NOW - ago
        rows = [
            {"thread_id": thread_id, "employee_id": who, "opened_at": begun, "sent_at": begun + timedelta(seconds=each)}
            for each in seconds
        ]
        s.execute(handling.insert(), rows)


def test_a_busy_hour_needs_its_people_and_the_others_none(store: Store) -> None:
    busy_tuesdays(store, person("ana", "Billing", shifts=DAY), person("ben", "Billing", shifts=HALF))
    found = staffing(store, area="Billing", handling=timedelta(minutes=20), share=1.0, now=NOW)
    # Ten answers of 20 minutes within 60: three after each other by each of four people, less the seconds between.
    tuesday = cell(found, "tue", 10)
    assert (tuesday.arrivals, tuesday.on_shift) == (10.0, 2.0)
    assert tuesday.needed == 4
    assert sum(each.needed for each in found.hours) == 4
    assert (found.answers, found.counted) == (40, 40)
    assert found.share_with_needed == 1.0
    assert found.share_now == pytest.approx(6 / 10)
    assert cell(found, "tue", 9).on_shift == 1.5
    assert cell(found, "tue", 20).on_shift == 0


def test_handling_is_as_given_else_as_measured_else_the_usual(store: Store) -> None:
    busy_tuesdays(store)
    usual = staffing(store, now=NOW)
    assert (usual.handling.span, usual.handling.source) == (timedelta(minutes=6), "assumed")
    assert any("Too few replies were timed" in note for note in usual.notes)
    timed(store, [60.0] * 18 + [40_000.0, 50_000.0])
    measured = staffing(store, now=NOW)
    assert (measured.handling.span, measured.handling.source, measured.handling.n) == (
        timedelta(minutes=1),
        "measured",
        20,
    )
    given = staffing(store, handling=timedelta(minutes=9), now=NOW)
    assert (given.handling.span, given.handling.source) == (timedelta(minutes=9), "given")
    elsewhere = staffing(store, area="Baggage", now=NOW)
    assert elsewhere.handling.source == "measured"


def test_an_area_alone_is_asked_and_all_areas_are_one_team(store: Store) -> None:
    busy_tuesdays(store, person("ana", "Billing"), person("ben", "Billing", "Baggage"), n=3)
    many_waiting(store, "Baggage", 9, at=MONDAY + timedelta(days=3, hours=12))
    many_waiting(store, None, 5, at=MONDAY + timedelta(days=4, hours=12))
    assert staffing(store, area="Baggage", now=NOW).answers == 9
    assert staffing(store, area="Unsorted", now=NOW).answers == 5
    everything = staffing(store, now=NOW)
    assert everything.answers == 26
    assert cell(everything, "mon", 3).on_shift == 2
    # Ben's head is shared by what came in: 12 to Billing, 9 to Baggage.
    assert cell(staffing(store, area="Billing", now=NOW), "mon", 3).on_shift == pytest.approx(1 + 12 / 21, abs=0.01)
    with pytest.raises(NotFound, match="no area “Press”"):
        staffing(store, area="Press", now=NOW)


def test_who_is_away_counts_and_whose_certificate_ran_out_does_not(store: Store) -> None:
    old = replace(person("old", "Billing"), certified_until=date(2026, 1, 1))
    new = replace(person("new", "Billing"), certified_until=date(2026, 12, 31))
    idle = person("idle", "Billing", capacity=0)
    busy_tuesdays(store, old, new, idle)
    with store.write() as s:
        s.execute(employee.update().values(away=True))
    found = staffing(store, area="Billing", now=NOW)
    assert {each.on_shift for each in found.hours} == {1.0}
    assert any("1 of 1 people have no shifts entered" in note for note in found.notes)


def test_people_are_asked_for_only_while_the_promises_calendar_is_open(store: Store) -> None:
    busy_tuesdays(store)
    with store.write() as s:
        here = config.load(s)
        office = Calendar("office", "UTC", dict.fromkeys(WEEKDAYS, (Interval(time(12), time(14)),)))
        config.save_calendars(s, [*here.calendars, office])
        s.execute(clock.update().values(calendar="office", due_at=clock.c.due_at))
        for row in s.execute(select(clock.c.id, clock.c.started_at)).all():
            later = row.started_at + timedelta(hours=3)
            s.execute(clock.update().where(clock.c.id == row.id).values(due_at=later))
    found = staffing(store, area="Billing", share=1.0, now=NOW)
    assert {each.hour for each in found.hours if each.needed} == {12}


def test_where_nobody_is_there_it_says_so(store: Store) -> None:
    idle = person("idle", "Billing", capacity=0)
    busy_tuesdays(store, idle)
    assert "Nobody is there to answer: no employee can answer." in staffing(store, now=NOW).notes
    assert "Nobody is there to answer: no employee has this area." in staffing(store, area="Billing", now=NOW).notes


def test_waits_given_up_without_an_answer_need_nobody(store: Store) -> None:
    busy_tuesdays(store, n=2)
    with store.write() as s:
        some = s.execute(select(clock.c.id).limit(3)).scalars().all()
        s.execute(clock.update().where(clock.c.id.in_(some)).values(cancelled_at=NOW, cancel_reason="spam"))
        ended = s.execute(select(clock.c.id).where(clock.c.id.not_in(some)).limit(1)).scalars().all()
        s.execute(clock.update().where(clock.c.id.in_(ended)).values(cancelled_at=NOW, cancel_reason="replay ended"))
    assert staffing(store, now=NOW).answers == 5


def test_other_waits_are_work_but_do_not_count_for_the_share(store: Store) -> None:
    busy_tuesdays(store, n=5)
    with store.write() as s:
        some = s.execute(select(clock.c.id).order_by(clock.c.id).limit(8)).scalars().all()
        s.execute(clock.update().where(clock.c.id.in_(some)).values(metric="next"))
    assert (staffing(store, now=NOW).answers, staffing(store, now=NOW).counted) == (20, 12)
    following = staffing(store, metric=Metric.NEXT, now=NOW)
    assert (following.answers, following.counted) == (20, 8)


def test_without_a_promise_a_target_can_be_tried(store: Store) -> None:
    staffed(store)
    many_waiting(store, "Billing", 5, at=MONDAY + timedelta(hours=12), target=None)
    silent = staffing(store, now=NOW)
    assert (silent.counted, silent.share_now, silent.share_with_needed) == (0, None, None)
    assert any("No policy promises first responses" in note for note in silent.notes)
    assert {each.needed for each in silent.hours} == {0}
    tried = staffing(store, target=timedelta(minutes=30), share=1.0, now=NOW)
    assert tried.counted == 5
    assert tried.share_with_needed == 1.0
    assert "within 30 min" in tried.definition


def test_deadlines_that_nobody_could_keep_are_told(store: Store) -> None:
    staffed(store)
    many_waiting(store, "Billing", 4, at=MONDAY, target=timedelta(minutes=5))
    many_waiting(store, "Billing", 6, at=MONDAY + timedelta(days=15))
    found = staffing(store, handling=timedelta(minutes=10), now=NOW)
    assert found.share_reachable == found.share_with_needed == 0.6
    assert any("only 60% are in time" in note for note in found.notes)


def test_an_empty_workspace_says_that_there_is_no_history(store: Store) -> None:
    found = staffing(store, now=NOW)
    assert (found.answers, found.notes) == (0, ("There is no history yet: nobody has asked for an answer.",))
    assert len(found.hours) == 168


def test_a_history_of_long_ago_is_looked_at_up_to_its_end(store: Store) -> None:
    busy_tuesdays(store)
    later = staffing(store, since=timedelta(days=14), now=NOW + timedelta(days=4000))
    assert later.answers == 20
    assert later.until < NOW
    assert any("days only" in note for note in later.notes)


def test_hours_are_those_of_the_workspaces_zone(store: Store) -> None:
    busy_tuesdays(store, person("ana", "Billing", shifts=DAY))
    with store.write() as s:
        here = config.load(s)
        config.save(s, replace(here, settings=Settings(time_zone="Asia/Kathmandu")), "command", NOW)
    found = staffing(store, now=NOW)
    # 10:00 UTC is 15:45 there.
    assert cell(found, "tue", 15).arrivals == 10
    assert (cell(found, "tue", 9).on_shift, cell(found, "tue", 8).on_shift) == (1, 0)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"share": 0.0}, "over 0 and at most 1"),
        ({"share": 1.5}, "over 0 and at most 1"),
        ({"since": timedelta(hours=1)}, "a day to a year"),
        ({"handling": timedelta(0)}, "a second to a day"),
        ({"metric": Metric.RESOLUTION}, "first or next responses"),
    ],
)
def test_what_cannot_be_asked_is_refused(sqlite_store: Store, asked: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        staffing(sqlite_store, now=NOW, **asked)  # type: ignore[arg-type]
