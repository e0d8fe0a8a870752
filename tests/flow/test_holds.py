"""While a hold stands nothing goes out; afterwards all of it does, once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from inbox.flow import holds as flow
from inbox.flow.deliver import Deliverer
from inbox.flow.hot import by_hand, deciding
from inbox.model.account import Account
from inbox.model.ids import AccountId, IncidentId
from inbox.model.outbox import Reply
from inbox.model.words import ReplyState
from inbox.networks.errors import Unreachable
from inbox.store import accounts, holds, incidents, outbox
from inbox.store.engine import Store, open_store
from inbox.store.errors import NotFound, Refused
from inbox.store.schema import incident
from inbox.store.schema import outbox as outbox_table
from tests.flow.test_deliver import Scene, keyed, scene
from tests.support.world import NOON, connected

__all__ = ["keyed", "scene"]
LATER = NOON + timedelta(minutes=30)


def _hold(scene: Scene, account: AccountId | None = None) -> int:
    return flow.hold(scene.store, account=account, why="Smoke on EX731", actor="ana", now=scene.at).hold_id


@pytest.mark.parametrize("where", [lambda _: None, lambda scene: scene.here.account.id], ids=["everywhere", "here"])
def test_a_held_reply_waits_and_goes_out_once_when_released(
    scene: Scene, where: Callable[[Scene], AccountId | None]
) -> None:
    number = _hold(scene, where(scene))
    sent = scene.send()
    for _ in range(3):
        scene.pass_time(timedelta(minutes=5))
    assert scene.networks.server().texts == []
    assert (scene.reply(sent).state, scene.reply(sent).attempts) == (ReplyState.QUEUED, 0)
    done = flow.release(scene.store, number, actor="ana", now=scene.at)
    assert done.sentence.startswith("Posts go out again")
    scene.pass_time()
    assert len(scene.networks.server().texts) == 1
    assert scene.reply(sent).state is ReplyState.SENT


def test_a_hold_on_one_of_two_accounts_of_one_handle_names_its_network(scene: Scene) -> None:
    twin = connected(scene.store, scene.here.account.handle, network="bluesky")
    done = flow.hold(scene.store, account=twin.id, why="Smoke", actor="ana", now=scene.at)
    assert done.sentence == "All outgoing posts are held on exampleair (Bluesky)."
    with pytest.raises(Refused, match=r"held on exampleair \(Bluesky\) already"):
        _hold(scene, twin.id)
    back = flow.release(scene.store, done.hold_id, actor="ana", now=scene.at)
    assert back.sentence == "Posts go out again on exampleair (Bluesky)."


def test_a_hold_on_another_account_holds_nothing_here(scene: Scene) -> None:
    other = connected(scene.store, "otherair")
    _hold(scene, other.id)
    sent = scene.send()
    scene.pass_time()
    assert scene.reply(sent).state is ReplyState.SENT


def test_a_hold_that_comes_between_the_reading_and_the_sending_still_holds(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = scene.send()
    begin = Deliverer._begin

    def late(worker: Deliverer, account: Account, reply: Reply) -> Reply | None:
        _hold(scene)
        return begin(worker, account, reply)

    monkeypatch.setattr(Deliverer, "_begin", late)
    scene.pass_time()
    assert scene.networks.server().texts == []
    assert scene.reply(sent).state is ReplyState.QUEUED


def test_a_reply_of_unknown_fate_is_read_back_but_not_posted_again_while_held(keyed: Scene) -> None:
    sent = keyed.send()
    keyed.networks.server().fail("post", Unreachable("The line broke.", maybe_done=True))
    keyed.pass_time()
    assert keyed.reply(sent).state is ReplyState.UNKNOWN
    _hold(keyed)
    for _ in range(4):
        keyed.pass_time(timedelta(minutes=2))
    assert keyed.networks.server().texts == []


def test_replies_of_an_incident_s_bulk_reply_pass(scene: Scene) -> None:
    _hold(scene)
    sent = scene.send()
    with scene.store.write() as s:
        s.execute(outbox_table.update().where(outbox_table.c.id == sent).values(incident_id=1))
    scene.pass_time()
    assert scene.reply(sent).state is ReplyState.SENT


def test_the_same_is_held_once_and_both_holds_must_end(scene: Scene) -> None:
    everywhere = _hold(scene)
    with pytest.raises(Refused, match="held everywhere already, by"):
        _hold(scene)
    _hold(scene, scene.here.account.id)
    done = flow.release(scene.store, everywhere, actor="ana", now=LATER)
    assert done.sentence.endswith("Another hold still stands.")
    with pytest.raises(Refused, match="ended already"):
        flow.release(scene.store, everywhere, actor="ana", now=LATER)
    with pytest.raises(NotFound, match="no hold 99"):
        flow.release(scene.store, 99, actor="ana", now=LATER)


def test_held_by_several_at_once_it_is_held_once(store: Store) -> None:
    stores, begin = [open_store(store.address) for _ in range(4)], threading.Barrier(4)

    def hold(mine: Store) -> str:
        begin.wait()
        try:
            return flow.hold(mine, account=None, why="Smoke", actor="command", now=NOON).sentence
        except Refused as error:
            return str(error)

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(hold, stores))
    for mine in stores:
        mine.close()
    assert sorted(said) == [
        "All outgoing posts are held everywhere.",
        *(["Everything is held everywhere already, by a command: Smoke"] * 3),
    ]
    with store.read() as s:
        assert len(holds.standing(s)) == 1


def test_a_hold_needs_a_reason_and_its_incident_to_be_confirmed(store: Store) -> None:
    with pytest.raises(Refused, match="Say why"):
        flow.hold(store, account=None, why="  ", actor="ana", now=NOON)
    number, _ = by_hand.open_incident(store, "Smoke", actor="ana", now=NOON)
    with store.write() as s:
        s.execute(incident.update().values(state="suspected"))
    with pytest.raises(Refused, match="only suspected"):
        flow.hold(store, account=None, why="smoke", incident=number, actor="ana", now=NOON)
    deciding.confirm(store, number, actor="ana", now=NOON)
    flow.hold(store, account=None, why="smoke", incident=number, actor="ana", now=NOON)
    with store.read() as s:
        assert [each.incident_id for each in holds.standing(s)] == [number]
        assert incidents.timeline(s, number)[0].text == "All outgoing posts held everywhere: smoke"
    deciding.close(store, number, actor="ana", now=NOON)
    with pytest.raises(Refused, match="is closed already"):
        flow.hold(store, account=_account(store), why="smoke", incident=number, actor="ana", now=NOON)
    with pytest.raises(NotFound, match="no incident 99"):
        flow.hold(store, account=_account(store), why="smoke", incident=IncidentId(99), actor="ana", now=NOON)


def _account(store: Store) -> AccountId:
    with store.read() as s:
        found = accounts.all(s)
    return found[0].id if found else connected(store).id


def test_whoever_closes_an_incident_is_told_what_is_still_held_for_it(scene: Scene) -> None:
    number, _ = by_hand.open_incident(scene.store, "Smoke", actor="ana", now=scene.at)
    other = connected(scene.store, "otherair")
    for account in (scene.here.account, other):
        flow.hold(scene.store, account=account.id, why="Smoke", incident=number, actor="ana", now=scene.at)
    _hold(scene)
    closed = deciding.close(scene.store, number, actor="ana", now=scene.at)
    assert closed.sentence == "“Smoke” is closed. Outgoing posts are still held on exampleair and otherair."
    deciding.reopen(scene.store, number, actor="ana", now=scene.at)
    with scene.store.read() as s:
        standing = [each.id for each in holds.standing(s)]
    for hold in standing:
        flow.release(scene.store, hold, actor="ana", now=scene.at)
    assert deciding.dismiss(scene.store, number, actor="ana", now=scene.at).sentence == "“Smoke” is dismissed."


def test_what_is_held_stays_in_the_outbox_over_a_restart(scene: Scene) -> None:
    _hold(scene)
    sent = scene.send()
    scene.restart()
    scene.pass_time(timedelta(hours=1))
    with scene.store.read() as s:
        assert [each.id for each in outbox.on_their_way(s)] == [sent]
    assert scene.networks.server().texts == []
