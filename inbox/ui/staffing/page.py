"""The page of staffing: what is asked, then the people that each hour of the week needs beside who is on shift."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QProgressBar, QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.model.workspace import Workspace
from inbox.ui.context import Context
from inbox.ui.staffing.child import StaffingRun
from inbox.ui.staffing.choices import Choices
from inbox.ui.staffing.found import found
from inbox.ui.staffing.results import Results
from inbox.ui.theme import current
from inbox.ui.widgets import Button, EmptyState, ErrorState, LoadingBars, PageHead, Pane, column
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from inbox.store.engine import Session

PERIODS = (7, 28, 91, 365)
USUAL = 28
NARROW = 620


class StaffingPage(Pane):
    """Works out the usual question when it is first shown; later ones when asked to. A run is a child process."""

    def __init__(self, context: Context, parent: QWidget | None = None, child: StaffingRun | None = None) -> None:
        """Grey bars until the first answer. ``child`` is another way to run (tests)."""
        super().__init__("window", "", parent)
        self._context = context
        self._known = False
        self._stale = False
        self.child = child or StaffingRun(context, self)
        self.setAccessibleName(self.tr("Staffing"))
        self.head = PageHead(self.tr("Staffing"), page=True)
        self.head.beside.setMinimumWidth(1)  # it gives way before the choices do
        self.period = QComboBox()
        self.start = Button(self.tr("Work out"), "play", "primary", tall=True)
        self.halt = Button(self.tr("Stop"), "pause", tall=True)
        self.choices = Choices()
        self.bar = QProgressBar()
        self.loading = LoadingBars()
        self.empty = EmptyState(icon="users")
        self.trouble = ErrorState()
        self.results = Results()
        self.stack = QStackedWidget()
        self._build()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """The areas are read where they are not known, or have changed meanwhile."""
        super().showEvent(event)
        if not self._known or self._stale:
            self.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words beside the title go first."""
        super().resizeEvent(event)
        self.head.beside.setVisible(self.width() >= current().px(NARROW))

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
        """Works out what is chosen."""
        if not self._known or self.child.running:
            return
        self.child.ask(self.choices.asked(int(self.period.currentData())))
        self.bar.setRange(0, 0)
        self.head.beside.setText(self.tr("reading the history"))
        self._running(on=True)

    def _show(self, present: Workspace) -> None:
        first, self._known, self._stale = not self._known, True, False
        self.choices.show_workspace(present)
        self.start.setEnabled(not self.child.running)
        if first:
            self.run()

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
        if {"config", "people"} & change.topics:
            self._stale = True
            if self.isVisible():
                self.read()

    @Slot()
    def _asked_otherwise(self) -> None:
        """What stands below answers an earlier question."""
        if not self.child.running and self.stack.currentWidget() is not self.loading:
            self.head.beside.setText(self.tr("changed since; work out again"))

    @Slot(int, int)
    def _progressed(self, done: int, of: int) -> None:
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        self.head.beside.setText(self.tr("playing the history"))

    @Slot(dict)
    def _done(self, document: dict[str, object]) -> None:
        answer = found(document)
        self._running(on=False)
        days = counted("last %n day(s)", int(self.period.currentData()), "staffing")
        answers = counted("%n answer(s) asked for", answer.answers, "staffing")
        answers = answers.replace(str(answer.answers), number(answer.answers), 1)
        self.head.beside.setText(f"{days}, {answers}" if answer.answers else "")
        if answer.counted:
            self.results.show_found(answer)
            self.stack.setCurrentWidget(self.results)
        else:
            self.empty.say(answer.notes[0], icon="users")
            self.stack.setCurrentWidget(self.empty)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._running(on=False)
        self.head.beside.setText("")
        self.trouble.explain(sentence, self.tr("Work out again"))
        self.stack.setCurrentWidget(self.trouble)

    @Slot()
    def _stopped(self) -> None:
        self._running(on=False)
        self.head.beside.setText(self.tr("stopped"))
        if self.stack.currentWidget() is self.loading:
            self.empty.say(self.tr("Stopped before there was an answer."), icon="users")
            self.stack.setCurrentWidget(self.empty)

    def _running(self, *, on: bool) -> None:
        had_focus = self.focusWidget() in {self.halt, self.start}
        if not on:
            self.loading.stop()
        self.bar.setVisible(on)
        self.halt.setVisible(on)
        self.start.setVisible(not on)
        self.start.setEnabled(not on and self._known)
        if had_focus:
            (self.halt if on else self.start).setFocus()

    def _build(self) -> None:
        self.period.setAccessibleName(self.tr("Period"))
        for days in PERIODS:
            self.period.addItem(self.tr("Last %1 days").replace("%1", str(days)), days)
        self.period.setCurrentIndex(PERIODS.index(USUAL))
        for tool in (self.period, self.halt, self.start):
            self.head.tools.addWidget(tool)
        self.halt.hide()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of staffing"))
        self.bar.hide()
        box = column(self)
        for part in (self.head, self.choices, self.bar):
            box.addWidget(part)
        box.addWidget(self.stack, 1)
        for shown in (self.loading, self.empty, self.trouble, self.results):
            self.stack.addWidget(shown)
        self.loading.start()
        self.start.setEnabled(False)

    def _connect(self) -> None:
        self.start.clicked.connect(self.run)
        self.halt.clicked.connect(self.child.stop)
        self.trouble.acted.connect(self._again)
        self.choices.changed.connect(self._asked_otherwise)
        self.period.currentIndexChanged.connect(self._asked_otherwise)
        self.child.progressed.connect(self._progressed)
        self.child.done.connect(self._done)
        self.child.failed.connect(self._failed)
        self.child.stopped.connect(self._stopped)
        self._context.changed.connect(self._changed)
        self._context.opened.connect(self.read)
