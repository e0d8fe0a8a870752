"""The table of accounts: state, last pull, lag, budget left."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from inbox.model.ids import AccountId
from inbox.ui.accounts.scene import AccountFacts
from inbox.ui.accounts.words import ago, budget_words, lag_of, last_pull, state_of
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.thread.words import network_title
from inbox.ui.widgets import isolate
from inbox.ui.widgets.paint import LEADING, TAG, draw_tag, rounded, tag_width

Index = QModelIndex | QPersistentModelIndex
NAME, STATE, PULL, LAG, BUDGET = range(5)
ROW, HEAD, NARROW = 52, 32, 520
LOW = 0.2
_NO_PARENT = QModelIndex()


class AccountsModel(QAbstractTableModel):
    """One row for each account."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """``now`` gives the time, aware UTC."""
        super().__init__(parent)
        self._now = now
        self.rows: tuple[AccountFacts, ...] = ()

    def show_rows(self, rows: tuple[AccountFacts, ...]) -> None:
        """Other accounts, or the same anew."""
        same = [each.account.id for each in rows] == [each.account.id for each in self.rows]
        if same:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, BUDGET))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many accounts."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Account, state, last pull, lag, budget left."""
        return 0 if parent.isValid() else BUDGET + 1

    def headerData(self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The column's name."""
        if way is not Qt.Orientation.Horizontal:
            return None
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        if role != int(Qt.ItemDataRole.DisplayRole):
            return None
        names = (self.tr("Account"), self.tr("State"), self.tr("Last pull"), self.tr("Lag"), self.tr("Budget left"))
        return names[section]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The cell in words."""
        if role not in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            return None
        facts = self.rows[index.row()]
        account = facts.account
        cells: dict[int, Callable[[], str]] = {
            NAME: lambda: f"{network_title(account.network)} @{line(account.handle)}",
            STATE: lambda: state_of(account).words,
            PULL: lambda: ago(last_pull(facts), self._now()),
            LAG: lambda: lag_of(facts) or "-",
            BUDGET: lambda: budget_words(account) or "-",
        }
        return cells[index.column()]()


class AccountsDelegate(QStyledItemDelegate):
    """Paints the cells."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """52 high."""
        del option, index
        return QSize(current().px(40), current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, the cell, and the line below."""
        theme = current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        model = index.model()
        if not isinstance(model, AccountsModel):
            return
        facts = model.rows[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        active = bool(state & QStyle.StateFlag.State_HasFocus or state & QStyle.StateFlag.State_Active)
        ground = ("select" if active else "select_idle") if selected else "surface"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        mirror = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if selected and index.column() == NAME:
            left = rect.right() - 2 if mirror else rect.left()
            painter.fillRect(QRect(left, rect.top(), 3, rect.height()), theme.color("accent"))
        lead, trail = theme.px(16), theme.px(4)
        inner = rect.adjusted(trail, 0, -lead, 0) if mirror else rect.adjusted(lead, 0, -trail, 0)
        if index.column() == NAME:
            self._name(painter, inner, facts)
        elif index.column() == STATE:
            self._state(painter, inner, facts, mirror=mirror)
        elif index.column() == BUDGET and facts.account.budget_left is not None:
            self._budget(painter, inner, facts, mirror=mirror)
        else:
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.color("text2"))
            painter.drawText(inner, LEADING, isolate(str(index.data())))
        painter.restore()

    @staticmethod
    def _name(painter: QPainter, inner: QRect, facts: AccountFacts) -> None:
        theme = current()
        half = theme.px(26)
        top = QRect(inner.left(), inner.top() + theme.px(6), inner.width(), half - theme.px(4))
        painter.setFont(theme.font("name"))
        painter.setPen(theme.color("text"))
        painter.drawText(top, LEADING, network_title(facts.account.network))
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text3"))
        metrics = QFontMetrics(theme.font("meta"))
        words = isolate(f"@{line(facts.account.handle)}")
        low = top.translated(0, theme.px(19))
        painter.drawText(low, LEADING, metrics.elidedText(words, Qt.TextElideMode.ElideRight, low.width()))

    @staticmethod
    def _state(painter: QPainter, inner: QRect, facts: AccountFacts, *, mirror: bool) -> None:
        theme = current()
        state = state_of(facts.account)
        width = min(tag_width(state.words, icon=True), inner.width())
        left = inner.right() - width + 1 if mirror else inner.left()
        box = QRect(left, inner.center().y() - theme.px(TAG) // 2, width, theme.px(TAG))
        draw_tag(painter, box, state.words, state.kind, state.icon)

    @staticmethod
    def _budget(painter: QPainter, inner: QRect, facts: AccountFacts, *, mirror: bool) -> None:
        theme = current()
        share = min(1.0, max(0.0, facts.account.budget_left or 0.0))
        width, height = theme.px(54), theme.px(6)
        left = inner.right() - width + 1 if mirror else inner.left()
        track = QRect(left, inner.center().y() - height // 2, width, height)
        rounded(painter, track, 3, theme.color("select_idle"), None)
        filled = max(round(width * share), height) if share else 0
        start = track.right() - filled + 1 if mirror else track.left()
        if filled:
            ink = theme.color("soon" if share < LOW else "accent_fill")
            rounded(painter, QRect(start, track.top(), filled, height), 3, ink, None)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text2"))
        gap = width + theme.px(8)
        words = inner.adjusted(0, 0, -gap, 0) if mirror else inner.adjusted(gap, 0, 0, 0)
        painter.drawText(words, LEADING, budget_words(facts.account))


class AccountsTable(QTableView):
    """Arrows choose; ``chosen`` carries the account's number."""

    chosen = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """Empty until rows come."""
        super().__init__(parent)
        self.accounts = AccountsModel(now, self)
        self.setModel(self.accounts)
        self.setItemDelegate(AccountsDelegate(self))
        self.setAccessibleName(self.tr("Accounts"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.fit()

    def show_rows(self, rows: tuple[AccountFacts, ...]) -> None:
        """Shows the accounts, as tall as they are."""
        self.accounts.show_rows(rows)
        self.fit()

    def choose(self, account_id: AccountId | None) -> None:
        """Marks the row of an account."""
        for at, facts in enumerate(self.accounts.rows):
            if facts.account.id == account_id:
                self.selectRow(at)

    def fit(self) -> None:
        """Heights by the text size in force; columns go where there is no room."""
        px = current().px
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        self.horizontalHeader().setFixedHeight(px(HEAD))
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        sides = f"0 {px(16)}px 0 4px" if mirror else f"0 4px 0 {px(16)}px"
        self.horizontalHeader().setStyleSheet(f"QHeaderView::section {{ padding: {sides}; }}")
        for column, width in ((STATE, 140), (PULL, 92), (LAG, 76), (BUDGET, 116)):
            self.setColumnWidth(column, px(width))
        narrow = 0 < self.width() < px(NARROW)
        for column in (LAG, BUDGET):
            self.setColumnHidden(column, narrow)
        self.setFixedHeight(px(HEAD) + px(ROW) * len(self.accounts.rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns come and go."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.accounts.rows[now.row()].account.id)
