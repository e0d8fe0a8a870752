"""``inbox incidents task ...``: an incident's list of what is to be done."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import typer

from inbox.cli import output
from inbox.flow.hot import tasks
from inbox.flow.hot.tasks import Tasked
from inbox.model import duration
from inbox.model.ids import IncidentId
from inbox.model.incident import Task
from inbox.store import incident_tasks, incidents
from inbox.store.engine import Store

_ACTOR = "command"
_Number = Annotated[int, typer.Argument(metavar="INCIDENT", min=1, max=output.LARGEST, help="The incident's number.")]
_Task = Annotated[int, typer.Argument(metavar="TASK", min=1, max=output.LARGEST, help="The task's number.")]
_Within = Annotated[str | None, typer.Option("--within", metavar="15m", help="By when, from now.")]


def register(incidents_group: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="What is to be done in an incident.", no_args_is_help=True)
    for command in (add, assign, due, tick, untick, remove, playbook):
        group.command(command.__name__)(command)
    group.command("list")(listed)
    incidents_group.add_typer(group, name="task")


def listed(context: typer.Context, incident: _Number) -> None:
    """List an incident's tasks in their order."""
    with output.open_workspace(context).read() as s:
        if incidents.get(s, IncidentId(incident)) is None:
            output.fail(f"There is no incident {incident}.")
        found = incident_tasks.of(s, IncidentId(incident))
    if output.wants_json(context):
        output.say_json({"tasks": [document(each) for each in found]})
        return
    if not found:
        typer.echo("There are no tasks.")
        return
    output.table(["id", "done", "due", "for", "task"], [_cells(each) for each in found])


def add(
    context: typer.Context,
    incident: _Number,
    title: str,
    *,
    to: Annotated[str | None, typer.Option("--to", metavar="EMPLOYEE", help="Whom it is for.")] = None,
    within: _Within = None,
) -> None:
    """Put a task on the list."""
    due_at = _due(within)
    _do(
        context,
        lambda store, now: tasks.add(
            store, IncidentId(incident), title, assignee=to, due_at=due_at, actor=_ACTOR, now=now
        ),
    )


def assign(
    context: typer.Context,
    incident: _Number,
    task: _Task,
    employee: Annotated[str, typer.Argument(help="Whom; “nobody” for nobody.")],
) -> None:
    """Say whom it is for."""
    whom = None if employee.casefold() in {"nobody", "none", "-"} else employee
    _do(context, lambda store, now: tasks.assign(store, IncidentId(incident), task, whom, actor=_ACTOR, now=now))


def due(
    context: typer.Context,
    incident: _Number,
    task: _Task,
    within: Annotated[str, typer.Argument(metavar="15m|never", help="By when, from now.")],
) -> None:
    """Say by when it is to be done."""
    due_at = None if within == "never" else _due(within)
    _do(context, lambda store, now: tasks.put_off(store, IncidentId(incident), task, due_at, actor=_ACTOR, now=now))


def tick(context: typer.Context, incident: _Number, task: _Task) -> None:
    """Tick it off."""
    _do(context, lambda store, now: tasks.tick(store, IncidentId(incident), task, actor=_ACTOR, now=now))


def untick(context: typer.Context, incident: _Number, task: _Task) -> None:
    """It is not done after all."""
    _do(context, lambda store, now: tasks.untick(store, IncidentId(incident), task, actor=_ACTOR, now=now))


def remove(context: typer.Context, incident: _Number, task: _Task) -> None:
    """Take it off the list."""
    _do(context, lambda store, now: tasks.remove(store, IncidentId(incident), task, actor=_ACTOR, now=now))


def playbook(
    context: typer.Context,
    incident: _Number,
    name: Annotated[str | None, typer.Argument(help="Which; without it the one for this kind of incident.")] = None,
) -> None:
    """Copy a playbook's tasks in."""
    _do(context, lambda store, now: tasks.follow(store, IncidentId(incident), name, actor=_ACTOR, now=now))


def document(each: Task) -> dict[str, Any]:
    """A task as JSON."""
    return {
        "id": each.id,
        "title": each.title,
        "assignee": each.assignee,
        "due_at": output.iso(each.due_at),
        "done_at": output.iso(each.done_at),
        "done_by": each.done_by or None,
    }


def _do(context: typer.Context, act: Callable[[Store, datetime], Tasked]) -> None:
    done = act(output.open_workspace(context), output.now())
    output.say(context, {"id": done.task_id, "sentence": done.sentence}, done.sentence)


def _due(within: str | None) -> datetime | None:
    if within is None:
        return None
    try:
        return output.now() + duration.parse(within)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error


def _cells(each: Task) -> list[str]:
    done = "yes" if each.done_at else "-"
    return [str(each.id), done, output.local(each.due_at) or "-", each.assignee or "-", each.title]
