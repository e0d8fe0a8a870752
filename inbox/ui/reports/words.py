"""What reports say: lengths, shares, changes, periods and the names of what can be chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from inbox.model.report import By, ColumnKind
from inbox.model.words import Metric
from inbox.ui.widgets.words import counted, number

NONE: Final = "\N{EM DASH}"
HOUR, DAY = 60, 1440
_HOURS_FROM, _DAYS_FROM = 360, 5760
_ROUND = 10


@dataclass(frozen=True, slots=True)
class Unit:
    """What minutes are counted in on a chart."""

    minutes: int
    name: str
    short: str

    def of(self, minutes: float) -> float:
        """Minutes in this unit: whole where they are many."""
        value = minutes / self.minutes
        return float(round(value)) if value >= _ROUND or self.minutes == 1 else round(value, 1)


def unit(longest: float) -> Unit:
    """Minutes, hours or days: what reads best up to some length in minutes."""
    if longest >= _DAYS_FROM:
        return Unit(DAY, _tr("days"), _tr("d"))
    if longest >= _HOURS_FROM:
        return Unit(HOUR, _tr("hours"), _tr("h"))
    return Unit(1, _tr("minutes"), _tr("min"))


def length(minutes: float) -> str:
    """Under an hour minutes, then hours and minutes, past two days days: "31 min", "1 h 20", "3 d"."""
    whole = round(minutes)
    if whole < HOUR:
        return _tr("%1 min").replace("%1", number(whole))
    if whole < 2 * DAY:
        hours, left = divmod(whole, HOUR)
        return _tr("%1 h").replace("%1", number(hours)) + (f" {left:02d}" if left else "")
    return _tr("%1 d").replace("%1", plain(round(minutes / DAY, 1)))


def plain(value: float) -> str:
    """A figure in the user's digits: whole ones whole, others with as many decimals as they have, two at most."""
    here = QLocale()
    if value == round(value):
        return number(round(value))
    decimals = 1 if value == round(value, 1) else 2
    plain_ = here.language() == QLocale.Language.C
    return f"{value:.{decimals}f}" if plain_ else here.toString(value, "f", decimals)


def share(value: float | None) -> str:
    """A share as people read it."""
    if value is None:
        return NONE
    # One of a thousand that was missed is not all of them.
    nearly = 0.995 <= value < 1  # noqa: PLR2004 - what would be rounded to all
    return f"{plain(min(99.9, round(value * 100, 1)))}%" if nearly else f"{number(round(value * 100))}%"


def cell(kind: ColumnKind, value: str | float | None) -> str:
    """A value of a table as it is shown."""
    if value is None or value == "":
        return NONE
    if isinstance(value, str):
        return value
    shown: dict[ColumnKind, Callable[[float], str]] = {
        ColumnKind.COUNT: lambda value: number(round(value)),
        ColumnKind.MINUTES: length,
        ColumnKind.SHARE: share,
    }
    return shown.get(kind, plain)(value)


@dataclass(frozen=True, slots=True)
class Shift:
    """How a figure differs from the period before: in words (``short`` where there is little room), in which colour
    role, and up (1), down (-1) or not.
    """

    words: str
    tone: str = "text3"
    way: int = 0
    short: str = ""


def shorter(now: float, was: float | None) -> Shift:
    """How lengths in minutes differ; shorter is better."""
    if was is None:
        return _nothing()
    if round(now) == round(was):
        return Shift(_tr("as before"))
    by = length(abs(now - was))
    if now < was:
        return Shift(_put(_tr("%1 shorter than before"), by), "ok", -1, _put(_tr("%1 shorter"), by))
    return Shift(_put(_tr("%1 longer than before"), by), "late", 1, _put(_tr("%1 longer"), by))


def more(now: int, was: int | None) -> Shift:
    """How counts differ; neither way is better."""
    if not was:
        return _nothing()
    by = number(abs(now - was))
    if now == was:
        return Shift(_tr("as many as before"))
    if now > was:
        return Shift(_put(_tr("%1 more than before"), by), "text3", 1, _put(_tr("%1 more"), by))
    return Shift(_put(_tr("%1 fewer than before"), by), "text3", -1, _put(_tr("%1 fewer"), by))


def better(now: float | None, was: float | None) -> Shift:
    """How shares differ; more is better."""
    if now is None or was is None:
        return _nothing()
    points = round(now * 100) - round(was * 100)
    if points == 0:
        return Shift(_tr("as before"))
    if points > 0:
        said = counted("%n point(s) more than before", points, "reports")
        return Shift(said, "ok", 1, counted("%n point(s) more", points, "reports"))
    said = counted("%n point(s) less than before", -points, "reports")
    return Shift(said, "late", -1, counted("%n point(s) less", -points, "reports"))


def _nothing() -> Shift:
    return Shift(_tr("nothing to compare with"), short=_tr("no period before"))


def _put(text: str, part: str) -> str:
    return text.replace("%1", part)


def on_target(*, met: bool) -> str:
    """Whether a line of the scorecard is where it should be."""
    return _tr("On target") if met else _tr("Missed")


def untold(*, has_target: bool) -> str:
    """Why nothing is said of a line: no value yet, or nothing to hold it against."""
    return _tr("No value") if has_target else _tr("No target")


def day(of: date) -> str:
    """A day, as 10 Nov."""
    return QLocale().toString(QDate(of.year, of.month, of.day), "d MMM")


def days(first: date, last: date) -> str:
    """A period: "10 to 23 Nov", "28 Oct to 3 Nov", "3 Nov"; both days are in it."""
    if first == last:
        return day(first)
    text = _tr("%1 to %2").replace("%2", day(last))
    same = (first.year, first.month) == (last.year, last.month)
    return text.replace("%1", number(first.day) if same else day(first))


def weekday(at: int, *, long: bool = False) -> str:
    """A day of the week, from Monday (0)."""
    kind = QLocale.FormatType.LongFormat if long else QLocale.FormatType.ShortFormat
    return QLocale().standaloneDayName(at + 1, kind)


def hour(at: int) -> str:
    """An hour of the day in full: "03:00 to 04:00"."""
    return _tr("%1:00 to %2:00").replace("%1", f"{at:02d}").replace("%2", f"{(at + 1) % 24:02d}")


def metric(which: Metric) -> str:
    """First response, next response or resolution."""
    return {
        Metric.FIRST: _tr("First response"),
        Metric.NEXT: _tr("Next response"),
        Metric.RESOLUTION: _tr("Resolution"),
    }[which]


def report(name: str) -> str:
    """What a report is called."""
    return {
        "response-times": _tr("Response times"),
        "sla": _tr("Targets"),
        "volume": _tr("Volume"),
        "workload": _tr("Workload"),
        "outcomes": _tr("Outcomes"),
        "incidents": _tr("Incidents"),
        "scorecard": _tr("Scorecard"),
        "digest": _tr("What customers said"),
    }.get(name, name)


def nothing(name: str) -> str:
    """What is said where a report has no rows."""
    return {
        "volume": _tr("Nothing was posted in this time."),
        "workload": _tr("Nobody had a thread in this time."),
        "outcomes": _tr("No thread began in this time."),
        "incidents": _tr("No incident was opened in this time."),
        "digest": _tr("Customers said nothing in this time."),
        "sla": _tr("No wait with a target began in this time."),
    }.get(name, _tr("No wait began in this time."))


def group(by: By) -> str:
    """What rows stand for."""
    return {
        By.ACCOUNT: _tr("Account"),
        By.BRAND: _tr("Brand"),
        By.AREA: _tr("Area"),
        By.EMPLOYEE: _tr("Employee"),
        By.NETWORK: _tr("Network"),
        By.PRIORITY: _tr("Priority"),
    }[by]


def by(what: str, group_by: By) -> str:
    """A report and what its rows stand for: "Targets by area"."""
    return _tr("%1 by %2").replace("%1", what).replace("%2", group(group_by).lower())


def everything(by: By) -> str:
    """What keeps all of a grouping."""
    return {By.AREA: _tr("All areas"), By.ACCOUNT: _tr("All accounts")}.get(by, _tr("All priorities"))


def period(key: str) -> str:
    """What a period is called in its menu."""
    return {
        "7": _tr("Last 7 days"),
        "14": _tr("Last 14 days"),
        "28": _tr("Last 28 days"),
        "month": _tr("This month"),
        "last-month": _tr("Last month"),
        "dates": _tr("From and to …"),
    }[key]


def _tr(text: str) -> str:
    return QCoreApplication.translate("reports", text)
