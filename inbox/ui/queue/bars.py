"""The bars over the list: head, chips, "3 new threads", bulk verbs, and the heads of compact columns."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from inbox.ui.commands import BY_ID, cap, shown_text
from inbox.ui.context import Context
from inbox.ui.queue.art import Density, compact_columns
from inbox.ui.theme import current
from inbox.ui.widgets import Button, IconButton, Label, PageHead, Pane, Segmented, isolate, row
from inbox.ui.widgets.paint import CENTER, LEADING, cap_width, draw_cap
from inbox.ui.widgets.words import counted

BULK_VERBS = ("assign", "move", "tag", "snooze", "close")


class Chips(QWidget):
    """Order, unassigned, late or soon, and further filters."""

    order_wanted = Signal()
    filter_wanted = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is filtered."""
        super().__init__(parent)
        self.order = self._chip(self.tr("Due first"), "sort")
        self.order.setCheckable(True)
        self.order.setChecked(True)
        self.unassigned = self._chip(self.tr("Unassigned"))
        self.pressing = self._chip(self.tr("Late or soon"))
        self.more = self._chip(self.tr("Filter"), "plus")
        self.order.clicked.connect(self._order)
        self.more.clicked.connect(self.filter_wanted)
        self._box = row(self, gap=8)
        for chip in (self.order, self.unassigned, self.pressing):
            self._box.addWidget(chip)
        self._box.addStretch(1)
        self._box.addWidget(self.more)
        for chip in (self.unassigned, self.pressing):
            chip.setCheckable(True)
            chip.clicked.connect(self.changed)

    def _chip(self, text: str, icon: str = "") -> Button:
        chip = Button(text, icon, "chip", font="meta_control")
        chip.set_slim()
        return chip

    def _order(self) -> None:
        self.order.setChecked(True)
        self.order_wanted.emit()

    def say_filters(self, n: int) -> None:
        """How many filters of the menu are on."""
        words = self.tr("Filter") if n == 0 else counted("%n filter(s)", n, "queue")
        self.more.setText(words)
        self.more.setAccessibleName(words)
        self.more.setCheckable(n > 0)
        self.more.setChecked(n > 0)
        self.more.updateGeometry()

    def say_order(self, words: str) -> None:
        """Which order is on."""
        self.order.setText(words)
        self.order.setAccessibleName(words)
        self.order.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for all of them, hidden ones too."""
        chips = (self.order, self.unassigned, self.pressing, self.more)
        width = sum(chip.sizeHint().width() for chip in chips) + current().px(8) * len(chips)
        return QSize(width, current().px(28))

    def minimumSizeHint(self) -> QSize:
        """Order and filter always stay."""
        return QSize(self.order.sizeHint().width() + self.more.sizeHint().width(), current().px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What does not fit goes into the filter menu."""
        super().resizeEvent(event)
        room = event.size().width() - self.order.sizeHint().width() - self.more.sizeHint().width()
        gap = current().px(8)
        for chip in (self.unassigned, self.pressing):
            room -= chip.sizeHint().width() + gap
            chip.setVisible(room > gap)


class QueueHead(PageHead):
    """Title and count; in compact rows also the chips and the density."""

    density_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty head."""
        super().__init__("", "", parent)
        self.filter = IconButton("filter", self.tr("Filter"))
        self.more = IconButton("more", self.tr("More"))
        names = ((Density.COMFORTABLE, self.tr("Comfortable")), (Density.COSY, self.tr("Cosy")))
        options = [(str(key), words, "") for key, words in (*names, (Density.COMPACT, self.tr("Compact")))]
        self.density = Segmented(options, self.tr("Row height"))
        self.density.set_value(Density.COSY)
        self.density.chosen.connect(self.density_chosen)
        self.density.hide()
        for tool in (self.density, self.filter, self.more):
            self.tools.addWidget(tool)

    def set_compact(self, *, compact: bool) -> None:
        """Shows the density only where there is room for it."""
        self.density.setVisible(compact)
        self.filter.setVisible(not compact)


class NewBar(QAbstractButton):
    """New threads that wait, as in "3 new threads": a click brings them into the list, and so does its key."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until something arrives."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(current().px(28))
        self.clicked.connect(self.wanted)
        self.hide()

    def say(self, n: int) -> None:
        """How many there are; none hides the bar."""
        words = counted("%n new thread(s)", n, "queue")
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(n > 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, words and key in the middle."""
        del event
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("accent_soft"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("border"))
        painter.setFont(theme.font("control"))
        width = painter.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - width) // 2
        painter.drawPixmap(
            left - theme.px(22), (self.height() - theme.px(16)) // 2, theme.pixmap("double-chevron", "accent")
        )
        painter.setPen(theme.color("accent"))
        painter.drawText(self.rect(), CENTER, isolate(self.text()))
        key = self.rect()
        key.setRect(left + width + theme.px(10), (self.height() - theme.px(18)) // 2, cap_width("."), theme.px(18))
        draw_cap(painter, key, ".")
        painter.end()


class BulkBar(Pane):
    """How many threads are ticked, and what can be done with all of them at once."""

    all_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Hidden until something is ticked."""
        super().__init__("accent_soft", "bottom", parent)
        self.setFixedHeight(current().px(48))
        box = row(self, margins=(16, 0, 12, 0), gap=8)
        self.count = Label("", "name")
        box.addWidget(self.count)
        self.verbs: list[Button] = []
        for id_ in BULK_VERBS:
            command = BY_ID[id_]
            text = shown_text(command).removesuffix("...").removesuffix(" to")
            verb = Button(text, command.icon, "plain", cap(id_), self)
            verb.setObjectName(id_)
            verb.clicked.connect(partial(context.commands.run, id_))
            box.addWidget(verb)
            self.verbs.append(verb)
        box.addStretch(1)
        self.all = Button(self.tr("Select all"), "", "ghost")
        self.clear = Button(self.tr("Clear"), "close", "ghost", self.tr("Esc"))
        self.all.clicked.connect(self.all_wanted)
        self.clear.clicked.connect(self.clear_wanted)
        box.addWidget(self.all)
        box.addWidget(self.clear)
        self.hide()

    def say(self, ticked: int, total: int) -> None:
        """How many are ticked, of how many."""
        self.count.setText(self.tr("%1 selected").replace("%1", str(ticked)))
        self.count.setMinimumWidth(self.count.sizeHint().width())
        self.all.setText(self.tr("Select all %1").replace("%1", str(total)))
        self.setVisible(ticked > 0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words give way to icons where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The bar never widens the list."""
        return QSize(0, current().px(48))

    def _fit(self) -> None:
        full = sum(verb.sizeHint().width() + 8 for verb in self.verbs if verb.words) if self.verbs[0].words else 0
        wide = self.width() >= max(current().px(760), full)
        for verb in self.verbs:
            verb.set_words(shown=wide)
        self.clear.set_words(shown=wide)
        self.all.setVisible(self.width() >= current().px(390))


class ColumnHeads(Pane):
    """The heads of the compact columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """28 high."""
        super().__init__("sunken", "bottom", parent)
        self.setFixedHeight(current().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words over their columns."""
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text3"))
        columns = compact_columns(self.width())
        heads = {"author": self.tr("Author"), "network": self.tr("Network"), "excerpt": self.tr("Latest mention")}
        heads |= {"area": self.tr("Area"), "due": self.tr("Due")}
        for key, words in heads.items():
            left, width = columns[key]
            box = self.rect()
            box.setLeft(left)
            box.setWidth(width)
            trailing = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
            painter.drawText(box, trailing if key == "due" else LEADING, words)
        painter.end()
