"""How much is written against what is usual, as a chart shows it: line, range, what happened, when posts were held."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from inbox.model.incident import Incident, IncidentState
from inbox.ui.charts import BandData, Moment, Stretch
from inbox.ui.incidents import words
from inbox.ui.widgets import isolate
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from inbox.flow.hot.room import Room
    from inbox.flow.hot.volume import Measure, Range, Volume

MEASURES = ("mentions", "people", "reach", "negative")
"""What can be shown, in the order of the figures; the names are those of ``flow.hot.volume.Measure``."""
HOUR = timedelta(hours=1)
LEAST_HIGH = {"mentions": 4.0, "people": 4.0, "reach": 100.0, "negative": 1.0}
TITLES = {
    "mentions": "Volume against baseline",
    "people": "People against what is usual",
    "reach": "Reach against what is usual",
    "negative": "Share of negative mentions against what is usual",
}
COUNTED = {
    "mentions": "mentions in %1, %2",
    "people": "people in %1, %2",
    "reach": "followers of those who wrote in %1, %2",
    "negative": "of the mentions in %1, %2",
}
PATH = (
    (IncidentState.SUSPECTED, "opened_at", "soon"),
    (IncidentState.CONFIRMED, "confirmed_at", "hot"),
    (IncidentState.CONTAINED, "contained_at", "ok"),
    (IncidentState.CLOSED, "closed_at", "text2"),
)


def measure(name: str) -> "Measure":
    """The measure of a name."""
    from inbox.flow.hot.volume import Measure

    return Measure(name)


def title(name: str) -> str:
    """What the chart is called."""
    return _tr(TITLES[name])


def percent(share: float) -> str:
    """A share in words."""
    return f"{share:.0%}"


def usual(name: str, ranges: "Mapping[Measure, Range | None]") -> str:
    """What a figure is measured against."""
    found = ranges[measure(name)]
    if name == "mentions":
        level = "" if found is None else number(round(found.level)) if found.level >= 1 else _tr("under 1")
        return _tr("baseline %1").replace("%1", level) if level else _tr("baseline not known yet")
    return _tr("usual %1").replace("%1", percent(found.level)) if found else _tr("usual not known yet")


def data(name: str, room: "Room", now: datetime) -> BandData:
    """One measure of a room's volume."""
    seen, kind = room.volume, measure(name)
    ranges = seen.usual[kind]
    values = seen.lines[kind]
    if not any(seen.lines[measure("mentions")]):
        values = (None,) * len(seen.times)
    return BandData(
        places=[_place(at, now) for at in seen.times],
        values=values,
        usual=[None if each is None else (each.low, each.high) for each in ranges],
        name=_tr("Now") if room.incident.closed_at is None else _tr("Written"),
        usual_name=_tr("Usual"),
        minutes=[_minute(at, seen.length) for at in seen.times],
        short=_short(seen, now),
        moments=_moments(room.incident, seen),
        stretches=_stretches(room, now),
        about=_about(name, seen),
        place_name=_tr("Time"),
        high=LEAST_HIGH[name],
        shown=percent if name == "negative" else _figure,
    )


def _about(name: str, seen: "Volume") -> str:
    length = max(seen.length, timedelta(minutes=15)) if name == "negative" else seen.length
    minutes = round(length.total_seconds() / 60)
    hours = minutes // 60
    told = counted("%n minutes", minutes, "incidents")
    if length >= HOUR:
        told = _tr("an hour") if hours == 1 else counted("%n hours", hours, "incidents")
    where = seen.accounts[0] if len(seen.accounts) == 1 else _tr("all accounts")
    return _tr(COUNTED[name]).replace("%1", told).replace("%2", isolate(where))


def _figure(value: float) -> str:
    return number(round(value)) if value >= 10 or value == round(value) else f"{value:.1f}"  # noqa: PLR2004 - small figures have a decimal


def _moments(found: Incident, seen: "Volume") -> list[Moment]:
    """What became of it when, where that falls into the time that is shown; the present state stands out."""
    told = []
    by_hand = found.opened_at == found.confirmed_at
    for state, column, role in PATH:
        at: datetime | None = getattr(found, column)
        ended = state is IncidentState.CLOSED and found.state not in {IncidentState.CLOSED, IncidentState.DISMISSED}
        if at is None or ended or (state is IncidentState.SUSPECTED and by_hand):
            continue
        shown = found.state if state is IncidentState.CLOSED else state
        said = f"{words.state(shown)} {_clock(at)}"
        told.append(Moment(_at(at, seen), said, role if found.state is shown else "text2", found.state is shown))
    return [each for each in told if 0 <= each.at <= len(seen.times)]


def _stretches(room: "Room", now: datetime) -> list[Stretch]:
    found = []
    for each in room.spells:
        begin, end = _at(each.since, room.volume), _at(each.until or now, room.volume)
        if end > 0 and begin < len(room.volume.times):
            found.append(Stretch(begin, end, _tr("Posts held")))
    return found


def _at(at: datetime, seen: "Volume") -> float:
    """A time as places from the start."""
    return (at - seen.times[0]) / seen.length


def _minute(at: datetime, length: timedelta) -> int:
    """The minute of the day on the user's clock; a step that is not on a round minute counts as the one before."""
    local = at.astimezone()
    minutes = local.hour * 60 + local.minute
    return minutes - minutes % max(1, round(length.total_seconds() / 60)) if length < HOUR else minutes


def _short(seen: "Volume", now: datetime) -> list[str]:
    """The names below the line: times of day, and the day alone at midnight of a longer time."""
    if seen.length < HOUR and seen.times[0].astimezone().date() == now.astimezone().date():
        return [_clock(at) for at in seen.times]
    firsts = {0} | {
        at + 1
        for at, (first, second) in enumerate(pairwise(seen.times))
        if first.astimezone().date() != second.astimezone().date()
    }
    return [_day(each) if at in firsts else _clock(each) for at, each in enumerate(seen.times)]


def _place(at: datetime, now: datetime) -> str:
    """A step's time, with its day where that is another."""
    same = at.astimezone().date() == now.astimezone().date()
    return _clock(at) if same else f"{_day(at)} {_clock(at)}"


def _day(at: datetime) -> str:
    local = at.astimezone()
    return f"{QLocale().dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)} {local.day}"


def _clock(at: datetime) -> str:
    local = at.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), "HH:mm")


def _tr(text: str) -> str:
    return QCoreApplication.translate("incidents", text)
