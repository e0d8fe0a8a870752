"""Reports: figures that a person can work out by hand from a few threads, on both engines."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inbox.flow import decide, reports, workspace
from inbox.flow.import_ import import_files
from inbox.model.report import By, Period, Question, Timing
from inbox.model.view import ThreadFilter
from inbox.model.words import CloseReason, Metric
from inbox.store import views
from inbox.store.engine import Store
from inbox.store.errors import NotFound

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(days=30)
FILE = """
[[calendars]]
name = "service"
time_zone = "UTC"
week = { mon = [["09:00", "10:00"]], tue = [["09:00", "17:00"]] }

[[areas]]
name = "Baggage"
keywords = ["suitcase"]
calendar = "service"

[[policies]]
name = "half an hour"
calendar = "service"
first_response = "30m"
"""


def _post(key: str, account: str, author: str, at: datetime, **more: object) -> dict[str, object]:
    text = more.pop("text", "Where is my suitcase?")
    told = {"network": "x", "id": key, "account": account, "author": {"id": author, "handle": author}, "text": text}
    return {**told, "created_at": at.isoformat(), **more}


def _asked_and_answered(number: int, account: str, minutes: int) -> list[dict[str, object]]:
    asked = MONDAY + timedelta(minutes=number)
    question = _post(f"q{number}", account, f"customer{number}", asked)
    at = asked + timedelta(minutes=minutes)
    answer = _post(f"a{number}", account, account, at, direction="outbound", in_reply_to=f"q{number}", text="Found it.")
    return [question, answer]


def _bring(store: Store, tmp_path: Path, posts: list[dict[str, object]]) -> None:
    told = tmp_path / "workspace.toml"
    told.write_text(FILE, encoding="utf-8")
    workspace.import_(store, told, actor="command", now=MONDAY)
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in posts), encoding="utf-8")
    import_files(store, [file], replay=True, now=LATER)


def _table(store: Store, report: str, by: By, metric: Metric = Metric.FIRST, **more: Any) -> list[dict[str, Any]]:
    asked = Question(report, metric, by, **more)
    made = reports.table(store, asked, now=LATER)
    return [dict(zip((each.key for each in made.columns), row, strict=True)) for row in made.rows]


def test_response_times_of_an_account_are_those_worked_out_by_hand(store: Store, tmp_path: Path) -> None:
    waits = [10, 20, 30, 40, 50, 60, 70, 80, 90, 1000]
    posts = [post for number, wait in enumerate(waits) for post in _asked_and_answered(number, "air", wait)]
    _bring(store, tmp_path, posts + _asked_and_answered(50, "rail", 7))
    rows = _table(store, "response-times", By.ACCOUNT)
    assert [(row["key"], row["n"]) for row in rows] == [("air", 10), ("rail", 1)]
    assert rows[0]["mean_minutes"] == pytest.approx(145)
    assert rows[0]["median_minutes"] == pytest.approx(55)
    assert rows[0]["p90_minutes"] == pytest.approx(90)
    assert rows[1]["median_minutes"] == rows[1]["p90_minutes"] == pytest.approx(7)


def test_business_time_counts_open_hours_alone(store: Store, tmp_path: Path) -> None:
    asked = MONDAY + timedelta(minutes=50)
    posts = _asked_and_answered(50, "air", 24 * 60)
    assert posts[0]["created_at"] == asked.isoformat()
    _bring(store, tmp_path, posts)
    (row,) = _table(store, "response-times", By.AREA, timing=Timing.BUSINESS)
    assert (row["key"], row["n"]) == ("Baggage", 1)
    assert row["mean_minutes"] == pytest.approx(10 + 50), "ten minutes on Monday, fifty on Tuesday"


def test_targets_tell_met_from_breached_and_from_what_was_closed_without_an_answer(
    store: Store, tmp_path: Path
) -> None:
    posts = _asked_and_answered(0, "air", 10) + _asked_and_answered(1, "air", 20) + _asked_and_answered(2, "air", 45)
    posts.append(_post("q9", "air", "customer9", MONDAY + timedelta(minutes=3)))
    _bring(store, tmp_path, posts)
    (row,) = _table(store, "sla", By.PRIORITY)
    assert (row["key"], row["met"], row["breached"], row["open"], row["cancelled"]) == ("normal", 2, 2, 0, 0)
    assert row["share_met"] == pytest.approx(0.5)


def test_spam_is_left_out_unless_it_was_answered(store: Store, tmp_path: Path) -> None:
    posts = [*_asked_and_answered(0, "air", 10), _post("q9", "air", "customer9", MONDAY)]
    _bring(store, tmp_path, posts)
    with store.read() as s:
        rows = views.page(s, ThreadFilter(hidden=None), limit=10).rows
    decide.close(store, [row.id for row in rows], CloseReason.SPAM, actor="command", now=LATER)
    (row,) = _table(store, "volume", By.NETWORK)
    assert (row["mentions"], row["authors"], row["threads"], row["answers"]) == (1, 1, 1, 1)


def test_a_period_takes_what_began_in_it(store: Store, tmp_path: Path) -> None:
    posts = _asked_and_answered(0, "air", 10) + _asked_and_answered(30, "air", 10)
    _bring(store, tmp_path, posts)
    late = Period(start=MONDAY + timedelta(minutes=30))
    assert [row["n"] for row in _table(store, "response-times", By.BRAND, period=late)] == [1]
    early = Period(end=MONDAY + timedelta(minutes=30))
    assert [row["mentions"] for row in _table(store, "volume", By.BRAND, period=early)] == [1]


def test_the_threads_behind_a_number_are_listed_the_longest_wait_first(store: Store, tmp_path: Path) -> None:
    posts = _asked_and_answered(0, "air", 10) + _asked_and_answered(1, "air", 90) + _asked_and_answered(2, "rail", 5)
    _bring(store, tmp_path, posts)
    found = reports.threads(store, Question(), key="air", limit=10, now=LATER)
    with store.read() as s:
        authors = {
            row.id: row.author_handle for row in views.page(s, ThreadFilter(hidden=None, statuses=()), limit=10).rows
        }
    assert [authors[each] for each in found] == ["customer1", "customer0"]
    with pytest.raises(NotFound, match="There is no account"):
        reports.threads(store, Question(), key="sea", limit=10, now=LATER)
