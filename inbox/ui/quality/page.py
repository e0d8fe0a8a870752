"""The page that says how often the routing was right."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.ui.context import Context
from inbox.ui.quality.behind import BehindPane
from inbox.ui.quality.body import Body
from inbox.ui.theme import current
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, PageHead, Pane, Segmented, column, row

if TYPE_CHECKING:
    from inbox.flow.quality import Quality
    from inbox.flow.quality.suggest import Suggestion
    from inbox.store.engine import Session, Store

PERIODS = {"7": timedelta(days=7), "30": timedelta(days=30), "90": timedelta(days=90), "all": None}
FIRST = "30"
SOON_MS = 10_000
SIDE, SINGLE_UNDER = 320, 900
_SCROLLS = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class QualityPage(Pane):
    """Reads while it can be seen, anew a moment after something was corrected or learnt."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Grey bars until the first reading."""
        super().__init__("window", "", parent)
        self._context = context
        self.found: Quality | None = None
        self.head = PageHead(self.tr("Routing quality"), page=True)
        names = [
            ("7", self.tr("7 days")),
            ("30", self.tr("30 days")),
            ("90", self.tr("90 days")),
            ("all", self.tr("All")),
        ]
        self.period = Segmented([(key, words, "") for key, words in names], self.tr("Time"))
        self.period.set_value(FIRST)
        self.head.tools.addWidget(self.period)
        self.body = Body()
        self.body.setProperty("ground", "window")
        self.loading = LoadingBars()
        self.empty = EmptyState(icon="chart")
        self.trouble = ErrorState()
        self.behind = BehindPane(context)
        self.stack = QStackedWidget()
        self._scroll = QScrollArea()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._build()
        self._connect()
        self.loading.start()

    def _build(self) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.body)
        for part in (self.loading, self.empty, self.trouble, self._scroll):
            self.stack.addWidget(part)
        across = row(gap=0)
        across.addWidget(self.stack, 1)
        across.addWidget(self.behind)
        box = column(self)
        box.addWidget(self.head)
        box.addLayout(across, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Routing quality"))

    def _connect(self) -> None:
        context = self._context
        context.opened.connect(self.read)
        context.people_changed.connect(self.read)
        context.changed.connect(self._changed)
        context.theme.changed.connect(self._redraw)
        self._soon.timeout.connect(self.read)
        self.period.chosen.connect(self._other_period)
        self.trouble.acted.connect(self.read)
        self.body.threads_wanted.connect(self.behind.ask)
        self.body.rule_wanted.connect(self._make_rule)
        self.body.dismissed.connect(self._dismiss)
        self.behind.turned.connect(self._arrange)

    # -- reading

    @Slot()
    def read(self) -> None:
        """Reads the figures of the time that is chosen."""
        workspace, now = self._context.workspace, self._context.now()
        since = PERIODS[self.period.value()]

        def work(session: "Session") -> "Quality":
            from inbox.flow import quality

            return quality.report_in(session, workspace, since, now)

        if self._context.store is not None and self.isVisible():
            self._context.lanes.read(work, self._show, self._unreadable, key=(id(self), "quality"))

    def _show(self, found: "Quality") -> None:
        self.found = found
        self._redraw()

    def _unreadable(self, error: Exception) -> None:
        self.loading.stop()
        self.trouble.explain(str(error), self.tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    @Slot()
    def _redraw(self) -> None:
        if self.found is None:
            return
        self.loading.stop()
        if self.found.placed.n == 0:
            words = self.tr("Nothing was placed yet. Figures come once the routing has put threads into areas.")
            later = self.tr("Nothing was placed in this time. Choose a longer one.")
            self.empty.say(words if self.period.value() == "all" else later, "", "chart")
            self.stack.setCurrentWidget(self.empty)
            return
        self.body.show_quality(self.found, self._context.now())
        self.stack.setCurrentWidget(self._scroll)

    @Slot(str)
    def _other_period(self, _key: str) -> None:
        self.behind.put_away()
        self.read()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        """Figures of days do not change in seconds: what comes in a burst is read once."""
        if (
            self.isVisible()
            and not self._soon.isActive()
            and (change.many or change.threads or "learned" in change.topics)
        ):
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while hidden is read now."""
        super().showEvent(event)
        self.read()

    # -- suggestions

    @Slot(object)
    def _make_rule(self, suggestion: "Suggestion") -> None:
        names = {rule.name for rule in self._context.workspace.rules}
        self._context.go("rules")
        self._context.rule_wanted.emit(suggestion.rule(names))

    @Slot(object)
    def _dismiss(self, suggestion: "Suggestion") -> None:
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> None:
            from inbox.flow import quality

            quality.dismiss(store, suggestion, actor=actor, now=now)

        said = self.tr("“%1” will not be suggested again.").replace("%1", suggestion.words)
        self._context.lanes.write(work, lambda _done: self._dismissed(said, suggestion), self._context.tell)

    def _dismissed(self, said: str, suggestion: "Suggestion") -> None:
        self._context.toast(said, partial(self._restore, suggestion))
        self.read()

    def _restore(self, suggestion: "Suggestion") -> None:
        def work(store: "Store") -> None:
            from inbox.flow import quality

            quality.restore(store, suggestion)

        self._context.lanes.write(work, lambda _done: self.read(), self._context.tell)

    # -- keyboard and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While nothing inside has the keyboard it scrolls."""
        act = _SCROLLS.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            self._scroll.verticalScrollBar().triggerAction(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the threads take the figures' place."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        single = self.width() < current().px(SINGLE_UNDER)
        self.stack.setVisible(not single or self.behind.isHidden())
        self.behind.setFixedWidth(self.width() if single else current().px(SIDE))
