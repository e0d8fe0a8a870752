"""What is promised for one metric: the deadline in a sentence, the time as a line, and the sum."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from inbox.model.words import Metric
from inbox.ui.policies.clock import here, length, short, span, spoken
from inbox.ui.policies.sentence import METRICS, shown
from inbox.ui.policies.timeline import Course, Stretch, Timeline
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Divider, IconMark, Label, column, row

if TYPE_CHECKING:
    from inbox.flow.policies import Promised, Promises

LINES = 7
"""Lines of a sum that are shown before somebody asks for all."""
Row = tuple[str, str, str]
"""Words, length, tone."""


class PromiseCard(QWidget):
    """Filled anew with each answer."""

    def __init__(self, metric: Metric) -> None:
        """Empty."""
        super().__init__()
        self._metric = metric
        self._rows: list[Row] = []
        self._all = False
        self._shown: tuple[Promises, Promised] | None = None
        self.title = Label(shown(METRICS[metric]), "name")
        self.target = Label("", "meta", "text3")
        self.sentence = Label("", "base", wrap=True)
        self.timeline = Timeline()
        self.more = Button("", kind="link")
        self.warning = Label("", "meta", "soon", wrap=True)
        self.paused = Label(
            self.tr("Time while the thread waits on the customer does not count."), "meta", "text3", wrap=True
        )
        self._sum = QGridLayout()
        self._build()
        self.more.clicked.connect(self._unfold)

    def _build(self) -> None:
        box = column(self, gap=6)
        head = row(gap=8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.target)
        box.addLayout(head)
        box.addWidget(self.sentence)
        box.addSpacing(current().px(4))
        box.addWidget(self.timeline)
        self._sum.setContentsMargins(0, 0, 0, 0)
        self._sum.setHorizontalSpacing(current().px(12))
        self._sum.setVerticalSpacing(current().px(2))
        self._sum.setColumnStretch(0, 1)
        box.addLayout(self._sum)
        box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._warn_line = QWidget()
        line = row(self._warn_line, gap=6)
        line.addWidget(IconMark("hourglass", "soon"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.warning, 1)
        box.addWidget(self._warn_line)
        box.addWidget(self.paused)
        self.paused.setVisible(self._metric is Metric.RESOLUTION)

    def show_promise(self, promises: "Promises", promised: "Promised") -> None:
        """Another promise."""
        self._shown = promises, promised
        zone, at, promise = here(promises), promises.at, promised.promise
        posted = spoken(at, zone, at)
        self.target.setText(length(promise.target))
        far = promise.due_at is None
        for part in (self.timeline, self.more, self._warn_line):
            part.setHidden(far)
        if promise.due_at is None:
            said = self.tr("A mention posted %1 would have no deadline: it is more than 10 years away.")
            self.sentence.setText(said.replace("%1", posted))
            self._fill([])
            return
        words = self.tr("A mention posted %1 would be due %2.")
        words = words.replace("%1", posted).replace("%2", spoken(promise.due_at, zone, at))
        self.sentence.setText(words)
        self._warn_line.setVisible(promise.warn_at is not None)
        if promise.warn_at is not None:
            self.warning.setText(self.tr("The warning comes %1.").replace("%1", spoken(promise.warn_at, zone, at)))
        rows = self._sum_rows(promises, promised)
        said = " ".join([words, *(f"{text}, {lasts}." for text, lasts, _ in rows)])
        self.timeline.show_course(self._course(promises, promised), said)
        self._fill(rows)

    def _course(self, promises: "Promises", promised: "Promised") -> Course:
        zone, at, promise = here(promises), promises.at, promised.promise
        stretches = [Stretch(each.start, each.end, each.why) for each in promised.lines]
        if promised.more and promise.due_at is not None and stretches:
            stretches.append(Stretch(stretches[-1].end, promise.due_at, self.tr("and so on")))
        ends = "" if promise.due_at is None else short(promise.due_at, zone, at)
        return Course(tuple(stretches), short(at, zone, at), ends, promise.warn_at)

    def _sum_rows(self, promises: "Promises", promised: "Promised") -> list[Row]:
        zone, at = here(promises), promises.at
        found: list[Row] = []
        for each in promised.lines:
            lasts = length(each.end - each.start)
            if each.counts:
                found.append((span(each.start, each.end, zone, at), lasts, "text2"))
            else:
                found.append((self.tr("closed: %1").replace("%1", each.why), f"({lasts})", "text3"))
        if promised.more:
            words = self.tr("and %n more open times until then", "", promised.more)
            found.append((words.replace("%n", str(promised.more)), length(promised.rest), "text2"))
        found.append((self.tr("Together"), length(promised.promise.target), "text"))
        return found

    def _fill(self, rows: list[Row]) -> None:
        folded = len(rows) > LINES + 1 and not self._all
        seen = [*rows[: LINES - 1], rows[-1]] if folded else rows
        self.more.setVisible(folded)
        hidden = len(rows) - len(seen)
        self.more.setText(self.tr("Show %1 more lines of the sum").replace("%1", str(hidden)))
        if seen == self._rows:
            return
        self._rows = seen
        while (item := self._sum.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, (words, lasts, tone) in enumerate(seen):
            last = at == len(seen) - 1
            if last:
                self._sum.addWidget(Divider(), at, 0, 1, 2)
            font = "meta_strong" if last else "meta"
            self._sum.addWidget(Label(words, font, tone), at + last, 0)
            self._sum.addWidget(Label(lasts, font, tone), at + last, 1, Qt.AlignmentFlag.AlignTrailing)

    @Slot()
    def _unfold(self) -> None:
        self._all = True
        if self._shown is not None:
            self.show_promise(*self._shown)
