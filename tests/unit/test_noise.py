"""Noise: what is written to everybody and nobody; a cry for help is none."""

import time as stopwatch

import pytest

from inbox.text.noise import judge


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("🔥 RT and follow @brand for a chance to win a free iPhone!", "gives something away"),
        ("You've been selected! Claim your gift here http://x.example", "gives something away"),
        ("Follow me and I'll follow back #f4f #teamfollowback", "trades followers"),
        ("Get 10,000 real followers today http://x.example", "trades followers"),
        ("Earn $500 a day from home http://x.example", "promises money"),
        ("I got my account back, contact @fast_recovery, the best hacker for crypto", "gets accounts back"),
        ("$PEPE airdrop live now, join http://x.example", "coins"),
        ("cheap rolex watches http://x.example", "sells"),
        ("@a1 @b1 @c1 @d1 @e1 @f1 @g1 @h1 look", "8 accounts"),
        ("http://a.example http://b.example http://c.example http://d.example now", "4 links"),
        ("free " * 14, "14 times"),
        ("asdfghjkl qwertyuiop zxcvbnm", "no words"),
    ],
)
def test_what_is_written_to_everybody_is_noise(text: str, why: str) -> None:
    found = judge(text)
    assert found.noise
    assert found.probability > 0.5
    assert why in found.why


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😀",
        "@air where is my bag?",
        "@air Followback so I can DM plz",
        "@air You won't refund me £200 a day!",
        "@air your free wifi is a scam, I lost my wallet on board",
        "@air @a1 @b1 @c1 @d1 @e1 @f1 @g1 my flight is cancelled, can you help? http://x.example",
        "@air hahahahahahahahaha",
        "@air wtf wtf wtf",
        "Donaudampfschifffahrtsgesellschaft",
        "@air ich warte seit Stunden auf meinen Anschlussflug",
        "\ud800\udfff",
        "حقيبتي ضائعة",
    ],
)
def test_in_doubt_a_post_is_none(text: str) -> None:
    assert not judge(text).noise


def test_what_looks_like_noise_but_asks_for_help_says_so() -> None:
    found = judge("@air is this real? “You have been selected to claim your prize” Can you check?")
    assert not found.noise
    assert "it may be meant for us" in found.why


def test_our_own_posts_are_never_noise() -> None:
    assert not judge("RT and follow for a chance to win a free ticket!", outbound=True).noise


@pytest.mark.parametrize(
    "piece", ["RT to win ", "follow @a ", "$1 a ", "http://a.b ", "x", "@a ", "#t ", "\ud800", "😂"]
)
def test_a_hostile_text_is_judged_quickly(piece: str) -> None:
    begun = stopwatch.perf_counter()
    judge(piece * (1_000_000 // len(piece)))
    assert stopwatch.perf_counter() - begun < 1
