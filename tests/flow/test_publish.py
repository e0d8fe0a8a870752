"""The statement of an incident: a post of its own on each account, once, whatever dies when."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from inbox.flow import holds as hold_flow
from inbox.flow import steady
from inbox.flow.connection import Way
from inbox.flow.deliver import Deliverer
from inbox.flow.publish import Publisher
from inbox.flow.sending import LeaseLost
from inbox.model.account import Account
from inbox.model.words import HealthState, ReplyState
from inbox.networks.errors import RateLimited, Refused, SignInAgain, Unreachable
from inbox.store import accounts, incidents, lease, statements
from inbox.store.engine import Store
from inbox.store.errors import Locked
from inbox.store.schema import account as account_table
from inbox.store.schema import statement_post
from inbox.store.statements import Outgoing
from tests.support.stated import TEXT, UNDO, Stage, published
from tests.support.world import NOON, connected

SAFE = [TEXT]


@pytest.fixture
def stage(store: Store, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return _stage(monkeypatch, Stage(store, [connected(store)]))


@pytest.fixture
def two(store: Store, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The statement goes out on two accounts."""
    return _stage(monkeypatch, Stage(store, [connected(store), connected(store, "otherair")]))


@pytest.fixture
def keyed(store: Store, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """On a network that honours keys."""
    made = _stage(monkeypatch, Stage(store, [connected(store, idempotent=True)]))
    made.server.honours_keys = True
    return made


def _stage(monkeypatch: pytest.MonkeyPatch, made: Stage) -> Stage:
    monkeypatch.setattr("inbox.flow.sending.seconds", made.watch)
    monkeypatch.setattr("inbox.flow.connection.seconds", made.watch)
    monkeypatch.setattr(steady, "seconds", made.watch)
    return made


def test_it_goes_out_after_the_undo_time_in_answer_to_nothing(stage: Stage) -> None:
    assert 9 < stage.workers[0].step() <= 10
    assert stage.server.texts == []
    stage.pass_time()
    ((key, text, target, posted),) = stage.server.posts
    assert (key, text, target) == ("fake-key-1", TEXT, None)
    found = stage.post()
    assert (found.state, found.remote_url, found.sent_at) == (ReplyState.SENT, posted.url, stage.server.now)
    assert stage.server.languages == ["en"]


def test_what_stands_is_told_on_the_timeline_and_dates_the_incident(stage: Stage) -> None:
    stage.pass_time()
    assert stage.of_incident().stated_at == stage.server.now
    (line,) = stage.told()
    assert line.text == "Statement stands on @exampleair."
    assert line.details["address"] == stage.server.posts[0][3].url
    assert (line.details["statement"], line.details["account"]) == (stage.statement, stage.accounts[0].id)


def test_a_network_with_a_slow_clock_does_not_date_it_before_it_was_published(stage: Stage) -> None:
    stage.server.now = NOON - timedelta(hours=1)
    stage.pass_time()
    assert stage.of_incident().stated_at == stage.at
    assert stage.post().sent_at == stage.server.now


def test_on_two_accounts_the_first_to_stand_dates_the_incident_whichever_is_known_first(two: Stage) -> None:
    late, early = two.networks.server("exampleair"), two.networks.server("otherair")
    late.now, early.now = NOON + timedelta(minutes=20), NOON + timedelta(minutes=10)
    two.pass_time()
    assert two.of_incident().stated_at == early.now
    assert (late.texts, early.texts) == (SAFE, SAFE)
    assert sorted(each.text for each in two.told()) == [
        "Statement stands on @exampleair.",
        "Statement stands on @otherair.",
    ]


def test_an_update_follows_what_was_published_before_and_dates_nothing_anew(stage: Stage) -> None:
    update = published(stage.store, stage.incident, *stage.accounts, text="All are back home.")
    stage.server.fail("post", Unreachable("Down."))
    stage.pass_time()
    assert stage.server.texts == []
    stage.pass_time(timedelta(seconds=20))
    first = stage.of_incident().stated_at
    stage.server.now += timedelta(minutes=5)
    stage.workers[0].step()
    assert stage.server.texts == [TEXT, "All are back home."]
    assert stage.post(statement=update).state is ReplyState.SENT
    assert stage.of_incident().stated_at == first


def test_an_update_waits_until_it_is_known_what_became_of_what_was_published_before(stage: Stage) -> None:
    update = published(stage.store, stage.incident, *stage.accounts, text="All are back home.")
    stage.server.fail("post", Unreachable("Reset.", maybe_done=True))
    stage.pass_time()
    stage.pass_time(timedelta(seconds=2.5))
    stage.pass_time(timedelta(seconds=1))
    assert (stage.post().state, stage.server.texts) == (ReplyState.UNKNOWN, [])
    stage.pass_time(timedelta(minutes=3))
    stage.pass_time(timedelta(seconds=1))
    assert stage.post(statement=update).state is ReplyState.SENT
    assert stage.server.texts == ["All are back home."]


def test_a_hold_does_not_keep_it_back(stage: Stage) -> None:
    hold_flow.hold(stage.store, account=None, why="Smoke on EX731", actor="ana", now=stage.at)
    stage.pass_time()
    assert stage.post().state is ReplyState.SENT


@pytest.mark.parametrize(
    ("forged", "limits", "said"),
    [
        ({"text": "x" * 501}, {}, "too many"),
        ({"text": "  "}, {}, "nothing to send"),
        ({"state": "published"}, {"can_reply": False}, "may not post"),
        ({"state": "approved"}, {}, "Nobody published this statement"),
    ],
    ids=["too long", "empty", "may not post", "not published"],
)
def test_what_nobody_may_have_let_out_is_stopped_when_it_is_sent(
    stage: Stage, forged: dict[str, str], limits: dict[str, bool], said: str
) -> None:
    with stage.store.write() as s:
        s.execute(account_table.update().values(limits={"length": 500, **limits}))
    stage.change(**forged)
    stage.pass_time()
    found = stage.post()
    assert found.state is ReplyState.FAILED
    assert said in found.error
    assert stage.server.texts == []


def test_no_connection_puts_it_back_into_the_queue_under_the_same_key(stage: Stage) -> None:
    stage.server.fail("post", Unreachable("Fake does not answer."))
    stage.pass_time()
    assert (stage.post().state, stage.post().error) == (ReplyState.QUEUED, "Fake does not answer.")
    stage.pass_time(timedelta(seconds=10))
    assert [post[0] for post in stage.server.posts] == ["fake-key-1"]


def test_a_rate_limit_is_waited_for(stage: Stage) -> None:
    stage.server.fail("post", RateLimited("Too many requests.", stage.at + UNDO + timedelta(minutes=5)))
    stage.pass_time()
    stage.pass_time(timedelta(minutes=4))
    assert stage.server.texts == []
    stage.restart()
    stage.workers[0].step()
    stage.pass_time(timedelta(seconds=30))
    assert stage.server.texts == [], "the next collector waits as long"
    stage.pass_time(timedelta(minutes=2))
    assert stage.post().state is ReplyState.SENT


def test_a_network_in_trouble_rests_for_replies_and_statements_alike(stage: Stage) -> None:
    account = stage.accounts[0]
    way = Way(stage.networks, lambda: False)
    publisher = Publisher(stage.store, account.id, stage.networks, lambda: stage.at, lambda: False, None, way)
    deliverer = Deliverer(stage.store, account.id, stage.networks, lambda: stage.at, lambda: False, None, way)
    stage.workers = [publisher]
    stage.server.fail("post", RateLimited("Too many requests.", stage.at + UNDO + timedelta(minutes=5)))
    stage.pass_time()
    assert way.left > 290
    deliverer.step()
    assert stage.server.calls.count("exampleair:post") == 1


def test_a_refusal_is_final_and_told_once(stage: Stage) -> None:
    stage.server.fail("post", Refused("This account is limited."))
    for _ in range(4):
        stage.pass_time(timedelta(hours=1))
    assert (stage.post().state, stage.post().error) == (ReplyState.FAILED, "This account is limited.")
    assert [each.text for each in stage.told()] == ["Statement did not go out on @exampleair: This account is limited."]
    assert stage.of_incident().stated_at is None
    assert stage.server.texts == []


def test_what_was_taken_back_before_it_failed_is_not_told_as_failed(stage: Stage) -> None:
    with stage.store.write() as s:
        (post,) = statements.on_their_way(s, stage.accounts[0].id)
        statements.cancel(s, stage.statement)
        stage.workers[0]._fail(s, stage.accounts[0], post, "Too long.")
    assert stage.post().state is ReplyState.CANCELLED
    assert stage.told() == []


def test_whoever_takes_it_back_while_it_fails_and_the_collector_do_not_wait_for_each_other(stage: Stage) -> None:
    stage.change(text="x" * 501)
    trouble: list[BaseException] = []

    def collect() -> None:
        try:
            stage.pass_time()
        except Exception as error:  # noqa: BLE001 - looked at below
            trouble.append(error)

    collector = threading.Thread(target=collect)
    with stage.store.write() as s:
        incidents.locked(s, stage.incident)
        collector.start()
        collector.join(0.5)
        assert statements.cancel(s, stage.statement) == [stage.accounts[0].id]
    collector.join(20)
    assert (trouble, stage.post().state, stage.told()) == ([], ReplyState.CANCELLED, [])


def test_a_dead_token_keeps_it_queued_until_somebody_signs_in(stage: Stage) -> None:
    stage.server.fail("post", SignInAgain("Sign in again."))
    stage.pass_time()
    assert _health(stage) is HealthState.SIGN_IN
    assert stage.post().state is ReplyState.QUEUED
    stage.pass_time(timedelta(seconds=20))
    assert stage.post().state is ReplyState.SENT
    assert _health(stage) is HealthState.WORKING


def _health(stage: Stage) -> HealthState:
    with stage.store.read() as s:
        return accounts.get(s, stage.accounts[0].id).health


def test_an_answer_that_never_came_is_found_by_reading_back(stage: Stage) -> None:
    stage.server.after.append(Unreachable("Reset.", maybe_done=True))
    stage.pass_time()
    assert stage.post().state is ReplyState.UNKNOWN
    assert stage.of_incident().stated_at is None
    stage.pass_time(timedelta(seconds=5))
    assert stage.post().state is ReplyState.SENT
    assert stage.server.texts == SAFE


def test_a_reply_of_the_same_words_is_not_taken_for_it(stage: Stage) -> None:
    from inbox.networks.base import ReplyTarget

    stage.server.publish(TEXT, "other", ReplyTarget("fake://in/1", None, None, "kim", "id-kim"))
    stage.server.fail("post", Unreachable("Reset.", maybe_done=True))
    stage.pass_time()
    stage.pass_time(timedelta(seconds=5))
    stage.pass_time(timedelta(seconds=130))
    assert stage.post().state is ReplyState.FAILED


def test_what_is_not_found_twice_has_failed_and_only_a_person_sends_it_again(stage: Stage) -> None:
    stage.server.fail("post", Unreachable("Reset.", maybe_done=True))
    stage.pass_time()
    stage.pass_time(timedelta(seconds=5))
    stage.pass_time(timedelta(seconds=100))
    assert stage.post().state is ReplyState.UNKNOWN, "the later read-back is more than two minutes after"
    stage.pass_time(timedelta(seconds=25))
    stage.pass_time(timedelta(hours=1))
    assert stage.post().state is ReplyState.FAILED
    assert stage.server.texts == []
    with stage.store.write() as s:
        assert statements.send_again(s, stage.statement, stage.accounts[0].id, now=stage.at)
    stage.pass_time()
    assert [post[0] for post in stage.server.posts] == ["fake-key-2"]
    assert stage.post().state is ReplyState.SENT


def test_where_keys_are_honoured_an_unknown_one_is_repeated_and_stands_once(keyed: Stage) -> None:
    hold_flow.hold(keyed.store, account=None, why="Smoke on EX731", actor="ana", now=keyed.at)
    keyed.server.fail("post", Unreachable("Reset.", maybe_done=True))
    keyed.pass_time()
    keyed.server.after.append(Unreachable("Reset.", maybe_done=True))
    keyed.pass_time(timedelta(seconds=5))
    keyed.pass_time(timedelta(seconds=10))
    assert keyed.post().state is ReplyState.SENT
    assert keyed.server.texts == SAFE


@pytest.mark.parametrize("made", [True, False])
@pytest.mark.parametrize("honoured", [True, False])
def test_a_collector_killed_between_taking_and_knowing_leaves_it_to_the_next_one(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, made: bool, honoured: bool
) -> None:
    class Killed(BaseException):
        """The process is gone: nothing after it runs."""

    stage = _stage(monkeypatch, Stage(store, [connected(store, idempotent=honoured)]))
    stage.server.honours_keys = honoured
    if made:
        stage.server.after.append(Killed())
    else:
        stage.server.fail("post", Killed())
    with pytest.raises(Killed):
        stage.pass_time()
    assert stage.post().state is ReplyState.SENDING
    stage.restart()
    with stage.store.write() as s:
        assert statements.abandoned(s, now=stage.at) == 1
    for _ in range(3):
        stage.pass_time(timedelta(minutes=3))
    stands = made or honoured
    assert stage.post().state is (ReplyState.SENT if stands else ReplyState.FAILED)
    assert len(stage.server.texts) == stands
    assert len(stage.told()) == 1


def test_a_collector_killed_between_post_and_record_leaves_it_to_the_next_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process is gone."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr("inbox.flow.publish.incidents.tell", die)
        with pytest.raises(Killed):
            stage.pass_time()
    assert stage.post().state is ReplyState.SENDING, "all of what follows was undone with it"
    stage.restart()
    with stage.store.write() as s:
        statements.abandoned(s, now=stage.at)
    stage.workers[0].step()
    assert stage.post().state is ReplyState.SENT
    assert (stage.server.texts, len(stage.told())) == (SAFE, 1)
    assert stage.of_incident().stated_at == stage.server.now


def test_what_was_found_out_is_written_when_the_database_is_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise Locked("Another program holds the workspace.")

    with monkeypatch.context() as broken:
        broken.setattr("inbox.flow.publish.sent.keep", locked)
        with pytest.raises(Locked):
            stage.pass_time()
    stage.workers[0].step()
    assert stage.post().state is ReplyState.SENT
    assert stage.server.texts == SAFE


def test_two_collectors_publish_it_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Publisher(stage.store, stage.accounts[0].id, stage.networks, lambda: stage.at, lambda: False)
    begin = Publisher._begin

    def late(worker: Publisher, account: Account, post: Outgoing) -> Outgoing | None:
        if worker is not other:
            # The other was quicker, after this one read what is queued.
            other.step()
        return begin(worker, account, post)

    monkeypatch.setattr(Publisher, "_begin", late)
    stage.pass_time()
    assert stage.server.texts == SAFE
    assert len(stage.told()) == 1


def test_who_lost_the_lease_publishes_nothing(stage: Stage) -> None:
    stage.workers[0].me = mine = lease.this_process()
    with pytest.raises(LeaseLost):
        stage.pass_time()
    assert stage.server.texts == []
    with stage.store.write() as s:
        lease.acquire(s, mine, stage.at)
    stage.workers[0].step()
    assert stage.post().state is ReplyState.SENT


def test_a_machine_that_slept_between_taking_and_posting_does_not_post(stage: Stage) -> None:
    class Sleepy(Publisher):
        def _begin(self, account: Account, post: Outgoing) -> Outgoing | None:
            found = super()._begin(account, post)
            stage.watch.moved += 60
            return found

    stage.workers = [Sleepy(stage.store, stage.accounts[0].id, stage.networks, lambda: stage.at, lambda: False)]
    stage.pass_time()
    assert stage.post().state is ReplyState.QUEUED
    assert stage.server.texts == []


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)])
def test_a_clock_set_back_neither_delays_it_nor_takes_its_undo_time(stage: Stage, back: timedelta) -> None:
    stage.at -= back
    stage.workers[0].step()
    stage.pass_time(timedelta(seconds=8))
    assert stage.post().state is ReplyState.QUEUED
    stage.pass_time(timedelta(seconds=3))
    assert stage.post().state is ReplyState.SENT


def test_what_is_taken_back_meanwhile_never_goes_out(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = Publisher._begin

    def late(worker: Publisher, account: Account, post: Outgoing) -> Outgoing | None:
        with stage.store.write() as s:
            statements.cancel(s, stage.statement)
        return begin(worker, account, post)

    monkeypatch.setattr(Publisher, "_begin", late)
    stage.pass_time()
    stage.pass_time(timedelta(hours=1))
    assert stage.server.texts == []
    assert stage.post().state is ReplyState.CANCELLED


def test_an_account_that_is_paused_or_not_connected_publishes_when_it_is_back(two: Stage) -> None:
    paused, gone = two.accounts
    with two.store.write() as s:
        accounts.set_paused(s, paused.id, paused=True)
        s.execute(account_table.update().where(account_table.c.id == gone.id).values(connected_at=None))
    two.pass_time()
    assert [two.post(place).state for place in (0, 1)] == [ReplyState.QUEUED, ReplyState.QUEUED]
    assert two.networks.opened == []
    with two.store.write() as s:
        accounts.set_paused(s, paused.id, paused=False)
        s.execute(account_table.update().where(account_table.c.id == gone.id).values(connected_at=NOON))
    two.pass_time()
    assert [two.post(place).state for place in (0, 1)] == [ReplyState.SENT, ReplyState.SENT]


def test_one_account_in_trouble_does_not_keep_the_other_back(two: Stage) -> None:
    two.networks.server("exampleair").break_for_good("post", Unreachable("Down."))
    two.pass_time()
    assert [two.post(place).state for place in (0, 1)] == [ReplyState.QUEUED, ReplyState.SENT]


def test_a_bug_in_a_network_leaves_it_of_unknown_fate(stage: Stage) -> None:
    stage.server.after.append(KeyError("id"))
    with pytest.raises(KeyError):
        stage.pass_time()
    assert stage.post().state is ReplyState.UNKNOWN
    stage.pass_time(timedelta(seconds=5))
    assert stage.post().state is ReplyState.SENT
    with stage.store.read() as s:
        assert s.scalar(select(statement_post.c.attempts)) == 1
