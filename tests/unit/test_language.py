"""Languages of posts: a sure answer, or none."""

import time as stopwatch

import pytest

from inbox.text.language import detect, detect_all, name_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my suitcase? It was not on the carousel this morning", "en"),
        ("@brand https://t.co/x MEIN KOFFER IST SEIT GESTERN VERSCHWUNDEN und niemand hilft", "de"),
        ("¿Dónde está mi maleta? Nadie contesta el teléfono desde ayer", "es"),
        ("Ma valise est perdue depuis trois jours, personne ne répond", "fr"),
        ("荷物が届きません。どうすればいいですか", "ja"),
        ("حقيبتي ضائعة منذ يومين ولا أحد يرد على الهاتف", "ar"),
        ("가방이 아직 도착하지 않았어요", "ko"),
        ("bhai yeh kya hai, mera paisa nahi mila aur koi jawab nahi", "hi"),
        ("Aap log kab tak refund karoge, mujhe abhi tak kuch nahi mila", "hi"),
        ("मेरा बैग अभी तक नहीं आया, कृपया मदद करें", "hi"),
    ],
)
def test_a_clear_post_gets_its_language(text: str, language: str) -> None:
    guess = detect(text)
    assert guess is not None
    assert guess.language == language
    assert 0.6 <= guess.probability <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "@brand @other",
        "https://example.com/die/und/der",
        "😀😀😀😀😀😀",
        "12345 67890",
        "lol hahaha",
        "#love #travel",
        "supperrb salman khan bhai..",
        "yaar this movie is so good I watched it three times in one week with friends",
        "\ud800 \udc00",
    ],
)
def test_not_knowing_beats_a_wrong_guess(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("My sister and I had a great time in Bali, the food was super", "en"),
        ("Ik heb nog steeds geen antwoord gekregen over mijn koffer", "nl"),
        ("Saya belum dapat jawaban tentang koper saya sampai hari ini", "id"),
        ("Bavulum hala gelmedi, kimse cevap vermiyor", "tr"),
    ],
)
def test_other_languages_in_latin_letters_are_not_taken_for_hindi(text: str, language: str) -> None:
    guess = detect(text)
    assert guess is not None
    assert guess.language == language


@pytest.mark.parametrize(
    "text", ["kya " * 25_000, "\ud800" * 100_000, "حقيبتي " * 15_000, "😀" * 100_000, "a" * 100_000]
)
def test_a_text_of_a_hundred_kilobytes_is_told_in_a_moment(text: str) -> None:
    begun = stopwatch.perf_counter()
    detect(text)
    assert stopwatch.perf_counter() - begun < 2


def test_many_posts_at_once_keep_their_order() -> None:
    found = detect_all(["Where is my suitcase, please help me", "ok", "Where is my suitcase, please help me"])
    assert [guess.language if guess else None for guess in found] == ["en", None, "en"]


def test_languages_have_names() -> None:
    assert name_of("pt-BR") == "Portuguese"
    assert name_of("xx") == "xx"
