"""HTML to the text that a person would read."""

import time

import pytest

from inbox.networks.html import TooMuch, to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"),
        ("plain &amp; simple", "plain & simple"),
        ("a < b", "a < b"),
        ("<p>x<script>alert(1)</script><style>p{}</style></p>", "x"),
        ("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\nc"),
        (
            '<a href="https://e.example/long/path"><span>https://</span><span>e.example/lo</span></a>',
            "https://e.example/long/path",
        ),
        ('<a href="https://e.example/long/path">e.example/lo…</a>', "https://e.example/long/path"),
        ('<a href="https://evil.example">https://bank.example</a>', "https://bank.example (https://evil.example)"),
        ('<a href="javascript:alert(1)">boo</a>', "boo"),
        ('<a href="https://x.example/tags/a">#<span>a</span></a>', "#a"),
        ("<p>مرحبا\u202e</p>", "مرحبا\u202e"),
        ("<p>a  b\n c</p>", "a b c"),
        ("<!-- hidden --><p>shown</p>", "shown"),
        ("", ""),
    ],
)
def test_a_post_reads_as_its_author_meant_it(html: str, text: str) -> None:
    assert to_text(html) == text


def test_a_person_is_named_with_their_instance() -> None:
    html = '<a href="https://x.example/@ana" class="u-url mention">@<span>ana</span></a> hi'
    assert to_text(html, {"https://x.example/@ana": "ana@x.example"}) == "@ana@x.example hi"


@pytest.mark.parametrize("html", ["x" * 2_000_000, "<b>" * 100_000])
def test_too_much_is_refused_in_no_time(html: str) -> None:
    begun = time.monotonic()
    with pytest.raises(TooMuch):
        to_text(html)
    assert time.monotonic() - begun < 0.5
