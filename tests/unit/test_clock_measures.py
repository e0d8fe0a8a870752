"""Deadlines of clocks: targets, pauses, breaches, and terms that stay as they were."""

from datetime import UTC, datetime, timedelta

from inbox.model.words import Metric, Priority
from inbox.model.workspace import Policy, When
from inbox.sla.clocks import Before, measure
from inbox.sla.policy import Terms, pick, target, terms_from
from inbox.sla.waits import Wait

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
TERMS = Terms("std", None, HOUR, timedelta(minutes=10), ("Baggage", "normal", None))


def before(
    terms: Terms = TERMS, *, due: datetime | None = None, breached: datetime | None = None, ended: bool = False
) -> Before:
    ended_at = START + timedelta(minutes=1) if ended else None
    return Before(Metric.FIRST, 1, None, START, due or START + HOUR, None, breached, ended_at, terms)


def wait(**more: datetime) -> Wait:
    return Wait(Metric.FIRST, 1, None, START, **more)  # type: ignore[arg-type]


def test_a_clock_is_due_at_its_target_and_warns_before() -> None:
    (found,) = measure([wait()], lambda _: TERMS, [], {}, START)
    assert (found.due_at, found.warn_at, found.breached_at) == (START + HOUR, START + timedelta(minutes=50), None)


def test_an_answer_at_the_deadline_itself_is_in_time() -> None:
    (found,) = measure([wait(met_at=START + HOUR)], lambda _: TERMS, [], {}, START)
    assert found.breached_at is None


def test_an_answer_after_the_deadline_breached_at_the_deadline() -> None:
    (found,) = measure([wait(met_at=START + HOUR + timedelta(seconds=1))], lambda _: TERMS, [], {}, START)
    assert found.breached_at == START + HOUR


def test_without_a_policy_time_is_measured_and_nothing_is_due() -> None:
    none = Terms(None, None, None, timedelta(0))
    (found,) = measure([wait(met_at=START + 5 * HOUR)], lambda _: none, [], {}, START)
    assert (found.due_at, found.breached_at, found.met_at) == (None, None, START + 5 * HOUR)


def test_paused_time_is_added_to_the_deadline_and_an_open_pause_has_none() -> None:
    paused = Wait(Metric.RESOLUTION, 1, None, START, paused=[(START + timedelta(minutes=20), START + 3 * HOUR)])
    (found,) = measure([paused], lambda _: TERMS, [], {}, START)
    assert found.due_at == START + 3 * HOUR + timedelta(minutes=40)
    paused.paused[-1] = (paused.paused[-1][0], None)
    (found,) = measure([paused], lambda _: TERMS, [], {}, START)
    assert found.due_at is None


def test_a_deadline_before_the_pause_stands() -> None:
    late = Wait(Metric.RESOLUTION, 1, None, START, paused=[(START + 2 * HOUR, None)])
    (found,) = measure([late], lambda _: TERMS, [], {}, START)
    assert found.due_at == START + HOUR


def test_a_move_re_evaluates_a_running_clock_from_the_same_start() -> None:
    moved = Terms("fast", None, HOUR / 2, timedelta(0), ("Billing", "normal", None))
    (found,) = measure([wait()], lambda _: moved, [before()], {}, START)
    assert (found.started_at, found.due_at, found.terms.policy) == (START, START + HOUR / 2, "fast")


def test_an_edited_policy_does_not_change_a_running_clock() -> None:
    edited = Terms("std", None, HOUR / 2, timedelta(0), TERMS.basis)
    (found,) = measure([wait()], lambda _: edited, [before()], {}, START)
    assert found.due_at == START + HOUR


def test_what_has_breached_stays_breached_when_the_thread_is_moved() -> None:
    slow = Terms("slow", None, 9 * HOUR, timedelta(0), ("Billing", "normal", None))
    stored = [before(breached=START + HOUR)]
    (found,) = measure([wait()], lambda _: slow, stored, {}, START)
    assert (found.breached_at, found.terms) == (START + HOUR, TERMS)


def test_an_answer_that_arrives_late_but_was_posted_in_time_takes_the_breach_back() -> None:
    stored = [before(breached=START + HOUR)]
    (found,) = measure([wait(met_at=START + HOUR / 2)], lambda _: TERMS, stored, {}, START)
    assert found.breached_at is None


def test_terms_survive_their_row() -> None:
    assert terms_from(TERMS.to_json()) == TERMS


def test_the_first_policy_that_matches_holds_unless_a_rule_named_one() -> None:
    one, two = Policy("one", When(network=("bluesky",))), Policy("two")
    assert pick([one, two], lambda when: when == two.when) is two
    assert pick([one, two], lambda _: True, "two") is two
    assert pick([one], lambda _: False) is None


def test_a_target_may_differ_by_priority() -> None:
    policy = Policy("p", first_response={Priority.URGENT: HOUR}, next_response=2 * HOUR)
    assert target(policy, Metric.FIRST, Priority.URGENT) == HOUR
    assert target(policy, Metric.FIRST, Priority.LOW) is None
    assert target(policy, Metric.NEXT, Priority.LOW) == 2 * HOUR
    assert target(None, Metric.NEXT, Priority.LOW) is None
