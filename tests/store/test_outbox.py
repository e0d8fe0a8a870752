"""The outbox, drafts, requests and presence in the store."""

from datetime import datetime, timedelta

from inbox.model.ids import ReplyId
from inbox.model.outbox import Draft, Reply
from inbox.model.request import RequestKind, RequestState
from inbox.model.words import AfterSend, DraftKind, ReplyState, Visibility
from inbox.store import drafts, outbox, presence, requests
from inbox.store.engine import Store
from inbox.store.schema import outbox as outbox_table
from inbox.store.unsent import Unsent, unsent
from tests.support.world import NOON, World, put_thread, world


def enqueue(store: Store, here: World, text: str = "We are looking for it.") -> Reply:
    with store.write() as s:
        return outbox.enqueue(
            s,
            thread_id=here.thread,
            account_id=here.account.id,
            employee_id=here.employee,
            employee="ana",
            text=text,
            visibility=Visibility.PUBLIC,
            after_send=AfterSend.WAIT,
            answers=here.mention,
            thread_version=1,
            acknowledgement=False,
            queued_at=NOON,
            not_before=NOON + timedelta(seconds=10),
        )


def begin(store: Store, reply_id: ReplyId) -> Reply | None:
    with store.write() as s:
        return outbox.begin(s, reply_id, key="k1", now=NOON)


def test_a_reply_can_be_taken_to_be_sent_only_once(store: Store) -> None:
    reply = enqueue(store, world(store))
    assert outbox.untried(reply)
    first, second = begin(store, reply.id), begin(store, reply.id)
    assert first is not None
    assert (first.state, first.send_key, first.attempts, first.sending_at) == (ReplyState.SENDING, "k1", 1, NOON)
    assert second is None


def test_what_is_being_sent_can_not_be_taken_back(store: Store) -> None:
    reply = enqueue(store, world(store))
    begin(store, reply.id)
    with store.write() as s:
        assert outbox.cancel(s, reply.id) is None
        assert outbox.get(s, reply.id).state is ReplyState.SENDING


def test_what_was_taken_back_is_never_sent(store: Store) -> None:
    reply = enqueue(store, world(store))
    with store.write() as s:
        assert outbox.cancel(s, reply.id) is not None
    assert begin(store, reply.id) is None


def test_what_a_killed_collector_was_sending_is_of_unknown_fate_under_its_key(store: Store) -> None:
    reply = enqueue(store, world(store))
    begin(store, reply.id)
    with store.write() as s:
        left = outbox.abandoned(s, now=NOON)
        assert outbox.abandoned(s, now=NOON) == ()
    assert [(each.id, each.state, each.send_key) for each in left] == [(reply.id, ReplyState.UNKNOWN, "k1")]


def test_a_person_sends_a_failed_reply_again_under_a_new_key(store: Store) -> None:
    reply = enqueue(store, world(store))
    begin(store, reply.id)
    with store.write() as s:
        assert outbox.send_again(s, reply.id, now=NOON) is None
        outbox.failed(s, reply.id, error="Refused.")
        again = outbox.send_again(s, reply.id, now=NOON)
    assert again is not None
    assert outbox.untried(again)
    assert (again.state, again.attempts) == (ReplyState.QUEUED, 1)


def test_a_change_of_the_outbox_names_its_thread(store: Store) -> None:
    here = world(store)
    reply = enqueue(store, here)
    with store.write() as s:
        outbox.begin(s, reply.id, key="k", now=NOON)
    assert s.change.threads == {here.thread}
    assert s.change.topics == {"outbox"}


def test_a_draft_survives_and_an_empty_one_is_dropped(store: Store) -> None:
    here = world(store)
    written = Draft(here.thread, here.employee, "We are", Visibility.PRIVATE, here.mention, 3, NOON)
    with store.write() as s:
        drafts.save(s, written)
        drafts.save(s, written)
    with store.read() as s:
        assert drafts.get(s, here.thread, here.employee) == written
        assert drafts.of_employee(s, here.employee) == (written,)
    with store.write() as s:
        drafts.save(s, Draft(here.thread, here.employee, "  ", Visibility.PUBLIC, None, 3, NOON))
        assert drafts.get(s, here.thread, here.employee) is None


def test_a_note_and_a_reply_are_kept_beside_each_other_and_never_become_each_other(store: Store) -> None:
    here = world(store)
    reply = Draft(here.thread, here.employee, "We are on it", Visibility.PUBLIC, here.mention, 3, NOON)
    note = Draft(here.thread, here.employee, "He is angry", Visibility.PUBLIC, None, 3, NOON, DraftKind.NOTE)
    with store.write() as s:
        drafts.save(s, note)
        assert drafts.get(s, here.thread, here.employee) is None
        drafts.save(s, reply)
    with store.write() as s:
        assert drafts.get(s, here.thread, here.employee) == reply
        assert drafts.get(s, here.thread, here.employee, DraftKind.NOTE) == note
        drafts.drop(s, here.thread, here.employee)
        assert drafts.get(s, here.thread, here.employee, DraftKind.NOTE) == note


def test_a_request_is_taken_up_once_and_answered(store: Store) -> None:
    here = world(store)
    with store.write() as s:
        asked = requests.ask(s, RequestKind.TEST, here.account.id, asked_by="ana", now=NOON, arguments={"a": 1})
    with store.write() as s:
        taken = requests.take(s)
        assert requests.take(s) is None
    assert taken is not None
    assert (taken.id, taken.state, taken.arguments) == (asked, RequestState.WORKING, {"a": 1})
    with store.write() as s:
        assert requests.take_back(s) == 1
        assert [each.id for each in requests.waiting(s)] == [asked]
        requests.answer(s, asked, RequestState.DONE, {"says": "All is well."})
        assert requests.get(s, asked).answer == {"says": "All is well."}
        assert requests.prune(s, NOON + timedelta(days=1)) == 1


def test_who_is_there_is_seen_and_forgotten(store: Store) -> None:
    here = world(store)
    with store.write() as s:
        presence.here(s, here.thread, "ana", claimed=False, now=NOON)
        presence.here(s, here.thread, "ben", claimed=True, now=NOON + timedelta(seconds=30))
    with store.write() as s:
        presence.here(s, here.thread, "ana", claimed=False, now=NOON + timedelta(seconds=20))
    assert not s.change.threads, "a renewal is no news"
    with store.read() as s:
        there = presence.who(s, here.thread, now=NOON + timedelta(seconds=60))
        later = presence.who(s, here.thread, now=NOON + timedelta(seconds=85))
        back = presence.who(s, here.thread, now=NOON - timedelta(hours=1))
    assert [(each.employee, each.full_name, each.claimed) for each in there] == [
        ("ana", "Ana Ruiz", False),
        ("ben", "ben", True),
    ]
    assert [each.employee for each in later] == ["ben"]
    assert back == ()
    with store.write() as s:
        assert presence.any_over(s, now=NOON + timedelta(seconds=85))
        assert presence.expire(s, now=NOON + timedelta(seconds=85)) == 1


def test_what_is_due_much_later_is_not_read_again_and_again(store: Store) -> None:
    here = world(store)
    near, far = enqueue(store, here), enqueue(store, here)
    other, _ = put_thread(store, here.account.id, who="lea")
    with store.write() as s:
        later = NOON + timedelta(hours=5)
        s.execute(outbox_table.update().where(outbox_table.c.id == far.id).values(thread_id=other, not_before=later))

    def soon(now: datetime) -> list[ReplyId]:
        with store.read() as s:
            return [each.id for each in outbox.soon(s, here.account.id, now, timedelta(minutes=1))]

    assert soon(NOON) == [near.id]
    assert soon(NOON + timedelta(hours=5)) == [near.id, far.id]
    assert soon(NOON - timedelta(hours=1)) == [near.id, far.id], "the clock was set back"


def test_what_waits_in_a_thread_of_one_that_is_due_comes_with_it(store: Store) -> None:
    here = world(store)
    first, second = enqueue(store, here), enqueue(store, here)
    with store.write() as s:
        later = NOON + timedelta(hours=5)
        s.execute(outbox_table.update().where(outbox_table.c.id == first.id).values(not_before=later))
    with store.read() as s:
        found = outbox.soon(s, here.account.id, NOON, timedelta(minutes=1))
    assert [each.id for each in found] == [first.id, second.id]


def test_replies_and_the_answers_of_incidents_are_counted_apart(store: Store) -> None:
    here = world(store)
    reply, paced, sent = enqueue(store, here), enqueue(store, here), enqueue(store, here)
    with store.write() as s:
        s.execute(outbox_table.update().where(outbox_table.c.id == paced.id).values(incident_id=1))
        s.execute(outbox_table.update().where(outbox_table.c.id == sent.id).values(state=ReplyState.SENT))
    with store.read() as s:
        assert unsent(s) == Unsent(soon=1, paced=1)
        assert [each.id for each in outbox.undoable(s)] == [reply.id]
