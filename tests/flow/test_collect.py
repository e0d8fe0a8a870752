"""The collector with networks in memory: lanes, health, requests, the lease, and stopping."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from inbox.flow import reply, requests
from inbox.flow.collect import Collector, Held
from inbox.flow.refreshing import refresh
from inbox.model.account import Account
from inbox.model.ids import ReplyId, RequestId, ThreadId
from inbox.model.mention import BadPayload
from inbox.model.request import RequestKind, RequestState
from inbox.model.words import HealthState, ReplyState, SourceKind
from inbox.networks.errors import RateLimited, Refused, SignInAgain, Unreachable
from inbox.secrets import SecretError
from inbox.store import accounts, incidents, lease, outbox, quarantine, sources, statements
from inbox.store import requests as asked_of
from inbox.store.engine import Store
from inbox.store.schema import employee, mention, thread
from tests.support import stated
from tests.support.fake_network import FakeNetworks, FakeServer
from tests.support.world import connected, put_thread

DEADLINE = 20.0


def until(met: Callable[[], bool], what: str, seconds: float = DEADLINE) -> None:
    """Wait for a condition, with a deadline."""
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds} s for: {what}")
        time.sleep(0.01)


@dataclass
class Running:
    """A collector on a thread of its own, and what is asked of the store meanwhile."""

    store: Store
    networks: FakeNetworks = field(default_factory=FakeNetworks)
    raised: list[BaseException] = field(default_factory=list)
    collector: Collector = field(init=False)
    runner: threading.Thread = field(init=False)

    def start(self) -> None:
        self.collector = Collector(self.store, self.networks)
        self.runner = threading.Thread(target=self._run, daemon=True)
        self.runner.start()

    def _run(self) -> None:
        try:
            self.collector.run()
        except Exception as error:  # noqa: BLE001 - looked at by the test
            self.raised.append(error)

    def stop(self) -> float:
        """Stop; how long it took."""
        begun = time.monotonic()
        self.collector.stop()
        self.runner.join(10)
        return time.monotonic() - begun

    def mentions(self, account: Account) -> int:
        with self.store.read() as s:
            return int(s.scalar(select(func.count()).where(mention.c.account_id == account.id)))

    def health(self, account: Account) -> HealthState:
        with self.store.read() as s:
            return accounts.get(s, account.id).health

    def account(self, account: Account) -> Account:
        with self.store.read() as s:
            return accounts.get(s, account.id)

    def reply(self, reply_id: ReplyId) -> ReplyState:
        with self.store.read() as s:
            return outbox.get(s, reply_id).state

    def answer(self, request_id: RequestId) -> RequestState:
        with self.store.read() as s:
            return asked_of.get(s, request_id).state


@pytest.fixture
def running(store: Store) -> Iterator[Running]:
    made = Running(store)
    yield made
    if hasattr(made, "collector"):
        for server in made.networks.servers.values():
            server.hang.set()
        made.stop()


def brand(running: Running, handle: str = "exampleair", kind: SourceKind = SourceKind.MENTIONS) -> Account:
    """A connected account whose source begins at the beginning."""
    account = connected(running.store, handle)
    with running.store.write() as s:
        source = sources.ensure(s, account.id, kind)
        sources.advance(s, source, "0", now=datetime.now(UTC))
    server(running, handle).now = datetime.now(UTC)
    return account


def server(running: Running, handle: str = "exampleair") -> FakeServer:
    return running.networks.server(handle)


def test_a_mention_comes_in_and_its_reply_goes_out(running: Running) -> None:
    account = brand(running)
    server(running).say("Where is my bag? Please help!")
    with running.store.write() as s:
        s.execute(employee.insert().values(name="ana", full_name="Ana Ruiz"))
    running.start()
    until(lambda: running.mentions(account) == 1, "the mention")

    def triaged() -> bool:
        with running.store.read() as s:
            return bool(s.scalar(select(mention.c.triaged)))

    until(triaged, "triage")
    with running.store.read() as s:
        number = ThreadId(s.scalar(select(thread.c.id)))
    sent = reply.send(
        running.store, number, "We found it.", employee="ana", now=datetime.now(UTC), undo=timedelta(seconds=0.2)
    )
    until(lambda: running.reply(sent.id) is ReplyState.SENT, "the reply")
    assert server(running).texts == ["We found it."]


def test_news_wake_the_pull(running: Running) -> None:
    account = brand(running)
    running.start()
    until(lambda: "exampleair:pull" in server(running).calls, "the first pull")
    for number in range(5):
        server(running).say(f"Question {number}?", who=f"who{number}")
    until(lambda: running.mentions(account) == 5, "five mentions, long before the next turn", 8)


def test_a_dead_network_never_delays_another(running: Running) -> None:
    slow, quick = brand(running, "slow"), brand(running, "quick")
    server(running, "slow").hang.clear()
    server(running, "slow").say("Hello?")
    running.start()
    until(lambda: "slow:pull" in server(running, "slow").calls, "the slow one to hang")
    server(running, "quick").say("Hello?")
    until(lambda: running.mentions(quick) == 1, "the quick one")
    assert running.mentions(slow) == 0
    assert running.stop() < 3.5


def test_it_stops_within_two_seconds_in_the_middle_of_a_page_and_goes_on_where_it_was(running: Running) -> None:
    account = brand(running)
    for number in range(7):
        server(running).say(f"Question {number}?", who=f"who{number}")
    server(running).fail("page", None, None)
    running.start()
    until(lambda: running.mentions(account) >= 2, "a first page")
    server(running).hang.clear()
    assert running.stop() < 3.5
    assert not running.raised
    server(running).hang.set()
    running.start()
    until(lambda: running.mentions(account) == 7, "all, each once")


def test_a_second_collector_is_told_and_the_first_goes_on(running: Running) -> None:
    running.start()

    def held() -> bool:
        with running.store.read() as s:
            return lease.living(s, datetime.now(UTC)) is not None

    until(held, "the lease")
    with pytest.raises(Held, match="Another collector holds"):
        Collector(running.store, running.networks).run()
    running.stop()
    Collector(running.store, running.networks).run(span=timedelta(seconds=0.1))


def test_an_outage_is_said_and_over_when_it_is_over(running: Running) -> None:
    account = brand(running)
    server(running).break_for_good("pull", Unreachable("Fake does not answer."))
    running.start()
    until(lambda: running.health(account) is HealthState.TROUBLE, "the trouble to be shown")
    assert running.account(account).error.startswith("Fake does not answer. Trying again in ")
    server(running).say("Anybody?")
    server(running).break_for_good("pull", None)
    until(lambda: running.mentions(account) == 1, "the mention of the outage")
    until(lambda: running.health(account) is HealthState.WORKING, "the recovery to be shown")
    assert running.account(account).error == ""


def test_a_rate_limit_slows_down(running: Running) -> None:
    account = brand(running)
    server(running).fail("pull", RateLimited("Too many requests.", datetime.now(UTC) + timedelta(seconds=1)))
    running.start()
    until(lambda: running.health(account) is HealthState.SLOWED, "the limit to be shown")
    until(lambda: running.health(account) is HealthState.WORKING, "the limit to be over")


def test_a_refused_search_is_the_sources_own_trouble(running: Running) -> None:
    account = brand(running, kind=SourceKind.SEARCH)
    server(running).break_for_good("pull", Refused("This server has no search."))
    running.start()

    def said() -> bool:
        with running.store.read() as s:
            return "no search" in sources.for_account(s, account.id)[0].error

    until(said, "the source to say it")
    assert running.health(account) is HealthState.WORKING


@pytest.mark.parametrize(
    ("trouble", "health"),
    [
        (SignInAgain("Sign in again."), HealthState.SIGN_IN),
        (SecretError("The system keyring is locked."), HealthState.TROUBLE),
    ],
)
def test_without_a_usable_secret_it_says_so(
    running: Running, trouble: SignInAgain | SecretError, health: HealthState
) -> None:
    account = brand(running)
    running.networks.trouble = trouble
    running.start()
    until(lambda: running.health(account) is health, "what is wrong")
    assert str(trouble) in running.account(account).error


def test_a_test_that_is_asked_for_connects_the_account(running: Running) -> None:
    with running.store.write() as s:
        account = accounts.add(s, "fake", "exampleair", server="https://network.test")
    now = datetime.now(UTC)
    server(running).say("An old one.", at=now - timedelta(hours=2))
    asked = requests.ask(
        running.store, RequestKind.TEST, account.id, actor="ana", now=now, connect=True, look_back="24h"
    )
    running.start()
    until(lambda: running.answer(asked) is RequestState.DONE, "the test")
    answer = requests.answer(running.store, asked).answer
    assert [step["state"] for step in answer["steps"]] == ["done", "done", "done"]
    assert answer["steps"][0]["words"] == "Signed in as exampleair."
    until(lambda: running.mentions(account) == 1, "the look back")
    with running.store.read() as s:
        assert s.scalar(select(mention.c.before_connection))
        assert {each.kind for each in sources.for_account(s, account.id)} == {SourceKind.MENTIONS, SourceKind.OWN_POSTS}


def test_a_test_that_fails_says_why_and_connects_nothing(running: Running) -> None:
    with running.store.write() as s:
        account = accounts.add(s, "fake", "exampleair", server="https://network.test")
    server(running).break_for_good("identify", SignInAgain("This app password is not valid."))
    asked = requests.ask(running.store, RequestKind.TEST, account.id, actor="ana", now=datetime.now(UTC), connect=True)
    running.start()
    until(lambda: running.answer(asked) is RequestState.REFUSED, "the answer")
    assert requests.answer(running.store, asked).answer["steps"][-1] == {
        "state": "failed",
        "words": "This app password is not valid.",
    }
    assert running.account(account).connected_at is None


def test_what_cannot_be_read_is_kept_and_the_rest_of_the_page_is_stored(running: Running) -> None:
    account = brand(running)
    server(running).bad.append(BadPayload("fake", '{"id": 1}', "it has no author"))
    server(running).say("Hello?")
    running.start()
    until(lambda: running.mentions(account) == 1, "the good one")
    with running.store.read() as s:
        assert quarantine.count(s) == 1


def test_an_account_that_is_removed_is_pulled_no_more(running: Running) -> None:
    account = brand(running)
    running.start()
    until(lambda: "exampleair:pull" in server(running).calls, "the first pull")
    with running.store.write() as s:
        accounts.remove(s, account.id, datetime.now(UTC))
    until(lambda: account.id not in running.collector._accounts, "its lanes to end")
    until(lambda: all(client.closed for client in running.networks.opened), "its connections to be closed")


def test_what_a_killed_collector_was_sending_is_settled_by_the_next(running: Running) -> None:
    account = brand(running)
    with running.store.write() as s:
        s.execute(employee.insert().values(name="ana", full_name="Ana Ruiz"))
    server(running).say("Where is my bag?")
    running.start()
    until(lambda: running.mentions(account) == 1, "the mention")
    running.stop()
    with running.store.read() as s:
        number = ThreadId(s.scalar(select(thread.c.id)))
    now = datetime.now(UTC)
    sent = reply.send(running.store, number, "Found.", employee="ana", now=now, undo=timedelta(0))
    with running.store.write() as s:
        begun = outbox.begin(s, sent.id, key="k", now=now)
    assert begun is not None
    from inbox.networks.base import ReplyTarget

    server(running).publish("Found.", "k", ReplyTarget("fake://in/1", None, None, "kim", "id-kim"))
    running.start()
    until(lambda: running.reply(sent.id) is ReplyState.SENT, "the reply to be found")
    assert server(running).texts == ["Found."]


def test_an_edit_and_a_deletion_on_the_network_are_noticed(running: Running) -> None:
    account = brand(running)
    name = server(running).say("Wher is my bag?")
    gone = server(running).say("Never mind", who="lee")
    running.start()
    until(lambda: running.mentions(account) == 2, "the mentions")
    running.stop()
    first, second = server(running).inbound
    server(running).changed = {name: replace(first, text="Where is my bag?"), gone: replace(second, deleted=True)}
    client = running.networks.open(account, lambda: False)
    now = datetime.now(UTC)
    assert refresh(running.store, client, account, now=now) == 0, "what has just come is not asked about"
    later = now + timedelta(minutes=30)
    assert refresh(running.store, client, account, now=later) == 2
    assert refresh(running.store, client, account, now=later) == 0, "nor what was asked about just now"
    with running.store.read() as s:
        rows = s.execute(select(mention.c.text, mention.c.deleted_at).order_by(mention.c.id)).all()
    assert rows[0].text == "Where is my bag?"
    assert rows[1].deleted_at is not None


def test_a_statement_wakes_the_lane_and_stands_beside_the_replies(running: Running) -> None:
    account = brand(running)
    running.start()
    until(lambda: "exampleair:pull" in server(running).calls, "the first pull")
    began = datetime.now(UTC) - stated.UNDO
    stated.published(running.store, stated.incident(running.store), account, at=began)
    until(lambda: server(running).texts == [stated.TEXT], "the statement, long before the next look", 8)


def test_a_statement_that_a_dead_collector_was_sending_is_looked_for(running: Running) -> None:
    account = brand(running)
    number = stated.incident(running.store)
    stated.published(running.store, number, account, at=datetime.now(UTC) - stated.UNDO)
    server(running).publish(stated.TEXT, "fake-key-dead", None)
    with running.store.write() as s:
        (post,) = statements.on_their_way(s, account.id)
        statements.begin(s, post.id, key="fake-key-dead", now=datetime.now(UTC))
    running.start()

    def stands() -> bool:
        with running.store.read() as s:
            found = incidents.get(s, number)
        return found is not None and found.stated_at is not None

    until(stands, "the statement that stands")
    assert server(running).texts == [stated.TEXT]


def test_a_statement_that_breaks_the_lane_keeps_no_reply_back(running: Running) -> None:
    account = brand(running)
    with running.store.write() as s:
        s.execute(employee.insert().values(name="ana", full_name="Ana Ruiz"))
    thread_id, _ = put_thread(running.store, account.id)
    stated.published(running.store, stated.incident(running.store), account, at=datetime.now(UTC) - stated.UNDO)
    server(running).fail("post", Unreachable("Reset.", maybe_done=True))
    server(running).break_for_good("find_posted", KeyError("a mistake in the network's client"))
    running.start()
    until(lambda: "exampleair:find_posted" in server(running).calls, "the statement in trouble")
    reply.send(running.store, thread_id, "We found it.", employee="ana", now=datetime.now(UTC), undo=timedelta(0))
    until(lambda: "We found it." in server(running).texts, "the reply")
