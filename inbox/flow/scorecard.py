"""Figures of the scorecard that nobody can compute: entered by hand for a day, audited."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import isfinite

from inbox.flow.reports.score_lines import lines_of
from inbox.model.workspace import ScoreLine
from inbox.sla.hours import zone
from inbox.store import audit, config, people, scores
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered, and what it replaced."""

    line: ScoreLine
    area: str
    day: date
    value: float
    was: float | None
    sentence: str


def enter(
    store: Store, line: str, value: float, *, area: str | None, day: date | None, actor: str, now: datetime
) -> Entry:
    """Enter a figure for the company or an area, for a day in the workspace's zone (today without one).

    Raises ``NotFound`` for an unknown line or area, ``Refused`` for a line that is computed, a day to come or what is
    no figure.
    """
    if not isfinite(value):
        raise Refused(f"“{value:g}” is not a figure. Enter a number, like 4.5.")
    with store.write() as s:
        workspace = config.load(s)
        known = {each.name.casefold(): each for each in lines_of(workspace)}
        found = known.get(line.casefold())
        if found is None:
            raise NotFound(f"The scorecard has no line “{line}”.")
        if found.figure is not None:
            raise Refused(f"“{found.name}” is computed, so it is not entered by hand.")
        named = "" if area is None else _area(people.area(s, area), area)
        here = zone(workspace.settings.time_zone)
        today = now.astimezone(here).date()
        if day is not None and day > today:
            raise Refused("That day is still to come. Enter a figure for today or before.")
        stands = day or today
        at = datetime.combine(stands, time(), here).astimezone(UTC)
        was = scores.enter(s, found.name, named, at, value, actor=actor, now=now)
        details = {"line": found.name, "area": named, "day": stands.isoformat(), "value": value, "was": was}
        audit.record(s, actor, "score", None, now, **details)
    whose = named or "the company"
    return Entry(found, named, stands, value, was, f"{found.name} of {whose} on {stands}: {value:g} {found.unit}.")


def _area(found: object, told: str) -> str:
    name = getattr(found, "name", None)
    if name is None:
        raise NotFound(f"There is no area “{told}” to enter a figure for.")
    return str(name)
