"""The room reads what an incident holds and how much is written against what is usual, a page at a time."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from inbox.flow import holds
from inbox.flow.hot import by_hand, deciding, room
from inbox.flow.hot.volume import Measure, Range, Volume
from inbox.hot import keeping
from inbox.hot.detector import Settings
from inbox.hot.rates import BIN
from inbox.model.ids import IncidentId
from inbox.store import gathered, hot, incident_drafts, incident_volume, incidents, people
from inbox.store.engine import Store
from inbox.store.hot import StreamCount
from inbox.store.incident_drafts import RoomDraft, RoomDraftKind
from inbox.store.schema import author, incident_thread, thread
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
        assert gathered.counted(s, number) == gathered.Gathered(3, 2, 2, 570, 3, 0, 0)
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


def count(store: Store, at: datetime, posts: int, people: int, *, negative: int = 0, reach: int = 0) -> None:
    with store.write() as s:
        hot.count(s, [StreamCount(STREAM, at, posts, people, negative, reach)])


def looked_at(store: Store, number: IncidentId, now: datetime = LATER) -> Volume:
    with store.read() as s:
        found = room.read(s, number, now)
    assert found is not None
    return found.volume


def test_what_is_written_is_counted_and_nothing_is_guessed_of_what_is_usual(store: Store) -> None:
    number = opened(store)
    count(store, NOON + timedelta(minutes=5), 9, 7, negative=3, reach=400)
    count(store, NOON + timedelta(minutes=10), 5, 4, negative=4, reach=100)
    found = looked_at(store, number)
    assert (found.length, found.times[0]) == (timedelta(minutes=5), NOON - timedelta(hours=2))
    assert [values[-1] for values in found.lines.values()] == [9, 7, 3 / 9, 400]
    # The five minutes that run hold less so far: they are not shown as a fall.
    assert found.times[-1] == NOON + timedelta(minutes=5)
    assert (found.lately[Measure.MENTIONS], found.most) == (9, 9)
    assert all(each is None for ranges in found.usual.values() for each in ranges)
    later = looked_at(store, number, NOON + timedelta(minutes=15))
    assert [values[-1] for values in later.lines.values()] == [5, 4, 0.5, 100]


def test_five_minutes_that_run_count_as_soon_as_they_hold_more(store: Store) -> None:
    number = opened(store)
    count(store, NOON + timedelta(minutes=5), 9, 7)
    count(store, NOON + timedelta(minutes=10), 14, 12)
    assert looked_at(store, number).lately[Measure.MENTIONS] == 14


def test_without_a_baseline_the_same_hour_on_earlier_days_says_what_is_usual(store: Store) -> None:
    number = opened(store)
    hour = NOON - timedelta(minutes=5)
    for day in (1, 2, 3):
        for place in range(12):
            at = hour.replace(minute=0) - timedelta(days=day) + BIN * place
            count(store, at, 10 + place % 3, 8, negative=5, reach=1000)
    found = looked_at(store, number)
    usual = {each: found.usual[each][found.times.index(hour)] for each in Measure}
    mentions, share = usual[Measure.MENTIONS], usual[Measure.NEGATIVE]
    assert mentions == Range(10, 11, 12)
    assert usual[Measure.PEOPLE] == Range(8, 8, 8)
    assert usual[Measure.REACH] == Range(1000, 1000, 1000)
    assert share is not None
    assert share.low <= 5 / 11 <= share.high
    # Counting began at eleven: only two days know the hour before.
    assert found.usual[Measure.MENTIONS][0] is None


def test_two_days_are_too_few_to_say_what_is_usual(store: Store) -> None:
    number = opened(store)
    for day in (1, 2):
        for place in range(288):
            count(store, NOON - timedelta(days=day) + BIN * place, 5, 5)
    assert looked_at(store, number).usual[Measure.MENTIONS][0] is None


def test_who_writes_for_the_press_and_how_threads_came_in_is_known(store: Store) -> None:
    number = opened(store)
    with store.read() as s:
        held = incidents.threads(s, number)
    with store.write() as s:
        who = s.scalar(select(thread.c.author_id).where(thread.c.id == held[0]))
        s.execute(author.update().where(author.c.id == who).values(tags=["press"]))
        match = incident_thread.update().where(incident_thread.c.thread_id == held[1])
        s.execute(match.values(by="match", match=0.86))
    with store.read() as s:
        found = room.read(s, number, LATER)
    assert found is not None
    assert found.figures.press == 1
    assert found.fits[held[0]].press
    assert (found.fits[held[1]].match, found.fits[held[1]].by) == (0.86, "")
    assert found.fits[held[2]].by == "ana"
    assert found.min_authors == Settings().min_authors


def test_the_room_knows_when_posts_were_held_because_of_it_and_what_was_being_written(store: Store) -> None:
    number = opened(store)
    made = holds.hold(store, account=None, why="Smoke", incident=number, actor="ana", now=NOON)
    holds.release(store, made.hold_id, actor="ana", now=LATER)
    with store.read() as s:
        ana = next(each.id for each in people.employees(s) if each.name == "ana")
    words = RoomDraft(number, ana, RoomDraftKind.NOTE, "Ask Legal", NOON)
    with store.write() as s:
        incident_drafts.save(s, words)
    with store.read() as s:
        mine, theirs = room.read(s, number, LATER, me=ana), room.read(s, number, LATER)
    assert mine is not None
    assert theirs is not None
    assert mine.spells == (incident_volume.Held(NOON, LATER),)
    assert (mine.drafts, theirs.drafts) == ({RoomDraftKind.NOTE: words}, {})


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
    usual, bins = found.volume.usual[Measure.MENTIONS][0], found.volume.length // BIN
    begin = found.volume.times[0]
    assert usual is not None
    assert usual.level == sum(kept.expected(begin + BIN * place) for place in range(bins))
    assert 0 <= usual.low < usual.level < usual.high


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
    assert len(steps.volume.times) <= 169
