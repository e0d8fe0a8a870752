"""Assignments are decided again from the audit trail alone, and come out the same."""

from dataclasses import replace
from datetime import date, time, timedelta

from sqlalchemy import select

from inbox.flow import assign, decide
from inbox.flow.assign_inputs import packed, unpacked
from inbox.flow.replay_assignments import replay
from inbox.model.people import Interval, Week
from inbox.model.words import CloseReason
from inbox.store import config, people
from inbox.store.engine import Store
from inbox.store.schema import audit
from tests.support.desk import NOON, person, replied, staffed, waiting_thread

LATER = NOON + timedelta(minutes=5)
MORNING: Week = {"mon": (Interval(time(8), time(13)),)}


def busy_day(store: Store) -> int:
    """Threads given out by every step of the choice; how many assignments that were."""
    staff = (
        replace(person("ana", "Billing", capacity=3), skills=("es",)),
        person("ben", "Billing", "Baggage", shifts=MORNING),
        replace(person("cem", "Billing"), certified_until=date(2026, 3, 1)),
        replace(person("dora", "Billing"), certified_until=date(2026, 3, 2)),
        person("uri", "Unsorted"),
    )
    staffed(store, *staff, return_after=timedelta(minutes=2))
    for number in range(8):
        waiting_thread(store, "Billing" if number % 2 else "Baggage", who=f"k{number}")
    known = waiting_thread(store, who="kim")
    replied(store, known, "dora")
    waiting_thread(store, None, who="nobody")
    assign.drain(store, NOON)
    decide.close(store, [known], CloseReason.ANSWERED, actor="dora", now=NOON)
    with store.write() as s:
        people.set_away(s, "dora", away=True, actor="dora", now=LATER)
    assign.drain(store, LATER)
    waiting_thread(store, who="kim", at=LATER)
    assign.drain(store, LATER + timedelta(hours=1))
    with store.read() as s:
        return len(s.execute(select(audit.c.id).where(audit.c.action == "assign")).all())


def test_every_assignment_comes_out_the_same_from_the_audit_alone(store: Store) -> None:
    made = busy_day(store)
    with store.write() as s:
        # What the workspace has become since does not matter.
        config.save(s, replace(config.load(s), employees=()), "command", LATER)
    done = replay(store, NOON, LATER + timedelta(days=1))
    assert done.different == []
    assert done.decisions == done.same == made > 15


def test_an_assignment_that_would_come_out_otherwise_is_named(store: Store) -> None:
    staffed(store, person("ana", "Billing"), person("ben", "Billing"))
    thread_id = waiting_thread(store)
    assign.drain(store, NOON)
    with store.write() as s:
        row = s.execute(select(audit).where(audit.c.action == "assign")).one()
        s.execute(audit.update().where(audit.c.id == row.id).values(details={**row.details, "employee": "ben"}))
    done = replay(store, NOON, LATER)
    (only,) = done.different
    assert (only.thread, only.was, only.now, done.same) == (thread_id, "ben", "ana", 0)


def test_inputs_that_cannot_be_read_are_named_and_the_rest_goes_on(store: Store) -> None:
    staffed(store)
    first = waiting_thread(store)
    waiting_thread(store, who="lee")
    assign.drain(store, NOON)
    with store.write() as s:
        row = s.execute(select(audit).where(audit.c.action == "assign").order_by(audit.c.id)).first()
        assert row is not None
        s.execute(audit.update().where(audit.c.id == row.id).values(details={**row.details, "inputs": {"area": 1}}))
    done = replay(store, NOON, LATER)
    assert (done.decisions, done.same) == (2, 1)
    assert done.different[0].thread == first
    assert "cannot be read" in done.different[0].sentence


def test_only_the_time_asked_for_is_replayed(store: Store) -> None:
    staffed(store)
    waiting_thread(store)
    assign.drain(store, NOON)
    assert replay(store, LATER, LATER + timedelta(hours=1)).decisions == 0


def test_what_is_packed_is_unpacked_to_the_same(store: Store) -> None:
    busy_day(store)
    with store.read() as s:
        rows = s.execute(select(audit.c.details).where(audit.c.action == "assign")).scalars().all()
    for details in rows:
        if "inputs" in details:
            assert packed(unpacked(details["inputs"])) == details["inputs"]


def test_the_audit_tells_who_was_away_off_shift_and_without_certificate(store: Store) -> None:
    night: Week = {"mon": (Interval(time(22), time(6)),)}
    ended = replace(person("dan", "Billing"), certified_until=date(2026, 3, 1))
    staffed(store, person("ana", "Billing"), person("ben", "Billing"), person("cem", "Billing", shifts=night), ended)
    with store.write() as s:
        people.set_away(s, "ben", away=True, actor="ben", now=NOON)
    waiting_thread(store)
    assign.drain(store, NOON)
    with store.read() as s:
        (details,) = s.execute(select(audit.c.details).where(audit.c.action == "assign")).scalars()
    assert details["inputs"] == {
        "at": NOON.isoformat(),
        "area": "Billing",
        "skills": [],
        "spoke": None,
        "staff": [
            ["ana", "sc", 0, None, None, []],
            ["ben", "ac", 0, None, None, []],
            ["cem", "c", 0, None, None, []],
            ["dan", "s", 0, None, None, []],
        ],
    }
