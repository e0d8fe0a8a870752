"""Importing files: the counts add up, nothing comes twice, accounts and threads are found."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from inbox.flow.import_ import ImportResult, import_files
from inbox.flow.quarantine import retry
from inbox.model.mention import BadPayload
from inbox.model.words import Metric
from inbox.store import accounts, quarantine, threads
from inbox.store.engine import Store
from inbox.store.schema import clock, mention, thread
from tests.support.pages import NOON, thread_of


def row(id: str, by: str = "ben", minutes: float = 0, **more: Any) -> dict[str, Any]:
    at = (NOON + timedelta(minutes=minutes)).isoformat()
    author = {"id": by, "handle": by}
    return {
        "network": "x",
        "id": id,
        "account": "ExampleAir",
        "author": author,
        "text": f"Why {id}?",
        "created_at": at,
        **more,
    }


def answer(id: str, to: str, minutes: float = 0, **more: Any) -> dict[str, Any]:
    return row(id, "ExampleAir", minutes, direction="outbound", in_reply_to=to, **more)


def bring(store: Store, folder: Path, *lines: object, **more: Any) -> ImportResult:
    file = folder / "m.jsonl"
    file.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines))
    return import_files(store, [file], now=NOON + timedelta(days=30), **more)


def figures(done: ImportResult) -> tuple[int, ...]:
    return (done.read, done.stored, done.updated, done.duplicates, done.quarantined, done.threads)


def test_the_counts_add_up_and_nothing_comes_twice(store: Store, tmp_path: Path) -> None:
    lines = [
        row("1"),
        row("1", thread="other"),
        answer("2", "1", 5),
        row("3", "ana"),
        "not json",
        row("3", "ana", likes=4),
    ]
    assert figures(bring(store, tmp_path, *lines)) == (6, 3, 1, 1, 1, 2)
    assert figures(bring(store, tmp_path, *lines)) == (6, 0, 0, 5, 1, 2)
    with store.read() as s:
        kept = quarantine.waiting(s)
    assert [(each.place, each.payload) for each in kept] == [("m.jsonl line 5", "not json")]


def test_accounts_are_made_unconnected_and_once(store: Store, tmp_path: Path) -> None:
    nameless = {key: value for key, value in row("4").items() if key != "account"}
    bring(store, tmp_path, row("1"), row("2", account="exampleair"), row("3", account="@Other"), nameless)
    bring(store, tmp_path, {**nameless, "id": "5"}, account="@given")
    with store.read() as s:
        made = {each.handle: each.connected_at for each in accounts.all(s)}
    assert made == {"ExampleAir": None, "Other": None, "given": None, "unknown": None}


def test_history_starts_no_clock(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, row("1"), answer("2", "1", 5), row("3", "ana"))
    with store.read() as s:
        assert s.scalar(select(func.count()).select_from(clock)) == 0
        assert s.scalar(select(func.count()).select_from(mention).where(~mention.c.triaged)) == 0


@pytest.mark.parametrize("backwards", [False, True])
def test_a_replay_measures_as_if_it_had_come_in_live(store: Store, tmp_path: Path, *, backwards: bool) -> None:
    lines = [row("1"), answer("2", "1", 5), row("3", in_reply_to="2", minutes=9), answer("4", "3", 12), row("5", "ana")]
    done = bring(store, tmp_path, *(reversed(lines) if backwards else lines), replay=True)
    with store.read() as s:
        first, other = threads.get(s, thread_of(store, "1")), threads.get(s, thread_of(store, "5"))
    met = {each.metric: each.met_at - each.started_at for each in first.clocks if each.met_at is not None}
    assert figures(done) == (5, 5, 0, 0, 0, 2)
    assert met == {Metric.FIRST: timedelta(minutes=5), Metric.NEXT: timedelta(minutes=3)}
    assert {each.cancel_reason for each in other.clocks} == {"replay ended"}


def test_an_id_that_comes_again_earlier_in_time_keeps_its_first_line(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, row("1", minutes=9, thread="one"), row("1", minutes=1, thread="two"), replay=True)
    with store.read() as s:
        assert s.scalar(select(thread.c.name)) == "one"


def test_many_lines_of_many_networks_are_stored(store: Store, tmp_path: Path) -> None:
    lines = [row(str(n), f"c{n % 40}", n, network=f"n{n % 3}") for n in range(700)]
    assert figures(bring(store, tmp_path, *lines)) == (700, 700, 0, 0, 0, 700)


def test_an_import_that_was_stopped_is_completed_by_the_next(store: Store, tmp_path: Path) -> None:
    lines = [row(str(n)) for n in range(400)]

    def stop(share: float) -> None:
        if share > 0.7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(store, tmp_path, *lines, progress=stop)
    with store.read() as s:
        before = s.scalar(select(func.count()).select_from(mention))
    done = bring(store, tmp_path, *lines)
    assert 0 < before < 400
    assert (done.stored, done.duplicates) == (400 - before, before)


def test_a_file_that_is_not_there_is_said_before_anything_is_stored(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(row("1")))
    with pytest.raises(FileNotFoundError):
        import_files(store, [tmp_path / "a.jsonl", tmp_path / "none.jsonl"], now=NOON)
    with store.read() as s:
        assert s.scalar(select(func.count()).select_from(mention)) == 0


def test_a_bad_line_can_be_tried_again(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "still bad", account="given")
    mended = json.dumps({key: value for key, value in row("9").items() if key != "account"})
    with store.write() as s:
        quarantine.add(
            s, [BadPayload(quarantine.FILES, mended, "an older version", "given", "m.jsonl line 2")], now=NOON
        )
    done = retry(store, parsers={}, now=NOON)
    with store.read() as s:
        left = quarantine.waiting(s)
        assert accounts.by_handle(s, "x", "given") is not None
    assert (done.tried, done.stored, done.bad) == (2, 1, 1)
    assert [(each.payload, each.retried_at) for each in left] == [("still bad", NOON)]
