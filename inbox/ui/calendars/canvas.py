"""The week as it is painted: a row a day, a block an interval; which place is chosen, and what it says."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.model.people import Week
from inbox.ui.calendars.pictureart import (
    HEAD,
    ROW,
    Frame,
    draw_block,
    draw_grid,
    draw_grips,
    draw_hours,
    draw_names,
    draw_now,
    draw_now_line,
    draw_words,
    frame,
    now_label,
)
from inbox.ui.calendars.says import DASH, clock, day_name, length, span_words, spoken
from inbox.ui.calendars.week import DAY, Block, Place, Span, blocks, intervals, of_row, span_of
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import CENTER, rounded

LEAST: Final = 260


class WeekCanvas(QWidget):
    """Paints ``week``; ``place`` is chosen, ``dragging`` shows its times beside it."""

    def __init__(self) -> None:
        """An empty week."""
        super().__init__()
        self.week: Week = {}
        self.place = Place(0)
        self.always = False
        self.now: tuple[int, int] | None = None
        self.dragging = False
        self.setAccessibleName(self.tr("Hours of the week"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_week(self, week: Week, *, always: bool) -> None:
        """Another week, silently; the place is kept where there still is one."""
        self.week, self.always = week, always
        there = len(intervals(week, self.place.day))
        at = min(self.place.at, there - 1) if self.place.at >= 0 else (0 if there else -1)
        self.place = Place(self.place.day, at)
        self.setAccessibleDescription(self.says())
        self.update()

    def show_now(self, local: datetime | None) -> None:
        """The time in the calendar's zone; None where the zone is not known."""
        now = None if local is None else (local.weekday(), local.hour * 60 + local.minute)
        if now != self.now:
            self.now = now
            self.update()

    def span(self) -> Span | None:
        """The chosen interval; None where a day without any is chosen."""
        day, at = self.place
        hours = intervals(self.week, day)
        return span_of(hours[at]) if 0 <= at < len(hours) else None

    def says(self) -> str:
        """The chosen place as a sentence."""
        if self.always:
            return self.tr("Always open")
        day, at = self.place
        found, there = self.span(), len(intervals(self.week, day))
        if found is None:
            night = max((each.end for each in blocks(self.week) if each.row == day and each.tail), default=0)
            words = self.tr("%1, nothing begins, open until %2") if night else self.tr("%1, closed")
            return words.replace("%1", day_name(day)).replace("%2", clock(night))
        words = spoken(day, found)
        if there > 1:
            words += self.tr(", %1 of %2").replace("%1", str(at + 1)).replace("%2", str(there))
        return words

    @property
    def _mirror(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _frame(self) -> Frame:
        return frame(self.width(), self.height(), mirror=self._mirror)

    def minimumSizeHint(self) -> QSize:
        """Room to draw in."""
        return QSize(current().px(LEAST), self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Seven rows and the hours."""
        return QSize(current().px(560), current().px(HEAD + 7 * ROW) + 1)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size makes it larger."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, blocks, now; while something is dragged, its times."""
        del event
        at, theme = self._frame(), current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        today = -1 if self.now is None else self.now[0]
        draw_grid(painter, at, today)
        taken = QRect()
        if self.now is not None:
            taken = now_label(at, self.now[1], clock(self.now[1]))
        draw_hours(painter, at, taken)
        short = self.width() < theme.px(560)
        minutes = [DAY if self.always else of_row(self.week, day) for day in range(7)]
        words = [(day_name(day, short=short), length(minutes[day]) if minutes[day] else "") for day in range(7)]
        draw_names(painter, at, words, today, mirror=self._mirror)
        if self.now is not None:
            draw_now_line(painter, at, self.now[1])
        self._draw_blocks(painter, at)
        self._draw_place(painter, at)
        painter.end()

    def _pieces(self) -> list[tuple[Block, Span]]:
        """What is painted, the chosen interval last, so that it lies on top."""
        if self.always:
            return [(Block(Place(day), day, 0, DAY), Span(0, DAY)) for day in range(7)]
        found = sorted(blocks(self.week), key=lambda each: each.place == self.place)
        return [(each, span_of(intervals(self.week, each.place.day)[each.place.at])) for each in found]

    def _draw_blocks(self, painter: QPainter, at: Frame) -> None:
        pieces = self._pieces()
        for each, span in pieces:
            chosen = each.place == self.place and not self.always
            box, runs_on = at.box(each), span.end > DAY and not each.tail
            draw_block(painter, box, tail=each.tail, runs_on=runs_on, chosen=chosen)
            if chosen:
                draw_grips(painter, box, start=not each.tail, end=not runs_on)
        if self.now is not None:
            draw_now(painter, at, *self.now, clock(self.now[1]))
        for each, span in pieces:
            chosen = each.place == self.place and not self.always
            words = _labels(span, tail=each.tail, runs_on=span.end > DAY and not each.tail)
            draw_words(painter, at.box(each), words, chosen=chosen)

    def _draw_place(self, painter: QPainter, at: Frame) -> None:
        """The ring around what the keys reach, and the times of what is dragged."""
        theme = current()
        if self.hasFocus() and not self.always:
            here = [at.box(each) for each in blocks(self.week) if each.place == self.place]
            for box in here or [at.row(self.place.day).adjusted(1, 1, -1, -1)]:
                rounded(painter, box.adjusted(-2, -2, 2, 2), theme.px(5), None, QPen(theme.color("accent"), 2))
        elif self.hasFocus():
            rounded(painter, at.area, theme.px(4), None, QPen(theme.color("accent"), 2))
        span = self.span() if self.dragging else None
        if span is None:
            return
        words = f"{day_name(self.place.day, short=True)} {span_words(span)} · {length(span.end - span.start)}"
        metrics = QFontMetrics(theme.font("meta_strong"))
        size = QSize(metrics.horizontalAdvance(words) + theme.px(20), theme.px(26))
        row = at.row(self.place.day)
        left = min(max(0, at.x(span.start)), self.width() - size.width())
        top = row.top() - size.height() if row.top() - size.height() > 0 else row.bottom() + 1
        box = QRect(QPoint(left, top), size)
        rounded(painter, box, theme.px(6), theme.color("undo"), QPen(theme.color("strong"), 1))
        painter.setFont(theme.font("meta_strong"))
        painter.setPen(theme.color("on_undo"))
        painter.drawText(box, CENTER, isolate(words))


def _labels(span: Span, *, tail: bool, runs_on: bool) -> list[str]:
    """What may stand in a block, the fullest first; "13-18" where there is no room for more."""
    start, end = clock(span.start), clock(span.end)
    short = f"{start.removesuffix(':00')}{DASH}{end.removesuffix(':00')}"
    if tail:
        return [f"{DASH} {end}", end, f"{DASH}{end.removesuffix(':00')}"]
    if runs_on:
        return [f"{start} {DASH} {end}", f"{start} {DASH}", short, f"{start.removesuffix(':00')}{DASH}"]
    return [f"{start} {DASH} {end}", short]
