"""Record keys, and the marks in a reply."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from inbox.networks.bluesky import make_key
from inbox.networks.bluesky.facets import facets
from inbox.networks.bluesky.keys import made_at

_TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


def test_keys_are_valid_sorted_and_never_the_same() -> None:
    keys = [make_key() for _ in range(5000)]
    assert all(_TID.fullmatch(key) for key in keys)
    assert keys == sorted(set(keys))


def test_a_key_tells_when_it_was_made() -> None:
    at = made_at(make_key())
    assert at is not None
    assert abs(at - datetime.fromtimestamp(time.time(), UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("key", ["", "self", "3k1", "0000000000000", "zzzzzzzzzzzzzz"])
def test_a_key_of_another_kind_tells_nothing(key: str) -> None:
    assert made_at(key) is None


def marked(text: str) -> dict[str, object]:
    raw = text.encode()
    people = {"zoe.example": "did:plc:zoe", "a-b.co.uk": "did:plc:ab"}
    found = facets(text, people.get)
    return {raw[each["index"]["byteStart"] : each["index"]["byteEnd"]].decode(): each["features"][0] for each in found}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("plain words", []),
        ("@zoe.example hello", ["@zoe.example"]),
        ("Grüße 🙂 an @Zoe.Example!", ["@Zoe.Example"]),
        ("@nobody.example is nobody", []),
        ("mail zoe@zoe.example", []),
        ("see https://tea.example/a?b=1.", ["https://tea.example/a?b=1"]),
        ("(https://tea.example/a_(b))", ["https://tea.example/a_(b)"]),
        ("two: https://a.example and https://b.example", ["https://a.example", "https://b.example"]),
        ("#tea, #Grüner_Tee! #123", ["#tea", "#Grüner_Tee"]),
        ("https://a.example/#part @a-b.co.uk", ["https://a.example/#part", "@a-b.co.uk"]),
        ("https://a.example/@zoe.example", ["https://a.example/@zoe.example"]),
        ("javascript:alert(1) ftp://x", []),
        ("no#tag", []),
    ],
)
def test_names_links_and_tags_are_marked_by_bytes(text: str, pieces: list[str]) -> None:
    assert list(marked(text)) == pieces


def test_a_long_row_of_signs_is_read_at_once() -> None:
    started = time.monotonic()
    facets("@" * 50_000 + "a." * 50_000 + "#" * 50_000 + "(" * 50_000, lambda _: None)
    assert time.monotonic() - started < 5
