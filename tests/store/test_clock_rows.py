"""Clock and triage rows: what is read by index, written in bulk, and left alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from inbox.model.ids import ThreadId
from inbox.model.thread import Reason
from inbox.model.words import Metric, ReasonStep
from inbox.store import clocks, reasons, threads, triage
from inbox.store.clocks import ClockRow
from inbox.store.engine import Session, Store
from tests.support.talk import START, Talk, at


def a_clock(cycle: int = 1, **more: Any) -> ClockRow:
    values: dict[str, Any] = {
        **dict.fromkeys(ClockRow.__dataclass_fields__),
        "metric": Metric.NEXT,
        "cycle": cycle,
        "started_at": START,
        "due_at": at(60),
        "warn_at": at(50),
        "target": timedelta(hours=1),
        "paused": ((at(1), at(2)), (at(5), None)),
        "terms": {"policy": "p"},
    }
    return ClockRow(**{**values, **more})


def test_a_clock_comes_back_as_it_was_saved_and_saving_again_replaces_it(store: Store) -> None:
    thread_id = Talk(store).says(0, "Hello")
    with store.write() as s:
        clocks.save(s, [(thread_id, a_clock()), (thread_id, a_clock(2))])
        clocks.save(s, [(thread_id, a_clock(2, met_at=at(9)))])
    with store.read() as s:
        assert clocks.histories(s, [thread_id])[thread_id].clocks == [a_clock(), a_clock(2, met_at=at(9))]
        assert threads.clocks(s, thread_id)[1].met_at == at(9)
    with store.write() as s:
        clocks.drop(s, [(thread_id, Metric.NEXT, 1)])
    with store.read() as s:
        assert [clock.cycle for clock in clocks.histories(s, [thread_id])[thread_id].clocks] == [2]


def test_only_running_clocks_that_were_not_acted_on_are_due(store: Store) -> None:
    thread_id = Talk(store).says(0, "Hello")
    rows = [a_clock(1), a_clock(2, met_at=at(3)), a_clock(3, cancelled_at=at(3)), a_clock(4, breached_at=at(60))]
    with store.write() as s:
        clocks.save(s, [(thread_id, row) for row in rows])
    with store.read() as s:
        assert clocks.breaches_due(s, at(59), 10) == []
        assert [each.due_at for each in clocks.breaches_due(s, at(60), 10)] == [at(60)]
        assert len(clocks.warnings_due(s, at(50), 10)) == 2


def test_a_history_of_a_thread_that_is_not_there_is_left_out(store: Store) -> None:
    with store.read() as s:
        assert clocks.histories(s, [ThreadId(99)]) == {}
        assert clocks.histories(s, []) == {}


def test_the_oldest_posted_mentions_are_triaged_first(store: Store) -> None:
    talk = Talk(store)
    talk.says(5, "second", who="a")
    talk.says(1, "first", who="b")
    talk.says(9, "done", who="c", triaged=True)
    with store.read() as s:
        assert [mention.text for mention in triage.untriaged(s, 10)] == ["first", "second"]
        assert (triage.waiting(s), triage.oldest_waiting(s)) == (2, at(1))


def test_reasons_keep_their_order_and_details(store: Store) -> None:
    thread_id = Talk(store).says(0, "Hello")
    given = [Reason(ReasonStep.RULE, "One.", at(1), ("a", "b"), {"n": 1}), Reason(ReasonStep.AREA, "Two.", at(1))]
    with store.write() as s:
        reasons.add(s, [(thread_id, None, each) for each in given])
    with store.read() as s:
        assert list(threads.reasons(s, thread_id)) == given


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda s: clocks.breaches_due(s, at(60), 10), "ix_clock_due"),
        (lambda s: clocks.warnings_due(s, at(60), 10), "ix_clock_warn"),
        (lambda s: triage.untriaged(s, 10), "ix_mention_untriaged"),
    ],
)
def test_what_is_asked_every_second_walks_an_index(
    sqlite_store: Store, ask: Callable[[Session], Any], index: str
) -> None:
    seen: list[tuple[str, Any]] = []
    with sqlite_store.read() as s:
        listener = lambda _c, _u, statement, parameters, *_: seen.append((statement, parameters))  # noqa: E731 - a spy
        event.listen(s.connection.engine, "before_cursor_execute", listener)
        ask(s)
        event.remove(s.connection.engine, "before_cursor_execute", listener)
        statement, parameters = seen[0]
        plan = s.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(parameters)).all()
    assert any(f"USING INDEX {index}" in str(row) for row in plan)
    assert not any("TEMP B-TREE" in str(row) for row in plan)
