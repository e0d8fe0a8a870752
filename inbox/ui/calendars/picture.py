"""The week as a picture: a row a day, a block an interval; drawn, moved and resized by mouse, or all by keys."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication

from inbox.model.people import Interval, Week
from inbox.ui.calendars.canvas import WeekCanvas
from inbox.ui.calendars.drag import Drag, Grip, ended, started
from inbox.ui.calendars.pictureart import GRIP
from inbox.ui.calendars.says import day_name
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
    put,
    removed,
    span_of,
)
from inbox.ui.theme import current

_DAYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -7, Qt.Key.Key_End: 7}
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ADD = frozenset({Qt.Key.Key_Insert, Qt.Key.Key_Plus})
_REMOVE = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class WeekPicture(WeekCanvas):
    """``edited`` carries the week after each change, ``moved`` comes when another place is chosen."""

    edited = Signal(object)
    moved = Signal()
    opened = Signal()
    undone = Signal()

    def __init__(self) -> None:
        """An empty week."""
        super().__init__()
        self._copied: tuple[Interval, ...] | None = None
        self._drag: Drag | None = None
        self._pressed = QPoint()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    # -- where one is

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
            week = put(self.week, self.place.day, self._copied)
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
        if self.dragging and key is Qt.Key.Key_Escape:
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
        if not self.dragging and (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self.dragging = True
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
        drag, was = self._drag, self.dragging
        self._drag, self.dragging = None, False
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
