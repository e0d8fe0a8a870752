"""The report from a real store, on both engines."""

import json
from dataclasses import replace
from datetime import timedelta

from inbox.flow import quality
from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Corrected, Correction, ModelState, Placement
from inbox.model.words import ReasonStep
from inbox.model.workspace import UNSORTED
from inbox.store import config, corrections, learned, placements
from inbox.store.engine import Store
from inbox.store.schema import clock, mention
from tests.support.desk import NOON, staffed, waiting_thread

DAY = timedelta(days=1)
LATER = NOON + timedelta(hours=3)


def put(store: Store, number: int, area: str | None, text: str = "Where is my bag?") -> ThreadId:
    """A thread whose first mention says ``text``, put into an area."""
    thread_id = waiting_thread(store, area, who=f"p{number}")
    with store.write() as s:
        mention_id = s.scalar(mention.select().with_only_columns(mention.c.id).where(mention.c.thread_id == thread_id))
        s.execute(mention.update().where(mention.c.id == mention_id).values(text=text))
        ranked = (("Billing", 0.8), ("Baggage", 0.1))
        step = ReasonStep.LEARNED
        placed = Placement(thread_id, MentionId(mention_id), NOON, area, step, None, 0.8, 1, ranked)
        placements.add(s, [placed])
    return thread_id


def moves(store: Store, thread_id: ThreadId, was: str, became: str) -> None:
    with store.write() as s:
        corrections.add(s, [Correction(thread_id, None, Corrected.AREA, was, became, "ana", NOON + timedelta(hours=2))])


def filled(store: Store) -> list[ThreadId]:
    """Fourteen threads put into Billing, of which six that name a suitcase belong to Baggage; one left to a person."""
    staffed(store)
    bags = [put(store, at, "Billing", f"My suitcase {words}") for at, words in enumerate("abcdef")]
    bills = [put(store, at, "Billing", f"Charged twice {words}") for at, words in enumerate("ghijklmn", 10)]
    put(store, 99, None, "Hello?")
    for each in bags:
        moves(store, each, "Billing", "Baggage")
    return bags + bills


def test_the_report_says_how_good_the_routing_was(store: Store) -> None:
    bags = filled(store)[:6]
    found = quality.report(store, 7 * DAY, LATER)
    assert (found.kept.right, found.kept.n) == (8, 14)
    assert (found.placed.right, found.placed.n) == (14, 15)
    assert found.kept.against == tuple(reversed(bags))
    assert [(each.put, each.belongs, each.n) for each in found.confusions] == [("Billing", "Baggage", 6)]
    assert found.confusions[0].waited == timedelta(hours=12)
    assert found.corrections == {Corrected.AREA: 6}
    assert sorted(found.corrected) == sorted(bags)
    assert found.calibration.bins[0].right.n == 14
    assert len(found.periods) == 8
    assert not found.capped


def test_the_report_suggests_a_rule_until_somebody_does_not_want_it(store: Store) -> None:
    filled(store)
    found = quality.report(store, None, LATER)
    assert [(each.words, each.moved, each.of) for each in found.suggestions] == [("suitcase", 6, 6)]
    quality.dismiss(store, found.suggestions[0], actor="ana", now=LATER)
    quality.dismiss(store, found.suggestions[0], actor="ben", now=LATER)
    assert quality.report(store, None, LATER).suggestions == ()
    quality.restore(store, found.suggestions[0])
    assert quality.report(store, None, LATER).suggestions == found.suggestions


def test_missed_deadlines_are_counted_where_they_were_missed(store: Store) -> None:
    bags = filled(store)
    with store.write() as s:
        s.execute(clock.update().where(clock.c.thread_id.in_([bags[0], bags[9]])).values(breached_at=NOON))
    found = quality.report(store, None, LATER)
    assert found.confusions[0].missed == 1


def test_a_time_without_choices_has_no_figures(store: Store) -> None:
    filled(store)
    found = quality.report(store, DAY, LATER + 9 * DAY)
    assert found.kept.value is None
    assert (found.periods, found.areas, found.confusions, found.suggestions) == ((), (), (), ())


def test_a_time_longer_than_any_calendar_is_all_there_is(store: Store) -> None:
    filled(store)
    assert quality.report(store, timedelta.max, LATER).kept.n == 14


def test_an_empty_workspace_has_none_either(store: Store) -> None:
    found = quality.report(store, None, LATER)
    assert found.placed.n == 0
    assert json.loads(json.dumps(quality.document(found)))["accuracy"] is None


def test_only_the_newest_choices_are_read_and_that_is_said(store: Store) -> None:
    filled(store)
    with store.read() as s:
        found = quality.report_in(s, config.load(s), 90 * DAY, LATER, most=5)
    assert found.capped
    assert found.since == NOON
    assert found.placed.n == 5


def test_what_a_person_sorted_is_compared_with_the_best_guess(store: Store) -> None:
    staffed(store)
    right, wrong = put(store, 1, None), put(store, 2, None)
    moves(store, right, UNSORTED, "Billing")
    moves(store, wrong, UNSORTED, "Baggage")
    found = quality.report(store, None, LATER)
    assert [(each.right.right, each.right.n) for each in found.calibration.bins] == [(1, 2)]
    assert found.calibration.bins[0].right.against == (wrong,)


def test_the_document_holds_every_figure_and_can_be_written(store: Store) -> None:
    filled(store)
    with store.write() as s:
        learned.add(
            s,
            Corrected.AREA,
            ModelState.CURRENT,
            b"x",
            form=1,
            examples=400,
            figures={"accuracy": 0.8},
            sentence="Learnt from 400 threads.",
            now=NOON,
        )
    told = json.loads(json.dumps(quality.document(quality.report(store, 30 * DAY, LATER))))
    assert told["accuracy"] == 8 / 14
    assert told["by_area"][0]["area"] == "Billing"
    assert told["confusions"][0]["waited"] == 6 * 7200
    assert told["models"][0]["figures"] == {"accuracy": 0.8}
    assert told["since"].endswith("Z")
    assert {"words", "put", "belongs", "moved", "of", "right", "lift"} == set(told["suggestions"][0])


def test_the_threads_behind_a_figure_come_in_its_order(store: Store) -> None:
    ids = filled(store)
    with store.read() as s:
        assert [row.id for row in quality.rows(s, [ids[3], ids[1]])] == [ids[3], ids[1]]


def test_a_thread_that_was_never_placed_counts_nowhere(store: Store) -> None:
    workspace = staffed(store)
    number = waiting_thread(store, "Billing")
    moves(store, number, "Billing", "Baggage")
    with store.read() as s:
        assert quality.report_in(s, replace(workspace, areas=()), None, LATER).kept.n == 0
