"""A popover: a list of choices with a field that filters it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets import LineEdit, column
from inbox.ui.widgets.paint import LEADING, draw_disc, rounded

Index = QModelIndex | QPersistentModelIndex
ROW, WIDTH, SHOWN = 36, 300, 9
CHOICE_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: ``value`` is what is given back; an icon, a disc or an area's square leads it."""

    value: Any
    text: str
    beside: str = ""
    icon: str = ""
    initials: str = ""
    square: int = -1
    free: bool = False


class ChoiceModel(QAbstractListModel):
    """The choices that match what was typed. ``free`` makes one of the words themselves."""

    def __init__(
        self, choices: Sequence[Choice], free: Callable[[str], Choice | None] | None, parent: QObject | None = None
    ) -> None:
        """All choices at first."""
        super().__init__(parent)
        self._all = list(choices)
        self._free = free
        self.shown: list[Choice] = list(choices)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many match."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The choice, or its words."""
        choice = self.shown[index.row()]
        if role == CHOICE_ROLE:
            return choice
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            return f"{choice.text}, {choice.beside}" if choice.beside else choice.text
        return None

    def narrow(self, words: str) -> None:
        """Keeps what contains every word typed."""
        parts = words.casefold().split()
        self.beginResetModel()
        self.shown = [choice for choice in self._all if all(part in choice.text.casefold() for part in parts)]
        made = self._free(words.strip()) if self._free is not None and words.strip() else None
        if made is not None and all(choice.value != made.value for choice in self.shown):
            self.shown.append(made)
        self.endResetModel()


class ChoiceDelegate(QStyledItemDelegate):
    """Paints a choice."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """36 high."""
        del option, index
        return QSize(current().px(120), current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Mark, words, and quieter words at the end."""
        theme = current()
        choice: Choice = index.data(CHOICE_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            rounded(painter, rect.adjusted(4, 0, -4, 0), theme.px(6), theme.color("select"), None)
        inner = rect.adjusted(theme.px(14), 0, -theme.px(14), 0)
        mirror = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = theme.px(20)
        left = inner.right() - side + 1 if mirror else inner.left()
        self._mark(painter, QRect(left, rect.center().y() - side // 2 + 1, side, side), choice)
        gap = theme.px(30)
        words = inner.adjusted(0, 0, -gap, 0) if mirror else inner.adjusted(gap, 0, 0, 0)
        painter.setFont(theme.font("base"))
        painter.setPen(theme.color("text"))
        painter.drawText(words, LEADING, choice.text)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text3"))
        painter.drawText(words, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, choice.beside)
        painter.restore()

    def _mark(self, painter: QPainter, box: QRect, choice: Choice) -> None:
        theme = current()
        if choice.initials:
            draw_disc(painter, box, choice.initials, str(choice.value))
        elif choice.icon:
            painter.drawPixmap(box.left() + theme.px(2), box.top() + theme.px(2), theme.pixmap(choice.icon, "text2"))
        elif choice.square >= 0:
            inset = theme.px(6)
            rounded(painter, box.adjusted(inset, inset, -inset, -inset), 2, theme.area_color(choice.square), None)


class Picker(QFrame):
    """A popover of choices under ``anchor``; Enter takes the marked one, Escape closes."""

    picked = Signal(object)

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        anchor: QWidget,
        *,
        free: Callable[[str], Choice | None] | None = None,
    ) -> None:
        """``title`` says what is being chosen; ``free`` makes a choice of what was typed."""
        super().__init__(anchor.window(), Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(title)
        self.field = LineEdit(title, title)
        self.model = ChoiceModel(choices, free, self)
        self.list = QListView()
        self.list.setAccessibleName(title)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setStyleSheet("QListView { background: transparent; }")
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        box = column(self, margins=(8, 8, 8, 8), gap=4)
        box.addWidget(self.field)
        box.addWidget(self.list)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._take)
        self.list.entered.connect(self.list.setCurrentIndex)
        self._mark(0)
        px = current().px
        rows = min(SHOWN, max(1, len(choices)))
        self.setFixedSize(px(WIDTH), px(ROW) * rows + px(28) + px(26))

    def open_at(self, corner: QPoint) -> None:
        """Shows the popover with its leading top corner at a place on the screen."""
        screen = self.screen().availableGeometry()
        left = min(max(screen.left(), corner.x()), screen.right() - self.width())
        top = min(max(screen.top(), corner.y()), screen.bottom() - self.height())
        self.move(left, top)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down and Enter act on the list while the field has the keyboard."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self._mark(self.list.currentIndex().row() + (1 if key is Qt.Key.Key_Down else -1))
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._take(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised card."""
        del event
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, self.rect(), theme.px(10), theme.color("raised"), QPen(theme.color("strong"), 1))
        painter.end()

    @Slot(str)
    def _narrow(self, words: str) -> None:
        self.model.narrow(words)
        self._mark(0)

    def _mark(self, place: int) -> None:
        count = self.model.rowCount()
        if count:
            self.list.setCurrentIndex(self.model.index(place % count))

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            choice: Choice = index.data(CHOICE_ROLE)
            self.close()
            self.picked.emit(choice.value)
