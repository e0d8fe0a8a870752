"""The outbox worker: each reply once, whatever happens on the way."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from inbox.flow import reply as reply_flow
from inbox.flow import steady
from inbox.flow.deliver import Deliverer
from inbox.flow.sending import LeaseLost
from inbox.model.account import Account
from inbox.model.ids import ReplyId
from inbox.model.outbox import Reply
from inbox.model.words import AfterSend, Direction, HealthState, ReplyState, SourceKind, Status
from inbox.networks.errors import RateLimited, Refused, SignInAgain, Unreachable
from inbox.secrets import SecretError
from inbox.store import accounts, drafts, lease, outbox, threads
from inbox.store.engine import Store
from inbox.store.errors import Locked
from inbox.store.schema import account as account_table
from inbox.store.schema import mention
from inbox.store.schema import outbox as outbox_table
from tests.support.fake_network import FakeNetworks
from tests.support.world import NOON, World, put_mention, world

UNDO = timedelta(seconds=10)


@dataclass
class Scene:
    """A store with a queued reply, and its deliverer under a clock that the test moves."""

    store: Store
    here: World
    networks: FakeNetworks = field(default_factory=FakeNetworks)
    at: datetime = NOON
    worker: Deliverer = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A new collector, which knows nothing of the one before."""
        self.worker = Deliverer(self.store, self.here.account.id, self.networks, lambda: self.at, lambda: False)

    def send(self, text: str = "We are looking for it.", **rest: object) -> ReplyId:
        made = reply_flow.send(self.store, self.here.thread, text, employee="ana", now=self.at, **rest)  # type: ignore[arg-type]
        return made.id

    def reply(self, reply_id: ReplyId) -> Reply:
        with self.store.read() as s:
            return outbox.get(s, reply_id)

    def pass_time(self, span: timedelta = UNDO) -> float:
        self.at += span
        self.watch.moved += span.total_seconds()
        return self.worker.step()

    watch: "Watch" = field(default_factory=lambda: Watch())


@dataclass
class Watch:
    """The steady clock of a test."""

    moved: float = 1000.0

    def __call__(self) -> float:
        return self.moved


@pytest.fixture
def scene(store: Store, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return _scene(store, monkeypatch, idempotent=False)


@pytest.fixture
def keyed(store: Store, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The same on a network that honours keys."""
    made = _scene(store, monkeypatch, idempotent=True)
    made.networks.server().honours_keys = True
    return made


def _scene(store: Store, monkeypatch: pytest.MonkeyPatch, *, idempotent: bool) -> Scene:
    made = Scene(store, world(store, idempotent=idempotent))
    monkeypatch.setattr("inbox.flow.sending.seconds", made.watch)
    monkeypatch.setattr("inbox.flow.connection.seconds", made.watch)
    monkeypatch.setattr(steady, "seconds", made.watch)
    return made


def test_a_reply_goes_out_after_the_undo_time_and_not_before(scene: Scene) -> None:
    sent = scene.send()
    assert 9 < scene.worker.step() <= 10
    assert scene.networks.server().texts == []
    scene.pass_time()
    found = scene.reply(sent)
    assert (found.state, found.remote_id, found.attempts) == (ReplyState.SENT, "fake://out/1", 1)
    assert found.send_key == "fake-key-1"
    assert found.sent_at == scene.networks.server().now


@pytest.mark.parametrize(
    ("forged", "said"),
    [({"text": "x" * 501}, "too many"), ({"text": "  "}, "nothing to send"), ({"visibility": "private"}, "private")],
    ids=["too long", "empty", "private where nobody may"],
)
def test_what_did_not_come_through_the_composer_is_checked_when_it_is_sent(
    scene: Scene, forged: dict[str, str], said: str
) -> None:
    sent = scene.send()
    with scene.store.write() as s:
        # As somebody with another program in hand would write it.
        s.execute(account_table.update().values(limits={"length": 500, "can_message": False}))
        s.execute(outbox_table.update().values(forged))
    scene.pass_time()
    found = scene.reply(sent)
    assert found.state is ReplyState.FAILED
    assert said in found.error
    assert scene.networks.server().texts == []


def test_a_sent_reply_is_stored_as_ours_and_sets_the_thread_to_waiting(scene: Scene) -> None:
    scene.send()
    scene.pass_time()
    with scene.store.read() as s:
        thread = threads.get(s, scene.here.thread)
    (ours,) = [each for each in thread.mentions if each.direction is Direction.OUTBOUND]
    assert (ours.text, ours.by_employee, ours.global_id) == ("We are looking for it.", "ana", "fake://out/1")
    assert thread.row.status is Status.WAITING
    assert any(event.action == "sent" for event in thread.audit)


@pytest.mark.parametrize(("after", "status"), [(AfterSend.CLOSE, Status.CLOSED), (AfterSend.KEEP_OPEN, Status.NEW)])
def test_what_follows_a_reply_is_what_its_writer_asked_for(scene: Scene, after: AfterSend, status: Status) -> None:
    scene.send(after=after)
    scene.pass_time()
    with scene.store.read() as s:
        assert threads.row(s, scene.here.thread).status is status


def test_a_customer_who_wrote_again_meanwhile_keeps_the_thread_open(scene: Scene) -> None:
    scene.send()
    at = scene.at + timedelta(seconds=5)
    put_mention(scene.store, scene.here.account.id, scene.here.thread, 1, at=at, name="fake://in/again")
    scene.pass_time()
    with scene.store.read() as s:
        assert threads.row(s, scene.here.thread).status is Status.NEW


def test_the_copy_that_is_pulled_back_is_the_same_mention(scene: Scene) -> None:
    from inbox.flow.ingest import store_page
    from inbox.store import sources

    scene.send()
    scene.pass_time()
    client = scene.networks.open(scene.here.account, lambda: False)
    with scene.store.write() as s:
        own = sources.get(s, sources.ensure(s, scene.here.account.id, SourceKind.OWN_POSTS))
    for page in client.pull(own, since=NOON):
        assert store_page(scene.store, scene.here.account, own, page, now=scene.at).stored == 0
    with scene.store.read() as s:
        assert s.scalar(select(func.count()).where(mention.c.direction == Direction.OUTBOUND)) == 1


def test_no_connection_puts_it_back_into_the_queue_under_the_same_key(scene: Scene) -> None:
    scene.networks.server().fail("post", Unreachable("Fake does not answer."))
    sent = scene.send()
    scene.pass_time()
    wait = scene.worker.step()
    found = scene.reply(sent)
    assert (found.state, found.error, found.attempts) == (ReplyState.QUEUED, "Fake does not answer.", 1)
    assert 0 < wait < 10
    scene.pass_time(timedelta(seconds=10))
    assert scene.reply(sent).send_key == found.send_key
    assert scene.networks.server().texts == ["We are looking for it."]


def test_a_rate_limit_is_waited_for(scene: Scene) -> None:
    retry_at = scene.at + UNDO + timedelta(minutes=5)
    scene.networks.server().fail("post", RateLimited("Too many requests.", retry_at))
    sent = scene.send()
    scene.pass_time()
    assert scene.reply(sent).not_before >= retry_at
    scene.pass_time(timedelta(minutes=4))
    assert scene.networks.server().texts == []
    scene.pass_time(timedelta(minutes=2))
    assert scene.reply(sent).state is ReplyState.SENT


def test_a_refusal_is_final_and_says_the_networks_sentence(scene: Scene) -> None:
    scene.networks.server().fail("post", Refused("The author has limited who may reply."))
    sent = scene.send()
    scene.pass_time()
    scene.pass_time(timedelta(hours=1))
    assert (scene.reply(sent).state, scene.reply(sent).error) == (
        ReplyState.FAILED,
        "The author has limited who may reply.",
    )
    assert scene.networks.server().texts == []


def test_a_dead_token_keeps_it_queued_until_somebody_signs_in(scene: Scene) -> None:
    scene.networks.server().fail("post", SignInAgain("Sign in again."))
    sent = scene.send()
    scene.pass_time()
    with scene.store.read() as s:
        assert accounts.get(s, scene.here.account.id).health is HealthState.SIGN_IN
    assert scene.reply(sent).state is ReplyState.QUEUED
    scene.pass_time(timedelta(seconds=20))
    assert scene.reply(sent).state is ReplyState.SENT
    with scene.store.read() as s:
        assert accounts.get(s, scene.here.account.id).health is HealthState.WORKING


def test_no_keyring_keeps_it_queued_and_says_so(scene: Scene) -> None:
    scene.networks.trouble = SecretError("The system keyring is locked.")
    sent = scene.send()
    scene.pass_time()
    assert (scene.reply(sent).state, scene.reply(sent).error) == (ReplyState.QUEUED, "The system keyring is locked.")
    scene.networks.trouble = None
    scene.pass_time(timedelta(minutes=2))
    assert scene.reply(sent).state is ReplyState.SENT


def test_an_answer_that_never_came_is_found_by_reading_back(scene: Scene) -> None:
    scene.networks.server().after.append(Unreachable("Reset.", maybe_done=True))
    sent = scene.send()
    scene.pass_time()
    assert scene.reply(sent).state is ReplyState.UNKNOWN
    scene.pass_time(timedelta(seconds=5))
    assert scene.reply(sent).state is ReplyState.SENT
    assert scene.networks.server().texts == ["We are looking for it."]


def test_what_is_not_found_twice_has_failed_and_only_a_person_sends_it_again(scene: Scene) -> None:
    scene.networks.server().fail("post", Unreachable("Reset.", maybe_done=True))
    sent = scene.send()
    scene.pass_time()
    scene.pass_time(timedelta(seconds=5))
    assert (scene.reply(sent).state, scene.reply(sent).read_backs) == (ReplyState.UNKNOWN, 1)
    scene.pass_time(timedelta(seconds=100))
    assert scene.reply(sent).state is ReplyState.UNKNOWN, "the later read-back is more than two minutes after"
    scene.pass_time(timedelta(seconds=25))
    assert scene.reply(sent).state is ReplyState.FAILED
    scene.pass_time(timedelta(hours=1))
    assert scene.networks.server().texts == []
    first_key = scene.reply(sent).send_key
    reply_flow.send_again(scene.store, sent, actor="ana", now=scene.at)
    scene.pass_time()
    assert scene.reply(sent).state is ReplyState.SENT
    assert scene.reply(sent).send_key != first_key


def test_a_late_post_is_found_by_the_second_look(scene: Scene) -> None:
    server = scene.networks.server()
    server.after.append(Unreachable("Reset.", maybe_done=True))
    server.fail("find_posted", None)
    sent = scene.send()
    scene.pass_time()
    hidden = server.posts.pop()
    scene.pass_time(timedelta(seconds=5))
    assert scene.reply(sent).state is ReplyState.UNKNOWN
    server.posts.append(hidden)
    scene.pass_time(timedelta(seconds=130))
    assert scene.reply(sent).state is ReplyState.SENT


def test_an_earlier_reply_of_the_same_words_is_not_taken_for_it(scene: Scene) -> None:
    first = scene.send("Thank you.")
    scene.pass_time()
    assert scene.reply(first).state is ReplyState.SENT
    scene.networks.server().fail("post", Unreachable("Reset.", maybe_done=True))
    second = scene.send("Thank you.")
    scene.pass_time()
    scene.pass_time(timedelta(seconds=5))
    scene.pass_time(timedelta(seconds=130))
    assert scene.reply(second).state is ReplyState.FAILED


def test_where_keys_are_honoured_an_unknown_one_is_repeated_and_stands_once(keyed: Scene) -> None:
    server = keyed.networks.server()
    server.fail("post", Unreachable("Reset.", maybe_done=True))
    lost = keyed.send("Never arrived.")
    keyed.pass_time()
    keyed.pass_time(timedelta(seconds=5))
    server.after.append(Unreachable("Reset.", maybe_done=True))
    made = keyed.send("Arrived, the answer did not.")
    keyed.pass_time()
    keyed.pass_time(timedelta(seconds=5))
    assert [keyed.reply(each).state for each in (lost, made)] == [ReplyState.SENT, ReplyState.SENT]
    assert server.texts == ["Never arrived.", "Arrived, the answer did not."]


def test_a_key_older_than_the_network_remembers_is_not_repeated(keyed: Scene) -> None:
    server = keyed.networks.server()
    server.fail("post", Unreachable("Reset.", maybe_done=True))
    server.break_for_good("find_posted", Unreachable("Down."))
    sent = keyed.send()
    keyed.pass_time()
    keyed.pass_time(timedelta(minutes=55))
    server.break_for_good("find_posted", None)
    keyed.pass_time(timedelta(minutes=6))
    keyed.pass_time(timedelta(minutes=6))
    assert keyed.reply(sent).state is ReplyState.FAILED
    assert server.texts == []


@pytest.mark.parametrize("made", [True, False])
def test_a_collector_killed_while_sending_leaves_it_to_the_next_one(scene: Scene, *, made: bool) -> None:
    class Killed(BaseException):
        """The process is gone: nothing after it runs."""

    server = scene.networks.server()
    if made:
        server.after.append(Killed())
    else:
        server.fail("post", Killed())
    sent = scene.send()
    with pytest.raises(Killed):
        scene.pass_time()
    assert scene.reply(sent).state is ReplyState.SENDING
    scene.restart()
    with scene.store.write() as s:
        outbox.abandoned(s, now=scene.at)
    scene.worker.step()
    scene.pass_time(timedelta(minutes=3))
    scene.pass_time(timedelta(minutes=3))
    assert scene.reply(sent).state is (ReplyState.SENT if made else ReplyState.FAILED)
    assert len(server.texts) == made


def test_what_was_found_out_is_written_when_the_database_is_back(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = scene.send()

    def locked(*_: object, **__: object) -> None:
        raise Locked("Another program holds the workspace.")

    with monkeypatch.context() as broken:
        broken.setattr("inbox.flow.deliver.sent.record", locked)
        with pytest.raises(Locked):
            scene.pass_time()
        with pytest.raises(Locked):
            scene.worker.step()
    assert scene.reply(sent).state is ReplyState.SENDING
    scene.worker.step()
    assert scene.reply(sent).state is ReplyState.SENT
    assert scene.networks.server().texts == ["We are looking for it."]


def test_a_bug_in_a_network_leaves_the_reply_of_unknown_fate(scene: Scene) -> None:
    scene.networks.server().after.append(KeyError("id"))
    sent = scene.send()
    with pytest.raises(KeyError):
        scene.pass_time()
    assert scene.reply(sent).state is ReplyState.UNKNOWN
    scene.pass_time(timedelta(seconds=5))
    assert scene.reply(sent).state is ReplyState.SENT


def test_a_threads_replies_go_out_in_the_order_written(scene: Scene) -> None:
    scene.networks.server().fail("post", Unreachable("Down."))
    first, second = scene.send("First."), scene.send("Second.")
    scene.pass_time()
    assert scene.reply(second).state is ReplyState.QUEUED
    scene.pass_time(timedelta(seconds=20))
    scene.worker.step()
    assert [scene.reply(each).state for each in (first, second)] == [ReplyState.SENT, ReplyState.SENT]
    assert scene.networks.server().texts == ["First.", "Second."]


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)])
def test_a_clock_set_back_neither_delays_a_reply_nor_takes_its_undo_time(scene: Scene, back: timedelta) -> None:
    sent = scene.send()
    scene.at -= back
    scene.worker.step()
    scene.pass_time(timedelta(seconds=8))
    assert scene.reply(sent).state is ReplyState.QUEUED
    scene.pass_time(timedelta(seconds=3))
    assert scene.reply(sent).state is ReplyState.SENT


def test_a_clock_set_back_does_not_keep_an_unknown_one_unsettled(scene: Scene) -> None:
    scene.networks.server().fail("post", Unreachable("Reset.", maybe_done=True))
    sent = scene.send()
    scene.pass_time()
    scene.at -= timedelta(hours=1)
    scene.restart()
    for _ in range(8):
        scene.pass_time(timedelta(seconds=30))
        assert scene.worker.step() > 0.5, "it must not be looked for without end"
    assert scene.reply(sent).state is ReplyState.FAILED


def test_a_paused_account_sends_nothing_until_it_goes_on(scene: Scene) -> None:
    sent = scene.send()
    with scene.store.write() as s:
        accounts.set_paused(s, scene.here.account.id, paused=True)
    scene.pass_time()
    assert scene.reply(sent).state is ReplyState.QUEUED
    with scene.store.write() as s:
        accounts.set_paused(s, scene.here.account.id, paused=False)
    scene.pass_time()
    assert scene.reply(sent).state is ReplyState.SENT


def test_who_lost_the_lease_sends_nothing(scene: Scene) -> None:
    mine = lease.this_process()
    scene.worker.me = mine
    sent = scene.send()
    with pytest.raises(LeaseLost):
        scene.pass_time()
    assert scene.reply(sent).state is ReplyState.QUEUED
    assert scene.networks.server().texts == []
    with scene.store.write() as s:
        lease.acquire(s, mine, scene.at)
    scene.worker.step()
    assert scene.reply(sent).state is ReplyState.SENT


def test_a_reply_taken_back_is_never_posted(scene: Scene) -> None:
    sent = scene.send()
    reply_flow.unsend(scene.store, sent, actor="ana", now=scene.at)
    scene.pass_time(timedelta(hours=1))
    assert scene.networks.server().texts == []
    with scene.store.read() as s:
        assert drafts.get(s, scene.here.thread, scene.here.employee) is not None


def test_a_machine_that_slept_between_taking_and_posting_does_not_post(scene: Scene) -> None:
    class Sleepy(Deliverer):
        def _begin(self, account: Account, reply: Reply) -> Reply | None:
            found = super()._begin(account, reply)
            scene.watch.moved += 60
            return found

    sent = scene.send()
    scene.worker = Sleepy(scene.store, scene.here.account.id, scene.networks, lambda: scene.at, lambda: False)
    scene.pass_time()
    assert scene.reply(sent).state is ReplyState.QUEUED
    assert scene.networks.server().texts == []
