"""What the settings would have done, in words."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from inbox.ui.thread.times import here
from inbox.ui.watching.campaignwords import tr
from inbox.ui.watching.found import Real, Tried, Would
from inbox.ui.widgets.figures import Cell
from inbox.ui.widgets.rowlist import Row
from inbox.ui.widgets.words import counted, number

NONE = "\N{EN DASH}"
DOT = " \N{MIDDLE DOT} "
TAGS = {"low": "", "medium": "soon", "high": "late"}
_MINUTE, _HOURS = timedelta(minutes=1), timedelta(hours=2)


def figures(found: Tried) -> tuple[Cell, ...]:
    """The figures that say most, beside those of the settings in force."""
    new, old = found.wanted, found.present
    over = new.false_a_day > new.budget_a_day
    budget = tr("budget %1").replace("%1", _rate(new.budget_a_day))
    return (
        Cell(tr("Incidents opened"), number(new.opened), _in_force(number(old.opened))),
        Cell(tr("Incidents a day"), _rate(new.a_day), _in_force(_rate(old.a_day))),
        Cell(
            tr("Not confirmed, a day"),
            _rate(new.false_a_day),
            f"{budget}{DOT}{_in_force(_rate(old.false_a_day))}",
            "late" if over else "text3",
        ),
        _share(tr("Confirmed ones found"), new.confirmed, old.found(old.confirmed), new.found(new.confirmed)),
        _again(found),
    )


def _share(name: str, these: list[Real], before: int, after: int) -> Cell:
    if not these:
        return Cell(name, NONE, tr("none was confirmed in this time"))
    share = tr("%1 of %2").replace("%1", number(after)).replace("%2", number(len(these)))
    return Cell(name, share, _in_force(number(before)), "late" if after < before else "text3")


def _again(found: Tried) -> Cell:
    name, these = tr("Dismissed ones opened"), found.wanted.dismissed
    if not these:
        return Cell(name, NONE, tr("none was dismissed in this time"))
    before, after = found.present.found(found.present.dismissed), found.wanted.found(these)
    share = tr("%1 of %2").replace("%1", number(after)).replace("%2", number(len(these)))
    return Cell(name, share, _in_force(number(before)), "ok" if after < before else "text3")


def would_row(each: Would, place: int) -> Row:
    """An incident that would have been opened, and what people said where there really was one."""
    facts = [moment(each.at)]
    if each.real:
        real = each.real[0]
        facts += [tr("is “%1”").replace("%1", real.title), verdict(real)]
        if real.earlier is not None:
            facts.append(earlier(real.earlier))
    else:
        facts.append(tr("the workspace had no such incident"))
    if each.signs:
        facts.append(counted("%n further sign(s)", each.signs, "watching"))
    tag = (tr(each.severity.capitalize()), TAGS.get(each.severity, ""), "flame")
    key = each.real[0].id if each.real else f"would {place}"
    good = bool(each.real) and each.real[0].was_real is True
    return Row(
        key,
        each.title,
        (here(each.said, moment), DOT.join(facts)),
        "check" if good else "flame",
        "ok" if good else "hot",
        tag,
    )


def missed_row(each: Real) -> Row:
    """An incident that people confirmed, and that would not have been opened."""
    return Row(
        each.id, each.title, (tr("These settings would not have opened it."), moment(each.noticed_at)), "eye-off"
    )


def verdict(real: Real) -> str:
    """What people said of an incident."""
    if real.was_real is None:
        return tr("undecided")
    return tr("confirmed") if real.was_real else tr("dismissed")


def earlier(by: timedelta) -> str:
    """How much earlier or later an incident would have been opened."""
    if abs(by) < _MINUTE:
        return tr("at the same time")
    if abs(by) < _HOURS:
        words, n = (tr("%1 min earlier") if by > timedelta(0) else tr("%1 min later")), abs(by) / _MINUTE
    else:
        words, n = (tr("%1 h earlier") if by > timedelta(0) else tr("%1 h later")), abs(by) / timedelta(hours=1)
    return words.replace("%1", number(round(n)))


def moment(at: datetime) -> str:
    """Day and time here."""
    local = at.astimezone()
    return f"{QLocale().toString(QDate(local.year, local.month, local.day), 'ddd d MMM')} {local:%H:%M}"


def _in_force(figure: str) -> str:
    return tr("%1 in force").replace("%1", figure)


def _rate(value: float) -> str:
    return QLocale().toString(value, "f", 1 if value == round(value, 1) else 2)
