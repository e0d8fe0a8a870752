"""Which scheduled reports are to be made now: told by stored rows, whatever ran or slept meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from inbox.flow.schedule.making import LATE
from inbox.flow.schedule.periods import CATCH_UP, Due, ended
from inbox.model.workspace import ScheduledReport
from inbox.store import config, report_runs
from inbox.store.engine import Session
from inbox.store.report_runs import ReportRun, RunState


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report of a period that is due; ``late``, when its time was missed."""

    report: ScheduledReport
    due: Due
    late: bool


def wanted(s: Session, now: datetime) -> list[Wanted]:
    """What is due and neither made nor waiting to be tried again, the oldest period of each report first.

    A report without any run begins with the period that ended last; from then on each period is made, after a sleep
    as many of the missed ones as ``CATCH_UP`` says.
    """
    workspace = config.load(s)
    found = []
    for report in workspace.reports:
        if report.on:
            runs = report_runs.newest(s, report.name)
            periods = ended(report, workspace.settings.time_zone, now, CATCH_UP[report.every])
            found += [Wanted(report, due, bool(runs) and now > due.at + LATE) for due in _open(periods, runs, now)]
    return found


def _open(periods: list[Due], runs: list[ReportRun], now: datetime) -> list[Due]:
    if not runs:
        return periods[-1:]
    known = {run.start: run for run in runs}
    skipped = [run.start for run in runs if run.state is RunState.SKIPPED]
    since = max(skipped) if skipped else min(known)
    return [
        due
        for due in periods
        if due.period.start is not None and due.period.start >= since and _free(known.get(due.period.start), due, now)
    ]


def _free(run: ReportRun | None, due: Due, now: datetime) -> bool:
    if run is None:
        return True
    if run.end != due.period.end and run.state is not RunState.SKIPPED:
        return run.state is not RunState.MAKING  # it was a report of another length
    again = run.waits_until()
    return again is not None and again <= now
