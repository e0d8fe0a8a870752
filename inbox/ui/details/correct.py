"""The box in which a person corrects what the routing judged."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from inbox.model.people import Area
from inbox.model.thread import Thread
from inbox.model.workspace import UNSORTED
from inbox.ui.theme import current
from inbox.ui.thread.linkbox import inside_screen
from inbox.ui.widgets import Button, Label, Segmented, column, row

YES, NO = "yes", "no"


class CorrectBox(QFrame):
    """Needs a reply or not, and the area. ``judged`` carries needs a reply, ``moved`` an area's name."""

    judged = Signal(bool)
    moved = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Hidden until ``ask``."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", "raised")
        self.setFixedWidth(current().px(320))
        self.setAccessibleName(self.tr("Correct the routing"))
        self.needs = Segmented([(YES, self.tr("Yes"), ""), (NO, self.tr("No"), "")], self.tr("Needs a reply"))
        self.area = QComboBox()
        self.area.setAccessibleName(self.tr("Area"))
        self.save = Button(self.tr("Correct"), "check", "primary")
        self.cancel = Button(self.tr("Cancel"))
        self._before = (YES, "")
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.close)
        self._build()

    def ask(self, thread: Thread, areas: Sequence[Area], at: QPoint) -> None:
        """Shows what is judged now, under the point ``at`` of the screen."""
        needs = YES if needs_reply(thread) else NO
        area = thread.row.area or UNSORTED
        names = list(dict.fromkeys([*(each.name for each in areas), UNSORTED]))
        self._before = (needs, area)
        self.needs.set_value(needs)
        self.area.clear()
        self.area.addItems(names)
        self.area.setCurrentText(area)
        self.adjustSize()
        self.move(inside_screen(at, self))
        self.show()
        self.needs.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it as it is, Return corrects."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.cancel.hasFocus():
            self._save()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        box = column(self, margins=(16, 12, 16, 12), gap=8)
        box.addWidget(Label(self.tr("Correct the routing"), "name"))
        words = self.tr("What you correct is kept with your name, and the routing learns from it.")
        box.addWidget(Label(words, "meta", "text3", wrap=True))
        needs = row(gap=8)
        needs.addWidget(Label(self.tr("Needs a reply"), "control"))
        needs.addStretch(1)
        needs.addWidget(self.needs)
        box.addLayout(needs)
        area = row(gap=8)
        area.addWidget(Label(self.tr("Area"), "control"))
        area.addStretch(1)
        area.addWidget(self.area)
        box.addLayout(area)
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        box.addLayout(foot)

    @Slot()
    def _save(self) -> None:
        needs, area = self._before
        self.close()
        if self.needs.value() != needs:
            self.judged.emit(self.needs.value() == YES)
        if self.area.currentText() != area:
            self.moved.emit(self.area.currentText())


def needs_reply(thread: Thread) -> bool:
    """True when any of the author's mentions is judged to need a reply."""
    return any(each.needs_reply for each in thread.mentions)
