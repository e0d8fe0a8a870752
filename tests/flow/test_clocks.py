"""Clocks in the store: kept in line, acted on once, and ended with a replay."""

from datetime import timedelta

from inbox.flow import clocks, triage
from inbox.flow.rulebook import rulebook
from inbox.model.clock import Clock
from inbox.model.ids import AreaId, ThreadId
from inbox.model.people import Area
from inbox.model.words import Metric, Status
from inbox.model.workspace import Policy, When, Workspace
from inbox.store import clocks as clock_rows
from inbox.store import config, threads
from inbox.store.engine import Store
from tests.support.talk import Talk, at

SLOW = Policy("slow", first_response=timedelta(hours=2), warn_before=timedelta(minutes=30))
FAST = Policy("fast", When(area=("Billing",)), first_response=timedelta(minutes=20))
WORKSPACE = Workspace(
    areas=(Area(AreaId(0), "Baggage", ("suitcase",)), Area(AreaId(0), "Billing", ("refund",))), policies=(FAST, SLOW)
)


def begin(store: Store, text: str = "Where is my suitcase?") -> tuple[Talk, ThreadId]:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, text)
    triage.triage_pending(store, now=at(1))
    return talk, thread_id


def of(talk: Talk, thread_id: ThreadId, metric: Metric = Metric.FIRST) -> Clock:
    with talk.store.read() as s:
        return next(clock for clock in threads.clocks(s, thread_id) if clock.metric is metric)


def recompute(talk: Talk, thread_id: ThreadId, minutes: float) -> None:
    with talk.store.write() as s:
        clocks.recompute(s, thread_id, workspace=config.load(s), now=at(minutes))


def area_number(talk: Talk, name: str) -> int:
    with talk.store.read() as s:
        return next(area.id for area in config.load(s).areas if area.name == name)


def actions(talk: Talk, thread_id: ThreadId) -> list[tuple[str, bool]]:
    with talk.store.read() as s:
        events = threads.audit_events(s, thread_id)
    return [(event.action, "late_seconds" in event.details) for event in events if event.action in {"warn", "breach"}]


def test_a_warning_and_a_breach_are_acted_on_once(store: Store) -> None:
    talk, thread_id = begin(store)
    clocks.due(store, now=at(89))
    assert actions(talk, thread_id) == []
    change = clocks.due(store, now=at(90))
    assert change.threads == {thread_id}
    clocks.due(store, now=at(91))
    clocks.due(store, now=at(120.5))
    clocks.due(store, now=at(121))
    assert actions(talk, thread_id) == [("warn", False), ("breach", False)]
    assert of(talk, thread_id).breached_at == at(120)
    assert talk.row(thread_id).breached


def test_what_comes_after_downtime_is_marked_late_and_its_warning_is_given_up(store: Store) -> None:
    talk, thread_id = begin(store)
    clocks.due(store, now=at(600))
    assert actions(talk, thread_id) == [("breach", True)]
    assert of(talk, thread_id).breached_at == at(120)


def test_an_answered_thread_breaches_no_more(store: Store) -> None:
    talk, thread_id = begin(store)
    talk.answers(30, thread_id)
    triage.triage_pending(store, now=at(31))
    assert not clocks.due(store, now=at(600)).threads
    assert of(talk, thread_id).breached_at is None


def test_a_late_answer_clears_the_thread_and_the_breach_stays_on_record(store: Store) -> None:
    talk, thread_id = begin(store)
    clocks.due(store, now=at(130))
    talk.answers(140, thread_id)
    triage.triage_pending(store, now=at(141))
    clock = of(talk, thread_id)
    assert (clock.met_at, clock.breached_at) == (at(140), at(120))
    assert (talk.row(thread_id).breached, talk.row(thread_id).next_due_at) == (False, None)


def test_moving_re_evaluates_from_the_same_start_and_keeps_a_breach(store: Store) -> None:
    talk, thread_id = begin(store)
    talk.set(thread_id, area_id=area_number(talk, "Billing"))
    recompute(talk, thread_id, 5)
    assert (of(talk, thread_id).due_at, of(talk, thread_id).policy) == (at(20), "fast")
    assert talk.row(thread_id).next_due_at == at(20)
    clocks.due(store, now=at(21))
    talk.set(thread_id, area_id=area_number(talk, "Baggage"))
    recompute(talk, thread_id, 22)
    assert (of(talk, thread_id).breached_at, of(talk, thread_id).policy) == (at(20), "fast")


def test_an_edited_policy_leaves_running_clocks_as_they_were(store: Store) -> None:
    talk, thread_id = begin(store)
    edited = Workspace(areas=WORKSPACE.areas, policies=(Policy("slow", first_response=timedelta(minutes=1)),))
    with store.write() as s:
        config.save(s, edited, "command", at(2))
    recompute(talk, thread_id, 3)
    assert of(talk, thread_id).due_at == at(120)


def test_closing_without_a_reply_cancels_with_its_reason(store: Store) -> None:
    talk, thread_id = begin(store)
    talk.set(thread_id, status="closed", close_reason="spam", closed_at=at(10))
    with store.write() as s:
        clock_rows.add_changes(s, [(thread_id, at(10), "closed", "spam", "ana")])
        clocks.recompute(s, thread_id, workspace=config.load(s), now=at(10))
    clock = of(talk, thread_id)
    assert (clock.met_at, clock.cancelled_at, clock.cancel_reason) == (None, at(10), "spam")
    assert of(talk, thread_id, Metric.RESOLUTION).met_at == at(10)
    assert talk.row(thread_id).next_due_at is None


def test_a_corrected_judgement_starts_the_clock_at_its_posted_time(store: Store) -> None:
    talk, thread_id = begin(store, "Thank you!")
    with store.read() as s:
        assert threads.clocks(s, thread_id) == ()
    with store.write() as s:
        from inbox.store.schema import mention

        s.execute(mention.update().where(mention.c.thread_id == thread_id).values(needs_reply=True))
    recompute(talk, thread_id, 50)
    assert of(talk, thread_id).started_at == at(0)


def test_a_late_arrival_replaces_clocks_that_were_wrong(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(10, "Where is my suitcase?")
    triage.triage_pending(store, now=at(11))
    assert of(talk, thread_id).started_at == at(10)
    talk.says(0, "And my bag?", to=thread_id, in_reply_to="somebody else's")
    triage.triage_pending(store, now=at(12))
    with store.read() as s:
        found = {(clock.metric, clock.started_at) for clock in threads.clocks(s, thread_id)}
    assert found == {(Metric.NEXT, at(0)), (Metric.RESOLUTION, at(0))}


def test_recomputing_what_is_in_line_writes_nothing(store: Store) -> None:
    _, thread_id = begin(store)
    with store.write() as s:
        clocks.recompute(s, thread_id, workspace=config.load(s), now=at(9))
    assert not s.change.threads
    with store.read() as s:
        history = clock_rows.histories(s, [thread_id])[thread_id]
        plan = clocks.plan(history, rulebook(config.load(s)), now=at(9))
    assert (plan.save, plan.drop, plan.shown) == ([], [], None)


def test_the_end_of_a_replay_cancels_what_runs_and_stays_so(store: Store) -> None:
    talk, thread_id = begin(store)
    done = talk.says(2, "Where is my suitcase?", who="bob")
    talk.answers(3, done)
    triage.triage_pending(store, now=at(4), replay=True)
    clocks.end_replay(store, [thread_id, done], at=at(300))
    recompute(talk, thread_id, 400)
    clock = of(talk, thread_id)
    assert (clock.cancelled_at, clock.cancel_reason, clock.breached_at) == (at(300), "replay ended", at(120))
    assert of(talk, done).met_at == at(3)
    assert talk.row(thread_id).next_due_at is None
    assert not clocks.due(store, now=at(500)).threads


def test_a_calendar_that_cannot_measure_gives_no_deadline_and_no_crash(store: Store) -> None:
    from inbox.model.workspace import Calendar

    never = Calendar("never", "UTC", {})
    talk = Talk(
        store, Workspace(calendars=(never,), policies=(Policy("p", calendar="never", first_response=timedelta(1)),))
    )
    thread_id = talk.says(0, "Where is my suitcase?")
    triage.triage_pending(store, now=at(1))
    assert of(talk, thread_id).due_at is None


def test_a_thread_in_waiting_shows_no_resolution_deadline_until_the_customer_writes(store: Store) -> None:
    policy = Policy("p", resolution=timedelta(hours=1))
    talk = Talk(store, Workspace(policies=(policy,)))
    thread_id = talk.says(0, "Where is my suitcase?")
    talk.answers(20, thread_id)
    triage.triage_pending(store, now=at(21))
    assert talk.row(thread_id).status == Status.WAITING
    assert talk.row(thread_id).next_due_at is None
    talk.says(100, "It is still missing", to=thread_id)
    triage.triage_pending(store, now=at(101))
    assert talk.row(thread_id).next_due_at == at(140)
