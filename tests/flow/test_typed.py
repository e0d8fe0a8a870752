"""A control character that came with a pasted text stops nobody's work, on either engine: it is left out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inbox.flow import campaigns as announced
from inbox.flow import holds, marking, reply, search
from inbox.flow.entries import BadEntry
from inbox.flow.escalate import raising
from inbox.flow.hot import bulk, by_hand, deciding, statements, tasks
from inbox.flow.rules import save_rule
from inbox.model.ids import IncidentId
from inbox.model.words import DraftKind
from inbox.model.workspace import Rule, Then, When
from inbox.store import campaigns, drafts, escalations, incident_drafts, incident_tasks, incidents, outbox
from inbox.store import holds as holds_store
from inbox.store import statements as statement_store
from inbox.store.engine import Store
from inbox.store.errors import Refused
from inbox.store.incident_drafts import RoomDraft, RoomDraftKind
from inbox.store.schema import note
from tests.support.world import NOON, World, world

PASTED = "We\0 are\x1b on\r\nit\x01."
LINES = "We are on\nit."
LINE = "We are on it."


@pytest.fixture
def here(store: Store) -> World:
    return world(store)


def test_notes_tags_drafts_and_replies(store: Store, here: World) -> None:
    marking.note(store, here.thread, PASTED, actor="ana", now=NOON)
    marking.tag(store, [here.thread], add=["ba\0g"], actor="ana", now=NOON)
    reply.save_draft(store, here.thread, PASTED, employee="ana", version=1, now=NOON)
    with store.read() as s:
        assert s.scalar(select(note.c.text)) == LINES
        kept = drafts.get(s, here.thread, here.employee, DraftKind.REPLY)
    assert kept is not None
    assert kept.text == LINES
    sent = reply.send(store, here.thread, PASTED, employee="ana", now=NOON)
    assert sent.text == LINES
    with pytest.raises(Refused, match="nothing to send"):
        reply.send(store, here.thread, "\0", employee="ana", now=NOON)
    search.find(store, "w\0e")


def _opened(store: Store, here: World) -> IncidentId:
    number, _ = by_hand.open_incident(store, PASTED, [here.thread], actor="ana", now=NOON)
    return number


def test_incidents_their_notes_tasks_statements_and_replies(store: Store, here: World) -> None:
    number = _opened(store, here)
    deciding.note(store, number, PASTED, actor="ana", now=NOON)
    tasks.add(store, number, PASTED, actor="ana", now=NOON)
    done = statements.draft(store, number, PASTED, [here.account.id], actor="ben", now=NOON)
    assert done.statement_id is not None
    statements.ask(store, number, done.statement_id, actor="ben", now=NOON)
    statements.send_back(store, number, done.statement_id, PASTED, actor="ana", now=NOON)
    same = statements.edit(store, number, done.statement_id, PASTED, actor="ben", now=NOON)
    assert same.sentence == "Nothing was changed."
    bulk.send(store, number, PASTED, actor="ana", now=NOON)
    with store.write() as s:
        incident_drafts.save(s, RoomDraft(number, here.employee, RoomDraftKind.NOTE, PASTED, NOON))
    with store.read() as s:
        found = incidents.get(s, number)
        assert found is not None
        assert found.title == LINE
        assert LINES in [each.text for each in incidents.timeline(s, number)]
        assert LINE in [each.title for each in incident_tasks.of(s, number)]
        assert [each.text for each in statement_store.of(s, number)] == [LINES]
        assert [each.text for each in outbox.newest(s)] == [LINES]
        assert incident_drafts.of(s, number, here.employee)[RoomDraftKind.NOTE].text == LINES


def test_holds_calls_and_campaigns(store: Store, here: World) -> None:
    holds.hold(store, account=None, why=PASTED, actor="ana", now=NOON)
    raising.raise_call(store, thread=here.thread, reason=PASTED, actor="ana", now=NOON)
    announced.add(store, PASTED, NOON, NOON + timedelta(days=1), words=["sa\0le"], actor="ana", now=NOON)
    with store.read() as s:
        assert [each.why for each in holds_store.standing(s)] == [LINE]
        assert [each.reason for each in escalations.running(s)] == [LINE]
        assert [(each.name, each.words) for each in campaigns.standing(s)] == [(LINE, ("sale",))]


def test_a_rule_with_one_is_refused_at_its_field(store: Store) -> None:
    with pytest.raises(BadEntry) as refused:
        save_rule(store, Rule("new\0", When(text_any=("a\0b",)), Then(area=None, tags=("x",))), actor="ana", now=NOON)
    assert "NUL" in str(refused.value.troubles)
