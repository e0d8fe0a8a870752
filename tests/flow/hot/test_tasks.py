"""What is to be done in an incident: playbooks, tasks, and telling of late ones once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.flow.hot import by_hand, deciding, tasks
from inbox.model.ids import IncidentId
from inbox.model.incident import Task
from inbox.model.notice import NoticeKind
from inbox.model.people import Employee
from inbox.model.words import Role
from inbox.model.workspace import Workspace
from inbox.store import config, incident_tasks, incidents, notices
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused
from tests.flow.hot.scene import CLARA, WORKSPACE
from tests.support.talk import Talk, at

NOW = at(60)
ADMIN = replace(CLARA, name="adam", full_name="Adam Bell", roles=(Role.ADMIN,))
FIRE = {
    "name": "Fire",
    "kind": ["watched phrase", "by hand"],
    "tasks": [
        {"title": "Call the fire brigade", "within": "5m", "employee": "ana"},
        {"title": "Hold the posts", "within": "10m", "role": "crisis lead"},
        {"title": "Find the batch", "role": "crisis lead"},
    ],
}
BURSTS = {"name": "Bursts", "kind": ["burst"], "tasks": [{"title": "Count"}]}


class Room:
    """An incident opened by hand in a workspace that was given."""

    def __init__(self, store: Store, workspace: Workspace) -> None:
        self.store = store
        Talk(store, workspace)
        self.id, _ = by_hand.open_incident(store, "Smoke", actor="clara", now=NOW)

    def tasks(self) -> list[Task]:
        with self.store.read() as s:
            return incident_tasks.of(s, self.id)

    def task(self, title: str) -> Task:
        return next(each for each in self.tasks() if each.title == title)

    def told(self, name: str) -> list[str]:
        with self.store.read() as s:
            whom = next(each for each in config.load(s).employees if each.name == name)
            return [each.sentence for each in notices.unseen(s, whom.id) if each.kind is NoticeKind.INCIDENT]

    def timeline(self) -> list[str]:
        with self.store.read() as s:
            return [each.text for each in incidents.timeline(s, self.id)]


Open = Callable[..., Room]


@pytest.fixture
def open_room(store: Store) -> Open:
    def made(*playbooks: dict[str, object], staff: tuple[Employee, ...] = WORKSPACE.employees) -> Room:
        return Room(store, replace(WORKSPACE, playbooks=playbooks, employees=staff))

    return made


def test_a_confirmed_incident_begins_with_the_first_playbook_for_its_kind(open_room: Open) -> None:
    room = open_room(BURSTS, FIRE)
    assert [(each.title, each.assignee, each.due_at) for each in room.tasks()] == [
        ("Call the fire brigade", "ana", NOW + timedelta(minutes=5)),
        ("Hold the posts", "clara", NOW + timedelta(minutes=10)),
        ("Find the batch", "clara", None),
    ]


def test_without_a_playbook_in_the_file_there_are_the_usual_tasks(open_room: Open) -> None:
    room = open_room()
    assert room.tasks()[0].title == "Find out what happened from those who know"
    assert {each.assignee for each in room.tasks()} == {"clara"}


def test_a_suspected_one_gets_its_tasks_when_it_is_confirmed_and_only_once(open_room: Open) -> None:
    room = open_room(FIRE)
    with room.store.write() as s:
        for each in incident_tasks.of(s, room.id):
            incident_tasks.remove(s, each.id)
        incidents.change(s, room.id, {"state": "suspected"})
    deciding.confirm(room.store, room.id, actor="clara", now=NOW)
    assert len(room.tasks()) == 3
    deciding.close(room.store, room.id, actor="clara", now=NOW)
    deciding.reopen(room.store, room.id, actor="clara", now=NOW)
    assert len(room.tasks()) == 3


def test_a_playbook_is_copied_in_by_hand_without_what_is_there(open_room: Open) -> None:
    room = open_room(FIRE, BURSTS)
    done = tasks.follow(room.store, room.id, "bursts", actor="clara", now=NOW)
    assert done.sentence == "1 task of the playbook “Bursts” put on the list."
    assert room.tasks()[-1].title == "Count"
    assert (
        tasks.follow(room.store, room.id, actor="clara", now=NOW).sentence == "All tasks of “Fire” are there already."
    )
    with pytest.raises(NotFound, match="There are: Fire, Bursts"):
        tasks.follow(room.store, room.id, "water", actor="clara", now=NOW)


def test_work_of_a_role_goes_round_among_those_on_shift(open_room: Open) -> None:
    dora = replace(CLARA, name="dora", full_name="Dora Keen")
    gone = replace(CLARA, name="bert", full_name="Bert Ohm", shifts={})
    room = open_room(FIRE, staff=(CLARA, dora, gone, WORKSPACE.employees[1]))
    assert [each.assignee for each in room.tasks()] == ["ana", "clara", "dora"]


def test_a_task_is_added_given_put_off_ticked_off_and_back(open_room: Open) -> None:
    room = open_room(BURSTS)
    number = tasks.add(room.store, room.id, "  Ring the\nmaker ", actor="clara", now=NOW).task_id or 0
    tasks.assign(room.store, room.id, number, "ana", actor="clara", now=NOW)
    tasks.put_off(room.store, room.id, number, at(70), actor="clara", now=NOW)
    tasks.tick(room.store, room.id, number, actor="ana", now=at(75))
    found = room.task("Ring the maker")
    assert (found.assignee, found.due_at, found.done_at, found.done_by) == ("ana", at(70), at(75), "ana")
    assert room.timeline()[0] == "Done: Ring the maker, 5 min late"
    again = tasks.tick(room.store, room.id, number, actor="clara", now=at(76))
    assert again.sentence == "“Ring the maker” was ticked off by Ana already."
    assert room.task("Ring the maker").done_at == at(75)
    tasks.untick(room.store, room.id, number, actor="clara", now=at(77))
    assert room.task("Ring the maker").done_at is None


def test_a_removed_task_comes_back_where_it_stood(open_room: Open) -> None:
    room = open_room(FIRE)
    before = [each.title for each in room.tasks()]
    done = tasks.remove(room.store, room.id, room.tasks()[1].id, actor="clara", now=NOW)
    assert [each.title for each in room.tasks()] == [before[0], before[2]]
    assert done.undo is not None
    tasks.restore(room.store, done.undo, actor="clara", now=NOW)
    assert [each.title for each in room.tasks()] == before


def test_what_cannot_be_done_is_said(open_room: Open) -> None:
    room = open_room(FIRE)
    with pytest.raises(Refused, match="Say what is to be done"):
        tasks.add(room.store, room.id, " ", actor="clara", now=NOW)
    with pytest.raises(NotFound, match="no employee “zoe”"):
        tasks.assign(room.store, room.id, room.tasks()[0].id, "zoe", actor="clara", now=NOW)
    with pytest.raises(NotFound, match="has no task 999"):
        tasks.tick(room.store, room.id, 999, actor="clara", now=NOW)
    with pytest.raises(NotFound, match="no incident 99"):
        tasks.add(room.store, IncidentId(99), "Look", actor="clara", now=NOW)
    deciding.close(room.store, room.id, actor="clara", now=NOW)
    with pytest.raises(Refused, match="is closed already"):
        tasks.tick(room.store, room.id, room.tasks()[0].id, actor="clara", now=NOW)


def test_a_late_task_is_told_of_once_to_whom_it_is_for(open_room: Open) -> None:
    room = open_room(FIRE)
    tasks.tell_late(room.store, NOW + timedelta(minutes=4))
    assert room.told("ana") == []
    for minutes in (5, 6, 7):
        tasks.tell_late(room.store, NOW + timedelta(minutes=minutes))
    assert room.told("ana") == ["Late: “Call the fire brigade” in “Smoke”."]
    assert room.told("clara") == []
    tasks.tick(room.store, room.id, room.task("Call the fire brigade").id, actor="ana", now=NOW)
    assert room.told("ana") == []


def test_a_late_task_of_nobody_is_told_to_the_owner_else_to_the_crisis_leads(open_room: Open) -> None:
    late = {"name": "p", "tasks": [{"title": "Look", "within": "1m"}]}
    room = open_room(late, staff=(*WORKSPACE.employees, ADMIN))
    tasks.tell_late(room.store, NOW + timedelta(minutes=1))
    assert (room.told("clara"), room.told("ana"), room.told("adam")) == (["Late: “Look” in “Smoke”."], [], [])
    deciding.own(room.store, room.id, "ana", actor="clara", now=NOW)
    tasks.put_off(room.store, room.id, room.tasks()[0].id, NOW + timedelta(minutes=9), actor="ana", now=NOW)
    tasks.tell_late(room.store, NOW + timedelta(minutes=9))
    assert room.told("ana") == ["Late: “Look” in “Smoke”."]
    assert len(room.told("clara")) == 1


def test_nobody_is_told_of_what_is_done_or_of_an_incident_that_is_over(open_room: Open) -> None:
    room = open_room(FIRE)
    tasks.tick(room.store, room.id, room.tasks()[0].id, actor="ana", now=NOW)
    deciding.close(room.store, room.id, actor="clara", now=NOW)
    tasks.tell_late(room.store, NOW + timedelta(hours=1))
    assert (room.told("ana"), room.told("clara")) == ([], [])
