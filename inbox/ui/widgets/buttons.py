"""Buttons: plain, primary, ghost, danger, and icon only; a key cap says which key does the same."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from inbox.ui.theme import Scheme, current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING, cap_width, draw_cap, rounded

# kind: (fill, edge, ink)
OFF = 0.55
"""How strong a button that is switched off is drawn where all text is white: over 5 to 1 on black, and told apart."""
_KINDS: dict[str, tuple[str, str, str]] = {
    "plain": ("raised", "border", "text"),
    "primary": ("accent_fill", "accent_fill", "on_accent"),
    "ghost": ("", "", "text"),
    "danger": ("late_fill", "late_fill", "on_late"),
    "chip": ("raised", "border", "text2"),
    "link": ("", "", "accent"),
    "quiet": ("", "", "text3"),
    "undo": ("undo", "on_undo", "on_undo"),
}


class Button(QAbstractButton):
    """A button 28 high (``tall``: 32). A checkable chip turns accent when it is on."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        kind: str = "plain",
        key: str = "",
        parent: QWidget | None = None,
        *,
        tall: bool = False,
        font: str = "control",
    ) -> None:
        """``kind`` is plain, primary, ghost, danger, chip, link, quiet or undo; ``key`` is shown as a cap."""
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.icon_name = icon
        self.kind = kind
        self.key = key
        self.menu_arrow = False
        self.words = True
        self._height = 32 if tall else 28
        self._font = font
        self._slim = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_kind(self, kind: str) -> None:
        """Another look."""
        self.kind = kind
        self.update()

    def set_icon(self, icon: str) -> None:
        """Another icon; empty for none."""
        self.icon_name = icon
        self.updateGeometry()
        self.update()

    def set_words(self, *, shown: bool) -> None:
        """Shows or drops the words (an icon stays); the accessible name and the tool tip keep them."""
        self.words = shown or not self.icon_name
        self.setToolTip("" if self.words else self.text())
        self.updateGeometry()
        self.update()

    def set_slim(self) -> None:
        """24 high, for bars of 36; the click area stays 28."""
        self._slim = True
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as icon, words and key cap need."""
        theme = current()
        height = theme.px(self._height)
        if not self._shows_words():
            return QSize(height, height)
        width = QFontMetrics(theme.font(self._font)).horizontalAdvance(self.text()) + theme.px(20)
        if self.kind in {"link", "quiet"}:
            width -= theme.px(12)
        width += theme.px(22) if self.icon_name else 0
        width += cap_width(self.key) + theme.px(8) if self.key else 0
        return QSize(width + (theme.px(16) if self.menu_arrow else 0), height)

    def minimumSizeHint(self) -> QSize:
        """Never less than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """Draws ground, icon, words and cap."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current()
        if theme.scheme is Scheme.CONTRAST and not self.isEnabled():
            painter.setOpacity(OFF)
        ink = self._ground(painter)
        pad = theme.px(4 if self.kind in {"link", "quiet"} else 10)
        inner = self.rect().adjusted(pad, 0, -pad, 0)
        if not self._shows_words():
            if self.icon_name:
                self._icon(painter, self.rect().center().x() - theme.px(8) + 1, ink)
            painter.end()
            return
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if self.icon_name:
            self._icon(painter, inner.right() - theme.px(16) if mirror else inner.left(), ink)
            inner = self._shift(inner, theme.px(22), mirror=mirror)
        self._cap(painter, inner, ink, mirror=mirror)
        painter.setPen(theme.color(ink))
        painter.setFont(theme.font(self._font))
        painter.drawText(inner, LEADING | Qt.TextFlag.TextDontClip, isolate(self.text()))
        if self.menu_arrow:
            place = inner.left() - theme.px(2) if mirror else inner.right() - theme.px(11)
            pixmap = theme.pixmap("chevron-down", "text3", 12)
            painter.drawPixmap(place, self.rect().center().y() - theme.px(6) + 1, pixmap)
        painter.end()

    def _shows_words(self) -> bool:
        return bool(self.text()) and self.words

    def _ground(self, painter: QPainter) -> str:
        """Draws the box, returns the role of what stands on it."""
        theme = current()
        fill, edge, ink = _KINDS[self.kind]
        if self.isCheckable() and self.isChecked():
            fill, edge, ink = "accent_soft", "accent", "accent"
        if not self.isEnabled():
            fill, edge, ink = ("sunken" if edge else "", "border" if edge else "", "text3")
        elif self.underMouse() and fill in {"", "raised"}:
            fill = "select_idle" if self.isDown() else "hover"
        if fill or edge:
            pen = QPen(theme.color(edge), 1) if edge else None
            inset = theme.px(2) if self._slim else 0
            box = self.rect().adjusted(0, inset, 0, -inset)
            rounded(painter, box, theme.px(6), theme.color(fill) if fill else None, pen)
        return ink

    def _icon(self, painter: QPainter, left: int, ink: str) -> None:
        theme = current()
        pixmap = theme.pixmap(self.icon_name, ink, 16, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - theme.px(16)) // 2, pixmap)

    def _cap(self, painter: QPainter, inner: QRect, ink: str, *, mirror: bool) -> None:
        """The key cap at the far end."""
        if not self.key:
            return
        theme = current()
        width, height = cap_width(self.key), theme.px(18)
        left = inner.left() if mirror else inner.right() - width + theme.px(3)
        plain = self.kind in {"plain", "ghost", "chip"}
        box = QRect(left, (self.height() - height) // 2, width, height)
        draw_cap(painter, box, self.key, "text2" if plain else ink, "border" if plain else ink)

    @staticmethod
    def _shift(rect: QRect, by: int, *, mirror: bool) -> QRect:
        return rect.adjusted(0, 0, -by, 0) if mirror else rect.adjusted(by, 0, 0, 0)


class IconButton(Button):
    """An icon alone, 28 by 28; ``name`` is what it does, in words."""

    def __init__(
        self, icon: str, name: str, parent: QWidget | None = None, *, key: str = "", kind: str = "ghost"
    ) -> None:
        """``key`` joins the tool tip."""
        super().__init__("", icon, kind, "", parent)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})" if key else name)
