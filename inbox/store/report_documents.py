"""Scheduled reports and lines of the scorecard as JSON documents in the workspace file's own shape, and back."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from inbox.model.words import Metric
from inbox.model.workspace import Every, FileKind, ScheduledReport, ScoreLine, Side

Document = dict[str, Any]


def scheduled_of(document: Mapping[str, Any]) -> ScheduledReport:
    """A scheduled report from its document."""
    usual = ScheduledReport(document["name"], document["report"])
    return ScheduledReport(
        usual.name,
        usual.report,
        Every(document.get("every", usual.every)),
        time.fromisoformat(document["at"]) if "at" in document else usual.at,
        tuple(FileKind(each) for each in document["files"]) if "files" in document else usual.files,
        document.get("folder"),
        Metric(document.get("metric", usual.metric)),
        document.get("by", usual.by),
        document.get("time", usual.timing),
        tuple(document.get("areas", ())),
        document.get("on", True),
    )


def scheduled_document(report: ScheduledReport) -> Document:
    """The document of a scheduled report."""
    found: Document = {
        "name": report.name,
        "report": report.report,
        "every": str(report.every),
        "at": report.at.strftime("%H:%M"),
        "files": [str(each) for each in report.files],
        "metric": str(report.metric),
        "by": report.by,
        "time": report.timing,
    }
    if report.folder is not None:
        found["folder"] = report.folder
    if report.areas:
        found["areas"] = list(report.areas)
    if not report.on:
        found["on"] = False
    return found


def line_of(document: Mapping[str, Any]) -> ScoreLine:
    """A line of the scorecard from its document."""
    target = document.get("target")
    return ScoreLine(
        document["name"],
        Side(document["side"]),
        document.get("figure"),
        document.get("unit", ""),
        document.get("better", "higher") == "higher",
        None if target is None else float(target),
        {area: float(value) for area, value in document.get("targets", {}).items()},
    )


def line_document(line: ScoreLine) -> Document:
    """The document of a line of the scorecard."""
    found: Document = {"name": line.name, "side": str(line.side)}
    if line.figure is not None:
        found["figure"] = line.figure
    if line.unit:
        found["unit"] = line.unit
    if not line.higher_is_better:
        found["better"] = "lower"
    if line.target is not None:
        found["target"] = line.target
    if line.targets:
        found["targets"] = dict(line.targets)
    return found
