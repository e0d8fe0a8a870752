"""The three columns of the rules screen, and what becomes of them where there is less room."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget

from inbox.ui.backtest import BacktestSummary
from inbox.ui.context import Context
from inbox.ui.entries.columns import FOOT, MOST, EntryColumns, Fold
from inbox.ui.rules.editor import RuleEditor
from inbox.ui.rules.listing import RulesView
from inbox.ui.rules.matches import MatchesPane
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Label, PageHead, Pane, Segmented, row

LIST, LIVE, LIST_LEAST, MIDDLE_LEAST, LIVE_LEAST = 288, 448, 240, 380, 300
WIDE_FROM, TWO_FROM = 1060, 860


def fold(width: int) -> Fold:
    """For a page of ``width`` pixels at 100%."""
    return Fold.WIDE if width >= WIDE_FROM else Fold.TWO if width >= TWO_FROM else Fold.ONE


class ListHead(Pane):
    """The names of the list's columns."""

    def __init__(self) -> None:
        """Over number and name, count, switch."""
        super().__init__("surface", "bottom")
        self.setFixedHeight(current().px(FOOT))
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


class Columns(EntryColumns):
    """List, editor, matches."""

    list: RulesView
    editor: RuleEditor

    def __init__(self, context: Context) -> None:
        """Wide until it is arranged."""
        super().__init__(add=self.tr("New rule"), back=self.tr("Back to the rules"), remove=self.tr("Delete this rule"))
        self.entries = self.list = RulesView()
        self.editor, self.matches = RuleEditor(), MatchesPane()
        self.backtest = BacktestSummary(context, self.editor)
        self.whole_backtest = Button(self.tr("The whole backtest"), "chart", "link")
        self._middle_stack = QStackedWidget()
        self.tabs = Segmented((("rule", self.tr("Rule"), ""), ("live", self.tr("Live matches"), "")), self.tr("Show"))
        self.told = Label("", "meta", "text3")
        self._build()

    def _build(self) -> None:
        over, bar = ListHead(), self.list.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most: over.leave_room(bar.sizeHint().width() if most else 0))
        head = PageHead(self.tr("Rules"), self.tr("first match wins"))
        self.fill(head, self.tr("Space switches, Alt ↑ ↓ moves, Del deletes"), over=over)
        self.tab_bar = Pane("surface", "bottom")
        line = row(self.tab_bar, margins=(16, 4, 16, 4))
        line.addWidget(self.tabs)
        line.addStretch(1)
        line.addWidget(self.told)
        self._middle_stack.addWidget(self.editor)
        self.editor.add_below(self.backtest, self.whole_backtest)
        self.stand(self.tab_bar, self._middle_stack, beside=self.matches)
        self.tabs.chosen.connect(self._tab)
        self.matches.count_changed.connect(self._name_tab)

    def arrange(self, width: int) -> None:
        """Folds for a page of ``width`` pixels."""
        px = current().px
        found = fold(round(width / current().fonts.scale))
        self.left.setMinimumWidth(px(LIST_LEAST))
        self.left.setMaximumWidth(MOST if found is Fold.ONE else px(400))
        self.middle.setMinimumWidth(0 if found is Fold.ONE else px(MIDDLE_LEAST))
        self.matches.setMinimumWidth(px(LIVE_LEAST) if found is Fold.WIDE else 0)
        if found is not self.fold:
            self.fold = found
            self._dock(docked=found is Fold.WIDE)
            live = min(px(LIVE), round(width * 0.37))
            self.setSizes([px(LIST), width - px(LIST) - live, live])
        self.show_side()

    def show_tab(self, key: str) -> None:
        """The rule, or its matches."""
        self.tabs.set_value(key)
        self._tab(key)

    def show_side(self) -> None:
        """Tabs where the matches have no column of their own."""
        super().show_side()
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
