"""``inbox calendars``: the workspace's calendars, their special days, and iCal files."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from inbox.cli import output
from inbox.flow import calendars as flow
from inbox.model.people import WEEKDAYS
from inbox.model.workspace import Calendar, Workspace
from inbox.sla.hours import CalendarRefused, refusal, zone
from inbox.store import config, documents

_SHOWN: Final = 20
_SWITCHES: Final = {"on": True, "off": False}

_NAME = Annotated[str, typer.Argument(help="A calendar of the workspace.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Calendars: hours, special days, iCal files.", no_args_is_help=True)
    group.command("list")(show_list)
    group.command("show")(show_one)
    group.command("import-ical")(import_file)
    group.command("switch")(switch)
    app.add_typer(group, name="calendars")


def show_list(context: typer.Context) -> None:
    """List the calendars, who counts in each, and its next special day."""
    workspace = _workspace(context)
    rows = [_row(workspace, each) for each in workspace.calendars]
    if output.wants_json(context):
        output.say_json({"calendars": rows})
        return
    cells = [
        (row["name"], row["time_zone"], _when(row["next"][:1]), ", ".join(row["used_by"]), row["trouble"])
        for row in rows
    ]
    output.table(("calendar", "time zone", "next special day", "used by", ""), cells)


def show_one(context: typer.Context, name: _NAME) -> None:
    """Show a calendar: its hours, special days and imported dates."""
    workspace = _workspace(context)
    calendar = next((each for each in workspace.calendars if each.name == name), None)
    if calendar is None:
        there_are = ", ".join(sorted(each.name for each in workspace.calendars)) or "none"
        output.fail(f"There is no calendar “{name}”. There are: {there_are}.")
    imported = [
        {"date": each.date.isoformat(), "name": each.name, "on": each.on, "uid": each.uid} for each in calendar.imported
    ]
    row = {**_row(workspace, calendar), **_document(calendar), "imported": imported}
    if output.wants_json(context):
        output.say_json(row)
        return
    lines = [("time zone", calendar.time_zone), *_hours(calendar)]
    lines += [(each["date"], _told(each)) for each in row["next"]]
    lines += [(each.date.isoformat(), f"{each.name} (imported, off)") for each in calendar.imported if not each.on]
    lines += [("used by", user) for user in row["used_by"]] + ([("trouble", row["trouble"])] if row["trouble"] else [])
    output.table(("", name), lines)


def import_file(
    context: typer.Context,
    name: _NAME,
    file: Annotated[Path, typer.Argument(help="An iCal file (.ics).")],
    *,
    add: Annotated[bool, typer.Option("--add", help="Keep what other files brought.")] = False,
) -> None:
    """Read the dates of an iCal file into a calendar; each can be switched off, and stays so."""
    store = output.open_workspace(context)
    done = flow.import_ical(store, name, file, add=add, actor="command", now=output.now())
    document = {
        "calendar": name,
        "sentence": done.sentence,
        "dates": [{"date": each.date.isoformat(), "name": each.name, "on": each.on} for each in done.dates],
        "skipped": [{"name": entry, "reason": why} for entry, why in done.skipped],
    }
    output.say(context, document, done.sentence)


def switch(
    context: typer.Context,
    name: _NAME,
    day: Annotated[str, typer.Argument(metavar="DATE", help="An imported date, like 2026-12-24.")],
    word: Annotated[str, typer.Argument(metavar="on|off", help="Whether it closes the calendar.")],
) -> None:
    """Let an imported date close a calendar, or not."""
    if word not in _SWITCHES:
        output.fail(f"“{word}” is neither on nor off.", 2)
    try:
        meant = date.fromisoformat(day)
    except ValueError:
        output.fail(f"“{day}” is not a date: write it like 2026-12-24.", 2)
    store = output.open_workspace(context)
    done = flow.switch_date(store, name, meant, on=_SWITCHES[word], actor="command", now=output.now())
    document = {"calendar": name, "date": meant.isoformat(), "on": _SWITCHES[word], "sentence": done.sentence}
    output.say(context, document, done.sentence)


def _workspace(context: typer.Context) -> Workspace:
    with output.open_workspace(context).read() as s:
        return config.load(s)


def _row(workspace: Workspace, calendar: Calendar) -> dict[str, Any]:
    now = output.now()
    trouble = refusal(calendar, now)
    return {
        "name": calendar.name,
        "time_zone": calendar.time_zone,
        "always": calendar.week is None,
        "used_by": flow.users_of(workspace, calendar.name),
        "imported": len(calendar.imported),
        "next": _next(calendar),
        "trouble": trouble,
    }


def _next(calendar: Calendar) -> list[dict[str, str]]:
    try:
        today = output.now().astimezone(zone(calendar.time_zone)).date()
        found = flow.next_holidays(calendar, after=today, limit=_SHOWN)
    except CalendarRefused:
        return []  # its trouble says why
    return [{"date": day.isoformat(), "name": name, "kind": kind} for day, name, kind in found]


def _document(calendar: Calendar) -> dict[str, Any]:
    document = documents.calendar_document(calendar)
    return {key: document.get(key) for key in ("week", "holidays", "closed", "open")}


def _hours(calendar: Calendar) -> list[tuple[str, str]]:
    if calendar.week is None:
        return [("every day", "round the clock")]
    week = calendar.week
    shown = {day: documents.intervals_document(week.get(day, ())) for day in WEEKDAYS}
    return [(day, ", ".join("-".join(pair) for pair in pairs) or "closed") for day, pairs in shown.items()]


def _when(days: list[dict[str, str]]) -> str:
    return " ".join(f"{each['date']} {_told(each)}" for each in days)


def _told(day: dict[str, str]) -> str:
    return f"{day['name']} ({day['kind']})" if day["name"] else day["kind"]
