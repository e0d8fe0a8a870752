"""Which rules corrections ask for, and which they do not."""

from inbox.flow.quality.suggest import Suggestion, Text, suggestions, terms
from inbox.model.ids import ThreadId
from inbox.model.workspace import Rule, Then, When

AREAS = {"Support", "Billing", "Baggage"}
REFUNDS = [
    "Where is the refund for my flight?",
    "Still no refund after three weeks",
    "You promised a refund in May",
    "My refund went to the wrong card",
    "refund please, the seat was broken",
    "Is the refund on its way or not?",
]
OTHERS = [
    "The app crashes when I log in",
    "Boarding pass does not load",
    "I cannot change my seat in the app",
    "Chat says nobody is there",
    "Password mail never arrives",
    "The website shows yesterday's flight",
]


def texts(moved: list[str], stayed: list[str], *, astray: list[str] | None = None) -> list[Text]:
    """Texts that were put into Support: moved to Billing, left there, and moved to Baggage."""
    rows = [(moved, "Billing"), (stayed, "Support"), (astray or [], "Baggage")]
    flat = [(words, belongs) for some, belongs in rows for words in some]
    return [Text(ThreadId(at), words, "Support", belongs) for at, (words, belongs) in enumerate(flat, 1)]


def suggested(found: list[Text], *rules: Rule, unwanted: tuple[tuple[str, str, str], ...] = ()) -> list[Suggestion]:
    return suggestions(found, rules, unwanted, AREAS)


def test_a_word_that_tells_the_moved_from_the_others_is_suggested() -> None:
    found = suggested(texts(REFUNDS, OTHERS, astray=["refund of the bag fee"]))
    assert [(each.words, each.put, each.belongs, each.moved, each.of) for each in found] == [
        ("refund", "Support", "Billing", 6, 7)
    ]
    assert found[0].rule() == Rule("refund to Billing", When(text_any=("refund",)), Then(area="Billing"))
    assert len(found[0].threads) == 6


def test_few_corrections_are_no_reason_for_a_rule() -> None:
    assert suggested(texts(REFUNDS[:4], OTHERS)) == []


def test_corrections_that_disagree_are_no_reason_for_a_rule() -> None:
    assert suggested(texts(REFUNDS, OTHERS, astray=["refund"] * 3)) == []


def test_a_rule_that_would_be_wrong_more_often_is_not_suggested() -> None:
    assert suggested(texts(REFUNDS, [f"{words} refund" for words in OTHERS])) == []


def test_a_rule_that_would_be_wrong_too_often_is_not_suggested_however_telling_its_words() -> None:
    stayed = [*(OTHERS * 7), "a refund page that does not load", "no refund button in the app"]
    assert suggested(texts(REFUNDS, stayed)) == []
    assert len(suggested(texts(REFUNDS, stayed[:-1]))) == 1


def test_texts_that_are_read_for_many_count_as_many() -> None:
    stayed = Text(ThreadId(99), "no refund here", "Support", "Support", weight=20)
    assert suggested([*texts(REFUNDS, OTHERS), stayed]) == []


def test_words_that_say_nothing_are_not_suggested() -> None:
    assert suggested(texts(["please help me with this"] * 8, OTHERS))[0].words == "help"
    assert suggested(texts(["where are you now"] * 8, OTHERS)) == []


def test_two_words_in_a_row_are_suggested_where_one_is_not_enough() -> None:
    moved = [f"{words} seat upgrade" for words in ("pay", "twice", "charged", "cost", "bought", "price")]
    stayed = ["seat map", "seat number", "window seat", "seat gone", "upgrade app", "upgrade phone", "my upgrade"] * 2
    assert [each.words for each in suggested(texts(moved, stayed))] == ["seat upgrade"]


def test_what_a_rule_says_already_is_not_suggested() -> None:
    covered = Rule("money", When(text_any=("Refund",)), Then(area="Billing"))
    elsewhere = Rule("other", When(text_any=("refund",)), Then(area="Baggage"))
    assert suggested(texts(REFUNDS, OTHERS), covered) == []
    assert len(suggested(texts(REFUNDS, OTHERS), elsewhere)) == 1


def test_what_was_not_wanted_is_not_suggested_again() -> None:
    assert suggested(texts(REFUNDS, OTHERS), unwanted=(("Support", "Billing", "refund"),)) == []


def test_an_area_that_is_gone_is_not_suggested() -> None:
    assert suggestions(texts(REFUNDS, OTHERS), (), (), {"Support"}) == []


def test_the_name_of_the_rule_is_free() -> None:
    found = suggested(texts(REFUNDS, OTHERS))[0]
    assert found.rule({"refund to Billing"}).name == "refund to Billing 2"


def test_terms_leave_links_and_names_out() -> None:
    assert terms("@air my lost bag https://t.co/x &amp; 12") == {"lost", "bag", "lost bag"}


def test_one_rule_for_several_areas_is_suggested_once() -> None:
    unsorted = [Text(ThreadId(50 + at), words, "Unsorted", "Billing") for at, words in enumerate(REFUNDS[:5])]
    found = suggested([*texts(REFUNDS, OTHERS), *unsorted])
    assert [(each.words, each.put) for each in found] == [("refund", "Support")]
