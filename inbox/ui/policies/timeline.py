"""The time from a posting to its deadline as a line: what counts is a bar, what is closed a dashed stretch."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import rounded

BAR, GAP, LEAST, MARK = 10, 3, 3, 14
HEIGHT = 44


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the line: open where ``why`` is empty."""

    start: datetime
    end: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What is drawn: the stretches in order, when the warning comes, and the words at both ends."""

    stretches: tuple[Stretch, ...]
    begins: str
    ends: str
    warn_at: datetime | None = None


class Timeline(QWidget):
    """Runs from left to right in every language, as charts do. ``said`` is all of it in words."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self._course: Course | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def show_course(self, course: Course, said: str) -> None:
        """Another line; ``said`` is what a screen reader says of it."""
        self._course = course
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        """A bar with its captions."""
        return QSize(current().px(160), current().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """May be squeezed to the sides."""
        return QSize(current().px(80), current().px(HEIGHT))

    def boxes(self) -> list[tuple[Stretch, int, int]]:
        """Each stretch with its left and right; what counts is never too thin to be seen."""
        course = self._course
        if course is None or not course.stretches:
            return []
        first, last = course.stretches[0].start, course.stretches[-1].end
        whole = (last - first).total_seconds() or 1.0
        width = max(1, self.width() - current().px(2))
        found = []
        for each in course.stretches:
            left = round(width * (each.start - first).total_seconds() / whole)
            right = round(width * (each.end - first).total_seconds() / whole)
            if not each.why and right - left < current().px(LEAST):
                left = max(0, min(left, width - current().px(LEAST)))
                right = left + current().px(LEAST)
            found.append((each, left, right))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, dashes, the warning, and the words below."""
        del event
        course, boxes = self._course, self.boxes()
        if course is None or not boxes:
            return
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = theme.px(MARK) // 2 + 1
        for each, left, right in boxes:
            if each.why:
                self._closed(painter, left, right, middle)
        for each, left, right in boxes:
            if not each.why:
                bar = QRect(left, middle - theme.px(BAR) // 2, max(1, right - left), theme.px(BAR))
                rounded(painter, bar, min(2, bar.width() / 2), theme.color("accent_fill"), None)
        self._marks(painter, course, boxes, middle)
        self._words(painter, course, boxes)
        painter.end()

    @staticmethod
    def _closed(painter: QPainter, left: int, right: int, middle: int) -> None:
        painter.setPen(QPen(current().color("strong"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(left, middle, right, middle)

    def _marks(self, painter: QPainter, course: Course, boxes: list[tuple[Stretch, int, int]], middle: int) -> None:
        """The warning is a thin upright line, the deadline a thick one."""
        theme = current()
        half = theme.px(MARK) // 2
        if course.warn_at is not None:
            x = self._place(course.warn_at, boxes)
            painter.setPen(QPen(theme.color("soon"), theme.px(2)))
            painter.drawLine(x, middle - half, x, middle + half)
        end = boxes[-1][2]
        painter.setPen(QPen(theme.color("late"), theme.px(3)))
        painter.drawLine(end - 1, middle - half, end - 1, middle + half)

    @staticmethod
    def _place(at: datetime, boxes: list[tuple[Stretch, int, int]]) -> int:
        for each, left, right in boxes:
            if each.start <= at <= each.end and not each.why:
                share = (at - each.start) / ((each.end - each.start) or (each.end - each.start).resolution)
                return left + round((right - left) * share)
        return boxes[0][1]

    def _words(self, painter: QPainter, course: Course, boxes: list[tuple[Stretch, int, int]]) -> None:
        """Both ends, and between them the reasons that find room."""
        theme = current()
        font = theme.font("caption")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        top = theme.px(MARK) + theme.px(6)
        height = theme.fonts.line("caption")
        upright = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        gap = theme.px(12)
        left_room = metrics.horizontalAdvance(course.begins) + gap
        right_room = self.width() - metrics.horizontalAdvance(course.ends) - gap
        painter.setPen(theme.color("text2"))
        whole = QRect(0, top, self.width(), height)
        painter.drawText(whole, upright | Qt.AlignmentFlag.AlignLeft, isolate(course.begins))
        painter.drawText(whole, upright | Qt.AlignmentFlag.AlignRight, isolate(course.ends))
        painter.setPen(theme.color("text3"))
        taken = left_room
        for each, left, right in boxes:
            width = metrics.horizontalAdvance(each.why)
            begin = (left + right - width) // 2
            if each.why and begin >= taken and begin + width <= right_room and width <= right - left:
                painter.drawText(
                    QRect(begin, top, width + 2, height), upright | Qt.AlignmentFlag.AlignLeft, isolate(each.why)
                )
                taken = begin + width + gap
