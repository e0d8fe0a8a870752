"""Bars side by side for each key: how many there were before and after, or how figures are distributed."""

from PySide6.QtCore import QCoreApplication, QLineF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from inbox.ui.charts.axis import draw_levels, height_of, label_width, ticks
from inbox.ui.charts.data import GAP, BarData, Look, Sheet
from inbox.ui.charts.frame import Chart
from inbox.ui.charts.ink import fill_bar
from inbox.ui.charts.legend import Entry
from inbox.ui.charts.plot import LEAST, Cell, Plot, Spot
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.words import counted

NO_DATA = BarData((), ())
WIDEST_BAR = 40
THINNEST_BAR, LEAST_BAR = 14, 22
TOLD = 4
"""Keys that the spoken sentence names; the table has the rest."""


class BarChart(Chart):
    """Grouped bars. Left and right go from key to key, up and down from series to series."""

    def __init__(self, title: str, empty: str = "", parent: QWidget | None = None) -> None:
        """``empty`` is said while there are no keys."""
        self._bars = _BarPlot(title)
        super().__init__(title, self._bars, empty, parent)

    def set_data(self, data: BarData) -> None:
        """Shows other figures."""
        self._bars.data = data
        several = data.bars if len(data.bars) > 1 else ()
        self.legend.show_entries(*(Entry(bars.look, bars.name) for bars in several))
        cells = [[self._bars.words((at, key)) for at in range(len(data.bars))] for key in range(len(data.keys))]
        self._fill_table(Sheet((data.key_name, *(bars.name for bars in data.bars)), data.keys, cells), across=True)
        self._say(data.about, data.summary or _summary(data), filled=bool(data.keys and data.bars))


class _BarPlot(Plot):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.data = NO_DATA

    def words(self, cell: Cell) -> str:
        """A figure in words; a dash for a gap."""
        value = self.data.bars[cell[0]].values[cell[1]]
        return GAP if value is None else self.data.shown(value)

    def says(self, cell: Cell) -> tuple[str, str]:
        """The key; every series' figure, since they are compared."""
        data = self.data
        several = len(data.bars) > 1
        said = [
            f"{bars.name} {self.words((at, cell[1]))}" if several else self.words((at, cell[1]))
            for at, bars in enumerate(data.bars)
        ]
        if data.late_from is not None and cell[1] >= data.late_from:
            said.append(QCoreApplication.translate("charts", "late"))
        return data.keys[cell[1]], ", ".join(said)

    def minimumSizeHint(self) -> QSize:
        """Bars are never thinner than their figures need; the picture scrolls instead."""
        theme = current()
        group = self._least_bar() * max(1, self._across) + theme.px(12)
        return QSize(max(theme.px(LEAST.width()), group * len(self.data.keys) + theme.px(48)), theme.px(LEAST.height()))

    def _least_bar(self) -> int:
        """As wide as the longest figure, within bounds: the hours of a day fit where they hold one digit each."""
        theme = current()
        metrics = QFontMetrics(theme.font("caption"))
        figures = (self.data.shown(value) for bars in self.data.bars for value in bars.values if value is not None)
        longest = max((metrics.horizontalAdvance(each) for each in figures), default=0) + theme.px(2)
        return min(max(longest, theme.px(THINNEST_BAR)), theme.px(LEAST_BAR))

    def layout_spots(self) -> list[Spot]:
        """Each bar's column from top to bottom, so that low bars are hit as well; parts of a stack by themselves."""
        area = self._area()
        if not self.data.keys or not self.data.bars:
            return []
        values = self._values()
        return [
            self._spot_of((series, key), area, values)
            for series in range(len(self.data.bars))
            for key in range(len(self.data.keys))
        ]

    def _spot_of(self, cell: Cell, area: QRect, values: list[float]) -> Spot:
        data, (series, key), count = self.data, cell, self._across
        group = area.width() / len(data.keys)
        bar = round(min(current().px(WIDEST_BAR), (group - current().px(8)) / count))
        place = len(data.keys) - 1 - key if self.mirrored and not data.in_time else key
        left = area.left() + group * (place + 0.5) - bar * count / 2 + (0 if data.stacked else bar * series)
        below = sum(bars.values[key] or 0.0 for bars in data.bars[:series]) if data.stacked else 0.0
        foot = round(height_of(below, values, area))
        top = round(height_of(below + (data.bars[series].values[key] or 0.0), values, area))
        mark = QRect(round(left), top, bar - 1, foot - top)
        return Spot(cell, mark if data.stacked else QRect(mark.left(), area.top(), bar - 1, area.height()), mark)

    @property
    def _across(self) -> int:
        """How many bars stand beside each other for a key."""
        return 1 if self.data.stacked else len(self.data.bars)

    def draw(self, painter: QPainter) -> None:
        """Levels, bars with their figures, names, and the line before what is late."""
        if not self.spots:
            return
        area = self._area()
        values = self._values()
        if self.data.levels:
            draw_levels(painter, values, area, self.data.shown)
        else:
            draw_levels(painter, values[:1], area, _unsaid)
        for spot in self.spots:
            self._draw_bar(painter, spot)
        self._draw_names(painter, area)
        if self.data.late_from is not None and self.data.target:
            self._draw_target(painter, area)

    def _draw_bar(self, painter: QPainter, spot: Spot) -> None:
        theme = current()
        series, key = spot.cell
        late = self.data.late_from is not None and key >= self.data.late_from
        fill_bar(painter, spot.outline, Look.LATE if late else self.data.bars[series].look)
        if self.data.stacked and series < len(self.data.bars) - 1:
            return
        font = theme.font("caption")
        line = theme.fonts.line("caption")
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        words = self._total(key) if self.data.stacked else self.words(spot.cell)
        width = QFontMetrics(font).horizontalAdvance(words) + 2
        if width <= spot.box.width() + theme.px(6):
            where = QRect(spot.box.center().x() - width // 2, spot.outline.top() - line - 1, width, line)
            painter.fillRect(where, theme.color("surface"))  # so that no level runs through a figure
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)

    def _total(self, key: int) -> str:
        return self.data.shown(sum(bars.values[key] or 0.0 for bars in self.data.bars))

    def _draw_names(self, painter: QPainter, area: QRect) -> None:
        """Each key under its bars, cut where it is too long; the read-out and the table have it whole."""
        theme = current()
        font = theme.font("caption")
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        room = round(area.width() / len(self.data.keys)) - theme.px(6)
        for spot in self.spots[: len(self.data.keys)]:
            group = spot.box.width() + 1
            center = spot.box.left() + group * self._across // 2
            box = QRect(center - room // 2, area.bottom() + theme.px(5), room, theme.fonts.line("caption"))
            name = self.data.keys[spot.cell[1]]
            words = QFontMetrics(font).elidedText(isolate(name), Qt.TextElideMode.ElideRight, room)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        if self.data.foot:
            painter.setPen(theme.color("text3"))
            below = QRect(area.left(), area.bottom() + theme.px(22), area.width(), theme.fonts.line("caption"))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, isolate(self.data.foot))

    def _draw_target(self, painter: QPainter, area: QRect) -> None:
        theme = current()
        late = next((spot for spot in self.spots if spot.cell == (0, self.data.late_from)), None)
        if late is None:
            return
        group = area.width() / len(self.data.keys)
        x = area.left() + round(group * (self.data.late_from or 0)) + 0.5
        painter.setPen(QPen(theme.color("text2"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
        painter.setFont(theme.font("meta"))
        width = QFontMetrics(theme.font("meta")).horizontalAdvance(self.data.target) + 2
        left = min(round(x) + theme.px(6), self.width() - width)
        box = QRect(left, 0, width, theme.fonts.line("meta"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, self.data.target)

    def _area(self) -> QRect:
        theme = current()
        left = label_width(self._values(), self.data.shown) if self.data.levels else 0
        top, foot = theme.px(20), theme.px(42 if self.data.foot else 24)
        return QRect(left, top, max(1, self.width() - left - 1), max(1, self.height() - top - foot))

    def _values(self) -> list[float]:
        given = [value for bars in self.data.bars for value in bars.values if value is not None]
        if self.data.stacked:
            columns = zip(*(bars.values for bars in self.data.bars), strict=True)
            given = [sum(value or 0.0 for value in each) for each in columns]
        return ticks(0.0, max([*given, 0.0]) or 1.0, whole=all(value == round(value) for value in given))


def _unsaid(_value: float) -> str:
    """A level without its figure."""
    return ""


def _summary(data: BarData) -> str:
    """The largest keys with all their figures."""
    if not data.keys:
        return ""
    order = sorted(range(len(data.keys)), key=lambda key: -max((bars.values[key] or 0) for bars in data.bars))
    said = []
    for key in order[:TOLD]:
        figures = [
            f"{bars.name} {data.shown(value)}" if len(data.bars) > 1 else data.shown(value)
            for bars in data.bars
            if (value := bars.values[key]) is not None
        ]
        said.append(f"{data.keys[key]}: {', '.join(figures)}")
    left = len(data.keys) - TOLD
    if left > 0:
        said.append(counted("%n more in the table", left, "charts"))
    return "; ".join(said) + "."
