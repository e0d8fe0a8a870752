"""Lines over time, with gaps where nothing was measured and each line's name at its end."""

from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from inbox.ui.charts.axis import draw_levels, draw_places, height_of, label_width, ticks
from inbox.ui.charts.data import GAP, Line, LineData, Marker, Sheet
from inbox.ui.charts.frame import Chart
from inbox.ui.charts.plot import LEAST, Cell, Plot, Spot
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING

NO_DATA = LineData((), ())
CROWDED = 60
"""From this many places on, markers would touch: only the ends, the highest and the lone ones have theirs."""
LONGEST_NAME = 140


class LineChart(Chart):
    """Left and right go through time, up and down from line to line."""

    def __init__(self, title: str, empty: str = "", parent: QWidget | None = None) -> None:
        """``empty`` is said while there are no places, or no line holds anything."""
        self._lines = _LinePlot(title)
        super().__init__(title, self._lines, empty, parent)

    def set_data(self, data: LineData) -> None:
        """Shows other figures."""
        self._lines.data = data
        cells = [[self._lines.words((at, place)) for at in range(len(data.lines))] for place in range(len(data.places))]
        self._fill_table(Sheet((data.place_name, *(line.name for line in data.lines)), data.places, cells), across=True)
        filled = any(value is not None for line in data.lines for value in line.values)
        self._say(data.about, data.summary or self._summary(data), filled=filled)

    def _summary(self, data: LineData) -> str:
        """From where to where each line goes, and its highest."""
        said = []
        for line in data.lines:
            there = [(value, data.places[at]) for at, value in enumerate(line.values) if value is not None]
            if not there:
                continue
            (first, first_at), (last, last_at) = there[0], there[-1]
            highest, highest_at = max(there, key=lambda pair: pair[0])
            words = self.tr("%1: from %2 (%3) to %4 (%5), highest %6 (%7)")
            facts = (line.name, data.shown(first), first_at, data.shown(last), last_at, data.shown(highest), highest_at)
            for number, fact in enumerate(facts, start=1):
                words = words.replace(f"%{number}", fact)
            said.append(words)
        return "; ".join(said) + "." if said else ""


class _LinePlot(Plot):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.data = NO_DATA

    def words(self, cell: Cell) -> str:
        """A figure in words; a dash for a gap."""
        value = self.data.lines[cell[0]].values[cell[1]]
        return GAP if value is None else self.data.shown(value)

    def says(self, cell: Cell) -> tuple[str, str]:
        """The place in time; every line's figure there."""
        several = len(self.data.lines) > 1
        said = [
            f"{line.name} {self.words((at, cell[1]))}" if several else self.words((at, cell[1]))
            for at, line in enumerate(self.data.lines)
        ]
        return self.data.places[cell[1]], ", ".join(said)

    def minimumSizeHint(self) -> QSize:
        """Lines bear being pressed together."""
        return QSize(current().px(LEAST.width()) + self._names_width(), current().px(LEAST.height()))

    def layout_spots(self) -> list[Spot]:
        """A small box around each point; a gap's lies at the foot."""
        if not self.data.places:
            return []
        area, values, side = self._area(), self._levels(), current().px(12)
        found = []
        for at, line in enumerate(self.data.lines):
            for place, value in enumerate(line.values):
                y = area.bottom() if value is None else height_of(value, values, area)
                center = QPointF(self._x(place, area), y)
                box = QRectF(center.x() - side / 2, center.y() - side / 2, side, side)
                found.append(Spot((at, place), box.toRect()))
        return found

    def draw(self, painter: QPainter) -> None:
        """Levels, target, lines, and names at their ends."""
        if not self.spots:
            return
        area, values = self._area(), self._levels()
        draw_levels(painter, values, area, self.data.shown)
        centers = [round(self._x(place, area)) for place in range(len(self.data.places))]
        draw_places(painter, self.data.places, centers, area)
        if self.data.target is not None:
            self._draw_target(painter, area, height_of(self.data.target, values, area))
        for line in self.data.lines:
            self._draw_line(painter, line, area, values)
        self._draw_names(painter, area, values)

    def _draw_target(self, painter: QPainter, area: QRect, y: float) -> None:
        painter.setPen(QPen(current().color("text2"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(area.left(), round(y) + 0.5, area.right(), round(y) + 0.5))

    def _draw_line(self, painter: QPainter, line: Line, area: QRect, values: list[float]) -> None:
        points = [
            None if value is None else QPointF(self._x(place, area), height_of(value, values, area))
            for place, value in enumerate(line.values)
        ]
        painter.setPen(QPen(current().color(line.role), 2 if line.marker is Marker.ROUND else 1.5))
        for first, second in pairwise(points):
            if first is not None and second is not None:
                painter.drawLine(QLineF(first, second))
        for place, point in enumerate(points):
            if point is not None and (len(points) < CROWDED or self._stands_out(line, place)):
                _draw_marker(painter, point, line)

    @staticmethod
    def _stands_out(line: Line, place: int) -> bool:
        before = line.values[place - 1] if place else None
        after = line.values[place + 1] if place + 1 < len(line.values) else None
        there = [value for value in line.values if value is not None]
        return before is None or after is None or line.values[place] == max(there)

    def _draw_names(self, painter: QPainter, area: QRect, values: list[float]) -> None:
        """Each line's name at its last point, pushed apart where two would touch."""
        theme = current()
        height = theme.fonts.line("meta")
        wanted = [(y, words, role, strong) for y, words, role, strong in self._ends(area, values)]
        wanted.sort(key=lambda end: end[0])
        left = area.right() + theme.px(8)
        for top, (_y, words, role, strong) in zip(_apart([y for y, *_ in wanted], height, area), wanted, strict=True):
            font = theme.font("meta_strong" if strong else "meta")
            painter.setFont(font)
            painter.setPen(theme.color(role))
            room = self.width() - left
            elided = QFontMetrics(font).elidedText(isolate(words), Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, round(top), room, height), LEADING, elided)

    def _ends(self, area: QRect, values: list[float]) -> list[tuple[float, str, str, bool]]:
        found = []
        for line in self.data.lines:
            last = next((value for value in reversed(line.values) if value is not None), None)
            if last is not None:
                found.append((height_of(last, values, area), line.name, line.role, True))
        if self.data.target is not None:
            found.append((height_of(self.data.target, values, area), self.data.target_words, "text2", False))
        return found

    def _area(self) -> QRect:
        theme = current()
        left = label_width(self._levels(), self.data.shown) + theme.px(4)
        top, foot = theme.px(10), theme.px(24)
        width = self.width() - left - self._names_width()
        return QRect(left, top, max(1, width), max(1, self.height() - top - foot))

    def _names_width(self) -> int:
        theme = current()
        metrics = QFontMetrics(theme.font("meta_strong"))
        names = [line.name for line in self.data.lines] + ([self.data.target_words] if self.data.target else [])
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        return min(widest, theme.px(LONGEST_NAME)) + theme.px(14)

    def _x(self, place: int, area: QRect) -> float:
        count = len(self.data.places)
        side = current().px(6)
        return area.left() + side + (place / (count - 1) if count > 1 else 0.5) * (area.width() - 2 * side)

    def _levels(self) -> list[float]:
        given = [value for line in self.data.lines for value in line.values if value is not None]
        reached = [*given, *([self.data.target] if self.data.target is not None else [])]
        if self.data.high is not None:
            reached.append(self.data.high)
        whole = all(value == round(value) for value in given) and max(reached, default=1.0) > 1
        return ticks(self.data.low, max(reached, default=self.data.low + 1.0), whole=whole)


def _apart(middles: list[float], height: int, area: QRect) -> list[float]:
    """Where the tops of names stand: at their lines, none over another, and the lowest above the names of places."""
    tops: list[float] = []
    for middle in middles:
        tops.append(max(middle - height / 2, tops[-1] + height if tops else float(area.top() - height)))
    limit = float(area.bottom() + 1 - height)
    for at in range(len(tops) - 1, -1, -1):
        tops[at] = min(tops[at], limit)
        limit = tops[at] - height
    return tops


def _draw_marker(painter: QPainter, point: QPointF, line: Line) -> None:
    """Round and filled, or square and hollow."""
    theme = current()
    size = theme.px(6)
    box = QRectF(point.x() - size / 2, point.y() - size / 2, size, size)
    painter.save()
    painter.setPen(QPen(theme.color(line.role), 1.5))
    if line.marker is Marker.ROUND:
        painter.setBrush(theme.color(line.role))
        painter.drawEllipse(box)
    else:
        painter.setBrush(theme.color("surface"))
        painter.drawRect(box)
    painter.restore()
