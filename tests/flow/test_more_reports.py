"""Workload, outcomes, incidents and who answered: figures that a person can work out by hand, on both engines."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inbox.flow import decide, outcomes, reports
from inbox.flow.assign import drain
from inbox.flow.deciding import recompute
from inbox.model.ids import ThreadId
from inbox.model.people import Interval, Week
from inbox.model.report import By, Period, Question, Step, Timing
from inbox.model.words import CloseReason, Metric, Outcome
from inbox.model.workspace import Calendar
from inbox.store import config, spells
from inbox.store.engine import Store
from inbox.store.schema import account, area, author, employee, handling, incident, mention, thread
from tests.support.desk import NOON, replied, staffed, waiting_thread

END = NOON + timedelta(days=30)


def minutes(n: float) -> datetime:
    return NOON + timedelta(minutes=n)


def _rows(store: Store, report: str, by: By, **more: Any) -> dict[str, dict[str, Any]]:
    now = more.pop("now", END)
    made = reports.table(store, Question(report, by=by, **more), now=now)
    names = [each.key for each in made.columns]
    return {str(row[0]): dict(zip(names, row, strict=True)) for row in made.rows}


def _queue(store: Store, **more: Any) -> ThreadId:
    """A thread that lies in the queue from the moment it came."""
    thread_id = waiting_thread(store, **more)
    with store.write() as s:
        spells.follow(s, [thread_id], by="collector", at=more.get("at", NOON))
    return thread_id


def _number(store: Store, table: Any, name: str) -> int:
    with store.read() as s:
        return int(s.scalar(select(table.c.id).where(table.c.name == name)) or 0)


def _answer(store: Store, thread_id: ThreadId, by: str | None, at: datetime) -> None:
    replied(store, thread_id, by, at=at)
    with store.write() as s:
        recompute(s, [thread_id], at)


def test_workload_counts_gives_reassignments_and_time_in_queue(store: Store) -> None:
    staffed(store)
    one, two = _queue(store, who="a"), _queue(store, who="b", at=minutes(10))
    decide.assign(store, [one], "ana", actor="ben", now=minutes(5))
    decide.assign(store, [one], None, actor="ana", now=minutes(20))
    decide.assign(store, [one], "ben", actor="ben", now=minutes(50))
    decide.assign(store, [two], "ben", actor="ben", now=minutes(25))
    row = _rows(store, "workload", By.AREA)["Billing"]
    assert (row["given"], row["reassigned"]) == (3, 1)
    assert row["queue_n"] == 3
    assert row["queue_mean_minutes"] == pytest.approx((5 + 30 + 15) / 3)
    assert (row["queue_median_minutes"], row["queue_p90_minutes"]) == (pytest.approx(15), pytest.approx(30))
    by_whom = _rows(store, "workload", By.EMPLOYEE)
    assert (by_whom["ana"]["given"], by_whom["ben"]["given"], by_whom["ben"]["reassigned"]) == (1, 2, 1)
    assert (by_whom["ana"]["queue_n"], by_whom["ben"]["queue_n"]) == (1, 2)
    asked = Question("workload", by=By.EMPLOYEE)
    assert reports.threads(store, asked, key="ben", column="reassigned", now=END) == [one]
    assert reports.threads(store, asked, key="ben", column="given", now=END) == [one, two]
    late = Period(start=minutes(30))
    assert _rows(store, "workload", By.AREA, period=late)["Billing"]["given"] == 1


def test_handling_open_threads_and_the_age_of_the_backlog(store: Store) -> None:
    staffed(store)
    one, two = _queue(store, who="a"), _queue(store, who="b", at=minutes(20))
    ana = _number(store, employee, "ana")
    with store.write() as s:
        for opened, sent in ((5, 8), (10, 30), (40, None)):
            times = {"opened_at": minutes(opened), "sent_at": None if sent is None else minutes(sent)}
            s.execute(handling.insert().values(thread_id=one, employee_id=ana, **times))
    row = _rows(store, "workload", By.AREA, now=minutes(60))["Billing"]
    assert (row["handling_n"], row["handling_mean_minutes"]) == (2, pytest.approx(11.5))
    assert (row["open"], row["backlog"]) == (2, 2)
    assert (row["age_mean_minutes"], row["age_p90_minutes"]) == (pytest.approx(50), pytest.approx(60))
    assert reports.threads(store, Question("workload"), column="backlog", now=END) == [one, two]
    _answer(store, one, "ana", minutes(60))
    row = _rows(store, "workload", By.AREA, now=minutes(60))["Billing"]
    assert (row["backlog"], row["replies"]) == (1, 1)


def test_time_in_queue_in_business_time_is_of_the_areas_calendar(store: Store) -> None:
    staffed(store)
    one = _queue(store)
    hours: Week = {"mon": (Interval(time(12), time(12, 10)),), "tue": (Interval(time(9), time(10)),)}
    with store.write() as s:
        known = config.load(s)
        config.save_calendars(s, (*known.calendars, Calendar("short", "UTC", hours)))
        s.execute(area.update().where(area.c.name == "Billing").values(calendar="short"))
    decide.assign(store, [one], "ana", actor="ben", now=minutes(24 * 60 - 150))
    row = _rows(store, "workload", By.AREA, timing=Timing.BUSINESS)["Billing"]
    assert row["queue_mean_minutes"] == pytest.approx(10 + 30), "ten on Monday, 9:00 to 9:30 on Tuesday"


def test_outcomes_tell_answered_closed_reopened_and_what_became_of_the_customer(store: Store) -> None:
    staffed(store)
    made = [waiting_thread(store, who=f"c{number}") for number in range(5)]
    answered, closed, ignored, spam, back = made
    _answer(store, answered, "ana", minutes(4))
    decide.close(store, [answered], CloseReason.ANSWERED, actor="ana", now=minutes(5))
    decide.close(store, [closed], CloseReason.NO_REPLY_NEEDED, actor="ana", now=minutes(5))
    decide.close(store, [spam], CloseReason.SPAM, actor="ana", now=minutes(5))
    decide.close(store, [back], CloseReason.HANDLED_ELSEWHERE, actor="ana", now=minutes(5))
    decide.reopen(store, [back], actor="ana", now=minutes(9))
    outcomes.set_outcome(store, [answered], Outcome.SAVED, actor="ana", now=minutes(9))
    row = _rows(store, "outcomes", By.NETWORK)["fake"]
    assert (row["threads"], row["needing"], row["answered"]) == (4, 3, 1)
    assert row["response_rate"] == pytest.approx(1 / 3)
    assert (row["closed_answered"], row["closed_no_reply_needed"], row["closed_spam"]) == (1, 1, 1)
    assert (row["closed"], row["reopened"], row["reopen_rate"]) == (3, 1, pytest.approx(1 / 3))
    assert (row["saved"], row["heard"]) == (1, 0)
    asked = Question("outcomes", by=By.NETWORK)
    assert reports.threads(store, asked, key="fake", column="reopened", now=END) == [back]
    assert set(reports.threads(store, asked, key="fake", column="needing", now=END)) == {answered, ignored, back}


def test_sentiment_is_of_the_first_and_the_last_mention_of_who_wrote_twice(store: Store) -> None:
    staffed(store)
    one, other = waiting_thread(store, who="a"), waiting_thread(store, who="b")
    with store.write() as s:
        s.execute(mention.update().values(sentiment="negative"))
        row = dict(s.execute(select(mention).where(mention.c.thread_id == one)).one()._mapping)
        del row["id"]
        again = {**row, "global_id": "again", "created_at": minutes(9), "sentiment": "positive"}
        s.execute(mention.insert().values(again))
    row = _rows(store, "outcomes", By.ACCOUNT)["exampleair"]
    assert (row["sentiment_n"], row["sentiment_start"], row["sentiment_end"]) == (1, -1.0, 1.0)
    assert other != one


def test_response_times_by_employee_are_of_who_answered(store: Store) -> None:
    staffed(store)
    said, native, nobodys = (waiting_thread(store, who=f"c{number}") for number in range(3))
    decide.assign(store, [said, native], "ana", actor="ben", now=minutes(1))
    _answer(store, said, "ben", minutes(10))
    _answer(store, native, None, minutes(20))
    _answer(store, nobodys, None, minutes(30))
    decide.assign(store, [said, native], "ben", actor="ben", now=minutes(40))
    rows = _rows(store, "response-times", By.EMPLOYEE)
    assert {key: row["mean_minutes"] for key, row in rows.items()} == {
        "ben": pytest.approx(10), "ana": pytest.approx(20), "nobody": pytest.approx(30),
    }  # fmt: skip
    asked = Question(by=By.EMPLOYEE)
    assert reports.threads(store, asked, key="ana", now=END) == [native]
    assert reports.threads(store, asked, key="nobody", now=END) == [nobodys]


def test_incidents_are_measured_from_the_first_mention_to_the_end(store: Store) -> None:
    staffed(store)
    billing = _number(store, area, "Billing")
    with store.write() as s:
        values = {"kind": "burst", "title": "Double charges", "state": "closed", "area_id": billing}
        times = {"began_at": NOON, "opened_at": minutes(4), "acknowledged_at": minutes(6), "stated_at": minutes(30)}
        s.execute(incident.insert().values(severity="high", **values, **times, closed_at=minutes(124)))
        s.execute(incident.insert().values(severity="high", **values, began_at=NOON, opened_at=minutes(8)))
        s.execute(
            incident.insert().values(severity="low", **{**values, "state": "dismissed"}, began_at=NOON, opened_at=NOON)
        )
    (row,) = _rows(store, "incidents", By.PRIORITY).values()
    assert (row["key"], row["incidents"]) == ("high", 2)
    assert (row["detect_n"], row["detect_mean_minutes"]) == (2, pytest.approx(6))
    assert (row["acknowledge_median_minutes"], row["state_median_minutes"]) == (pytest.approx(2), pytest.approx(26))
    assert (row["close_n"], row["close_p90_minutes"]) == (1, pytest.approx(120))
    assert list(_rows(store, "incidents", By.AREA)) == ["Billing"]


def test_posts_of_our_own_employees_are_in_no_report(store: Store) -> None:
    staffed(store)
    one = _queue(store)
    _answer(store, one, "ana", minutes(4))
    decide.assign(store, [one], "ana", actor="ben", now=minutes(5))
    with store.write() as s:
        s.execute(author.update().values(tags=["employee"]))
    for report in ("response-times", "sla", "volume", "outcomes", "workload"):
        assert _rows(store, report, By.ACCOUNT) == {}, report


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("report", ["response-times", "sla", "volume", "workload", "outcomes", "incidents"])
def test_every_report_answers_every_grouping_with_its_threads(store: Store, report: str, by: By) -> None:
    staffed(store)
    one = _queue(store)
    decide.assign(store, [one], "ana", actor="ben", now=minutes(1))
    _answer(store, one, "ana", minutes(4))
    billing = _number(store, area, "Billing")
    with store.write() as s:
        of = s.scalar(select(account.c.id))
        ana = s.scalar(select(employee.c.id).where(employee.c.name == "ana"))
        values = {"kind": "burst", "title": "", "state": "closed", "severity": "normal", "owner_id": ana}
        s.execute(
            incident.insert().values(**values, area_id=billing, account_id=of, began_at=NOON, opened_at=minutes(4))
        )
        s.execute(thread.update().values(incident="1"))
        number = s.scalar(select(incident.c.id))
        s.execute(thread.update().values(incident=str(number)))
    for timing in Timing:
        asked = Question(report, by=by, timing=timing)
        made = reports.table(store, asked, now=END)
        assert made.definition
        assert len(made.rows) == 1, made.rows
        key = {By.ACCOUNT: "exampleair", By.BRAND: "exampleair", By.NETWORK: "fake", By.AREA: "Billing",
               By.EMPLOYEE: "ana", By.PRIORITY: "normal"}[by]  # fmt: skip
        assert made.rows[0][0] == key
        assert reports.threads(store, asked, key=key, now=END) == [one]
        narrowed = Question(report, by=By.ACCOUNT, timing=timing, only=((by, key),))
        assert len(reports.table(store, narrowed, now=END).rows) == 1
        elsewhere = Question(report, by=By.ACCOUNT, timing=timing, only=((by, "elsewhere"),))
        assert reports.table(store, elsewhere, now=END).rows == ()


def test_the_shape_of_a_metric_and_the_threads_behind_its_parts(store: Store) -> None:
    staffed(store)
    early = [waiting_thread(store, who=f"c{number}") for number in range(3)]
    late = waiting_thread(store, who="late", at=NOON + timedelta(days=2, hours=11, minutes=30))
    for each, wait in zip(early, (3, 20, 70), strict=True):
        _answer(store, each, "ana", minutes(wait))
    _answer(store, late, "ana", NOON + timedelta(days=2, hours=11, minutes=90))
    asked = Question(period=Period(NOON - timedelta(days=1), END))
    found = reports.shape(store, asked, zone="Europe/Madrid", now=END)
    assert found.total is not None
    assert found.total.n == 4
    assert found.total.median_minutes == pytest.approx(40)
    assert found.before is None
    assert (found.met, found.breached, found.target_minutes) == (3, 1, 60)
    assert [(day, slot.n if slot else 0) for day, slot in found.days] == [
        (date(2026, 3, 2), 3), (date(2026, 3, 3), 0), (date(2026, 3, 4), 0), (date(2026, 3, 5), 1),
    ]  # fmt: skip
    bars = {each.upto_minutes: (each.n, each.late) for each in found.steps if each.n}
    assert bars == {5: (1, False), 30: (1, False), 60: (1, False), 120: (1, True)}
    monday = found.week[0][13]
    assert monday is not None
    assert monday.n == 3
    assert sum(slot is not None for day in found.week for slot in day) == 2
    madrid: dict[str, Any] = {"zone": "Europe/Madrid", "now": END}
    assert reports.threads(store, asked, day=date(2026, 3, 5), **madrid) == [late]
    assert reports.threads(store, asked, hour=(0, 13), **madrid) == list(reversed(early))
    assert reports.threads(store, asked, step=Step(120, 1, late=True), **madrid) == [early[2]]
    before = Question(period=Period(NOON + timedelta(days=1), NOON + timedelta(days=3)))
    earlier = reports.shape(store, before, zone="UTC", now=END).before
    assert earlier is not None
    assert earlier.n == 3


def test_a_stay_that_ends_in_being_given_at_once_took_no_time(store: Store) -> None:
    staffed(store)
    _queue(store)
    drain(store, minutes(3))
    row = _rows(store, "workload", By.AREA)["Billing"]
    assert (row["given"], row["queue_n"], row["queue_mean_minutes"]) == (1, 1, pytest.approx(3))


def test_targets_by_metric_open_the_threads_that_missed_them(store: Store) -> None:
    staffed(store)
    met, late = waiting_thread(store, who="a"), waiting_thread(store, who="b")
    _answer(store, met, "ana", minutes(30))
    _answer(store, late, "ana", minutes(90))
    asked = Question("sla", Metric.FIRST)
    assert reports.threads(store, asked, column="breached", now=END) == [late]
    assert reports.threads(store, asked, column="met", now=END) == [met]
