"""One scheduled report changed from the screen: checked like the file, written down, and undoable.

``expect`` is the workspace that the person was looking at: reports that somebody else changed since raise
``LostRace`` naming who. ``actor`` is an employee's name or ``command``.
"""

from dataclasses import replace
from datetime import datetime

from inbox.flow import config_shape
from inbox.flow.entries import BadEntry, Listed, Saved, Trouble, Undo
from inbox.flow.schedule.periods import ended
from inbox.model.workspace import ScheduledReport, Workspace
from inbox.store import config, report_documents, report_runs
from inbox.store.engine import Session, Store

REPORTS: Listed[ScheduledReport] = Listed(
    "report",
    "reports",
    lambda workspace: workspace.reports,
    config.save_reports,
    report_documents.scheduled_document,
    full_noun="scheduled report",
)


class BadReport(BadEntry):
    """The scheduled report has errors; nothing was changed. ``troubles`` names each field."""


def problems_of(workspace: Workspace, report: ScheduledReport, *, replaces: str | None = None) -> list[Trouble]:
    """Everything that is wrong with it, by the checks of the workspace file; ``replaces`` is what it is an edit of."""
    document = report_documents.scheduled_document(report)
    found = [
        (".".join(str(step) for step in place if isinstance(step, str)) or "report", sentence)
        for place, sentence in config_shape.report_problems(document, workspace)
    ]
    twin = REPORTS.twin(workspace, report.name, replaces)
    if twin is not None:
        found.append(("name", twin))
    if not report.files:
        found.append(("files", "Choose at least one kind of file."))
    return found


def save_report(
    store: Store,
    report: ScheduledReport,
    *,
    replaces: str | None = None,
    actor: str,
    now: datetime,
    expect: Workspace | None = None,
) -> Saved[Undo[ScheduledReport]]:
    """Add a scheduled report, or put it in the stead of the one that it ``replaces``.

    Raises ``BadReport``, ``NotFound`` and ``LostRace``.
    """
    report = replace(report, name=report.name.strip())
    with store.write() as s:
        now_there = REPORTS.expected(s, expect)
        troubles = problems_of(now_there, report, replaces=replaces)
        if troubles:
            raise BadReport(troubles)
        reports = list(now_there.reports)
        before = None
        if replaces is None:
            reports.append(report)
            _begin_anew(s, now_there, report, now)
        else:
            place = REPORTS.place(reports, replaces)
            before, reports[place] = reports[place], report
            if replaces != report.name:
                report_runs.rename(s, replaces, report.name)
            if before.every is not report.every:
                _begin_anew(s, now_there, report, now)
        did = "saved" if before else "added"
        details = {"did": did, "report": report.name, **REPORTS.sides(before, report)}
        saved = REPORTS.save(s, now_there, reports, (actor, now), f"The report “{report.name}” is {did}.", details)
    return replace(saved, change=s.change)


def remove_report(
    store: Store, name: str, *, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved[Undo[ScheduledReport]]:
    """Take a scheduled report away; files that it wrote stay. Raises ``NotFound`` and ``LostRace``."""
    with store.write() as s:
        now_there = REPORTS.expected(s, expect)
        reports = list(now_there.reports)
        gone = reports.pop(REPORTS.place(reports, name))
        details = {"did": "removed", "report": name, **REPORTS.sides(gone, None)}
        saved = REPORTS.save(s, now_there, reports, (actor, now), f"The report “{name}” is removed.", details)
    return replace(saved, change=s.change)


def switch_report(
    store: Store, name: str, *, on: bool, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved[Undo[ScheduledReport]]:
    """Switch a report on or off. One that is switched on makes nothing up of the time in which it was off."""
    with store.write() as s:
        now_there = REPORTS.expected(s, expect)
        reports = list(now_there.reports)
        place = REPORTS.place(reports, name)
        was, reports[place] = reports[place], replace(reports[place], on=on)
        if on and not was.on:
            _begin_anew(s, now_there, was, now)
        word = "on" if on else "off"
        details = {"did": f"switched {word}", "report": name}
        saved = REPORTS.save(s, now_there, reports, (actor, now), f"The report “{name}” is {word}.", details)
    return replace(saved, change=s.change)


def undo_reports(
    store: Store, undo: Undo[ScheduledReport], *, actor: str, now: datetime
) -> Saved[Undo[ScheduledReport]]:
    """Take a change back. Raises ``LostRace`` naming who changed the reports since, ``BadReport`` where one that
    comes back speaks of what is gone.
    """
    with store.write() as s:
        now_there = config.locked(s)
        if now_there.reports != undo.after:
            raise REPORTS.lost_race(s)
        for report in undo.before:
            if report not in undo.after and (troubles := problems_of(now_there, report, replaces=report.name)):
                raise BadReport(troubles)
        gone = [each.name for each in undo.after if each not in undo.before]
        back = [each.name for each in undo.before if each not in undo.after]
        if len(gone) == len(back) == 1 and gone != back:
            report_runs.rename(s, gone[0], back[0])
        saved = REPORTS.save(s, now_there, undo.before, (actor, now), "Taken back.", REPORTS.taken_back(undo))
    return replace(saved, change=s.change, undo=None)


def _begin_anew(s: Session, workspace: Workspace, report: ScheduledReport, now: datetime) -> None:
    """Make nothing up of times in which the report of this name was none, or another; a new one has no such times."""
    if report_runs.newest(s, report.name, 1):
        for due in ended(report, workspace.settings.time_zone, now):
            report_runs.skip(s, report.name, due.period, now)
