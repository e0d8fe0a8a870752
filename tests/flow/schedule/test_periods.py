"""Which periods are due when, in the workspace's zone, through its changes of clock; and what files are called."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from inbox.flow.report_files.naming import file_name, folder_of, plain
from inbox.flow.schedule.periods import ended, period_of
from inbox.model.workspace import Every, FileKind, ScheduledReport
from inbox.store.errors import Refused


def _report(every: Every = Every.DAY, at: time = time(6), **more: str) -> ScheduledReport:
    return ScheduledReport(more.get("name", "Weekly"), "volume", every, at, folder=more.get("folder"))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_a_week_is_due_on_monday_when_its_time_has_come() -> None:
    weekly = _report(Every.WEEK)
    before = ended(weekly, "Europe/Madrid", _at("2026-03-09T05:59:59+01:00"))[0]
    after = ended(weekly, "Europe/Madrid", _at("2026-03-09T06:00:00+01:00"))[0]
    assert (f"{before.first}", f"{before.last}") == ("2026-02-23", "2026-03-01")
    assert (f"{after.first}", f"{after.last}") == ("2026-03-02", "2026-03-08")
    assert after.period.start == _at("2026-03-02T00:00:00+01:00")
    assert after.period.end == _at("2026-03-09T00:00:00+01:00")
    assert after.at == _at("2026-03-09T06:00:00+01:00")


def test_a_day_of_23_and_of_25_hours_is_a_day() -> None:
    spring = ended(_report(), "America/New_York", _at("2026-03-09T12:00:00-04:00"))[0]
    autumn = ended(_report(), "America/New_York", _at("2026-11-02T12:00:00-05:00"))[0]
    assert spring.period.end is not None
    assert spring.period.start is not None
    assert spring.period.end - spring.period.start == timedelta(hours=23)
    assert autumn.period.end is not None
    assert autumn.period.start is not None
    assert autumn.period.end - autumn.period.start == timedelta(hours=25)


def test_a_time_that_does_not_exist_or_exists_twice_comes_once() -> None:
    gap = ended(_report(at=time(2, 30)), "America/New_York", _at("2026-03-08T12:00:00-04:00"))[0]
    twice = ended(_report(at=time(1, 30)), "America/New_York", _at("2026-11-01T12:00:00-05:00"))[0]
    assert gap.at == _at("2026-03-08T02:30:00-05:00")
    assert twice.at == _at("2026-11-01T01:30:00-04:00")


def test_a_day_that_was_left_out_of_the_calendar_has_no_report() -> None:
    samoa = ended(_report(), "Pacific/Apia", _at("2012-01-01T12:00:00+14:00"), 3)
    assert [f"{due.first}" for due in samoa] == ["2011-12-28", "2011-12-29", "2011-12-31"]


def test_months_are_of_their_own_length() -> None:
    found = ended(_report(Every.MONTH), "UTC", _at("2028-03-01T06:00:00+00:00"), 2)
    assert [(f"{due.first}", f"{due.last}") for due in found] == [
        ("2028-01-01", "2028-01-31"),
        ("2028-02-01", "2028-02-29"),
    ]
    assert found[-1].name(Every.MONTH) == "2028-02"


@pytest.mark.parametrize(
    ("every", "told", "first"),
    [
        (Every.WEEK, "2026-03-05", "2026-03-02"),
        (Every.WEEK, "2026-W10", "2026-03-02"),
        (Every.WEEK, "last", "2026-03-02"),
        (Every.MONTH, "2026-02", "2026-02-01"),
        (Every.DAY, "2026-03-05", "2026-03-05"),
    ],
)
def test_a_period_can_be_named_in_several_ways(every: Every, told: str, first: str) -> None:
    assert f"{period_of(_report(every), 'UTC', told, _at('2026-03-10T12:00:00+00:00')).first}" == first


@pytest.mark.parametrize("told", ["yesterday", "2026-13", "2026-W60", "", "2027-01-01"])
def test_what_is_no_period_or_lies_ahead_is_refused(told: str) -> None:
    with pytest.raises(Refused):
        period_of(_report(), "UTC", told, _at("2026-03-10T12:00:00+00:00"))


def test_files_are_named_plainly() -> None:
    due = ended(_report(Every.WEEK), "UTC", _at("2026-03-09T07:00:00+00:00"))[0]
    assert file_name(_report(name="Weekly figures"), due.name(Every.WEEK), FileKind.PDF) == (
        "Weekly figures 2026-03-02 to 2026-03-08.pdf"
    )


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a/b",
        "a\\b",
        "..",
        "",
        "\x00",
        "C:\\x",
        "a" * 300,
        'con/*?"<>|',
        "\ud800",
        "أسبوعي/..",
        ".hidden",
    ],
)
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    made = plain(name)
    assert made
    assert not set('/\\:*?"<>|\x00') & set(made)
    assert not made.startswith(".")
    assert len(made) <= 75
    made.encode()


def test_two_names_that_look_alike_as_files_stay_two() -> None:
    assert plain("a/b") != plain("a\\b") != plain("a-b")


def test_the_folder_is_a_whole_path_the_home_or_below_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    usual = tmp_path / "data" / "social-inbox" / "reports"
    assert folder_of(_report()) == usual
    assert folder_of(_report(folder="board/weekly")) == usual / "board" / "weekly"
    assert folder_of(_report(folder="~/Reports")) == tmp_path / "Reports"
    assert folder_of(_report(folder=str(tmp_path / "x"))) == tmp_path / "x"
    for hostile in ("../x", "a/../../x", "~root/x", "a\0b"):
        with pytest.raises(Refused):
            folder_of(_report(folder=hostile))
