"""How a post sounds by the word lists, before a workspace has learnt its own."""

import time as stopwatch

import pytest

from inbox.text.sentiment import judge


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("@air what a wonderful crew, thank you!", "en", "positive"),
        ("@air 😍😍", None, "positive"),
        ("Danke, das war super", "de", "positive"),
        ("¡Qué servicio tan excelente, gracias!", "es", "positive"),
        ("شكرا خدمة رائعة", "ar", "positive"),
        ("bahut badhiya service, shukriya", "hi", "positive"),
        ("@air worst airline ever, my bag is lost", "en", "negative"),
        ("@air not good at all", "en", "negative"),
        ("@air I’m not happy, this isn’t great", "en", "negative"),
        ("🤬🤬", None, "negative"),
        ("Das ist eine Frechheit, der Koffer ist kaputt", "de", "negative"),
        ("Péssimo atendimento, que vergonha", "pt-BR", "negative"),
        ("Servizio pessimo e personale incapace", "it", "negative"),
        ("C'est inadmissible, toujours en retard", "fr", "negative"),
        ("@air do you fly to Oslo on Mondays", "en", "neutral"),
        ("", None, "neutral"),
        ("...", None, "neutral"),
        ("\ud800", None, "neutral"),
        ("ᚠᛇᚻ᛫ᛒᛦᚦ", None, "neutral"),
        ("@air I love the crew, best people, and I hate this awful app", "en", "mixed"),
    ],
)
def test_a_post_sounds_as_its_words_do(text: str, language: str | None, value: str) -> None:
    assert judge(text, language).value == value


def test_the_word_that_weighs_most_is_named() -> None:
    tone = judge("@air the crew was nice and the food outstanding", "en")
    assert "“outstanding”" in tone.why
    assert 0.5 < tone.probability <= 0.85


def test_what_comes_after_a_but_counts_more() -> None:
    assert judge("The crew was nice but the flight was awful", "en").value == "negative"
    assert judge("The flight was late but the crew was amazing, thanks", "en").value == "positive"


def test_an_article_of_another_language_is_no_death() -> None:
    assert judge("die Maschine nach Oslo", "de").value == "neutral"


@pytest.mark.parametrize("piece", ["not ", "good ", "!?", "n't", "😂", "\u0647", "والله ", "a"])
def test_a_hostile_text_is_judged_quickly(piece: str) -> None:
    begun = stopwatch.perf_counter()
    judge(piece * (1_000_000 // len(piece)), "ar")
    assert stopwatch.perf_counter() - begun < 1
