"""The palette's list: its model, and the delegate that paints rows with their matched letters."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inbox.ui.palette.find import Item
from inbox.ui.theme import current
from inbox.ui.widgets.paint import LEADING, cap_width, draw_cap, draw_disc

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = int(Qt.ItemDataRole.UserRole)
SPOKEN = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})
ROW, HEADING = 40, 30
ROOT = QModelIndex()


class PaletteModel(QAbstractListModel):
    """The items found; headings cannot be chosen."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.items: list[Item] = []

    def show_items(self, items: list[Item]) -> None:
        """Replaces what is listed."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Items and headings."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The item, or its words."""
        item = self.items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role in SPOKEN:
            return ", ".join(part for part in (item.text, item.beside, " ".join(item.keys)) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are not to be chosen."""
        if index.isValid() and self.items[index.row()].act is not None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class PaletteDelegate(QStyledItemDelegate):
    """Rows of 40: mark, words with the matched letters in accent, quieter words, key caps at the end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings are lower."""
        item: Item = index.data(ITEM_ROLE)
        return QSize(option.rect.width(), current().px(ROW if item.act is not None else HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        theme, rect, item = current(), option.rect, index.data(ITEM_ROLE)
        px = theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if item.act is None:
            painter.setFont(theme.font("caption_strong"))
            painter.setPen(theme.color("text3"))
            painter.drawText(rect.adjusted(px(16), px(6), -px(16), 0), LEADING, item.text)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("select"))
            bar = QRect(rect.right() - 2 if mirror else rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, theme.color("accent"))
        side = px(20)
        left = rect.right() - px(14) - side if mirror else rect.left() + px(14)
        box = QRect(left, rect.center().y() - side // 2 + 1, side, side)
        if item.initials:
            draw_disc(painter, box, item.initials, item.text)
        elif item.icon:
            painter.drawPixmap(box.left() + px(2), box.top() + px(2), theme.pixmap(item.icon, "text2"))
        gap, end = px(44), px(16) + self._caps(painter, rect, item, mirror=mirror)
        room = rect.adjusted(end, 0, -gap, 0) if mirror else rect.adjusted(gap, 0, -end, 0)
        self._words(painter, room, item, mirror=mirror)
        painter.restore()

    def _caps(self, painter: QPainter, rect: QRect, item: Item, *, mirror: bool) -> int:
        """Draws the key caps, says how much room they took."""
        px, taken = current().px, 0
        for key in reversed(item.keys):
            width = cap_width(key)
            left = rect.left() + px(16) + taken if mirror else rect.right() - px(16) - taken - width
            draw_cap(painter, QRect(left, rect.center().y() - px(9) + 1, width, px(18)), key)
            taken += width + px(8)
        return taken

    def _words(self, painter: QPainter, room: QRect, item: Item, *, mirror: bool) -> None:
        """The text in three pieces around the match, then what stands beside it."""
        theme = current()
        first = item.hits[0] if item.hits else 0
        last = item.hits[-1] + 1 if item.hits else 0
        pieces = ((item.text[:first], False), (item.text[first:last], True), (item.text[last:], False))
        for piece, hit in pieces:
            if piece:
                room = self._piece(
                    painter, room, piece, ("new" if hit else "base", "accent" if hit else "text"), mirror
                )
        room = room.adjusted(0, 0, -theme.px(10), 0) if mirror else room.adjusted(theme.px(10), 0, 0, 0)
        if item.beside:
            font = theme.font("meta")
            text = QFontMetrics(font).elidedText(item.beside, Qt.TextElideMode.ElideRight, room.width())
            self._piece(painter, room, text, ("meta", "text3"), mirror)

    @staticmethod
    def _piece(painter: QPainter, room: QRect, text: str, look: tuple[str, str], mirror: bool) -> QRect:  # noqa: FBT001
        theme = current()
        painter.setFont(theme.font(look[0]))
        painter.setPen(theme.color(look[1]))
        painter.drawText(room, LEADING, text)
        width = QFontMetrics(theme.font(look[0])).horizontalAdvance(text)
        return room.adjusted(0, 0, -width, 0) if mirror else room.adjusted(width, 0, 0, 0)
