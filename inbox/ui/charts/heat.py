"""A figure for each row and hour, as shades that carry their numbers."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from inbox.ui.charts.axis import draw_places
from inbox.ui.charts.data import GAP, HeatData, Sheet, Shown
from inbox.ui.charts.frame import Chart
from inbox.ui.charts.ink import shade
from inbox.ui.charts.legend import Scale
from inbox.ui.charts.plot import Cell, Plot, Spot
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import CENTER, rounded

NO_DATA = HeatData((), (), ())
CELL = QSize(27, 24)
TALLEST = 40
LONGEST_NAME = 140
THOUSAND = 1000


class HeatChart(Chart):
    """Arrows go from cell to cell. What is told of a cell is its figure, or what ``HeatData.read`` says."""

    def __init__(self, title: str, empty: str = "", parent: QWidget | None = None) -> None:
        """``empty`` is said while every cell is empty."""
        self._cells = _HeatPlot(title)
        super().__init__(title, self._cells, empty, parent)

    def set_data(self, data: HeatData) -> None:
        """Shows other figures."""
        self._cells.data = data
        low, high = self._cells.shades()
        unit = f" {data.unit}" if data.unit else ""
        self.legend.show_entries(Scale(data.shown(low), f"{data.shown(high)}{unit}"))
        cells = [[GAP if value is None else data.shown(value) for value in line] for line in data.values]
        self._fill_table(Sheet((data.row_name, *data.columns), data.rows, cells))
        filled = any(value is not None for line in data.values for value in line)
        self._say(data.about, data.summary or self._summary(data), filled=filled)

    def _summary(self, data: HeatData) -> str:
        """Where it is highest."""
        there = [
            (value, row, column)
            for row, line in enumerate(data.values)
            for column, value in enumerate(line)
            if value is not None
        ]
        if not there:
            return ""
        value, row, column = max(there, key=lambda cell: cell[0])
        words = self.tr("Highest: %1, %2, with %3.").replace("%1", data.rows[row]).replace("%2", _column(data, column))
        return words.replace("%3", f"{data.shown(value)} {data.unit}".strip())


class _HeatPlot(Plot):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.data = NO_DATA

    def says(self, cell: Cell) -> tuple[str, str]:
        """Row and column; the figure, or what the data say of it."""
        data, (row, column) = self.data, cell
        head = (
            f"{data.heads[row]} {_column(data, column)}" if data.heads else f"{data.rows[row]}, {_column(data, column)}"
        )
        if data.read is not None:
            return head, data.read(row, column)
        value = data.values[row][column]
        return head, GAP if value is None else f"{data.shown(value)} {data.unit}".strip()

    def reach(self) -> tuple[float, float]:
        """The least and the most of all cells."""
        there = [value for line in self.data.values for value in line if value is not None]
        return min(there, default=0.0), max(there, default=0.0)

    def shades(self) -> tuple[float, float]:
        """The figures of the palest and of the darkest shade."""
        low, high = self.reach()
        darkest = self.data.darkest
        return low, high if darkest is None or darkest <= low else min(high, darkest)

    def minimumSizeHint(self) -> QSize:
        """Each cell has room for its figure; the picture scrolls instead of dropping it."""
        theme = current()
        width = self._names_width() + theme.px(CELL.width()) * len(self.data.columns)
        height = theme.px(CELL.height()) * max(1, len(self.data.rows)) + theme.px(24)
        return QSize(width, height)

    def layout_spots(self) -> list[Spot]:
        """Rows of equal height, columns left to right; names stand at the leading side."""
        area = self._area()
        rows, columns = len(self.data.rows), len(self.data.columns)
        if not rows or not columns:
            return []
        height = min(current().px(TALLEST), area.height() // rows)
        found = []
        for row in range(rows):
            for column in range(columns):
                left = area.left() + area.width() * column // columns
                right = area.left() + area.width() * (column + 1) // columns
                found.append(Spot((row, column), QRect(left, area.top() + row * height, right - left - 2, height - 2)))
        return found

    def draw(self, painter: QPainter) -> None:
        """Names, cells, and the hours below."""
        if not self.spots:
            return
        low, high = self.shades()
        for spot in self.spots:
            self._draw_cell(painter, spot, low, high)
        last = self.spots[-len(self.data.columns) :]
        foot = QRect(0, 0, self.width(), last[0].box.bottom() + 1)
        draw_places(painter, self.data.columns, [spot.box.center().x() for spot in last], foot)
        self._draw_names(painter)

    def _draw_cell(self, painter: QPainter, spot: Spot, low: float, high: float) -> None:
        theme = current()
        row, column = spot.cell
        value = self.data.values[row][column]
        painter.setFont(theme.font("caption"))
        if value is None:
            rounded(painter, spot.box, 2, None, QPen(theme.color("border"), 1))
            painter.setPen(theme.color("text3"))
            painter.drawText(spot.box, CENTER, GAP)
            return
        ground, ink = shade((value - low) / (high - low) if high > low else 0.0)
        rounded(painter, spot.box, 2, ground, None)
        painter.setPen(ink)
        words = _short(value, self.data.shown)
        painter.drawText(spot.box.adjusted(-2, 0, 2, 0), CENTER, words)

    def _draw_names(self, painter: QPainter) -> None:
        theme = current()
        font = theme.font("meta")
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        room = self._names_width() - theme.px(10)
        seen = self.seen
        left = seen.right() + 1 - room if self.mirrored else seen.left()
        if seen.width() < self.width():  # cells scroll away under the names
            ground = QRect(left - (theme.px(4) if self.mirrored else 0), 0, room + theme.px(4), self.height())
            painter.fillRect(ground, theme.color("surface"))
        side = Qt.AlignmentFlag.AlignRight if self.mirrored else Qt.AlignmentFlag.AlignLeft
        for row, name in enumerate(self.data.rows):
            box = self.spots[row * len(self.data.columns)].box
            words = QFontMetrics(font).elidedText(isolate(name), Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, box.top(), room, box.height()), side | Qt.AlignmentFlag.AlignVCenter, words)

    @property
    def lead(self) -> int:
        """The names of the rows."""
        return self._names_width()

    def _names_width(self) -> int:
        theme = current()
        metrics = QFontMetrics(theme.font("meta"))
        widest = max((metrics.horizontalAdvance(name) + 4 for name in self.data.rows), default=0)
        return min(widest, theme.px(LONGEST_NAME)) + theme.px(10)

    def _area(self) -> QRect:
        theme = current()
        names, foot = self._names_width(), theme.px(24)
        left = 0 if self.mirrored else names
        return QRect(left, 0, max(1, self.width() - names), max(1, self.height() - foot))


def _column(data: HeatData, column: int) -> str:
    """A column's name in full."""
    return data.spoken[column] if data.spoken else data.columns[column]


def _short(value: float, shown: Shown) -> str:
    """What fits into a cell: thousands as "1.2k", the rest as it is shown."""
    if abs(value) < THOUSAND:
        return shown(value)
    thousands = value / THOUSAND
    return f"{thousands:.1f}k" if abs(thousands) < 10 else f"{thousands:.0f}k"  # noqa: PLR2004 - two figures fit
