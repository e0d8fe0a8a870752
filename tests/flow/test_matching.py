"""Live matches of a rule being written: which stored threads, which would move, which were just missed, and why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from inbox.flow import matching
from inbox.flow.matching import Match, Matches, Sample
from inbox.model.ids import AreaId, MentionId, ThreadId
from inbox.model.people import Area, Interval
from inbox.model.placement import Placement
from inbox.model.words import Priority, ReasonStep
from inbox.model.workspace import Calendar, Rule, Settings, Then, When, Workspace
from inbox.store import people, placements
from inbox.store.engine import Store
from inbox.store.schema import mention
from tests.support.talk import Talk, at

NOW = at(60)
BAGGAGE, BILLING, SAFETY = (Area(AreaId(0), name) for name in ("Baggage", "Billing", "Safety"))
FIRE = Rule("Injury or fire", When(text_any=("fire", "hurt")), Then(area="Safety"))
LOST = Rule("Lost bag", When(text_any=("lost bag", "my suitcase"), text_none=("found it",)), Then(area="Baggage"))
ROOM = Workspace(Settings(), areas=(BAGGAGE, BILLING, SAFETY), rules=(FIRE, LOST))


def talk_of(store: Store, workspace: Workspace = ROOM) -> Talk:
    return Talk(store, workspace)


def area_id(talk: Talk, name: str) -> AreaId:
    with talk.store.read() as s:
        return next(each.id for each in people.areas(s) if each.name == name)


def read(talk: Talk, **more: Any) -> Sample:
    return matching.sample(talk.store, now=NOW, **more)


def asked(talk: Talk, rule: Rule = LOST, **more: Any) -> Matches:
    known = any(each.name == rule.name for each in talk.workspace.rules)
    return matching.match(read(talk), rule, **{"replaces": rule.name if known else None, **more})


def told(found: Matches) -> list[tuple[str, str, str]]:
    return [(row.kind, row.why, f"{row.was_area} to {row.becomes_area}") for row in found.rows]


def marked(row: Match) -> list[str]:
    return [row.text[start:end] for start, end in row.spans]


def test_threads_that_match_say_why_and_where_they_would_go(store: Store) -> None:
    talk = talk_of(store)
    there = talk.says(1, "Third day without my suitcase, and the line hangs up on me", who="Marta")
    talk.set(there, area_id=area_id(talk, "Baggage"))
    talk.says(2, "You LOST   bag number two", who="Nils")
    talk.says(3, "My suitcase is in the wrong town", who="Petra")
    talk.says(4, "Great crew today", who="Ann")
    found = asked(talk)
    assert (found.total_threads, found.matched, found.would_move, found.just_missed) == (4, 3, 2, 0)
    assert told(found) == [
        ("moves", "text_any matched “My suitcase”; nothing in text_none", "Unsorted to Baggage"),
        ("moves", "text_any matched “LOST   bag”; nothing in text_none", "Unsorted to Baggage"),
        ("stays", "text_any matched “my suitcase”; nothing in text_none", "Baggage to Baggage"),
    ]
    assert [marked(row) for row in found.rows] == [["My suitcase"], ["LOST   bag"], ["my suitcase"]]
    assert [(row.author, row.network) for row in found.rows] == [("Petra", "demo"), ("Nils", "demo"), ("Marta", "demo")]


def test_words_being_typed_match_as_the_beginning_of_words(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "So where is my bag, Example Air?", who="Aurelio")
    talk.says(2, "App says delivered. Where is my bike box then?", who="Nils")
    talk.says(3, "where is myself", who="Eva")
    rule = replace(LOST, when=When(text_any=("lost bag",)))
    found = asked(talk, rule, typing="where is my b")
    assert [row.why for row in found.rows] == [
        "text_any matched “Where is my b”, the words you are typing",
        "text_any matched “where is my b”, the words you are typing",
    ]
    assert [marked(row) for row in found.rows] == [["Where is my b"], ["where is my b"]]
    assert asked(talk, rule, typing="where is my ").matched == 2
    assert asked(talk, rule, typing="where is my").matched == 3
    assert asked(talk, rule, typing="ere is my").matched == 0


def test_words_being_typed_into_text_none_leave_threads_out(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "my suitcase turned up")
    assert asked(talk).matched == 1
    found = asked(talk, typing="turned u", typing_in="text_none")
    assert (found.matched, found.just_missed) == (0, 1)
    assert found.rows[0].why == "Left out: text_none matched “turned u”"


def test_what_is_left_out_by_one_condition_says_which(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "Found it! My suitcase was at the wrong carousel.", who="Zoe")
    found = asked(talk)
    assert (found.matched, found.just_missed) == (0, 1)
    assert told(found) == [("missed", "Left out: text_none matched “Found it”", "Unsorted to Unsorted")]
    assert marked(found.rows[0]) == ["Found it", "My suitcase"]


@pytest.mark.parametrize(
    ("when", "why"),
    [
        (When(network=("bluesky",)), "it came from demo"),
        (When(account=("other",)), "it came to air"),
        (When(kind=("review",)), "it is a mention"),
        (When(language=("de",)), "its language is es-MX"),
        (When(sentiment=("positive",)), "its sentiment is negative"),
        (When(author_tags=("press", "vip")), "the author is not tagged press or vip"),
        (When(followers_min=5000), "the author has 1,200 followers"),
        (When(verified=True), "the author is not verified"),
        (When(has_media=True), "it has no picture or film"),
        (When(priority=(Priority.HIGH,)), "its priority is normal"),
        (When(area=("Billing",)), "it is in Unsorted"),
        (When(incident=True), "it is not part of an incident"),
        (When(hours=(True, "shut")), "it was posted outside the hours of “shut”"),
        (When(hours=(False, "open")), "it was posted inside the hours of “open”"),
        (When(text_all=("my suitcase", "carousel")), "text_all lacks “carousel”"),
        (When(text_regex=r"flight \d+"), "text_regex does not match it"),
    ],
)
def test_every_condition_that_leaves_a_thread_out_is_said_in_words(store: Store, when: When, why: str) -> None:
    calendars = (Calendar("shut", week={"sun": (Interval(time(9), time(10)),)}), Calendar("open"))
    talk = talk_of(store, replace(ROOM, calendars=calendars))
    author = {"followers": 1200, "verified": False}
    talk.says(1, "where is my suitcase", language="es-MX", sentiment="negative", author=author)
    found = asked(talk, replace(LOST, when=replace(when, text_any=("my suitcase",))))
    assert [row.why for row in found.rows] == [f"Left out: {why}"]


def test_a_rule_of_one_condition_misses_nothing_just_so(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "Great crew")
    assert asked(talk, Rule("x", When(text_any=("bag",)), Then(area="Baggage"))).just_missed == 0
    assert asked(talk, Rule("x", When(network=("bluesky",)), Then(area="Baggage"))).just_missed == 0
    assert asked(talk, Rule("x", When(text_any=("bag",), kind=("mention",)), Then(area="Baggage"))).just_missed == 0


def test_a_rule_without_words_says_what_it_goes_by_and_one_without_conditions_too(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "Great crew", author={"followers": 2000})
    when = When(network=("demo", "bluesky"), followers_min=1000, verified=False, hours=(True, "service"))
    assert [row.why for row in asked(talk, Rule("x", when, Then(area="Billing"))).rows] == [
        "Network is demo or bluesky; 1,000 followers or more; verified is false; posted inside the hours of “service”"
    ]
    assert [row.why for row in asked(talk, Rule("x", When(), Then(area="Billing"))).rows] == [
        "No condition is given, so everything matches"
    ]


def test_a_rule_before_it_keeps_a_thread_from_moving(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "my suitcase is on fire")
    (row,) = asked(talk).rows
    assert (row.kind, row.becomes_area) == ("stays", "Unsorted")
    assert row.why.endswith("; “Injury or fire” comes first")
    (row,) = asked(talk, position=0).rows
    assert (row.kind, row.becomes_area) == ("moves", "Baggage")


def test_places_count_as_they_do_in_saving(store: Store) -> None:
    third = Rule("Third", When(text_any=("suitcase",)), Then(area="Billing"))
    talk = talk_of(store, replace(ROOM, rules=(LOST, FIRE, third)))
    talk.says(1, "my suitcase is on fire")
    ends = [asked(talk, LOST, position=place).rows[0].becomes_area for place in (0, 1, 2)]
    assert ends == ["Baggage", "Unsorted", "Unsorted"]


def test_a_rule_that_sets_no_area_moves_nothing(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "my suitcase")
    found = asked(talk, replace(LOST, then=Then(priority=Priority.HIGH)))
    assert (found.matched, found.would_move) == (1, 0)


def test_a_rule_that_is_off_is_asked_as_if_it_were_on(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "my suitcase")
    assert asked(talk, replace(LOST, on=False)).would_move == 1


def test_a_regular_expression_is_marked_and_a_bad_one_is_told(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "über flight BA 123 and flight BA77")
    found = asked(talk, replace(LOST, when=When(text_regex=r"BA\s*\d+")))
    assert marked(found.rows[0]) == ["BA 123", "BA77"]
    assert found.rows[0].why == "text_regex matched “BA 123”"
    assert asked(talk, replace(LOST, when=When(text_regex="(?=x)"))).trouble.endswith("invalid perl operator: (?=.")


def test_what_the_learned_area_was_unsure_of_is_said(store: Store) -> None:
    talk = talk_of(store)
    thread = talk.says(1, "my suitcase")
    ranked = (("Billing", 0.46), ("Baggage", 0.4))
    with store.write() as s:
        placements.add(s, [Placement(thread, MentionId(1), at(1), None, ReasonStep.LEARNED, None, 0.46, 3, ranked)])
    (row,) = asked(talk).rows
    assert row.why == "text_any matched “my suitcase”; nothing in text_none; was under the confidence threshold"


def test_only_the_days_asked_for_and_only_what_customers_wrote(store: Store) -> None:
    talk = talk_of(store)
    talk.says(-60 * 24 * 8, "my suitcase, long ago")
    old = talk.says(-60 * 24 * 8, "hello", who="bob")
    talk.set(old, last_mention_at=at(5))
    talk.says(5, "my suitcase again", to=old, who="bob")
    talk.answers(6, old, "We found my suitcase")
    gone = talk.says(7, "my suitcase, deleted", who="eve")
    with store.write() as s:
        s.execute(mention.update().where(mention.c.thread_id == gone).values(deleted_at=at(8)))
    found = asked(talk)
    assert (found.total_threads, found.matched) == (1, 1)
    assert matching.match(read(talk, days=30), LOST, replaces="Lost bag").matched == 2


def test_a_thread_is_told_once_by_the_mention_that_matches(store: Store) -> None:
    talk = talk_of(store)
    thread = talk.says(1, "found it, my suitcase")
    talk.says(2, "no, my suitcase is still gone", to=thread)
    talk.says(3, "my suitcase!!", to=thread)
    found = asked(talk)
    assert (found.matched, found.just_missed, found.total_threads) == (1, 0, 1)
    assert found.rows[0].text == "no, my suitcase is still gone"


def test_reading_is_bounded_and_says_so(store: Store) -> None:
    talk = talk_of(store)
    for number in range(5):
        thread = talk.says(number, "my suitcase", who=f"c{number}")
        talk.set(thread, status=("new", "open", "waiting", "snoozed", "closed")[number])
    whole, part = read(talk), read(talk, limit=3)
    assert (whole.threads, whole.more, part.threads, part.more) == (5, False, 3, True)
    assert [each.seen.author for each in part.known] == ["c4", "c3", "c2"]
    found = matching.match(part, LOST, replaces="Lost bag", limit=2)
    assert (found.matched, len(found.rows), found.more) == (3, 2, True)


def test_hidden_threads_are_looked_at_too(store: Store) -> None:
    talk = talk_of(store)
    talk.set(talk.says(1, "my suitcase"), hidden=True)
    assert asked(talk).matched == 1


def test_a_long_text_is_cut_around_what_matched(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "so " * 40_000 + "where is my suitcase " + "now " * 20_000)
    (row,) = asked(talk).rows
    assert len(row.text) < 300
    assert (row.text[0], row.text[-1], marked(row)) == ("…", "…", ["my suitcase"])


def test_it_stops_when_it_is_no_longer_wanted(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "my suitcase")
    with pytest.raises(matching.Stopped):
        matching.match(read(talk), LOST, stop=lambda: True)
    with pytest.raises(matching.Stopped):
        matching.counts_of(read(talk), stop=lambda: True)


def test_threads_of_each_rule_are_counted_once_also_of_those_that_are_off_or_come_too_late(store: Store) -> None:
    off = Rule("Off", When(text_any=("suitcase",)), Then(area="Billing"), on=False)
    every = Rule("Every", When(), Then(tags=("x",)))
    none = Rule("None", When(text_any=("zebra",)), Then(area="Billing"))
    talk = talk_of(store, replace(ROOM, rules=(FIRE, LOST, off, every, none)))
    thread = talk.says(1, "my suitcase is on fire")
    talk.says(2, "my suitcase burns", to=thread)
    talk.says(3, "hello", who="bob")
    counted = {"Injury or fire": 1, "Lost bag": 1, "Off": 1, "Every": 2, "None": 0}
    assert matching.counts(store, now=NOW) == counted
    with_more = matching.based_on(read(talk), replace(talk.workspace, rules=(none, LOST)))
    assert matching.counts_of(with_more) == {"None": 0, "Lost bag": 1}


def test_reading_and_matching_in_one_takes_another_configuration_too(store: Store) -> None:
    talk = talk_of(store)
    talk.says(1, "my suitcase is on fire")
    assert matching.matches(store, LOST, now=NOW).would_move == 0
    assert matching.matches(store, LOST, now=NOW, before=replace(ROOM, rules=(LOST,))).would_move == 1


@pytest.mark.parametrize(
    ("phrase", "text", "shown"),
    [
        ("STRASSE", "in der Straße hier", ["Straße"]),
        ("fine", "it is ﬁne", ["ﬁne"]),
        ("café", "cafe\u0301 au lait", ["cafe\u0301"]),
        ("返金", "すぐ返金してください", ["返金"]),
        ("🔥", "on 🔥🔥", ["🔥🔥"]),
        ("don't", "I don’t know", ["don’t"]),
        ("#late", "so #Late!", ["#Late"]),
    ],
)
def test_what_matched_is_marked_as_it_stands_in_the_text(
    store: Store, phrase: str, text: str, shown: Sequence[str]
) -> None:
    talk = talk_of(store)
    talk.says(1, text)
    (row,) = asked(talk, Rule("x", When(text_any=(phrase,)), Then(area="Billing"))).rows
    assert marked(row) == shown


def test_nothing_stored_is_nothing_found(store: Store) -> None:
    found = matching.match(matching.sample(store, now=NOW + timedelta(days=1)), LOST)
    assert found == Matches(0)


def test_threads_are_named_by_their_number(store: Store) -> None:
    talk = talk_of(store)
    thread = talk.says(1, "my suitcase")
    assert [row.thread_id for row in asked(talk).rows] == [ThreadId(thread)]
