"""What people decide about an incident holds, is told, and can be taken back."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from inbox.flow.hot import by_hand, deciding
from inbox.model.ids import IncidentId, ThreadId
from inbox.model.incident import Incident, IncidentState, Severity
from inbox.store import decisions, hot, incidents, threads
from inbox.store.engine import Store, open_store
from inbox.store.errors import LostRace, NotFound, Refused
from tests.flow.hot.scene import END, WORKSPACE, bring, complaints, configure, days, watch
from tests.support.talk import START, Talk, at

NOW = at(60)


class Room:
    """Two threads, and an incident that holds the first."""

    def __init__(self, store: Store) -> None:
        self.store = store
        talk = Talk(store, WORKSPACE)
        self.first, self.second = talk.says(0, "charged twice", who="a"), talk.says(5, "me too", who="b")
        self.id, _ = by_hand.open_incident(store, "Double charges", [self.first], actor="clara", now=NOW)

    @property
    def now(self) -> Incident:
        with self.store.read() as s:
            found = incidents.get(s, self.id)
        assert found is not None
        return found

    def held(self) -> list[ThreadId]:
        with self.store.read() as s:
            return sorted(incidents.threads(s, self.id))

    def shown(self, thread: ThreadId) -> str | None:
        with self.store.read() as s:
            return threads.rows(s, [thread])[0].incident

    def told(self) -> list[str]:
        with self.store.read() as s:
            return [each.text for each in incidents.timeline(s, self.id)]


@pytest.fixture
def room(store: Store) -> Room:
    return Room(store)


def test_one_opened_by_hand_is_confirmed_and_began_with_its_first_thread(room: Room) -> None:
    found = room.now
    assert (found.state, found.opened_by, found.acknowledged_by) == (IncidentState.CONFIRMED, "clara", "clara")
    assert (found.began_at, found.opened_at) == (START, NOW)
    assert room.held() == [room.first]
    assert room.shown(room.first) == "Double charges"


def test_it_is_contained_and_closed_and_its_threads_show_it_no_more(room: Room) -> None:
    deciding.contain(room.store, room.id, actor="clara", now=NOW)
    deciding.close(room.store, room.id, actor="clara", now=NOW + timedelta(hours=1))
    assert (room.now.state, room.now.closed_at) == (IncidentState.CLOSED, NOW + timedelta(hours=1))
    assert room.shown(room.first) is None
    assert room.told()[:2] == ["Closed by Clara.", "Contained by Clara."]
    deciding.reopen(room.store, room.id, actor="clara", now=NOW + timedelta(hours=2))
    assert (room.now.state, room.now.closed_at) == (IncidentState.CONFIRMED, None)
    assert room.shown(room.first) == "Double charges"


def test_threads_go_in_and_out_by_hand_and_that_can_be_taken_back(room: Room) -> None:
    done = deciding.put(room.store, room.id, [room.second], actor="clara", now=NOW)
    assert done.sentence == "1 thread put into “Double charges”."
    assert room.held() == [room.first, room.second]
    assert done.undo is not None
    deciding.undo_incident(room.store, done.undo, actor="clara", now=NOW)
    assert room.held() == [room.first]
    assert room.shown(room.second) is None
    taken = deciding.take(room.store, room.id, [room.first], actor="clara", now=NOW)
    assert room.held() == []
    assert taken.undo is not None
    deciding.undo_incident(room.store, taken.undo, actor="clara", now=NOW)
    assert room.held() == [room.first]


def test_a_decision_is_not_taken_back_over_a_later_one(room: Room) -> None:
    done = deciding.set_severity(room.store, room.id, Severity.HIGH, actor="clara", now=NOW)
    deciding.own(room.store, room.id, "ana", actor="clara", now=NOW)
    assert done.undo is not None
    with pytest.raises(LostRace, match="Something else was decided"):
        deciding.undo_incident(room.store, done.undo, actor="clara", now=NOW)
    assert (room.now.severity, room.now.owner) == (Severity.HIGH, "ana")


def test_a_lost_race_names_who_was_quicker(room: Room) -> None:
    seen = room.now.version
    deciding.own(room.store, room.id, "ana", actor="clara", now=NOW)
    with pytest.raises(LostRace, match="Clara changed “Double charges” meanwhile"):
        deciding.close(room.store, room.id, actor="ana", now=NOW, expect=seen)
    assert room.now.state is IncidentState.CONFIRMED


def test_a_lost_race_is_put_down_to_a_decision_and_never_to_a_note_or_the_detector(room: Room) -> None:
    first = room.now.version
    with pytest.raises(LostRace, match=rf"is of another version \({first}\)\. Nothing was changed"):
        deciding.close(room.store, room.id, actor="ana", now=NOW, expect=first + 7)
    deciding.own(room.store, room.id, "ana", actor="clara", now=NOW)
    deciding.note(room.store, room.id, "Hello", actor="ana", now=NOW)
    with pytest.raises(LostRace, match=r"^Clara changed .* meanwhile \(Ana Ruiz owns it\)"):
        deciding.close(room.store, room.id, actor="sam", now=NOW, expect=first)


def test_a_name_with_quotation_marks_has_single_ones_in_a_sentence(room: Room) -> None:
    deciding.rename(room.store, room.id, "“charged twice” (Air)", actor="clara", now=NOW)
    done = deciding.contain(room.store, room.id, actor="clara", now=NOW)
    assert done.sentence == "“\u2018charged twice\u2019 (Air)” is contained."
    assert room.now.title == "“charged twice” (Air)"


def test_a_new_name_is_shown_by_its_threads(room: Room) -> None:
    deciding.rename(room.store, room.id, "  Fare   sale ", actor="clara", now=NOW)
    assert room.shown(room.first) == "Fare sale"
    with pytest.raises(Refused, match="needs a name"):
        deciding.rename(room.store, room.id, "  ", actor="clara", now=NOW)


def test_merging_moves_the_threads(room: Room) -> None:
    other, _ = by_hand.open_incident(room.store, "Refunds", [room.second], actor="clara", now=NOW)
    deciding.merge(room.store, other, room.id, actor="clara", now=NOW)
    assert room.held() == [room.first, room.second]
    assert room.shown(room.second) == "Double charges"
    with room.store.read() as s:
        gone = incidents.get(s, other)
    assert gone is not None
    assert gone.state is IncidentState.MERGED
    with pytest.raises(Refused, match="merged already"):
        deciding.close(room.store, other, actor="clara", now=NOW)


def state_of(room: Room, number: IncidentId) -> IncidentState:
    with room.store.read() as s:
        found = incidents.get(s, number)
    assert found is not None
    return found.state


def test_a_merge_is_taken_back_with_just_the_threads_that_came_by_it(room: Room) -> None:
    other, _ = by_hand.open_incident(room.store, "Refunds", [room.first, room.second], actor="clara", now=NOW)
    deciding.contain(room.store, other, actor="clara", now=NOW)
    before = room.now
    done = deciding.merge(room.store, other, room.id, actor="clara", now=NOW)
    assert done.undo is not None
    back = deciding.undo_incident(room.store, done.undo, actor="clara", now=NOW)
    assert back.sentence == "“Refunds” is an incident of its own again."
    # The first was in both before.
    assert room.held() == [room.first]
    assert state_of(room, other) is IncidentState.CONTAINED
    assert (room.now.began_at, room.now.terms) == (before.began_at, before.terms)
    assert {room.shown(each) for each in (room.first, room.second)} == {"Refunds"}
    assert room.told()[0] == "“Refunds” was taken out again, with 1 thread."
    with room.store.read() as s:
        assert incidents.timeline(s, other)[0].text == "Taken out of “Double charges” again."
        held = incidents.threads(s, other)
        # What left may match again, unlike what a person took out.
    assert sorted(held) == [room.first, room.second]
    deciding.merge(room.store, other, room.id, actor="clara", now=NOW)
    assert room.held() == [room.first, room.second]


def test_a_merge_is_taken_back_later_also_when_the_other_went_on(room: Room) -> None:
    other, _ = by_hand.open_incident(room.store, "Refunds", [room.second], actor="clara", now=NOW)
    deciding.merge(room.store, other, room.id, actor="clara", now=NOW)
    deciding.set_severity(room.store, room.id, Severity.HIGH, actor="clara", now=NOW)
    deciding.unmerge(room.store, other, actor="ana", now=NOW + timedelta(hours=2))
    assert state_of(room, other) is IncidentState.CONFIRMED
    assert room.held() == [room.first]
    assert room.now.severity is Severity.HIGH
    with pytest.raises(Refused, match="still open"):
        deciding.unmerge(room.store, other, actor="ana", now=NOW)


def test_what_went_on_into_a_third_is_taken_out_of_that_first(room: Room) -> None:
    second, _ = by_hand.open_incident(room.store, "Refunds", [room.second], actor="clara", now=NOW)
    third, _ = by_hand.open_incident(room.store, "Cards", actor="clara", now=NOW)
    deciding.merge(room.store, second, room.id, actor="clara", now=NOW)
    deciding.merge(room.store, room.id, third, actor="clara", now=NOW)
    with pytest.raises(LostRace, match="Take that one out first"):
        deciding.unmerge(room.store, second, actor="clara", now=NOW)
    deciding.unmerge(room.store, room.id, actor="clara", now=NOW)
    deciding.unmerge(room.store, second, actor="clara", now=NOW)
    assert room.held() == [room.first]


def test_one_that_was_closed_is_no_part_of_another(room: Room) -> None:
    deciding.close(room.store, room.id, actor="clara", now=NOW)
    with pytest.raises(Refused, match="not part of another"):
        deciding.unmerge(room.store, room.id, actor="clara", now=NOW)


def test_notes_and_updates_stand_on_the_timeline(room: Room) -> None:
    deciding.note(room.store, room.id, "Payments look into it", actor="ana", now=NOW)
    deciding.update(room.store, room.id, "Refunds begin at noon", actor="clara", now=NOW)
    assert room.told()[:2] == ["Refunds begin at noon", "Payments look into it"]
    with pytest.raises(Refused, match="nothing in it"):
        deciding.note(room.store, room.id, " ", actor="ana", now=NOW)


def test_what_is_not_there_is_said(room: Room) -> None:
    with pytest.raises(NotFound, match="no incident 99"):
        deciding.close(room.store, IncidentId(99), actor="clara", now=NOW)
    with pytest.raises(NotFound, match="no thread 99"):
        deciding.put(room.store, room.id, [ThreadId(99)], actor="clara", now=NOW)
    with pytest.raises(NotFound, match="no employee"):
        deciding.own(room.store, room.id, "zoe", actor="clara", now=NOW)


def test_a_dismissed_matter_is_quiet_for_a_week_and_not_for_ever(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, [*days(), *complaints()])
    watch(store)
    with store.read() as s:
        (found,) = [each for each in incidents.newest(s) if "charged" in each.terms]
    deciding.dismiss(store, found.id, actor="clara", now=END)
    with store.read() as s:
        assert [(each.kind, each.was_real) for each in hot.lessons(s)] == [("cluster", False)]
    bring(store, tmp_path, complaints(begin=END + timedelta(days=1), mark="d"))
    watch(store)
    with store.read() as s:
        assert [each.id for each in incidents.newest(s) if "charged" in each.terms] == [found.id]
    bring(store, tmp_path, complaints(14, begin=END + timedelta(days=7, hours=8), mark="e"))
    watch(store)
    with store.read() as s:
        again = [each.began_at for each in incidents.newest(s) if "charged" in each.terms and each.id != found.id]
    assert again == [END + timedelta(days=7, hours=8)]


def test_threads_are_taken_in_the_order_of_every_decision_so_that_nobody_waits_in_a_circle(store: Store) -> None:
    if store.kind == "sqlite":
        pytest.skip("it has one writer")
    talk = Talk(store, WORKSPACE)
    first, second = talk.says(0, "charged twice", who="a"), talk.says(1, "me too", who="b")
    talk.set(first, status="open")  # its row moves behind the other's
    waits = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )

    def show() -> None:
        with contextlib.closing(open_store(store.address)) as mine, mine.write() as s:
            incidents.show(s, [second, first])

    with ThreadPoolExecutor(1) as pool:
        with store.write() as s:
            decisions.states(s, [first])
            shown = pool.submit(show)
            for _ in range(5_000):
                if s.scalar(waits):
                    break
                s.execute(text("SELECT pg_stat_clear_snapshot()"))
            decisions.states(s, [second])
        shown.result()


def test_an_incident_of_very_many_threads_can_be_closed(store: Store) -> None:
    many = [ThreadId(each) for each in range(1, 70_000)]
    with store.write() as s:
        incidents.show(s, many)
        assert incidents.release(s, IncidentId(1), many, NOW) == []
