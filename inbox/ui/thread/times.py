"""Times in words, in the user's own zone."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

WEEK = timedelta(days=6)
WRITTEN = "%Y-%m-%d %H:%M UTC"
_WRITTEN = re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d UTC\b")


def clock_time(at: datetime) -> str:
    """The time of day, as 18:02."""
    local = at.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), "HH:mm")


def day_words(day: date, today: date) -> str:
    """Today, Yesterday, a weekday of this week, else the date."""
    if day == today:
        return _tr("Today")
    if day == today - timedelta(days=1):
        return _tr("Yesterday")
    shown = QDate(day.year, day.month, day.day)
    if timedelta(0) < today - day <= WEEK:
        return QLocale().dayName(shown.dayOfWeek(), QLocale.FormatType.LongFormat)
    return QLocale().toString(shown, "d MMMM" if day.year == today.year else "d MMMM yyyy")


def since_words(at: datetime, now: datetime) -> str:
    """When something began, shortly: "13:31" today, "Sat 18:02" this week, else "12 Mar"."""
    day, today = at.astimezone().date(), now.astimezone().date()
    if day == today:
        return clock_time(at)
    shown = QDate(day.year, day.month, day.day)
    if timedelta(0) < today - day <= WEEK:
        return f"{QLocale().dayName(shown.dayOfWeek(), QLocale.FormatType.ShortFormat)} {clock_time(at)}"
    return QLocale().toString(shown, "d MMM" if day.year == today.year else "d MMM yyyy")


def moment(at: datetime, now: datetime) -> str:
    """A whole sentence's moment: "today 18:02", "Sat 18:02", "12 Mar 18:02"."""
    day, today = at.astimezone().date(), now.astimezone().date()
    if day == today:
        return clock_time(at)
    words = since_words(at, now)
    return words if ":" in words else f"{words} {clock_time(at)}"


def here(said: str, told: Callable[[datetime], str]) -> str:
    """A sentence that a command or the collector wrote, with its times in UTC for everybody, as ``told`` says them."""
    return _WRITTEN.sub(lambda found: told(datetime.strptime(found[0], WRITTEN).replace(tzinfo=UTC)), said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("times", text)
