"""The first judgement of what needs a reply."""

import time as stopwatch

import pytest

from inbox.text.needs_reply import judge


@pytest.mark.parametrize(
    "text",
    [
        "@air Where is my bag?",
        "@air thanks for nothing, my flight is delayed again",
        "@air love the new seats but the app keeps crashing",
        "Danke, aber mein Koffer ist nicht angekommen",
        "@air ¿cuándo llega mi maleta",
        "@air flight 123",
        "@air",
        "@air ...",
        "@air 👀",
        "",
        "“@air: We are sorry” still nobody called me",
        "@air can’t log in",
        "予約を返金してください",
        "@air please call me, thank you!",
        "@air it would be nice to get an answer",
        "@air nice, your site is down",
        "@air thanks for nothing",
        "@air let us know when you find it. Thanks.",
    ],
)
def test_a_question_a_complaint_and_anything_unclear_needs_a_reply(text: str) -> None:
    assert judge(text).needed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("@air thank you so much, great crew", "praise"),
        ("@air ❤️❤️", "praise"),
        ("¡Gracias @air, excelente vuelo!", "praise"),
        ("RT @air: Our new seats are here", "repost"),
        ("“@air: Our new seats are here”", "repost"),
        ("@air thanks for the quick response, great crew", "praise"),
        ("@air best airline hands down, excellent flight attendant", "praise"),
        ("@air hahaha", "laughter"),
        ("Air Names New Chief For European Routes https://t.co/abc", "headline"),
    ],
)
def test_praise_reposts_laughter_and_headlines_need_none(text: str, why: str) -> None:
    judgement = judge(text)
    assert not judgement.needed
    assert why in judgement.why
    assert judgement.probability < 0.5


@pytest.mark.parametrize("piece", ["k", "lol", "lllo", "ha", "RT @a: ", '"@', "n't ", "😂 ", "\u0000", "a@b.c "])
def test_a_hostile_text_is_judged_quickly(piece: str) -> None:
    begun = stopwatch.perf_counter()
    judge(piece * (2_000_000 // len(piece)) + "x")
    judge(piece * 60 + "x")
    assert stopwatch.perf_counter() - begun < 1


def test_our_own_posts_and_marked_reposts_need_none() -> None:
    assert not judge("Where is my bag?", outbound=True).needed
    assert not judge("Where is my bag?", is_repost=True).needed
