"""A replayed file in a workspace with people: each thread goes to who was there when it was written."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy import select

from inbox.flow.import_ import import_files
from inbox.flow.replay_assignments import replay
from inbox.model.people import Interval, Week
from inbox.store.engine import Store
from inbox.store.schema import employee, thread
from tests.support.desk import NOON, person, staffed

MORNING: Week = {"mon": (Interval(time(8), time(12)),)}
AFTERNOON: Week = {"mon": (Interval(time(12), time(18)),)}


def _bring(store: Store, folder: Path, *hours: float) -> None:
    file = folder / "m.jsonl"
    start = NOON.replace(hour=0)
    lines = [_line(f"a{place}", start + timedelta(hours=hour)) for place, hour in enumerate(hours)]
    file.write_text("\n".join(json.dumps(line) for line in lines))
    import_files(store, [file], replay=True, now=NOON + timedelta(days=30))


def _line(who: str, at: datetime) -> dict[str, object]:
    author = {"id": who, "handle": who}
    text = "Why was my invoice wrong?"
    return {"network": "x", "id": who, "account": "Air", "author": author, "text": text, "created_at": at.isoformat()}


def _given(store: Store) -> list[tuple[str | None, datetime | None]]:
    query = select(employee.c.name, thread.c.assigned_at).select_from(
        thread.outerjoin(employee, employee.c.id == thread.c.assignee_id)
    )
    with store.read() as s:
        return [(row.name, row.assigned_at) for row in s.execute(query.order_by(thread.c.first_mention_at))]


def test_each_thread_goes_to_who_was_on_shift_when_it_was_written(store: Store, tmp_path: Path) -> None:
    staffed(store, person("ana", "Unsorted", shifts=MORNING), person("ben", "Unsorted", shifts=AFTERNOON))
    _bring(store, tmp_path, 7, 9, 11, 13, 17, 23)
    start = NOON.replace(hour=0)
    # What came before the shift waits for it, and goes out before what comes then.
    assert _given(store) == [
        ("ana", start + timedelta(hours=9)),
        ("ana", start + timedelta(hours=9)),
        ("ana", start + timedelta(hours=11)),
        ("ben", start + timedelta(hours=13)),
        ("ben", start + timedelta(hours=17)),
        (None, None),
    ]


def test_a_replay_fills_people_up_to_their_capacity_in_the_order_of_time(store: Store, tmp_path: Path) -> None:
    staffed(store, person("ana", "Unsorted", capacity=2))
    _bring(store, tmp_path, 12, 13, 14)
    assert [name for name, _ in _given(store)] == ["ana", "ana", None]


def test_assignments_of_a_replay_are_decided_again_alike(store: Store, tmp_path: Path) -> None:
    staffed(store, person("ana", "Unsorted"), person("ben", "Unsorted", shifts=AFTERNOON))
    _bring(store, tmp_path, *(8 + place / 10 for place in range(80)))
    again = replay(store, NOON - timedelta(days=1), NOON + timedelta(days=1))
    assert (again.decisions, again.same) == (80, 80)
