"""The room reads what an incident holds and how much is written against what is usual, a page at a time."""

from datetime import timedelta
from pathlib import Path

from inbox.flow.hot import by_hand, deciding, room
from inbox.hot import keeping
from inbox.hot.rates import BIN
from inbox.model.ids import IncidentId
from inbox.store import gathered, hot, incidents
from inbox.store.engine import Store
from inbox.store.hot import StreamCount
from inbox.store.schema import thread
from tests.flow.hot.scene import END, bring, complaints, configure, days, watch
from tests.support.desk import NOON, many_waiting, replied, staffed, waiting_thread

LATER = NOON + timedelta(minutes=12)
STREAM = "account:exampleair"


def opened(store: Store) -> IncidentId:
    """An incident of three threads by two authors, one of them answered and closed."""
    staffed(store)
    ids = [waiting_thread(store, who=who) for who in ("kim", "kim", "lee")]
    replied(store, ids[0], "ana", at=LATER)
    with store.write() as s:
        s.execute(thread.update().where(thread.c.id == ids[0]).values(status="closed"))
        s.execute(thread.update().where(thread.c.id.in_(ids[:2])).values(followers=500))
        s.execute(thread.update().where(thread.c.id == ids[2]).values(followers=70))
    return by_hand.open_incident(store, "Double charges", ids, actor="ana", now=NOON)[0]


def test_what_it_holds_is_counted_each_author_once(store: Store) -> None:
    number = opened(store)
    with store.read() as s:
        assert gathered.counted(s, number) == gathered.Gathered(3, 2, 2, 570, 3, 0)
        assert gathered.people(s, [number]) == {number: 2}
        assert gathered.standing(s, 5) == [gathered.Standing(number, "Double charges", 3)]
        held = incidents.threads(s, number)
    deciding.take(store, number, held, actor="ana", now=LATER)
    with store.read() as s:
        assert gathered.counted(s, number) == gathered.Gathered()
        assert gathered.people(s, [number]) == {}


def test_pages_hold_every_thread_once_those_that_press_first(store: Store) -> None:
    number = opened(store)
    deciding.put(store, number, many_waiting(store, "Billing", 40), actor="ana", now=LATER)
    with store.read() as s:
        found = [row for offset in range(0, 60, 10) for row in room.more(s, number, 10, offset)]
    assert len({row.id for row in found}) == len(found) == 43
    assert found[-1].status == "closed"
    dues = [row.next_due_at for row in found[:-1] if row.next_due_at is not None]
    assert dues == sorted(dues)


def test_volume_stands_against_what_is_usual_where_that_is_known(store: Store) -> None:
    number = opened(store)
    with store.write() as s:
        hot.count(s, [StreamCount(STREAM, NOON + timedelta(minutes=5), 9, 7, 2, 0)])
        hot.count(s, [StreamCount(STREAM, NOON + timedelta(minutes=10), 5, 4, 2, 0)])
    with store.read() as s:
        found = room.read(s, number, LATER)
    assert found is not None
    volume = found.volume
    assert (volume.length, volume.lately, volume.usual) == (timedelta(minutes=5), 11, None)
    assert volume.steps[0].at == NOON - timedelta(hours=2)
    assert [each.people for each in volume.steps[-2:]] == [7, 4]


def test_a_detected_incident_shows_its_evidence_and_what_is_usual(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, [*days(), *complaints()])
    watch(store)
    with store.read() as s:
        (number, *_) = [each.id for each in incidents.newest(s) if "charged" in each.terms]
        found = room.read(s, number, END)
        assert found is not None
        _, account, _ = found.incident.stream.split(":")
        kept = keeping.baseline_of(hot.state(s, f"account:{account}"))
    assert "people wrote about" in found.said
    assert found.posts
    first, bins = found.volume.steps[0], found.volume.length // BIN
    assert first.usual == sum(kept.expected(first.at + BIN * place) for place in range(bins))


def test_a_long_incident_is_shown_in_longer_steps(store: Store) -> None:
    number = opened(store)
    with store.read() as s:
        lengths = [
            found.volume.length
            for hours in (2, 12, 60, 1000)
            if (found := room.read(s, number, NOON + timedelta(hours=hours))) is not None
        ]
        steps = room.read(s, number, NOON + timedelta(hours=1000))
    assert lengths == [timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=1)]
    assert steps is not None
    assert len(steps.volume.steps) <= 169
