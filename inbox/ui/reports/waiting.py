"""Says that figures are being read once that takes longer than a second, how far it is, and stops it; and that older
figures still stand where newer ones could not be read.
"""

from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from inbox.ui.widgets import Button, Label, Pane, row

PATIENCE_MS: Final = 1000


class WaitingBar(Pane):
    """``stopped`` says that Stop was pressed, ``again`` that what failed is to be read again."""

    stopped = Signal()
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden."""
        super().__init__("surface", "bottom", parent)
        self.said = Label("", "meta", "text2", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the report"))
        self.halt = Button(self.tr("Stop"), "pause")
        self.retry = Button(self.tr("Try again"), "refresh")
        line = row(self, margins=(20, 4, 12, 4), gap=12)
        line.addWidget(self.said, 1)
        line.addWidget(self.bar, 2)
        line.addWidget(self.halt)
        line.addWidget(self.retry)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._show)
        self.halt.clicked.connect(self.stopped)
        self.retry.clicked.connect(self.again)
        self.hide()

    def begin(self) -> None:
        """Reading begins."""
        self.bar.setRange(0, 0)
        if not self._timer.isActive():
            self._timer.start()

    @Slot(int, int)
    def progress(self, done: int, of: int) -> None:
        """How far it is."""
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def end(self) -> None:
        """Reading is over."""
        self._timer.stop()
        self.hide()

    def fail(self, sentence: str) -> None:
        """The figures on screen are the last that could be read."""
        self._timer.stop()
        self._turn(failed=True)
        self.said.setText(self.tr("These are the figures last read. %1").replace("%1", sentence))
        self.show()

    @Slot()
    def _show(self) -> None:
        self._turn(failed=False)
        self.said.setText(self.tr("Reading the figures"))
        self.show()

    def _turn(self, *, failed: bool) -> None:
        self.said.set_tone("late" if failed else "text2")
        self.bar.setVisible(not failed)
        self.halt.setVisible(not failed)
        self.retry.setVisible(failed)
