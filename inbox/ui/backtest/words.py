"""A backtest's figures in words: what there was, what there would be, and the difference."""

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from inbox.model.workspace import UNSORTED
from inbox.ui.backtest.outcome import Outcome
from inbox.ui.widgets.figures import Cell
from inbox.ui.widgets.words import counted, number

UNKNOWN = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; ``tone`` is the colour role of the change, which its words tell as well."""

    name: str
    before: str
    after: str
    change: str
    tone: str


def figure_cells(found: Outcome) -> tuple[Cell, ...]:
    """The figures that say most of a run, as they would be, with the change from what was."""
    cells = [
        Cell(_tr("Threads"), number(found.threads), f"{found.seconds:.1f} s"),
        Cell(_tr("Would go elsewhere"), number(found.moved), share_words(found.moved / max(1, found.threads))),
        _cell(_tr("Sorted by hand"), found.unsorted_before, found.unsorted_after),
        _cell(_tr("Deadlines missed"), found.missed_before, found.missed_after),
    ]
    if found.corrected:
        right = _tr("%1 of %2").replace("%1", number(found.right_after)).replace("%2", number(found.corrected))
        about = _than_before(found.right_before, found.right_after)
        better = found.right_after - found.right_before
        tone = "ok" if better > 0 else "late" if better < 0 else "text3"
        cells.append(Cell(_tr("Where people moved them"), right, about, tone))
    return tuple(cells)


def _cell(name: str, before: int | None, after: int | None) -> Cell:
    if before is None or after is None:
        known = _tr("%1 before; after is not known").replace("%1", figure(before)) if before is not None else ""
        return Cell(name, figure(after), known or _tr("cannot be computed"))
    return Cell(name, number(after), _than_before(before, after), tone_of(before, after, fewer_is_better=True))


def _than_before(before: int, after: int) -> str:
    words = change_words(before, after)
    return words if before == after else _tr("%1 than before (%2)").replace("%1", words).replace("%2", number(before))


def summary_lines(found: Outcome, area: str) -> tuple[Line, ...]:
    """The load of one area, what is sorted by hand, and the deadlines missed there; everywhere for Unsorted."""
    chosen = found.area(area)
    lines = []
    if area != UNSORTED:
        lines.append(_line(_tr("Threads in %1").replace("%1", area), chosen.before, chosen.after))
    lines.append(_line(_tr("Sorted by hand"), found.unsorted_before, found.unsorted_after, fewer_is_better=True))
    if area == UNSORTED:
        lines.append(_line(_tr("Deadlines missed"), found.missed_before, found.missed_after, fewer_is_better=True))
    else:
        name = _tr("Deadlines missed, %1").replace("%1", area)
        lines.append(_line(name, chosen.missed_before, chosen.missed_after, fewer_is_better=True))
    return tuple(lines)


def period_words(found: Outcome, since: timedelta) -> str:
    """How much was tried: "last 30 days, 6,218 threads, 1.4 s"."""
    days = counted("last %n day(s)", max(1, since.days), "backtest")
    threads = counted("%n thread(s)", found.threads, "backtest").replace(str(found.threads), number(found.threads), 1)
    return f"{days}, {threads}, {found.seconds:.1f} s"


def change_words(before: int | None, after: int | None) -> str:
    """How the figure changes ("37 more", "34 fewer", "same"); a dash where that is not known."""
    if before is None or after is None:
        return UNKNOWN
    if before == after:
        return _tr("same")
    words = _tr("%1 more") if after > before else _tr("%1 fewer")
    return words.replace("%1", number(abs(after - before)))


def tone_of(before: int | None, after: int | None, *, fewer_is_better: bool) -> str:
    """The colour role of a change: neither good nor bad unless fewer is better."""
    if before is None or after is None or before == after or not fewer_is_better:
        return "text" if before != after else "text3"
    return "ok" if after < before else "late"


def figure(value: int | None) -> str:
    """A count, or a dash."""
    return UNKNOWN if value is None else number(value)


def share_words(share: float) -> str:
    """A share in whole percent, with one decimal where it is nearly all or nearly none."""
    percent = share * 100
    return f"{percent:.1f}%" if percent not in {0.0, 100.0} and not 1 <= percent <= 99 else f"{percent:.0f}%"  # noqa: PLR2004 - percent


def _line(name: str, before: int | None, after: int | None, *, fewer_is_better: bool = False) -> Line:
    tone = tone_of(before, after, fewer_is_better=fewer_is_better)
    return Line(name, figure(before), figure(after), change_words(before, after), tone)


def _tr(text: str) -> str:
    return QCoreApplication.translate("backtest", text)
