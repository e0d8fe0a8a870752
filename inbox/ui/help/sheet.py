"""The sheet as a layer over the window."""

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from inbox.ui.commands import COMMANDS, Command, Group, caps, shown_help, shown_text
from inbox.ui.palette.overlay import Overlay
from inbox.ui.theme import current
from inbox.ui.widgets import IconButton, KeyCap, Label, PageHead, SectionLabel, column, row

WIDTH, HEIGHT, EDGE = 960, 760, 32
COLUMNS = (
    (840, ((Group.THREAD, Group.REPLY), (Group.GO, Group.INCIDENT), (Group.QUEUE, Group.WINDOW))),
    (560, ((Group.THREAD, Group.REPLY, Group.WINDOW), (Group.GO, Group.QUEUE, Group.INCIDENT))),
    (0, ((Group.THREAD, Group.REPLY, Group.QUEUE, Group.GO, Group.INCIDENT, Group.WINDOW),)),
)
"""From which width of the card the groups stand in which columns, about as long as each other."""


class HelpSheet(Overlay):
    """Every command by group, with its keys and what it does."""

    def __init__(self, window: QWidget) -> None:
        """Hidden until ``open``."""
        super().__init__(window)
        box = column(self.card, margins=(1, 1, 1, 1))
        head = PageHead(self.tr("Keys and help"), self.tr("What you can do, and the key that does it"))
        head.setStyleSheet("Pane { border-top-left-radius: 10px; border-top-right-radius: 10px; }")
        self.shut = IconButton("close", self.tr("Close"), key=self.tr("Esc"))
        self.shut.clicked.connect(self.dismiss)
        head.tools.addWidget(self.shut)
        box.addWidget(head)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("All commands and their keys"))
        area.viewport().setProperty("ground", "raised")
        inside = QWidget()
        inside.setProperty("ground", "raised")
        across = row(inside, margins=(24, 12, 24, 24), gap=32)
        self.groups = {group: _group(group) for group in Group}
        self.columns = [column(gap=0) for _ in COLUMNS[0][1]]
        for down in self.columns:
            across.addLayout(down)
        self._across = across
        self._from: int | None = None
        area.setWidget(inside)
        box.addWidget(area, 1)

    def open(self) -> None:
        """Shows the sheet; the keyboard goes to it."""
        super().open()
        self.shut.setFocus(Qt.FocusReason.PopupFocusReason)

    def place_card(self) -> None:
        """In the middle, as large as there is room for."""
        px = current().px
        width, height = min(px(WIDTH), self.width() - px(EDGE)), min(px(HEIGHT), self.height() - px(EDGE))
        self._lay(width)
        self.card.setGeometry(QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height))

    def _lay(self, width: int) -> None:
        """As many columns as there is room for: nothing is cut off at the side."""
        least, columns = next((least, found) for least, found in COLUMNS if width >= current().px(least))
        if least == self._from:
            return
        self._from = least
        for down in self.columns:
            while down.takeAt(0) is not None:
                pass
        for at, down in enumerate(self.columns):
            groups = columns[at] if at < len(columns) else ()
            for group in groups:
                down.addWidget(self.groups[group])
            if groups:
                down.addStretch(1)
            self._across.setStretch(at, 1 if groups else 0)
        self._across.setSpacing(current().px(32) if len(columns) > 1 else 0)


def _group(group: Group) -> QWidget:
    """The commands of a group under its name."""
    made = QWidget()
    down = column(made, gap=0)
    heading = SectionLabel(QCoreApplication.translate("palette", group.value))
    heading.setContentsMargins(0, current().px(12), 0, current().px(6))
    down.addWidget(heading)
    for command in COMMANDS:
        if command.group is group:
            down.addWidget(_line(command))
    return made


def _line(command: Command) -> QWidget:
    """A command's words and keys, its help as tool tip and description."""
    made = QWidget()
    box = row(made, gap=4)
    words = Label(shown_text(command), "base")
    made.setToolTip(shown_help(command))
    made.setAccessibleDescription(shown_help(command))
    box.addWidget(words)
    box.addStretch(1)
    for at, keys in enumerate(command.keys):
        if at:
            box.addWidget(Label(QCoreApplication.translate("palette", "or"), "meta", "text3"))
        for cap in caps(keys):
            box.addWidget(KeyCap(cap))
    made.setFixedHeight(current().px(26))
    return made
