"""Labels by font role and tone, eliding where there is no room and keeping each text in its own direction."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate

__all__ = ["ElidedLabel", "Label", "isolate"]


class Label(QLabel):
    """A label with a font role and the colour role ``tone``; always plain text."""

    def __init__(
        self,
        text: str = "",
        font: str = "base",
        tone: str = "text",
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
    ) -> None:
        """``wrap`` breaks long text into lines."""
        super().__init__(text, parent)
        self._role = font
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setFont(current().font(font))
        self.setProperty("tone", tone)
        self._lead()

    def _lead(self) -> None:
        """Stands at the leading side whatever letters it holds; Qt would go by the letters."""
        held = self.alignment()
        if held & (Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignJustify):
            return
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirror else Qt.AlignmentFlag.AlignLeft
        upright = held & Qt.AlignmentFlag.AlignVertical_Mask
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | upright)

    def set_tone(self, tone: str) -> None:
        """Another colour role."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_role(self, font: str) -> None:
        """Another font role."""
        self._role = font
        self.setFont(current().font(font))

    def changeEvent(self, event: QEvent) -> None:
        """A new theme may bring another text scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._lead()
        if event.type() is QEvent.Type.StyleChange and self.font() != current().font(self._role):
            self.setFont(current().font(self._role))


class ElidedLabel(Label):
    """One line that ends in an ellipsis where it does not fit; the whole text is its tool tip then."""

    def __init__(self, text: str = "", font: str = "base", tone: str = "text", parent: QWidget | None = None) -> None:
        """A label that may be squeezed."""
        super().__init__(text, font, tone, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for two letters."""
        return QSize(current().px(24), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """Draws the elided text in its own direction."""
        metrics = QFontMetrics(self.font())
        text = self.text()
        elided = metrics.elidedText(isolate(text), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(text if metrics.horizontalAdvance(text) > self.width() else "")
        painter = QPainter(self)
        painter.setPen(current().color(str(self.property("tone"))))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, elided)
        painter.end()
