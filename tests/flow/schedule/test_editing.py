"""Scheduled reports changed on screen: checked, written down, undoable, and never over somebody else's change."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from inbox.flow.schedule import (
    BadReport,
    make,
    problems_of,
    remove_report,
    save_report,
    switch_report,
    undo_reports,
    wanted,
)
from inbox.model.workspace import Every, FileKind, ScheduledReport, Workspace
from inbox.store import audit, config, report_runs
from inbox.store.engine import Store
from inbox.store.errors import LostRace, NotFound

NOW = datetime(2026, 3, 9, 6, tzinfo=UTC)
DAILY = ScheduledReport("Daily", "volume", Every.DAY, time(6), (FileKind.CSV,))


def _there(store: Store) -> Workspace:
    with store.read() as s:
        return config.load(s)


def test_a_report_is_added_edited_switched_and_removed_and_each_can_be_taken_back(store: Store) -> None:
    added = save_report(store, DAILY, actor="ben", now=NOW)
    edited = save_report(store, replace(DAILY, at=time(7)), replaces="Daily", actor="ben", now=NOW)
    off = switch_report(store, "Daily", on=False, actor="ben", now=NOW)
    removed = remove_report(store, "Daily", actor="ben", now=NOW)
    assert _there(store).reports == ()
    for saved, left in ((removed, 1), (off, 1), (edited, 1), (added, 0)):
        assert saved.undo is not None
        undo_reports(store, saved.undo, actor="ben", now=NOW)
        assert len(_there(store).reports) == left
    with store.read() as s:
        event = audit.newest_of(s, ("report",))
    assert event is not None
    assert event.details["did"] == "took back"


def test_what_is_wrong_is_said_at_its_field() -> None:
    bad = ScheduledReport("", "nonsense", files=(), folder="../out", by="colour", areas=("Nowhere",))
    fields = {field for field, _ in problems_of(Workspace(), bad)}
    assert {"name", "report", "files", "folder", "by", "areas"} <= fields
    assert problems_of(Workspace(), DAILY) == []


def test_a_bad_report_changes_nothing_and_a_name_stands_once(store: Store) -> None:
    save_report(store, DAILY, actor="ben", now=NOW)
    with pytest.raises(BadReport, match="already"):
        save_report(store, replace(DAILY, name="daily "), actor="ben", now=NOW)
    assert len(_there(store).reports) == 1


def test_somebody_elses_change_is_not_overwritten(store: Store) -> None:
    seen = _there(store)
    save_report(store, DAILY, actor="ben", now=NOW)
    with pytest.raises(LostRace, match="ben added the report “Daily” meanwhile"):
        save_report(store, replace(DAILY, name="Mine"), actor="ana", now=NOW, expect=seen)
    with pytest.raises(NotFound):
        remove_report(store, "None", actor="ana", now=NOW)


def test_one_that_is_switched_on_again_makes_nothing_up(store: Store, tmp_path: object) -> None:
    report = replace(DAILY, folder=str(tmp_path))
    save_report(store, report, actor="ben", now=NOW)
    _make_next(store, NOW)
    switch_report(store, "Daily", on=False, actor="ben", now=NOW)
    later = NOW + timedelta(days=4)
    switch_report(store, "Daily", on=True, actor="ben", now=later)
    assert _days(store, later) == []
    assert _days(store, later + timedelta(days=1)) == ["2026-03-13"]


def test_one_of_another_length_begins_anew(store: Store, tmp_path: object) -> None:
    weekly = replace(DAILY, every=Every.WEEK, folder=str(tmp_path))
    save_report(store, weekly, actor="ben", now=NOW)
    _make_next(store, NOW)
    thursday = NOW + timedelta(days=3)
    save_report(store, replace(weekly, every=Every.DAY), replaces="Daily", actor="ben", now=thursday)
    assert _days(store, thursday) == []
    assert _days(store, thursday + timedelta(days=1)) == ["2026-03-12"]


def test_a_new_name_keeps_what_was_made(store: Store, tmp_path: object) -> None:
    report = replace(DAILY, folder=str(tmp_path))
    save_report(store, report, actor="ben", now=NOW)
    _make_next(store, NOW)
    saved = save_report(store, replace(report, name="Every day"), replaces="Daily", actor="ben", now=NOW)
    assert _days(store, NOW) == []
    with store.read() as s:
        assert len(report_runs.newest(s, "Every day")) == 1
    assert saved.undo is not None
    undo_reports(store, saved.undo, actor="ben", now=NOW)
    assert _days(store, NOW) == []


def _days(store: Store, now: datetime) -> list[str]:
    with store.read() as s:
        return [f"{each.due.first}" for each in wanted(s, now)]


def _make_next(store: Store, now: datetime) -> None:
    with store.read() as s:
        first = wanted(s, now)[0]
    make(store, first.report, first.due, now=now, late=False, anew=False, actor="collector")
