"""The figures of a room side by side, each over what it is measured against; pressing one shows it in the chart."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets import isolate
from inbox.ui.widgets.paint import LEADING, rounded

PAD, BAR = 8, 2
FOUR_FROM = 560


class FigureBox(QAbstractButton):
    """A figure over its name over what it is measured against; the one that is on has a bar under it."""

    def __init__(self, key: str, icon_role: str, parent: QWidget | None = None) -> None:
        """Empty until ``say``; ``icon_role`` is the colour role of the bar."""
        super().__init__(parent)
        self.key = key
        self._bar = icon_role
        self.figure = self.name = self.beside = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, figure: str, name: str, beside: str = "") -> None:
        """Another figure."""
        self.figure, self.name, self.beside = figure, name, beside
        self.setAccessibleName(f"{figure} {name}. {beside}".strip())
        self.setAccessibleDescription(self.tr("Shows it in the chart."))
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines."""
        theme = current()
        high = theme.fonts.line("figure") + 2 * theme.fonts.line("meta") + 2 * theme.px(4) + theme.px(BAR)
        return QSize(theme.px(120), high)

    def minimumSizeHint(self) -> QSize:
        """May be squeezed."""
        return QSize(current().px(60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Figure, name, beside."""
        del event
        theme = current()
        px, pad = theme.px, theme.px(PAD)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        if self.underMouse():
            rounded(painter, self.rect(), px(6), theme.color("hover"), None)
        top = px(4)
        for role, tone, text in (
            ("figure", "text", self.figure),
            ("meta", "text2", self.name),
            ("meta", "text3", self.beside),
        ):
            font = theme.font(role)
            line = QRect(pad, top, self.width() - 2 * pad, theme.fonts.line(role))
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, LEADING, isolate(elided))
            top += line.height()
        if self.isChecked():
            bar = QRect(pad, self.height() - px(BAR), self.width() - 2 * pad, px(BAR))
            painter.fillRect(bar, theme.color(self._bar))
        painter.end()


class FigureRow(QWidget):
    """Four side by side, or two by two. ``chosen`` carries the key of the one that is to be shown."""

    chosen = Signal(str)

    def __init__(self, name: str, keys: Sequence[str], parent: QWidget | None = None) -> None:
        """The first is on; ``name`` says what is being chosen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.boxes = {key: FigureBox(key, "hot") for key in keys}
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(current().px(8))
        self._columns = 0
        for box in self.boxes.values():
            self._group.addButton(box)
        self.boxes[keys[0]].setChecked(True)
        self._group.buttonToggled.connect(self._toggled)
        self.lay(wide=True)

    def value(self) -> str:
        """The key of the one that is on."""
        return next(key for key, box in self.boxes.items() if box.isChecked())

    def lay(self, *, wide: bool) -> None:
        """Four in a row where there is room."""
        columns = 4 if wide else 2
        if columns == self._columns:
            return
        self._columns = columns
        for place, each in enumerate(self.boxes.values()):
            self._grid.addWidget(each, place // columns, place % columns)
        for at in range(4):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        self.updateGeometry()

    @Slot(QAbstractButton, bool)
    def _toggled(self, box: QAbstractButton, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on and isinstance(box, FigureBox):
            self.chosen.emit(box.key)
