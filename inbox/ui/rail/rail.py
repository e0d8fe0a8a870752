"""The side bar, 216 wide, or folded to 56."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inbox.model.change import Change
from inbox.model.view import View
from inbox.ui import views
from inbox.ui.commands import cap
from inbox.ui.context import Context
from inbox.ui.pages import PANES
from inbox.ui.rail import state
from inbox.ui.rail.items import RailFold, RailItem, SearchButton
from inbox.ui.rail.people import Me
from inbox.ui.theme import current
from inbox.ui.widgets import Disc, Divider, ElidedLabel, IconMark, Label, Pane, SectionLabel, column, row
from inbox.ui.widgets.words import capped

if TYPE_CHECKING:
    from inbox.store.engine import Session
    from inbox.store.gathered import Standing

WIDE, FOLDED = 216, 56
TICK_MS = 1000
READ_EVERY = 10
SOON_MS = 150
MOST = 1000
HOT_SHOWN = 6
"""So many open incidents stand in the side bar; all are on their page."""
MINE = (("outbox", "Outbox", "outbox"), ("notices", "Notices", "bell"))
HOT = (("incidents", "Incidents", "flame"),)
LEAD = (
    ("reports", "Reports", "chart"),
    ("staffing", "Staffing", "users"),
    ("quality", "Routing quality", "target"),
)
SET_UP = (
    ("rules", "Rules", "rule"),
    ("policies", "Policies", "hourglass"),
    ("calendars", "Calendars", "clock"),
    ("ladders", "Escalations", "double-chevron"),
    ("watching", "Watching", "siren"),
    ("accounts", "Accounts", "plug"),
    ("settings", "Settings", "gear"),
)
"""What is set up once and seldom looked at: folded until somebody unfolds it, but for what is on screen or alarms."""
UNFOLDED = "rail/set_up_unfolded"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at the store brings for the side bar."""

    counts: dict[str, int]
    pulse: state.Pulse
    incidents: "tuple[Standing, ...]"


class Rail(Pane):
    """Views with live counts. ``chosen`` carries the key of a view or page."""

    chosen = Signal(str)
    person_chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """The standing entries; areas come with the workspace."""
        super().__init__("window", "right", parent)
        self._context = context
        self._views: dict[str, View] = {}
        self._areas: tuple[tuple[int, str, int], ...] | None = None
        self._incidents: tuple[tuple[str, str], ...] = ()
        self.items: dict[str, RailItem] = {}
        self.set_up = RailFold(self.tr("Set up"))
        self.folded = False
        self.pulse: state.Pulse | None = None
        self.trouble = ""
        self._ticks = 0
        self._current = ""
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(SOON_MS)
        self.soon.timeout.connect(self.read)
        self._sight = QTimer(self)
        self._sight.setSingleShot(True)
        self._sight.setInterval(0)
        self._sight.timeout.connect(self._show_current)
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        context.changed.connect(self._changed)
        context.people_changed.connect(self.rebuild)
        context.opened.connect(self.read_soon)

    def _build(self) -> None:
        box = column(self, margins=(0, 0, 1, 0))
        self._head = self._make_head()
        box.addLayout(self._head)
        self.search = SearchButton(cap("palette"))
        self.search.clicked.connect(partial(self._context.commands.run, "palette"))
        self._search_box = row(margins=(8, 0, 8, 8))
        self._search_box.addWidget(self.search)
        box.addLayout(self._search_box)
        self.set_up.toggled.connect(self._show_set_up)
        inside = self._inside = QWidget()
        inside.setProperty("ground", "window")
        self._list = column(inside, margins=(8, 0, 8, 8))
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box.addWidget(self._scroll, 1)
        self._state_icon = IconMark("refresh", "text2")
        self._state = ElidedLabel("", "meta", "text2")
        self._state_box = row(margins=(16, 6, 12, 10), gap=8)
        self._state_box.addWidget(self._state_icon)
        self._state_box.addWidget(self._state, 1)
        box.addLayout(self._state_box)
        self.me = Me(self._context)
        self.me.chosen.connect(self.person_chosen)
        box.addWidget(self.me)
        self.rebuild()
        self._say_state()
        self.set_folded(folded=False)

    def _make_head(self) -> QHBoxLayout:
        """The workspace's letter and name."""
        self._logo = Disc("S", "workspace", 28, square=True)
        self._name = ElidedLabel("", "name")
        head = row(margins=(14, 10, 12, 8), gap=8)
        head.addWidget(self._logo)
        head.addWidget(self._name, 1)
        return head

    @Slot()
    def rebuild(self) -> None:
        """Entries for the workspace's areas and the person's views."""
        workspace, me = self._context.workspace, self._context.me()
        self._views = views.every(workspace, me)
        name = workspace.settings.name
        self._name.setText(name)
        self._logo.set_person(name[:1].upper(), "workspace")
        self.me.show_person()
        areas = tuple((area.id, area.name, area.color or at) for at, area in enumerate(workspace.areas))
        if areas != self._areas:
            self._areas = areas
            self._fill()
        self.read_soon()

    def _fill(self) -> None:
        colors = {number: color for number, _name, color in self._areas or ()}
        self._list.removeWidget(self.set_up)
        self.set_up.setParent(self)
        _empty(self._list)
        self.items.clear()
        workspace, me = self._context.workspace, self._context.me()
        for view in views.standing(workspace, me):
            self._add(RailItem(view.key, view.title, views.ICONS[view.key]))
        self._add_pages(MINE)
        self._gap()
        self._add_pages(HOT)
        for key, title in self._incidents:
            self._add(RailItem(key, title, "flame", hot=True))
        of_areas = views.of_areas(workspace)
        if of_areas:
            self._heading(self.tr("Areas"))
        for view in of_areas:
            self._add(RailItem(view.key, view.title, "", colors.get(int(view.key.partition(":")[2]), 0)))
        self._heading(self.tr("Views"))
        for view in views.saved():
            self._add(RailItem(view.key, view.title, views.ICONS[view.key]))
        self._heading(self.tr("Lead"))
        self._add_pages(LEAD)
        self._list.addWidget(self.set_up)
        self._add_pages(SET_UP)
        self._list.addStretch(1)
        self.set_folded(folded=self.folded)
        self.mark(self._current)

    def _add_pages(self, entries: Iterable[tuple[str, str, str]]) -> None:
        for key, text, icon in entries:
            if key in PANES:
                self._add(RailItem(key, self.tr(text), icon))

    def _add(self, item: RailItem) -> None:
        item.clicked.connect(partial(self._choose, item))
        self.items[item.key] = item
        self._list.addWidget(item)

    def _choose(self, item: RailItem) -> None:
        item.setChecked(item.key == self._current)
        self.chosen.emit(item.key)

    def _gap(self) -> None:
        """A group without a heading: its first entry says what it is."""
        line = Divider()
        line.setObjectName("folded")
        self._list.addSpacing(current().px(8))
        self._list.addWidget(line)

    def _heading(self, text: str) -> None:
        label = SectionLabel(text)
        label.setContentsMargins(*(current().px(side) for side in (8, 10, 8, 2)))
        line = Divider()
        line.setObjectName("folded")
        self._list.addWidget(label)
        self._list.addWidget(line)

    def mark(self, key: str) -> None:
        """Marks the entry of the view or page on screen, and brings it into sight where the bar scrolls."""
        self._current = key
        for item in self.items.values():
            item.setChecked(item.key == key)
        self._show_set_up()
        self._sight.start()

    @Slot()
    def _show_current(self) -> None:
        """Once it has its place."""
        item = self.items.get(self._current)
        if item is not None and item.isVisible():
            self._scroll.ensureWidgetVisible(item, 0, current().px(8))

    @Slot()
    def _show_set_up(self) -> None:
        """Folded, what is on screen or alarms is there all the same."""
        for key, _text, _icon in SET_UP:
            item = self.items.get(key)
            if item is not None:
                item.setVisible(self.set_up.isChecked() or item.isChecked() or item.alarm)

    def remember_in(self, settings: QSettings) -> None:
        """As it was left."""
        self.set_up.setChecked(bool(settings.value(UNFOLDED, defaultValue=False, type=bool)))

    def keep_in(self, settings: QSettings) -> None:
        """For the next start."""
        settings.setValue(UNFOLDED, self.set_up.isChecked())

    def set_folded(self, *, folded: bool) -> None:
        """A strip of icons with counts, or the whole side bar."""
        self.folded = folded
        px = current().px
        self.setFixedWidth(px(FOLDED if folded else WIDE))
        self._name.setVisible(not folded)
        self._state.setVisible(not folded)
        self.search.folded = folded
        self.search.updateGeometry()
        self._state_box.setContentsMargins(*(px(side) for side in ((20, 6, 19, 10) if folded else (16, 6, 12, 10))))
        self.me.set_folded(folded=folded)
        for item in self.items.values():
            item.set_folded(folded=folded)
        for label in self._inside.findChildren(Label):
            label.setVisible(not folded)
        for line in self._inside.findChildren(Divider):
            line.setVisible(folded)
        self.set_up.set_folded(folded=folded)
        self._show_set_up()
        self._sight.start()

    # -- what is read

    @Slot()
    def read_soon(self) -> None:
        """Reads in a moment: the queue's rows go first, and changes that come in a burst are read once."""
        if not self.soon.isActive():
            self.soon.start()

    @Slot()
    def read(self) -> None:
        """Reads counts and the collector's state."""
        wanted, now, me = tuple(self._views.values()), self._context.now(), self._context.me()
        number = me.id if me else None

        def work(session: "Session") -> Reading:
            from inbox.store import gathered
            from inbox.store import views as store_views

            counts, hot = store_views.counts(session, wanted, now=now), tuple(gathered.standing(session, HOT_SHOWN))
            return Reading(counts, state.read(session, now, number), hot)

        if self._context.store is not None:
            self._context.lanes.read(work, self._show, key=(id(self), "read"))

    def _show(self, reading: Reading) -> None:
        self.pulse = reading.pulse
        self._show_incidents(reading.incidents)
        for key, count in reading.counts.items():
            if key in self.items:
                self.items[key].set_count("" if key == "closed" or not count else capped(count))
        self.items["outbox"].set_count(str(reading.pulse.outbox or ""))
        unseen = min(reading.pulse.notices, MOST)
        self.items["notices"].set_count(capped(unseen, MOST) if unseen else "")
        self.items["accounts"].set_count(str(reading.pulse.needing or ""), alarm=bool(reading.pulse.needing))
        self._show_set_up()
        self._say_state()

    def _show_incidents(self, found: "tuple[Standing, ...]") -> None:
        """The entries stay as they are while the same incidents are open under the same names."""
        named = tuple((f"incident:{each.id}", each.title) for each in found)
        if named != self._incidents:
            self._incidents = named
            counts = {key: (item.count, item.alarm) for key, item in self.items.items()}
            self._fill()
            for key, (count, alarm) in counts.items():
                if key in self.items:
                    self.items[key].set_count(count, alarm=alarm)
        for each in found:
            self.items[f"incident:{each.id}"].set_count(capped(each.threads, MOST) if each.threads else "")

    def set_trouble(self, sentence: str) -> None:
        """Why no collector could be started; empty when one runs."""
        self.trouble = sentence
        self._say_state()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        del change
        self.read_soon()

    @Slot()
    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks % READ_EVERY == 0:
            self.read()
            self.me.show_person()
        self._say_state()

    def _say_state(self) -> None:
        line = state.line(self.pulse, self._context.now(), self.trouble)
        self._state_icon.set_icon(line.icon, line.tone)
        self._state_icon.setToolTip(line.text)
        self._state.set_tone(line.tone)
        if self._state.text() != line.text:
            self._state.setText(line.text)


def _empty(box: QVBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
