"""The bulk reply answers each author once, says who is left out, is paced, passes a hold and can be taken back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from inbox.flow import holds, reply
from inbox.flow.deliver import Deliverer
from inbox.flow.hot import bulk, by_hand, deciding
from inbox.flow.hot.bulk import Bulk, Plan
from inbox.flow.hot.fields import filled
from inbox.model.ids import IncidentId, ThreadId
from inbox.model.words import AfterSend, CloseReason, ReplyState, Status
from inbox.store import audit, incident_replies, incidents, outbox, threads
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused
from inbox.store.schema import account as account_table
from inbox.store.schema import author as author_table
from inbox.store.schema import mention as mention_table
from inbox.store.schema import outbox as outbox_table
from inbox.store.schema import thread as thread_table
from tests.support.fake_network import FakeNetworks
from tests.support.world import NOON, World, put_thread, world

TEXT = "Hello {name}, we give the money back."
NOW = NOON + timedelta(hours=1)
SECOND = timedelta(seconds=1)


@dataclass
class Crowd:
    """Kim, Lea and Max wrote, each in a thread that an incident holds; Kim twice."""

    store: Store
    here: World
    networks: FakeNetworks = field(default_factory=FakeNetworks)
    threads: dict[str, ThreadId] = field(default_factory=dict)
    id: IncidentId = field(init=False)

    def __post_init__(self) -> None:
        self.threads["kim"] = self.here.thread
        for number, who in enumerate(("lea", "max", "kim"), start=1):
            at = NOON + timedelta(minutes=number)
            self.threads[f"{who}{number}" if who in self.threads else who] = put_thread(
                self.store, self.here.account.id, who=who, at=at
            )[0]
        ids = list(self.threads.values())
        self.id, _ = by_hand.open_incident(self.store, "Double charges", ids, actor="ana", now=NOW)

    def plan(self, text: str = TEXT, *, again: bool = False) -> Plan:
        with self.store.read() as s:
            return bulk.plan(s, self.id, text, me="ana", now=NOW, again=again)

    def send(self, text: str = TEXT, *, at: datetime = NOW, again: bool = False) -> Bulk:
        return bulk.send(self.store, self.id, text, actor="ana", now=at, again=again, undo=10 * SECOND)

    def whys(self, text: str = TEXT, *, again: bool = False) -> dict[ThreadId, str]:
        return {each.thread_id: each.why for each in self.plan(text, again=again).left_out}

    def deliver(self, at: datetime, span: timedelta = timedelta(0)) -> list[str]:
        worker = Deliverer(self.store, self.here.account.id, self.networks, lambda: at + span, lambda: False)
        worker.step()
        return self.networks.server().texts

    def rows(self) -> list[tuple[ThreadId, str, datetime]]:
        query = select(outbox_table.c.thread_id, outbox_table.c.text, outbox_table.c.not_before)
        with self.store.read() as s:
            return [
                (row.thread_id, row.text, row.not_before)
                for row in s.execute(query.order_by(outbox_table.c.not_before))
            ]

    def set(self, who: str, **values: object) -> None:
        with self.store.write() as s:
            s.execute(thread_table.update().where(thread_table.c.id == self.threads[who]).values(**values))


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return Crowd(store, world(store))


def test_each_author_is_answered_once_in_the_thread_they_wrote_in_last(crowd: Crowd) -> None:
    found = crowd.plan()
    assert {each.text for each in found.answers} == {
        f"Hello {who}, we give the money back." for who in ("Kim", "Lea", "Max")
    }
    assert {each.thread_id for each in found.answers} == {crowd.threads[each] for each in ("kim3", "lea", "max")}
    assert crowd.whys() == {crowd.threads["kim"]: "answered, or to be answered, in another thread of theirs"}
    assert found.lasts == 8 * SECOND
    assert crowd.rows() == [], "a plan queues nothing"


def test_answers_are_paced_marked_with_the_incident_and_pass_a_hold(crowd: Crowd) -> None:
    holds.hold(crowd.store, account=None, why="Smoke", actor="ana", now=NOW)
    done = crowd.send()
    assert done.sentence == "3 replies on the way, one every 4 s for each account. 1 thread left out."
    assert [at - NOW for _, _, at in crowd.rows()] == [10 * SECOND, 14 * SECOND, 18 * SECOND]
    assert len(crowd.deliver(NOW, 10 * SECOND)) == 1
    said = sorted(crowd.deliver(NOW, 60 * SECOND))
    assert said == [f"Hello {who}, we give the money back." for who in ("Kim", "Lea", "Max")]
    with crowd.store.read() as s:
        assert [each.state for each in outbox.newest(s)] == [ReplyState.SENT] * 3
        assert bulk.progress(s, crowd.id, NOW).sent == 3
        assert threads.row(s, crowd.threads["lea"]).status is Status.WAITING
        assert incidents.timeline(s, crowd.id)[0].text == "Answering 3 people: “Hello {name}, we give the money back.”"
        assert [each.action for each in audit.for_thread(s, crowd.threads["lea"])][:1] == ["reply"]


def test_a_slow_pace_is_told_in_minutes(crowd: Crowd) -> None:
    done = bulk.send(crowd.store, crowd.id, "We know.", actor="ana", now=NOW, pace=timedelta(minutes=10))
    assert done.sentence == "3 replies on the way, one every 10 min for each account. 1 thread left out."


def test_a_second_run_answers_nobody_twice_unless_asked(crowd: Crowd) -> None:
    crowd.send()
    with pytest.raises(Refused, match="There is nobody to answer: a reply to them is on its way"):
        crowd.send()
    with pytest.raises(Refused, match="nobody to answer"):
        crowd.send(again=True)
    crowd.deliver(NOW, 60 * SECOND)
    with pytest.raises(Refused, match="nobody to answer"):
        crowd.send("Fixed now.", at=NOW + timedelta(hours=1))
    assert crowd.send("Fixed now.", at=NOW + timedelta(hours=1), again=True).queued == 3


def test_a_wave_that_was_cut_short_goes_on_where_it_stopped(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 1)
    queue, calls = incident_replies.queue, []

    def dies(*given: object, **more: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("killed")
        return queue(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(incident_replies, "queue", dies)
    with pytest.raises(RuntimeError):
        crowd.send()
    assert len(crowd.rows()) == 2
    assert crowd.send().queued == 1
    assert len({thread for thread, _, _ in crowd.rows()}) == 3
    assert [at - NOW for _, _, at in crowd.rows()] == [10 * SECOND, 14 * SECOND, 18 * SECOND]


def test_who_cannot_be_answered_and_why_is_said_before(crowd: Crowd) -> None:
    crowd.set("lea", last_outbound_at=NOON + timedelta(minutes=30))
    crowd.set("max", status=str(Status.CLOSED), close_reason=str(CloseReason.SPAM))
    reply.claim(crowd.store, crowd.threads["kim3"], "ana", now=NOW)
    assert crowd.whys() == {
        crowd.threads["lea"]: "answered since it began",
        crowd.threads["max"]: "the thread is closed",
        crowd.threads["kim"]: "answered, or to be answered, in another thread of theirs",
    }
    with crowd.store.read() as s:
        other = bulk.plan(s, crowd.id, TEXT, me="command", now=NOW)
    assert {each.why for each in other.left_out if each.thread_id == crowd.threads["kim3"]} == {
        "Ana is writing to them"
    }
    assert crowd.threads["kim"] not in {each.thread_id for each in other.answers}, "nor in their other thread"
    assert crowd.threads["lea"] not in crowd.whys(again=True)


def test_a_text_that_is_too_long_for_one_name_leaves_only_that_author_out(crowd: Crowd) -> None:
    with crowd.store.write() as s:
        s.execute(author_table.update().where(author_table.c.handle == "lea").values(name="L" * 50))
    text = "x" * 460 + "{name}"
    assert crowd.whys(text)[crowd.threads["lea"]] == "10 characters too many: the network takes 500"
    assert len(crowd.plan(text).answers) == 2


def test_a_mention_that_was_taken_back_is_not_answered(crowd: Crowd) -> None:
    with crowd.store.write() as s:
        gone = mention_table.c.thread_id == crowd.threads["lea"]
        s.execute(mention_table.update().where(gone).values(deleted_at=NOW))
    assert crowd.whys()[crowd.threads["lea"]] == "nothing of theirs is left to answer"


def test_an_account_that_cannot_post_is_said(crowd: Crowd) -> None:
    with crowd.store.write() as s:
        s.execute(account_table.update().values(connected_at=None))
    assert set(crowd.whys().values()) == {"exampleair is not connected. Connect it before replying"}
    with pytest.raises(Refused, match="is not connected"):
        crowd.send()


def test_all_that_has_not_gone_out_is_taken_back_at_once(crowd: Crowd) -> None:
    crowd.send()
    crowd.deliver(NOW, 10 * SECOND)
    done = bulk.cancel(crowd.store, crowd.id, actor="ana", now=NOW + 11 * SECOND)
    assert done.sentence == "2 replies taken back before they went out."
    assert len(crowd.deliver(NOW, timedelta(hours=1))) == 1
    with crowd.store.read() as s:
        assert (bulk.progress(s, crowd.id, NOW).sent, bulk.progress(s, crowd.id, NOW).cancelled) == (1, 2)
    assert bulk.cancel(crowd.store, crowd.id, actor="ana", now=NOW).sentence == "No answer of it waits."
    assert crowd.send(at=NOW + timedelta(minutes=1)).queued == 2, "they were not answered"


def test_only_threads_that_were_looked_at_are_answered(crowd: Crowd) -> None:
    done = bulk.send(crowd.store, crowd.id, TEXT, actor="ana", now=NOW, threads=[crowd.threads["lea"]])
    assert done.queued == 1
    assert [thread for thread, _, _ in crowd.rows()] == [crowd.threads["lea"]]


def test_what_follows_is_as_asked_for(crowd: Crowd) -> None:
    bulk.send(crowd.store, crowd.id, TEXT, actor="ana", now=NOW, after=AfterSend.CLOSE)
    crowd.deliver(NOW, timedelta(minutes=1))
    with crowd.store.read() as s:
        assert threads.row(s, crowd.threads["max"]).status is Status.CLOSED


def test_a_wrong_text_and_a_wrong_incident_are_refused(crowd: Crowd) -> None:
    with pytest.raises(Refused, match=r"“\{city\}” is no field. There are \{name\} and \{handle\}"):
        crowd.plan("Hello {city}")
    with pytest.raises(Refused, match="nothing to send"):
        crowd.plan("  ")
    with pytest.raises(NotFound, match="no incident 99"):
        bulk.send(crowd.store, IncidentId(99), TEXT, actor="ana", now=NOW)
    with pytest.raises(NotFound, match="no employee “zoe”"):
        bulk.send(crowd.store, crowd.id, TEXT, actor="zoe", now=NOW)
    with crowd.store.write() as s:
        incidents.change(s, crowd.id, {"state": "suspected"})
    with pytest.raises(Refused, match="only suspected: confirm it first"):
        crowd.plan()
    deciding.dismiss(crowd.store, crowd.id, actor="ana", now=NOW)
    with pytest.raises(Refused, match="is dismissed already"):
        crowd.plan()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Kim Lee", "Hi Kim Lee (@kim)"),
        ("", "Hi @kim (@kim)"),
        ("@victim", "Hi @kim (@kim)"),
        ("win at evil.example", "Hi @kim (@kim)"),
        ("Kim\u202e\nLee", "Hi KimLee (@kim)"),
        ("{handle}", "Hi {handle} (@kim)"),
        ("x" * 61, "Hi @kim (@kim)"),
    ],
)
def test_a_name_addresses_nobody_else_and_leads_nowhere(name: str, said: str) -> None:
    assert filled("Hi {name} ({ Handle })", name=name, handle="kim") == said
