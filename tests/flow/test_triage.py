"""Triage end to end: what becomes of new mentions, on both engines."""

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from inbox.flow import clocks as clock_flow
from inbox.flow import decide, facts, triage
from inbox.flow.clocks import Plan
from inbox.flow.facts import Found
from inbox.flow.heads import Heads
from inbox.flow.rulebook import Rulebook
from inbox.model.ids import AreaId, EmployeeId, MentionId
from inbox.model.people import Area, Employee, Interval
from inbox.model.thread import Thread
from inbox.model.words import CloseReason, Metric, Priority, ReasonStep, Status
from inbox.model.workspace import Policy, Rule, Then, When, Workspace
from inbox.store import threads
from inbox.store.clocks import ThreadHistory
from inbox.store.engine import Store
from inbox.store.triage import Untriaged, waiting
from tests.support.talk import START, Talk, at

AREAS = (Area(AreaId(0), "Baggage", ("suitcase", "lost bag")), Area(AreaId(0), "Billing", ("refund",)))
POLICY = Policy(
    "standard",
    first_response=timedelta(minutes=30),
    next_response=timedelta(hours=1),
    resolution=timedelta(hours=8),
    warn_before=timedelta(minutes=5),
)
WORKSPACE = Workspace(areas=AREAS, policies=(POLICY,))
ANA = Employee(EmployeeId(0), "ana", "Ana Ruiz", areas=("Baggage", "Billing"), capacity=5)
BEN = Employee(EmployeeId(0), "ben", "Ben Lee", areas=("Baggage",), capacity=5)


def run(talk: Talk, minutes: float) -> triage.Triaged:
    return triage.triage_pending(talk.store, now=at(minutes))


def whole(talk: Talk, thread_id: int) -> Thread:
    with talk.store.read() as s:
        return threads.get(s, thread_id)  # type: ignore[arg-type]


def test_a_question_gets_its_facts_area_clocks_and_reasons(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase? It was not on the carousel")
    done = run(talk, 1)
    assert (done.mentions, done.threads) == (1, {thread_id})
    assert done.change.threads == {thread_id}
    thread = whole(talk, thread_id)
    assert (thread.row.area, thread.row.status, thread.row.language) == ("Baggage", Status.NEW, "en")
    assert thread.mentions[0].needs_reply is True
    assert {clock.metric for clock in thread.clocks} == {Metric.FIRST, Metric.RESOLUTION}
    assert (thread.row.next_due_at, thread.row.warn_at) == (at(30), at(25))
    assert [reason.step for reason in thread.why] == [ReasonStep.FACTS, ReasonStep.KEYWORD, ReasonStep.POLICY]
    assert "30 min for the first response" in thread.why[-1].sentence


def test_what_is_triaged_is_not_triaged_again(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    talk.says(0, "Where is my suitcase?")
    run(talk, 1)
    assert run(talk, 2).mentions == 0
    with store.read() as s:
        assert waiting(s) == 0


def test_praise_starts_no_clock_and_goes_to_nobody(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, employees=(ANA,)))
    thread_id = talk.says(0, "Thank you for the lovely suitcase")
    run(talk, 1)
    thread = whole(talk, thread_id)
    assert (thread.row.area, thread.row.assignee, thread.clocks) == ("Baggage", None, ())
    assert thread.mentions[0].needs_reply is False


def test_a_rule_sets_area_priority_tags_and_policy_and_is_named(store: Store) -> None:
    fast = Policy("fast", When(priority=(Priority.LOW,)), first_response=timedelta(minutes=5))
    rule = Rule(
        "lawyers", When(text_any=("lawyer",)), Then("Billing", Priority.URGENT, ("legal", "hot"), "fast", "safety")
    )
    talk = Talk(store, replace(WORKSPACE, policies=(fast, POLICY), rules=(rule,)))
    thread_id = talk.says(0, "My LAWYER will ask about my suitcase")
    run(talk, 1)
    row = whole(talk, thread_id).row
    assert (row.area, row.priority, row.tags, row.escalated) == ("Billing", Priority.URGENT, ("hot", "legal"), True)
    assert row.next_due_at == at(5)
    assert any("lawyers" in reason.sentence and reason.matched == ("LAWYER",) for reason in whole(talk, thread_id).why)


def test_hidden_noise_starts_no_clock_and_shows_in_no_queue(store: Store) -> None:
    rule = Rule("noise", When(text_any=("giveaway",)), Then(hide=True))
    talk = Talk(store, replace(WORKSPACE, employees=(ANA,), rules=(rule,)))
    thread_id = talk.says(0, "When does the suitcase giveaway end?")
    run(talk, 1)
    assert talk.row(thread_id).hidden
    assert whole(talk, thread_id).clocks == ()
    assert whole(talk, thread_id).row.assignee is None


def test_a_thread_goes_to_the_least_loaded_employee_of_its_area(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, employees=(ANA, BEN)))
    asked = [talk.says(n, "Where is my suitcase?", who=f"customer {n}") for n in range(4)]
    billing = talk.says(5, "I want a refund", who="payer")
    run(talk, 6)
    names = [whole(talk, each).row.assignee for each in asked]
    assert sorted(str(name) for name in names) == ["ana", "ana", "ben", "ben"]
    assert whole(talk, billing).row.assignee == "ana"
    assert whole(talk, billing).row.status is Status.OPEN
    assert any(reason.step is ReasonStep.ASSIGNMENT for reason in whole(talk, billing).why)


def test_a_reply_from_the_network_s_own_app_meets_the_clock_and_waits_on_the_customer(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?")
    run(talk, 1)
    talk.answers(12, thread_id)
    run(talk, 13)
    thread = whole(talk, thread_id)
    first = next(clock for clock in thread.clocks if clock.metric is Metric.FIRST)
    assert (first.met_at, first.breached_at) == (at(12), None)
    assert thread.row.status is Status.WAITING
    assert (thread.row.next_due_at, thread.row.met_at) == (None, at(12))
    resolution = next(clock for clock in thread.clocks if clock.metric is Metric.RESOLUTION)
    assert resolution.paused == ((at(12), None),)


def test_an_automatic_post_of_ours_is_no_response(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?")
    talk.answers(1, thread_id, automatic=True)
    run(talk, 2)
    assert whole(talk, thread_id).row.status is Status.NEW
    assert whole(talk, thread_id).row.next_due_at == at(30)


@pytest.mark.parametrize("status", [Status.WAITING, Status.SNOOZED, Status.CLOSED])
def test_a_new_question_brings_the_thread_back_to_who_had_it(store: Store, status: Status) -> None:
    talk = Talk(store, replace(WORKSPACE, employees=(ANA, BEN)))
    thread_id = talk.says(0, "Where is my suitcase?")
    run(talk, 1)
    had_it = whole(talk, thread_id).row.assignee
    talk.answers(10, thread_id)
    run(talk, 11)
    talk.set(thread_id, status=str(status), snoozed_until=at(9000), close_reason="answered", closed_at=at(12))
    talk.says(60, "It is still not here?", to=thread_id)
    run(talk, 61)
    thread = whole(talk, thread_id)
    assert (thread.row.status, thread.row.assignee) == (Status.OPEN, had_it)
    assert (thread.snoozed_until, thread.close_reason) == (None, None)
    assert thread.row.next_due_at == at(120)


def test_who_is_off_shift_does_not_get_it_back(store: Store) -> None:
    early = replace(BEN, shifts={"mon": (Interval(time(8), time(9, 30)),)})
    talk = Talk(store, replace(WORKSPACE, employees=(early,)))
    thread_id = talk.says(0, "Where is my suitcase?")
    run(talk, 1)
    assert whole(talk, thread_id).row.assignee == "ben"
    talk.answers(10, thread_id)
    talk.says(60, "It is still not here?", to=thread_id)
    run(talk, 61)
    thread = whole(talk, thread_id)
    assert (thread.row.status, thread.row.assignee) == (Status.NEW, None)
    assert any(reason.step is ReasonStep.RETURN for reason in thread.why)


def test_thanks_reopen_nothing(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?")
    talk.answers(10, thread_id)
    run(talk, 11)
    talk.says(20, "Thank you!", to=thread_id)
    run(talk, 21)
    assert whole(talk, thread_id).row.status is Status.WAITING
    assert whole(talk, thread_id).row.next_due_at is None


def test_an_answer_that_was_pulled_before_its_question_still_answers_it(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.answers(10, None)
    run(talk, 11)
    talk.says(0, "Where is my suitcase?", to=thread_id)
    run(talk, 12)
    thread = whole(talk, thread_id)
    first = next(clock for clock in thread.clocks if clock.metric is Metric.FIRST)
    assert (first.started_at, first.met_at) == (START, at(10))
    assert thread.row.status is Status.WAITING


def test_mentions_from_before_the_connection_start_no_clocks_and_go_to_nobody(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, employees=(ANA,)))
    thread_id = talk.says(0, "Where is my suitcase?", before_connection=True)
    run(talk, 1)
    thread = whole(talk, thread_id)
    assert (thread.row.area, thread.row.assignee, thread.clocks) == ("Baggage", None, ())


def test_a_person_s_area_is_not_changed_by_the_next_mention(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?")
    run(talk, 1)
    talk.says(2, "I want a refund", to=thread_id)
    run(talk, 3)
    assert whole(talk, thread_id).row.area == "Baggage"


def test_a_judgement_that_was_made_already_is_kept(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?", needs_reply=False)
    run(talk, 1)
    assert whole(talk, thread_id).mentions[0].needs_reply is False
    assert whole(talk, thread_id).clocks == ()


def test_a_thread_that_changed_meanwhile_is_taken_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?")
    thought = triage._think
    interrupted: list[bool] = []

    def think(*arguments: object, **more: object) -> object:
        plans = thought(*arguments, **more)  # type: ignore[arg-type]
        if not interrupted:
            interrupted.append(True)
            talk.says(1, "Hello?", to=thread_id)
            talk.set(thread_id, priority="high")
        return plans

    monkeypatch.setattr(triage, "_think", think)
    assert run(talk, 2).mentions == 2
    assert whole(talk, thread_id).row.priority is Priority.HIGH
    assert whole(talk, thread_id).row.area == "Baggage"


def test_small_batches_come_to_the_same_as_large_ones(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    ids = []
    for n in range(12):
        ids.append(talk.says(10 * n, "Where is my suitcase?", who=f"c{n}"))
        talk.answers(10 * n + 5, ids[-1])
    triage.triage_pending(store, now=at(200), limit=3)
    for n, thread_id in enumerate(ids):
        first = next(clock for clock in whole(talk, thread_id).clocks if clock.metric is Metric.FIRST)
        assert (first.started_at, first.met_at) == (at(10 * n), at(10 * n + 5))


def test_triage_stops_between_batches_when_told(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    for n in range(4):
        talk.says(n, "Where is my suitcase?", who=f"c{n}")
    answers = iter([False, True])
    done = triage.triage_pending(store, now=at(10), limit=2, stop=lambda: next(answers))
    assert done.mentions == 2


def test_two_who_triage_at_once_do_it_once(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, employees=(ANA, replace(BEN, capacity=None))))
    ids = [talk.says(n, "Where is my suitcase?", who=f"c{n}") for n in range(30)]
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(triage.triage_pending, store, now=at(40), limit=5) for _ in range(2)]
    assert sum(run.result().mentions for run in runs) == 30
    for thread_id in ids:
        steps = [reason.step for reason in whole(talk, thread_id).why]
        assert steps == [ReasonStep.FACTS, ReasonStep.KEYWORD, ReasonStep.POLICY, ReasonStep.ASSIGNMENT]


def test_one_mention_that_cannot_be_judged_goes_before_people_and_stops_nobody_else(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def judged(mentions: Sequence[Untriaged], heads: Heads) -> list[Found]:
        if any("poison" in mention.text for mention in mentions):
            raise RecursionError("too deep")
        return found(mentions, heads)

    found = facts.find_many
    monkeypatch.setattr(facts, "find_many", judged)
    talk = Talk(store, replace(WORKSPACE, employees=(ANA,)))
    first = talk.says(0, "Where is my suitcase?", who="ann")
    bad = talk.says(1, "poison suitcase", who="bob")
    known = talk.says(2, "Where is my refund?", who="eve")
    talk.says(3, "poison again", to=known, who="eve")
    assert run(talk, 4).mentions == 4
    assert [record.exc_info for record in caplog.records if "could not be judged" in record.message] == [None, None]
    assert (whole(talk, first).row.area, whole(talk, first).row.assignee) == ("Baggage", "ana")
    thread = whole(talk, bad)
    assert (thread.row.area, thread.row.assignee, thread.row.status) == (None, None, Status.NEW)
    assert thread.why[0].sentence == "It could not be judged: RecursionError: too deep."
    assert (thread.mentions[0].needs_reply, thread.row.next_due_at) == (True, at(31))
    assert whole(talk, known).row.area == "Billing"
    assert run(talk, 5).mentions == 0


def test_a_mention_that_cannot_be_judged_brings_a_closed_thread_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?")
    run(talk, 1)
    decide.close(store, [thread_id], CloseReason.ANSWERED, actor="command", now=at(2))

    def fails(_: Sequence[Untriaged], __: Heads) -> list[Found]:
        raise ValueError("odd")

    monkeypatch.setattr(facts, "find_many", fails)
    talk.says(3, "poison", to=thread_id)
    run(talk, 4)
    assert (whole(talk, thread_id).row.status, whole(talk, thread_id).close_reason) == (Status.NEW, None)


def test_a_thread_whose_clocks_cannot_be_worked_out_stops_nobody_else(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = clock_flow.plan

    def fails_for_poison(
        history: ThreadHistory, book: Rulebook, batch: Collection[MentionId] | None = None, *, now: datetime
    ) -> Plan:
        if "poison" in history.text:
            raise OverflowError("date value out of range")
        return plan(history, book, batch, now=now)

    monkeypatch.setattr(clock_flow, "plan", fails_for_poison)
    talk = Talk(store, WORKSPACE)
    bad = talk.says(0, "Where is my poison suitcase?", who="bob")
    good = talk.says(1, "Where is my suitcase?", who="ann")
    assert run(talk, 2).mentions == 2
    assert talk.row(good).next_due_at == at(31)
    assert talk.row(bad).next_due_at is None
    assert any("could not be worked out" in reason.sentence for reason in whole(talk, bad).why)
    decide.snooze(store, [bad, good], at(5), actor="command", now=at(3))
    decide.wake(store, now=at(5))
    assert [whole(talk, each).row.status for each in (bad, good)] == [Status.NEW, Status.NEW]


def test_history_that_ends_with_a_customer_s_question_is_not_said_to_wait_on_the_customer(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    open_end = talk.says(0, "Where is my suitcase?", before_connection=True, who="ann")
    talk.answers(1, open_end, before_connection=True)
    talk.says(2, "Still nothing, where is it?", to=open_end, before_connection=True, who="ann")
    answered = talk.says(3, "Where is my suitcase?", before_connection=True, who="bob")
    talk.answers(4, answered, before_connection=True)
    run(talk, 5)
    assert (whole(talk, open_end).row.status, whole(talk, open_end).clocks) == (Status.NEW, ())
    assert whole(talk, answered).row.status is Status.WAITING


def test_history_does_not_take_back_a_person_s_wait(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?")
    run(talk, 1)
    decide.wait(store, [thread_id], actor="command", now=at(2))
    talk.says(1, "Where is it?", to=thread_id, before_connection=True)
    run(talk, 3)
    assert whole(talk, thread_id).row.status is Status.WAITING


def test_nobody_is_said_to_have_given_back_what_the_customer_or_a_move_took_from_them(store: Store) -> None:
    early = replace(ANA, shifts={"mon": (Interval(time(9), time(10)),)})
    areas = (*AREAS, Area(AreaId(0), "Legal"))
    talk = Talk(store, replace(WORKSPACE, areas=areas, employees=(early,)))
    asked = talk.says(0, "Where is my suitcase?")
    moved = talk.says(0, "Where is my other suitcase?", who="bob")
    run(talk, 1)
    assert whole(talk, asked).row.assignee == whole(talk, moved).row.assignee == "ana"
    decide.close(store, [asked], CloseReason.ANSWERED, actor="ana", now=at(2))
    talk.says(100, "Still missing, where is it?", to=asked)
    run(talk, 101)
    decide.move(store, [moved], "Legal", actor="command", now=at(102))
    for thread_id in (asked, moved):
        said = [reason.sentence for reason in whole(talk, thread_id).why]
        assert not [each for each in said if "gave it back" in each]
    assert whole(talk, asked).why[-1].sentence == "Nobody of Baggage is on shift, so it waits in the queue."
