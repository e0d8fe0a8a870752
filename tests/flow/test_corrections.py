"""Corrections: what a person sets right is kept with what had said otherwise, and forgotten when it is taken back."""

from datetime import timedelta

import pytest

from inbox.flow import decide
from inbox.flow.decide import Decided
from inbox.model.fact import Fact, FactKind, Facts, FactSource
from inbox.model.ids import MentionId, ThreadId
from inbox.model.mention import IncomingAuthor, Mention
from inbox.model.placement import Corrected, Correction, Placement
from inbox.model.words import CloseReason, Direction, ReasonStep, Status
from inbox.store import audit, authors, corrections, placements, threads, triage
from inbox.store.engine import Store
from inbox.store.errors import LostRace, NotFound, Refused
from inbox.store.schema import mention
from inbox.store.schema import thread as thread_table
from tests.support.desk import NOON, staffed, state, waiting_thread
from tests.support.world import put_mention

LATER = NOON + timedelta(minutes=10)
FACTS: Facts = {
    FactKind.LANGUAGE: Fact("en", 0.98, FactSource.WORDS, "English (98%)."),
    FactKind.NEEDS_REPLY: Fact(True, 0.95, FactSource.LEARNED, "Learned."),
    FactKind.SENTIMENT: Fact("positive", 0.6, FactSource.WORDS, "It sounds glad."),
    FactKind.NOISE: Fact(False, 0.98, FactSource.WORDS, "Nothing in it looks like noise."),
}


@pytest.fixture
def thread(store: Store) -> ThreadId:
    staffed(store)
    return waiting_thread(store)


def newest(store: Store, thread_id: ThreadId) -> Mention:
    with store.read() as s:
        return threads.get(s, thread_id).mentions[-1]


def judged(store: Store, thread_id: ThreadId, facts: Facts = FACTS) -> MentionId:
    """The thread's mention has facts, as triage writes them."""
    number = newest(store, thread_id).id
    said = facts.get(FactKind.NEEDS_REPLY, Fact(True, 1, FactSource.WORDS)).value
    with store.write() as s:
        row = {"id": number, "language": "en", "needs_reply": said, "sentiment": "positive", "facts": facts}
        triage.save_mentions(s, [row])
    return number


def placed(store: Store, thread_id: ThreadId, area: str | None, step: ReasonStep, **more: object) -> None:
    with store.write() as s:
        placements.add(s, [Placement(thread_id, MentionId(1), NOON, area, step, **more)])  # type: ignore[arg-type]


def kept(store: Store, kind: Corrected | None = None) -> list[Correction]:
    with store.read() as s:
        return corrections.since(s, NOON, kind)


def undone(store: Store, done: Decided) -> None:
    assert done.undo is not None
    decide.undo(store, done.undo, actor="ana", now=LATER + timedelta(seconds=5))


def test_a_move_from_what_a_rule_chose_is_a_correction_of_that_rule(store: Store, thread: ThreadId) -> None:
    placed(store, thread, "Billing", ReasonStep.RULE, rule="refunds")
    decide.move(store, [thread], "Baggage", actor="ana", now=LATER)
    (found,) = kept(store)
    assert (found.kind, found.was, found.became, found.actor, found.at) == (
        Corrected.AREA, "Billing", "Baggage", "ana", LATER,
    )  # fmt: skip
    assert (found.was_by, found.rule, found.probability, found.mention_id) == ("rule", "refunds", None, 1)


def test_sorting_an_unsorted_thread_is_a_correction_with_what_the_model_thought(store: Store) -> None:
    staffed(store)
    unsorted = waiting_thread(store, None)
    placed(store, unsorted, None, ReasonStep.LEARNED, probability=0.46)
    decide.move(store, [unsorted], "Baggage", actor="command", now=LATER)
    (found,) = kept(store)
    assert (found.was, found.became, found.was_by, found.probability) == ("Unsorted", "Baggage", "learned", 0.46)


def test_moving_on_keeps_one_correction_for_each_step(store: Store, thread: ThreadId) -> None:
    placed(store, thread, "Billing", ReasonStep.KEYWORD)
    decide.move(store, [thread], "Baggage", actor="ana", now=LATER)
    decide.move(store, [thread], "Unsorted", actor="ben", now=LATER)
    assert [(each.was, each.became, each.was_by) for each in kept(store)] == [
        ("Billing", "Baggage", "keyword"),
        ("Baggage", "Unsorted", "person"),
    ]


def test_a_thread_from_before_choices_were_kept_is_corrected_too(store: Store, thread: ThreadId) -> None:
    decide.move(store, [thread], "Baggage", actor="ana", now=LATER)
    assert [(each.was, each.was_by, each.mention_id) for each in kept(store)] == [("Billing", "", None)]


def test_what_changes_nothing_and_what_the_routing_moves_are_no_corrections(store: Store, thread: ThreadId) -> None:
    decide.move(store, [thread], "Billing", actor="ana", now=LATER)
    decide.move(store, [thread], "Baggage", actor="collector", now=LATER)
    assert kept(store) == []


def test_a_move_that_is_taken_back_was_no_correction(store: Store, thread: ThreadId) -> None:
    other = waiting_thread(store, who="lee")
    decide.move(store, [other], "Baggage", actor="ben", now=LATER)
    done = decide.move(store, [thread, other], "Unsorted", actor="ana", now=LATER)
    assert len(kept(store)) == 3
    undone(store, done)
    assert [each.thread_id for each in kept(store)] == [other]


def test_each_corrected_fact_is_the_persons_from_then_on(store: Store, thread: ThreadId) -> None:
    number = judged(store, thread)
    done = decide.correct(store, thread, needs_reply=False, sentiment="mixed", language="pt", actor="ana", now=LATER)
    assert done.sentence == "Corrected: needs no reply, sentiment mixed, language pt."
    found = newest(store, thread)
    assert (found.needs_reply, found.sentiment, found.language) == (False, "mixed", "pt")
    assert found.facts[FactKind.SENTIMENT] == Fact("mixed", 1.0, FactSource.PERSON, "Ana said so.")
    assert found.facts[FactKind.NOISE] == FACTS[FactKind.NOISE]
    assert [(each.kind, each.was, each.became, each.was_by, each.probability) for each in kept(store)] == [
        (Corrected.NEEDS_REPLY, "true", "false", "learned", 0.95),
        (Corrected.SENTIMENT, "positive", "mixed", "words", 0.6),
        (Corrected.LANGUAGE, "en", "pt", "words", 0.98),
    ]
    assert {each.mention_id for each in kept(store)} == {number}
    assert state(store, thread).language == "pt"


def test_taking_a_correction_back_brings_the_facts_back(store: Store, thread: ThreadId) -> None:
    judged(store, thread)
    before = newest(store, thread)
    done = decide.correct(store, thread, hidden=True, language="pt", actor="ana", now=LATER)
    assert state(store, thread).hidden
    undone(store, done)
    assert newest(store, thread) == before
    assert kept(store) == []
    assert not state(store, thread).hidden


def test_what_is_so_already_is_no_correction(store: Store, thread: ThreadId) -> None:
    judged(store, thread)
    assert decide.correct(store, thread, sentiment="positive", needs_reply=True, actor="ana", now=LATER).undo is None
    assert kept(store) == []


def test_a_sentiment_that_there_is_not_is_refused(store: Store, thread: ThreadId) -> None:
    with pytest.raises(Refused, match="There are: positive, neutral, negative, mixed"):
        decide.correct(store, thread, sentiment="angry", actor="ana", now=LATER)


def test_no_noise_after_all_is_judged_by_its_words(store: Store, thread: ThreadId) -> None:
    noisy: Facts = {
        FactKind.NEEDS_REPLY: Fact(False, 0.9, FactSource.WORDS, "It looks like noise."),
        FactKind.NOISE: Fact(True, 0.9, FactSource.WORDS, "It trades followers."),
    }
    judged(store, thread, noisy)
    done = decide.correct(store, thread, hidden=False, actor="ana", now=LATER)
    found = newest(store, thread)
    assert done.sentence == "Corrected: no noise."
    assert (found.needs_reply, found.facts[FactKind.NEEDS_REPLY].by) == (True, FactSource.WORDS)
    assert state(store, thread).needs_reply
    assert [(each.kind, each.was, each.became) for each in kept(store)] == [(Corrected.NOISE, "true", "false")]


def test_noise_by_a_rule_is_corrected_as_the_rules(store: Store, thread: ThreadId) -> None:
    judged(store, thread)
    with store.write() as s:
        s.execute(thread_table.update().where(thread_table.c.id == thread).values(hidden=True))
    decide.correct(store, thread, hidden=False, actor="ben", now=LATER)
    assert (newest(store, thread).facts[FactKind.NOISE].value, state(store, thread).hidden) == (False, False)
    assert [(each.was, each.became, each.was_by) for each in kept(store)] == [("true", "false", "rule")]


def test_an_answered_thread_is_never_left_out_as_noise(store: Store, thread: ThreadId) -> None:
    judged(store, thread)
    said = newest(store, thread)
    with store.write() as s:
        row = {
            "network": "fake", "global_id": "ours", "account_id": said.account_id, "thread_id": thread,
            "author_id": said.author.id, "direction": str(Direction.OUTBOUND), "text": "We are on it.",
            "created_at": LATER, "stored_at": LATER, "triaged": True, "automatic": False,
        }  # fmt: skip
        s.execute(mention.insert().values(row))
    decide.correct(store, thread, hidden=True, actor="ana", now=LATER)
    with store.read() as s:
        first = threads.get(s, thread).mentions[0]
    assert first.facts[FactKind.NOISE].value is True
    assert not state(store, thread).hidden


def test_a_closed_thread_comes_back_when_its_noise_was_none(store: Store, thread: ThreadId) -> None:
    judged(store, thread)
    decide.correct(store, thread, hidden=True, actor="ana", now=LATER)
    with store.write() as s:
        decide.close_in(s, [thread], CloseReason.SPAM, actor="ana", now=LATER)
    decide.correct(store, thread, hidden=False, needs_reply=True, actor="ana", now=LATER)
    assert state(store, thread).status is Status.NEW


def test_an_authors_tags_come_and_go_for_all_their_threads(store: Store, thread: ThreadId) -> None:
    other = waiting_thread(store)
    author_id = newest(store, thread).author.id
    done = decide.tag_author(store, author_id, add=["#press", "gold card"], actor="ana", now=LATER)
    assert done.sentence == "Tagged gold card, press."
    assert {thread, other} <= set(done.change.threads)
    assert newest(store, other).author.tags == ("gold card", "press")
    again = decide.tag_author(store, author_id, add=["press"], actor="ana", now=LATER)
    assert (again.undo, again.sentence) == (None, "The tags are so already.")
    removed = decide.tag_author(store, author_id, remove=["press"], actor="ben", now=LATER)
    with pytest.raises(LostRace, match="changed the author's tags meanwhile"):
        undone(store, done)
    undone(store, removed)
    assert newest(store, thread).author.tags == ("gold card", "press")


def test_tagging_an_author_is_audited_and_refuses_what_is_no_tag(store: Store, thread: ThreadId) -> None:
    author_id = newest(store, thread).author.id
    decide.tag_author(store, author_id, add=["vip"], actor="ana", now=LATER)
    with store.read() as s:
        event = audit.newest_of(s, ["tag author"])
    assert event is not None
    assert (event.actor, event.details) == ("ana", {"author": author_id, "added": ["vip"], "removed": []})
    with pytest.raises(Refused, match="cannot be empty"):
        decide.tag_author(store, author_id, add=[" "], actor="ana", now=LATER)
    with pytest.raises(NotFound, match="no such author"):
        decide.tag_author(store, type(author_id)(999), add=["vip"], actor="ana", now=LATER)


def test_a_tag_that_was_taken_off_is_not_put_on_again_by_the_network(store: Store, thread: ThreadId) -> None:
    author = newest(store, thread).author
    said = IncomingAuthor(author.remote_id, author.handle, tags=("bot", "press"))
    with store.write() as s:
        authors.store_all(s, author.network, [said])
    done = decide.tag_author(store, author.id, remove=["bot"], actor="ana", now=LATER)
    with store.write() as s:
        authors.store_all(s, author.network, [said])
    assert newest(store, thread).author.tags == ("press",)
    undone(store, done)
    assert newest(store, thread).author.tags == ("bot", "press")


def test_an_earlier_mention_is_corrected_by_itself(store: Store, thread: ThreadId) -> None:
    judged(store, thread)
    first = newest(store, thread)
    put_mention(store, first.account_id, thread, first.author.id, at=LATER, text="Hello?")
    done = decide.correct(store, thread, needs_reply=False, mention_id=first.id, actor="ana", now=LATER)
    with store.read() as s:
        assert [each.needs_reply for each in threads.get(s, thread).mentions] == [False, True]
    assert state(store, thread).needs_reply
    undone(store, done)
    with store.read() as s:
        assert [each.needs_reply for each in threads.get(s, thread).mentions] == [True, True]
