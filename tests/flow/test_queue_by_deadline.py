"""The queue stands in the order of the stored next deadline, with breaches, pauses and corrections in it."""

from datetime import timedelta

from inbox.flow import clocks, decide, triage
from inbox.model.ids import ThreadId
from inbox.model.view import OPEN_STATUSES, Order, ThreadFilter
from inbox.model.words import Priority
from inbox.model.workspace import Policy, Workspace
from inbox.store import views
from inbox.store.engine import Store
from tests.support.talk import Talk, at

HOUR = timedelta(hours=1)
FIRST = {Priority.NORMAL: 4 * HOUR, Priority.HIGH: HOUR}
WORKSPACE = Workspace(policies=(Policy("p", first_response=FIRST, resolution=8 * HOUR),))


def queue(store: Store, minutes: float) -> list[ThreadId]:
    with store.read() as s:
        page = views.page(s, ThreadFilter(statuses=OPEN_STATUSES), Order.DUE, limit=9, now=at(minutes))
    return [row.id for row in page.rows]


def test_late_comes_first_then_what_is_due_next_and_paused_ones_last(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    late, soon, paused = (talk.says(minute, "Where is it?", who=f"a{minute}") for minute in (0, 200, 10))
    triage.triage_pending(store, now=at(201))
    assert queue(store, 201) == [late, paused, soon]
    talk.answers(220, paused)  # on the customer: its resolution pauses, and nothing else runs
    triage.triage_pending(store, now=at(221))
    clocks.due(store, now=at(241))
    assert (talk.row(late).breached, talk.row(paused).next_due_at) == (True, None)
    assert queue(store, 241) == [late, soon, *([paused] if paused in queue(store, 241) else [])]
    decide.set_priority(store, [soon], Priority.HIGH, actor="command", now=at(242))
    assert (talk.row(soon).next_due_at, talk.row(late).next_due_at) == (at(260), at(240))
    assert queue(store, 242)[:2] == [late, soon]
    talk.says(230, "And now?", to=paused, stored_at=at(243), needs_reply=True)
    triage.triage_pending(store, now=at(243))
    # Back with eight hours of resolution, less the ten minutes for which it waited on the customer.
    assert talk.row(paused).next_due_at == at(10) + 8 * HOUR + timedelta(minutes=10)
    assert queue(store, 243) == [late, soon, paused]
