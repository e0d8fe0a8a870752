"""The path of an incident: suspected, confirmed, contained, closed; where it is stands out in colour and weight."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.model.incident import Incident, IncidentState
from inbox.ui.incidents import words
from inbox.ui.theme import current
from inbox.ui.widgets import isolate
from inbox.ui.widgets.paint import LEADING

PATH = (IncidentState.SUSPECTED, IncidentState.CONFIRMED, IncidentState.CONTAINED, IncidentState.CLOSED)
ICON, GAP, DASH, HEIGHT = 14, 5, 16, 20


class Steps(QWidget):
    """Steps that are done have a tick, the present one its own mark, those to come an empty square. Where there is no
    room for all, only the present one is shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing until ``show_incident``."""
        super().__init__(parent)
        self._parts: list[tuple[str, str, str, bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_incident(self, found: Incident) -> None:
        """Where it stands."""
        if found.state in PATH:
            at = PATH.index(found.state)
            self._parts = [self._part(place, each, at) for place, each in enumerate(PATH)]
        else:
            self._parts = [(words.state(found.state), words.STATES[found.state][1], "text", True)]
        self.setAccessibleName(self.tr("State: %1").replace("%1", words.state(found.state)))
        self.updateGeometry()
        self.update()

    @staticmethod
    def _part(place: int, state: IncidentState, at: int) -> tuple[str, str, str, bool]:
        if place == at:
            _, icon, kind = words.STATES[state]
            return words.state(state), icon, kind or "text", True
        return words.state(state), "check" if place < at else "", "text2" if place < at else "text3", False

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._width(self._parts), current().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The present step alone."""
        return QSize(self._width([each for each in self._parts if each[3]]), current().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The steps with dashes between them."""
        del event
        theme = current()
        px, mirror = theme.px, self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        fits = self._width(self._parts) <= self.width()
        parts = self._parts if fits else [each for each in self._parts if each[3]]
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())

        def place(left: int, width: int) -> QRect:
            return QRect(self.width() - left - width if mirror else left, 0, width, self.height())

        left = 0
        for number, (text, icon, tone, here) in enumerate(parts):
            if number:
                line = place(left + px(6), px(DASH))
                painter.fillRect(QRect(line.left(), self.height() // 2, line.width(), 1), theme.color("strong"))
                left += px(DASH + 12)
            if icon:
                box = place(left, px(ICON))
                top = (self.height() - px(ICON)) // 2
                painter.drawPixmap(box.left(), top, theme.pixmap(icon, tone, ICON, self.devicePixelRatioF()))
                left += px(ICON + GAP)
            font = theme.font("meta_strong" if here else "meta")
            width = QFontMetrics(font).horizontalAdvance(text) + 2
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            painter.drawText(place(left, width), LEADING | Qt.TextFlag.TextDontClip, isolate(text))
            left += width
        painter.end()

    @staticmethod
    def _width(parts: list[tuple[str, str, str, bool]]) -> int:
        theme = current()
        taken = theme.px(DASH + 12) * max(0, len(parts) - 1)
        for text, icon, _tone, here in parts:
            metrics = QFontMetrics(theme.font("meta_strong" if here else "meta"))
            taken += metrics.horizontalAdvance(text) + 2 + (theme.px(ICON + GAP) if icon else 0)
        return taken
