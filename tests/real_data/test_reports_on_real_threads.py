"""Response times of real threads equal what a few lines compute from the file itself."""

import math
from collections.abc import Iterator
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


Line = dict[str, Any]


def _threads(lines: list[Line]) -> list[list[Line]]:
    """Each exchange between one author and one account: as the file names it, else by what answers what."""
    once: dict[str, Line] = {}
    for line in lines:
        once.setdefault(line["id"], line)
    found: dict[Any, list[Line]] = {}
    for line in once.values():
        above = list(_above(line, once))
        root = above[-1] if above else line
        customers = (each["author"]["id"] for each in [line, *above] if each["direction"] == "inbound")
        key = line.get("thread") or (root["id"], next(customers, None), line["account"])
        found.setdefault(key, []).append(line)
    return list(found.values())


def _above(line: Line, once: dict[str, Line]) -> Iterator[Line]:
    while (answered := once.get(line["in_reply_to"] or "")) is not None:
        yield answered
        line = answered


def _waits(lines: list[Line]) -> dict[str, list[float]]:
    """By account: minutes from a thread's first mention, if it answers nothing, to the account's first in it."""
    found: dict[str, list[float]] = {}
    for posts in _threads(lines):
        in_time = sorted(posts, key=lambda post: (post["created_at"], post["direction"] != "inbound"))
        first = in_time[0]
        answer = next((post for post in in_time if post["direction"] == "outbound"), None)
        if first["direction"] == "inbound" and not first["in_reply_to"] and answer is not None:
            took = datetime.fromisoformat(answer["created_at"]) - datetime.fromisoformat(first["created_at"])
            found.setdefault(first["account"], []).append(took.total_seconds() / 60)
    return found


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("name", "n"), [("support_threads_2019", 625), pytest.param("support_threads", 770, marks=pytest.mark.slow)]
)
def test_response_times_by_account_equal_those_of_the_file(store: Store, name: str, n: int) -> None:
    import_files(store, [file_of(name)], replay=True, now=datetime.now(UTC))
    made = reports.table(store, Question(), now=datetime.now(UTC))
    rows = {row[0]: row[1:] for row in made.rows}
    expected = _waits(lines_of(name))
    assert sum(map(len, expected.values())) == n
    assert {key: row[0] for key, row in rows.items()} == {key: len(values) for key, values in expected.items()}
    for key, values in expected.items():
        values.sort()
        assert rows[key][2] == pytest.approx(median(values))
        assert rows[key][3] == pytest.approx(values[math.ceil(0.9 * len(values)) - 1])
