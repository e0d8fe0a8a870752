"""Statements and their posts in the store: each step happens once, on both engines."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from inbox.model.account import Account
from inbox.model.ids import IncidentId
from inbox.model.incident import Statement, StatementState
from inbox.model.words import ReplyState
from inbox.store import incidents, statements
from inbox.store.engine import Store
from inbox.store.schema import statement, statement_post
from inbox.store.statements import Outgoing
from tests.support.stated import TEXT, incident, published
from tests.support.world import NOON, connected

LATER = NOON + timedelta(minutes=5)


class Shelf:
    """A statement that waits on one account."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.account: Account = connected(store)
        self.incident: IncidentId = incident(store)
        self.number = published(store, self.incident, self.account)

    def do(self, step: Any, *args: Any, **rest: Any) -> Any:
        with self.store.write() as s:
            return step(s, *args, **rest)

    def waiting(self) -> list[Outgoing]:
        with self.store.read() as s:
            return statements.on_their_way(s, self.account.id)

    def begin(self, key: str = "k1") -> Outgoing | None:
        with self.store.read() as s:
            number = s.scalar(select(statement_post.c.id))
        found: Outgoing | None = self.do(statements.begin, number, key=key, now=NOON)
        return found

    def one(self) -> Statement:
        with self.store.read() as s:
            found = statements.get(s, self.incident, self.number)
        assert found is not None
        return found

    def state(self) -> ReplyState:
        return self.one().posts[0].state


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store)


def test_a_draft_is_kept_as_it_was_written(store: Store) -> None:
    account, number = connected(store), incident(store)
    with store.write() as s:
        added = statements.add(s, number, TEXT, [account.id], by="ana", at=NOON)
        assert "incidents" in s.pending_change().topics
    with store.read() as s:
        (found,) = statements.of(s, number)
        assert statements.get(s, IncidentId(number + 1), added) is None
    assert (found.id, found.text, found.account_ids, found.written_by) == (added, TEXT, (account.id,), "ana")
    assert (found.state, found.version, found.posts) == (StatementState.DRAFT, 1, ())


def test_a_text_moves_the_version_on_and_a_state_does_not(shelf: Shelf) -> None:
    shelf.do(statements.change, shelf.number, {"text": "Other words."})
    shelf.do(statements.move, shelf.number, {"approved_by": "clara"})
    found = shelf.one()
    assert (found.version, found.text, found.approved_by) == (2, "Other words.", "clara")


def test_an_account_gets_a_statement_once(shelf: Shelf) -> None:
    with pytest.raises(IntegrityError):
        shelf.do(statements.queue, shelf.number, [shelf.account.id], NOON)
    assert len(shelf.waiting()) == 1


def test_what_waits_is_told_to_the_collector_with_its_text_and_writer(shelf: Shelf) -> None:
    (post,) = shelf.waiting()
    assert (post.text, post.by, post.published, post.incident_id) == (TEXT, "ana", True, shelf.incident)
    assert statements.untried(post)
    other = connected(shelf.store, "otherair")
    with shelf.store.read() as s:
        assert statements.on_their_way(s, other.id) == []


def test_it_can_be_taken_to_be_sent_only_once(shelf: Shelf) -> None:
    first, second = shelf.begin(), shelf.begin("k2")
    assert first is not None
    assert (first.state, first.send_key, first.attempts, first.sending_at) == (ReplyState.SENDING, "k1", 1, NOON)
    assert first.text == TEXT
    assert not statements.untried(first)
    assert second is None


def test_what_is_not_published_cannot_be_taken(shelf: Shelf) -> None:
    shelf.do(statements.move, shelf.number, {"state": str(StatementState.APPROVED)})
    assert shelf.begin() is None
    assert shelf.state() is ReplyState.QUEUED


def test_what_is_being_sent_can_not_be_taken_back(shelf: Shelf) -> None:
    shelf.begin()
    assert shelf.do(statements.cancel, shelf.number) == []
    assert shelf.state() is ReplyState.SENDING


def test_what_was_taken_back_is_never_sent(shelf: Shelf) -> None:
    assert shelf.do(statements.cancel, shelf.number, shelf.account.id) == [shelf.account.id]
    assert shelf.begin() is None
    assert shelf.waiting() == []


def test_what_was_all_taken_back_is_as_if_it_had_never_been_published(shelf: Shelf) -> None:
    shelf.do(statements.cancel, shelf.number)
    shelf.do(statements.unpublish, shelf.number)
    assert shelf.one().posts == ()
    shelf.do(statements.queue, shelf.number, [shelf.account.id], LATER)
    assert len(shelf.waiting()) == 1


def test_it_stands_once_and_by_the_networks_clock(shelf: Shelf) -> None:
    begun = shelf.begin()
    assert begun is not None
    told = {"remote_id": "net://1", "remote_url": "https://net.test/1", "sent_at": LATER}
    assert shelf.do(statements.sent, begun.id, **told)
    assert not shelf.do(statements.sent, begun.id, **{**told, "remote_id": "net://2"})
    (post,) = shelf.one().posts
    assert (post.state, post.remote_url, post.sent_at, post.error) == (
        ReplyState.SENT,
        "https://net.test/1",
        LATER,
        "",
    )
    with shelf.store.read() as s:
        assert statements.sent_ids(s, shelf.account.id) == {"net://1"}
    assert not shelf.do(statements.failed, begun.id, error="late")
    assert shelf.do(statements.cancel, shelf.number) == []


def test_a_queued_one_can_neither_stand_nor_be_of_unknown_fate(shelf: Shelf) -> None:
    (post,) = shelf.waiting()
    assert not shelf.do(statements.sent, post.id, remote_id="net://1", remote_url="", sent_at=LATER)
    assert not shelf.do(statements.unknown, post.id, error="?", not_before=LATER)
    assert not shelf.do(statements.again, post.id, error="?", not_before=LATER)
    assert not shelf.do(statements.looked, post.id, read_backs=1, error="?", not_before=LATER)
    assert shelf.do(statements.note, post.id, error="The keyring is locked.")
    assert shelf.one().posts[0].error == "The keyring is locked."


def test_what_certainly_did_not_go_out_waits_again_under_its_key(shelf: Shelf) -> None:
    begun = shelf.begin()
    assert begun is not None
    assert shelf.do(statements.again, begun.id, error="Down.", not_before=LATER)
    (post,) = shelf.waiting()
    assert (post.state, post.send_key, post.not_before, post.error) == (ReplyState.QUEUED, "k1", LATER, "Down.")
    again = shelf.begin()
    assert again is not None
    assert again.attempts == 2


def test_looks_for_one_of_unknown_fate_are_counted_until_it_is_sent_anew(shelf: Shelf) -> None:
    begun = shelf.begin()
    assert begun is not None
    assert shelf.do(statements.unknown, begun.id, error="?", not_before=LATER)
    assert shelf.do(statements.looked, begun.id, read_backs=1, error="Not yet.", not_before=LATER)
    assert shelf.waiting()[0].read_backs == 1
    assert not shelf.do(statements.send_again, shelf.number, shelf.account.id, now=LATER)
    assert shelf.do(statements.failed, begun.id, error="Not found.")
    assert shelf.do(statements.send_again, shelf.number, shelf.account.id, now=LATER)
    (post,) = shelf.waiting()
    assert (post.read_backs, post.sending_at, post.error, statements.untried(post)) == (0, None, "", True)


def test_what_a_killed_collector_was_sending_is_of_unknown_fate(shelf: Shelf) -> None:
    assert shelf.do(statements.abandoned, now=LATER) == 0
    shelf.begin()
    with shelf.store.write() as s:
        assert statements.abandoned(s, now=LATER) == 1
        assert {"incidents", "outbox"} <= s.pending_change().topics
    assert (shelf.state(), shelf.waiting()[0].not_before) == (ReplyState.UNKNOWN, LATER)


def test_the_earliest_statement_dates_the_incident_in_whatever_order_they_are_known(shelf: Shelf) -> None:
    assert shelf.do(statements.stated, shelf.incident, LATER)
    assert not shelf.do(statements.stated, shelf.incident, LATER + timedelta(minutes=1))
    assert shelf.do(statements.stated, shelf.incident, NOON)
    with shelf.store.read() as s:
        found = incidents.get(s, shelf.incident)
    assert found is not None
    assert found.stated_at == NOON


def test_every_step_wakes_the_collector_and_the_room(shelf: Shelf) -> None:
    with shelf.store.write() as s:
        statements.send_again(s, shelf.number, shelf.account.id, now=LATER)
        assert s.pending_change().topics == frozenset(), "nothing has changed"
        statements.cancel(s, shelf.number)
        assert {"incidents", "outbox"} <= s.pending_change().topics


def test_a_statement_that_was_never_published_can_be_thrown_away(shelf: Shelf) -> None:
    shelf.do(statements.cancel, shelf.number)
    shelf.do(statements.unpublish, shelf.number)
    shelf.do(statements.remove, shelf.number)
    with shelf.store.read() as s:
        assert s.execute(select(statement)).all() == []
