"""What the panel says of each clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from inbox.model.clock import Clock
from inbox.model.words import Metric
from inbox.ui.thread.words import metric_words
from inbox.ui.widgets.deadline import Deadline, DeadlineState, deadline, span


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One line: the metric's name, the pill, and for ends that are no deadline plain ``words``."""

    metric: str
    pill: Deadline
    words: str = ""
    late: bool = False


def present(clocks: Sequence[Clock]) -> list[Clock]:
    """For each metric the clock that runs, else the last one."""
    found = []
    for metric in Metric:
        mine = [clock for clock in clocks if clock.metric is metric]
        if mine:
            found.append(([clock for clock in mine if clock.running] or mine)[-1])
    return found


def hours_words(clocks: Sequence[Clock]) -> str:
    """The calendar by which the newest clock with a deadline is measured."""
    named = [clock.calendar for clock in clocks if clock.calendar]
    return named[-1] if named else ""


def clock_line(clock: Clock, now: datetime) -> ClockLine:
    """What is said of one clock."""
    name = metric_words(clock.metric)
    nothing = Deadline(DeadlineState.NONE, "")
    if clock.cancelled_at is not None:
        words = _tr("Ended: %1").replace("%1", clock.cancel_reason) if clock.cancel_reason else _tr("Ended")
        return ClockLine(name, nothing, words)
    if clock.met_at is not None:
        return _met(clock, name)
    if clock.paused and clock.paused[-1][1] is None:
        return ClockLine(name, Deadline(DeadlineState.PAUSED, _tr("Waiting")))
    if clock.due_at is None:
        return ClockLine(name, nothing, _tr("%1 so far").replace("%1", span(now - clock.started_at)))
    shown = deadline(clock.due_at, clock.warn_at, now)
    if shown.state is DeadlineState.OK:
        shown = Deadline(shown.state, _tr("%1 left").replace("%1", shown.text), shown.short)
    return ClockLine(name, shown)


def _met(clock: Clock, name: str) -> ClockLine:
    met = clock.met_at or clock.started_at
    if clock.due_at is not None and met > clock.due_at:
        words = _tr("Met %1 late").replace("%1", span(met - clock.due_at))
        return ClockLine(name, Deadline(DeadlineState.NONE, ""), words, late=True)
    return ClockLine(name, Deadline(DeadlineState.MET, _tr("Met in %1").replace("%1", span(met - clock.started_at))))


def _tr(text: str) -> str:
    return QCoreApplication.translate("details", text)
