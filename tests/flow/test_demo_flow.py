"""The demo is a real workspace on a real (made-up) network: nothing in it is painted on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from inbox.flow.demo import prepare, taught
from inbox.flow.learning.anew import Anew
from inbox.flow.pull_once import pull_all
from inbox.flow.reply import send
from inbox.model.view import OPEN_STATUSES, ThreadFilter
from inbox.model.words import Status
from inbox.store import views
from inbox.store.engine import open_store
from tests.support.models import keep, model_bytes

# The demo's world goes by the wall clock, as a network does.
NOW = datetime.now(UTC)


def test_the_demo_opens_on_a_full_inbox_with_clocks_running(tmp_path: Path) -> None:
    store = open_store(prepare(tmp_path, now=NOW))
    with store.read() as s:
        live = views.page(s, ThreadFilter(statuses=OPEN_STATUSES), limit=200).rows
        late = views.page(s, ThreadFilter(statuses=OPEN_STATUSES, soon_or_late=True), limit=200, now=NOW).rows
        closed = views.count(s, ThreadFilter(statuses=(Status.CLOSED,)))
        snoozed = views.count(s, ThreadFilter(statuses=(Status.SNOOZED,)))
    store.close()
    assert len(live) >= 40
    assert len({row.area for row in live}) >= 7
    assert sum(row.assignee is not None for row in live) >= 20
    assert 5 <= len(late) < len(live)
    assert any(row.next_due_at is not None and row.next_due_at > NOW for row in live)
    assert closed >= 3
    assert snoozed >= 1


def test_the_demo_opens_whether_or_not_its_network_is_out_at_this_moment(tmp_path: Path) -> None:
    minutes_ago = timedelta(minutes=6.4)  # its outage is from the sixth minute on
    store = open_store(prepare(tmp_path, now=datetime.now(UTC) - minutes_ago))
    with store.read() as s:
        count = views.count(s, ThreadFilter(statuses=OPEN_STATUSES))
    store.close()
    assert count >= 40


def test_the_demo_goes_on_after_it_was_opened(tmp_path: Path) -> None:
    store = open_store(prepare(tmp_path, now=datetime.now(UTC), speed=300))

    def threads() -> int:
        with store.read() as s:
            return views.count(s, ThreadFilter(hidden=None))

    before = threads()
    # At this speed somebody posts every tenth of a second or so, and a pull takes longer than that.
    for _ in range(30):
        pull_all(store, now=lambda: datetime.now(UTC))
        if threads() > before:
            break
    after = threads()
    store.close()
    assert after > before


def test_a_reply_in_the_demo_takes_the_way_of_every_reply(tmp_path: Path) -> None:
    store = open_store(prepare(tmp_path, now=NOW))
    with store.read() as s:
        row = views.page(s, ThreadFilter(statuses=OPEN_STATUSES), limit=1).rows[0]
    reply = send(store, row.id, "We are looking for it.", employee="ana", now=NOW)
    store.close()
    assert reply.state == "queued"
    assert reply.not_before == NOW + timedelta(seconds=10)


def test_the_demo_is_taught_once_what_its_past_teaches_was_learnt_and_asked(tmp_path: Path) -> None:
    store = open_store(prepare(tmp_path, now=NOW))
    before = taught(store)
    keep(store, model_bytes(("Baggage", "Billing")))
    anew = Anew(store, lambda: NOW)
    while anew.step() < 1:
        pass
    after = taught(store)
    store.close()
    assert (before, after) == (False, True)
