"""How the gathered threads look: a line each, under the names of their columns."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inbox.model.thread import ThreadRow
from inbox.model.words import Status
from inbox.ui.incidents.threadmodel import CHECK, CHECKED_ROLE, FIT_ROLE, ROW_ROLE, Index, ThreadsModel
from inbox.ui.queue.art import runs_rtl
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.unsorted.words import where
from inbox.ui.widgets import isolate
from inbox.ui.widgets.deadline import DeadlineState, row_deadline
from inbox.ui.widgets.paint import LEADING, draw_pill, pill_width, rounded

if TYPE_CHECKING:
    from inbox.store.gathered import Fit

HEIGHT, HEAD, PITCH = 36, 32, 20
TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class ThreadsDelegate(QStyledItemDelegate):
    """A box, author, network, what was said last, press, match and deadline in one line."""

    def __init__(self, now: Callable[[], datetime], parent: QListView) -> None:
        """Paints the rows of a ``ThreadsModel``."""
        super().__init__(parent)
        self._now = now
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """36 high."""
        del index
        return QSize(option.rect.width(), current().px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        theme, rect, row = current(), option.rect, index.data(ROW_ROLE)
        fit: Fit | None = index.data(FIT_ROLE)
        px, state = theme.px, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = "hover" if state & QStyle.StateFlag.State_MouseOver else "surface"
        if chosen:
            ground = "select" if self._view.hasFocus() else "select_idle"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        if chosen:
            bar = QRect(rect.right() - px(3) + 1 if mirror else rect.left(), rect.top(), px(3), rect.height())
            painter.fillRect(bar, theme.color("accent"))
        model = index.model()
        shown = model.columns(rect.width()) if isinstance(model, ThreadsModel) else {}
        boxes = {name: _within(rect, *place, mirror=mirror) for name, place in shown.items()}
        if "check" in boxes:
            draw_check(painter, boxes["check"], on=bool(index.data(CHECKED_ROLE)))
        name = line(row.author_name or row.author_handle)
        _words(painter, boxes["author"], name, "name" if row.unread else "control", "text")
        if "network" in boxes:
            _words(painter, boxes["network"], where(row), "meta", "text2")
        if "press" in boxes and (fit is None or not fit.press):
            boxes["said"] = boxes["said"].united(boxes.pop("press"))
        said = line(row.text, 300)
        _words(painter, boxes["said"], said, "base", "text2", opposite=runs_rtl(said) is not mirror)
        if fit is not None:
            self._fit(painter, boxes, fit, mirror=mirror)
        self._due(painter, boxes["due"], row, mirror=mirror)
        painter.restore()

    def _fit(self, painter: QPainter, boxes: dict[str, QRect], fit: "Fit", *, mirror: bool) -> None:
        theme = current()
        box = boxes.get("press")
        if box is not None and fit.press:
            side = theme.px(14)
            left = box.right() + 1 - side if mirror else box.left()
            painter.drawPixmap(left, box.center().y() - side // 2 + 1, theme.pixmap("megaphone", "text2", 14))
            gap = side + theme.px(4)
            words = box.adjusted(0, 0, -gap, 0) if mirror else box.adjusted(gap, 0, 0, 0)
            _words(painter, words, self.tr("Press"), "caption", "text2")
        if "match" in boxes:
            put = self.tr("by hand") if fit.by else ""
            text = put if not fit.match and (put or fit.match is None) else f"{fit.match:.2f}"
            _words(painter, boxes["match"], text, "meta", "text2", trailing=True)

    def _due(self, painter: QPainter, box: QRect, row: ThreadRow, *, mirror: bool) -> None:
        theme = current()
        shown = row_deadline(row, self._now())
        if shown.state is not DeadlineState.NONE:
            width, high = min(pill_width(shown), box.width()), theme.px(PITCH)
            left = box.left() if mirror else box.right() + 1 - width
            draw_pill(painter, QRect(left, box.center().y() - high // 2 + 1, width, high), shown)
        elif row.status is Status.CLOSED:
            _words(painter, box, self.tr("Closed"), "meta", "text3", trailing=True)


class ThreadsHead(QWidget):
    """The names of the columns, and a box that checks all threads or none. ``all_wanted`` carries which."""

    all_wanted = Signal(bool)

    def __init__(
        self, threads: ThreadsModel, rows: QListView, parent: QWidget | None = None, *, whole: bool = True
    ) -> None:
        """Stands over ``rows``, which show ``threads``; ``whole`` says that all can be checked at once."""
        super().__init__(parent)
        self._threads, self._rows, self._whole = threads, rows, whole
        self.box = QCheckBox(self)
        self.box.setAccessibleName(self.tr("Reply to all gathered threads"))
        self.box.clicked.connect(self.all_wanted)
        self.setFixedHeight(current().px(HEAD))
        threads.checks_changed.connect(self.say)

    @Slot()
    def say(self) -> None:
        """Whether all are checked."""
        found = self._threads
        some = Qt.CheckState.PartiallyChecked if found.checked else Qt.CheckState.Unchecked
        self.box.setCheckState(Qt.CheckState.Checked if found.checked >= found.total else some)
        self.box.setVisible(found.checkable and self._whole)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The box stands over those of the rows."""
        super().resizeEvent(event)
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        place = self._columns().get("check")
        if place is not None:
            self.box.setGeometry(_within(self._over(), *place, mirror=mirror))

    def _over(self) -> QRect:
        """As wide as the rows: their scroll bar has no column."""
        wide = min(self.width(), self._rows.viewport().width() or self.width())
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return QRect(self.width() - wide if mirror else 0, 0, wide, self.height())

    def _columns(self) -> dict[str, tuple[int, int]]:
        return self._threads.columns(self._over().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The names over a line."""
        del event
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), current().color("border"))
        said = {
            "author": self.tr("Author"),
            "network": self.tr("Network"),
            "said": self.tr("Latest mention"),
            "match": self.tr("Match"),
            "due": self.tr("Due"),
        }
        for name, place in self._columns().items():
            box = _within(self._over(), *place, mirror=mirror)
            if name in said:
                _words(painter, box, said[name], "meta", "text2", trailing=name in {"match", "due"})
        painter.end()


def draw_check(painter: QPainter, box: QRect, *, on: bool) -> None:
    """A box that is checked or not, as other boxes look."""
    theme = current()
    side = theme.px(CHECK)
    place = QRect(box.center().x() - side // 2, box.center().y() - side // 2 + 1, side, side)
    if on:
        rounded(painter, place, theme.px(4), theme.color("accent_fill"), None)
        tick = theme.pixmap("check", "on_accent", 12)
        inset = (side - theme.px(12)) // 2
        painter.drawPixmap(place.left() + inset, place.top() + inset, tick)
    else:
        rounded(painter, place, theme.px(4), theme.color("raised"), QPen(theme.color("strong"), 1))


def _within(rect: QRect, left: int, width: int, *, mirror: bool) -> QRect:
    return QRect(rect.right() + 1 - left - width if mirror else rect.left() + left, rect.top(), width, rect.height())


def _words(
    painter: QPainter,
    box: QRect,
    text: str,
    font: str,
    role: str,
    *,
    trailing: bool = False,
    opposite: bool = False,
) -> None:
    painter.setFont(current().font(font))
    painter.setPen(current().color(role))
    words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, TRAILING if trailing or opposite else LEADING, isolate(words))
