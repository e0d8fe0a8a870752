"""Every file of real mentions imports, as history and as a replay, with nothing lost."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from inbox.flow.import_ import import_files
from inbox.store import pages
from inbox.store.engine import Store
from inbox.store.schema import author, mention, thread

MENTIONS = Path(__file__).parents[2].parent / "shared" / "data" / "mentions"
LINES = {"airline": 8692, "bluesky": 5334, "support_threads": 34290, "support_threads_2019": 1431}
KNOWN = {"support_threads_2019": 3}

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not MENTIONS.exists(), reason=f"the public mentions are not at {MENTIONS}"),
]


def file_of(name: str) -> Path:
    return MENTIONS / f"{name}.jsonl.gz"


def lines_of(name: str) -> list[dict[str, Any]]:
    with gzip.open(file_of(name), "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("replay", [False, True])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if n > 9000 else name for name, n in LINES.items()]
)
def test_a_file_comes_in_whole_and_once(sqlite_store: Store, name: str, *, replay: bool) -> None:
    now = datetime.now(UTC)
    done = import_files(sqlite_store, [file_of(name)], replay=replay, now=now)
    again = import_files(sqlite_store, [file_of(name)], replay=replay, now=now)
    known = KNOWN.get(name, 0)
    assert (done.read, done.stored, done.updated, done.duplicates) == (LINES[name], LINES[name] - known, 0, known)
    assert (again.read, again.stored, again.updated, again.duplicates) == (LINES[name], 0, 0, LINES[name])
    assert done.quarantined == again.quarantined == 0
    assert done.threads == again.threads
    with sqlite_store.read() as s:
        assert s.scalar(select(func.count()).select_from(mention)) == done.stored
        assert s.scalar(select(func.count()).select_from(thread)) == done.threads
        assert s.scalar(select(func.sum(thread.c.mentions))) == done.stored
        assert s.scalar(select(func.count()).select_from(mention).where(~mention.c.triaged)) == 0


def test_labelled_threads_come_out_whole(store: Store) -> None:
    import_files(store, [file_of("support_threads_2019")], now=datetime.now(UTC))
    wanted: dict[str, set[str]] = {}
    seen: set[str] = set()
    for line in lines_of("support_threads_2019"):
        if line["id"] not in seen:
            wanted.setdefault(line["thread"], set()).add(line["id"])
            seen.add(line["id"])
    found: dict[str, set[str]] = {}
    with store.read() as s:
        joined = select(thread.c.name, mention.c.global_id).join(thread, thread.c.id == mention.c.thread_id)
        for name, id in s.execute(joined):
            found.setdefault(name, set()).add(id)
    assert len(found) == 627
    assert found == wanted


def test_threads_are_found_without_their_labels(sqlite_store: Store, tmp_path: Path) -> None:
    """By structure alone: a thread is between one author and one account, and holds its replies."""
    lines = lines_of("support_threads_2019")
    file = tmp_path / "plain.jsonl"
    file.write_text("\n".join(json.dumps({key: each[key] for key in each if key != "thread"}) for each in lines))
    import_files(sqlite_store, [file], now=datetime.now(UTC))
    with sqlite_store.read() as s:
        inbound = select(mention.c.thread_id, func.count(mention.c.author_id.distinct()).label("n"))
        writers = s.execute(inbound.where(mention.c.direction == "inbound").group_by(mention.c.thread_id)).all()
        above = mention.alias()
        answers = s.execute(
            select(mention.c.thread_id, above.c.thread_id.label("above"))
            .join(above, above.c.global_id == mention.c.in_reply_to)
            .where(mention.c.direction == "outbound", above.c.direction == "inbound")
        ).all()
        assert pages.still_there(s, []) == frozenset()
        assert s.scalar(select(func.count()).select_from(author)) > 600
    assert {each.n for each in writers} == {1}
    assert all(each.thread_id == each.above for each in answers)
    assert len(answers) > 500
