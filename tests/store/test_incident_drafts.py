"""What somebody writes in an incident's room is there again after a crash: for each person, incident and kind."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox.flow.hot import by_hand
from inbox.model.ids import EmployeeId, IncidentId
from inbox.store import incident_drafts
from inbox.store.engine import Store
from inbox.store.incident_drafts import RoomDraft, RoomDraftKind
from tests.support.desk import staffed

NOON = datetime(2026, 5, 11, 12, tzinfo=UTC)
NOTE, UPDATE = RoomDraftKind.NOTE, RoomDraftKind.UPDATE


def people(store: Store) -> dict[str, EmployeeId]:
    return {each.name: each.id for each in staffed(store).employees}


def opened(store: Store, title: str) -> IncidentId:
    return by_hand.open_incident(store, title, actor="ana", now=NOON)[0]


def test_drafts_are_kept_apart_by_person_incident_and_kind(store: Store) -> None:
    staff = people(store)
    first, second = opened(store, "Smoke"), opened(store, "Storm")
    kept = [
        RoomDraft(first, staff["ana"], NOTE, "Called the duty manager", NOON),
        RoomDraft(first, staff["ana"], UPDATE, "Everybody is out", NOON),
        RoomDraft(first, staff["ben"], NOTE, "Ask Legal", NOON),
        RoomDraft(second, staff["ana"], NOTE, "Six flights", NOON),
    ]
    for each in kept:
        with store.write() as s:
            incident_drafts.save(s, each)
    with store.read() as s:
        assert [incident_drafts.get(s, each.incident_id, each.employee_id, each.kind) for each in kept] == kept
        assert incident_drafts.of(s, first, staff["ana"]) == {NOTE: kept[0], UPDATE: kept[1]}
        assert incident_drafts.get(s, second, staff["ben"], NOTE) is None


@pytest.mark.parametrize("text", ["", "  \n"])
def test_the_newest_words_stand_and_empty_ones_are_no_draft(store: Store, text: str) -> None:
    ana = people(store)["ana"]
    number = opened(store, "Smoke")
    for words in ("We know", "We know about it"):
        with store.write() as s:
            incident_drafts.save(s, RoomDraft(number, ana, RoomDraftKind.STATEMENT, words, NOON))
    with store.read() as s:
        found = incident_drafts.get(s, number, ana, RoomDraftKind.STATEMENT)
    assert found is not None
    assert found.text == "We know about it"
    with store.write() as s:
        incident_drafts.save(s, RoomDraft(number, ana, RoomDraftKind.STATEMENT, text, NOON + timedelta(minutes=1)))
    with store.read() as s:
        assert incident_drafts.of(s, number, ana) == {}


def test_a_draft_that_became_what_it_was_to_be_is_gone(store: Store) -> None:
    ana = people(store)["ana"]
    number = opened(store, "Smoke")
    with store.write() as s:
        incident_drafts.save(s, RoomDraft(number, ana, RoomDraftKind.REPLY, "Dear {name}", NOON))
        incident_drafts.save(s, RoomDraft(number, ana, NOTE, "Ask Legal", NOON))
        incident_drafts.drop(s, number, ana, RoomDraftKind.REPLY)
    with store.read() as s:
        assert set(incident_drafts.of(s, number, ana)) == {NOTE}
