"""``inbox sla``: business time in the workspace's calendars, by the same code as the clocks."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from inbox.cli import output
from inbox.cli.sla_preview import show_preview
from inbox.model import duration
from inbox.model.workspace import Calendar
from inbox.sla.calendar import due, elapsed
from inbox.sla.hours import CalendarRefused
from inbox.sla.policy import ALWAYS
from inbox.store import config

_LONG: Final = re.compile(r"\s*(?:\d+[smhd])+\s*")
_TOO_FAR: Final = "That is more than 10 years away, so there is no deadline."

_CALENDAR = Annotated[str, typer.Option(help="A calendar of the workspace, or 24x7.")]
_START = Annotated[str, typer.Option(help="RFC 3339; a time without a zone is UTC.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Business time: deadlines and elapsed time.", no_args_is_help=True)
    group.command("due")(show_due)
    group.command("elapsed")(show_elapsed)
    group.command("batch")(answer_batch)
    group.command("preview")(show_preview)
    app.add_typer(group, name="sla")


def show_due(
    context: typer.Context,
    *,
    calendar: _CALENDAR,
    start: _START,
    target: Annotated[str, typer.Option(help="Business time, like 90s, 15m, 4h or 1d.")],
) -> None:
    """Say when a target is used up."""
    answer = _asked(_calendars(context), {"calendar": calendar, "start": start, "target": target})
    output.say(context, answer, answer["due_at"] or _TOO_FAR)


def show_elapsed(
    context: typer.Context,
    *,
    calendar: _CALENDAR,
    start: _START,
    end: Annotated[str, typer.Option(help="RFC 3339; a time without a zone is UTC.")],
) -> None:
    """Say how much business time lies between two times."""
    answer = _asked(_calendars(context), {"calendar": calendar, "start": start, "end": end})
    output.say(context, answer, f"{answer['seconds']} seconds")


def answer_batch(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSON lines: calendar, start, and target or end.")],
) -> None:
    """Answer a question a line with a line each; a bad one says why, and the rest goes on."""
    calendars = _calendars(context)
    failed = False
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        for line in lines:
            if not line.strip():
                continue
            try:
                answer = answered(calendars, _question(line))
            except ValueError as error:
                failed, answer = True, {"error": str(error)}
            output.say_json(answer, indent=None)
    if failed:
        raise typer.Exit(1)


def answered(calendars: Mapping[str, Calendar], question: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one question: ``due_at`` or ``seconds``. Raises ``ValueError`` with a plain sentence."""
    name = question.get("calendar")
    calendar = calendars.get(name) if isinstance(name, str) else None
    if calendar is None:
        there_are = ", ".join(sorted(calendars))
        raise ValueError(f"There is no calendar “{name}”. There are: {there_are}.")
    start = _time(question.get("start"), "start")
    if "target" in question:
        found = due(calendar, start, _target(question["target"]))
        return {"due_at": output.iso(found)} if found is not None else {"due_at": None, "reason": _TOO_FAR}
    if "end" in question:
        return {"seconds": output.seconds(elapsed(calendar, start, _time(question["end"], "end")))}
    raise ValueError("A question needs a target or an end.")


def _asked(calendars: Mapping[str, Calendar], question: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return answered(calendars, question)
    except CalendarRefused as error:
        output.fail(str(error))
    except ValueError as error:
        known = question["calendar"] in calendars
        output.fail(str(error), 2 if known else 1)


def _calendars(context: typer.Context) -> dict[str, Calendar]:
    with output.open_workspace(context).read() as s:
        named = {calendar.name: calendar for calendar in config.load(s).calendars}
    return {ALWAYS.name: ALWAYS, **named}


def _question(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise ValueError(f"This line is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise ValueError("This line is not a JSON object.")  # noqa: TRY004 - a bad question, like every other
    return found


def _time(written: object, key: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(written))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"The {key} “{written}” is not a time: write it like 2026-11-02T09:00:00Z.") from error


def _target(written: object) -> timedelta:
    """A duration as files write it, or seconds. One of centuries is fine: its deadline is none."""
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        if not written >= 0:  # below nothing, or not a number at all
            raise ValueError(f"{written} seconds cannot be a target.")
        return timedelta(seconds=written) if written < timedelta.max.total_seconds() else timedelta.max
    try:
        return duration.parse(str(written))
    except ValueError as error:
        if _LONG.fullmatch(str(written)):
            return timedelta.max
        raise ValueError(f"{error}.") from error
