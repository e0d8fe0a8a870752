"""Response times of real threads equal what a few lines compute from the file itself."""

import math
from datetime import UTC, datetime
from statistics import median
from typing import Any

import pytest

from inbox.flow import reports
from inbox.flow.import_ import import_files
from inbox.model.report import Question
from inbox.store.engine import Store
from tests.real_data.test_import_everything import MENTIONS, file_of, lines_of

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not MENTIONS.exists(), reason=f"the public mentions are not at {MENTIONS}"),
]


def _waits(lines: list[dict[str, Any]]) -> dict[str, list[float]]:
    """By account: minutes from a thread's first mention, if it answers nothing, to the account's first in it."""
    once: dict[str, dict[str, Any]] = {}
    for line in lines:
        once.setdefault(line["id"], line)
    threads: dict[str, list[dict[str, Any]]] = {}
    for line in once.values():
        threads.setdefault(line["thread"], []).append(line)
    found: dict[str, list[float]] = {}
    for posts in threads.values():
        in_time = sorted(posts, key=lambda post: (post["created_at"], post["direction"] != "inbound"))
        first = in_time[0]
        answer = next((post for post in in_time if post["direction"] == "outbound"), None)
        if first["direction"] == "inbound" and not first["in_reply_to"] and answer is not None:
            took = datetime.fromisoformat(answer["created_at"]) - datetime.fromisoformat(first["created_at"])
            found.setdefault(first["account"], []).append(took.total_seconds() / 60)
    return found


def test_response_times_by_account_equal_those_of_the_file(store: Store) -> None:
    import_files(store, [file_of("support_threads_2019")], replay=True, now=datetime.now(UTC))
    made = reports.table(store, Question(), now=datetime.now(UTC))
    rows = {row[0]: row[1:] for row in made.rows}
    expected = _waits(lines_of("support_threads_2019"))
    assert {key: row[0] for key, row in rows.items()} == {key: len(values) for key, values in expected.items()}
    for key, values in expected.items():
        values.sort()
        assert rows[key][2] == pytest.approx(median(values))
        assert rows[key][3] == pytest.approx(values[math.ceil(0.9 * len(values)) - 1])
