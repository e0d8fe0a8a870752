"""The words of topics in several scripts, and which texts are copies of each other."""

import pytest

from inbox.text.similarity import Copies
from inbox.text.stop_words import stop_words
from inbox.text.terms import content, words


def test_links_handles_entities_and_figures_are_no_words() -> None:
    assert words("RT @brand@social.example: the iOS11 update &amp; 42 https://x.test/a?b=c") == [
        "the",
        "ios11",
        "update",
    ]


def test_stretched_words_and_curly_apostrophes_are_evened_out() -> None:
    assert words("soooooo can’t brand's") == ["soo", "can't", "brand"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("أين حقيبتي المفقودة", ["أين", "حقيبتي", "المفقودة"]),
        ("मेरा सामान कहाँ है", ["मेरा", "सामान", "कहाँ", "है"]),
        ("荷物紛失", ["荷物", "物紛", "紛失"]),
        ("noël naïve straße", ["noël", "naïve", "strasse"]),
        ("😀😀", []),
        ("\ud800 half", ["half"]),
        ("", []),
    ],
)
def test_words_of_other_scripts_stay_whole(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_what_a_post_is_about_depends_on_its_language() -> None:
    assert content("die Koffer sind weg", "de") == ["koffer", "weg"]
    assert content("I will die of boredom", "en") == ["die", "boredom"]
    assert stop_words(None) >= stop_words("de") | stop_words("ar")


def test_a_text_with_other_names_and_links_is_a_copy() -> None:
    copies = Copies()
    first = copies.group("@one Your new menu is the best thing since sliced bread, thank you https://a.test")
    assert copies.group("@two your NEW menu is the best thing since sliced bread thank you!! https://b.test") == first
    assert copies.group("your old menu was a disgrace and the new one is hardly better than that") != first


def test_short_texts_are_never_copies() -> None:
    copies = Copies()
    assert copies.group("thank you so much") != copies.group("thank you so much")


def test_ten_thousand_copies_are_one_group() -> None:
    copies = Copies()
    groups = {
        copies.group(f"@user{n} win a free cruise to the islands today only, follow us {n}") for n in range(10_000)
    }
    assert len(groups) == 1
