"""The live matches: which stored threads the rule on screen takes, and why."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QFrame, QListView, QStackedWidget, QWidget

from inbox.ui.entries.editing import MARGIN
from inbox.ui.rules.matchdelegate import MatchDelegate
from inbox.ui.rules.matchmodel import MatchModel, rows_of
from inbox.ui.theme import current
from inbox.ui.widgets import Button, EmptyState, ErrorState, LoadingBars, PageHead, Pane, column, row
from inbox.ui.widgets.words import number

if TYPE_CHECKING:
    from inbox.flow.matching import Matches

CHIPS = ("moves", "all", "missed")


class MatchView(QListView):
    """Arrows choose, Enter or a click opens the thread."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until matches come."""
        super().__init__(parent)
        self.matches = MatchModel(self)
        self.delegate = MatchDelegate(self)
        self.setModel(self.matches)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Live matches"))
        self.setStyleSheet("QListView { background: transparent; }")
        self.clicked.connect(self._open)
        current().changed.connect(self._anew)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other breaks for another width."""
        super().resizeEvent(event)
        if self.delegate.width != self.viewport().width():
            self.delegate.width = self.viewport().width()
            self._anew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if Qt.Key(event.key()) in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        thread_id = self.matches.rows[index.row()].thread_id
        if thread_id is not None:
            self.opened.emit(thread_id)

    @Slot()
    def _anew(self) -> None:
        self.scheduleDelayedItemsLayout()


class Bars(LoadingBars):
    """Grey bars that are shown at once: the waiting was done elsewhere."""

    def begin(self) -> None:
        """Shows them."""
        self.start()
        self._wait_over()


class MatchesPane(Pane):
    """``count_changed`` says how many match, in words, for a tab; ``opened`` carries a thread."""

    opened = Signal(object)
    count_changed = Signal(str)
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is asked yet."""
        super().__init__("sunken", "", parent)
        self._matches: Matches | None = None
        self.head = PageHead(self.tr("Live matches"), inset=MARGIN)
        self.head.setProperty("ground", "sunken")
        self.chips: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self.view = MatchView()
        self.bars, self.trouble = Bars(88), ErrorState()
        self.nothing = EmptyState(icon="rule")
        self.stack = QStackedWidget()
        for page in (self.nothing, self.view, self.bars, self.trouble):
            self.stack.addWidget(page)
        box = column(self)
        box.addWidget(self.head)
        box.addWidget(self._make_chips())
        box.addWidget(self.stack, 1)
        self.view.opened.connect(self.opened)
        self.trouble.acted.connect(self.again)
        self.nothing.acted.connect(self._all)
        self.setFocusProxy(self.view)

    def _make_chips(self) -> QWidget:
        bar = Pane("sunken", "bottom")
        bar.setFixedHeight(current().px(36))
        line = row(bar, margins=(MARGIN, 0, 12, 0), gap=8)
        for key in CHIPS:
            chip = Button("", kind="chip", font="meta_control")
            chip.setCheckable(True)
            chip.set_slim()
            self._group.addButton(chip)
            self.chips[key] = chip
            line.addWidget(chip)
        line.addStretch(1)
        self.chips["all"].setChecked(True)
        self._group.buttonClicked.connect(self._chip_chosen)
        self._name_chips()
        return bar

    # -- what is shown

    def show_matches(self, matches: "Matches") -> None:
        """What the rule takes."""
        self._matches = matches
        self.bars.stop()
        words = self.tr("%1 of %2 in 7 days").replace("%1", number(matches.matched))
        self.head.beside.setText(words.replace("%2", number(matches.total_threads)))
        self.count_changed.emit(number(matches.matched))
        self._name_chips()
        self._show_rows()

    def say(self, sentence: str) -> None:
        """Nothing can be asked now; what to do instead."""
        self._matches = None
        self.bars.stop()
        self.head.beside.setText("")
        self.count_changed.emit("")
        self._name_chips()
        self.nothing.say(sentence, icon="rule")
        self.stack.setCurrentWidget(self.nothing)

    def wait(self) -> None:
        """The answer takes a while."""
        self.bars.begin()
        self.stack.setCurrentWidget(self.bars)

    def explain(self, sentence: str) -> None:
        """Trouble."""
        self.say("")
        self.trouble.explain(sentence, self.tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    @property
    def chip(self) -> str:
        """Which chip is on."""
        return next(key for key, chip in self.chips.items() if chip.isChecked())

    def _show_rows(self) -> None:
        if self._matches is None:
            return
        rows = rows_of(self._matches, self.chip)
        self.view.matches.show_rows(rows)
        if rows:
            self.stack.setCurrentWidget(self.view)
            return
        words = {
            "moves": self.tr("No thread would be moved."),
            "missed": self.tr("No thread was just missed."),
        }.get(self.chip, self.tr("No thread of the last 7 days matches."))
        self.nothing.say(words, self.tr("Show all") if self.chip != "all" else "", "search")
        self.stack.setCurrentWidget(self.nothing)

    def _name_chips(self) -> None:
        found = self._matches
        names: dict[str, tuple[str, Callable[[Matches], int]]] = {
            "moves": (self.tr("Would move"), _would_move),
            "all": (self.tr("All"), _matched),
            "missed": (self.tr("Just missed"), _just_missed),
        }
        for key, (words, count) in names.items():
            text = words if found is None else f"{words} {number(count(found))}"
            chip = self.chips[key]
            chip.setText(text)
            chip.setAccessibleName(text)
            chip.setEnabled(found is not None)
            chip.updateGeometry()
            chip.update()

    @Slot()
    def _chip_chosen(self) -> None:
        self._show_rows()

    @Slot()
    def _all(self) -> None:
        self.chips["all"].setChecked(True)
        self._show_rows()


def _would_move(matches: "Matches") -> int:
    return matches.would_move


def _matched(matches: "Matches") -> int:
    return matches.matched


def _just_missed(matches: "Matches") -> int:
    return matches.just_missed
