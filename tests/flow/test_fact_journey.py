"""Facts on their way: found in triage, stored with who said so, corrected, and kept when a mention is read again."""

import pytest

from inbox.flow import decide, triage
from inbox.model.fact import FactKind, FactSource
from inbox.model.ids import ThreadId
from inbox.model.mention import Mention
from inbox.model.view import ThreadFilter
from inbox.model.words import Metric, Status
from inbox.store import threads, views
from inbox.store.engine import Store
from inbox.store.schema import mention
from tests.support.talk import Talk, at

NOISE = "RT and follow @air for a chance to win a free iPhone"


@pytest.fixture
def talk(store: Store) -> Talk:
    return Talk(store)


def run(talk: Talk, minutes: float) -> None:
    triage.triage_pending(talk.store, now=at(minutes))


def newest(talk: Talk, thread_id: ThreadId) -> Mention:
    with talk.store.read() as s:
        return threads.get(s, thread_id).mentions[-1]


def clocks_running(talk: Talk, thread_id: ThreadId) -> list[Metric]:
    with talk.store.read() as s:
        return [clock.metric for clock in threads.clocks(s, thread_id) if clock.running]


def test_what_triage_found_is_stored_with_how_sure_it_is(talk: Talk) -> None:
    thread_id = talk.says(0, "@air worst airline ever, where is my suitcase?")
    run(talk, 1)
    found = newest(talk, thread_id)
    assert (found.language, found.needs_reply, found.sentiment) == ("en", True, "negative")
    assert {fact.by for fact in found.facts.values()} == {FactSource.WORDS}
    assert set(found.facts) == set(FactKind)


def test_noise_starts_no_clock_but_stays_in_view_until_a_person_decides(talk: Talk) -> None:
    thread_id = talk.says(0, NOISE)
    run(talk, 1)
    assert newest(talk, thread_id).facts[FactKind.NOISE].value is True
    assert clocks_running(talk, thread_id) == []
    with talk.store.read() as s:
        assert [row.id for row in views.page(s, ThreadFilter()).rows] == [thread_id]
    decide.correct(talk.store, thread_id, hidden=False, needs_reply=True, actor="ana", now=at(2))
    assert Metric.FIRST in clocks_running(talk, thread_id)
    with talk.store.read() as s:
        (first,) = [each for each in threads.clocks(s, thread_id) if each.metric is Metric.FIRST]
    assert first.started_at == at(0)


def test_noise_in_an_answered_thread_leaves_it_in_view(talk: Talk) -> None:
    thread_id = talk.says(0, "@air where is my suitcase?")
    talk.answers(5, to=thread_id)
    talk.says(9, NOISE, to=thread_id)
    run(talk, 10)
    row = talk.row(thread_id)
    assert (row.hidden, row.status) == (False, Status.WAITING)


def test_what_a_person_said_outlives_another_reading(talk: Talk) -> None:
    thread_id = talk.says(0, "@air bahut acha flight tha, thank you")
    run(talk, 1)
    decide.correct(talk.store, thread_id, language="ur", sentiment="mixed", needs_reply=True, actor="ana", now=at(2))
    with talk.store.write() as s:
        s.execute(mention.update().where(mention.c.thread_id == thread_id).values(triaged=False))
    run(talk, 3)
    found = newest(talk, thread_id)
    assert (found.language, found.sentiment, found.needs_reply) == ("ur", "mixed", True)
    assert {kind for kind, fact in found.facts.items() if fact.by is FactSource.PERSON} == {
        FactKind.LANGUAGE, FactKind.SENTIMENT, FactKind.NEEDS_REPLY,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "😀😀", "word " * 20_000, "ᚠᛇᚻ᛫ᛒᛦᚦ", "\u202eabc حقيبتي"])
def test_bad_days_go_through_and_can_be_corrected(talk: Talk, text: str) -> None:
    thread_id = talk.says(0, text)
    run(talk, 1)
    done = decide.correct(talk.store, thread_id, sentiment="mixed", language="ar", actor="ana", now=at(2))
    assert done.undo is not None
    assert newest(talk, thread_id).sentiment == "mixed"
