"""What stands in the side bar: entries with an icon or a square and a count, headings, and the search field."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.paint import CENTER, LEADING, cap_width, draw_cap, rounded


class RailItem(QAbstractButton):
    """An entry that shows a view or a page. Folded it is an icon over its count."""

    def __init__(
        self,
        key: str,
        text: str,
        icon: str = "",
        square: int = -1,
        parent: QWidget | None = None,
        *,
        hot: bool = False,
    ) -> None:
        """``key`` is the view's or page's; an area has a ``square`` instead of an icon; ``hot`` is an incident."""
        super().__init__(parent)
        self.key = key
        self.icon_name = icon
        self.square = square
        self.hot = hot
        self.count = ""
        self.alarm = False
        self.folded = False
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    def set_count(self, count: str, *, alarm: bool = False) -> None:
        """What stands at the end: a count, or with ``alarm`` a warning triangle before it."""
        if (count, alarm) != (self.count, self.alarm):
            self.count, self.alarm = count, alarm
            self._say()
            self.update()

    def set_folded(self, *, folded: bool) -> None:
        """An icon over its count, or icon, words and count in a row."""
        self.folded = folded
        self._say()
        self.setVisible(not folded or bool(self.icon_name))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """28 high, or 44 folded."""
        theme = current()
        return QSize(theme.px(40 if self.folded else 200), theme.px(44 if self.folded else 28))

    def minimumSizeHint(self) -> QSize:
        """May be squeezed."""
        return QSize(current().px(40), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, mark, words, count."""
        del event
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        if self.isChecked() or self.underMouse():
            fill = theme.color("select" if self.isChecked() else "hover")
            rounded(painter, self.rect(), theme.px(6), fill, None)
        if self.folded:
            self._paint_folded(painter)
        else:
            self._paint_wide(painter)
        painter.end()

    def _paint_wide(self, painter: QPainter) -> None:
        theme = current()
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = theme.px(16)
        left = self.width() - theme.px(8) - side if mirror else theme.px(8)
        top = (self.height() - side) // 2
        ink = "hot" if self.hot else "text" if self.isChecked() else "text2"
        if self.icon_name:
            painter.drawPixmap(left, top, theme.pixmap(self.icon_name, ink, 16, self.devicePixelRatioF()))
        elif self.square >= 0:
            inset = theme.px(4)
            box = QRect(left, top, side, side).adjusted(inset, inset, -inset, -inset)
            rounded(painter, box, 2, theme.area_color(self.square), None)
        inner = self.rect().adjusted(theme.px(32), 0, -theme.px(8), 0)
        if mirror:
            inner = self.rect().adjusted(theme.px(8), 0, -theme.px(32), 0)
        painter.setFont(theme.font("name" if self.isChecked() or self.hot else "base"))
        count_width = painter.fontMetrics().horizontalAdvance(self.count)
        words = inner.adjusted(count_width + 8, 0, 0, 0) if mirror else inner.adjusted(0, 0, -count_width - 8, 0)
        painter.setPen(theme.color(ink))
        elided = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, LEADING, elided)
        painter.setPen(theme.color("late" if self.alarm else "text" if self.isChecked() else "text3"))
        painter.setFont(theme.font("meta_strong" if self.isChecked() or self.alarm else "meta"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, self.count)
        if self.alarm and self.count:
            place = inner.left() + count_width + 4 if mirror else inner.right() - count_width - theme.px(17)
            painter.drawPixmap(place, (self.height() - theme.px(14)) // 2, theme.pixmap("triangle", "late", 14))

    def _paint_folded(self, painter: QPainter) -> None:
        theme = current()
        ink = "late" if self.alarm else "hot" if self.hot else "text" if self.isChecked() else "text2"
        side = theme.px(18)
        counted = bool(self.count)
        top = theme.px(5) if counted else (self.height() - side) // 2
        painter.drawPixmap(
            (self.width() - side) // 2, top, theme.pixmap(self.icon_name, ink, 18, self.devicePixelRatioF())
        )
        if counted:
            painter.setFont(theme.font("caption_strong" if self.isChecked() else "caption"))
            painter.setPen(theme.color(ink))
            painter.drawText(self.rect().adjusted(0, theme.px(23), 0, -theme.px(3)), CENTER, self.count)

    def _say(self) -> None:
        """An incident is called one; where the bar is folded, or may cut a name, the whole stands in the tool tip."""
        said = self.tr("Incident: %1").replace("%1", self.text()) if self.hot else self.text()
        self.setAccessibleName(f"{said}, {self.count}" if self.count else said)
        self.setToolTip(said if self.folded or self.hot else "")


class RailFold(QAbstractButton):
    """A heading that folds and unfolds what stands under it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Folded at first."""
        super().__init__(parent)
        self.folded = False
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._say)
        self._say()

    def set_folded(self, *, folded: bool) -> None:
        """The bar is a strip of icons, or whole."""
        self.folded = folded
        self.setToolTip(self.text() if folded else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as an entry."""
        return QSize(current().px(40), current().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The heading with a chevron that points where the entries are, or will be."""
        del event
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        box = self.rect()
        if self.underMouse():
            rounded(painter, box, theme.px(6), theme.color("hover"), None)
        side = theme.px(14)
        chevron = theme.pixmap("chevron-up" if self.isChecked() else "chevron-down", "text3", 14)
        if self.folded:
            painter.drawPixmap((self.width() - side) // 2, box.center().y() - side // 2, chevron)
        else:
            inner = box.adjusted(theme.px(8), 0, -theme.px(8), 0)
            painter.setFont(theme.font("caption_strong"))
            painter.setPen(theme.color("text3"))
            painter.drawText(inner, LEADING, self.text())
            painter.drawPixmap(
                inner.left() if mirror else inner.right() + 1 - side, box.center().y() - side // 2, chevron
            )
        painter.end()

    def _say(self) -> None:
        state = self.tr("unfolded") if self.isChecked() else self.tr("folded")
        self.setAccessibleName(f"{self.text()}, {state}")


class SearchButton(QAbstractButton):
    """Looks like a search field; opens the palette."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        """``key`` opens it too."""
        super().__init__(parent)
        self.folded = False
        self._key = key
        self.setText(self.tr("Search"))
        self.setAccessibleName(self.tr("Search and commands"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """28 high."""
        return QSize(current().px(40), current().px(36 if self.folded else 28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A field with a magnifier and the key."""
        del event
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(18 if self.folded else 16)
        icon = theme.pixmap("search", "text2", 18 if self.folded else 16, self.devicePixelRatioF())
        top = (self.height() - side) // 2
        if self.folded:
            if self.underMouse():
                rounded(painter, self.rect(), theme.px(6), theme.color("hover"), None)
            painter.drawPixmap((self.width() - side) // 2, top, icon)
            painter.end()
            return
        ground = theme.color("hover" if self.underMouse() else "raised")
        rounded(painter, self.rect(), theme.px(6), ground, QPen(theme.color("border"), 1))
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.drawPixmap(self.width() - theme.px(8) - side if mirror else theme.px(8), top, icon)
        inner = self.rect().adjusted(theme.px(32), 0, -theme.px(32), 0)
        painter.setFont(theme.font("base"))
        painter.setPen(theme.color("text3"))
        painter.setLayoutDirection(self.layoutDirection())
        painter.drawText(inner, LEADING, self.text())
        width = cap_width(self._key)
        left = theme.px(6) if mirror else self.width() - width - theme.px(6)
        draw_cap(painter, QRect(left, (self.height() - theme.px(18)) // 2, width, theme.px(18)), self._key)
        painter.end()
