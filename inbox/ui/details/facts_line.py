"""The facts of a thread in one row of icons and words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from inbox.model.thread import Thread
from inbox.ui.context import Context
from inbox.ui.details.fact_words import FactWords, facts_of, in_words, judged, worth_a_line
from inbox.ui.widgets import ElidedLabel, IconMark, row


class FactsLine(QWidget):
    """Language, needs a reply, sentiment, and noise where it is some; of the author's newest mention."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Empty until ``show_thread``."""
        super().__init__(parent)
        self._context = context
        self._shown: list[FactWords] = []
        self._box = row(self, gap=16)
        self._holder: QWidget | None = None
        self.setAccessibleName(self.tr("Facts"))
        context.theme.changed.connect(self._draw)

    def show_thread(self, thread: Thread | None) -> None:
        """Shows a thread's facts; nothing for None."""
        facts = facts_of(judged(thread)) if thread is not None else {}
        shown = worth_a_line(in_words(facts), facts)
        if shown != self._shown or self._holder is None:
            self._shown = shown
            self._draw()

    def _draw(self) -> None:
        if self._holder is not None:
            self._box.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget(self)
        line = row(self._holder, gap=16)
        for each in self._shown:
            line.addWidget(_part(each))
        line.addStretch(1)
        self._box.addWidget(self._holder, 1)
        self.setAccessibleDescription(". ".join(each.spoken for each in self._shown))


def _part(fact: FactWords) -> QWidget:
    holder = QWidget()
    box = row(holder, gap=6)
    box.addWidget(IconMark(fact.icon, "text3", 14), 0, Qt.AlignmentFlag.AlignVCenter)
    words = ElidedLabel(fact.phrase, "meta", "text2")
    words.setAccessibleName(fact.spoken)
    box.addWidget(words, 1)
    return holder
