"""``inbox report``: the figures, each with its definition and, with ``--threads``, the threads behind it."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from inbox.cli import output
from inbox.flow import reports
from inbox.model.report import By, Period, ResponseRow, TargetRow, Timing, VolumeRow
from inbox.model.words import Metric


class Report(StrEnum):
    """The reports that there are."""

    RESPONSE_TIMES = "response-times"
    SLA = "sla"
    VOLUME = "volume"


_TIME = "RFC 3339, or a day; without a zone it is UTC."


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    context: typer.Context,
    which: Annotated[Report, typer.Argument(help="Response times, what became of targets, or volume.")],
    *,
    metric: Annotated[Metric, typer.Option(help="Which wait.")] = Metric.FIRST,
    by: Annotated[By, typer.Option(help="What each row stands for.")] = By.ACCOUNT,
    start: Annotated[str | None, typer.Option("--from", help=f"Waits that began from then on. {_TIME}")] = None,
    end: Annotated[str | None, typer.Option("--to", help=f"Waits that began before then. {_TIME}")] = None,
    timing: Annotated[
        Timing, typer.Option("--time", help="By the wall calendar or in opening hours.")
    ] = Timing.CALENDAR,
    threads: Annotated[str | None, typer.Option(help="List the threads behind the row of this key instead.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many threads, with --threads.")] = 100,
) -> None:
    """Print a report: a row for each key, with how the figures are defined."""
    if threads is not None and which is not Report.RESPONSE_TIMES:
        raise typer.BadParameter("--threads goes with response-times.")
    store = output.open_workspace(context)
    period = Period(_moment(start, "--from"), _moment(end, "--to"))
    if threads is not None:
        found = reports.behind(store, metric, by, threads, period=period, limit=limit)
        output.say(context, {"threads": found}, "\n".join(str(each) for each in found) or "No thread.")
        return
    rows: Sequence[ResponseRow | TargetRow | VolumeRow]
    if which is Report.RESPONSE_TIMES:
        rows = reports.response_times(store, metric, by, period=period, timing=timing)
        definition, names = reports.DEFINITIONS[metric], fields(ResponseRow)
    elif which is Report.SLA:
        rows = reports.targets(store, metric, by, period=period)
        definition, names = f"{reports.TARGETS} {reports.DEFINITIONS[metric]}", fields(TargetRow)
    else:
        rows = reports.volume(store, by, period=period)
        definition, names = reports.VOLUME, fields(VolumeRow)
    _print(context, f"{definition} {reports.PEOPLE}", rows, [each.name for each in names])


def _print(context: typer.Context, definition: str, rows: Sequence[Any], names: Sequence[str]) -> None:
    if output.wants_json(context):
        output.say_json({"definition": definition, "rows": [asdict(row) for row in rows]})
        return
    typer.echo(definition + "\n")
    if not rows:
        typer.echo("Nothing to report in this time.")
        return
    output.table(
        [name.replace("_", " ") for name in names], [[_cell(getattr(row, each)) for each in names] for row in rows]
    )


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return "-" if value is None else str(value)


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
