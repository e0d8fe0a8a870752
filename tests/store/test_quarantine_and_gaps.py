"""What could not be read, and what could not be had: kept, counted, and settled."""

from inbox.model.mention import BadPayload
from inbox.store import gaps, quarantine
from inbox.store.engine import Store
from tests.support.pages import NOON, at, connect


def test_a_networks_bad_payload_is_kept_once_and_a_files_line_each(store: Store) -> None:
    same = BadPayload("mastodon", "{}", "it has no id")
    lines = [BadPayload(quarantine.FILES, "{}", "it has no id", place=f"m.jsonl line {n}") for n in (1, 2, 2)]
    with store.write() as s:
        assert quarantine.add(s, [same, same], now=NOON) == 2
        quarantine.add(s, lines, now=NOON)
        assert quarantine.count(s) == 3


def test_what_is_settled_waits_no_more_until_it_comes_again(store: Store) -> None:
    bad = BadPayload("mastodon", "half \ud800 and \0", "it is odd", account="exampleair")
    with store.write() as s:
        quarantine.add(s, [bad], now=NOON)
        first = quarantine.waiting(s)[0]
        quarantine.tried(s, first.id, now=at(1), error="it is odd still")
        assert (quarantine.waiting(s)[0].error, quarantine.waiting(s)[0].retried_at) == ("it is odd still", at(1))
        quarantine.tried(s, first.id, now=at(2), error=None)
        assert (quarantine.count(s), quarantine.waiting(s)) == (0, ())
        quarantine.add(s, [bad], now=at(3))
        assert [each.id for each in quarantine.waiting(s)] == [first.id]
    assert first.payload == "half \\ud800 and \\u0000"


def test_pages_of_the_quarantine_follow_each_other(store: Store) -> None:
    with store.write() as s:
        quarantine.add(s, [BadPayload("x", str(n), "bad") for n in range(5)], now=NOON)
        first = quarantine.waiting(s, limit=3)
        rest = quarantine.waiting(s, after=first[-1].id)
    assert [each.payload for each in (*first, *rest)] == ["0", "1", "2", "3", "4"]


def test_a_gap_is_filled_only_by_what_covers_it(store: Store) -> None:
    account, source = connect(store)
    with store.write() as s:
        gaps.record(s, source.id, at(0), at(10), "The network keeps 800 notices.")
        gaps.record(s, source.id, at(30), at(40), "The network keeps 800 notices.")
        assert gaps.fill(s, source.id, at(-5), at(9), now=at(60)) == 0
        assert gaps.fill(s, source.id, at(-5), at(20), now=at(60)) == 1
        assert [(each.from_at, each.to_at) for each in gaps.open_of(s, account.id)] == [(at(30), at(40))]
