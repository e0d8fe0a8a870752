"""The right of the page: how far one is, the card, the areas, what else can be done, and who comes next."""

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from inbox.model.thread import ThreadRow
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.thread.plain import initials, line
from inbox.ui.unsorted import words
from inbox.ui.unsorted.areas import AreaCards
from inbox.ui.unsorted.card import ReadingCard
from inbox.ui.unsorted.sitting import Sitting
from inbox.ui.widgets import Button, Card, Disc, ElidedLabel, IconButton, IconMark, Label, Pane, column, row
from inbox.ui.widgets.marks import Mark
from inbox.ui.widgets.paint import rounded

WIDE, SIDE, HEAD, TRACK = 640, 24, 48, 6


class Track(Mark):
    """A bar that fills as threads are sorted; Qt's own paints itself at once at each step, which costs a frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.done, self.total = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, done: int, total: int) -> None:
        """So many of so many."""
        self.done, self.total = done, total
        self.setAccessibleName(words.progress(done, total))
        self.update()

    def sizeHint(self) -> QSize:
        """6 high."""
        return QSize(current().px(40), current().px(TRACK))

    def draw(self, painter: QPainter) -> None:
        """The filled part from the leading side."""
        theme, radius = current(), self.height() / 2
        rounded(painter, self.rect(), radius, theme.color("select_idle"), None)
        width = round(self.width() * self.done / self.total) if self.total else 0
        if width:
            mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            box = QRect(self.width() - width if mirror else 0, 0, width, self.height())
            rounded(painter, box, radius, theme.color("accent_fill"), None)


class ProgressHead(Pane):
    """How many are sorted, how fast it goes, and how long the rest will take."""

    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """48 high, as wide inside as the card under it."""
        super().__init__("surface", "bottom", parent)
        self.setFixedHeight(current().px(HEAD))
        self.list = IconButton("list", self.tr("Threads to sort"))
        self.list.clicked.connect(self.list_wanted)
        self.list.hide()
        self.said = Label("", "control")
        self.bar = Track()
        self.pace = Label("", "base", "text3")
        inside = QWidget()
        box = row(inside, gap=12)
        for part in (self.list, self.said):
            box.addWidget(part)
        box.addWidget(self.bar, 1)
        box.addWidget(self.pace)
        centered(self, inside)

    def show_sitting(self, sitting: Sitting) -> None:
        """4 of 12 sorted, 5 s each, about 40 s to go."""
        self.said.setText(words.progress(len(sitting.done), sitting.total))
        self.bar.say(len(sitting.done), sitting.total)
        said = words.pace(sitting.pace(), sitting.left)
        self.pace.setText(said)
        self.pace.setVisible(bool(said))


class Verbs(QWidget):
    """What else can be done with the thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Buttons with their keys."""
        super().__init__(parent)
        self.no_reply = Button(self.tr("No reply needed"), "double-check", "plain", "N", tall=True)
        self.spam = Button(self.tr("Spam"), "eye-off", "plain", "X", tall=True)
        self.skip = Button(self.tr("Skip"), "chevron-right", "plain", self.tr("Space"), tall=True)
        self.open = Button(self.tr("Open thread"), "open", "plain", "↵", tall=True)
        self.buttons = (self.no_reply, self.spam, self.skip, self.open)
        self._box = row(self, gap=8)
        for each in self.buttons:
            self._box.addWidget(each)
        self._box.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Words give way to icons where there is little room."""
        return QSize(current().px(200), current().px(32))

    def fit(self, width: int) -> None:
        """Drops the words, the last button's first, until all fit into ``width``."""
        for each in self.buttons:
            each.set_words(shown=True)
        for each in reversed(self.buttons):
            if sum(button.sizeHint().width() + current().px(8) for button in self.buttons) <= width:
                break
            each.set_words(shown=False)


class Peek(QWidget):
    """Who comes next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.disc = Disc("", "", 18)
        self.name = Label("", "name", "text2")
        self.text = ElidedLabel("", "base", "text3")
        box = row(self, gap=8)
        box.addWidget(Label(self.tr("Next"), "base", "text3"))
        box.addWidget(self.disc)
        box.addWidget(self.name)
        box.addWidget(self.text, 1)

    def show_row(self, shown: ThreadRow | None) -> None:
        """Name and the beginning of the text."""
        self.setVisible(shown is not None)
        if shown is not None:
            name = line(shown.author_name or shown.author_handle, 40)
            self.disc.set_person(initials(name), name)
            self.name.setText(name)
            self.text.setText(line(shown.text, 200))


class Strip(Card):
    """A sentence over the card that stops sorting, with a way on."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until something is to be said."""
        super().__init__("soon", parent)
        self.label = Label("", "base", "text", wrap=True)
        self.button = Button("")
        self.button.clicked.connect(self.acted)
        box = row(gap=12)
        box.addWidget(IconMark("triangle", "soon"), 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.label, 1)
        box.addWidget(self.button)
        self.body.addLayout(box)
        self.hide()

    def say(self, sentence: str, action: str = "") -> None:
        """An empty sentence hides it."""
        self.label.setText(sentence)
        self.button.setText(action)
        self.button.setAccessibleName(action)
        self.button.updateGeometry()
        self.setVisible(bool(sentence))


class Worktop(Pane):
    """All that concerns the thread on screen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__("window", "", parent)
        self.head = ProgressHead()
        self.strip = Strip()
        self.card = ReadingCard(context)
        self.because = Label("", "base", "text2", wrap=True)
        self.areas = AreaCards()
        self.verbs = Verbs()
        self.peek = Peek()
        self._inside = QWidget()
        self._inside.setProperty("ground", "window")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()

    def _build(self) -> None:
        middle = QWidget()
        box = column(middle, margins=(0, 24, 0, 24), gap=0)
        box.addWidget(self.strip)
        box.addSpacing(current().px(4))
        box.addWidget(self.card)
        box.addSpacing(current().px(20))
        why = row(gap=8)
        why.addWidget(IconMark("help", "text3"), 0, Qt.AlignmentFlag.AlignTop)
        why.addWidget(self.because, 1)
        box.addLayout(why)
        box.addSpacing(current().px(8))
        box.addWidget(self.areas)
        box.addSpacing(current().px(16))
        box.addWidget(self.verbs)
        box.addSpacing(current().px(16))
        hint = self.tr("A number moves the thread and opens the next one. Every move teaches the learned area.")
        box.addWidget(Label(hint, "base", "text3", wrap=True))
        box.addSpacing(current().px(24))
        box.addWidget(self.peek)
        box.addStretch(1)
        self._middle = middle
        centered(self._inside, middle)
        self._scroll.setWidget(self._inside)
        whole = column(self)
        whole.addWidget(self.head)
        whole.addWidget(self._scroll, 1)

    def show_thread(self, shown: ThreadRow, peek: ThreadRow | None, because: str, *, may: bool) -> None:
        """Who comes next and why this one is here; ``may`` says whether it can be sorted now."""
        del shown
        self.because.setText(because)
        self.peek.show_row(peek)
        self.areas.setEnabled(may)
        for each in (self.verbs.no_reply, self.verbs.spam):
            each.setEnabled(may)

    def to_top(self) -> None:
        """A new thread is read from its beginning."""
        self._scroll.verticalScrollBar().setValue(0)

    def fit(self, width: int) -> None:
        """The row of buttons, at a pane of ``width``."""
        self.verbs.fit(min(width - 2 * current().px(SIDE), current().px(WIDE)))

    def tick(self, shown: ThreadRow, now: datetime) -> None:
        """Time goes on."""
        self.card.tick(shown, now)


def centered(around: QWidget, inside: QWidget) -> QHBoxLayout:
    """Puts ``inside`` into the middle of ``around``, no wider than text is read well."""
    inside.setMaximumWidth(current().px(WIDE))
    inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    box = row(around, margins=(SIDE, 0, SIDE, 0))
    box.addStretch(1)
    box.addWidget(inside, 1000)
    box.addStretch(1)
    return box
