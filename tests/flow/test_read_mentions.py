"""Reading files of mentions: every line is a mention or says why not."""

import gzip
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from inbox.flow import read_mentions
from inbox.flow.read_mentions import read
from inbox.model.mention import BadPayload, IncomingAuthor, IncomingMention, Media
from inbox.model.words import Direction, MentionKind, Visibility

GOOD: Mapping[str, Any] = {
    "network": "x", "id": "1", "account": "@ExampleAir", "author": {"id": "7", "handle": "@ben"}, "text": "hi",
    "created_at": "2026-03-02T13:00:00+01:00",
}  # fmt: skip


def line(**more: object) -> str:
    return json.dumps({**GOOD, **more})


def good(path: Path) -> list[IncomingMention]:
    return [each.found for each in read(path) if isinstance(each.found, IncomingMention)]


def bad(path: Path) -> list[BadPayload]:
    return [each.found for each in read(path) if isinstance(each.found, BadPayload)]


def test_a_line_is_a_mention(tmp_path: Path) -> None:
    more = {
        "direction": "outbound", "kind": "message", "in_reply_to": "0", "thread": "t", "url": "https://x/1",
        "language": "en", "likes": 1, "shares": 2, "replies": 3, "labels": {"area": "Bags"}, "mood": "odd",
        "media": [{"url": "https://x/p.png", "alt": "a bag"}],
        "author": {"id": "7", "handle": "ben", "name": "Ben", "followers": 9, "verified": True, "tags": ["press"]},
    }  # fmt: skip
    file = tmp_path / "m.jsonl"
    file.write_text("\ufeff" + line(**more) + "\r\n\n")
    found = good(file)[0]
    assert found.author == IncomingAuthor("7", "ben", "Ben", 9, verified=True, tags=("press",))
    assert (found.account, found.created_at) == ("ExampleAir", datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert (found.direction, found.kind, found.visibility) == (
        Direction.OUTBOUND, MentionKind.MESSAGE, Visibility.PRIVATE,
    )  # fmt: skip
    assert (found.in_reply_to, found.thread, found.likes, found.shares, found.replies) == ("0", "t", 1, 2, 3)
    assert (found.media, found.labels) == ((Media("https://x/p.png", "image", "a bag"),), {"area": "Bags"})
    assert found.raw["mood"] == "odd"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"a": NaN}', "NaN is no number"),
        ("[" * 100_000, "nested too deep"),
        ('{"n": ' + "9" * 5000 + "}", "not JSON"),
        (line(network=None), "no “network”"),
        (line(id=""), "“id” is empty"),
        (line(id=3), "“id” is not text"),
        (line(text=None), "no “text”"),
        (line(text=["a"]), "“text” is not text"),
        (line(text="nul \0"), "NUL"),
        (line(text="half \ud800"), "surrogate"),
        (line(author=None), "no “author”"),
        (line(author="ben"), "“author” is not an object"),
        (line(author={"name": "Ben"}), "neither an id nor a handle"),
        (line(author={"id": "1", "followers": "many"}), "“followers” is not a whole number"),
        (line(author={"id": "1", "verified": "yes"}), "neither true nor false"),
        (line(author={"id": "1", "tags": "press"}), "not a list of words"),
        (line(created_at="2026-03-02 noon"), "not a time like"),
        (line(created_at="2026-03-02T12:00:00"), "no zone"),
        (line(created_at="0000-01-01T00:00:00Z"), "no such time"),
        (line(created_at="9999-12-31T23:59:59-01:00"), "no such time"),
        (line(created_at="2026-02-30T12:00:00Z"), "no such time"),
        (line(created_at=1772452800), "“created_at” is not text"),
        (line(likes=-1), "“likes” cannot be -1"),
        (line(likes=True), "not a whole number"),
        (line(shares=10**30), "too large"),
        (line(direction="sideways"), "none of: inbound, outbound"),
        (line(media=[1]), "not a list of objects"),
        (line(labels=[]), "“labels” is not an object"),
    ],
)  # fmt: skip
def test_a_bad_line_says_why(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "m.jsonl"
    file.write_text(line() + "\n" + text + "\n" + line() + "\n")
    found = bad(file)
    assert len(good(file)) == 2
    assert reason in found[0].error
    assert (found[0].place, found[0].payload) == ("m.jsonl line 2", text)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-03-02T12:00:00Z", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("2026-03-02t12:00:00z", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("2026-03-02 12:00:00.123456789-05:00", datetime(2026, 3, 2, 17, 0, 0, 123456, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_rfc_3339_has_them(tmp_path: Path, said: str, meant: datetime) -> None:
    file = tmp_path / "m.jsonl"
    file.write_text(line(created_at=said))
    assert good(file)[0].created_at == meant


def test_what_is_not_utf_8_is_a_bad_line(tmp_path: Path) -> None:
    file = tmp_path / "m.jsonl"
    file.write_bytes(b'{"text": "caf\xe9"}\n' + line().encode())
    assert "not UTF-8" in bad(file)[0].error
    assert len(good(file)) == 1


def test_a_line_without_end_is_not_read_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_mentions, "LONGEST_LINE", 1000)
    file = tmp_path / "m.jsonl"
    file.write_text(line(text="x" * 5000) + "\n" + line() + "\n")
    assert "longer than 1,000 bytes" in bad(file)[0].error
    assert len(good(file)) == 1


def test_a_zipped_file_that_breaks_off_says_so(tmp_path: Path) -> None:
    whole = gzip.compress("\n".join(line(id=str(n)) for n in range(2000)).encode())
    file = tmp_path / "m.jsonl.gz"
    file.write_bytes(whole[: len(whole) // 2])
    assert good(file)
    assert "breaks off here" in bad(file)[-1].error


def test_a_table_is_read_like_lines(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(
        "\ufeffnetwork;id;account;author_handle;author_followers;author_verified;author_tags;text;created_at;likes;"
        "labels.area;mood\r\n"
        'x;1;exampleair;ben;9;yes;press, bot;"two\nlines; here";2026-03-02T12:00:00Z;3;Bags;odd\r\n'
        "x;2;exampleair;ben;many;;;hi;2026-03-02T12:00:00Z;;;\r\n"
        "x;3;exampleair;;;;;hi;2026-03-02T12:00:00Z;;;\r\n"
        "x;4;exampleair;ben;;;;;2026-03-02T12:00:00Z;;;\r\n"
    )
    first, last = good(file)
    assert first.author == IncomingAuthor("", "ben", "", 9, verified=True, tags=("press", "bot"))
    assert (first.text, first.likes, first.labels, first.raw["mood"]) == (
        "two\nlines; here",
        3,
        {"area": "Bags"},
        "odd",
    )
    assert (last.id, last.text) == ("4", "")
    assert [each.error for each in bad(file)] == ["“followers” is not a whole number", "it has no “author”"]


def test_a_zipped_table_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "m.csv.gz"
    file.write_bytes(gzip.compress(b"network,id,author_id,text,created_at\nx,1,7,hi,2026-03-02T12:00:00Z\n"))
    assert good(file)[0].author.id == "7"
