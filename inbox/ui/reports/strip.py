"""The strip of figures: n, mean, median, p90 and what was kept, each with its change, and the threads behind each."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from inbox.ui.reports.words import NONE, Shift
from inbox.ui.theme import current
from inbox.ui.widgets import Card, isolate
from inbox.ui.widgets.paint import LEADING, rounded

HEIGHT, PAD, MARK, GAP = 84, 16, 8, 8
LINES = ((8, 18, "meta", "text3"), (27, 28, "figure", "text"), (57, 18, "meta", "text3"))


class Figure(QAbstractButton):
    """A figure with its name above, and below how it changed or what it is made of."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """A dash until ``say``."""
        super().__init__(parent)
        self._figure, self._beside, self._shift = NONE, "", Shift("")
        self._tight = False
        self.setText(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, name: str, figure: str, shift: Shift, beside: str = "") -> None:
        """Another figure; ``beside`` says what it counts."""
        self._figure, self._beside, self._shift = figure, beside, shift
        self.setText(name)
        self.setAccessibleName(f"{name}: {figure} {beside}".rstrip() + f". {shift.words}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its longest line, or as it must be where there is little room."""
        theme = current()
        if self._tight:
            return QSize(self.least(), theme.px(HEIGHT))
        wide = [QFontMetrics(theme.font(role)).horizontalAdvance(text) for role, text in self._texts()]
        small = QFontMetrics(theme.font("meta")).horizontalAdvance(self._beside)
        wide[1] += theme.px(GAP) + small if small else 0
        wide[2] += theme.px(MARK + 6) if self._shift.way else 0
        return QSize(max(wide) + 2 * theme.px(PAD) + 2, theme.px(HEIGHT))

    def tighten(self, *, on: bool) -> None:
        """Asks for no more room than it must have, or for what it likes."""
        if on is not self._tight:
            self._tight = on
            self.updateGeometry()

    def least(self) -> int:
        """The width in which nothing is cut but the longer words of the change."""
        theme = current()

        def wide(role: str, text: str) -> int:
            return QFontMetrics(theme.font(role)).horizontalAdvance(text)

        figure = wide("figure", self._figure) + (theme.px(GAP) + wide("meta", self._beside) if self._beside else 0)
        change = wide("meta", self._shift.short or self._shift.words) + (theme.px(MARK + 6) if self._shift.way else 0)
        return max(wide("meta", self.text()), figure, change) + 2 * theme.px(PAD) + 2

    def minimumSizeHint(self) -> QSize:
        """May be squeezed; what stands below is elided then."""
        return QSize(current().px(110), current().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Three lines, a triangle before the change."""
        del event
        theme, px = current(), current().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        if self.underMouse() or self.isDown():
            ground = theme.color("select_idle" if self.isDown() else "hover")
            rounded(painter, self.rect().adjusted(px(4), 0, -px(4), 0), px(6), ground, None)
        if self.hasFocus():
            rounded(painter, self.rect().adjusted(px(4), 0, -px(4), 0), px(6), None, QPen(theme.color("accent"), 2))
        tones = [*(tone for *_, tone in LINES[:2]), self._shift.tone]
        for (top, height, _role, _tone), (role, text), tone in zip(LINES, self._texts(), tones, strict=True):
            box = QRect(px(PAD), px(top), self.width() - 2 * px(PAD), px(height))
            if text == self._shift.words and self._shift.way:
                box = self._mark(painter, box, tone)
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(tone))
            if text == self._shift.words and painter.fontMetrics().horizontalAdvance(text) > box.width() + 2:
                text = self._shift.short or text  # noqa: PLW2901 - the same in fewer words
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 2)
            painter.drawText(box, LEADING | Qt.TextFlag.TextDontClip, isolate(shown))
            if role == "figure":
                self._draw_beside(painter, box, painter.fontMetrics().horizontalAdvance(shown))
        painter.end()

    def _draw_beside(self, painter: QPainter, box: QRect, width: int) -> None:
        """What the figure counts, small, on its base line."""
        theme = current()
        gap = width + theme.px(GAP)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        room = box.adjusted(0, 0, -gap, 0) if mirrored else box.adjusted(gap, 0, 0, 0)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text3"))
        shown = painter.fontMetrics().elidedText(self._beside, Qt.TextElideMode.ElideRight, room.width() + 2)
        painter.drawText(room.translated(0, theme.px(3)), LEADING | Qt.TextFlag.TextDontClip, isolate(shown))

    def _texts(self) -> tuple[tuple[str, str], ...]:
        return (LINES[0][2], self.text()), (LINES[1][2], self._figure), (LINES[2][2], self._shift.words)

    def _mark(self, painter: QPainter, box: QRect, tone: str) -> QRect:
        """A triangle that points up for more and down for less, and the room beside it."""
        side, gap = current().px(MARK), current().px(6)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = box.right() - side + 1 if mirrored else box.left()
        middle, half = box.center().y() + 0.5, side * 0.42 * self._shift.way
        points = (left, middle + half), (left + side, middle + half), (left + side / 2, middle - half)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current().color(tone))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        return box.adjusted(0, 0, -side - gap, 0) if mirrored else box.adjusted(side + gap, 0, 0, 0)


class _Line(QWidget):
    """A thin line between two figures."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A little shorter than the figures."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(0, current().px(10), 0, -current().px(8)), current().color("border"))
        painter.end()


class Strip(Card):
    """``opened`` carries the place of a figure that was pressed."""

    opened = Signal(int)

    def __init__(self, name: str, count: int, parent: QWidget | None = None) -> None:
        """``count`` figures that say nothing yet."""
        super().__init__("true", parent)
        self.setAccessibleName(name)
        self.figures = tuple(Figure("") for _ in range(count))
        self._columns = 0
        self._lines = tuple(_Line() for _ in range(count - 1))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.body.setContentsMargins(current().px(4), current().px(2), current().px(4), current().px(2))
        self.body.addLayout(self._grid)
        for at, figure in enumerate(self.figures):
            figure.clicked.connect(lambda _checked=False, place=at: self.opened.emit(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside each other as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def fit(self) -> None:
        """Other figures may need other columns."""
        self._fit()

    def _fit(self) -> None:
        """All in one line where nothing is cut then, else as many as there is room for, evenly."""
        room, needed = self.width() - current().px(10), [figure.least() for figure in self.figures]
        count = len(needed)
        ways = [count, *range(-(-count // 2), 0, -1)]
        columns = next((each for each in ways if sum(sorted(needed)[-each:]) <= room), 1)
        for figure in self.figures:
            figure.tighten(on=False)
        wished = sorted(figure.sizeHint().width() for figure in self.figures)
        for figure in self.figures:
            figure.tighten(on=sum(wished[-columns:]) > room)
        self._lay(columns)

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, figure in enumerate(self.figures):
            self._grid.addWidget(figure, at // columns, 2 * (at % columns))
        for at, line in enumerate(self._lines):
            place = at % columns
            self._grid.addWidget(line, at // columns, 2 * place + 1)
            line.setVisible(place < columns - 1)
        self._grid.setColumnStretch(2 * len(self.figures), 1)
