"""First responses of real exchanges, replayed, against their definition worked out by hand from the file."""

import gzip
import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from inbox.flow.import_ import import_files
from inbox.model.view import Order, ThreadFilter
from inbox.model.words import Metric, Status
from inbox.store import threads
from inbox.store.engine import Store
from inbox.store.views import page

FILE = Path(__file__).parents[3] / "shared" / "data" / "mentions" / "support_threads_2019.jsonl.gz"


@pytest.mark.real_data
@pytest.mark.skipif(not FILE.exists(), reason="the public mentions are not beside the project")
def test_first_responses_equal_their_definition(sqlite_store: Store) -> None:
    import_files(sqlite_store, [FILE], replay=True, now=datetime(2026, 11, 2, tzinfo=UTC))
    with sqlite_store.read() as s:
        rows = page(s, ThreadFilter(), Order.NEWEST, limit=1000).rows
        clocks = [clock for row in rows for clock in threads.clocks(s, row.id)]
    first = [clock for clock in clocks if clock.metric is Metric.FIRST]
    assert sorted((clock.met_at - clock.started_at).total_seconds() for clock in first if clock.met_at) == defined()
    assert all(clock.met_at or clock.cancel_reason == "replay ended" for clock in clocks)
    assert {row.status for row in rows} <= {Status.NEW, Status.WAITING}
    assert all(row.assignee is None for row in rows)


def defined() -> list[float]:
    """From a thread's first mention, which answers nothing, to the account's first mention in it, in seconds."""
    exchanges: dict[str, list[dict[str, Any]]] = defaultdict(list)
    seen: set[str] = set()
    for line in gzip.decompress(FILE.read_bytes()).decode("utf-8").rstrip("\n").split("\n"):
        mention = json.loads(line)
        if mention["id"] not in seen:
            seen.add(mention["id"])
            exchanges[mention["thread"]].append(mention)
    found = []
    for mentions in exchanges.values():
        ordered = sorted(mentions, key=lambda mention: mention["created_at"])
        answers = [posted(mention) for mention in ordered if mention["direction"] == "outbound"]
        begins = ordered[0]["direction"] == "inbound" and ordered[0]["in_reply_to"] is None
        if begins and answers:
            found.append((min(answers) - posted(ordered[0])).total_seconds())
    return sorted(found)


def posted(mention: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(mention["created_at"])
