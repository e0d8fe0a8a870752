"""One scheduled report changed from the screen: checked like the file, written down, and undoable.

``expect`` is the workspace that the person was looking at: reports that somebody else changed since raise
``LostRace`` naming who. ``actor`` is an employee's name or ``command``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from inbox.flow import config_shape
from inbox.flow.races import who
from inbox.flow.schedule.periods import ended
from inbox.model.change import Change
from inbox.model.workspace import ScheduledReport, Workspace
from inbox.store import audit, config, report_documents, report_runs
from inbox.store.engine import Session, Store
from inbox.store.errors import LostRace, NotFound, Refused

ACTION = "report"
"""How the audit names a change of one scheduled report."""

Trouble = tuple[str, str]
"""The field (``name``, ``report``, ``folder`` ...) and a sentence saying what is wrong."""


@dataclass(frozen=True, slots=True)
class ReportsUndo:
    """The way back from one change: all scheduled reports as they were, and as the change left them."""

    before: tuple[ScheduledReport, ...]
    after: tuple[ScheduledReport, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What was changed, said to the person; ``undo`` is None when nothing changed."""

    sentence: str
    change: Change
    workspace: Workspace
    undo: ReportsUndo | None


class BadReport(Refused):
    """The scheduled report has errors; nothing was changed. ``troubles`` names each field."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__(troubles[0][1])
        self.troubles = tuple(troubles)


def problems_of(workspace: Workspace, report: ScheduledReport, *, replaces: str | None = None) -> list[Trouble]:
    """Everything that is wrong with it, by the checks of the workspace file; ``replaces`` is what it is an edit of."""
    document = report_documents.scheduled_document(report)
    found = [
        (".".join(str(step) for step in place if isinstance(step, str)) or "report", sentence)
        for place, sentence in config_shape.report_problems(document, workspace)
    ]
    others = {each.name.casefold(): each.name for each in workspace.reports if each.name != replaces}
    twin = others.get(report.name.strip().casefold())
    if twin is not None:
        found.append(("name", f"There is a report “{twin}” already. Give this one a name of its own."))
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
) -> Saved:
    """Add a scheduled report, or put it in the stead of the one that it ``replaces``.

    Raises ``BadReport``, ``NotFound`` and ``LostRace``.
    """
    report = replace(report, name=report.name.strip())
    with store.write() as s:
        now_there = _expected(s, expect)
        troubles = problems_of(now_there, report, replaces=replaces)
        if troubles:
            raise BadReport(troubles)
        reports = list(now_there.reports)
        before = None
        if replaces is None:
            reports.append(report)
            _begin_anew(s, now_there, report, now)
        else:
            place = _place(reports, replaces)
            before, reports[place] = reports[place], report
            if replaces != report.name:
                report_runs.rename(s, replaces, report.name)
            if before.every is not report.every:
                _begin_anew(s, now_there, report, now)
        did = "saved" if before else "added"
        details = {"did": did, "report": report.name, **_sides(before, report)}
        saved = _put(s, now_there, reports, actor, now, f"The report “{report.name}” is {did}.", details)
    return replace(saved, change=s.change)


def remove_report(store: Store, name: str, *, actor: str, now: datetime, expect: Workspace | None = None) -> Saved:
    """Take a scheduled report away; files that it wrote stay. Raises ``NotFound`` and ``LostRace``."""
    with store.write() as s:
        now_there = _expected(s, expect)
        reports = list(now_there.reports)
        gone = reports.pop(_place(reports, name))
        details = {"did": "removed", "report": name, **_sides(gone, None)}
        saved = _put(s, now_there, reports, actor, now, f"The report “{name}” is removed.", details)
    return replace(saved, change=s.change)


def switch_report(
    store: Store, name: str, *, on: bool, actor: str, now: datetime, expect: Workspace | None = None
) -> Saved:
    """Switch a report on or off. One that is switched on makes nothing up of the time in which it was off."""
    with store.write() as s:
        now_there = _expected(s, expect)
        reports = list(now_there.reports)
        place = _place(reports, name)
        was, reports[place] = reports[place], replace(reports[place], on=on)
        if on and not was.on:
            _begin_anew(s, now_there, was, now)
        word = "on" if on else "off"
        details = {"did": f"switched {word}", "report": name}
        saved = _put(s, now_there, reports, actor, now, f"The report “{name}” is {word}.", details)
    return replace(saved, change=s.change)


def undo_reports(store: Store, undo: ReportsUndo, *, actor: str, now: datetime) -> Saved:
    """Take a change back. Raises ``LostRace`` naming who changed the reports since, ``BadReport`` where one that
    comes back speaks of what is gone.
    """
    with store.write() as s:
        now_there = config.locked(s)
        if now_there.reports != undo.after:
            raise _lost_race(s)
        for report in undo.before:
            if report not in undo.after and (troubles := problems_of(now_there, report, replaces=report.name)):
                raise BadReport(troubles)
        gone = [each.name for each in undo.after if each not in undo.before]
        back = [each.name for each in undo.before if each not in undo.after]
        if len(gone) == len(back) == 1 and gone != back:
            report_runs.rename(s, gone[0], back[0])
        names = sorted({*gone, *back})
        details = {"did": "took back", "report": names[0] if len(names) == 1 else None, "reports": names}
        saved = _put(s, now_there, list(undo.before), actor, now, "Taken back.", details)
    return replace(saved, change=s.change, undo=None)


def _begin_anew(s: Session, workspace: Workspace, report: ScheduledReport, now: datetime) -> None:
    """Make nothing up of times in which the report of this name was none, or another; a new one has no such times."""
    if report_runs.newest(s, report.name, 1):
        for due in ended(report, workspace.settings.time_zone, now):
            report_runs.skip(s, report.name, due.period, now)


def _expected(s: Session, expect: Workspace | None) -> Workspace:
    now_there = config.locked(s)
    if expect is not None and expect.reports != now_there.reports:
        raise _lost_race(s)
    return now_there


def _put(  # noqa: PLR0917 - what is changed, by whom, and how it is told
    s: Session,
    was: Workspace,
    reports: list[ScheduledReport],
    actor: str,
    now: datetime,
    sentence: str,
    details: dict[str, Any],
) -> Saved:
    if tuple(reports) == was.reports:
        return Saved("Nothing was changed: it is so already.", Change(), was, None)
    config.save_reports(s, reports)
    audit.record(s, actor, ACTION, None, now, **details)
    new = config.load(s)
    return Saved(sentence, Change(), new, ReportsUndo(was.reports, new.reports))


def _place(reports: Sequence[ScheduledReport], name: str) -> int:
    place = next((place for place, each in enumerate(reports) if each.name == name), None)
    if place is None:
        raise NotFound(f"There is no scheduled report “{name}” any more.")
    return place


def _lost_race(s: Session) -> LostRace:
    event = config.last_change(s)
    if event is None:
        return LostRace("The scheduled reports were changed meanwhile. Nothing was overwritten; look again.")
    did = "changed the workspace"
    if event.action == ACTION and event.details.get("report"):
        did = f"{event.details['did']} the report “{event.details['report']}”"
    return LostRace(f"{who(s, event.actor)} {did} meanwhile. Nothing was overwritten; look again.")


def _sides(before: ScheduledReport | None, after: ScheduledReport | None) -> dict[str, Any]:
    return {
        "before": None if before is None else report_documents.scheduled_document(before),
        "after": None if after is None else report_documents.scheduled_document(after),
    }
