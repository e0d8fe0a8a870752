"""Patterns in bounded time and memory: what is too large is refused, what does not fit is split, nothing is missed."""

import time as stopwatch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.routing.patterns import PatternBook, check_regex
from inbox.routing.phrases import folded, is_plain, pattern_of, spans, stands_in


def book(*expressions: str) -> PatternBook:
    made = PatternBook()
    for expression in expressions:
        made.expression(expression)
    made.close()
    return made


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"\p{L}{300}", "too large"),
        (r"(?:(?:[^a]{30}){30}){1}" * 9, "too large"),
        (r"((a{100}){100}){10}", "invalid repetition size: {100}"),
        (r"(?<=a)b", "invalid perl operator: (?<"),
        (r"(?!a)b", "invalid perl operator: (?!"),
        (r"(a)\1", "invalid escape sequence: \\1"),
        (r"a**", "bad repetition operator: **"),
        (r"(", "missing )"),
        (r"[z-a]", "invalid character class range: z-a"),
        (r"\p{Nothing}", "invalid character class range: \\p{Nothing}"),
        ("\ud800", "half of a character"),
    ],
)
def test_what_re2_refuses_or_would_take_too_long_says_why(pattern: str, reason: str) -> None:
    assert reason in (check_regex(pattern) or "")
    with pytest.raises(ValueError, match="This regular expression"):
        book("fine", pattern)


@pytest.mark.parametrize("pattern", ["", "(a+)+$", r"\p{L}{5,30}", r"\bBA\s?\d{2,4}\b", r".{0,1000}x", "(?i)a|B"])
def test_what_people_write_is_taken(pattern: str) -> None:
    assert check_regex(pattern) is None


def test_expressions_that_do_not_fit_together_are_all_found_all_the_same() -> None:
    made = book(*(rf"z{n}\p{{L}}{{5,30}}!" for n in range(24)), "plain")
    assert made.hits("so z17" + "é" * 20 + "! and plain").expressions == {r"z17\p{L}{5,30}!", "plain"}
    assert made.hits("z0" + "é" * 40 + "!").expressions == frozenset()


def test_a_text_that_holds_the_probe_is_a_text_like_any() -> None:
    assert book("a").hits("\x01\x02").expressions == frozenset()
    assert book("a").hits("\x01\x02a").expressions == {"a"}


def test_a_long_text_against_nasty_expressions_takes_bounded_time() -> None:
    made = book(*(rf"(x|y)*{chr(97 + n)}(.|\n){{{5 + n}}}q" for n in range(20)))
    begun = stopwatch.perf_counter()
    made.hits("xyabc" * 20_000)
    assert stopwatch.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("a-a", "xa-a-a", True),
        ("a-a", "xa-ax", False),
        ("#a", "b#a", True),
        ("#a", "#ab", False),
        ("24/7", "124/7", False),
        ("24/7", "so 24/7", True),
        ("'", "", False),
        ("'", "it's", True),
        ("c++", "cc++", False),
        ("wi-fi 6", "wi-fi   6", True),
        ("e-mail", "e-maile\u0301", False),
    ],
)
def test_a_phrase_with_signs_stands_by_itself(phrase: str, text: str, expected: bool) -> None:
    assert stands_in(folded(phrase), folded(text)) is expected
    made = PatternBook()
    form = made.phrase(phrase)
    made.close()
    assert (form in made.hits(text).phrases) is expected


@settings(max_examples=300, deadline=None)
@given(st.text("ab #-é'7", min_size=1, max_size=5), st.text("ab #-é'7 ", max_size=20))
def test_what_is_found_can_be_marked(phrase: str, text: str) -> None:
    made = PatternBook()
    form = made.phrase(phrase)
    made.close()
    if form in made.hits(text).phrases:
        found = spans(phrase, text)
        assert found
        assert all(0 <= start < end <= len(text) for start, end in found)
        assert is_plain(form) or pattern_of(form)
