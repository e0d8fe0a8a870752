"""The side of the guide: what it is, the steps with their marks, and the way to the demonstration."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from inbox.ui.theme import current
from inbox.ui.widgets import Button, Card, Disc, ElidedLabel, Label, Pane, column, row
from inbox.ui.widgets.marks import Mark
from inbox.ui.widgets.paint import CENTER, rounded

WIDTH, NARROW, TALL, SHORT = 304, 232, 640, 560


class StepMark(Mark):
    """A number in a ring; filled on the step one is at, a tick where it is done."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        """Still to do."""
        super().__init__(parent)
        self.number, self.state = number, "ahead"
        side = current().px(24)
        self.setFixedSize(side, side)

    def set_state(self, state: str) -> None:
        """``state`` is ahead, here or done."""
        self.state = state
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Ring, fill or tick."""
        theme = current()
        box = QRect(0, 0, self.width(), self.height())
        if self.state == "done":
            rounded(painter, box, box.height() / 2, theme.color("ok_soft"), QPen(theme.color("ok"), 1))
            side = theme.px(14)
            inset = (self.width() - side) // 2
            painter.drawPixmap(inset, inset, theme.pixmap("check", "ok", 14, self.devicePixelRatioF()))
            return
        here = self.state == "here"
        pen = QPen(theme.color("accent_fill" if here else "strong"), 1)
        rounded(painter, box, box.height() / 2, theme.color("accent_fill") if here else None, pen)
        painter.setFont(theme.font("meta_strong"))
        painter.setPen(theme.color("on_accent" if here else "text2"))
        painter.drawText(box, CENTER, str(self.number))


class StepLine(QWidget):
    """A step's mark, its title, and what was chosen."""

    def __init__(self, number: int, title: str) -> None:
        """Still to do."""
        super().__init__()
        self.mark = StepMark(number)
        self.title = Label(title, "control", "text2")
        self.said = ElidedLabel("", "meta", "text3")
        self.said.hide()
        box = row(self, gap=12)
        words = column()
        words.addWidget(self.title)
        words.addWidget(self.said)
        box.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        box.addLayout(words, 1)
        self.setMinimumHeight(current().px(32))

    def show_state(self, state: str, said: str) -> None:
        """Ahead, here or done; ``said`` stands under a step that is done."""
        self.mark.set_state(state)
        self.title.set_role("name" if state == "here" else "control")
        self.title.set_tone("text" if state != "ahead" else "text2")
        self.said.setText(said)
        self.said.setVisible(bool(said) and state == "done")
        self.setAccessibleName(f"{self.title.text()}: {self._spoken(state)}")

    def _spoken(self, state: str) -> str:
        return {"here": self.tr("this step"), "done": self.tr("done")}.get(state, self.tr("still to do"))


class Side(Pane):
    """Logo, title, steps, and the card of the demonstration."""

    demo_wanted = Signal()

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        """The first step is the one one is at."""
        super().__init__("window", "right", parent)
        px = current().px
        self.setFixedWidth(px(WIDTH))
        box = self._box = column(self, margins=(32, 40, 32, 40))
        box.addWidget(Disc("S", "Social Inbox", 40, square=True))
        box.addSpacing(px(20))
        box.addWidget(Label(self.tr("Set up Social Inbox"), "figure", wrap=True))
        words = self.tr("About four minutes. Every step can be changed later.")
        box.addSpacing(px(4))
        box.addWidget(Label(words, "base", "text2", wrap=True))
        box.addSpacing(px(24))
        self.lines = [StepLine(at, title) for at, title in enumerate(titles, 1)]
        for each in self.lines:
            box.addWidget(each)
            box.addSpacing(px(12))
        box.addStretch(1)
        self.demo = Button(self.tr("Open the demo"), "play")
        self.demo.clicked.connect(self.demo_wanted)
        card = self._card = Card()
        self.asked = Label(self.tr("Only looking?"), "name")
        card.body.addWidget(self.asked)
        told = self.tr("The demo is a small made-up network that talks back. Nothing leaves this computer.")
        self.told = Label(told, "meta", "text2", wrap=True)
        card.body.addWidget(self.told)
        card.body.addWidget(self.demo, 0, Qt.AlignmentFlag.AlignLeading)
        box.addWidget(card)

    def fit(self, *, narrow: bool) -> None:
        """Less wide where the window is."""
        px = current().px
        edge = px(20 if narrow else 32)
        self.setFixedWidth(px(NARROW if narrow else WIDTH))
        self.told.setVisible(self.height() >= px(TALL))
        self.asked.setVisible(self.height() >= px(SHORT))
        pad = px(12 if self.height() >= px(SHORT) else 4)
        self._card.body.setContentsMargins(px(16), pad, px(16), pad)
        self._box.setContentsMargins(edge, px(24 if narrow else 40), edge, px(24 if narrow else 40))
