"""Times of a preview in words, in the zone of its calendar."""

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from inbox.model import duration
from inbox.model.people import WEEKDAYS

if TYPE_CHECKING:
    from inbox.flow.policies import Promises

_WEEK: Final = timedelta(days=7)
_MINUTE: Final = 60


def here(promises: "Promises") -> tzinfo:
    """The zone that a preview's times are read in."""
    from inbox.sla.hours import zone

    return zone(promises.calendar.time_zone)


def spoken(at: datetime, zone: tzinfo, posted: datetime) -> str:
    """Like "Monday 09:20"; with its date where that is not within a week of the posting."""
    local = at.astimezone(zone)
    return f"{_day(local, posted, zone, QLocale.FormatType.LongFormat)} {_clock(local)}"


def short(at: datetime, zone: tzinfo, posted: datetime) -> str:
    """Like "Mon 09:20"."""
    local = at.astimezone(zone)
    return f"{_day(local, posted, zone, QLocale.FormatType.ShortFormat)} {_clock(local)}"


def span(start: datetime, end: datetime, zone: tzinfo, posted: datetime) -> str:
    """Like "Fri 16:50 to 18:00"."""
    begins, ends = start.astimezone(zone), end.astimezone(zone)
    until = _clock(ends) if begins.date() == ends.date() else short(end, zone, posted)
    return _tr("%1 to %2").replace("%1", short(start, zone, posted)).replace("%2", until)


def length(span: timedelta) -> str:
    """Open time as people add it up: "45 min", "1 h 10", "63 h": a day of it is no day of the calendar."""
    seconds = int(span.total_seconds())
    hours, minutes, left = seconds // 3600, seconds % 3600 // 60, seconds % 60
    if left:
        return _tr("%1 s").replace("%1", str(seconds)) if seconds < _MINUTE else duration.show(span)
    if not hours:
        return _tr("%1 min").replace("%1", str(minutes))
    said = _tr("%1 h").replace("%1", str(hours))
    return f"{said} {minutes:02d}" if minutes else said


def written(at: datetime, zone: tzinfo, now: datetime) -> str:
    """As the field takes it back: "fri 16:50" within the coming week, else the whole date."""
    local = at.astimezone(zone)
    if now < at < now + _WEEK:
        return f"{WEEKDAYS[local.weekday()]} {local:%H:%M}"
    return f"{local:%Y-%m-%d %H:%M}"


def _clock(local: datetime) -> str:
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def _day(local: datetime, posted: datetime, zone: tzinfo, form: QLocale.FormatType) -> str:
    named = QLocale().dayName(local.isoweekday(), form)
    away = abs((local.date() - posted.astimezone(zone).date()).days)
    if away < _WEEK.days:
        return named
    shape = "d MMM" if local.year == posted.astimezone(zone).year else "d MMM yyyy"
    return f"{named} {QLocale().toString(QDate(local.year, local.month, local.day), shape)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("policies", text)
