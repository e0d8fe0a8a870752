"""What became of the customer: said by a person, audited, taken back, and never set silently."""

from datetime import timedelta

from sqlalchemy import select

from inbox.flow import decide, outcomes
from inbox.flow.triage import triage_pending
from inbox.model.ids import ThreadId
from inbox.model.words import Outcome
from inbox.store import threads
from inbox.store.engine import Store
from inbox.store.schema import mention
from tests.support.desk import NOON, staffed, waiting_thread
from tests.support.talk import Talk, at


def _outcome(store: Store, thread_id: ThreadId) -> Outcome | None:
    with store.read() as s:
        return threads.get(s, thread_id).outcome


def test_an_outcome_is_said_audited_and_taken_back(store: Store) -> None:
    staffed(store)
    thread_id = waiting_thread(store)
    now = NOON + timedelta(minutes=1)
    done = outcomes.set_outcome(store, [thread_id], Outcome.SAVED, actor="ana", now=now)
    assert done.sentence == f"Thread {thread_id}: outcome saved."
    assert _outcome(store, thread_id) is Outcome.SAVED
    with store.read() as s:
        event = threads.get(s, thread_id).audit[-1]
    assert (event.action, event.actor, event.details["outcome"]) == ("outcome", "ana", "saved")
    assert outcomes.set_outcome(store, [thread_id], Outcome.SAVED, actor="ana", now=now).undo is None
    assert done.undo is not None
    decide.undo(store, done.undo, actor="ana", now=now)
    assert _outcome(store, thread_id) is None


def test_thanks_after_our_answer_are_proposed_and_not_set(store: Store) -> None:
    talk = Talk(store, staffed(store))
    thread_id = talk.says(0, "Where is my suitcase?")
    with store.read() as s:
        assert outcomes.proposed(s, thread_id) is None
    talk.answers(5, thread_id)
    talk.says(9, "Thank you so much, you are the best!", to=thread_id)
    triage_pending(store, now=at(10))
    with store.read() as s:
        assert s.scalar(select(mention.c.sentiment).order_by(mention.c.id.desc()).limit(1)) == "positive"
        assert outcomes.proposed(s, thread_id) is Outcome.THANKS
    assert _outcome(store, thread_id) is None
