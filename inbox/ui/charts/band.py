"""One line over time against the range that is usual, with what happened marked and stretches of time shaded."""

from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from inbox.ui.charts.axis import draw_levels, height_of, label_width, ticks
from inbox.ui.charts.data import GAP, BandData, Moment, Sheet
from inbox.ui.charts.frame import Chart
from inbox.ui.charts.ink import draw_stretch, draw_swath
from inbox.ui.charts.legend import Shaded, Stroke, Swath
from inbox.ui.charts.plot import LEAST, Cell, Plot, Spot
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import NO_PEN

NOTHING = BandData((), ())
APART = (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)
"""Names stand so many minutes apart on the axis: the first of these that leaves room."""
LANES = 2
LOWEST = 124


class BandChart(Chart):
    """Left and right go through time."""

    def __init__(self, title: str, empty: str = "", parent: QWidget | None = None) -> None:
        """``empty`` is said while the line holds nothing."""
        self._plot = _BandPlot(title)
        super().__init__(title, self._plot, empty, parent)

    def set_data(self, data: BandData) -> None:
        """Shows other figures."""
        self._plot.data = data
        headings = (data.place_name, data.name, *((data.usual_name,) if data.knows else ()))
        rows = [self._plot.words(place) for place in range(len(data.places))]
        cells = [row if data.knows else row[:1] for row in rows]
        self._fill_table(Sheet(headings, data.places, cells), across=True)
        entries: list[Stroke | Swath | Shaded] = [Stroke(data.name, data.role)]
        if data.knows:
            entries.append(Swath(data.usual_name))
        entries += [Shaded(words) for words in dict.fromkeys(each.words for each in data.stretches)]
        self.legend.show_entries(*entries)
        filled = any(value is not None for value in data.values)
        self._say(data.about, data.summary or self._summary(data), filled=filled)

    def _summary(self, data: BandData) -> str:
        """Where the line stands now and stood highest, what is usual, and what happened when."""
        there = [(value, data.places[at]) for at, value in enumerate(data.values) if value is not None]
        if not there:
            return ""
        words = self.tr("%1: now %2 (%3), highest %4 (%5)")
        facts = (data.name, data.shown(there[-1][0]), there[-1][1])
        highest = max(there, key=lambda pair: pair[0])
        for number, fact in enumerate((*facts, data.shown(highest[0]), highest[1]), start=1):
            words = words.replace(f"%{number}", fact)
        usual = self._plot.words(len(data.values) - 1)[1]
        parts = [words, f"{data.usual_name}: {usual}" if data.knows else "", *(each.words for each in data.moments)]
        return "; ".join(part for part in parts if part) + "."


class _BandPlot(Plot):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.data = NOTHING

    def words(self, place: int) -> tuple[str, str]:
        """A figure, and what is usual there, in words; a dash for what nobody knows."""
        data = self.data
        value, usual = data.values[place], data.usual[place] if data.usual else None
        said = GAP if usual is None else f"{data.shown(usual[0])} {GAP} {data.shown(usual[1])}"
        return GAP if value is None else data.shown(value), said

    def says(self, cell: Cell) -> tuple[str, str]:
        """The time; the figure, and what is usual."""
        value, usual = self.words(cell[1])
        data = self.data
        return data.places[cell[1]], f"{data.name} {value}" + (f", {data.usual_name} {usual}" if data.knows else "")

    def minimumSizeHint(self) -> QSize:
        """It bears being pressed together more than others: one line, and no names at its end."""
        return QSize(current().px(LEAST.width()), current().px(LOWEST))

    def layout_spots(self) -> list[Spot]:
        """A column for each place, marked at its point."""
        if not self.data.places:
            return []
        area, levels, side = self._area(), self._levels(), current().px(10)
        found = []
        for place, value in enumerate(self.data.values):
            left, right = (round(self._x(edge, area)) for edge in (place, place + 1))
            y = float(area.bottom()) if value is None else height_of(value, levels, area)
            middle = self._x(place + 0.5, area)
            mark = QRectF(middle - side / 2, y - side / 2, side, side).toRect()
            found.append(Spot((0, place), QRect(left, area.top(), max(1, right - left), area.height()), mark))
        return found

    def draw(self, painter: QPainter) -> None:
        """Shades, levels, what is usual, moments, and the line over all."""
        if not self.spots:
            return
        area, levels = self._area(), self._levels()
        for each in self.data.stretches:
            left, right = (self._x(min(max(at, 0), len(self.data.places)), area) for at in (each.begin, each.end))
            draw_stretch(painter, QRectF(left, area.top(), max(2.0, right - left), area.height()))
        draw_levels(painter, levels, area, self.data.shown)
        self._draw_usual(painter, area, levels)
        self._draw_names(painter, area)
        self._draw_moments(painter, area)
        self._draw_line(painter, area, levels)

    def _draw_usual(self, painter: QPainter, area: QRect, levels: list[float]) -> None:
        """The range, as long as it is known without a gap."""
        upper: list[QPointF] = []
        lower: list[QPointF] = []
        for place, usual in enumerate([*self.data.usual, None]):
            if usual is not None:
                x = self._x(place + 0.5, area)
                edge = {0: self._x(0, area), len(self.data.places) - 1: self._x(place + 1, area)}.get(place, x)
                for at in dict.fromkeys((min(edge, x), max(edge, x))):
                    upper.append(QPointF(at, height_of(usual[1], levels, area)))
                    lower.append(QPointF(at, height_of(usual[0], levels, area)))
            elif upper:
                draw_swath(painter, upper, lower)
                upper, lower = [], []

    def _draw_line(self, painter: QPainter, area: QRect, levels: list[float]) -> None:
        theme = current()
        points = [
            None if value is None else QPointF(self._x(place + 0.5, area), height_of(value, levels, area))
            for place, value in enumerate(self.data.values)
        ]
        pen = QPen(theme.color(self.data.role), 2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for first, second in pairwise(points):
            if first is not None and second is not None:
                painter.drawLine(QLineF(first, second))
        alone = [at for at, point in enumerate(points) if point is not None and _lone(points, at)]
        last = max((at for at, point in enumerate(points) if point is not None), default=-1)
        painter.setPen(NO_PEN)
        painter.setBrush(theme.color(self.data.role))
        for at in {*alone, last}:
            point, radius = points[at], theme.px(4 if at == last else 2)
            if point is not None:
                painter.drawEllipse(point, radius, radius)

    def _draw_moments(self, painter: QPainter, area: QRect) -> None:
        """Dashed lines, each with its words beside its top."""
        theme = current()
        labels = self._labels(area)
        for moment in self.data.moments:
            x = round(self._x(moment.at, area)) + 0.5
            painter.setPen(QPen(theme.color(moment.role), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, labels[moment][0].top() if moment in labels else area.top(), x, area.bottom()))
        for moment, (box, crosses) in labels.items():
            if crosses:
                painter.fillRect(box, theme.color("surface"))
            painter.setFont(theme.font("caption_strong" if moment.strong else "caption"))
            painter.setPen(theme.color(moment.role))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, isolate(moment.words))

    def _labels(self, area: QRect) -> dict[Moment, tuple[QRect, bool]]:
        """Where the words of moments stand, and whether another line runs behind them. Where two would touch, one
        stands lower.
        """
        theme = current()
        height = theme.fonts.line("caption")
        lines = [self._x(each.at, area) for each in self.data.moments]
        found: dict[Moment, tuple[QRect, bool]] = {}
        for x, moment in sorted(zip(lines, self.data.moments, strict=True), key=lambda pair: pair[0]):
            metrics = QFontMetrics(theme.font("caption_strong" if moment.strong else "caption"))
            size = QSize(metrics.horizontalAdvance(moment.words) + 2, height)
            taken, others = [box for box, _ in found.values()], [line for line in lines if line != x]
            for crosses in (False, True):
                box = _free(x, size, taken, [] if crosses else others, self.width())
                if box is not None:
                    found[moment] = (box, crosses)
                    break
        return found

    def _draw_names(self, painter: QPainter, area: QRect) -> None:
        """Round times below the line, as many as there is room for."""
        theme, names = current(), self.data.short or self.data.places
        font = theme.font("caption")
        metrics = QFontMetrics(font)
        widest = max(metrics.horizontalAdvance(name) for name in names) + theme.px(24)
        shown = [0]
        for apart in APART:
            shown = [at for at, minute in enumerate(self.data.minutes) if minute % apart == 0] or [0]
            if all((second - first) * area.width() >= widest * len(names) for first, second in pairwise(shown)):
                break
        painter.setFont(font)
        painter.setPen(theme.color("text3"))
        for at in shown:
            width = metrics.horizontalAdvance(names[at]) + 4
            left = min(max(0, round(self._x(at, area)) - width // 2), self.width() - width)
            box = QRect(left, area.bottom() + theme.px(5), width, theme.fonts.line("caption"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, isolate(names[at]))

    def _area(self) -> QRect:
        theme = current()
        left = label_width(self._levels(), self.data.shown) + theme.px(4)
        foot, width = theme.px(22), max(1, self.width() - left - theme.px(8))
        labels = self._labels(QRect(left, 0, width, 1))
        top = max((box.bottom() + 1 for box, _ in labels.values()), default=0) + theme.px(8)
        return QRect(left, top, width, max(1, self.height() - top - foot))

    def _x(self, place: float, area: QRect) -> float:
        return area.left() + place / max(1, len(self.data.places)) * area.width()

    def _levels(self) -> list[float]:
        data = self.data
        given = [value for value in data.values if value is not None]
        reached = [*given, *(usual[1] for usual in data.usual if usual is not None), data.high]
        whole = all(value == round(value) for value in given) and max(reached) > 1
        return ticks(0.0, max(reached), whole=whole)


def _lone(points: list[QPointF | None], at: int) -> bool:
    before, after = points[at - 1] if at else None, points[at + 1] if at + 1 < len(points) else None
    return before is None and after is None


def _free(x: float, size: QSize, taken: list[QRect], lines: list[float], width: int) -> QRect | None:
    """Where words stand beside a line at ``x``: after it, else before it, in the first lane where they touch nothing;
    None where there is no room.
    """
    gap = current().px(5)
    for lane in range(LANES):
        for left in (round(x) + gap, round(x) - gap - size.width()):
            box = QRect(left, lane * size.height(), size.width(), size.height())
            crossed = any(box.left() - gap < line < box.right() + gap for line in lines)
            inside = box.left() >= 0 and box.right() < width
            if inside and not crossed and not any(box.adjusted(-gap, 0, gap, 0).intersects(each) for each in taken):
                return box
    return None
