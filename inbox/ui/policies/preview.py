"""What the policy under edit would promise a mention, and which stored threads it would take."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from inbox.model.words import Metric, Priority
from inbox.model.workspace import UNSORTED, When
from inbox.ui.entries.editing import MARGIN, Area
from inbox.ui.policies.clock import here, written
from inbox.ui.policies.live import Answer
from inbox.ui.policies.promisecard import PromiseCard
from inbox.ui.policies.sentence import shown
from inbox.ui.rules.options import Known, Option
from inbox.ui.rules.values import Combo
from inbox.ui.theme import current
from inbox.ui.widgets import Divider, IconButton, Label, LineEdit, PageHead, Pane, column, row
from inbox.ui.widgets.words import number

if TYPE_CHECKING:
    from inbox.flow.policies import Caught, Promises

STEP: Final = timedelta(minutes=15)
DAY: Final = timedelta(days=1)
BEGUN: Final = "fri 16:50"
_ANY: Final = ""
_STEPS: Final = {
    Qt.Key.Key_Up: STEP,
    Qt.Key.Key_Down: -STEP,
    Qt.Key.Key_PageUp: DAY,
    Qt.Key.Key_PageDown: -DAY,
}


class PostedEdit(LineEdit):
    """A time as people type it; arrows move it by a quarter of an hour, Page Up and Down by a day."""

    stepped = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows step; everything else is typed."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class PreviewBody(QWidget):
    """``asked`` comes when another mention is to be tried."""

    asked = Signal()

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__()
        self.setProperty("ground", "surface")
        self._promises: Promises | None = None
        self._now: Callable[[], datetime] | None = None
        self.posted = PostedEdit(self.tr("Posted"), BEGUN)
        self.posted.setText(BEGUN)
        self.earlier = IconButton("chevron-left", self.tr("A quarter of an hour earlier"), key="Down")
        self.later = IconButton("chevron-right", self.tr("A quarter of an hour later"), key="Up")
        self.priority = Combo(self.tr("Priority"))
        self.area = Combo(self.tr("Area"))
        self._chosen: set[Combo] = set()
        self.where = Label("", "meta", "text3", wrap=True)
        self.trouble = Label("", "base", "late", wrap=True)
        self.caught = Label("", "base", "text", wrap=True)
        self.cards = {metric: PromiseCard(metric) for metric in Metric}
        self._lines = {metric: Divider() for metric in Metric}
        self._build()
        self._connect()

    def _build(self) -> None:
        self.priority.fill([Option(str(each), shown(str(each).capitalize())) for each in Priority])
        self.priority.choose(str(Priority.NORMAL))
        self.area.fill([Option(_ANY, self.tr("Any area"))])
        self.area.choose(_ANY)
        self._box = box = column(self, gap=10)
        line = row(gap=4)
        line.addWidget(Label(self.tr("Posted"), "meta_strong", "text2"))
        line.addSpacing(current().px(4))
        line.addWidget(self.posted, 1)
        line.addWidget(self.earlier)
        line.addWidget(self.later)
        box.addLayout(line)
        choices = row(gap=8)
        choices.addWidget(self.priority, 2)
        choices.addWidget(self.area, 3)
        box.addLayout(choices)
        box.addWidget(self.trouble)
        self.trouble.hide()
        box.addWidget(self.where)
        for metric, card in self.cards.items():
            parts: tuple[QWidget, ...] = (self._lines[metric], card)
            for part in parts:
                part.hide()
                box.addWidget(part)
        self._caught_line = Divider()
        self._caught_line.hide()
        self.caught.hide()
        box.addWidget(self._caught_line)
        box.addWidget(self.caught)
        box.addStretch(1)

    def _connect(self) -> None:
        self.posted.textEdited.connect(self.asked)
        self.posted.stepped.connect(self._step)
        self.earlier.clicked.connect(lambda: self._step(-STEP))
        self.later.clicked.connect(lambda: self._step(STEP))
        for combo in (self.priority, self.area):
            combo.currentIndexChanged.connect(self.asked)
            combo.currentIndexChanged.connect(lambda _at, combo=combo: self._chosen.add(combo))

    def stand(self, *, alone: bool) -> None:
        """In a column of its own it needs margins."""
        px = current().px
        self._box.setContentsMargins(*((px(MARGIN), px(14), px(MARGIN), px(24)) if alone else (0, px(8), 0, 0)))

    def begin(self, now: Callable[[], datetime]) -> None:
        """The clock of the screen; what the arrows write is told from it."""
        self._now = now

    def know(self, known: Known) -> None:
        """The areas there are; the one that is chosen stays."""
        kept = self.area.chosen()
        areas = [each for each in known.of("area") if each.value != UNSORTED]
        self.area.fill([Option(_ANY, self.tr("Any area")), *areas])
        self.area.choose(kept if kept in {each.value for each in areas} else _ANY)

    def suit(self, when: When) -> None:
        """Tries a mention of the priority and the area that the conditions ask for, unless somebody chose others."""
        areas = [each for each in when.area if each != UNSORTED]
        if self.priority not in self._chosen:
            self.priority.choose(str(when.priority[0] if when.priority else Priority.NORMAL))
        if self.area not in self._chosen:
            self.area.choose(areas[0] if areas else _ANY)

    def mention(self) -> tuple[str, Priority, str | None]:
        """What is tried: when it was posted, its priority, its area."""
        return (
            self.posted.text() or BEGUN,
            Priority(self.priority.chosen() or str(Priority.NORMAL)),
            self.area.chosen() or None,
        )

    def show_answer(self, answer: Answer) -> None:
        """What is promised, or why nothing can be."""
        said = answer.posted_trouble or answer.trouble
        self.posted.set_wrong(wrong=bool(answer.posted_trouble))
        self.posted.setAccessibleDescription(answer.posted_trouble)
        self.trouble.setText(said)
        self.trouble.setVisible(bool(said))
        self._promises = answer.promises
        found = {} if answer.promises is None else answer.promises.each
        for metric, card in self.cards.items():
            there = found.get(metric)
            card.setVisible(there is not None)
            self._lines[metric].setVisible(there is not None)
            if there is not None and answer.promises is not None:
                card.show_promise(answer.promises, there)
        self.where.setVisible(answer.promises is not None)
        if answer.promises is not None:
            self._say_where(answer.promises)

    def _say_where(self, promises: "Promises") -> None:
        if not promises.each:
            words = self.tr("Nothing is promised for that priority: time is measured, and there is no deadline.")
        else:
            words = self.tr("Open hours of “%1”, times of %2.").replace("%1", promises.calendar.name)
            words = words.replace("%2", promises.calendar.time_zone)
        self.where.setText(words)

    def show_caught(self, found: "Caught | None") -> None:
        """How many stored threads the policy would take; None hides it."""
        for part in (self.caught, self._caught_line):
            part.setVisible(found is not None)
        if found is None:
            return
        words = (
            self.tr("Of the newest %1 threads of the last 7 days, %2 would fall under this policy")
            if found.more
            else self.tr("Of the %1 threads of the last 7 days, %2 would fall under this policy")
        )
        words = words.replace("%1", number(found.threads)).replace("%2", number(found.would))
        if found.now is not None:
            words += self.tr(" (now: %1)").replace("%1", number(found.now))
        self.caught.setText(f"{words}.")

    @Slot(object)
    def _step(self, by: timedelta) -> None:
        if self._promises is not None and self._now is not None:
            at = self._promises.at + by
            self.posted.setText(written(at, here(self._promises), self._now()))
            self.asked.emit()


class PreviewPane(Pane):
    """The preview in a column of its own; ``body`` can be lent to stand below the editor."""

    def __init__(self) -> None:
        """Holds its body."""
        super().__init__("surface")
        self.head = PageHead(self.tr("What it would mean"), inset=MARGIN)
        self.body = PreviewBody()
        self._area = Area()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("What it would mean"))
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = column(self)
        box.addWidget(self.head)
        box.addWidget(self._area, 1)
        self.take()

    def take(self) -> None:
        """The body stands here."""
        self.body.stand(alone=True)
        self._area.setWidget(self.body)
        self.body.show()

    def lend(self) -> PreviewBody:
        """The body, to stand elsewhere."""
        if self._area.widget() is self.body:
            self._area.takeWidget()
        self.body.stand(alone=False)
        return self.body
