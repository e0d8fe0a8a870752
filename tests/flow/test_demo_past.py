"""The demo's weeks before it began: answered, timed and ended, so that its reports have something to say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select

from inbox.flow.demo import prepare
from inbox.model.words import Direction, Metric, Outcome
from inbox.networks.demo import past
from inbox.store.engine import Store, open_store
from inbox.store.schema import clock, correction, mention, score_entry, thread

NOW = datetime.now(UTC)
ACCOUNTS = ("exampleair@social.example", "exampleair.example")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("demo")
    store = open_store(prepare(folder, now=NOW))
    yield store
    store.close()


def ended(store: Store, metric: Metric, column: str) -> int:
    with store.read() as s:
        query = select(func.count()).select_from(clock).where(clock.c.metric == str(metric))
        return int(s.scalar(query.where(clock.c[column].is_not(None))) or 0)


def test_each_kind_of_wait_was_measured_often_enough_to_be_reported(demo: Store) -> None:
    assert ended(demo, Metric.FIRST, "met_at") >= 600
    assert ended(demo, Metric.NEXT, "met_at") >= 150
    assert ended(demo, Metric.RESOLUTION, "met_at") >= 600
    assert 0.03 < ended(demo, Metric.FIRST, "breached_at") / ended(demo, Metric.FIRST, "met_at") < 0.3
    assert ended(demo, Metric.FIRST, "cancelled_at") >= 20


def test_the_past_is_over_all_accounts_areas_and_people(demo: Store) -> None:
    with demo.read() as s:
        few = {
            name: int(s.scalar(select(func.count(thread.c[name].distinct()))) or 0)
            for name in ("account_id", "area_id", "assignee_id", "outcome")
        }
        corrections = s.scalar(select(func.count()).select_from(correction))
    assert few == {"account_id": 2, "area_id": 7, "assignee_id": 8, "outcome": len(Outcome)}
    assert (corrections or 0) >= 100


def test_some_threads_of_the_past_were_closed_twice(demo: Store) -> None:
    with demo.read() as s:
        cycles = s.scalar(select(func.max(clock.c.cycle)).where(clock.c.metric == str(Metric.RESOLUTION)))
    assert cycles == 2


def test_nothing_of_the_past_happens_after_the_demo_begins(demo: Store) -> None:
    with demo.read() as s:
        newest = s.scalar(select(func.max(mention.c.created_at)).where(mention.c.global_id.like("demo:past/%")))
        waiting = s.scalar(select(func.count()).select_from(mention).where(mention.c.triaged.is_(False)))
    assert newest is not None
    assert newest < NOW
    assert waiting == 0


def test_answers_at_night_take_longer_than_by_day() -> None:
    waits: dict[bool, list[timedelta]] = {True: [], False: []}
    # A demo has a handful of nights with lost bags: those of a week of demos say more, and the same on every day.
    noons = [datetime(2026, 11, 16 + day, 12, tzinfo=UTC) for day in range(7)]
    for each in (told for noon in noons for week in past.weeks(ACCOUNTS, noon) for told in week.threads):
        if len(each.posts) > 1 and each.area == "Baggage":
            asked, answer = each.posts[:2]
            waits[asked.created_at.hour in {23, 0, 1, 2, 3}].append(answer.created_at - asked.created_at)
    assert len(waits[True]) > 20
    middle = {night: sorted(found)[len(found) // 2] for night, found in waits.items()}
    assert middle[True] > 1.5 * middle[False]


def test_a_thread_of_the_past_is_told_in_order_and_ends_after_its_last_answer() -> None:
    for week in past.weeks(ACCOUNTS, NOW):
        for each in week.threads:
            assert all(one.created_at <= other.created_at for one, other in pairwise(each.posts))
            assert each.posts[0].created_at <= each.taken_at <= each.closings[-1][0]
            answers = [post for post in each.posts if post.direction is Direction.OUTBOUND]
            assert all(post.in_reply_to for post in answers)


def test_the_scorecard_of_the_demo_has_what_nobody_can_compute(demo: Store) -> None:
    with demo.read() as s:
        entries = s.scalar(select(func.count()).select_from(score_entry))
    assert entries == len(past.entered())
