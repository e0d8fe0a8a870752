"""Scheduled reports: made once for each period, by the collector, also after a time in which nothing ran."""

from inbox.flow.report_files.naming import folder_of
from inbox.flow.schedule.due import Wanted, wanted
from inbox.flow.schedule.editing import (
    BadReport,
    problems_of,
    remove_report,
    save_report,
    switch_report,
    undo_reports,
)
from inbox.flow.schedule.making import LATE, Made, make, scheduled
from inbox.flow.schedule.periods import Due, ended, period_of

__all__ = [
    "LATE",
    "BadReport",
    "Due",
    "Made",
    "Wanted",
    "ended",
    "folder_of",
    "make",
    "period_of",
    "problems_of",
    "remove_report",
    "save_report",
    "scheduled",
    "switch_report",
    "undo_reports",
    "wanted",
]
