"""Who is at the desk: disc, name and shift at the foot of the side bar, and the menu that changes it."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from inbox.model.people import WEEKDAYS, Employee
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.widgets import Disc, ElidedLabel, IconButton, Pane, column, row
from inbox.ui.widgets.focus import RINGED

if TYPE_CHECKING:
    from inbox.store.engine import Store


class Me(Pane):
    """The foot of the side bar. ``chosen`` carries another employee's name, ``settings`` a click on the gear."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Nobody yet."""
        super().__init__("window", "top", parent)
        self._context = context
        self.disc = Disc("", "", 28)
        self.name = ElidedLabel("", "name")
        self.shift = ElidedLabel("", "meta", "text3")
        self.gear = IconButton("gear", self.tr("Settings"))
        self.gear.clicked.connect(partial(context.go, "settings"))
        self._words = QWidget()
        words = column(self._words)
        words.addWidget(self.name)
        words.addWidget(self.shift)
        self._box = row(self, margins=(14, 6, 8, 6), gap=8)
        self._box.addWidget(self.disc)
        self._box.addWidget(self._words, 1)
        self._box.addWidget(self.gear)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RINGED, True)
        self.show_person()

    def show_person(self) -> None:
        """Shows who the context says it is."""
        me = self._context.me()
        name = (me.full_name or me.name) if me else self._context.employee
        self.disc.set_person(me.initials if me else name[:1].upper(), name)
        self.name.setText(name or self.tr("Who are you?"))
        self.shift.setText(self._shift(me))
        self.setAccessibleName(self.tr("You: %1. %2").replace("%1", self.name.text()).replace("%2", self.shift.text()))

    def set_folded(self, *, folded: bool) -> None:
        """Only the disc is left."""
        px = current().px
        self._box.setContentsMargins(px(14), px(6), px(13 if folded else 8), px(6))
        self._words.setVisible(not folded)
        self.gear.setVisible(not folded)

    def sizeHint(self) -> QSize:
        """48 high."""
        return QSize(super().sizeHint().width(), current().px(48))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose who you are."""
        del event
        self.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same by keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose()
        else:
            super().keyPressEvent(event)

    def choose(self) -> None:
        """Show the menu of everybody it could be."""
        menu = QMenu(self)
        for person in self._context.employees:
            action = menu.addAction(person.full_name or person.name)
            action.setCheckable(True)
            action.setChecked(person.name == self._context.employee)
            action.triggered.connect(partial(self.chosen.emit, person.name))
        if not self._context.employees:
            menu.addAction(self.tr("Name people in Settings")).triggered.connect(partial(self._context.go, "settings"))
        me = self._context.me()
        if me is not None:
            menu.addSeparator()
            words = self.tr("I am back") if me.away else self.tr("I am away")
            menu.addAction(words).triggered.connect(self.switch_away)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(8, -menu.sizeHint().height())))

    @Slot()
    def switch_away(self) -> None:
        """Says that one is away, or here again."""
        me = self._context.me()
        if me is None:
            return
        name, away, now = me.name, not me.away, self._context.now()

        def work(store: "Store") -> str:
            from inbox.flow.away import mark

            return mark(store, name, away=away, actor=name, now=now).sentence

        self._context.lanes.write(work, self._context.toast)

    def _shift(self, me: Employee | None) -> str:
        if me is None:
            return self.tr("Not one of the employees")
        if me.away:
            return self.tr("Away")
        if me.shifts is None:
            return ", ".join(str(role) for role in me.roles).capitalize()
        ends = shift_end(me, self._context.now(), self._context.workspace.settings.time_zone)
        return self.tr("On shift until %1").replace("%1", ends) if ends else self.tr("Off shift")


def shift_end(person: Employee, now: datetime, zone: str) -> str:
    """When the shift that runs now ends, as a wall time; empty off shift."""
    local = now.astimezone(ZoneInfo(person.time_zone or zone))
    for interval in (person.shifts or {}).get(WEEKDAYS[local.weekday()], ()):
        past_midnight = interval.end <= interval.start
        if interval.start <= local.time() and (past_midnight or local.time() < interval.end):
            return f"{interval.end:%H:%M}"
    return ""
