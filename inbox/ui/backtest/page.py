"""The page that tries a change of the workspace on the stored history: what to try, then what it would have done."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QProgressBar, QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.model.workspace import Workspace
from inbox.ui.backtest.child import BacktestRun
from inbox.ui.backtest.outcome import outcome
from inbox.ui.backtest.results import Results
from inbox.ui.backtest.tries import FileTry, RuleTry, StaffTry, ThresholdTry, Try
from inbox.ui.backtest.words import period_words
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.widgets import (
    Button,
    EmptyState,
    ErrorState,
    LoadingBars,
    PageHead,
    Pane,
    SectionLabel,
    Segmented,
    column,
    row,
)
from inbox.ui.widgets.words import number

if TYPE_CHECKING:
    from inbox.store.engine import Session

DAYS = (7, 30, 90, 365)
USUAL = 30
NARROW = 620


class BacktestPage(Pane):
    """Reads the workspace when it is shown and whenever its configuration changes; a run is a process of its own."""

    def __init__(self, context: Context, parent: QWidget | None = None, child: BacktestRun | None = None) -> None:
        """Grey bars until the workspace is read. ``child`` is another way to run (tests)."""
        super().__init__("window", "", parent)
        self._context = context
        self._known = False
        self._stale = False
        self.child = child or BacktestRun(context, self)
        self.setAccessibleName(self.tr("Backtest"))
        self.head = PageHead(self.tr("Backtest"), page=True)
        self.days = QComboBox()
        self.start = Button(self.tr("Run"), "play", "primary", tall=True)
        self.halt = Button(self.tr("Stop"), "pause", tall=True)
        self.bar = QProgressBar()
        self.loading = LoadingBars()
        self.empty = EmptyState(
            self.tr("Choose what to try, then run it. Nothing is changed: it only says what would have been."),
            icon="play",
        )
        self.trouble = ErrorState()
        self.results = Results()
        self.stack = QStackedWidget()
        self.tries: dict[str, Try] = {
            "rule": RuleTry(), "file": FileTry(context), "threshold": ThresholdTry(), "staff": StaffTry(),
        }  # fmt: skip
        options = (
            ("rule", self.tr("A rule"), "rule"),
            ("file", self.tr("A file"), "template"),
            ("threshold", self.tr("Threshold"), "filter"),
            ("staff", self.tr("Staff"), "users"),
        )
        self.kind = Segmented(options, self.tr("What to try"))
        self.asked = SectionLabel(self.tr("What to try"))
        self.asked.setMinimumWidth(1)  # it gives way before the choice does
        self.forms = QStackedWidget()
        self._build()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """The workspace is read where it is not known, or has changed meanwhile."""
        super().showEvent(event)
        if not self._known or self._stale:
            self.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words beside the title and the choice go first."""
        super().resizeEvent(event)
        wide = self.width() >= current().px(NARROW)
        self.head.beside.setVisible(wide)
        self.asked.setVisible(wide)

    def choose_rule(self, place: int) -> None:
        """Chooses to switch the rule at ``place``, counted from 0, where there is one."""
        rule = self.tries["rule"]
        if isinstance(rule, RuleTry) and place < rule.rule.count():
            self._choose("rule")
            rule.rule.setCurrentIndex(place)

    @property
    def chosen(self) -> Try:
        """What is being tried."""
        return self.tries[self.kind.value()]

    @Slot()
    def read(self) -> None:
        """Reads the workspace as it is."""

        def work(session: "Session") -> Workspace:
            from inbox.store import config

            return config.load(session)

        if self._context.store is not None:
            self._context.lanes.read(work, self._show, self._not_read, key=(id(self), "workspace"))

    @Slot()
    def run(self) -> None:
        """Tries what is chosen."""
        changed = self.chosen.changed()
        if changed is None or self.child.running:
            return
        self.child.start(changed, timedelta(days=int(self.days.currentData())))
        self.bar.setRange(0, 0)
        self._running(on=True)
        self.head.beside.setText(self.tr("reading the history"))

    def _show(self, present: Workspace) -> None:
        first, self._known, self._stale = not self._known, True, False
        for each in self.tries.values():
            each.show_present(present)
        if first:
            self.loading.stop()
            self.stack.setCurrentWidget(self.empty)
            if not present.rules:
                self._choose("staff" if present.areas else "file")
        self._ready()

    def _choose(self, kind: str) -> None:
        self.kind.set_value(kind)
        self._kind_chosen(kind)

    def _not_read(self, error: Exception) -> None:
        self.loading.stop()
        self.trouble.explain(str(error), self.tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    @Slot()
    def _again(self) -> None:
        if self._known:
            self.run()
        else:
            self.read()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if "config" in change.topics:
            self._stale = True
            if self.isVisible():
                self.read()

    @Slot(str)
    def _kind_chosen(self, kind: str) -> None:
        self.forms.setCurrentWidget(self.tries[kind])
        self._ready()

    @Slot()
    def _ready(self) -> None:
        """Run is there as soon as there is something to try."""
        self.start.setEnabled(self._known and not self.child.running and self.chosen.changed() is not None)

    @Slot(int, int)
    def _progressed(self, done: int, of: int) -> None:
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        words = self.tr("%1 of %2 threads").replace("%1", number(done)).replace("%2", number(of))
        self.head.beside.setText(words)

    @Slot(dict)
    def _done(self, document: dict[str, object]) -> None:
        found = outcome(document)
        self._running(on=False)
        self.head.beside.setText(period_words(found, timedelta(days=int(self.days.currentData()))))
        threshold = self.tries["threshold"]
        if isinstance(threshold, ThresholdTry) and found.threads:
            threshold.show_coverage(found.coverage)
        if found.threads:
            self.results.show_outcome(found)
            self.stack.setCurrentWidget(self.results)
        else:
            self.empty.say(found.notes[0] if found.notes else self.tr("There is no history yet."), icon="play")
            self.stack.setCurrentWidget(self.empty)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._running(on=False)
        self.head.beside.setText("")
        self.trouble.explain(sentence, self.tr("Run again"))
        self.stack.setCurrentWidget(self.trouble)

    @Slot()
    def _stopped(self) -> None:
        self._running(on=False)
        self.head.beside.setText(self.tr("stopped"))

    def _running(self, *, on: bool) -> None:
        had_focus = self.focusWidget() in {self.halt, self.start}
        self.bar.setVisible(on)
        self.halt.setVisible(on)
        self.start.setVisible(not on)
        self._ready()
        if had_focus:
            (self.halt if on else self.start).setFocus()

    def _build(self) -> None:
        self.days.setAccessibleName(self.tr("Period"))
        for days in DAYS:
            self.days.addItem(self.tr("Last %1 days").replace("%1", str(days)), days)
        self.days.setCurrentIndex(DAYS.index(USUAL))
        for part in (self.days, self.halt, self.start):
            self.head.tools.addWidget(part)
        self.halt.hide()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the backtest"))
        self.bar.hide()
        box = column(self)
        box.addWidget(self.head)
        box.addWidget(self._what())
        box.addWidget(self.bar)
        box.addWidget(self.stack, 1)
        for shown in (self.loading, self.empty, self.trouble, self.results):
            self.stack.addWidget(shown)
        self.loading.start()
        self.start.setEnabled(False)

    def _what(self) -> Pane:
        """The choice, and the fields of what is chosen."""
        pane = Pane("surface", "bottom")
        box = column(pane, margins=(16, 12, 16, 12), gap=8)
        line = row(gap=12)
        line.addWidget(self.asked)
        line.addWidget(self.kind)
        line.addStretch(1)
        box.addLayout(line)
        for each in self.tries.values():
            self.forms.addWidget(each)
        box.addWidget(self.forms)
        return pane

    def _connect(self) -> None:
        self.kind.chosen.connect(self._kind_chosen)
        for each in self.tries.values():
            each.ready_changed.connect(self._ready)
        self.start.clicked.connect(self.run)
        self.halt.clicked.connect(self.child.stop)
        self.trouble.acted.connect(self._again)
        self.child.progressed.connect(self._progressed)
        self.child.done.connect(self._done)
        self.child.failed.connect(self._failed)
        self.child.stopped.connect(self._stopped)
        self.results.opened.connect(self._context.open_thread)
        self.results.areas.picked.connect(self._area_picked)
        self._context.changed.connect(self._changed)
        self._context.opened.connect(self.read)

    @Slot(int, int)
    def _area_picked(self, _series: int, place: int) -> None:
        """Goes to the threads that would go to or from an area, as far as they are listed."""
        self.results.go_to_area(self.results.area_at(place))
