"""Clocks on bad days: asleep, set back, killed, without their calendar, ten thousand in the same second."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from inbox.flow import clocks, decide, triage
from inbox.flow.pace import Pace
from inbox.model.ids import ThreadId
from inbox.model.notice import NoticeKind
from inbox.model.people import WEEKDAYS, Interval
from inbox.model.words import CloseReason, Metric, Status
from inbox.model.workspace import Calendar, Policy, Workspace
from inbox.store import config, threads
from inbox.store.engine import Store, open_store
from inbox.store.schema import audit, clock, notice
from tests.flow.test_policy_actions import after, asked, team, told
from tests.support.desk import NOON, many_waiting, replied, state
from tests.support.desk import clocks as clocks_of
from tests.support.killed import killed_between_mark_and_act
from tests.support.talk import Talk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST = 10_000


def marks(store: Store, thread_id: ThreadId) -> list[tuple[str, bool]]:
    """Warnings and breaches of a thread as they were written down, and whether they came late."""
    with store.read() as s:
        found = threads.audit_events(s, thread_id)
    return [(each.action, "late_seconds" in each.details) for each in found if each.action in {"warn", "breach"}]


def test_after_three_days_asleep_what_is_late_comes_once_and_what_no_longer_matters_does_not(store: Store) -> None:
    team(store)
    late, answered, closed, snoozed = (asked(store, who=who) for who in ("a", "b", "c", "d"))
    decide.snooze(store, [snoozed], after(90), actor="ana", now=after(1))
    replied(store, answered, "ana", at=after(30))
    decide.wait(store, [answered], actor="ana", now=after(30))
    decide.close(store, [closed], CloseReason.SPAM, actor="ana", now=after(31))
    awake = NOON + 3 * DAY
    for moment in (awake, awake + timedelta(seconds=1)):
        clocks.due(store, now=moment)
        decide.wake(store, now=moment)
    assert marks(store, late) == [("breach", True)]
    assert marks(store, snoozed) == [("breach", True)]
    assert (marks(store, answered), marks(store, closed)) == ([], [])
    assert state(store, snoozed).status is Status.OPEN
    assert [each.late for each in told(store, "sue") if each.kind is NoticeKind.BREACH] == [True, True]


@pytest.mark.parametrize("back", [HOUR, DAY])
def test_a_clock_set_back_fires_nothing_twice_and_loses_nothing(store: Store, back: timedelta) -> None:
    team(store)
    thread_id, later = asked(store, who="a"), asked(store, who="b")
    decide.snooze(store, [thread_id], after(70), actor="ana", now=after(1))
    clocks.due(store, now=after(61))
    decide.wake(store, now=after(71))
    told_of = len(told(store, "sue"))
    for minutes in (0, 30, 62, 71, 90):
        moment = after(minutes) - (back if minutes < 60 else timedelta(0))
        clocks.due(store, now=moment)
        assert not decide.wake(store, now=moment).threads
    assert [action for action, _ in marks(store, thread_id)] == ["breach"]
    assert (state(store, thread_id).status, len(told(store, "sue"))) == (Status.OPEN, told_of)
    assert [action for action, _ in marks(store, later)] == ["breach"]


def test_a_snooze_made_before_the_clock_was_set_back_ends_at_its_time(store: Store) -> None:
    team(store)
    thread_id = asked(store)
    decide.snooze(store, [thread_id], after(10), actor="ana", now=after(1))
    assert not decide.wake(store, now=after(9) - DAY).threads
    assert decide.wake(store, now=after(10)).threads == {thread_id}


@pytest.mark.parametrize("gone", ["gone", "refused"])
def test_without_its_calendar_a_clock_still_pauses_is_met_and_keeps_its_deadline(store: Store, gone: str) -> None:
    office = Calendar("office", week=dict.fromkeys(WEEKDAYS, (Interval(time(8), time(18)),)))
    policy = Policy("p", calendar="office", first_response=HOUR, resolution=8 * HOUR)
    talk = Talk(store, Workspace(calendars=(office,), policies=(policy,)))
    thread_id = talk.says(0, "Where is my suitcase?")
    triage.triage_pending(store, now=talk_time(1))
    due_before = {each.metric: each.due_at for each in clocks_of(store, thread_id)}
    with store.write() as s:
        left = () if gone == "gone" else (replace(office, week={}),)
        config.save(s, replace(config.load(s), calendars=left), "command", talk_time(2))
    talk.answers(20, thread_id)
    triage.triage_pending(store, now=talk_time(20))
    talk.says(40, "And now?", to=thread_id, needs_reply=True)
    triage.triage_pending(store, now=talk_time(40))
    found = {each.metric: each for each in clocks_of(store, thread_id)}
    assert found[Metric.FIRST].met_at == talk_time(20)
    assert found[Metric.RESOLUTION].paused == ((talk_time(20), talk_time(40)),)
    assert {each: found[each].due_at for each in due_before} == due_before
    with store.read() as s:
        assert not [each for each in threads.get(s, thread_id).why if "could not be worked out" in each.sentence]


def talk_time(minutes: float) -> datetime:
    return datetime(2026, 11, 2, 9, tzinfo=UTC) + timedelta(minutes=minutes)


def test_a_policy_that_is_deleted_still_warns_and_breaches(store: Store) -> None:
    team(store)
    thread_id = asked(store)
    with store.write() as s:
        config.save(s, replace(config.load(s), policies=()), "command", after(1))
    clocks.due(store, now=after(55))
    clocks.due(store, now=after(60))
    assert [action for action, _ in marks(store, thread_id)] == ["warn", "breach"]


def test_ten_thousand_in_the_same_second_are_each_acted_on_once_by_two_collectors(store: Store) -> None:
    team(store)
    many_waiting(store, "Baggage", MOST)
    with store.write() as s:
        s.execute(clock.update().values(due_at=after(60)))
    start = Barrier(2)

    def collector() -> None:
        own = open_store(store.address)
        start.wait()
        clocks.due(own, now=after(60))
        own.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(collector), pool.submit(collector)]:
            done.result()
    with store.read() as s:
        written = s.scalar(select(func.count()).select_from(audit).where(audit.c.action == "breach"))
        said = s.scalar(select(func.count()).select_from(notice).where(notice.c.kind == str(NoticeKind.BREACH)))
    assert (written, said) == (MOST, MOST)


def test_killed_between_mark_and_act_the_next_collector_does_both_once(store: Store) -> None:
    team(store)
    ids = [asked(store, who=f"kim{number}") for number in range(3)]
    assert killed_between_mark_and_act(store.address, after(61)) == -9
    assert [marks(store, each) for each in ids] == [[]] * 3
    clocks.due(store, now=after(63))
    clocks.due(store, now=after(64))
    assert [marks(store, each) for each in ids] == [[("breach", True)]] * 3
    assert len([each for each in told(store, "sue") if each.kind is NoticeKind.BREACH]) == 3


def test_the_night_shift_of_31_december_runs_into_the_holiday(store: Store) -> None:
    night = Calendar(
        "night", time_zone="Europe/Berlin", week=dict.fromkeys(WEEKDAYS, (Interval(time(22), time(6)),)),
        holidays=("DE", None),
    )  # fmt: skip
    policy = Policy("p", calendar="night", first_response=4 * HOUR, resolution=9 * HOUR)
    talk = Talk(store, Workspace(calendars=(night,), policies=(policy,)))
    asked_at = datetime(2026, 12, 31, 22, tzinfo=UTC)  # 23:00 in Berlin
    thread_id = talk.says((asked_at - talk_time(0)) / timedelta(minutes=1), "Where is my suitcase?")
    triage.triage_pending(store, now=asked_at)
    found = {each.metric: each.due_at for each in clocks_of(store, thread_id)}
    assert found[Metric.FIRST] == datetime(2027, 1, 1, 2, tzinfo=UTC)
    # Seven hours until 6:00 on the holiday, whose own night has none; two more on the night of the 2nd.
    assert found[Metric.RESOLUTION] == datetime(2027, 1, 2, 23, tzinfo=UTC)
    clocks.due(store, now=datetime(2027, 1, 1, 2, tzinfo=UTC))
    assert ("breach", False) in marks(store, thread_id)


def test_a_transaction_takes_on_no_more_than_fits_and_grows_by_doubling() -> None:
    pace = Pace(4, 50)
    with pace.measured(1_000_000):
        pass
    assert pace.size == 8
    with pace.measured(0):
        pass
    assert pace.size == 8
