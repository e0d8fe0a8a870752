"""Scheduled reports on both engines: each period once, whatever ran, slept, failed or raced."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from inbox.flow.schedule import Wanted, make, wanted
from inbox.flow.schedule.lane import Scheduler
from inbox.model.ids import EmployeeId
from inbox.model.people import Employee
from inbox.model.words import Role
from inbox.model.workspace import Every, FileKind, ScheduledReport, Settings, Workspace
from inbox.store import audit, config, notices, people, report_runs
from inbox.store.engine import Store
from inbox.store.errors import StoreError
from inbox.store.report_runs import RunState
from tests.support.world import connected

MONDAY = datetime(2026, 3, 9, 6, tzinfo=UTC)
"""When the week of 2 March is due."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "reports"


def _daily(folder: Path, **more: object) -> ScheduledReport:
    usual = ScheduledReport("Daily", "volume", Every.DAY, time(6), (FileKind.CSV,), str(folder))
    return replace(usual, **more)  # type: ignore[arg-type]  # any field


def _configure(store: Store, *reports: ScheduledReport) -> None:
    connected(store)
    boss = Employee(EmployeeId(0), "ben", full_name="Ben Adeyemi", roles=(Role.SUPERVISOR,))
    ana = Employee(EmployeeId(0), "ana", full_name="Ana Ruiz")
    with store.write() as s:
        config.save(
            s, Workspace(settings=Settings(name="Example Air"), employees=(boss, ana), reports=reports), "test", MONDAY
        )


def _wanted(store: Store, now: datetime) -> list[Wanted]:
    with store.read() as s:
        return wanted(s, now)


def _make_all(store: Store, now: datetime) -> list[str]:
    """What the collector does at one moment; the days of what it made."""
    made = []
    while found := _wanted(store, now):
        first = found[0]
        make(store, first.report, first.due, now=now, late=first.late, anew=False, actor="collector")
        made.append(f"{first.due.first}{' late' if first.late else ''}")
    return made


def test_a_report_is_made_once_for_each_day(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder))
    assert _make_all(store, MONDAY) == ["2026-03-08"]
    assert _make_all(store, MONDAY + timedelta(hours=12)) == []
    assert _make_all(store, MONDAY + timedelta(hours=24)) == ["2026-03-09"]
    assert sorted(each.name for each in folder.iterdir()) == ["Daily 2026-03-08.csv", "Daily 2026-03-09.csv"]


def test_three_days_asleep_are_made_up_for_once_and_marked_late(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder, files=(FileKind.HTML,)))
    _make_all(store, MONDAY)
    woken = MONDAY + timedelta(days=3, hours=2)
    assert _make_all(store, woken) == ["2026-03-09 late", "2026-03-10 late", "2026-03-11 late"]
    assert _make_all(store, woken) == []
    assert "Made late: it was due on 2026-03-10 06:00" in (folder / "Daily 2026-03-09.html").read_text()
    assert "Made late" not in (folder / "Daily 2026-03-08.html").read_text()
    with store.read() as s:
        assert [run.late for run in report_runs.newest(s, "Daily")] == [True, True, True, False]


def test_after_months_only_the_last_week_is_made_up_for(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder))
    _make_all(store, MONDAY)
    assert len(_make_all(store, MONDAY + timedelta(days=100))) == 7


def test_a_report_that_is_off_or_not_due_is_left_alone(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder, on=False))
    assert _wanted(store, MONDAY) == []


def test_two_that_make_it_at_once_make_it_once(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder))
    first, second = _wanted(store, MONDAY)[0], _wanted(store, MONDAY)[0]
    one = make(store, first.report, first.due, now=MONDAY, late=False, anew=False, actor="collector")
    two = make(store, second.report, second.due, now=MONDAY, late=False, anew=False, actor="collector")
    assert (one.ours, two.ours) == (True, False)
    assert len(list(folder.iterdir())) == 1


def test_what_failed_is_told_once_tried_again_later_each_time_and_made_in_the_end(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder))
    folder.write_text("a file where the folder should be")
    times = list(_failing(store, MONDAY, 3))
    assert times == [MONDAY, MONDAY + timedelta(minutes=1), MONDAY + timedelta(minutes=3)]
    with store.read() as s:
        run = report_runs.newest(s, "Daily")[0]
        told = {each.name: notices.newest(s, each.id) for each in people.employees(s)}
    assert (run.state, run.attempts) == (RunState.FAILED, 3)
    assert "could not be made" in run.error
    assert [len(told["ben"]), len(told["ana"])] == [1, 0]
    assert told["ben"][0].sentence.startswith("The report “Daily, 2026-03-08” could not be made. The folder")
    folder.unlink()
    assert _make_all(store, MONDAY + timedelta(hours=2)) == ["2026-03-08 late"]
    with store.read() as s:
        assert report_runs.newest(s, "Daily")[0].error == ""


def _failing(store: Store, now: datetime, count: int) -> Iterator[datetime]:
    """The moments at which it is tried, second by second of a patient collector."""
    while count:
        found = _wanted(store, now)
        if found:
            with pytest.raises(StoreError):
                make(store, found[0].report, found[0].due, now=now, late=False, anew=False, actor="collector")
            yield now
            count -= 1
        now += timedelta(minutes=1)


def test_one_left_by_a_process_that_died_is_taken_up_again(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder))
    which = _wanted(store, MONDAY)[0]
    with store.write() as s:
        assert report_runs.claim(s, "Daily", which.due.period, MONDAY) == 1
    assert _wanted(store, MONDAY + timedelta(minutes=5)) == []
    assert len(_wanted(store, MONDAY + report_runs.STUCK)) == 1
    later = MONDAY + report_runs.STUCK
    assert _make_all(store, later) == ["2026-03-08"]
    with store.write() as s:  # the one that was thought dead comes back: what it says no longer counts
        assert not report_runs.failed(s, "Daily", which.due.period, 1, "too late", now=later)


def test_made_now_by_a_person_it_replaces_its_own_file_and_nobody_elses(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder))
    folder.mkdir()
    (folder / "Daily 2026-03-08.csv").write_text("somebody's own")
    which = _wanted(store, MONDAY)[0]
    first = make(store, which.report, which.due, now=MONDAY, late=False, anew=False, actor="collector")
    again = make(store, which.report, which.due, now=MONDAY + timedelta(hours=1), late=False, anew=True, actor="ben")
    assert first.files == (folder / "Daily 2026-03-08 (2).csv",)
    assert again.files == first.files
    assert (folder / "Daily 2026-03-08.csv").read_text() == "somebody's own"


def test_writing_a_report_is_an_audit_event(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder))
    _make_all(store, MONDAY)
    with store.read() as s:
        event = audit.newest_of(s, ("export",))
    assert event is not None
    assert event.details == {"report": "Daily", "period": "2026-03-08", "files": ["Daily 2026-03-08.csv"]}


def test_a_digest_is_scheduled_like_any_report(store: Store, folder: Path) -> None:
    digest = ScheduledReport("Voices", "digest", Every.WEEK, time(6), (FileKind.HTML, FileKind.XLSX), str(folder))
    _configure(store, digest)
    _make_all(store, MONDAY)
    assert sorted(each.suffix for each in folder.iterdir()) == [".html", ".xlsx"]
    assert "What was said most" in next(folder.glob("*.html")).read_text()


def test_response_times_come_with_their_charts_as_pdf(sqlite_store: Store, folder: Path) -> None:
    times = ScheduledReport("Times", "response-times", Every.WEEK, time(6), (FileKind.PDF,), str(folder))
    _configure(sqlite_store, times)
    _make_all(sqlite_store, MONDAY)
    assert next(folder.glob("*.pdf")).read_bytes().startswith(b"%PDF")


class _Child:
    """A process that ends when it is told to."""

    def __init__(self) -> None:
        self.code: int | None = None
        self.killed = False

    def ended(self) -> int | None:
        return self.code

    def last_words(self) -> str:
        return "There is no room left."

    def end(self) -> None:
        self.killed = True


def test_the_collector_starts_one_process_at_a_time_and_waits_after_a_failure(
    sqlite_store: Store, folder: Path
) -> None:
    _configure(sqlite_store, _daily(folder), _daily(folder, name="Second"))
    begun: list[_Child] = []

    def start(address: str, which: Wanted) -> _Child:
        assert address == sqlite_store.address
        assert which.report.name == "Daily"
        begun.append(_Child())
        return begun[-1]

    scheduler = Scheduler(sqlite_store, lambda: MONDAY, start)
    assert scheduler.step() == 1.0
    assert scheduler.step() == 1.0
    assert len(begun) == 1
    begun[0].code = 1
    assert 1.0 < scheduler.step() <= 20.0
    assert len(begun) == 1
    scheduler.close()


def test_closing_the_collector_ends_the_process(sqlite_store: Store, folder: Path) -> None:
    _configure(sqlite_store, _daily(folder))
    child = _Child()
    scheduler = Scheduler(sqlite_store, lambda: MONDAY, lambda *_: child)
    scheduler.step()
    scheduler.close()
    assert child.killed


def test_the_collectors_process_makes_the_report_itself(sqlite_store: Store, folder: Path) -> None:
    _configure(sqlite_store, _daily(folder, name="--json"))
    now = datetime.now(UTC)
    scheduler = Scheduler(sqlite_store, lambda: now)
    scheduler.step()
    assert scheduler._child is not None
    child = scheduler._child
    while child.ended() is None:
        pass
    assert scheduler.step() == 20.0
    assert len(list(folder.iterdir())) == 1


def test_of_eight_that_claim_at_the_same_moment_one_makes_it(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder))
    due = _wanted(store, MONDAY)[0].due
    gate = threading.Barrier(8)

    def claim() -> int | None:
        gate.wait()
        with store.write() as s:
            return report_runs.claim(s, "Daily", due.period, MONDAY)

    with ThreadPoolExecutor(8) as pool:
        attempts = [each.result() for each in [pool.submit(claim) for _ in range(8)]]
    assert sorted(each for each in attempts if each is not None) == [1]


def test_of_eight_that_try_a_failed_one_again_at_the_same_moment_one_does(store: Store, folder: Path) -> None:
    _configure(store, _daily(folder))
    due = _wanted(store, MONDAY)[0].due
    with store.write() as s:
        report_runs.claim(s, "Daily", due.period, MONDAY)
        report_runs.failed(s, "Daily", due.period, 1, "no", now=MONDAY)
    gate = threading.Barrier(8)

    def claim() -> int | None:
        gate.wait()
        with store.write() as s:
            return report_runs.claim(s, "Daily", due.period, MONDAY + timedelta(minutes=1))

    with ThreadPoolExecutor(8) as pool:
        attempts = [each.result() for each in [pool.submit(claim) for _ in range(8)]]
    assert sorted(each for each in attempts if each is not None) == [2]
