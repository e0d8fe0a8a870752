"""The list of notices: its model, and the delegate that paints a sentence, its kind and its time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inbox.model.notice import Notice, NoticeKind
from inbox.ui.theme import current
from inbox.ui.thread.times import since_words
from inbox.ui.widgets import isolate

Index = QModelIndex | QPersistentModelIndex
NOTICE_ROLE = int(Qt.ItemDataRole.UserRole)
GUTTER, DOT, ICON, TIME, SIDE, PAD = 28, 8, 16, 76, 16, 8
# kind: (words, icon, colour role of the icon)
KINDS: dict[NoticeKind, tuple[str, str, str]] = {
    NoticeKind.NOBODY_AVAILABLE: ("Nobody available", "users", "soon"),
    NoticeKind.ASSIGNED: ("Given to you", "assign", "text2"),
    NoticeKind.RETURNED: ("Back in the queue", "undo", "text2"),
    NoticeKind.WARNING: ("Due soon", "hourglass", "soon"),
    NoticeKind.BREACH: ("Late", "triangle", "late"),
    NoticeKind.CORRECTED: ("Not late after all", "undo", "text2"),
    NoticeKind.INCIDENT: ("Incident", "flame", "hot"),
    NoticeKind.ESCALATION: ("Escalated to you", "double-chevron", "escalated"),
    NoticeKind.CONFIG: ("Workspace file", "rule", "text2"),
    NoticeKind.REPORT: ("Scheduled report", "chart", "late"),
}
_NO_PARENT = QModelIndex()


class NoticesModel(QAbstractListModel):
    """One row for each notice, the newest first."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """``now`` gives the time, aware UTC."""
        super().__init__(parent)
        self._now = now
        self.rows: tuple[Notice, ...] = ()

    def show_rows(self, rows: tuple[Notice, ...]) -> None:
        """Other notices, or the same anew; rows that stay keep the pointer."""
        if [each.id for each in rows] == [each.id for each in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many notices."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The notice, or all that its row says."""
        notice = self.rows[index.row()]
        if role == NOTICE_ROLE:
            return notice
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            begins = self.tr("New. %1") if notice.seen_at is None else "%1"
            words = begins.replace("%1", notice.sentence)
            return f"{words} {about(notice)}, {since_words(notice.at, self._now())}."
        return None


class NoticesDelegate(QStyledItemDelegate):
    """A row is as high as its sentence needs: dot, icon, sentence, time; below it the kind."""

    def __init__(self, view: QAbstractItemView, now: Callable[[], datetime]) -> None:
        """Paints in ``view``."""
        super().__init__(view)
        self._view = view
        self._now = now

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The lines of the sentence and one more."""
        del option
        theme = current()
        notice: Notice = index.data(NOTICE_ROLE)
        width = self._view.viewport().width()
        lines = _broken(notice, self._words(QRect(0, 0, width, 0)).width()).lineCount()
        return QSize(width, lines * theme.fonts.line("base") + theme.px(18) + 2 * theme.px(PAD) + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, mark, words, time."""
        theme, rect = current(), option.rect
        notice: Notice = index.data(NOTICE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, option.state)
        mirror = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        top = rect.top() + theme.px(PAD)
        if notice.seen_at is None:
            side = theme.px(DOT)
            box = QRect(rect.left() + theme.px(12), top + (theme.px(20) - side) // 2, side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(_mirrored(box, rect) if mirror else box)
        _words, icon, role = KINDS[notice.kind]
        box = QRect(rect.left() + theme.px(GUTTER), top + theme.px(2), theme.px(ICON), theme.px(ICON))
        box = _mirrored(box, rect) if mirror else box
        painter.drawPixmap(box.topLeft(), theme.pixmap(icon, role, ICON, painter.device().devicePixelRatioF()))
        self._say(painter, rect, notice, mirror=mirror)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        theme = current()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = "hover" if state & QStyle.StateFlag.State_MouseOver else "surface"
        if selected:
            ground = "select" if self._view.hasFocus() else "select_idle"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        if selected:
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            mirror = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
            painter.fillRect(_mirrored(bar, rect) if mirror else bar, theme.color("accent"))

    def _say(self, painter: QPainter, rect: QRect, notice: Notice, *, mirror: bool) -> None:
        theme = current()
        room = self._words(rect)
        words = _mirrored(room, rect) if mirror else room
        painter.setPen(theme.color("text" if notice.seen_at is None else "text2"))
        _broken(notice, words.width()).draw(painter, QPointF(words.topLeft()))
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text3"))
        below = QRect(words.left(), words.bottom() - theme.px(18) + 1, words.width(), theme.px(18))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, about(notice))
        at = QRect(rect.right() - theme.px(SIDE + TIME) + 1, room.top(), theme.px(TIME), theme.px(20))
        at = _mirrored(at, rect) if mirror else at
        trailing = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(at, trailing, since_words(notice.at, self._now()))

    @staticmethod
    def _words(rect: QRect) -> QRect:
        """Where sentence and kind stand, read from the left."""
        px = current().px
        return rect.adjusted(px(GUTTER + ICON + 8), px(PAD), -px(SIDE + TIME + 8), -px(PAD) - 1)


def about(notice: Notice) -> str:
    """The kind in words, and whether it was told late."""
    words = _tr(KINDS[notice.kind][0])
    return _tr("%1, told after an outage").replace("%1", words) if notice.late else words


def _broken(notice: Notice, width: int) -> QTextLayout:
    """The sentence in lines of the pitch that all text has, each in the middle of its own."""
    theme = current()
    role = "new" if notice.seen_at is None else "base"
    made = QTextLayout(isolate(notice.sentence), theme.font(role))
    pitch = theme.fonts.line(role)
    made.beginLayout()
    while (line := made.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, line.lineNumber() * pitch + (pitch - line.height()) / 2))
    made.endLayout()
    return made


def _mirrored(box: QRect, inside: QRect) -> QRect:
    return QRect(inside.left() + inside.right() - box.right(), box.top(), box.width(), box.height())


def _tr(text: str) -> str:
    return QCoreApplication.translate("notices", text)
