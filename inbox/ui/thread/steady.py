"""A scroll area whose bar always has its room: text breaks its lines once, not each time the bar comes or goes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

BAR = 10
"""Width of the bar in pixels, which the contents leave free in their trailing margin."""


class SteadyScroll(QScrollArea):
    """The bar is seen only while there is something to scroll. With one that took its room away, a text whose
    height depends on its width could make it come and go for ever.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Across, contents take the width there is."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAutoFillBackground(False)
        bar = self.verticalScrollBar()
        bar.setStyleSheet("QScrollBar::handle:disabled { background: transparent; }")
        bar.rangeChanged.connect(self._ranged)

    def _ranged(self, _least: int, most: int) -> None:
        self.verticalScrollBar().setEnabled(most > 0)
