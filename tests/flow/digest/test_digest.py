"""The digest on both engines: what rises, said by whom, and what is never quoted."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from inbox.flow.digest import Digest, digest
from inbox.model.report import Period
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused
from inbox.store.schema import area, clock, thread
from tests.flow.digest.talk import MONDAY, WEEK, Talk

NOW = MONDAY + WEEK
SUITCASES = (
    "lost luggage at the carousel again, nobody here",
    "where is my lost luggage, it was on the belt",
    "they say lost luggage takes ten days to find",
    "lost luggage for the second time in a month",
    "third call about lost luggage and no reply",
)


def _digest(store: Store, area_name: str | None = None) -> Digest:
    return digest(store, area_name, Period(MONDAY, NOW), now=NOW)


def _topics(store: Store) -> list[str]:
    return [topic.words for topic in _digest(store).topics]


def test_what_more_people_say_than_before_is_a_topic_with_posts_that_show_it(store: Store) -> None:
    talk = Talk(store)
    talk.usual()
    for number, text in enumerate(SUITCASES):
        talk.say(f"kim{number}", text)
    found = _digest(store)
    assert [topic.words for topic in found.topics] == ["lost luggage"]
    topic = found.topics[0]
    assert (topic.authors, topic.mentions, topic.before) == (5, 5, 0.0)
    assert topic.score > 1.96
    assert len(topic.posts) == 3
    assert len({post.handle for post in topic.posts}) == 3
    assert all("lost luggage" in post.text for post in topic.posts)
    assert found.weeks_before == 3


def test_what_is_said_every_week_is_no_topic(store: Store) -> None:
    talk = Talk(store)
    talk.usual()
    assert _topics(store) == []


def test_one_author_makes_no_topic_however_often_they_write(store: Store) -> None:
    talk = Talk(store)
    talk.usual()
    for number in range(20):
        talk.say("kim", f"lost luggage, message {number} of many, please do something")
    assert _topics(store) == []


def test_the_same_text_of_many_accounts_makes_no_topic(store: Store) -> None:
    talk = Talk(store)
    talk.usual()
    for number in range(20):
        talk.say(
            f"bot{number}", f"@exampleair win a free cruise at cruise dot example today only https://x.test/{number}"
        )
    assert _topics(store) == []


def test_near_copies_are_counted_beside_the_post_that_they_copy(store: Store) -> None:
    talk = Talk(store)
    talk.usual()
    for number, text in enumerate(SUITCASES):
        talk.say(f"kim{number}", text)
    for number in range(4):
        talk.say(f"fan{number}", f"RT @kim0: {SUITCASES[0]}")
    topic = _digest(store).topics[0]
    assert (topic.mentions, topic.authors) == (9, 9)
    assert max(post.copies for post in topic.posts) == 4


def test_without_earlier_weeks_it_says_what_was_said_most(store: Store) -> None:
    talk = Talk(store)
    for number, text in enumerate(SUITCASES):
        talk.say(f"kim{number}", text)
    found = _digest(store)
    assert found.weeks_before == 0
    assert found.topics[0].words == "lost luggage"
    assert found.topics[0].before is None


def test_noise_and_colleagues_are_left_out(store: Store) -> None:
    talk = Talk(store)
    talk.hide(talk.say("spam", "buy followers"))
    talk.say("colleague", "we are great")
    talk.tag("colleague", "employee")
    talk.say("kim", "hello there")
    found = _digest(store)
    assert (found.mentions, found.authors) == (1, 1)


def test_private_and_deleted_posts_count_and_are_never_quoted(store: Store) -> None:
    talk = Talk(store)
    for number, text in enumerate(SUITCASES):
        talk.say(f"kim{number}", text, visibility="private", sentiment="positive", needs_reply=False, likes=9)
    talk.say("gone", "lost luggage and deleted words", deleted_at=NOW)
    found = _digest(store)
    assert found.mentions == 6
    assert found.topics[0].authors == 5
    assert found.topics[0].posts == ()
    assert found.reached == ()
    assert found.praise == ()


def test_addresses_and_long_numbers_are_taken_out_of_quotes(store: Store) -> None:
    talk = Talk(store)
    talk.say("kim", "mail me at kim@home.example or +44 20 7946 0958, row 12", likes=3)
    post = _digest(store).reached[0]
    assert post.text == "mail me at [e-mail] or [number], row 12"
    assert post.handle == "kim"


def test_what_reached_most_comes_first(store: Store) -> None:
    talk = Talk(store)
    talk.say("quiet", "nobody saw this")
    talk.say("loud", "everybody saw this", likes=50, shares=7)
    talk.say("middle", "some saw this", replies=20)
    assert [(post.handle, post.reach) for post in _digest(store).reached] == [("loud", 57), ("middle", 20)]


def test_a_question_of_several_people_is_told_once(store: Store) -> None:
    talk = Talk(store)
    talk.say("ana", "@exampleair is there an email address for refunds?")
    talk.say("bo", "Hi. What is the email address for refunds? Thanks")
    talk.say("cy", "which gate does it leave from?")
    questions = _digest(store).questions
    assert len(questions) == 1
    assert questions[0].authors == 2
    assert "email address" in questions[0].words
    assert "@exampleair" not in questions[0].words


def test_how_it_sounded_is_set_against_the_week_before(store: Store) -> None:
    talk = Talk(store)
    talk.say("a", "lovely", sentiment="positive", needs_reply=False)
    talk.say("b", "awful", sentiment="negative")
    talk.say("c", "hm", sentiment=None)
    talk.say("d", "awful", sentiment="negative", weeks_ago=1)
    moods = {mood.name: mood for mood in _digest(store).moods}
    assert (moods["positive"].n, moods["positive"].share, moods["positive"].share_before) == (1, 0.5, 0.0)
    assert (moods["negative"].share, moods["negative"].n_before) == (0.5, 1)
    assert [post.text for post in _digest(store).praise] == ["lovely"]


def test_the_longest_waits_are_named_those_that_go_on_too(store: Store) -> None:
    talk = Talk(store)
    quick, slow, waiting = (talk.say(who, who) for who in ("quick", "slow", "waiting"))
    with store.write() as s:
        for thread_id, minutes in ((quick, 5), (slow, 90), (waiting, None)):
            met = None if minutes is None else MONDAY + timedelta(minutes=minutes)
            s.execute(
                clock.insert().values(thread_id=thread_id, metric="first", cycle=1, started_at=MONDAY, met_at=met)
            )
    found = [(each.thread_id, each.minutes, each.answered) for each in _digest(store).slow]
    assert found == [(waiting, 7 * 24 * 60, False), (slow, 90, True), (quick, 5, True)]


def test_outcomes_are_those_of_the_threads_that_were_written_in(store: Store) -> None:
    talk = Talk(store)
    threads = [talk.say("a", "x"), talk.say("b", "y"), talk.say("old", "z", weeks_ago=2)]
    with store.write() as s:
        s.execute(update(thread).where(thread.c.id.in_(threads)).values(outcome="heard"))
    assert _digest(store).outcomes == (("heard", 2),)


def test_an_area_is_told_of_alone_and_an_unknown_one_refused(store: Store) -> None:
    talk = Talk(store)
    with store.write() as s:
        number = s.scalar(area.insert().values(name="Baggage", keywords=[], position=0).returning(area.c.id))
    inside, _ = talk.say("a", "x"), talk.say("b", "y")
    with store.write() as s:
        s.execute(update(thread).where(thread.c.id == inside).values(area_id=number))
    assert _digest(store, "baggage").mentions == 1
    assert _digest(store, "Unsorted").mentions == 1
    assert _digest(store).mentions == 2
    with pytest.raises(NotFound, match="There are: Unsorted, Baggage"):
        _digest(store, "Bagage")


def test_without_bounds_it_is_the_week_up_to_now(sqlite_store: Store) -> None:
    talk = Talk(sqlite_store)
    talk.say("a", "x", at=NOW - timedelta(days=6))
    talk.say("b", "y", at=NOW - timedelta(days=8))
    found = digest(sqlite_store, None, Period(), now=NOW)
    assert (found.mentions, found.mentions_before) == (1, 1)
    assert found.period == Period(NOW - WEEK, NOW)
    with pytest.raises(Refused, match="ends before it begins"):
        digest(sqlite_store, None, Period(NOW, MONDAY), now=NOW)


def test_an_empty_workspace_has_an_empty_digest(store: Store) -> None:
    found = _digest(store)
    assert (found.mentions, found.topics, found.questions, found.slow) == (0, (), (), ())
    assert found.moods[0].share is None


def test_a_phrase_neither_begins_nor_ends_with_a_stop_word_nor_names_us(store: Store) -> None:
    talk = Talk(store)
    for who in ("a", "b", "c"):
        talk.say(who, f"the exampleair crew was on fleek for {who}")
    assert {topic.words for topic in _digest(store).topics} <= {"crew", "fleek"}
