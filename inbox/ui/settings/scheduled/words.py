"""Scheduled reports in words: what, how often, as which files, and what came of the last one."""

from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from inbox.model.workspace import Every, FileKind, ScheduledReport
from inbox.ui.reports import words as report_words
from inbox.ui.widgets import isolate

if TYPE_CHECKING:
    from inbox.store.report_runs import ReportRun

TIMED = frozenset(("response-times", "sla"))
GROUPED = frozenset(("response-times", "sla", "volume", "workload", "outcomes", "incidents"))
DIGEST = "digest"


def named(report: str) -> str:
    """What a report is called in the list of all."""
    return _tr("What customers said") if report == DIGEST else report_words.report(report)


def rhythm(every: Every) -> str:
    """How often, as a choice."""
    return {Every.DAY: _tr("Every day"), Every.WEEK: _tr("Every week"), Every.MONTH: _tr("Every month")}[every]


def kind(of: FileKind) -> str:
    """What a kind of file is called."""
    names = {FileKind.HTML: _tr("Web page"), FileKind.PDF: "PDF", FileKind.XLSX: "Excel", FileKind.CSV: "CSV"}
    return names[of]


def described(report: ScheduledReport) -> str:
    """Like: Response times, every Monday at 06:00 for the week before; PDF, Excel; Baggage."""
    when = {
        Every.DAY: _tr("every day at %1 for the day before"),
        Every.WEEK: _tr("every Monday at %1 for the week before"),
        Every.MONTH: _tr("on the first of a month at %1 for the month before"),
    }[report.every]
    parts = [f"{named(report.report)}, {when.replace('%1', clock(report.at))}"]
    parts.append(", ".join(kind(each) for each in report.files))
    if report.areas:
        parts.append(isolate(", ".join(report.areas)))
    return "; ".join(parts)


def outcome(run: "ReportRun | None") -> tuple[str, str]:
    """What came of the last run, and its colour role."""
    if run is None:
        return _tr("Not made yet."), "text3"
    local = run.at.astimezone()
    at = f"{report_words.day(local.date())} {clock(local.time())}"
    if run.state == "failed":
        return _tr("Failed %1: %2").replace("%1", at).replace("%2", run.error), "late"
    if run.state == "making":
        return _tr("Being made since %1.").replace("%1", at), "text2"
    if run.state == "skipped":
        return _tr("Begins with the time that runs now."), "text3"
    said = _tr("Made late %1: %2") if run.late else _tr("Made %1: %2")
    return said.replace("%1", at).replace("%2", isolate(", ".join(Path(each).name for each in run.files))), "text2"


def clock(at: time) -> str:
    """A time of day."""
    return QLocale().toString(QTime(at.hour, at.minute), "HH:mm")


def _tr(text: str) -> str:
    return QCoreApplication.translate("scheduled", text)
