"""What was approved goes out once, is taken back while it has not gone, and is sent again where it failed."""

import threading
from collections.abc import Callable

import pytest

from inbox.flow.hot import deciding, statements
from inbox.model.incident import IncidentState, StatementState
from inbox.model.words import ReplyState
from inbox.store import accounts, incidents
from inbox.store.engine import Store, open_store
from inbox.store.errors import LostRace, NotFound, Refused
from tests.flow.hot.statement_scene import NOW, TEXT, UNDO, Room, later
from tests.support.world import connected

QUEUED, SENT, FAILED, CANCELLED = ReplyState.QUEUED, ReplyState.SENT, ReplyState.FAILED, ReplyState.CANCELLED


def test_published_it_waits_for_the_undo_time_on_each_account(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    done = statements.publish(store, room.id, number, actor="ana", now=NOW, expect=1)
    assert done.sentence == "The statement goes out on air, air_de and air_help in 10 s."
    assert room.state(number) is StatementState.PUBLISHED
    assert room.posts(number) == {"air": QUEUED, "air_de": QUEUED, "air_help": QUEUED}
    assert {each.not_before for each in room.one(number).posts} == {NOW + UNDO}


def test_accounts_of_one_handle_are_told_apart_by_their_networks(store: Store) -> None:
    room = Room(store)
    twin = connected(store, "air", network="bluesky").id
    connected(store, "air_help", network="bluesky")
    number = room.drafted(accounts=[*room.accounts[:2], twin])
    statements.approve(store, room.id, number, actor="clara", now=NOW)
    done = statements.publish(store, room.id, number, actor="ana", now=NOW)
    assert done.sentence == "The statement goes out on air (Fake), air_de and air (Bluesky) in 10 s."
    assert room.timeline()[0] == (
        "Version 1 of the statement published by Ana on air (Fake), air_de and air (Bluesky)."
    )
    gone = statements.withdraw(store, room.id, number, twin, actor="ana", now=NOW)
    assert gone.sentence == "The statement is taken back on air (Bluesky); elsewhere it is on its way."


def test_what_keeps_a_statement_from_one_of_two_namesakes_names_its_network(store: Store) -> None:
    room = Room(store)
    twin = connected(store, "air", network="bluesky").id
    room.limit(0, 20)
    number = room.drafted(accounts=[twin, *room.accounts])
    with pytest.raises(Refused, match=r"^air \(Fake\): "):
        statements.approve(store, room.id, number, actor="clara", now=NOW)


def test_only_what_is_approved_is_published_and_only_once(store: Store) -> None:
    room = Room(store)
    number = room.drafted()
    with pytest.raises(Refused, match="It is not approved"):
        statements.publish(store, room.id, number, actor="ana", now=NOW)
    statements.approve(store, room.id, number, actor="clara", now=NOW)
    statements.publish(store, room.id, number, actor="ana", now=NOW)
    again = statements.publish(store, room.id, number, actor="clara", now=NOW)
    assert again.sentence.startswith("It is published already (Ana: ")
    assert len(room.one(number).posts) == 3


def test_while_it_is_only_suspected_or_over_nothing_is_published(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    with store.write() as s:
        incidents.change(s, room.id, {"state": str(IncidentState.SUSPECTED)})
    with pytest.raises(Refused, match=r"“Smoke” is suspected only\. Confirm it"):
        statements.publish(store, room.id, number, actor="ana", now=NOW)
    deciding.confirm(store, room.id, actor="clara", now=NOW)
    deciding.close(store, room.id, actor="clara", now=NOW)
    with pytest.raises(Refused, match="“Smoke” is closed already"):
        statements.publish(store, room.id, number, actor="ana", now=NOW)
    assert room.posts(number) == {}


def test_an_account_that_went_away_since_stops_it(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    room.limit(0, len(TEXT) - 1)
    with pytest.raises(Refused, match="air: 1 character too many"):
        statements.publish(store, room.id, number, actor="ana", now=NOW)
    with store.write() as s:
        accounts.remove(s, room.accounts[0], NOW)
    with pytest.raises(Refused, match="there no more"):
        statements.publish(store, room.id, number, actor="ana", now=NOW)
    assert room.state(number) is StatementState.APPROVED


def test_taken_back_before_it_went_anywhere_it_is_as_before_and_goes_out_again(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    done = statements.publish(store, room.id, number, actor="ana", now=NOW)
    assert done.undo is not None
    back = statements.take_back(store, done.undo, actor="ana", now=later(3))
    assert back.sentence == "The statement is taken back on air, air_de and air_help."
    assert (room.state(number), room.posts(number)) == (StatementState.APPROVED, {})
    statements.edit(store, room.id, number, "Other.", actor="ana", now=later(4))
    statements.ask(store, room.id, number, actor="ana", now=later(5))
    statements.approve(store, room.id, number, actor="clara", now=later(5))
    statements.publish(store, room.id, number, actor="ana", now=later(6))
    assert set(room.posts(number).values()) == {QUEUED}


def test_what_stands_or_is_going_out_is_not_taken_back(store: Store) -> None:
    room = Room(store)
    number = room.published()
    room.leaves(0)
    room.leaving(1)
    statements.withdraw(store, room.id, number, actor="ana", now=later(11))
    assert room.posts(number) == {"air": SENT, "air_de": ReplyState.SENDING, "air_help": CANCELLED}
    assert room.state(number) is StatementState.PUBLISHED
    assert room.timeline()[0] == "Statement taken back by Ana on air_help; elsewhere it has gone out."
    with pytest.raises(LostRace, match="going out at this moment"):
        statements.withdraw(store, room.id, number, actor="ana", now=later(12))
    with pytest.raises(LostRace, match="gone out already"):
        statements.withdraw(store, room.id, number, room.accounts[0], actor="ana", now=later(12))
    with pytest.raises(LostRace, match="taken back already"):
        statements.withdraw(store, room.id, number, room.accounts[2], actor="ana", now=later(12))


def test_one_account_is_taken_back_and_sent_again_by_itself(store: Store) -> None:
    room = Room(store)
    number = room.published()
    statements.withdraw(store, room.id, number, room.accounts[1], actor="ana", now=NOW)
    assert room.posts(number) == {"air": QUEUED, "air_de": CANCELLED, "air_help": QUEUED}
    statements.send_again(store, room.id, number, room.accounts[1], actor="ana", now=NOW)
    assert room.posts(number) == {"air": QUEUED, "air_de": QUEUED, "air_help": QUEUED}


def test_what_failed_is_sent_again_and_what_was_taken_back_stays_so(store: Store) -> None:
    room = Room(store)
    number = room.published()
    room.leaves(0)
    statements.withdraw(store, room.id, number, room.accounts[2], actor="ana", now=NOW)
    room.fails(1)
    assert room.one(number).posts[1].error == "The network said no."
    done = statements.send_again(store, room.id, number, actor="clara", now=later(20))
    assert done.sentence == "The statement is sent again on air_de."
    assert room.posts(number) == {"air": SENT, "air_de": QUEUED, "air_help": CANCELLED}
    with pytest.raises(LostRace, match="so it is not sent again"):
        statements.send_again(store, room.id, number, actor="clara", now=later(21))


def test_over_means_that_nothing_more_goes_out_but_it_can_be_taken_back(store: Store) -> None:
    room = Room(store)
    number = room.published()
    room.fails(0)
    deciding.close(store, room.id, actor="clara", now=NOW)
    with pytest.raises(Refused, match="closed already"):
        statements.send_again(store, room.id, number, actor="ana", now=NOW)
    statements.withdraw(store, room.id, number, actor="ana", now=NOW)
    assert room.state(number) is StatementState.APPROVED


def _at_once(store: Store, *acts: Callable[[Store], object]) -> list[str]:
    """Each on a store of its own, all begun together; what each was told, ``done`` where it was done."""
    told = ["" for _ in acts]
    gate = threading.Barrier(len(acts))

    def run(place: int) -> None:
        own = open_store(store.address)
        gate.wait()
        try:
            acts[place](own)
            told[place] = "done"
        except (LostRace, Refused, NotFound) as error:
            told[place] = str(error)
        finally:
            own.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return told


@pytest.mark.parametrize("turn", range(3))
def test_an_edit_and_an_approval_at_once_never_approve_words_that_nobody_saw(store: Store, turn: int) -> None:
    room = Room(store)
    number = room.drafted()
    told = _at_once(
        store,
        lambda own: statements.edit(own, room.id, number, f"Other {turn}.", actor="ana", now=NOW, expect=1),
        lambda own: statements.approve(own, room.id, number, actor="clara", now=NOW, expect=1),
    )
    found = room.one(number)
    assert (found.text, found.version, found.state) == (f"Other {turn}.", 2, StatementState.DRAFT)
    assert told[0] == "done"
    assert told[1] == "done" or "changed meanwhile" in told[1]


def test_published_by_two_at_once_it_goes_out_once(store: Store) -> None:
    room = Room(store)
    number = room.approved()
    publish = [
        lambda own: statements.publish(own, room.id, number, actor="ana", now=NOW),
        lambda own: statements.publish(own, room.id, number, actor="clara", now=NOW),
    ]
    assert _at_once(store, *publish) == ["done", "done"]
    assert len(room.one(number).posts) == 3
    assert sum("published by" in each for each in room.timeline()) == 1


def test_taken_back_while_the_collector_sends_each_post_is_one_or_the_other_and_nobody_waits_for_ever(
    store: Store,
) -> None:
    room = Room(store)
    number = room.published()

    def send(own: Store) -> None:
        from inbox.store import statements as kept

        for place in room.accounts:
            with own.write() as s:
                due = kept.on_their_way(s, place)
                begun = [each for each in due if kept.begin(s, each.id, key=f"k{each.id}", now=later(11)) is not None]
            for each in begun:
                with own.write() as s:
                    incidents.locked(s, room.id)
                    kept.sent(s, each.id, remote_id=f"r{each.id}", remote_url="", sent_at=later(11))

    told = _at_once(store, send, lambda own: statements.withdraw(own, room.id, number, actor="ana", now=later(11)))
    assert told[0] == "done"
    assert "Two changes met" not in told[1]
    posts = room.posts(number)
    assert set(posts.values()) <= {SENT, CANCELLED}
    assert (room.state(number) is StatementState.APPROVED) == (not posts)
