"""What policies do when a warning or a deadline comes: once, the right people, and only what still matters."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from inbox.flow import clocks, decide
from inbox.flow.escalate import raising
from inbox.model.ids import ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.model.people import Employee
from inbox.model.words import CloseReason, Metric, PolicyAction, Priority, Role, Status
from inbox.model.workspace import Policy, Workspace
from inbox.store import clocks as clock_rows
from inbox.store import config, escalations, notices, people, presence, threads
from inbox.store.engine import Store, open_store
from inbox.store.schema import account, author, clock, notice, thread
from tests.support.desk import NOON, many_waiting, person, replied, staffed, state, waiting_thread
from tests.support.desk import clocks as clocks_of

HOUR = timedelta(hours=1)
TELL_OWNER, TELL_SUPERVISOR = PolicyAction.TELL_OWNER, PolicyAction.TELL_SUPERVISOR
RAISE, REASSIGN = PolicyAction.RAISE_PRIORITY, PolicyAction.REASSIGN
SLOW = Policy("slow", first_response=HOUR, warn_before=timedelta(minutes=5))


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def lead(name: str, *areas: str) -> Employee:
    """Somebody who leads and is given no threads."""
    return replace(person(name, *areas, capacity=0), roles=(Role.SUPERVISOR,))


def team(store: Store, policy: Policy = SLOW, *staff: Employee) -> None:
    """A workspace of one policy, with ana in Baggage and sue who leads it."""
    made = staffed(store, *(staff or (person("ana", "Baggage"), lead("sue", "Baggage"), lead("tom", "Billing"))))
    put(store, replace(made, policies=(policy,)))


def put(store: Store, workspace: Workspace) -> None:
    with store.write() as s:
        config.save(s, workspace, "command", NOON)


def asked(store: Store, owner: str | None = "ana", *, who: str = "kim") -> ThreadId:
    """A thread of Baggage whose clocks run since noon."""
    thread_id = waiting_thread(store, "Baggage", who=who)
    with store.write() as s:
        s.execute(thread.update().where(thread.c.id == thread_id).values(author_name="Marta Kowalczyk"))
    if owner is not None:
        decide.assign(store, [thread_id], owner, actor="sue", now=NOON)
    return thread_id


def told(store: Store, name: str) -> list[Notice]:
    with store.read() as s:
        number = {each.name: each.id for each in people.employees(s)}[name]
        return notices.newest(s, number)


def sentences(store: Store, name: str) -> list[str]:
    return [each.sentence for each in told(store, name)]


def reasons(store: Store, thread_id: ThreadId) -> list[str]:
    with store.read() as s:
        return [each.sentence for each in threads.reasons(s, thread_id)]


def count(store: Store) -> int:
    with store.read() as s:
        return int(s.scalar(select(func.count()).select_from(notice)) or 0)


def test_by_default_a_warning_tells_the_owner_and_a_breach_also_the_supervisor(store: Store) -> None:
    team(store)
    thread_id = asked(store)
    clocks.due(store, now=after(55))
    (only,) = told(store, "ana")
    assert only.sentence == "Late in 5 min: Marta Kowalczyk, Baggage"
    assert (only.kind, only.thread_id, only.late) == (NoticeKind.WARNING, thread_id, False)
    assert told(store, "sue") == []
    clocks.due(store, now=after(60))
    assert sentences(store, "ana")[0] == "Late since 13:00: Marta Kowalczyk, Baggage"
    assert [each.kind for each in told(store, "sue")] == [NoticeKind.BREACH]
    assert told(store, "tom") == []


def test_nothing_is_told_twice_neither_after_a_restart_nor_when_the_clock_was_set_back(store: Store) -> None:
    team(store)
    asked(store)
    for minutes in (55, 56, 61, 62, 10, 55, 58, 61, 90):
        clocks.due(store, now=after(minutes))
    assert (len(told(store, "ana")), len(told(store, "sue"))) == (2, 1)


def test_two_collectors_act_once(store: Store) -> None:
    team(store, replace(SLOW, on_breach=(TELL_OWNER, TELL_SUPERVISOR, RAISE)))
    ids = [asked(store, who=f"kim{n}") for n in range(30)]
    start = Barrier(2)

    def collector() -> None:
        own = open_store(store.address)
        start.wait()
        clocks.due(own, now=after(60), limit=7)
        own.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(collector), pool.submit(collector)]:
            done.result()
    assert count(store) == 60
    with store.read() as s:
        actions = [event.action for each in ids for event in threads.audit_events(s, each)]
    assert (actions.count("breach"), actions.count("priority")) == (30, 30)
    assert {state(store, each).priority for each in ids} == {Priority.HIGH}


def test_after_three_days_asleep_what_is_late_is_told_once_and_says_so(store: Store) -> None:
    team(store)
    asked(store)
    late = NOON + timedelta(days=3)
    clocks.due(store, now=late)
    clocks.due(store, now=late + HOUR)
    (only,) = told(store, "ana")
    assert (only.kind, only.late) == (NoticeKind.BREACH, True)
    assert only.sentence == "2 d late, since 2026-03-02 13:00: Marta Kowalczyk, Baggage"


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [(72, "12 min late, since 13:00"), (60 + 80, "1 h 20 late, since 13:00"), (120, "1 h late, since 13:00")],
)
def test_what_could_only_be_told_afterwards_says_how_late(store: Store, minutes: float, sentence: str) -> None:
    team(store)
    asked(store)
    clocks.due(store, now=after(minutes))
    assert sentences(store, "ana") == [f"{sentence}: Marta Kowalczyk, Baggage"]


def test_of_many_that_are_late_after_downtime_no_warning_is_given_any_more(store: Store) -> None:
    team(store)
    for number in range(9):
        asked(store, who=f"kim{number}")
    clocks.due(store, now=after(600), limit=2)
    assert {each.kind for each in told(store, "ana")} == {NoticeKind.BREACH}


def test_a_sentence_is_on_the_readers_clock(store: Store) -> None:
    team(store, SLOW, replace(person("ana", "Baggage"), time_zone="Asia/Kolkata"), lead("sue", "Baggage"))
    asked(store)
    clocks.due(store, now=after(60))
    assert sentences(store, "ana") == ["Late since 18:30: Marta Kowalczyk, Baggage"]
    assert sentences(store, "sue") == ["Late since 13:00: Marta Kowalczyk, Baggage"]


def test_where_nobody_has_it_the_supervisors_of_the_area_are_told_once(store: Store) -> None:
    team(store)
    asked(store, None)
    clocks.due(store, now=after(56))
    assert sentences(store, "sue") == ["Late in 4 min: Marta Kowalczyk, Baggage"]
    clocks.due(store, now=after(60))
    assert len(told(store, "sue")) == 2
    assert told(store, "ana") == []


@pytest.mark.parametrize("how", ["answered", "closed", "waiting", "hidden", "never connected"])
def test_what_no_longer_matters_is_not_told_of(store: Store, how: str) -> None:
    team(store)
    thread_id = asked(store)
    if how == "answered":
        replied(store, thread_id, "ana", at=after(30))
        with store.write() as s:
            clocks.recompute(s, thread_id, workspace=config.load(s), now=after(31))
    elif how == "closed":
        decide.close(store, [thread_id], CloseReason.SPAM, actor="ana", now=after(30))
    elif how == "waiting":
        decide.wait(store, [thread_id], actor="ana", now=after(30))
    with store.write() as s:
        if how == "hidden":
            s.execute(thread.update().values(hidden=True))
        elif how == "never connected":
            s.execute(account.update().values(connected_at=None))
    for minutes in (56, 61):
        clocks.due(store, now=after(minutes))
    assert count(store) == 0


def test_an_empty_list_does_nothing_and_a_breach_is_still_measured(store: Store) -> None:
    team(store, replace(SLOW, on_warning=(), on_breach=()))
    thread_id = asked(store)
    for minutes in (56, 61):
        clocks.due(store, now=after(minutes))
    assert count(store) == 0
    assert clocks_of(store, thread_id)[0].breached_at == after(60)


def test_a_replay_tells_nobody(store: Store) -> None:
    team(store)
    thread_id = asked(store)
    clocks.due(store, now=after(61), act=False)
    clocks.due(store, now=after(62))
    assert count(store) == 0
    assert clocks_of(store, thread_id)[0].breached_at == after(60)


def test_a_policy_that_was_deleted_or_changed_still_acts_as_it_was(store: Store) -> None:
    team(store, replace(SLOW, on_warning=(TELL_SUPERVISOR,), on_breach=(TELL_OWNER,)))
    asked(store)
    with store.read() as s:
        workspace = config.load(s)
    put(store, replace(workspace, policies=()))
    clocks.due(store, now=after(55))
    assert (len(told(store, "sue")), len(told(store, "ana"))) == (1, 0)
    put(store, replace(workspace, policies=(replace(SLOW, on_breach=()),)))
    clocks.due(store, now=after(60))
    assert (len(told(store, "sue")), len(told(store, "ana"))) == (1, 1)


def test_clocks_of_older_versions_act_as_is_usual(store: Store) -> None:
    team(store, replace(SLOW, on_warning=(), on_breach=()))
    asked(store)
    with store.write() as s:
        for row in s.execute(select(clock.c.id, clock.c.terms)).all():
            terms = {key: value for key, value in row.terms.items() if not key.startswith("on_")}
            s.execute(clock.update().where(clock.c.id == row.id).values(terms=terms))
    for minutes in (56, 61):
        clocks.due(store, now=after(minutes))
    assert (len(told(store, "ana")), len(told(store, "sue"))) == (2, 1)


def test_raising_goes_one_step_and_evaluates_the_clocks_anew(store: Store) -> None:
    targets = {Priority.NORMAL: 2 * HOUR, Priority.HIGH: HOUR * 1.75, Priority.URGENT: HOUR}
    warned = timedelta(minutes=30)
    team(store, Policy("steps", first_response=targets, warn_before=warned, on_warning=(RAISE, TELL_OWNER)))
    thread_id = asked(store)
    for minutes in (90, 90.1, 91, 95):
        clocks.due(store, now=after(minutes))
    assert state(store, thread_id).priority is Priority.HIGH
    assert clocks_of(store, thread_id)[0].due_at == after(105)
    assert sentences(store, "ana") == ["Late in 15 min: Marta Kowalczyk, Baggage"]
    said = "The policy “steps” raised the priority to high, since its deadline is near."
    assert reasons(store, thread_id).count(said) == 1


def test_a_raise_on_breach_neither_takes_the_breach_back_nor_goes_on(store: Store) -> None:
    first, whole = {Priority.NORMAL: HOUR, Priority.HIGH: 4 * HOUR}, {Priority.NORMAL: HOUR, Priority.HIGH: 2 * HOUR}
    everything = Policy("up", first_response=first, resolution=whole, on_breach=(RAISE,))
    team(store, everything)
    thread_id = asked(store)
    for minutes in (60, 60, 61, 600, 601, 602):
        clocks.due(store, now=after(minutes))
    response, resolution = sorted(clocks_of(store, thread_id), key=lambda each: each.metric is Metric.RESOLUTION)
    assert (response.breached_at, response.due_at) == (after(60), after(60))
    assert resolution.breached_at is not None
    with store.read() as s:
        raised = [event for event in threads.audit_events(s, thread_id) if event.action == "priority"]
    assert [event.actor for event in raised] == ["collector"]
    assert state(store, thread_id).priority is Priority.HIGH


def test_each_clock_of_a_thread_raises_it_once(store: Store) -> None:
    whole = {Priority.NORMAL: 3 * HOUR, Priority.HIGH: 2 * HOUR}
    team(store, Policy("up", first_response=HOUR, resolution=whole, on_breach=(RAISE,)))
    thread_id = asked(store)
    for minutes, expected in (
        (60, Priority.HIGH),
        (119, Priority.HIGH),
        (120, Priority.URGENT),
        (900, Priority.URGENT),
    ):
        clocks.due(store, now=after(minutes))
        assert state(store, thread_id).priority is expected


def test_a_warning_that_comes_again_with_a_moved_deadline_raises_no_second_time(store: Store) -> None:
    team(store, replace(SLOW, on_warning=(RAISE,)))
    thread_id = asked(store)
    clocks.due(store, now=after(55))
    decide.set_priority(store, [thread_id], Priority.NORMAL, actor="ana", now=after(56))
    with store.write() as s:
        s.execute(clock.update().values(warned_at=None))
    clocks.due(store, now=after(57))
    assert state(store, thread_id).priority is Priority.NORMAL


def test_what_a_raise_makes_late_at_once_is_told_of_as_late_alone(store: Store) -> None:
    targets = {Priority.NORMAL: HOUR, Priority.HIGH: HOUR / 2}
    up = Policy("up", first_response=targets, warn_before=timedelta(minutes=5), on_warning=(RAISE, TELL_OWNER))
    team(store, up)
    asked(store)
    clocks.due(store, now=after(55))
    assert [each.kind for each in told(store, "ana")] == [NoticeKind.BREACH]


def test_reassigning_offers_it_to_others_and_tells_who_had_it(store: Store) -> None:
    policy = replace(SLOW, on_breach=(REASSIGN, TELL_OWNER))
    team(store, policy, person("ana", "Baggage"), person("ben", "Baggage"), lead("sue", "Baggage"))
    thread_id = asked(store)
    clocks.due(store, now=after(60))
    clocks.due(store, now=after(61))
    with store.read() as s:
        (row,) = threads.rows(s, [thread_id])
    assert (row.assignee, state(store, thread_id).status) == ("ben", Status.OPEN)
    assert "Ana Doe had not answered and its deadline has passed, so it is offered to others." in reasons(
        store, thread_id
    )
    assert sentences(store, "ana") == ["The thread of Marta Kowalczyk was offered to others: its deadline has passed."]
    assert sentences(store, "ben") == ["Late since 13:00: Marta Kowalczyk, Baggage"]


def test_with_nobody_else_it_waits_in_the_queue_and_the_supervisor_hears_of_it(store: Store) -> None:
    team(store, replace(SLOW, on_breach=(REASSIGN, TELL_OWNER)))
    thread_id = asked(store)
    clocks.due(store, now=after(60))
    assert (state(store, thread_id).status, state(store, thread_id).assignee_id) == (Status.NEW, None)
    assert [each.kind for each in told(store, "sue")] == [NoticeKind.BREACH]


def test_nothing_is_taken_from_who_writes_its_reply_this_minute(store: Store) -> None:
    team(store, replace(SLOW, on_breach=(REASSIGN,)), person("ana", "Baggage"), person("ben", "Baggage"))
    thread_id = asked(store)
    ana = state(store, thread_id).assignee_id
    with store.write() as s:
        presence.here(s, thread_id, "ana", claimed=True, now=after(60))
    clocks.due(store, now=after(60))
    assert state(store, thread_id).assignee_id == ana


def test_very_many_that_are_due_in_the_same_second_are_each_told_once(store: Store) -> None:
    team(store)
    ids = many_waiting(store, "Baggage", 450)
    with store.write() as s:
        s.execute(clock.update().values(due_at=after(60)))
        s.execute(author.update().values(name="Many"))
    clocks.due(store, now=after(60))
    clocks.due(store, now=after(61))
    assert count(store) == len(ids)
    with store.read() as s:
        assert clock_rows.breaches_due(s, after(61), 1) == []


def test_a_policy_calls_for_help_once_by_the_ladder_of_its_name(store: Store) -> None:
    escalating = replace(SLOW, on_warning=(), on_breach=(PolicyAction.ESCALATE,), next_response=HOUR)
    team(store, escalating)
    with store.write() as s:
        ladders = tuple({"name": name, "steps": [{"to": ["supervisor"]}]} for name in ("usual", "slow"))
        config.save(s, replace(config.load(s), escalations=ladders), "command", NOON)
    thread_id = asked(store)
    for minutes in (61, 62, 200):
        clocks.due(store, now=after(minutes))
    with store.read() as s:
        (call,) = escalations.of_thread(s, thread_id)
    assert (call.ladder.name, call.raised_by) == ("slow", "collector")
    assert call.reason == "Marta Kowalczyk: its deadline has passed"
    assert state(store, thread_id).priority is Priority.NORMAL


def test_a_policy_calls_nobody_where_help_is_called_already(store: Store) -> None:
    team(store, replace(SLOW, on_warning=(), on_breach=(PolicyAction.ESCALATE,)))
    thread_id = asked(store)
    raising.raise_call(store, thread=thread_id, reason="smoke", actor="ana", now=NOON)
    clocks.due(store, now=after(61))
    with store.read() as s:
        assert [each.reason for each in escalations.of_thread(s, thread_id)] == ["smoke"]
