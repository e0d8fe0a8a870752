"""``inbox scorecard`` and the reports beside it, as other programs read them."""

import json
from typing import Any

import pytest

from inbox import cli
from inbox.store.engine import Store
from tests.support.desk import staffed, waiting_thread


def _run(store: Store, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    code = cli.main(["-w", store.address, "--json", *words])
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if printed.out else None, printed.err


def test_a_figure_is_entered_and_shown_with_the_totals(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    staffed(store)
    line = "Customers' satisfaction"
    code, entered, _ = _run(store, capsys, "scorecard", "set", line, "4.5", "--at", "2026-03-02", "--area", "Billing")
    assert (code, entered) == (0, {"line": line, "area": "Billing", "at": "2026-03-02", "value": 4.5, "was": None})
    _, shown, _ = _run(store, capsys, "scorecard", "show", "--area", "Billing")
    assert "each against its own target" in shown["definition"]
    (row,) = [each for each in shown["rows"] if each["key"] == line]
    assert (row["area"], row["value"], row["on_target"], row["as_of"]) == ("Billing", 4.5, "yes", "2026-03-02")
    totals = [each for each in shown["rows"] if each["key"] == "On target"]
    assert [each["side"] for each in totals] == ["outward", "inward"]
    _, report, _ = _run(store, capsys, "report", "scorecard", "--only", "area=Billing")
    assert report["rows"] == shown["rows"]


def test_what_cannot_be_entered_is_said(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    staffed(store)
    assert _run(store, capsys, "scorecard", "set", "Backlog", "3")[::2] == (
        1, "“Backlog” is computed, so it is not entered by hand.\n",
    )  # fmt: skip
    assert _run(store, capsys, "scorecard", "set", "Customers' satisfaction", "4", "--at", "soon")[0] == 2
    for value in ("nan", "inf"):
        assert _run(store, capsys, "scorecard", "set", "Customers' satisfaction", value)[::2] == (
            1, f"“{value}” is not a figure. Enter a number, like 4.5.\n",
        )  # fmt: skip


@pytest.mark.parametrize("report", ["workload", "outcomes", "incidents", "scorecard"])
def test_each_report_is_a_definition_and_rows_with_keys(
    store: Store, capsys: pytest.CaptureFixture[str], report: str
) -> None:
    staffed(store)
    waiting_thread(store)
    code, shown, _ = _run(store, capsys, "report", report, "--time", "business")
    assert code == 0
    assert shown["definition"]
    assert all("key" in row for row in shown["rows"])
    assert cli.main(["-w", store.address, "report", report]) == 0


def test_a_report_is_narrowed_to_a_key_and_opens_the_threads_of_a_column(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    staffed(store)
    thread_id = waiting_thread(store)
    words = ("report", "outcomes", "--by", "area")
    assert [row["key"] for row in _run(store, capsys, *words, "--only", "priority=normal")[1]["rows"]] == ["Billing"]
    assert _run(store, capsys, *words, "--only", "priority=urgent")[1]["rows"] == []
    assert _run(store, capsys, *words, "--only", "mood=bad")[0] == 2
    found = _run(store, capsys, *words, "--threads", "Billing", "--column", "needing")[1]
    assert found == {"threads": [thread_id]}
