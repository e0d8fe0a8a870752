"""The clocks of a thread: each with its state in words and as a line in time; past cycles are folded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.clock import Clock
from inbox.ui.details.clock_words import clock_line, hours_words, present
from inbox.ui.details.section import Section, pairs
from inbox.ui.details.timeline import EDGE, Axis, ClockBar, OpenHours, axis
from inbox.ui.thread.plain import line
from inbox.ui.thread.scene import Scene
from inbox.ui.thread.times import moment
from inbox.ui.widgets import Button, DeadlinePill, ElidedLabel, Label, column, row
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.model.workspace import Workspace

_FARTHEST: Final = timedelta(days=400)
MOST_EARLIER: Final = 20


def open_hours(clocks: Sequence[Clock], workspace: "Workspace", now: datetime) -> OpenHours:
    """When the calendars of these clocks are open; those that are gone, refused or far away are left out."""
    from inbox.sla.calendar import open_spans
    from inbox.sla.hours import refusal

    over = axis(clocks, now)
    if over.end - over.begin > _FARTHEST:
        return {}
    named = {each.calendar for each in clocks}
    usable = [each for each in workspace.calendars if each.name in named and refusal(each) is None]
    return {each.name: tuple(open_spans(each, over.begin, over.end)) for each in usable}


class ClocksSection(Section):
    """For each metric the clock that runs, else the last one; the cycles before on demand."""

    def __init__(self) -> None:
        """No clocks yet."""
        super().__init__(_tr("Clocks"))
        self.hours = ElidedLabel("", "meta", "text3")
        self.head.addWidget(self.hours)
        self.earlier = Button("", "", "link", font="meta_control")
        self.earlier.clicked.connect(self._fold)
        self._before: QWidget | None = None
        self._unfolded = False
        self._shown: object = None

    def show_scene(self, scene: Scene, now: datetime, hours: OpenHours | None = None) -> None:
        """The clocks as they stand ``now``, to the minute."""
        clocks = scene.thread.clocks
        self.hours.setText(line(hours_words(clocks), 40))
        minute = now.replace(second=0, microsecond=0)
        key = (scene.thread.row.id, clocks, minute, hours)
        if key == self._shown and self._body is not None:
            return
        read = self._body is not None and any(each.hasFocus() for each in self._body.findChildren(ClockBar))
        if self._shown is not None and isinstance(self._shown, tuple) and self._shown[0] != scene.thread.row.id:
            self._unfolded = False
        self._shown = key
        if read:
            return  # whoever reads it by keyboard is not moved away; the next minute brings it up to date
        self._fill(clocks, now, hours or {})

    def _fill(self, clocks: Sequence[Clock], now: datetime, hours: OpenHours) -> None:
        now_shown = present(clocks)
        before = [each for each in clocks if each not in now_shown][-MOST_EARLIER:]
        body = QWidget()
        box = column(body, gap=6)
        box.addWidget(_lines(now_shown, axis(now_shown, now), now, hours))
        self.earlier.setParent(self)
        self.earlier.setVisible(bool(before))
        if before:
            self._before = _lines(before, axis(before, now), now, hours)
            self._before.setVisible(self._unfolded)
            box.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignLeading)
            box.addWidget(self._before)
            self._say(len(before))
        self.fill(body)

    @Slot()
    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        if self._before is not None:
            self._before.setVisible(self._unfolded)
            self._say(len(self._before.findChildren(ClockBar)))

    def _say(self, count: int) -> None:
        number = counted("%n earlier clock(s)", count)
        said = _tr("Hide %1") if self._unfolded else _tr("Show %1")
        self.earlier.setText(said.replace("%1", number))
        self.earlier.setAccessibleName(said.replace("%1", number))


def _lines(clocks: Sequence[Clock], over: Axis, now: datetime, hours: OpenHours) -> QWidget:
    holder = QWidget()
    grid = pairs(holder)
    for place, clock in enumerate(clocks):
        each = clock_line(clock, now)
        grid.addWidget(Label(each.metric, "meta", "text3"), 2 * place, 0)
        if each.words:
            words = Label(each.words, "meta_control", "late" if each.late else "text2", wrap=True)
            grid.addWidget(words, 2 * place, 1)
        else:
            grid.addWidget(DeadlinePill(each.pill), 2 * place, 1, Qt.AlignmentFlag.AlignLeading)
        opened = hours.get(clock.calendar) if clock.calendar else None
        grid.addWidget(ClockBar(clock, over, now, opened), 2 * place + 1, 0, 1, 2)
    if clocks:
        grid.addWidget(_ends(over, now), 2 * len(clocks), 0, 1, 2)
    else:
        grid.addWidget(Label(_tr("No clock runs here."), "meta", "text3", wrap=True), 0, 0, 1, 2)
    return holder


def _ends(over: Axis, now: datetime) -> QWidget:
    """The times at both ends of the lines, left to right as they are."""
    made = QWidget()
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    line = row(made, margins=(EDGE - 2, 0, EDGE - 2, 0))
    line.addWidget(Label(moment(over.begin, now), "caption", "text3"))
    line.addStretch(1)
    line.addWidget(Label(moment(over.end, now), "caption", "text3"))
    return made


def _tr(text: str) -> str:
    return QCoreApplication.translate("details", text)
