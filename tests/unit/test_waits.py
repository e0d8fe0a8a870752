"""The waits of a thread from its history: which clocks there are, and what ends them."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inbox.model.ids import MentionId
from inbox.model.words import Metric, Status
from inbox.sla.history import REPLAY_ENDED, Post, StatusChange
from inbox.sla.waits import Wait, waits

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = timedelta(days=1)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def asks(minutes: float, *, needs_reply: bool = True, **more: Any) -> Post:
    number = MentionId(int(minutes * 10) + 1)
    return Post(number, f"in{number}", at(minutes), more.pop("seen_at", at(minutes)), True, needs_reply, **more)


def answers(minutes: float, to: Post | None = None, **more: Any) -> Post:
    number = MentionId(int(minutes * 10) + 2)
    named = None if to is None else to.global_id
    return Post(number, f"out{number}", at(minutes), at(minutes), False, False, named, **more)


def anything(draw: random.Random, latest: int, step: int) -> Post:
    minute = draw.randint(0, latest) + step / 10
    return asks(minute) if draw.random() < 0.5 else answers(minute)


def closed(minutes: float, reason: str = "handled elsewhere") -> StatusChange:
    return StatusChange(at(minutes), Status.CLOSED, reason)


def becomes(minutes: float, status: Status) -> StatusChange:
    return StatusChange(at(minutes), status)


def of(found: list[Wait], metric: Metric) -> list[tuple[float, float | None]]:
    """(start, met) of each cycle in minutes."""
    return [(minutes(wait.started_at), minutes(wait.met_at)) for wait in found if wait.metric is metric]  # type: ignore[misc]


def minutes(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - START) / timedelta(minutes=1)


def test_first_response_runs_from_the_first_mention_to_the_first_answer() -> None:
    found = waits([asks(0), asks(3), answers(10)], [])
    assert of(found, Metric.FIRST) == [(0, 10)]
    assert of(found, Metric.NEXT) == []
    assert of(found, Metric.RESOLUTION) == [(0, None)]


def test_next_response_runs_from_the_oldest_unanswered_mention() -> None:
    found = waits([asks(0), answers(5), asks(7), asks(9), answers(20), asks(30)], [])
    assert of(found, Metric.NEXT) == [(7, 20), (30, None)]
    assert [wait.cycle for wait in found if wait.metric is Metric.NEXT] == [1, 2]


def test_an_automatic_acknowledgement_is_no_response() -> None:
    assert of(waits([asks(0), answers(1, automatic=True)], []), Metric.FIRST) == [(0, None)]


def test_a_person_s_acknowledgement_meets_the_first_and_starts_the_next_response() -> None:
    found = waits([asks(0), answers(5, acknowledgement=True), answers(60)], [])
    assert of(found, Metric.FIRST) == [(0, 5)]
    assert of(found, Metric.NEXT) == [(5, 60)]


def test_a_thread_that_begins_with_an_answer_has_no_first_response() -> None:
    found = waits([asks(0, answers="somebody else's"), answers(5), asks(8), answers(9)], [])
    assert of(found, Metric.FIRST) == []
    assert of(found, Metric.NEXT) == [(0, 5), (8, 9)]


def test_praise_starts_no_clock() -> None:
    assert waits([asks(0, needs_reply=False)], []) == []


def test_praise_that_was_answered_after_all_is_measured() -> None:
    praise = asks(0, needs_reply=False)
    assert of(waits([praise, answers(4)], []), Metric.FIRST) == [(0, 4)]


def test_a_first_response_is_measured_from_the_first_post_and_due_by_the_one_that_needed_it() -> None:
    first, _ = waits([asks(0, needs_reply=False), asks(30), answers(40)], [])
    assert (first.started_at, first.counts_from, first.met_at) == (at(0), at(30), at(40))
    running, _ = waits([asks(0, needs_reply=False), asks(30)], [])
    assert (running.started_at, running.counts_from) == (at(30), at(30))


def test_mentions_from_before_the_connection_start_nothing() -> None:
    found = waits([asks(0, ignored=True), answers(5, ignored=True), asks(10)], [])
    assert of(found, Metric.FIRST) == []
    assert of(found, Metric.NEXT) == [(10, None)]


def test_closing_without_a_reply_cancels_with_its_reason_and_is_never_met() -> None:
    found = waits([asks(0)], [closed(20, "spam")])
    first, resolution = found
    assert (first.met_at, first.cancelled_at, first.cancel_reason) == (None, at(20), "spam")
    assert resolution.met_at == at(20)


def test_closing_after_the_answer_cancels_nothing() -> None:
    found = waits([asks(0), answers(5)], [closed(5, "answered")])
    assert of(found, Metric.FIRST) == [(0, 5)]
    assert of(found, Metric.RESOLUTION) == [(0, 5)]


def test_a_new_question_after_closing_starts_new_cycles() -> None:
    found = waits([asks(0), answers(5), asks(60)], [closed(6, "answered")])
    assert of(found, Metric.NEXT) == [(60, None)]
    assert of(found, Metric.RESOLUTION) == [(0, 6), (60, None)]


def test_reopening_by_hand_starts_the_cancelled_wait_and_resolution_anew() -> None:
    found = waits([asks(0)], [closed(10), becomes(30, Status.OPEN)])
    assert of(found, Metric.NEXT) == [(30, None)]
    assert of(found, Metric.RESOLUTION) == [(0, 10), (30, None)]


def test_waiting_pauses_resolution_until_the_customer_writes() -> None:
    found = waits([asks(0), answers(5), asks(50)], [becomes(5, Status.WAITING)])
    resolution = next(wait for wait in found if wait.metric is Metric.RESOLUTION)
    assert resolution.paused == [(at(5), at(50))]


def test_snoozing_pauses_nothing() -> None:
    found = waits([asks(0)], [becomes(5, Status.SNOOZED), becomes(50, Status.OPEN)])
    assert all(not wait.paused and wait.ended_at is None for wait in found)


def test_a_question_nobody_could_know_of_when_closing_keeps_its_clock() -> None:
    late = asks(8, seen_at=at(30))
    found = waits([asks(0), answers(5), late], [closed(10, "answered")])
    assert of(found, Metric.NEXT) == [(8, None)]
    assert of(found, Metric.RESOLUTION) == [(0, 10), (10, None)]


def test_the_end_of_a_replay_cancels_what_still_runs() -> None:
    found = waits([asks(0, seen_at=START + LATER)], [StatusChange(at(90), Status.NEW, REPLAY_ENDED)])
    assert [(wait.cancelled_at, wait.cancel_reason) for wait in found] == [(at(90), REPLAY_ENDED)] * 2


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_arrival_changes_nothing(seed: int) -> None:
    draw = random.Random(seed)
    posts = [anything(draw, 300, step) for step in range(8)]
    changes = [closed(100), becomes(150, Status.WAITING)]
    shuffled = draw.sample(posts, len(posts))
    assert waits(shuffled, changes) == waits(posts, changes)


def test_there_is_never_more_than_one_running_wait_of_a_metric() -> None:
    draw = random.Random(3)
    for _ in range(200):
        posts = [anything(draw, 100, step) for step in range(6)]
        changes = [becomes(draw.randint(0, 100), draw.choice(list(Status))) for _ in range(4)]
        found = waits(posts, changes)
        running = [wait.metric for wait in found if wait.ended_at is None]
        assert len(running) == len(set(running))
        assert not {Metric.FIRST, Metric.NEXT} <= set(running)
