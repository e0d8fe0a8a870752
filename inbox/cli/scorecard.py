"""``inbox scorecard``: show both sides of it, and enter by hand what nothing computes."""

from datetime import date
from typing import Annotated

import typer

from inbox.cli import output
from inbox.cli.report import asked_period, print_table
from inbox.flow import reports
from inbox.flow import scorecard as flow
from inbox.model.report import By, Question, Timing

_app = typer.Typer(help="Ten outward and ten inward figures, side by side.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_app, name="scorecard")


@_app.command("show")
def show(
    context: typer.Context,
    *,
    area: Annotated[list[str] | None, typer.Option(help="Only this area; may be given again.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="What began from then on.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="What began before then.")] = None,
    timing: Annotated[
        Timing, typer.Option("--time", help="By the wall calendar or in opening hours.")
    ] = Timing.CALENDAR,
) -> None:
    """Show each line against its target, per area and for the company, with both totals and their ratio."""
    only = tuple((By.AREA, each) for each in area or ())
    asked = Question("scorecard", by=By.AREA, timing=timing, period=asked_period(start, end), only=only)
    print_table(context, reports.table(output.open_workspace(context), asked, now=output.now()))


@_app.command("set")
def enter(
    context: typer.Context,
    line: Annotated[str, typer.Argument(metavar="LINE", help="The line's name.")],
    value: Annotated[float, typer.Argument(metavar="VALUE", help="The figure, in the line's unit.")],
    *,
    area: Annotated[str | None, typer.Option(help="The area; without it the company.")] = None,
    at: Annotated[str | None, typer.Option(metavar="DAY", help="The day it stands for; without it today.")] = None,
) -> None:
    """Enter a figure that nothing computes."""
    try:
        day = None if at is None else date.fromisoformat(at)
    except ValueError as error:
        raise typer.BadParameter(f"“{at}” is not a day: write it like 2026-11-02.", param_hint="--at") from error
    store = output.open_workspace(context)
    done = flow.enter(store, line, value, area=area, day=day, actor="command", now=output.now())
    document = {"line": done.line.name, "area": done.area, "at": done.day.isoformat(), "value": value, "was": done.was}
    output.say(context, document, done.sentence)
