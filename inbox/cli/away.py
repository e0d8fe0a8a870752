"""``inbox away``: who is not there, and who is back."""

from typing import Annotated

import typer

from inbox.cli import output
from inbox.flow import away as flow


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("away")(mark)


def mark(
    context: typer.Context,
    employee: Annotated[str, typer.Argument(help="Whose name in the workspace.")],
    *,
    back: Annotated[bool, typer.Option("--back", help="They are here again.")] = False,
) -> None:
    """Mark an employee away: their threads go back to the queue, and they are given none."""
    store = output.open_workspace(context)
    done = flow.mark(store, employee, away=not back, actor="command", now=output.now())
    output.say(context, {"employee": employee, "away": not back, "sentence": done.sentence}, done.sentence)
