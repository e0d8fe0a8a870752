"""Lengths as the networks count them."""

import pytest

from inbox.model.words import LengthRule
from inbox.text.length import count

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
LONG = "https://example.com/" + "a" * 100


@pytest.mark.parametrize(
    ("text", "rule", "length"),
    [
        ("", LengthRule.GRAPHEMES, 0),
        ("abc", LengthRule.CODEPOINTS, 3),
        (FAMILY, LengthRule.CODEPOINTS, 7),
        (FAMILY, LengthRule.GRAPHEMES, 1),
        ("e\u0301a\r\nb", LengthRule.GRAPHEMES, 4),
        ("a\r\nb", LengthRule.GRAPHEMES, 3),
        ("क्षि", LengthRule.GRAPHEMES, 1),
        ("🇩🇪🇫🇷", LengthRule.GRAPHEMES, 2),
        (f"See {LONG}", LengthRule.MASTODON, 4 + 23),
        (f"See {LONG}.", LengthRule.MASTODON, 4 + 23 + 1),
        ("http://a.b", LengthRule.MASTODON, 23),
        ("Hi @ann@example.social!", LengthRule.MASTODON, len("Hi @ann!")),
        ("Hi @ann!", LengthRule.MASTODON, 8),
        ("mail ann@example.org", LengthRule.MASTODON, 20),
        (FAMILY, LengthRule.MASTODON, 1),
        ("abc", LengthRule.X_WEIGHTED, 3),
        ("日本", LengthRule.X_WEIGHTED, 4),
        (FAMILY, LengthRule.X_WEIGHTED, 2),
        ("😀", LengthRule.X_WEIGHTED, 2),
        ("e\u0301", LengthRule.X_WEIGHTED, 1),
        (f"See {LONG}", LengthRule.X_WEIGHTED, 27),
        ("See example.com now", LengthRule.X_WEIGHTED, 4 + 23 + 4),
    ],
)
def test_a_text_is_counted_as_its_network_counts(text: str, rule: LengthRule, length: int) -> None:
    assert count(text, rule, None) == length


def test_the_server_may_say_what_a_link_counts() -> None:
    assert count(LONG, LengthRule.MASTODON, 30) == 30
