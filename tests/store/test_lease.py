"""One collector for each workspace."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from inbox.store import lease
from inbox.store.engine import Store
from inbox.store.lease import Holder
from inbox.store.schema import lease as table

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def acquire(store: Store, me: Holder, now: datetime = NOON, stale: Holder | None = None) -> Holder | None:
    with store.write() as s:
        return lease.acquire(s, me, now, stale=stale)


def elsewhere() -> Holder:
    """A holder on another machine, about whose processes nothing can be known."""
    return replace(lease.this_process(), machine="other", world="other/1")


def test_a_second_collector_is_told_who_holds_the_lease(store: Store) -> None:
    first = lease.this_process()
    assert acquire(store, first) is None
    holder = acquire(store, lease.this_process())
    assert holder is not None
    assert holder.token == first.token
    assert f"process {first.pid}" in holder.sentence


def test_a_lease_given_back_is_free(store: Store) -> None:
    first = lease.this_process()
    acquire(store, first)
    with store.write() as s:
        lease.release(s, first)
    assert acquire(store, lease.this_process()) is None


@pytest.mark.parametrize("hours", [-1, 1, 48])
def test_a_living_process_keeps_its_lease_whatever_the_clock_says(store: Store, hours: int) -> None:
    acquire(store, lease.this_process())
    assert acquire(store, lease.this_process(), NOON + timedelta(hours=hours)) is not None


def test_a_dead_process_loses_its_lease_at_once(store: Store) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    dead = replace(lease.this_process(), pid=child.pid, started=lease._started(child.pid) or "")
    acquire(store, dead)
    assert acquire(store, lease.this_process()) is not None
    child.kill()
    child.wait()
    assert acquire(store, lease.this_process(), NOON - timedelta(hours=1)) is None


def test_a_later_process_of_the_same_number_does_not_hold_it(store: Store) -> None:
    acquire(store, replace(lease.this_process(), started="1"))
    assert acquire(store, lease.this_process()) is None


def test_a_lease_from_before_the_machine_was_started_anew_is_free(store: Store) -> None:
    acquire(store, replace(lease.this_process(), world="earlier boot/1"))
    assert acquire(store, lease.this_process()) is None


def test_on_a_file_a_foreign_holder_is_only_taken_over_when_its_beat_stood_still(sqlite_store: Store) -> None:
    other = elsewhere()
    acquire(sqlite_store, other)
    seen = acquire(sqlite_store, lease.this_process(), NOON + timedelta(hours=1))
    assert seen is not None
    with sqlite_store.write() as s:
        lease.beat(s, other, NOON + timedelta(seconds=5))
    moved = acquire(sqlite_store, lease.this_process(), stale=seen)
    assert moved is not None
    assert acquire(sqlite_store, lease.this_process(), stale=moved) is None


def test_on_a_server_a_foreign_holder_is_judged_by_the_servers_clock(store: Store) -> None:
    if store.kind == "sqlite":
        pytest.skip("a file has no clock of its own")
    other = elsewhere()
    acquire(store, other, NOON - timedelta(days=1000))
    assert acquire(store, lease.this_process(), NOON + timedelta(days=1000)) is not None
    with store.write() as s:
        past = s.scalar(select(table.c.expires_at)) - timedelta(seconds=40)
        s.execute(table.update().values(expires_at=past))
    assert acquire(store, lease.this_process(), NOON - timedelta(days=1000)) is None


def test_who_lost_the_lease_learns_it_at_the_next_beat(store: Store) -> None:
    first, second = replace(lease.this_process(), started="1"), lease.this_process()
    acquire(store, first)
    acquire(store, second)
    with store.write() as s:
        assert not lease.beat(s, first, NOON)
        assert not lease.held_by(s, first)
        assert lease.beat(s, second, NOON)
        lease.release(s, first)
        assert lease.held_by(s, second)


def test_a_desktop_sees_whether_a_collector_runs(store: Store) -> None:
    with store.read() as s:
        assert lease.living(s, NOON) is None
    me = lease.this_process()
    acquire(store, me)
    with store.read() as s:
        found = lease.living(s, NOON)
    assert found is not None
    assert found.token == me.token
