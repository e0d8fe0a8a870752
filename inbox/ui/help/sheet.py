"""The sheet as a layer over the window."""

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from inbox.ui.commands import COMMANDS, Command, Group, caps, shown_help, shown_text
from inbox.ui.palette.overlay import Overlay
from inbox.ui.theme import current
from inbox.ui.widgets import IconButton, KeyCap, Label, PageHead, SectionLabel, column, row

WIDTH, HEIGHT, EDGE = 960, 760, 32
COLUMNS = ((Group.THREAD, Group.REPLY), (Group.GO, Group.WINDOW), (Group.QUEUE, Group.INCIDENT))


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
        area.viewport().setProperty("ground", "raised")
        inside = QWidget()
        inside.setProperty("ground", "raised")
        across = row(inside, margins=(24, 12, 24, 24), gap=32)
        for groups in COLUMNS:
            down = column(gap=0)
            for group in groups:
                self._group(down, group)
            down.addStretch(1)
            across.addLayout(down, 1)
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
        self.card.setGeometry(QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height))

    def _group(self, down: QVBoxLayout, group: Group) -> None:
        heading = SectionLabel(QCoreApplication.translate("palette", group.value))
        heading.setContentsMargins(0, current().px(12), 0, current().px(6))
        down.addWidget(heading)
        for command in COMMANDS:
            if command.group is group:
                down.addWidget(_line(command))


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
