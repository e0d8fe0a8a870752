"""One calendar of the workspace changed from the screen or by command: checked like the file, audited, undoable.

``expect`` is the workspace that the person was looking at: calendars that somebody else changed since raise
``LostRace`` naming who. ``actor`` is an employee's name or ``command``. Clocks that run by a changed calendar are
measured anew by the collector (``flow.remeasure``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from inbox.flow import config_shape, ical
from inbox.flow.calendar_days import countries, next_holidays, subdivisions
from inbox.flow.entries import BadEntry, Listed, Saved, Trouble, Undo
from inbox.model.change import Change
from inbox.model.workspace import Calendar, ImportedDate, Workspace
from inbox.sla.hours import refusal
from inbox.store import calendar_use, config, documents
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused

__all__ = [
    "BadCalendar",
    "Imported",
    "countries",
    "import_ical",
    "next_holidays",
    "problems_of",
    "remove_calendar",
    "save_calendar",
    "subdivisions",
    "switch_date",
    "undo_calendars",
    "users_of",
]


def _side(calendar: Calendar) -> dict[str, Any]:
    """One side of a change for the audit; the dates of iCal files are left out, their number says enough."""
    document = documents.calendar_document(calendar)
    imported = document.pop("imported", None)
    return document if imported is None else {**document, "imported": len(imported)}


def _did(details: Mapping[str, Any]) -> str:
    """What was done to a calendar; what was done to its dates changed it."""
    return details["did"] if details["did"] in {"added", "saved", "removed", "took back"} else "changed"


CALENDARS: Listed[Calendar] = Listed(
    "calendar",
    "calendars",
    lambda workspace: workspace.calendars,
    config.save_calendars,
    _side,
    not_there="There is no %1 “%2”.",
    changed="changed the calendars",
    did=_did,
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an iCal file brought: the calendar's imported dates as they are now, and the entries left out with why."""

    sentence: str
    dates: tuple[ImportedDate, ...]
    skipped: tuple[tuple[str, str], ...]
    undo: Undo[Calendar] | None
    change: Change
    workspace: Workspace


class BadCalendar(BadEntry):
    """The calendar has errors; nothing was changed. ``troubles`` names each field."""


def problems_of(
    workspace: Workspace, calendar: Calendar, *, replaces: str | None = None, now: datetime | None = None
) -> list[Trouble]:
    """Everything that is wrong with a calendar, by the checks of the workspace file; empty for one that can be saved.

    ``replaces`` names the calendar that it is an edit of. With ``now``, one that has hours but is never open in the
    next ten years is refused too.
    """
    found = config_shape.problems({"calendars": [documents.calendar_document(calendar)]})
    troubles = [_field(place, sentence) for place, sentence in found]
    name = calendar.name.strip()
    twin = CALENDARS.twin(workspace, name, replaces)
    if twin is not None:
        troubles.append(("name", twin))
    if replaces is not None and name != replaces and (users := users_of(workspace, replaces)):
        troubles.append(("name", f"“{replaces}” is used by {_listed(users)}, so it keeps its name."))
    if not troubles and now is not None and (why := refusal(calendar, now)):
        troubles.append(("week", why))
    return troubles


def users_of(workspace: Workspace, name: str) -> list[str]:
    """Who counts in a calendar: “the area “Billing””, “the policy “vip””, “the rule “night””, in this order."""
    areas = [f"the area “{each.name}”" for each in workspace.areas if each.calendar == name]
    policies = [
        f"the policy “{each.name}”"
        for each in workspace.policies
        if each.calendar == name or (each.when.hours is not None and each.when.hours[1] == name)
    ]
    rules = [f"the rule “{each.name}”" for each in workspace.rules if each.when.hours and each.when.hours[1] == name]
    return [*areas, *policies, *rules]


def save_calendar(
    store: Store,
    calendar: Calendar,
    *,
    replaces: str | None = None,
    expect: Workspace | None = None,
    actor: str,
    now: datetime,
) -> Saved[Undo[Calendar]]:
    """Add a calendar at the end, or put it in the stead of the one that it ``replaces``.

    Raises ``BadCalendar``, ``NotFound`` and ``LostRace``.
    """
    calendar = _tidy(calendar)
    with store.write() as s:
        now_there = CALENDARS.expected(s, expect)
        calendars = list(now_there.calendars)
        place = len(calendars) if replaces is None else CALENDARS.place(calendars, replaces)
        before = None if replaces is None else calendars.pop(place)
        troubles = problems_of(now_there, calendar, replaces=replaces, now=now)
        if (
            not troubles
            and before is not None
            and calendar.name != before.name
            and calendar_use.measured(s, before.name)
        ):
            troubles = [("name", f"Waits were measured by “{before.name}”, so it keeps its name.")]
        if troubles:
            raise BadCalendar(troubles)
        calendars.insert(place, calendar)
        did = "added" if before is None else "saved"
        details = {"did": did, "calendar": calendar.name, **CALENDARS.sides(before, calendar)}
        saved = CALENDARS.save(
            s, now_there, calendars, (actor, now), f"The calendar “{calendar.name}” is {did}.", details
        )
    return replace(saved, change=s.change)


def remove_calendar(
    store: Store, name: str, *, expect: Workspace | None = None, actor: str, now: datetime
) -> Saved[Undo[Calendar]]:
    """Take a calendar away. Raises ``Refused`` naming who counts in it, ``NotFound`` and ``LostRace``."""
    with store.write() as s:
        now_there = CALENDARS.expected(s, expect)
        calendars = list(now_there.calendars)
        gone = calendars.pop(CALENDARS.place(calendars, name))
        users = users_of(now_there, name)
        if users:
            raise Refused(f"“{name}” is used by {_listed(users)}. Give them another calendar first.")
        sentence = f"The calendar “{name}” is removed."
        if calendar_use.measured(s, name):
            sentence += " Deadlines that run by it stay; business time of its waits now counts round the clock."
        details = {"did": "removed", "calendar": name, **CALENDARS.sides(gone, None)}
        saved = CALENDARS.save(s, now_there, calendars, (actor, now), sentence, details)
    return replace(saved, change=s.change)


def switch_date(
    store: Store,
    name: str,
    day: date,
    *,
    on: bool,
    uid: str | None = None,
    expect: Workspace | None = None,
    actor: str,
    now: datetime,
) -> Saved[Undo[Calendar]]:
    """Let an imported date close the calendar, or not; ``uid`` None means every entry of that day.

    Raises ``BadCalendar`` when nothing would be open any more, ``NotFound`` and ``LostRace``.
    """

    def switched(calendar: Calendar) -> Calendar:
        meant = [each for each in calendar.imported if each.date == day and uid in {None, each.uid}]
        if not meant:
            raise NotFound(f"“{name}” has no imported date on {day.isoformat()}.")
        dates = tuple(replace(each, on=on) if each in meant else each for each in calendar.imported)
        return replace(calendar, imported=dates)

    did, word = f"switched {'on' if on else 'off'}", "closes" if on else "no longer closes"
    details = {"did": did, "date": day.isoformat()}
    return _changed(store, name, switched, f"{day.isoformat()} {word} “{name}”.", details, expect, actor, now)


def import_ical(
    store: Store,
    name: str,
    source: Path | bytes,
    *,
    add: bool = False,
    expect: Workspace | None = None,
    actor: str,
    now: datetime,
) -> Imported:
    """Read an iCal file into a calendar. What came in before gives way, unless it is to ``add``; what was switched
    off or on stays so, and dates too old for the file to tell stay.

    Raises ``ical.BadICal``, ``BadCalendar`` when nothing would be open any more, ``NotFound``, ``LostRace`` and
    ``OSError``.
    """
    raw = ical.content(source)
    with store.read() as s:
        seen = config.load(s)
    zone = seen.calendars[CALENDARS.place(seen.calendars, name)].time_zone
    found = ical.read(raw, zone=zone, now=now)

    def filled(calendar: Calendar) -> Calendar:
        return replace(calendar, imported=ical.merged(calendar.imported, found, add=add))

    sentence, details = ical.said(found, name), {"did": "imported dates into", "dates": len(found.dates)}
    saved = _changed(store, name, filled, sentence, details, expect, actor, now)
    there = saved.workspace.calendars[CALENDARS.place(saved.workspace.calendars, name)]
    if saved.undo is None:
        sentence = f"{sentence} They were there already."
    return Imported(sentence, there.imported, found.skipped, saved.undo, saved.change, saved.workspace)


def undo_calendars(store: Store, undo: Undo[Calendar], *, actor: str, now: datetime) -> Saved[Undo[Calendar]]:
    """Take a change back. Raises ``LostRace`` naming who changed the calendars since, ``Refused`` where one that
    would go again is in use by now.
    """
    with store.write() as s:
        now_there = config.locked(s)
        if now_there.calendars != undo.after:
            raise CALENDARS.lost_race(s)
        staying = {each.name for each in undo.before}
        for each in undo.after:
            if each.name not in staying and (users := users_of(now_there, each.name)):
                raise Refused(f"“{each.name}” is used by {_listed(users)} by now, so it stays.")
        saved = CALENDARS.save(s, now_there, undo.before, (actor, now), "Taken back.", CALENDARS.taken_back(undo))
    return replace(saved, change=s.change, undo=None)


def _changed(  # noqa: PLR0917 - what is changed, how it is told, and by whom
    store: Store,
    name: str,
    change: Callable[[Calendar], Calendar],
    sentence: str,
    details: dict[str, Any],
    expect: Workspace | None,
    actor: str,
    now: datetime,
) -> Saved[Undo[Calendar]]:
    """One calendar changed by a function of what it is now; it must stay open at some time."""
    with store.write() as s:
        now_there = CALENDARS.expected(s, expect)
        calendars = list(now_there.calendars)
        place = CALENDARS.place(calendars, name)
        new = change(calendars[place])
        if new != calendars[place] and (why := refusal(new, now)):
            raise BadCalendar([("imported", why)])
        calendars[place] = new
        saved = CALENDARS.save(s, now_there, calendars, (actor, now), sentence, {"calendar": name, **details})
    return replace(saved, change=s.change)


def _tidy(calendar: Calendar) -> Calendar:
    """Dates once and in their order; a country without a subdivision says None."""
    holidays = calendar.holidays and (calendar.holidays[0], calendar.holidays[1] or None)
    return replace(
        calendar,
        name=calendar.name.strip(),
        holidays=holidays,
        closed=tuple(sorted(set(calendar.closed))),
        open=dict(sorted(calendar.open.items())),
    )


def _listed(users: Sequence[str]) -> str:
    """“a, b and c”, five at most."""
    shown = 5
    if len(users) > shown:
        return f"{', '.join(users[: shown - 1])} and {len(users) - shown + 1} more"
    return " and ".join(filter(None, (", ".join(users[:-1]), users[-1])))


def _field(place: tuple[str | int, ...], sentence: str) -> Trouble:
    """The field inside the calendar that a place of the workspace file names."""
    inner = [str(step) for step in place[2:] if isinstance(step, str)]
    field = ".".join(inner) or "name"
    return ("week" if field == "name" and "no open hours" in sentence else field), sentence
