"""Searching: what people type, and which threads come, newest first."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from inbox.flow import search
from inbox.model.words import Status
from inbox.store import search as stored
from inbox.store.engine import Store
from inbox.store.errors import Refused
from inbox.store.schema import area, thread
from inbox.store.search import Query
from tests.support.pages import answered, at, connect, put, said, thread_of

PLACE = ZoneInfo("UTC")


def texts(store: Store, asked: str, limit: int = 50) -> list[str]:
    return [each.text for each in search.find(store, asked, limit=limit).matches]


def fill(store: Store) -> None:
    put(
        store,
        said("1", "ana", text="My luggage is lost", minutes=1),
        said("2", "ben", text="Lost my bag. Luggage desk is closed!", minutes=3),
        said("3", "cleo", text="Où est la réclamation pour mes bagages?", minutes=2),
        said("4", "Ben@there", text="thanks, all good", minutes=4),
    )


FOUND = {
    "luggage": ["2", "1"],
    "LOST luggage": ["2", "1"],
    '"luggage is lost"': ["1"],
    "“lost luggage”": [],
    "lug*": ["2", "1"],
    '"luggage des"*': ["2"],
    "reclamation": ["3"],
    "Réclamation": ["3"],
    "luggage AND": [],
    "desk OR": [],
    "from:ana": ["1"],
    "from:@ANA luggage": ["1"],
    "from:ben": ["4", "2"],
    "from:nobody": [],
    "luggage from:ben": ["2"],
    "is:new": ["4", "2", "3", "1"],
    "is:closed": [],
    "account:exampleair bag": ["2"],
    "after:2026-03-02T12:02:00Z": ["4", "2", "3"],
    "before:2026-03-02T12:02:00Z luggage": ["1"],
    "before:2026-03-02": [],
    "area:unsorted bag": ["2"],
    "bag'); DROP TABLE mention; --": [],
    "* luggage": ["2", "1"],
    "100% _luggage_": [],
}


def test_what_is_found_newest_first(store: Store) -> None:
    fill(store)
    ids = {thread_of(store, id): id for id in "1234"}
    found = {asked: [ids[each.row.id] for each in search.find(store, asked).matches] for asked in FOUND}
    assert found == FOUND


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("", "Say what to search for"),
        ("  !!! ", "Say what to search for"),
        ("is:happy", "is:new, is:open, is:waiting, is:snoozed, is:closed"),
        ("before:yesterday", "before:2026-03-02"),
        ("from: ana", "without a space"),
        ("area:Nowhere", "There is no area “Nowhere”"),
        ("account:nobody", "There is no account “nobody”"),
    ],
)
def test_what_cannot_be_searched_is_said(sqlite_store: Store, asked: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        search.find(sqlite_store, asked)


def test_a_search_reads_as_it_is_typed() -> None:
    query = search.parse('from:ana "lost bag"* Tele* https://x.org is:open after:2026-03-02', PLACE)
    assert query == Query(
        words=(("lost bag", True), ("Tele", True), ("https //x.org", False)),
        authors=("ana",),
        statuses=(Status.OPEN,),
        after=datetime(2026, 3, 2, tzinfo=UTC),
    )


def test_pages_follow_each_other_without_a_hole(store: Store) -> None:
    put(store, *(said(f"m{n}", f"c{n}", text=f"bag number{n}", minutes=n * 7 % 30) for n in range(30)))
    seen, cursor = list[str](), None
    while True:
        found = search.find(store, "bag", limit=4, cursor=cursor)
        seen += [each.text for each in found.matches]
        cursor = found.next
        if cursor is None:
            break
    assert seen == [f"bag number{n}" for n in sorted(range(30), key=lambda n: (n * 7 % 30, n), reverse=True)]


def test_more_matches_than_a_window_are_all_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "WINDOW", 7)
    monkeypatch.setattr(stored, "WINDOW_COMMON", 7)
    put(store, *(said(f"m{n}", f"c{n}", text=f"bag number{n}", minutes=n) for n in range(30)))
    assert texts(store, "bag", limit=100) == [f"bag number{n}" for n in reversed(range(30))]
    assert texts(store, "bag before:2026-03-02T12:03:00Z", limit=2) == ["bag number2", "bag number1"]


def test_a_common_word_finds_the_same_by_the_other_plan(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    monkeypatch.setattr(stored, "COMMON", -1)
    assert texts(store, "luggage") == ["Lost my bag. Luggage desk is closed!", "My luggage is lost"]


def test_a_thread_comes_once_with_its_newest_match(store: Store) -> None:
    put(store, said("q1", text="my bag"), said("q2", text="my bag again", in_reply_to="q1", minutes=2))
    assert texts(store, "bag") == ["my bag again"]


def test_an_edit_is_found_by_its_new_words_only(store: Store) -> None:
    put(store, said("q1", text="my suitcase"))
    put(store, said("q1", text="my handbag"))
    assert texts(store, "handbag") == ["my handbag"]
    assert texts(store, "suitcase") == []


def test_our_own_answers_are_found_in_their_threads(store: Store) -> None:
    put(store, said("q1"), answered("a1", "q1", text="we are sorry", minutes=3))
    assert texts(store, "from:exampleair") == ["we are sorry"]
    assert texts(store, "sorry from:exampleair") == ["we are sorry"]


def test_areas_and_accounts_narrow(store: Store) -> None:
    one, two = connect(store, "exampleair"), connect(store, "examplecargo")
    put(store, said("1", text="bag one"), by=one)
    put(store, said("2", text="bag two", minutes=1), by=two)
    with store.write() as s:
        number = s.scalar(area.insert().values(name="Baggage", keywords=[]).returning(area.c.id))
        s.execute(thread.update().where(thread.c.id == thread_of(store, "2")).values(area_id=number))
    assert texts(store, "bag area:baggage") == ["bag two"]
    assert texts(store, "bag account:exampleair") == ["bag one"]
    assert texts(store, "bag area:baggage area:unsorted") == ["bag two", "bag one"]


def test_long_texts_show_the_part_that_matches(store: Store) -> None:
    put(store, said("1", text="word " * 100 + "needle" + " word" * 100))
    shown = texts(store, "needle")[0]
    assert "needle" in shown
    assert shown.startswith("…")
    assert len(shown) < 200


def test_a_foreign_cursor_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="not a cursor"):
        search.find(store, "bag", cursor="12")
    assert at(0).tzinfo is UTC


def all_pages(store: Store, asked: str, limit: int) -> list[int]:
    found: list[int] = []
    cursor: str | None = None
    while True:
        page = search.find(store, asked, limit=limit, cursor=cursor)
        found += [each.row.id for each in page.matches]
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize("asked", ["luggage", "from:ana", "luggage after:2026-03-02T12:00:00Z"])
def test_a_thread_comes_on_one_page_alone(store: Store, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    for window in (stored.WINDOW, 4):
        monkeypatch.setattr(stored, "WINDOW", window)
        monkeypatch.setattr(stored, "WINDOW_COMMON", window)
        for number in range(12):
            parent = f"{number - 3}" if number > 2 else None
            post = said(f"{number}", "ana", text="luggage", minutes=number, in_reply_to=parent)
            put(store, post)
        found = all_pages(store, asked, 2)
        assert sorted(found) == sorted(set(found))
        assert len(found) == 3


@pytest.mark.parametrize("asked", ["word " * 2000, "a* " * 3000])
def test_more_words_than_anybody_types_are_refused(store: Store, asked: str) -> None:
    with pytest.raises(Refused, match="more than 50 words"):
        search.find(store, asked)


@pytest.mark.parametrize("cursor", ["9" * 30 + ":1:1", "1:" + "9" * 30 + ":1", "1:1:" + "9" * 30, "-1:-1:-1"])
def test_a_cursor_beyond_all_numbers_is_refused(store: Store, cursor: str) -> None:
    fill(store)
    with pytest.raises(Refused, match="not a cursor"):
        search.find(store, "luggage", cursor=cursor)
