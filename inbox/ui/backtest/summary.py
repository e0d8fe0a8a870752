"""The compact table under the rule editor: what the workspace as edited would have done in the last 30 days."""

from datetime import timedelta

from PySide6.QtCore import QMetaMethod, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QWidget

from inbox.model.workspace import UNSORTED, Workspace
from inbox.ui.backtest.child import BacktestRun
from inbox.ui.backtest.outcome import Outcome, outcome
from inbox.ui.backtest.words import Line, period_words, summary_lines
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Divider, ElidedLabel, Label, column, isolate, row
from inbox.ui.widgets.words import counted, number

SINCE = timedelta(days=30)
ROW, HEAD = 36, 32
FIGURES = 3


class BacktestSummary(QFrame):
    """``run`` tries a workspace and shows the table; ``wanted`` says that Run was pressed.

    The owner connects ``wanted`` to call ``run`` with what is being edited then::

        self.backtest = BacktestSummary(context, self)
        self.backtest.wanted.connect(lambda: self.backtest.run(self.edited(), area="Baggage"))

    ``expire`` says that the figures are of an earlier state; ``clear`` takes them away.
    """

    wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None, child: BacktestRun | None = None) -> None:
        """Nothing is tried yet. ``child`` is another way to run (tests)."""
        super().__init__(parent)
        self._area: str | None = None
        self._last: Workspace | None = None
        self.child = child or BacktestRun(context, self)
        self.title = Label(self.tr("Backtest"), "name")
        self.about = ElidedLabel("", "meta", "text3")
        self.button = Button(self.tr("Run"), "play")
        self.halt = Button(self.tr("Stop"), "pause")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the backtest"))
        self.said = Label("", "meta", "text2", wrap=True)
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(current().px(16))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._build()
        self.button.clicked.connect(self._pressed)
        self.halt.clicked.connect(self.child.stop)
        self.child.progressed.connect(self._progressed)
        self.child.done.connect(self._done)
        self.child.failed.connect(self._failed)
        self.child.stopped.connect(self._stopped)
        self.clear()

    def run(self, workspace: Workspace, area: str | None = None) -> None:
        """Tries ``workspace``; ``area`` is the one whose figures are shown, else the one that changes most."""
        self._area, self._last = area, workspace
        self.button.hide()
        self.halt.show()
        self.bar.setRange(0, 0)
        self.bar.show()
        self._say("")
        self.about.setText(self.tr("reading the history"))
        self.child.start(workspace, SINCE)

    @Slot()
    def _pressed(self) -> None:
        """The owner knows what is edited now; where none has said so, the last run is repeated."""
        if self._last is not None and not self.isSignalConnected(QMetaMethod.fromSignal(self.wanted)):
            self.run(self._last, self._area)
        else:
            self.wanted.emit()

    @Slot()
    def clear(self) -> None:
        """As before the first run."""
        self.child.end()
        self._at_rest(self.tr("Run"))
        self.about.setText(self.tr("last 30 days"))
        self._fill(())
        self._say(self.tr("See what this would have changed before you save it."))

    @Slot()
    def expire(self) -> None:
        """What is edited has changed since: the figures stay, and say so."""
        if self._grid.count() and not self.child.running:
            self._say(self.tr("Edited since; run again for its figures."))

    @Slot(int, int)
    def _progressed(self, done: int, of: int) -> None:
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        words = self.tr("%1 of %2 threads").replace("%1", number(done)).replace("%2", number(of))
        self.about.setText(words)

    @Slot(dict)
    def _done(self, document: dict[str, object]) -> None:
        found = outcome(document)
        self._at_rest(self.tr("Run again"))
        self.about.setText(period_words(found, SINCE))
        if not found.threads:
            self._fill(())
            self._say(found.notes[0] if found.notes else self.tr("There is no history yet."))
            return
        self._fill(summary_lines(found, self._area or found.most_changed() or UNSORTED))
        unknown = found.missed_after is None and found.notes
        self._say(found.notes[-1] if unknown else _moved(found))

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._at_rest(self.tr("Run again"))
        self.about.setText("")
        self._say(sentence, "late")

    @Slot()
    def _stopped(self) -> None:
        self._at_rest(self.tr("Run again"))
        self.about.setText(self.tr("stopped"))

    def _at_rest(self, words: str) -> None:
        self.button.setText(words)
        self.button.setAccessibleName(self.tr("%1 the backtest").replace("%1", words))
        self.button.updateGeometry()
        had_focus = self.halt.hasFocus()
        self.halt.hide()
        self.bar.hide()
        self.button.show()
        if had_focus:
            self.button.setFocus()

    def _say(self, sentence: str, tone: str = "text2") -> None:
        self.said.set_tone(tone)
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def _build(self) -> None:
        box = column(self, gap=8)
        head = row(gap=8)
        head.addWidget(self.title)
        head.addWidget(self.about, 1)
        head.addWidget(self.halt)
        head.addWidget(self.button)
        box.addLayout(head)
        for part in (self.bar, self._lines, self.said):
            box.addWidget(part)

    def _fill(self, lines: tuple[Line, ...]) -> None:
        """Headings, then a line for each figure with a thin rule below."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            held = item.widget() if item is not None else None
            if held is not None:
                held.hide()
                held.deleteLater()
        self._lines.setVisible(bool(lines))
        if not lines:
            return
        for at, words in enumerate((self.tr("As it was"), self.tr("With this rule"), self.tr("Change")), start=1):
            side = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(Label(words, "meta", "text3"), 0, at, side)
        self._grid.setRowMinimumHeight(0, current().px(HEAD))
        self._grid.addWidget(Divider(), 1, 0, 1, FIGURES + 1)
        for place, line in enumerate(lines, start=1):
            cells = (ElidedLabel(line.name, "base"), *(Label(words, "base") for words in (line.before, line.after)))
            change = Label(isolate(line.change), "base", line.tone)
            for at, cell in enumerate((*cells, change)):
                side = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
                self._grid.addWidget(cell, 2 * place, at, Qt.AlignmentFlag(0) if at == 0 else side)
            self._grid.setRowMinimumHeight(2 * place, current().px(ROW))
            self._grid.addWidget(Divider(), 2 * place + 1, 0, 1, FIGURES + 1)


def _moved(found: Outcome) -> str:
    return counted("%n thread(s) would go elsewhere.", found.moved, "backtest") if found.moved else ""
