"""Who is away is given nothing, and gives back what they have."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.flow import assign, away, triage
from inbox.model.ids import AreaId, EmployeeId, ThreadId
from inbox.model.people import Area, Employee
from inbox.model.workspace import Workspace
from inbox.store import people, threads
from inbox.store.engine import Store
from inbox.store.errors import NotFound
from tests.support.talk import Talk, at

ANA = Employee(EmployeeId(0), "ana", "Ana Ruiz", areas=("Baggage",))
WORKSPACE = Workspace(
    areas=(Area(AreaId(0), "Baggage", ("suitcase",)),), employees=(ANA, replace(ANA, name="ben", full_name="Ben Adu"))
)


def test_the_threads_of_who_says_away_go_to_others_and_back_is_back(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?")
    triage.triage_pending(store, now=at(1))
    assert _assignee(store, thread_id) == "ana"
    done = away.mark(store, "ana", away=True, actor="ana", now=at(2))
    assert done.sentence == "Ana is away. Their threads go back to the queue."
    assert "people" in done.change.topics
    assign.drain(store, at(2) + timedelta(seconds=1))
    assert _assignee(store, thread_id) == "ben"
    assert away.mark(store, "Ana", away=False, actor="ana", now=at(3)).sentence == "Ana is back."
    with store.read() as s:
        assert not people.employee(s, "ana").away


def test_what_is_so_already_is_said_and_changes_nothing(store: Store) -> None:
    Talk(store, WORKSPACE)
    done = away.mark(store, "ana", away=False, actor="ana", now=at(2))
    assert done.sentence == "Ana is here already."
    assert not done.change.topics
    with pytest.raises(NotFound, match="There is no employee “zoe”"):
        away.mark(store, "zoe", away=True, actor="ana", now=at(2))


def _assignee(store: Store, thread_id: ThreadId) -> str | None:
    with store.read() as s:
        return threads.get(s, thread_id).row.assignee
