"""``inbox schedule``: the reports that the collector writes by itself, and one of them made now."""

from typing import Annotated, Any

import typer

from inbox.cli import output
from inbox.flow import schedule
from inbox.model.workspace import ScheduledReport
from inbox.store import config, report_runs
from inbox.store.report_runs import ReportRun


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Reports that are written to files every day, week or month.", no_args_is_help=True)
    group.command("list")(show)
    group.command("run")(run)
    app.add_typer(group, name="schedule")


def show(context: typer.Context) -> None:
    """List the scheduled reports, with what came of each last."""
    with output.open_workspace(context).read() as s:
        workspace = config.load(s)
        last = {each.name: next(iter(report_runs.newest(s, each.name, 1)), None) for each in workspace.reports}
    zone = workspace.settings.time_zone
    if output.wants_json(context):
        output.say_json({"reports": [_document(each, last[each.name]) for each in workspace.reports]})
    elif not workspace.reports:
        typer.echo("No report is scheduled. Write one into the workspace file under [[reports]], or add it on screen.")
    else:
        rows = [
            [
                each.name,
                each.report,
                each.every,
                f"{each.at:%H:%M}",
                " ".join(each.files),
                _state(each, last[each.name]),
            ]
            for each in workspace.reports
        ]
        output.table(["name", "report", "every", f"at ({zone})", "files", "last"], rows)


def run(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The scheduled report.")],
    *,
    period: Annotated[
        str, typer.Option("--for", metavar="PERIOD", help="A day in it, 2026-W10, 2026-03, or last.")
    ] = "last",
    background: Annotated[bool, typer.Option("--background", hidden=True)] = False,
    late: Annotated[bool, typer.Option("--late", hidden=True)] = False,
) -> None:
    """Make a scheduled report now, also one that is made already or switched off."""
    store = output.open_workspace(context)
    now = output.now()
    with store.read() as s:
        workspace = config.load(s)
    report = schedule.scheduled(workspace, name)
    due = schedule.period_of(report, workspace.settings.time_zone, period, now)
    actor = "collector" if background else "command"
    made = schedule.make(store, report, due, now=now, late=late, anew=not background, actor=actor)
    if not made.ours and not background:
        output.fail(f"The report “{report.name}” is being made by another process at this moment.")
    files = [str(each) for each in made.files]
    document = {
        "report": report.name,
        "from": output.iso(due.period.start),
        "to": output.iso(due.period.end),
        "files": files,
    }
    output.say(context, document, "\n".join(f"Written to {each}." for each in files))


def _document(report: ScheduledReport, last: ReportRun | None) -> dict[str, Any]:
    run_of = last and {
        "from": output.iso(last.start),
        "to": output.iso(last.end),
        "state": str(last.state),
        "at": output.iso(last.at),
        "late": last.late,
        "attempts": last.attempts,
        "files": list(last.files),
        "error": last.error or None,
    }
    return {
        "name": report.name,
        "report": report.report,
        "every": str(report.every),
        "at": f"{report.at:%H:%M}",
        "files": [str(each) for each in report.files],
        "areas": list(report.areas),
        "on": report.on,
        "last": run_of,
    }


def _state(report: ScheduledReport, last: ReportRun | None) -> str:
    off = "" if report.on else "off; "
    if last is None:
        return f"{off}never made"
    late = ", late" if last.late else ""
    return f"{off}{last.state} {output.local(last.at)}{late}" + (f": {last.error}" if last.error else "")
