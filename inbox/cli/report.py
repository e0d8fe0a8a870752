"""``inbox report``: the figures, each with its definition and, with ``--threads``, the threads behind it."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from inbox.cli import output
from inbox.cli.report_digest import show_digest
from inbox.cli.report_file import Force, Out, save_asked
from inbox.flow import reports
from inbox.model.report import By, ColumnKind, Period, Question, ReportTable, Timing
from inbox.model.words import Metric


class Report(StrEnum):
    """The reports that there are."""

    RESPONSE_TIMES = "response-times"
    SLA = "sla"
    VOLUME = "volume"
    WORKLOAD = "workload"
    OUTCOMES = "outcomes"
    INCIDENTS = "incidents"
    SCORECARD = "scorecard"
    DIGEST = "digest"


_TIME = "RFC 3339, or a day; without a zone it is UTC."


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    context: typer.Context,
    which: Annotated[Report, typer.Argument(help="Which figures.")],
    *,
    metric: Annotated[Metric, typer.Option(help="Which wait.")] = Metric.FIRST,
    by: Annotated[By, typer.Option(help="What each row stands for.")] = By.ACCOUNT,
    start: Annotated[str | None, typer.Option("--from", help=f"What began from then on. {_TIME}")] = None,
    end: Annotated[str | None, typer.Option("--to", help=f"What began before then. {_TIME}")] = None,
    timing: Annotated[
        Timing, typer.Option("--time", help="By the wall calendar or in opening hours.")
    ] = Timing.CALENDAR,
    only: Annotated[
        list[str] | None, typer.Option(help="Only what belongs to a key, like area=Baggage; may be given again.")
    ] = None,
    area: Annotated[str | None, typer.Option(help="Only this area, like --only area=AREA.")] = None,
    threads: Annotated[str | None, typer.Option(help="List the threads behind the row of this key instead.")] = None,
    column: Annotated[str | None, typer.Option(help="With --threads: of this column alone.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many threads, with --threads.")] = 100,
    out: Out = None,
    force: Force = False,
) -> None:
    """Print a report: a row for each key, with how the figures are defined."""
    kept = tuple(_only(each) for each in only or ())
    _one_list(which, threads, column, out)
    if which is Report.DIGEST:
        show_digest(context, asked_period(start, end), area=area, only=kept, out=out, force=force)
        return
    kept += () if area is None else ((By.AREA, area),)
    asked = Question(str(which), metric, by, timing, asked_period(start, end), kept)
    store = output.open_workspace(context)
    if threads is not None:
        found = reports.threads(store, asked, key=threads, column=column, limit=limit, now=output.now())
        output.say(context, {"threads": found}, "\n".join(str(each) for each in found) or "No thread.")
        return
    if out is not None:
        save_asked(context, store, asked, out, force=force)
        return
    print_table(context, reports.table(store, asked, now=output.now()))


def asked_period(start: str | None, end: str | None) -> Period:
    """From and to as typed. Raises ``BadParameter`` for what is no time, and for an end that is not after the start."""
    period = Period(_moment(start, "--from"), _moment(end, "--to"))
    if period.start is not None and period.end is not None and period.end <= period.start:
        raise typer.BadParameter(f"“{end}” is not after “{start}”, where the time begins.", param_hint="--to")
    return period


def print_table(context: typer.Context, made: ReportTable) -> None:
    """The rows as JSON with their definition, or a table for people below it."""
    if output.wants_json(context):
        names = [each.key for each in made.columns]
        output.say_json(
            {"definition": made.definition, "rows": [dict(zip(names, row, strict=True)) for row in made.rows]}
        )
        return
    typer.echo(made.definition + "\n")
    if not made.rows:
        typer.echo("Nothing to report in this time.")
        return
    kinds = [each.kind for each in made.columns]
    rows = [[_cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in made.rows]
    output.table([_heading(each.key) for each in made.columns], rows)


def _one_list(which: Report, threads: str | None, column: str | None, out: Path | None) -> None:
    """Raises ``BadParameter`` for options that would be left unheard: a list of threads is never a file or a digest."""
    if threads is not None and which is Report.DIGEST:
        raise typer.BadParameter("A digest names its posts itself: leave it out.", param_hint="--threads")
    if threads is not None and out is not None:
        raise typer.BadParameter("Threads are listed here, not in a file: leave one of both out.", param_hint="--out")
    if column is None:
        return
    if threads is None:
        raise typer.BadParameter("A column needs the row that it is of: add --threads KEY.", param_hint="--column")
    there_are = [each.key for each in reports.columns(which)[1:]]
    if column not in there_are:
        raise typer.BadParameter(f"There is no “{column}”. There are: {', '.join(there_are)}.", param_hint="--column")


def _heading(key: str) -> str:
    return key.replace("_", " ")


def _cell(value: str | float | None, kind: ColumnKind) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.1%}" if kind is ColumnKind.SHARE else f"{value:.2f}"
    return str(value)


def _only(told: str) -> tuple[By, str]:
    name, sign, key = told.partition("=")
    if not sign or name not in set(By):
        raise typer.BadParameter(
            f"“{told}” names no key: write it like area=Baggage, with one of {', '.join(By)}.", param_hint="--only"
        )
    return By(name), key


def _moment(told: str | None, option: str) -> datetime | None:
    if told is None:
        return None
    try:
        found = datetime.fromisoformat(told)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(
            f"“{told}” is not a time: write it like 2026-11-02T09:00:00Z.", param_hint=option
        ) from error
