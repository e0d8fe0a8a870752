"""A metric's shape as data for the charts: by day, by how long it took, by the hour of the week."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

from inbox.model.report import Shape, Slot, Step
from inbox.ui.charts import BarData, Bars, HeatData, Line, LineData, Marker
from inbox.ui.reports import words
from inbox.ui.reports.words import DAY, HOUR, Unit

FEW: Final = 3
"""An hour of the week with fewer waits has no median that says anything."""
_DARKEST: Final = 0.95
"""The share of cells that are paler than the darkest shade."""


def trend(shape: Shape) -> LineData:
    """The p90 and the median by day, and the target."""
    slots = [slot for _, slot in shape.days]
    usual = sorted(slot.p90_minutes for slot in slots if slot)
    unit = words.unit(usual[len(usual) // 2] if usual else 0)  # one bad day does not make hours of all others
    lines = (
        Line("p90", [None if each is None else unit.of(each.p90_minutes) for each in slots], Marker.SQUARE, "soon"),
        Line(_tr("Median"), [None if each is None else unit.of(each.median_minutes) for each in slots]),
    )
    n = shape.total.n if shape.total else 0
    about = _filled(_tr("%1 by day, %2 days, n = %3"), unit.name, words.plain(len(slots)), words.plain(n))
    target = None if shape.target_minutes is None else unit.of(shape.target_minutes)
    said = "" if target is None else _tr("Target %1").replace("%1", words.plain(target))
    places = [words.day(day) for day, _ in shape.days]
    return LineData(places, lines, about, _tr("Day"), target=target, target_words=said, shown=words.plain)


def kept_steps(shape: Shape) -> tuple[Step, ...]:
    """The bars of the distribution without the empty ones at the far end, the target's bar and its neighbour apart."""
    steps = shape.steps
    last = max((at for at, step in enumerate(steps) if step.n), default=0)
    late = next((at for at, step in enumerate(steps) if step.late), 0)
    return steps[: max(last, late) + 1]


def distribution(shape: Shape, about: str) -> BarData:
    """How many waits took how long; late ones apart."""
    steps = kept_steps(shape)
    late = next((at for at, step in enumerate(steps) if step.late), None)
    target = ""
    if shape.target_minutes is None and shape.met + shape.breached:
        about = _tr("%1; targets differ").replace("%1", about)
    if shape.target_minutes is not None and shape.met + shape.breached:
        met = words.share(shape.met / (shape.met + shape.breached))
        target = _filled(_tr("Target %1: %2 met"), words.length(shape.target_minutes), met)
    return BarData(
        [_upto(step) for step in steps],
        (Bars(_tr("Waits"), [step.n for step in steps]),),
        about,
        _tr("Up to"),
        late,
        target,
        in_time=True,
        shown=words.plain,
        levels=False,
        foot=_tr("up to, minutes unless marked"),
    )


def week(shape: Shape) -> HeatData:
    """The median of each hour of the week; a dash where there are too few."""
    there = sorted(slot.median_minutes for row in shape.week for slot in row if slot is not None and slot.n >= FEW)
    unit = words.unit(there[int(len(there) * _DARKEST)] if there else 0)
    values = [[_median(slot, unit) for slot in row] for row in shape.week]
    return HeatData(
        [words.weekday(at) for at in range(len(values))],
        [f"{at:02d}" for at in range(24)],
        values,
        _tr("median %1; a dash where n is under 3").replace("%1", unit.name),
        _tr("Day"),
        unit.short,
        [words.hour(at) for at in range(24)],
        [words.weekday(at, long=True) for at in range(len(values))],
        shown=words.plain,
        read=_reader(shape),
        darkest=unit.of(there[int(len(there) * _DARKEST)]) if there else None,
    )


def cell_name(at: tuple[int, int]) -> str:
    """An hour of the week in words: "Saturday 03:00 to 04:00"."""
    return f"{words.weekday(at[0], long=True)} {words.hour(at[1])}"


def step_name(shape: Shape, at: int) -> str:
    """A bar in words: "30 min to 1 h"."""
    steps = kept_steps(shape)
    lower = steps[at - 1].upto_minutes if at else 0.0
    upper = steps[at].upto_minutes
    if upper is None:
        return _tr("Over %1").replace("%1", words.length(lower or 0))
    return _filled(_tr("%1 to %2"), words.length(lower or 0), words.length(upper))


def _reader(shape: Shape) -> Callable[[int, int], str]:
    def read(row: int, column: int) -> str:
        slot = shape.week[row][column]
        if slot is None:
            return _tr("Nothing began in this hour.")
        n = words.plain(slot.n)
        if slot.n < FEW:
            return _tr("n = %1, too few for a median. Enter opens the threads").replace("%1", n)
        text = _tr("Median %1, p90 %2, n = %3. Enter opens the threads")
        return _filled(text, words.length(slot.median_minutes), words.length(slot.p90_minutes), n)

    return read


def _median(slot: Slot | None, unit: Unit) -> float | None:
    return None if slot is None or slot.n < FEW else unit.of(slot.median_minutes)


def _upto(step: Step) -> str:
    """Under a bar: bare minutes, hours and days marked; the last has no end."""
    upto = step.upto_minutes
    if upto is None:
        return _tr("more")
    if upto <= HOUR:
        return words.plain(upto)
    if upto < DAY or upto % DAY:
        return _tr("%1 h").replace("%1", words.plain(round(upto / HOUR, 1)))
    return _tr("%1 d").replace("%1", words.plain(upto / DAY))


def _filled(text: str, *parts: str) -> str:
    for at, part in enumerate(parts, 1):
        text = text.replace(f"%{at}", part)
    return text


def _tr(text: str) -> str:
    return QCoreApplication.translate("reports", text)
