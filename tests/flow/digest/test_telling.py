"""The digest as a page, a table and a document."""

import json

from inbox.flow.digest import digest, document_of, page_of, table_of
from inbox.flow.digest.telling import change
from inbox.model.report import Period
from inbox.store.engine import Store
from tests.flow.digest.talk import MONDAY, WEEK, Talk

NOW = MONDAY + WEEK


def test_markup_in_a_post_is_shown_and_never_run(sqlite_store: Store) -> None:
    talk = Talk(sqlite_store)
    talk.say("kim", "<script>alert(1)</script> & <b>bold</b>", likes=4)
    made = digest(sqlite_store, None, Period(MONDAY, NOW), now=NOW)
    page = page_of([made], workspace_name="<W>", zone="UTC", now=NOW)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold&lt;/b&gt;" in page
    assert "2026-03-02 to 2026-03-08, UTC" in page


def test_a_page_of_several_areas_names_each(sqlite_store: Store) -> None:
    made = digest(sqlite_store, None, Period(MONDAY, NOW), now=NOW)
    page = page_of([made, made], workspace_name="W", zone="UTC", now=NOW, note="Made late.")
    assert page.count("All areas") == 2
    assert "Made late." in page


def test_the_table_has_a_row_for_each_topic_and_the_area_where_there_are_several(sqlite_store: Store) -> None:
    talk = Talk(sqlite_store)
    for who in ("a", "b", "c"):
        talk.say(who, f"=refund refund for {who}")
    made = digest(sqlite_store, None, Period(MONDAY, NOW), now=NOW)
    one, two = table_of([made]), table_of([made, made])
    assert [column.key for column in one.columns][:4] == ["key", "also", "mentions", "authors"]
    assert one.rows[0][0] == "refund"
    assert two.columns[0].key == "area"
    assert len(two.rows) == 2 * len(one.rows)


def test_the_document_can_be_printed_as_json(sqlite_store: Store) -> None:
    Talk(sqlite_store).say("kim", "hello")
    made = document_of(digest(sqlite_store, None, Period(MONDAY, NOW), now=NOW))
    assert made["mentions"] == 1
    assert made["from"] == MONDAY
    json.dumps(made, default=str)


def test_changes_are_said_in_words() -> None:
    assert change(12, 10, "week") == "20% more than the week before"
    assert change(41, 10, "week") == "4.1 times as many as the week before"
    assert change(20, 10, "week") == "2 times as many as the week before"
    assert change(5, 10, "week") == "50% fewer than the week before"
    assert change(10, 10, "time") == "as many as the time before"
    assert change(3, 0, "week") == "none the week before"
