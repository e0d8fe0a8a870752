"""The editor of one calendar: name and zone, the hours of its week, its dates, and a try of what would be due."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from inbox.model.people import Week
from inbox.model.workspace import Calendar
from inbox.ui.calendars.datemodel import coming
from inbox.ui.calendars.datesbox import DatesBox
from inbox.ui.calendars.draft import Draft, always
from inbox.ui.calendars.reading import Day, Uses
from inbox.ui.calendars.says import tr
from inbox.ui.calendars.testcard import TestCard
from inbox.ui.calendars.weekbox import WeekBox
from inbox.ui.calendars.zonefield import ZoneField, local_time
from inbox.ui.context import Context
from inbox.ui.entries.editing import MARGIN, EntryEditor
from inbox.ui.theme import current
from inbox.ui.widgets import Divider, Field, Label, column

GAP, DATES, HALVES_FROM, FIELDS_FROM = 24, 332, 880, 440
_UP_DOWN, _BESIDE = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight


class CalendarEditor(EntryEditor):
    """``changed`` comes with every change; ``draft`` is what stands here."""

    undoable = Signal(str, object)

    def __init__(self, context: Context) -> None:
        """Empty until a draft comes."""
        super().__init__(self.tr("Calendar"))
        self._context = context
        self._draft: Draft = Draft(Calendar(""))
        self.name = Field(self.tr("Name"), "", self.tr("What the calendar is called"))
        self.name.edit.setMaxLength(60)
        self.zone = ZoneField(context)
        self.used = Label("", "meta", "text2", wrap=True)
        self.week = WeekBox()
        self.dates = DatesBox(context)
        self.test = TestCard(context)
        self._fields = QBoxLayout(_BESIDE)
        self._halves = QBoxLayout(_BESIDE)
        self._build()
        self.name.edit.textEdited.connect(self._named)
        self.zone.changed.connect(self._zoned)
        self.week.edited.connect(self._week)
        self.week.switched.connect(self._switch)
        self.dates.changed.connect(self._put)
        self.dates.undoable.connect(self.undoable)

    def _build(self) -> None:
        px = current().px
        self._fields.setSpacing(px(16))
        self._fields.addWidget(self.name, 1, Qt.AlignmentFlag.AlignTop)
        self._fields.addWidget(self.zone, 1, Qt.AlignmentFlag.AlignTop)
        self._halves.setSpacing(px(GAP))
        left = column(gap=16)
        left.addLayout(self._fields)
        left.addWidget(self.used)
        left.addWidget(Divider())
        left.addWidget(self.week)
        left.addWidget(self.test)
        left.addStretch(1)
        self._halves.addLayout(left, 1)
        self._halves.addWidget(self.dates)
        box = column(self.inside, margins=(MARGIN, 16, MARGIN, 24))
        box.addWidget(self.trouble)
        box.addLayout(self._halves, 1)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setWidget(self.inside)
        self.setFocusProxy(self.name.edit)

    # -- what is shown

    def show_draft(self, draft: Draft, used: Uses) -> None:
        """Another calendar, silently."""
        self._show(draft, used, fresh=True)
        self.show_errors({})
        self.week.show_soon([])
        self.trouble.say("")
        self.area.verticalScrollBar().setValue(0)
        self.zone.load()
        self.dates.holidays.load()

    def show_stored(self, draft: Draft, used: Uses) -> None:
        """The same calendar as it is stored by now; what is being looked at stays where it is."""
        self._show(draft, used, fresh=False)

    def _show(self, draft: Draft, used: Uses, *, fresh: bool) -> None:
        self._draft = draft
        calendar = draft.calendar
        if self.name.edit.text().strip() != calendar.name:
            self.name.set_text(calendar.name)
        self.zone.show_zone(calendar.time_zone)
        self.week.show_week(calendar.week, draft.kept, fresh=fresh)
        self.dates.show_calendar(calendar, fresh=fresh)
        self.test.show_calendar(calendar)
        self.used.setText(_used(used) if draft.base is not None else "")
        self.used.setVisible(bool(self.used.text()))
        self.tick()

    def show_days(self, days: Sequence[Day]) -> None:
        """The next dates; those of the next seven days are said at the week too."""
        self.dates.show_days(days)
        calendar = self._draft.calendar
        local = local_time(calendar.time_zone, self._context.now())
        ends = None if local is None else local.date() + timedelta(days=7)
        self.week.show_soon([each for each in coming(calendar, days) if ends is not None and each.day < ends])

    def tick(self) -> None:
        """Time went on: the line in the picture, the time in the zone, the try from now."""
        self.week.show_now(local_time(self._draft.calendar.time_zone, self._context.now()))
        self.zone.tick()
        self.test.tick()

    def draft(self, *, typed: bool = False) -> Draft:
        """What stands here now; nothing is typed that does not."""
        del typed
        return self._draft

    def finish(self) -> bool:
        """What is being typed is taken as given; False where it cannot be read."""
        return self.week.finish()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """What is wrong, each at its field: name, time_zone, week, holidays, dates."""
        self.name.set_error(errors.get("name", ""))
        self.zone.set_error(errors.get("time_zone", ""))
        self.week.show_error(errors.get("week", ""))
        self.dates.holidays.set_error(errors.get("holidays", ""))
        self.dates.show_error(errors.get("dates", ""))

    def go_to(self, field: str) -> None:
        """The keyboard goes to a field."""
        if field == "week":
            self.week.take_focus()
            self.area.ensureWidgetVisible(self.week)
            return
        fields = {"name": self.name.edit, "time_zone": self.zone.edit, "holidays": self.dates.holidays.country}
        target = fields.get(field, self.dates.list)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(target)

    # -- what people do

    def put(self, calendar: Calendar) -> None:
        """The calendar as it was before something that is taken back."""
        self._show(replace(self._draft, calendar=calendar), Uses(), fresh=False)
        self.changed.emit()

    @Slot(object)
    def _put(self, calendar: Calendar) -> None:
        self._draft = replace(self._draft, calendar=calendar)
        self.test.show_calendar(calendar)
        self.changed.emit()

    @Slot()
    def _named(self) -> None:
        self.name.set_error("")
        calendar = replace(self._draft.calendar, name=self.name.text())
        self.dates.calendar = replace(self.dates.calendar, name=calendar.name)
        self._put(calendar)

    @Slot()
    def _zoned(self) -> None:
        calendar = replace(self._draft.calendar, time_zone=self.zone.text())
        self.dates.calendar = replace(self.dates.calendar, time_zone=calendar.time_zone)
        self._put(calendar)
        self.tick()

    @Slot(object)
    def _week(self, week: Week) -> None:
        self._put(replace(self._draft.calendar, week=week))
        self.dates.calendar = replace(self.dates.calendar, week=week)

    @Slot(bool)
    def _switch(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._draft = always(self._draft, on=on)
        calendar = self._draft.calendar
        self.week.show_week(calendar.week, self._draft.kept, fresh=False)
        self.dates.calendar = replace(self.dates.calendar, week=calendar.week)
        self._put(calendar)

    # -- room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room, the dates stand beside the week."""
        super().resizeEvent(event)
        width = round(event.size().width() / current().fonts.scale)
        beside = width >= HALVES_FROM
        self._turn(self._halves, beside=beside)
        self._turn(self._fields, beside=width >= FIELDS_FROM)
        inner = width - 2 * MARGIN - (DATES + GAP if beside else 0)
        self.week.arrange(inner)
        self.test.arrange(inner)
        self.dates.setFixedWidth(current().px(DATES)) if beside else self._free()

    def _free(self) -> None:
        self.dates.setMinimumWidth(0)
        self.dates.setMaximumWidth(16777215)

    @staticmethod
    def _turn(box: QBoxLayout, *, beside: bool) -> None:
        way = _BESIDE if beside else _UP_DOWN
        if box.direction() != way:
            box.setDirection(way)


def _used(used: Uses) -> str:
    """The names of what stands on the calendar."""
    parts = []
    for names, words in (
        (used.policies, tr("policies: %names")),
        (used.areas, tr("areas: %names")),
        (used.rules, tr("rules: %names")),
    ):
        if names:
            parts.append(words.replace("%names", ", ".join(names)))
    if not parts:
        return tr("Nothing uses this calendar yet.")
    words = tr("Used by %all.", all="; ".join(parts))
    return f"{words} {tr('Deadlines that run follow its hours.')}" if used.policies else words
