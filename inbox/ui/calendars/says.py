"""What the calendars' screen says: times, days, offsets, states, in the user's language."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from inbox.model.people import Interval
from inbox.ui.calendars.reading import State
from inbox.ui.calendars.week import DAY, Span, span_of
from inbox.ui.widgets.words import counted, number

SHORT, LONG = QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat
DASH, MINUS = "\u2013", "\u2212"
_WEEK: Final = timedelta(days=6)


def tr(text: str, **parts: str) -> str:
    """The translation, with ``%name`` put in for each part."""
    words = QCoreApplication.translate("calendars", text)
    for name, part in parts.items():
        words = words.replace(f"%{name}", part)
    return words


def day_name(day: int, *, short: bool = False) -> str:
    """Monday is 0."""
    return QLocale().dayName(day + 1, SHORT if short else LONG)


def clock(minutes: int) -> str:
    """Minutes from midnight as "07:30"; the end of the day is "24:00", and beyond it the next day's time."""
    if minutes > DAY:
        minutes -= DAY
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def span_words(span: Span) -> str:
    """Two times: "07:00 to 12:00"."""
    return tr("%start to %end", start=clock(span.start), end=clock(span.end))


def hours_words(hours: Iterable[Interval]) -> str:
    """All hours of a day; "closed" where there are none."""
    return ", ".join(span_words(span_of(each)) for each in hours) or tr("closed")


def hours_typed(hours: Iterable[Interval]) -> str:
    """The same as it is typed."""
    spans = (span_of(each) for each in hours)
    return ", ".join(f"{clock(each.start)}{DASH}{clock(each.end)}" for each in spans)


def spoken(day: int, span: Span) -> str:
    """One interval as a sentence's beginning: "Monday, 22:00 to 06:00 on Tuesday"."""
    words = f"{day_name(day)}, {span_words(span)}"
    if span.end > DAY:
        words = tr("%hours on %day", hours=words, day=day_name((day + 1) % 7))
    return words


def length(minutes: int) -> str:
    """A length: "7 h", "7 h 30", "45 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("%n min", n=str(rest))
    return tr("%h h %m", h=number(hours), m=f"{rest:02d}") if rest else tr("%h h", h=number(hours))


def exactly(span: timedelta) -> str:
    """A length to the second where it has seconds."""
    seconds = int(span.total_seconds())
    words = length(seconds // 60) if seconds >= 60 or not seconds else ""  # noqa: PLR2004 - a minute
    rest = tr("%n s", n=str(seconds % 60)) if seconds % 60 else ""
    return " ".join(part for part in (words, rest) if part)


def day_words(day: date, *, year: bool = True) -> str:
    """A date with its day: "Fri 25 Dec 2026"."""
    shown = QDate(day.year, day.month, day.day)
    return QLocale().toString(shown, "ddd d MMM yyyy" if year else "ddd d MMM")


def offset(at: datetime) -> str:
    """How far the zone of an aware time is from UTC: "UTC+05:30"."""
    away = at.utcoffset() or timedelta(0)
    minutes = int(abs(away).total_seconds()) // 60
    sign = MINUS if away < timedelta(0) else "+"
    return f"UTC{sign}{minutes // 60:02d}:{minutes % 60:02d}" if minutes else "UTC"


def place_of(at: datetime, now: datetime) -> str:
    """A time near to now, both in the calendar's zone: "21:00", "Mon 09:00", "4 Jan 09:00"."""
    words = f"{at:%H:%M}"
    if at.date() == now.date():
        return words
    if timedelta(0) < at.date() - now.date() <= _WEEK:
        return f"{day_name(at.weekday(), short=True)} {words}"
    return f"{QLocale().toString(QDate(at.year, at.month, at.day), 'd MMM')} {words}"


def state_words(state: State | None, now: datetime) -> str:
    """Whether a calendar is open at ``now``, and until when; empty while that is not known."""
    if state is None:
        return ""
    if state.refusal:
        return tr("Cannot be used")
    if state.always:
        return tr("Always open")
    if state.changes is None:
        return tr("Open") if state.open else tr("Not open within a year")
    here = ZoneInfo(state.zone)
    when = place_of(state.changes.astimezone(here), now.astimezone(here))
    return tr("Open until %when", when=when) if state.open else tr("Closed, opens %when", when=when)


def used_words(areas: int, policies: int, rules: int) -> str:
    """Who uses a calendar: "2 policies, 1 area"; where nothing does, that."""
    parts = []
    if policies:
        one = tr("1 policy")
        parts.append(one if policies == 1 else counted("%n policies", policies, "calendars"))
    if areas:
        parts.append(counted("%n area(s)", areas, "calendars"))
    if rules:
        parts.append(counted("%n rule(s)", rules, "calendars"))
    return ", ".join(parts) or tr("not used")
