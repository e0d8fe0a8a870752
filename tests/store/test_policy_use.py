"""The clocks under each policy are counted from indexes alone, however many clocks there are."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from inbox.store import policy_use
from inbox.store.engine import Store
from inbox.store.policy_use import Use
from inbox.store.schema import clock
from tests.support.talk import Talk

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


def furnish(store: Store) -> None:
    talk = Talk(store)
    thread_id = talk.says(0, "Hello?")
    rows = []
    for number in range(60):
        ended = NOW if number % 3 == 0 else None
        late = NOW - timedelta(days=number) if number % 2 else None
        rows.append(
            {
                "thread_id": thread_id,
                "metric": "first",
                "cycle": number,
                "started_at": NOW,
                "due_at": None if number % 5 == 0 else NOW,
                "met_at": ended,
                "breached_at": late,
                "policy": ("fast", "slow", None)[number % 3],
            }
        )
    with store.write() as s:
        s.execute(insert(clock), rows)


def test_what_runs_towards_a_deadline_and_what_was_late_lately_is_counted(store: Store) -> None:
    furnish(store)
    with store.read() as s:
        found = policy_use.in_use(s, NOW - WEEK)
    assert found["slow"] == Use(16, 2)
    assert found["fast"] == Use(0, 1)


def test_both_counts_are_read_from_indexes_alone(store: Store) -> None:
    furnish(store)
    with store.read() as s:
        if s.kind != "sqlite":
            return
        compiled = policy_use._USE.compile(dialect=s.connection.dialect)
        plan = s.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", (0, 0, 0))
        said = " ".join(str(row) for row in plan)
    assert "COVERING INDEX ix_clock_policy" in said
    assert "COVERING INDEX ix_clock_breached" in said
