"""``inbox hot``: what the detector of hot issues says of a file, before it is trusted."""

from pathlib import Path
from typing import Annotated, Any

import typer

from inbox.cli import hot_try, output
from inbox.flow.hot import files as hot_files
from inbox.flow.hot.settings import USUAL
from inbox.hot.detector import Settings
from inbox.hot.series import Judged
from inbox.model.incident import Alert


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Hot issues: try the detector on the history, or on files.", no_args_is_help=True)
    group.command("try")(hot_try.try_settings)
    group.command("replay")(replay)
    group.command("series")(series)
    app.add_typer(group, name="hot")


def replay(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Mentions as inbox import reads them.")],
    *,
    by: Annotated[
        str | None, typer.Option(help="Only alarms of accounts, areas or topics: account|area|topic.")
    ] = None,
    min_authors: Annotated[int, typer.Option(min=2, help="Of so many different people at least.")] = USUAL.min_authors,
    budget: Annotated[float, typer.Option(min=0.0, help="False alarms a day.")] = USUAL.false_alarms_per_day,
    watch: Annotated[list[str] | None, typer.Option(help="A watched phrase; may be given again.")] = None,
) -> None:
    """Print the alarms that a file's mentions would have given."""
    if by not in {None, "account", "area", "topic"}:
        raise typer.BadParameter("--by is account, area or topic.")
    settings = Settings(min_authors, budget, tuple(watch or ()))
    try:
        found = hot_files.replay(file, settings)
    except OSError as error:
        output.fail(f"{file.name} cannot be read: {error.strerror or error}.")
    if found.unreadable:
        lines = "1 line" if found.unreadable == 1 else f"{found.unreadable:,} lines"
        typer.echo(f"{lines} of {output.shown(file.name)} could not be read as mentions.", err=True)
    alerts = [each for each in found.alerts if by is None or each.stream.startswith(f"{by}:")]
    if output.wants_json(context):
        output.say_json({"alerts": [_document(each) for each in alerts]})
        return
    if not alerts:
        typer.echo(f"No alarm in {found.mentions:,} mentions.")
        return
    heads = ["at", "stream", "kind", "severity", "people", "usual", "within"]
    output.table(heads, [[output.shown(cell) for cell in _cells(each)] for each in alerts])


def series(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="timestamp,value; naive times are UTC.")]
) -> None:
    """Print where a series of counts is far over what it was, each row judged by those before it."""
    try:
        rows = hot_files.judge(file)
    except OSError as error:
        output.fail(f"{file.name} cannot be read: {error.strerror or error}.")
    alerts = [each for each in rows if each.alert]
    if output.wants_json(context):
        told = [{"at": output.iso(each.at), "score": round(each.score, 4)} for each in alerts]
        output.say_json({"alerts": told, "scores": [round(each.score, 4) for each in rows]})
        return
    if not alerts:
        typer.echo(f"Nothing unusual in {len(rows):,} rows.")
        return
    output.table(["at", "count", "usual"], [_row(each) for each in alerts])


def _row(each: Judged) -> list[str]:
    return [output.iso(each.at) or "", f"{each.count:g}", f"{each.expected:.1f}"]


def _document(each: Alert) -> dict[str, Any]:
    return {
        "at": output.iso(each.at),
        "stream": each.stream,
        "kind": str(each.kind),
        "severity": str(each.severity),
        "score": round(each.score, 3),
        "observed": each.observed,
        "expected": round(each.expected, 3),
        "authors": each.authors,
        "examples": list(each.examples),
        "terms": list(each.terms),
        "copies": each.copies,
        "within_seconds": output.seconds(each.length),
    }


def _cells(each: Alert) -> list[str]:
    minutes = int(each.length.total_seconds() // 60)
    return [
        output.iso(each.at) or "",
        each.stream,
        str(each.kind),
        str(each.severity),
        str(each.authors),
        f"{each.expected:.2f}",
        f"{minutes} min" if minutes else "",
    ]
