"""The areas as numbered cards: a number, or a click, puts the thread there."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from inbox.ui.theme import current
from inbox.ui.unsorted.words import percent
from inbox.ui.widgets import isolate
from inbox.ui.widgets.paint import LEADING, draw_cap, rounded

CARD, GAP, BAR, SHORT_BAR, TRACK = 46, 8, 70, 36, 6
TWO_FROM, BAR_FROM, LONG_FROM = 400, 230, 290
TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class AreaCard(QAbstractButton):
    """One area: its key, its square, its name, and how likely it is. The likeliest has an accent outline."""

    def __init__(self) -> None:
        """Nothing until ``say``."""
        super().__init__()
        self.key, self.name, self.square, self.best = "", "", -1, False
        self.share: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, key: str, name: str, square: int, share: float | None, *, best: bool = False) -> None:
        """Another area: ``square`` is its colour index, -1 for none; ``share`` None where nothing is known."""
        self.key, self.name, self.square, self.share, self.best = key, name, square, share, best
        self.setText(name)
        likely = f", {percent(share)}" if share is not None else ""
        self.setAccessibleName(f"{key} {name}{likely}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        """46 high."""
        return QSize(current().px(200), current().px(CARD))

    def minimumSizeHint(self) -> QSize:
        """May be squeezed."""
        return QSize(current().px(120), current().px(CARD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cap, square, name, bar, share."""
        del event
        theme = current()
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        self._ground(painter)
        inner = self.rect().adjusted(px(12), 0, -px(12), 0)
        if self.key:
            draw_cap(painter, self._place(inner, 0, px(20), px(20)), self.key, "text" if self.isEnabled() else "text3")
        left = px(30) if self.key else 0
        if self.square >= 0:
            rounded(painter, self._place(inner, left, px(8), px(8)), 2, theme.area_color(self.square), None)
            left += px(16)
        end = self._share(painter, inner)
        room = inner.width() - left - end
        painter.setFont(theme.font("name"))
        painter.setPen(theme.color("text" if self.isEnabled() else "text3"))
        words = painter.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, room)
        self.setToolTip(self.name if words != self.name else "")
        painter.drawText(self._place(inner, left, room, self.height()), LEADING, isolate(words))
        painter.end()

    def _ground(self, painter: QPainter) -> None:
        theme = current()
        fill = "select_idle" if self.isDown() else "hover" if self.underMouse() and self.isEnabled() else "surface"
        marked = self.best and self.isEnabled()
        edge = QPen(theme.color("accent" if marked else "border"), 2 if marked else 1)
        rounded(painter, self.rect(), theme.px(8), theme.color(fill), edge)

    def _share(self, painter: QPainter, inner: QRect) -> int:
        """Draws how likely it is at the end; says how much room that took."""
        if self.share is None:
            return 0
        theme = current()
        px = theme.px
        painter.setFont(theme.font("base"))
        painter.setPen(theme.color("text" if self.best else "text2"))
        words = percent(self.share)
        width = max(px(32), painter.fontMetrics().horizontalAdvance(words))
        painter.drawText(self._place(inner, inner.width() - width, width, self.height()), TRAILING, isolate(words))
        if self.width() < px(BAR_FROM):
            return width + px(8)
        bar = px(BAR if self.width() >= px(LONG_FROM) else SHORT_BAR)
        start = inner.width() - width - px(10) - bar
        track = self._place(inner, start, bar, px(TRACK))
        rounded(painter, track, px(TRACK) / 2, theme.color("select_idle"), None)
        filled = max(px(2), round(bar * min(1.0, self.share)))
        rounded(
            painter,
            self._place(inner, start, filled, px(TRACK)),
            px(TRACK) / 2,
            theme.color("accent_fill" if self.best else "strong"),
            None,
        )
        return width + bar + px(18)

    def _place(self, inner: QRect, start: int, width: int, height: int) -> QRect:
        """A box ``start`` from the leading side of ``inner``, in the middle of its height."""
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = inner.right() + 1 - start - width if mirror else inner.left() + start
        return QRect(left, (self.height() - height) // 2, width, height)


class AreaCards(QWidget):
    """Up to ten cards in two columns. ``chosen`` carries an area's name, ``more_wanted`` asks for all of them."""

    chosen = Signal(str)
    more_wanted = Signal()
    MOST = 10

    def __init__(self, parent: QWidget | None = None) -> None:
        """No cards yet."""
        super().__init__(parent)
        self.cards: list[AreaCard] = []
        self._names: list[str] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(current().px(GAP))
        self._columns = 2

    def show_areas(self, areas: Sequence[tuple[str, float | None]], squares: dict[str, int]) -> None:
        """The likeliest first; with more than ten the last card opens the list of all."""
        few = len(areas) <= self.MOST
        shown = areas if few else areas[: self.MOST - 1]
        self._names = [name for name, _share in shown]
        self._make(len(shown) + (not few))
        for at, (name, share) in enumerate(shown):
            best = at == 0 and share is not None
            self.cards[at].say(str((at + 1) % 10), name, squares.get(name, at), share, best=best)
        if not few:
            words = self.tr("%1 more areas").replace("%1", str(len(areas) - len(shown)))
            self.cards[-1].say("0", words, -1, None)

    def _make(self, n: int) -> None:
        """So many cards; those that are there stay, since one of them may have the keyboard."""
        if n == len(self.cards):
            return
        while len(self.cards) > n:
            old = self.cards.pop()
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        while len(self.cards) < n:
            card = AreaCard()
            card.clicked.connect(partial(self._pressed, len(self.cards)))
            self.cards.append(card)
        self._lay()

    def _pressed(self, at: int) -> None:
        if at < len(self._names):
            self.chosen.emit(self._names[at])
        else:
            self.more_wanted.emit()

    def press(self, digit: int) -> bool:
        """What the number of a card does; False where there is none."""
        at = (digit - 1) % 10
        if at >= len(self.cards) or not self.isEnabled():
            return False
        self._pressed(at)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is little room."""
        super().resizeEvent(event)
        columns = 2 if event.size().width() >= current().px(TWO_FROM) else 1
        if columns != self._columns:
            self._columns = columns
            self._lay()

    def _lay(self) -> None:
        for card in self.cards:
            self._grid.removeWidget(card)
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // self._columns, at % self._columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
