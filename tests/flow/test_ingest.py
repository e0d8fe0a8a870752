"""Storing pages: once each, with their cursor, whatever the network sends."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from inbox.flow import ingest
from inbox.model.mention import BadPayload, IncomingAuthor
from inbox.store import accounts, gaps, quarantine, sources, threads
from inbox.store.engine import Store
from inbox.store.schema import mention, mention_text, payload
from tests.support.pages import answered, at, connect, connect_once, page, put, said, thread_of


def count(store: Store) -> int:
    with store.read() as s:
        return int(s.scalar(select(func.count()).select_from(mention)))


def test_a_page_is_stored_with_its_cursor(store: Store) -> None:
    account, source = connect(store)
    done = ingest.store_page(store, account, source, page(said("a"), said("b", "ana"), cursor="c7"), now=at(60))
    with store.read() as s:
        kept = sources.get(s, source.id)
    assert (done.read, done.stored, done.updated, done.duplicates, done.quarantined) == (2, 2, 0, 0, 0)
    assert (kept.cursor, kept.last_success_at, kept.lag_seconds) == ("c7", at(60), 3600)
    assert done.change.threads == done.threads
    assert len(done.threads) == 2


def test_the_same_page_again_stores_nothing_new(store: Store) -> None:
    put(store, said("a"), said("b"))
    again = put(store, said("a"), said("b"), said("b"))
    assert (again.read, again.stored, again.updated, again.duplicates) == (3, 0, 0, 3)
    assert count(store) == 2


def test_a_failure_leaves_the_cursor_where_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    account, source = connect(store)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(quarantine, "add", fail)
    with pytest.raises(RuntimeError):
        ingest.store_page(store, account, source, page(said("a"), cursor="c7"), now=at(60))
    with store.read() as s:
        assert sources.get(s, source.id).cursor is None
    assert count(store) == 0


def test_a_long_page_goes_in_chunks_and_nothing_is_lost(store: Store) -> None:
    many = [said(f"m{n}", f"customer {n % 50}", minutes=n) for n in range(ingest.CHUNK * 2 + 3)]
    done = put(store, *many)
    assert (done.stored, count(store)) == (len(many), len(many))


def test_an_edit_keeps_the_earlier_text(store: Store) -> None:
    put(store, said("a", text="my bag is lost"))
    done = put(store, said("a", text="my bag is found", edited_at=at(30)))
    with store.read() as s:
        whole = threads.get(s, thread_of(store, "a"))
    assert done.updated == 1
    assert (whole.mentions[0].text, whole.mentions[0].earlier_texts) == ("my bag is found", ("my bag is lost",))
    assert whole.mentions[0].edited_at == at(30)
    assert (whole.row.text, whole.row.version) == ("my bag is found", 2)


def test_new_figures_update_and_keep_no_earlier_text(store: Store) -> None:
    put(store, said("a", likes=1))
    done = put(store, said("a", likes=5))
    with store.read() as s:
        assert s.scalar(select(mention.c.likes)) == 5
        assert s.scalar(select(func.count()).select_from(mention_text)) == 0
    assert done.updated == 1


def test_a_deletion_marks_the_mention(store: Store) -> None:
    put(store, said("a", text="gone soon"))
    done = put(store, said("a", text="", deleted=True))
    with store.read() as s:
        kept = threads.get(s, thread_of(store, "a")).mentions[0]
    assert done.updated == 1
    assert (kept.deleted_at, kept.text) == (at(60), "gone soon")


def test_a_deletion_of_something_unseen_stores_nothing(store: Store) -> None:
    done = put(store, said("a", deleted=True))
    assert (done.stored, done.duplicates, count(store)) == (0, 1, 0)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"text": "nul \0"}, "NUL"),
        ({"text": "half \ud800"}, "surrogate"),
        ({"text": "x" * 2_000_000}, "2,000,000 characters"),
        ({"id": ""}, "no id"),
        ({"author": IncomingAuthor("", "")}, "neither an id nor a handle"),
        ({"created_at": datetime(9999, 12, 31, tzinfo=UTC)}, "cannot be right"),
        ({"created_at": datetime(1, 1, 1, tzinfo=UTC)}, "cannot be right"),
        ({"created_at": datetime(2026, 3, 2, tzinfo=UTC).replace(tzinfo=None)}, "no zone"),
        ({"raw": {"when": {1, 2}, "at": {("a",): 1}}}, "cannot be stored"),
    ],
)  # fmt: skip
def test_one_bad_mention_goes_to_quarantine_and_the_rest_is_stored(
    store: Store, broken: dict[str, object], reason: str
) -> None:
    done = put(store, said("a"), replace(said("b"), **broken), said("c"))  # type: ignore[arg-type]  # broken on purpose
    with store.read() as s:
        kept = quarantine.waiting(s)
    assert (done.stored, done.quarantined, done.read) == (2, 1, 3)
    assert reason in kept[0].error


def test_raw_payloads_with_half_characters_are_kept_escaped(store: Store) -> None:
    put(store, said("a", raw={"odd": "\ud800", "fine": "grüße"}))
    with store.read() as s:
        assert s.scalar(select(payload.c.raw)) == '{"odd":"\\ud800","fine":"gr\\u00fc\\u00dfe"}'


def test_bad_payloads_of_a_page_are_kept_once(store: Store) -> None:
    bad = BadPayload("mastodon", '{"id": \0 3}', "the id is a number")
    put(store, said("a"), bad=(bad,))
    put(store, bad=(bad,))
    with store.read() as s:
        kept = quarantine.waiting(s)
        assert quarantine.count(s) == 1
    assert (kept[0].account, kept[0].payload) == ("exampleair", '{"id": \\u0000 3}')


def test_a_gap_is_recorded_and_widened(store: Store) -> None:
    account, _ = connect_once(store)
    put(store, gap=(at(-100), at(-50), "Mastodon keeps 800 notices."))
    put(store, gap=(at(-60), at(-10), "Mastodon keeps 800 notices."))
    with store.read() as s:
        found = gaps.open_of(s, account.id)
    assert [(each.from_at, each.to_at) for each in found] == [(at(-100), at(-10))]


def test_mentions_from_before_the_connection_are_marked(store: Store) -> None:
    put(store, said("old", minutes=-3000), said("new"))
    with store.read() as s:
        rows = s.execute(select(mention.c.global_id, mention.c.before_connection, mention.c.triaged)).all()
    assert sorted(tuple(row) for row in rows) == [("new", False, False), ("old", True, False)]


def test_what_two_accounts_pull_is_one_mention_shown_in_both(store: Store) -> None:
    one, two = connect(store, "exampleair"), connect(store, "examplecargo")
    text = "@examplecargo and @exampleair, where is my box?"
    put(store, said("a", text=text, also_names=("examplecargo",)), by=one)
    again = put(store, said("a", text=text), by=two)
    with store.read() as s:
        whole = threads.get(s, thread_of(store, "a"))
    assert (count(store), again.duplicates) == (1, 1)
    assert (whole.row.account, whole.also_accounts) == ("examplecargo", ("exampleair",))


def test_an_author_is_one_row_and_follows_what_the_network_says(store: Store) -> None:
    ben = IncomingAuthor("https://there/ben", "ben", "Ben", followers=10, tags=("press",))
    put(store, said("a", writer=ben))
    put(store, said("b", writer=replace(ben, name="Benjamin", followers=20, tags=())))
    with store.read() as s:
        writers = {each.author for name in ("a", "b") for each in threads.get(s, thread_of(store, name)).mentions}
    assert {(each.name, each.followers, each.tags) for each in writers} == {("Benjamin", 20, ("press",))}


def test_our_own_posts_hide_from_the_queues(store: Store) -> None:
    put(store, answered("news", None))
    with store.read() as s:
        row = threads.row(s, thread_of(store, "news"))
        assert accounts.by_handle(s, "mastodon", "exampleair") is not None
    assert (row.status, row.unread) == ("closed", False)
