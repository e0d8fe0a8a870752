"""The three columns of the rules screen, and what becomes of them where there is less room."""

from enum import Enum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget

from inbox.ui.backtest import BacktestSummary
from inbox.ui.context import Context
from inbox.ui.rules.editor import MARGIN, RuleEditor
from inbox.ui.rules.listing import RulesView
from inbox.ui.rules.matches import MatchesPane
from inbox.ui.theme import current
from inbox.ui.widgets import Button, ElidedLabel, IconButton, Label, PageHead, Pane, Segmented, column, row

LIST, LIVE, LIST_LEAST, MIDDLE_LEAST, LIVE_LEAST = 288, 448, 240, 380, 300
WIDE_FROM, TWO_FROM = 1060, 860
HEAD = 34


class Fold(Enum):
    """Three columns; two, with the matches behind a tab; one after the other."""

    WIDE = 3
    TWO = 2
    ONE = 1


def fold(width: int) -> Fold:
    """For a page of ``width`` pixels at 100%."""
    return Fold.WIDE if width >= WIDE_FROM else Fold.TWO if width >= TWO_FROM else Fold.ONE


class ListHead(Pane):
    """The names of the list's columns."""

    def __init__(self) -> None:
        """Over number and name, count, switch."""
        super().__init__("surface", "bottom")
        self.setFixedHeight(current().px(HEAD))
        line = row(self, margins=(44, 0, 14, 0), gap=8)
        self._line = line
        line.addWidget(Label(self.tr("Order and name"), "meta", "text3"))
        line.addStretch(1)
        line.addWidget(Label(self.tr("7 days"), "meta", "text3"))
        on = Label(self.tr("On"), "meta", "text3")
        on.setFixedWidth(current().px(26))
        line.addWidget(on)
        self._bar = 0

    def leave_room(self, bar: int) -> None:
        """Beside a scroll bar of so many pixels, so that the names stay over their columns."""
        held = self._line.contentsMargins()
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, right = (held.left() - self._bar, held.right()) if mirror else (held.left(), held.right() - self._bar)
        self._bar = bar
        left, right = (left + bar, right) if mirror else (left, right + bar)
        self._line.setContentsMargins(left, 0, right, 0)


class KeysFoot(Pane):
    """What the keys do in the list; there is no other place that says so."""

    def __init__(self) -> None:
        """Under the list."""
        super().__init__("surface", "top")
        self.setFixedHeight(current().px(HEAD))
        words = self.tr("Space switches, Alt ↑ ↓ moves, Del deletes")
        row(self, margins=(16, 0, 12, 0)).addWidget(ElidedLabel(words, "meta", "text3"))


class Columns(QSplitter):
    """List, editor, matches. ``back`` brings the list back where there is room for one only."""

    went_back = Signal()

    def __init__(self, context: Context) -> None:
        """Wide until it is arranged."""
        super().__init__()
        self.fold: Fold | None = None
        self._editing = False
        self.list = RulesView()
        self.editor, self.matches = RuleEditor(), MatchesPane()
        self.backtest = BacktestSummary(context, self.editor)
        self.whole_backtest = Button(self.tr("The whole backtest"), "chart", "link")
        self.add = IconButton("plus", self.tr("New rule"), key="Ctrl N")
        self.back_button = IconButton("chevron-left", self.tr("Back to the rules"), key="Alt Left")
        self.remove = IconButton("trash", self.tr("Delete this rule"))
        self.discard = Button(self.tr("Discard"), kind="ghost")
        self.save = Button(self.tr("Save"), kind="primary", key="Ctrl S")
        self.head = PageHead("", inset=MARGIN)
        self._middle_stack = QStackedWidget()
        self.tabs = Segmented((("rule", self.tr("Rule"), ""), ("live", self.tr("Live matches"), "")), self.tr("Show"))
        self.told = Label("", "meta", "text3")
        self._build()

    def _build(self) -> None:
        self.left, self.middle = Pane("surface"), Pane("surface")
        box = column(self.left)
        title = PageHead(self.tr("Rules"), self.tr("first match wins"))
        title.tools.addWidget(self.add)
        box.addWidget(title)
        head = ListHead()
        box.addWidget(head)
        box.addWidget(self.list, 1)
        box.addWidget(KeysFoot())
        bar = self.list.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most: head.leave_room(bar.sizeHint().width() if most else 0))
        self.head.tools.insertWidget(0, self.back_button)
        for button in (self.remove, self.discard, self.save):
            self.head.tools.addWidget(button)
        self.tab_bar = Pane("surface", "bottom")
        line = row(self.tab_bar, margins=(16, 4, 16, 4))
        line.addWidget(self.tabs)
        line.addStretch(1)
        line.addWidget(self.told)
        self._middle_stack.addWidget(self.editor)
        self.editor.add_below(self.backtest, self.whole_backtest)
        box = column(self.middle)
        box.addWidget(self.head)
        box.addWidget(self.tab_bar)
        box.addWidget(self._middle_stack, 1)
        for pane in (self.left, self.middle, self.matches):
            self.addWidget(pane)
        for at, stretch in enumerate((0, 1, 0)):
            self.setStretchFactor(at, stretch)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.tabs.chosen.connect(self._tab)
        self.back_button.clicked.connect(self.back)
        self.matches.count_changed.connect(self._name_tab)

    def arrange(self, width: int) -> None:
        """Folds for a page of ``width`` pixels."""
        px = current().px
        found = fold(round(width / current().fonts.scale))
        self.left.setMinimumWidth(px(LIST_LEAST))
        self.left.setMaximumWidth(16777215 if found is Fold.ONE else px(400))
        self.middle.setMinimumWidth(0 if found is Fold.ONE else px(MIDDLE_LEAST))
        self.matches.setMinimumWidth(px(LIVE_LEAST) if found is Fold.WIDE else 0)
        if found is not self.fold:
            self.fold = found
            self._dock(docked=found is Fold.WIDE)
            live = min(px(LIVE), round(width * 0.37))
            self.setSizes([px(LIST), width - px(LIST) - live, live])
        self._show()

    def open_editor(self) -> None:
        """From the list into the rule."""
        self._editing = True
        self._show()

    @property
    def can_go_back(self) -> bool:
        """True where the rule took the list's place."""
        return self.fold is Fold.ONE and self._editing

    @Slot()
    def back(self) -> None:
        """From the rule to the list."""
        self._editing = False
        self._show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.went_back.emit()

    def show_tab(self, key: str) -> None:
        """The rule, or its matches."""
        self.tabs.set_value(key)
        self._tab(key)

    def _show(self) -> None:
        one = self.fold is Fold.ONE
        self.left.setVisible(not one or not self._editing)
        self.middle.setVisible(not one or self._editing)
        self.back_button.setVisible(one)
        self.tab_bar.setVisible(self.fold is not Fold.WIDE)

    def _dock(self, *, docked: bool) -> None:
        """The matches stand beside the editor, or behind a tab."""
        inside = self.indexOf(self.matches) >= 0
        self.matches.head.setVisible(docked)
        if docked and not inside:
            self.addWidget(self.matches)
            self.setStretchFactor(2, 0)
            self.matches.show()
            self._middle_stack.setCurrentWidget(self.editor)
        elif not docked and inside:
            self._middle_stack.addWidget(self.matches)
            self._tab(self.tabs.value())

    @Slot(str)
    def _tab(self, key: str) -> None:
        if self._middle_stack.indexOf(self.matches) >= 0:
            self._middle_stack.setCurrentWidget(self.matches if key == "live" else self.editor)
        self.told.setVisible(key == "live")

    @Slot(str)
    def _name_tab(self, count: str) -> None:
        self.tabs.rename({"live": f"{self.tr('Live matches')} {count}".strip()})
        self.told.setText(self.matches.head.beside.text())
