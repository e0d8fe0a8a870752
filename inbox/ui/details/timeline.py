"""One clock as a line in time: where it started, ran and paused, when it is due and how it ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.model.clock import Clock
from inbox.ui.theme import current
from inbox.ui.thread.times import moment
from inbox.ui.thread.words import metric_words
from inbox.ui.widgets.focus import RINGED

HEIGHT = 20
EDGE = 6
Spans = Sequence[tuple[datetime, datetime]]
OpenHours = Mapping[str, Spans]
"""By a calendar's name, when it is open within the time shown; of one that is not named it is always."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The time that the lines share."""

    begin: datetime
    end: datetime

    def part(self, at: datetime) -> float:
        """Where an instant lies, from 0 to 1."""
        return min(1.0, max(0.0, (at - self.begin) / (self.end - self.begin)))


def axis(clocks: Iterable[Clock], now: datetime) -> Axis:
    """From the first start to the last thing known or due, an hour at least."""
    shown = list(clocks)
    begin = min((each.started_at for each in shown), default=now)
    known = [at for each in shown for at in (each.due_at, each.met_at, each.cancelled_at) if at is not None]
    if any(each.running for each in shown):
        known.append(now)
    return Axis(begin, max([begin + timedelta(hours=1), *known]))


def sentence(clock: Clock, now: datetime) -> str:
    """The line as words: every time that it shows."""
    said = [_tr("started %1").replace("%1", moment(clock.started_at, now))]
    for begin, end in clock.paused:
        words = _tr("paused since %1") if end is None else _tr("paused %1 to %2")
        said.append(words.replace("%1", moment(begin, now)).replace("%2", moment(end or now, now)))
    if clock.warn_at is not None:
        said.append(_tr("warning %1").replace("%1", moment(clock.warn_at, now)))
    said.append(_tr("due %1").replace("%1", moment(clock.due_at, now)) if clock.due_at else _tr("no deadline"))
    if clock.breached_at is not None:
        said.append(_tr("late since %1").replace("%1", moment(clock.breached_at, now)))
    if clock.met_at is not None:
        said.append(_tr("met %1").replace("%1", moment(clock.met_at, now)))
    elif clock.cancelled_at is not None:
        why = clock.cancel_reason or ""
        said.append(_tr("ended %1, %2").replace("%1", moment(clock.cancelled_at, now)).replace("%2", why))
    else:
        said.append(_tr("still running"))
    return f"{metric_words(clock.metric)}: {', '.join(said)}."


class ClockBar(QWidget):
    """The line, painted; the keyboard reaches it, and it says its sentence."""

    def __init__(self, clock: Clock, over: Axis, now: datetime, opened: Spans | None) -> None:
        """``opened`` None is a calendar that is always open."""
        super().__init__()
        self._clock, self._axis, self._now, self._opened = clock, over, now, opened
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RINGED, True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = sentence(clock, now)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(current().px(120), current().px(HEIGHT))

    def pieces(self) -> list[tuple[str, datetime, datetime]]:
        """What the line is made of: (open, closed or paused, from, to) until it ended or now."""
        clock = self._clock
        until = max(clock.met_at or clock.cancelled_at or self._now, clock.started_at)
        cuts = {clock.started_at, until}
        spans = [*(self._opened or ()), *((begin, end or until) for begin, end in clock.paused)]
        cuts |= {at for span in spans for at in span if clock.started_at < at < until}
        ordered = sorted(cuts)
        return [(self._kind(begin, until), begin, end) for begin, end in pairwise(ordered)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line, its marks, and the present."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clock, theme = self._clock, current()
        pens = {
            "open": self._pen("text2", 3),
            "closed": self._pen("strong", 1),
            "paused": self._pen("text3", 2, dashed=True),
        }
        for kind, begin, end in self.pieces():
            self._line(painter, pens[kind], begin, end)
        if clock.running:
            if clock.due_at is not None and clock.due_at > self._now:
                self._line(painter, self._pen("strong", 1), self._now, clock.due_at)
            self._tick(painter, "accent", self._now, 16, dashed=True)
        self._tick(painter, "text2", clock.started_at, 8)
        if clock.warn_at is not None:
            self._tick(painter, "soon", clock.warn_at, 8)
        if clock.due_at is not None:
            self._tick(painter, "late" if clock.breached_at else "text", clock.due_at, 14)
        if clock.met_at is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("late" if clock.breached_at else "ok"))
            painter.drawEllipse(self._at(clock.met_at), theme.px(4), theme.px(4))
        elif clock.cancelled_at is not None:
            self._cross(painter, clock.cancelled_at)

    def _kind(self, at: datetime, until: datetime) -> str:
        if any(begin <= at < (end or until) for begin, end in self._clock.paused):
            return "paused"
        if self._opened is None or any(begin <= at < end for begin, end in self._opened):
            return "open"
        return "closed"

    def _at(self, at: datetime) -> QPointF:
        edge = current().px(EDGE)
        # Time goes left to right whichever way the screen reads, as in every chart.
        return QPointF(edge + self._axis.part(at) * (self.width() - 2 * edge), self.height() / 2)

    def _pen(self, role: str, width: int, *, dashed: bool = False) -> QPen:
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        pen = QPen(current().color(role), current().px(width), style, Qt.PenCapStyle.FlatCap)
        if dashed:
            pen.setDashPattern([2, 2])
        return pen

    def _line(self, painter: QPainter, pen: QPen, begin: datetime, end: datetime) -> None:
        painter.setPen(pen)
        painter.drawLine(self._at(begin), self._at(end))

    def _tick(self, painter: QPainter, role: str, at: datetime, tall: int, *, dashed: bool = False) -> None:
        painter.setPen(self._pen(role, 1 if dashed else 2, dashed=dashed))
        half = QPointF(0, current().px(tall) / 2)
        painter.drawLine(self._at(at) - half, self._at(at) + half)

    def _cross(self, painter: QPainter, at: datetime) -> None:
        painter.setPen(self._pen("text2", 2))
        arm = current().px(4)
        for rise in (-arm, arm):
            painter.drawLine(self._at(at) + QPointF(-arm, rise), self._at(at) + QPointF(arm, -rise))


def _tr(text: str) -> str:
    return QCoreApplication.translate("details", text)
