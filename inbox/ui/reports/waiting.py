"""Says that figures are being read once that takes longer than a second, how far it is, and stops it."""

from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from inbox.ui.widgets import Button, Label, Pane, row

PATIENCE_MS: Final = 1000


class WaitingBar(Pane):
    """``stopped`` says that Stop was pressed."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden."""
        super().__init__("surface", "bottom", parent)
        self.said = Label(self.tr("Reading the figures"), "meta", "text2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the report"))
        self.halt = Button(self.tr("Stop"), "pause")
        line = row(self, margins=(20, 4, 12, 4), gap=12)
        line.addWidget(self.said)
        line.addWidget(self.bar, 1)
        line.addWidget(self.halt)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self.show)
        self.halt.clicked.connect(self.stopped)
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
