"""The week as a picture: a row a day, a block an interval; drawn, moved and resized by mouse, or all by keys."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from inbox.model.people import Week
from inbox.ui.calendars.drag import Drag, Grip, ended, started
from inbox.ui.calendars.pictureart import (
    GRIP,
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
from inbox.ui.calendars.week import (
    DAY,
    STEP,
    Block,
    Place,
    Span,
    added,
    blocks,
    changed,
    free,
    intervals,
    of_row,
    put,
    removed,
    span_of,
)
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import CENTER, rounded

LEAST: Final = 260
_DAYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -7, Qt.Key.Key_End: 7}
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ADD = frozenset({Qt.Key.Key_Insert, Qt.Key.Key_Plus})
_REMOVE = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class WeekPicture(QWidget):
    """``edited`` carries the week after each change, ``moved`` comes when another place is chosen."""

    edited = Signal(object)
    moved = Signal()
    opened = Signal()
    undone = Signal()

    def __init__(self) -> None:
        """An empty week."""
        super().__init__()
        self.week: Week = {}
        self.place = Place(0)
        self.always = False
        self.now: tuple[int, int] | None = None
        self._copied: tuple[object, ...] | None = None
        self._drag: Drag | None = None
        self._dragging = False
        self._pressed = QPoint()
        self.setAccessibleName(self.tr("Hours of the week"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # -- what is shown

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

    def go_to(self, place: Place) -> None:
        """Chooses a place and says it."""
        self.place = place
        words = self.says()
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self.moved.emit()
        self.update()

    # -- changes

    def add(self) -> None:
        """An interval more on the chosen day, where there is room."""
        found = None if self.always else free(self.week, self.place.day)
        if found is not None:
            self._put(*added(self.week, self.place.day, found))

    def remove(self) -> None:
        """The chosen interval goes."""
        if self.always or self.span() is None:
            return
        week = removed(self.week, self.place)
        self._put(week, Place(self.place.day, min(self.place.at, len(intervals(week, self.place.day)) - 1)))

    def reshape(self, span: Span) -> None:
        """Other times for the chosen interval."""
        if self.span() is not None:
            self._put(*changed(self.week, self.place, self.place.day, span))

    def copy(self) -> None:
        """Keeps the hours of the chosen day for ``paste``."""
        self._copied = intervals(self.week, self.place.day)
        words = self.tr("The hours of %1 are copied").replace("%1", day_name(self.place.day))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def paste(self) -> None:
        """The hours that were copied, on the chosen day."""
        if self._copied is not None and not self.always:
            week = put(self.week, self.place.day, self._copied)  # type: ignore[arg-type]
            self._put(week, Place(self.place.day, 0 if self._copied else -1))

    def _put(self, week: Week, place: Place) -> None:
        different = week != self.week
        self.week = week
        if different:
            self.edited.emit(week)
        self.go_to(place)

    # -- keys

    def event(self, event: QEvent) -> bool:
        """Keys of the picture are not commands of the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._knows(event):
            event.accept()
            return True
        return super().event(event)

    def _knows(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        standard = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Undo)
        plain = key in _DAYS or key in _SIDES or key in _ADD or key in _REMOVE or key in _ENTER
        return plain or any(event.matches(each) for each in standard)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose; with Ctrl they move, with Shift they resize. Enter edits, Insert adds, Delete removes."""
        key = Qt.Key(event.key())
        if self._dragging and key is Qt.Key.Key_Escape:
            self._end_drag(keep=False)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        elif not self._knows(event):
            super().keyPressEvent(event)
        elif key in _ADD:
            self.add()
        elif key in _REMOVE:
            self.remove()
        elif key in _ENTER:
            self.opened.emit()
        elif key in _DAYS:
            self._go_day(self.place.day + _DAYS[key])
        else:
            self._sideways(_SIDES[key], event.modifiers())

    def _sideways(self, step: int, held: Qt.KeyboardModifier) -> None:
        """Time runs left to right in every language."""
        there, span = len(intervals(self.week, self.place.day)), self.span()
        if not held & (_CTRL | _SHIFT):
            if there:
                self.go_to(Place(self.place.day, min(max(0, self.place.at + step), there - 1)))
        elif span is not None and not self.always:
            if held & _CTRL and held & _SHIFT:
                self.reshape(started(span, span.start + step * STEP))
            elif held & _SHIFT:
                self.reshape(ended(span, span.end + step * STEP))
            else:
                start = min(max(0, span.start + step * STEP), DAY - STEP)
                self.reshape(Span(start, start + span.end - span.start))

    def _go_day(self, day: int) -> None:
        """To another day, there to the interval that begins nearest."""
        day, span = min(6, max(0, day)), self.span()
        hours = intervals(self.week, day)
        near = 0 if span is None else span.start
        starts = [abs(span_of(each).start - near) for each in hours]
        self.go_to(Place(day, starts.index(min(starts)) if starts else -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Says where it is."""
        super().focusInEvent(event)
        self.go_to(self.place)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On a block it chooses and holds it, elsewhere it begins a new one."""
        at = event.position().toPoint()
        if event.button() is not Qt.MouseButton.LeftButton or self.always or not self._frame().area.contains(at):
            return
        day, minute = self._frame().at(at)
        found = self._under(at)
        self._pressed = at
        if found is None:
            self._drag = Drag(self.week, Grip.NEW, Place(day), day, minute)
            self.go_to(Place(day))
            return
        block, grip = found
        self._drag = Drag(self.week, grip, block.place, day, minute, block.tail)
        self.go_to(block.place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The interval goes with the pointer, in steps of a quarter of an hour."""
        at = event.position().toPoint()
        if self._drag is None:
            found = self._under(at)
            self._point(None if found is None else found[1])
            return
        if not self._dragging and (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._dragging = True
        self.week, self.place = self._drag.to(*self._frame().at(at))
        self.moved.emit()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It lands."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._end_drag(keep=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a block its times are edited; elsewhere an hour begins there."""
        at = event.position().toPoint()
        if self.always or not self._frame().area.contains(at):
            return
        if self._under(at) is not None:
            self.opened.emit()
            return
        day, minute = self._frame().at(at)
        start = min(int(minute) // 60 * 60, DAY - 60)
        self._put(*added(self.week, day, Span(start, start + 60)))

    def _end_drag(self, *, keep: bool) -> None:
        drag, was = self._drag, self._dragging
        self._drag, self._dragging = None, False
        if drag is None or not was:
            return
        if not keep:
            self.week = drag.week
            self.go_to(drag.place)
        elif self.week != drag.week:
            self.edited.emit(self.week)
            self.go_to(self.place)
        self.update()

    def _point(self, grip: Grip | None) -> None:
        shape = {
            None: Qt.CursorShape.CrossCursor,
            Grip.WHOLE: Qt.CursorShape.OpenHandCursor,
        }.get(grip, Qt.CursorShape.SizeHorCursor)
        self.setCursor(Qt.CursorShape.ArrowCursor if self.always else shape)

    def _under(self, point: QPoint) -> tuple[Block, Grip] | None:
        """The block under a point, the chosen one first, and where it is held."""
        at, wide = self._frame(), current().px(GRIP)
        found = [each for each in blocks(self.week) if at.box(each).contains(point)]
        if not found:
            return None
        block = next((each for each in found if each.place == self.place), found[-1])
        box = at.box(block)
        runs_on = not block.tail and span_of(intervals(self.week, block.place.day)[block.place.at]).end > DAY
        wide = min(wide, box.width() // 4)
        if not block.tail and point.x() - box.left() < wide:
            return block, Grip.START
        if not runs_on and box.right() - point.x() < wide:
            return block, Grip.END
        return block, Grip.WHOLE

    # -- painting

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
        span = self.span() if self._dragging else None
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
