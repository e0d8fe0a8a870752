"""Paints the rows of the queue."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.ui.context import Context
from inbox.ui.queue.art import HEIGHTS, ArtBook, Density, Line, RowArt, compact_columns
from inbox.ui.queue.model import ROW_ROLE, QueueModel
from inbox.ui.theme import current
from inbox.ui.widgets.deadline import row_deadline
from inbox.ui.widgets.paint import draw_disc, draw_pill, draw_tag, rounded

HOVER = QStyle.StateFlag.State_MouseOver
RTL = Qt.LayoutDirection.RightToLeft
LTR = Qt.LayoutDirection.LeftToRight
Index = QModelIndex | QPersistentModelIndex


class QueueDelegate(QStyledItemDelegate):
    """One row: gutter, name, deadline, excerpt, tags, owner. ``checked`` are the threads ticked."""

    def __init__(self, context: Context, model: QueueModel, parent: QObject | None = None) -> None:
        """Paints rows of ``model``."""
        super().__init__(parent)
        self._context = context
        self._model = model
        self.checked: set[ThreadId] = set()
        self.current: ThreadId | None = None
        self.has_focus: Callable[[], bool] = bool
        self.book = ArtBook(self._area_color)
        self._colors: dict[int, int] = {}
        self._initials: dict[str, str] = {}

    def people_changed(self) -> None:
        """Areas or employees are others now."""
        workspace = self._context.workspace
        self._colors = {area.id: area.color or at for at, area in enumerate(workspace.areas)}
        self._initials = {person.name: person.initials for person in self._context.employees}
        self.book.clear()

    def set_density(self, density: Density) -> None:
        """Another row height."""
        self.book.density = density
        self.book.clear()

    @property
    def row_height(self) -> int:
        """In pixels, at the text scale in force."""
        return current().px(HEIGHTS[self.book.density])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high as every other."""
        del index
        return QSize(option.rect.width(), self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one row; grey bars where it has not been read."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = index.data(ROW_ROLE)
        if row is None:
            self._ground(painter, rect, "surface")
            self._bar(painter, rect)
        else:
            self._paint_row(painter, rect, row, hovered=bool(state & HOVER))
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRect, row: ThreadRow, *, hovered: bool) -> None:
        now = self._context.now()
        art = self.book.of(row, row_deadline(row, now), rect.width())
        chosen = row.id == self.current
        ticked = row.id in self.checked
        ground = "surface"
        if ticked or (chosen and self.has_focus()):
            ground = "select"
        elif chosen:
            ground = "select_idle"
        elif hovered:
            ground = "hover"
        self._ground(painter, rect, ground)
        brush = Brush(painter, rect, faded=self._model.is_gone(row))
        if chosen:
            brush.fill(QRect(0, 0, current().px(3), rect.height()), "accent")
        show_check = ticked or hovered or bool(self.checked)
        if self.book.density is Density.COMPACT:
            self._compact(brush, row, art, ticked=ticked)
        else:
            self._cosy(brush, row, art, ticked=ticked, check=show_check)

    def _cosy(self, brush: "Brush", row: ThreadRow, art: RowArt, *, ticked: bool, check: bool) -> None:
        px = current().px
        left, right = px(28), brush.width - self.book.right_pad
        lines = 1 + len(art.excerpt) if self.book.density is Density.COSY else 3
        top = px(5)
        if check:
            brush.check(QRect(px(7), top + px(2), px(16), px(16)), on=ticked)
        elif row.unread:
            brush.dot(QRect(px(10), top + px(6), px(8), px(8)))
        ink = "text"
        brush.line(art.name, left, top, px(20), "new" if row.unread else "control", ink)
        brush.line(art.beside, left + art.name.width + px(6), top + px(1), px(20), "meta", "text3")
        if art.pill_width:
            brush.pill(QRect(right - art.pill_width, top, art.pill_width, px(20)), art)
        for at, text in enumerate(art.excerpt):
            tone = "text" if row.unread else "text2"
            brush.line(text, left, top + px(20) * (at + 1), px(20), "base", tone, right)
        foot = top + px(20) * lines + px(1 if self.book.density is Density.COSY else 2)
        place = left
        for tag in art.tags:
            brush.tag(QRect(place, foot, tag.width, px(18)), tag.text, tag.kind, tag.icon, tag.square)
            place += tag.width + px(8)
        brush.disc(QRect(right - px(18), foot, px(18), px(18)), self._initials_of(row), row.assignee or "")

    def _compact(self, brush: "Brush", row: ThreadRow, art: RowArt, *, ticked: bool) -> None:
        px = current().px
        columns = compact_columns(brush.width)
        height = brush.height - 1
        brush.check(QRect(px(12), (height - px(16)) // 2, px(16), px(16)), on=ticked)
        if row.unread:
            brush.dot(QRect(columns["dot"][0], (height - px(8)) // 2, px(8), px(8)))
        brush.line(art.name, columns["author"][0], 0, height, "new" if row.unread else "control", "text")
        brush.line(art.beside, columns["network"][0], 0, height, "meta", "text3")
        tone = "text" if row.unread else "text2"
        brush.line(art.excerpt[0], columns["excerpt"][0], 0, height, "base", tone)
        place = sum(columns["excerpt"]) + px(6)
        for tag in reversed(art.tags):
            place -= tag.width + px(6)
            box = QRect(place, (height - px(18)) // 2, tag.width, px(18))
            brush.tag(box, tag.text, tag.kind, tag.icon, tag.square)
        if row.area is not None:
            left, width = columns["area"]
            brush.square(QRect(left, (height - px(8)) // 2, px(8), px(8)), self._area_color(row))
            brush.words(row.area, QRect(left + px(14), 0, width - px(14), height), "meta", "text2")
        owner = QRect(columns["owner"][0], (height - px(18)) // 2, px(18), px(18))
        brush.disc(owner, self._initials_of(row), row.assignee or "")
        if art.pill_width:
            end = sum(columns["due"])
            brush.pill(QRect(end - art.pill_width, (height - px(20)) // 2, art.pill_width, px(20)), art)

    def _ground(self, painter: QPainter, rect: QRect, role: str) -> None:
        theme = current()
        painter.fillRect(rect, theme.color(role))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("border"))

    def _bar(self, painter: QPainter, rect: QRect) -> None:
        """A row on its way: quiet bars."""
        px, color = current().px, current().color("select_idle")
        for at, share in enumerate((0.35, 0.85)[: 1 if self.book.density is Density.COMPACT else 2]):
            box = QRect(
                rect.left() + px(28), rect.top() + px(10 + 20 * at), round(rect.width() * share) - px(28), px(10)
            )
            rounded(painter, box, px(4), color, None)

    def _area_color(self, row: ThreadRow) -> int:
        return self._colors.get(row.area_id or 0, row.area_id or 0)

    def _initials_of(self, row: ThreadRow) -> str:
        if not row.assignee:
            return ""
        return self._initials.get(row.assignee) or row.assignee[:2].upper()


class Brush:
    """Draws in a row's own coordinates, mirrored where the window is."""

    def __init__(self, painter: QPainter, rect: QRect, *, faded: bool) -> None:
        """``faded`` draws all text quietly."""
        self._painter = painter
        self._rect = rect
        self._faded = faded
        self._mirror = painter.layoutDirection() is RTL
        self.width = rect.width()
        self.height = rect.height()

    def fill(self, box: QRect, role: str) -> None:
        """A plain rectangle."""
        self._painter.fillRect(self._place(box), current().color(role))

    def line(  # noqa: PLR0917 - a place, a height, a look
        self, text: Line, left: int, top: int, height: int, font: str, role: str, right: int = 0
    ) -> None:
        """A shaped line; one that runs against the window stands at ``right`` where that is given."""
        if text.rtl is not self._mirror and right:
            left = right - text.width
        box = self._place(QRect(left, top, text.width, height))
        self._painter.setFont(current().font(font))
        self._painter.setPen(self._ink(role))
        size = text.text.size()
        self._painter.drawStaticText(box.left(), round(box.top() + (height - size.height()) / 2), text.text)

    def words(self, text: str, box: QRect, font: str, role: str) -> None:
        """Words of our own, elided."""
        look: QFont = current().font(font)
        self._painter.setFont(look)
        self._painter.setPen(self._ink(role))
        elided = self._painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        self._painter.drawText(self._place(box), flags, elided)

    def pill(self, box: QRect, art: RowArt) -> None:
        """The deadline."""
        draw_pill(self._painter, self._place(box), art.pill, short=art.short)

    def tag(self, box: QRect, text: str, kind: str, icon: str, square: int) -> None:
        """A tag."""
        draw_tag(self._painter, self._place(box), text, kind, icon, square=square)

    def disc(self, box: QRect, initials: str, name: str) -> None:
        """Whose thread it is."""
        draw_disc(self._painter, self._place(box), initials, name)

    def dot(self, box: QRect) -> None:
        """New."""
        rounded(self._painter, self._place(box), box.height() / 2, current().color("accent"), None)

    def square(self, box: QRect, color: int) -> None:
        """An area's square."""
        rounded(self._painter, self._place(box), 2, current().area_color(color), None)

    def check(self, box: QRect, *, on: bool) -> None:
        """A check box."""
        theme = current()
        place = self._place(box)
        if not on:
            rounded(self._painter, place, 4, theme.color("raised"), QPen(theme.color("strong"), 1))
            return
        rounded(self._painter, place, 4, theme.color("accent_fill"), None)
        inner = theme.pixmap("check", "on_accent", 12)
        at = place.center()
        self._painter.drawPixmap(at.x() - theme.px(6) + 1, at.y() - theme.px(6) + 1, inner)

    def _ink(self, role: str) -> QColor:
        return current().color("text3" if self._faded else role)

    def _place(self, box: QRect) -> QRect:
        left = self.width - box.left() - box.width() if self._mirror else box.left()
        return QRect(self._rect.left() + left, self._rect.top() + box.top(), box.width(), box.height())
