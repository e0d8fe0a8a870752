"""The detector's settings: fields, saving them, and how they would have behaved over the stored history."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QProgressBar, QScrollArea, QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.model.workspace import Workspace
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.watching.campaignwords import tr
from inbox.ui.watching.deeds import Deeds
from inbox.ui.watching.form import SettingsForm
from inbox.ui.watching.found import Tried, tried
from inbox.ui.watching.results import Results
from inbox.ui.watching.run import TryRun
from inbox.ui.watching.wanted import Wanted, wanted_of
from inbox.ui.widgets import Button, EmptyState, ErrorState, Label, LoadingBars, column, row
from inbox.ui.widgets.words import number

if TYPE_CHECKING:
    from inbox.flow.entries import Saved
    from inbox.store.engine import Session

PERIODS = (7, 30, 90, 365)
USUAL = 30
SIDE, TOOLS_ROOM = 16, 88


class SettingsBody(QScrollArea):
    """Reads the workspace when it is shown. ``opened`` carries the number of an incident to show."""

    opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None, child: TryRun | None = None) -> None:
        """Grey bars until the settings are read. ``child`` is another way to run (tests)."""
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._workspace: Workspace | None = None
        self._stored: Wanted | None = None
        self.child = child or TryRun(context, self)
        self.deeds = Deeds(context, self)
        self.form = SettingsForm()
        self.said = Label("", "meta", "text3", wrap=True)
        self.save = Button(tr("Save"), kind="primary", tall=True)
        self.discard = Button(tr("Discard"), kind="ghost", tall=True)
        self.period = QComboBox()
        self.start = Button(tr("Try on the history"), "play", tall=True)
        self.halt = Button(tr("Stop"), "pause", tall=True)
        self.bar = QProgressBar()
        self.loading, self.trouble = LoadingBars(), ErrorState()
        self.empty = EmptyState(icon="flame")
        self.results = Results()
        self.stack = QStackedWidget()
        self._tools = QGridLayout()
        self._build()
        self._connect()

    def begin(self) -> None:
        """The page was opened: read what is not known."""
        if self._stale:
            self.read()

    @property
    def edited(self) -> bool:
        """Whether the fields say anything else than what is stored."""
        return self._stored is not None and self.form.value() != self._stored

    @Slot()
    def read(self) -> None:
        """Reads the workspace as it is."""

        def work(session: "Session") -> Workspace:
            from inbox.store import config

            return config.load(session)

        if self._context.store is not None:
            self._context.lanes.read(work, self._show, self._not_read, key=(id(self), "workspace"))

    def _show(self, workspace: Workspace) -> None:
        from inbox.flow.hot.settings import settings_of

        edited = self.edited
        stored = wanted_of(settings_of(workspace))
        if edited and stored != self._stored:
            if self.said.isHidden():
                self._say(tr("Somebody changed these settings meanwhile. Discard shows theirs."))
        else:
            self.deeds.see(workspace)
        first, self._stale, self._workspace = self._workspace is None, False, workspace
        if not edited:
            self._stored = stored
            self.form.show_wanted(stored)
        if first:
            self.loading.stop()
            self.empty.say(
                tr("Try the settings on the history: it says which incidents they would have opened."), icon="flame"
            )
            self.stack.setCurrentWidget(self.empty)
        self._settle()

    def _not_read(self, error: Exception) -> None:
        self.loading.stop()
        self.trouble.explain(str(error), tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if {"config", "campaigns"} & change.topics:
            self._stale = True
            if self.isVisible():
                self.read()

    @Slot()
    def _typed(self) -> None:
        if self.stack.currentWidget() is self.results:
            self.results.is_old()
        self._settle()

    def _settle(self) -> None:
        """What is wrong, and what may be done now."""
        wrong = {} if self._workspace is None else self.form.value().errors(self._workspace)
        self.form.show_errors(wrong)
        known = self._workspace is not None
        self.save.setEnabled(known and self.edited and not wrong and not self.deeds.under_way)
        self.discard.setEnabled(known and self.edited)
        self.start.setEnabled(known and not wrong and not self.child.running)
        if not self.edited:
            self._say("")

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    @Slot()
    def _save(self) -> None:
        self.form.finish()
        wanted = self.form.value()
        if self._workspace is None or wanted.errors(self._workspace):
            self._settle()
            return
        self.deeds.save(wanted.document(), self._saved, self._not_saved)
        self._settle()

    def _saved(self, done: "Saved[object]") -> None:
        from inbox.flow.hot.settings import settings_of

        self._workspace = done.workspace
        self._stored = wanted_of(settings_of(done.workspace))
        self._settle()

    def _not_saved(self, error: Exception) -> None:
        from inbox.store.errors import LostRace

        more = tr("Discard shows theirs; Save once more writes yours over them.")
        self._say(f"{error} {more}" if isinstance(error, LostRace) else str(error))
        self.read()

    @Slot(object)
    def _settled(self, workspace: Workspace | None) -> None:
        """A change, or its undo, has ended."""
        if workspace is None:
            self.read()
        else:
            self._stored = None if not self.edited else self._stored
            self._show(workspace)

    @Slot()
    def _discard(self) -> None:
        self._stored = None
        self._say("")
        self.read()

    @Slot()
    def run(self) -> None:
        """Plays the history with what stands in the fields."""
        self.form.finish()
        wanted = self.form.value()
        if self._workspace is None or self.child.running or wanted.errors(self._workspace):
            return
        self.child.ask(wanted, int(self.period.currentData()))
        self.bar.setRange(0, 0)
        self._running(on=True)

    @Slot(int, int)
    def _progressed(self, done: int, of: int) -> None:
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        words = tr("%1 of %2 mentions").replace("%1", number(done)).replace("%2", number(of))
        self.bar.setAccessibleDescription(words)

    @Slot(dict)
    def _done(self, document: dict[str, object]) -> None:
        self._running(on=False)
        found: Tried = tried(document)
        if found.mentions:
            self.results.show_tried(found)
            self.stack.setCurrentWidget(self.results)
        else:
            self.empty.say(tr("There is no history in this time to try it on."), icon="flame")
            self.stack.setCurrentWidget(self.empty)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._running(on=False)
        self.trouble.explain(sentence, tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    @Slot()
    def _stopped(self) -> None:
        self._running(on=False)

    @Slot()
    def _again(self) -> None:
        if self._workspace is None:
            self.read()
        else:
            self.run()

    def _running(self, *, on: bool) -> None:
        had_focus = self.focusWidget() in {self.halt, self.start}
        self.bar.setVisible(on)
        self.halt.setVisible(on)
        self.start.setVisible(not on)
        self._settle()
        if had_focus:
            (self.halt if on else self.start).setFocus()

    def _build(self) -> None:
        self.period.setAccessibleName(tr("Period"))
        for days in PERIODS:
            self.period.addItem(tr("Last %1 days").replace("%1", str(days)), days)
        self.period.setCurrentIndex(PERIODS.index(USUAL))
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the play"))
        inside = QWidget()
        inside.setProperty("ground", "window")
        box = column(inside, margins=(SIDE, 12, SIDE, 16), gap=12)
        self._trying, self._saving = QWidget(), QWidget()
        for held, parts in (
            (self._trying, (self.period, self.start, self.halt)),
            (self._saving, (self.discard, self.save)),
        ):
            along = row(held, gap=8)
            for part in parts:
                along.addWidget(part)
        self._tools.setSpacing(current().px(8))
        self._tools.setColumnStretch(0, 1)
        self.form.body.addSpacing(4)
        self.form.body.addLayout(self._tools)
        self._place_tools()
        self.form.body.addWidget(self.said)
        self.form.body.addWidget(self.bar)
        for hidden in (self.halt, self.bar, self.said):
            hidden.hide()
        for shown in (self.loading, self.empty, self.trouble, self.results):
            self.stack.addWidget(shown)
        box.addWidget(self.form)
        box.addWidget(self.stack, 1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(inside)
        self.loading.start()
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room fewer fields stand in a line, and what saves stands below what tries."""
        super().resizeEvent(event)
        seen = self.viewport().width() - current().px(2 * SIDE)
        self.form.fit(seen)
        self.results.fit(seen)
        self._place_tools()

    def _place_tools(self) -> None:
        wanted = self._trying.minimumSizeHint().width() + self._saving.minimumSizeHint().width()
        beside = self.viewport().width() >= wanted + current().px(TOOLS_ROOM)
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self._tools.addWidget(self._trying, 0, 0, leading)
        self._tools.addWidget(self._saving, 0 if beside else 1, 1 if beside else 0, leading)

    def _connect(self) -> None:
        self.form.changed.connect(self._typed)
        self.save.clicked.connect(self._save)
        self.discard.clicked.connect(self._discard)
        self.start.clicked.connect(self.run)
        self.halt.clicked.connect(self.child.stop)
        self.trouble.acted.connect(self._again)
        self.deeds.changed.connect(self._settled)
        self.child.progressed.connect(self._progressed)
        self.child.done.connect(self._done)
        self.child.failed.connect(self._failed)
        self.child.stopped.connect(self._stopped)
        self.results.opened.connect(self.opened)
        self._context.changed.connect(self._changed)
