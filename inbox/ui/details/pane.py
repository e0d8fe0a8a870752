"""The details panel, 276 wide; it shows the thread that is on screen."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.ui.commands import cap
from inbox.ui.context import Context
from inbox.ui.details.clocks import ClocksSection, open_hours
from inbox.ui.details.deeds import Deeds
from inbox.ui.details.facts import FactsSection
from inbox.ui.details.sections import AuthorSection, EarlierSection
from inbox.ui.details.timeline import OpenHours
from inbox.ui.details.why import WhySection
from inbox.ui.theme import current
from inbox.ui.thread.pane import FIRST_READ
from inbox.ui.thread.scene import Scene, load
from inbox.ui.thread.steady import SteadyScroll
from inbox.ui.widgets import IconButton, KeyCap, PageHead, Pane, column

if TYPE_CHECKING:
    from inbox.store.engine import Session

WIDTH = 276
TICK_MS = 10_000


class DetailsPane(Pane):
    """Clocks, reasons, facts, author, earlier threads. Reads only while it can be seen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Follows ``context.thread_changed``."""
        super().__init__("sunken", "left", parent)
        self._context = context
        self._scene: Scene | None = None
        self._hours: OpenHours = {}
        self.setMinimumWidth(current().px(WIDTH))
        self.setAccessibleName(self.tr("Details"))
        self.head = PageHead(self.tr("Details"))
        self.head.setProperty("ground", "sunken")
        self.head.beside.hide()
        self.fold = IconButton("panel", self.tr("Hide the details"), key=cap("details"))
        self.head.tools.addWidget(KeyCap(cap("details")))
        self.head.tools.addWidget(self.fold)
        self.clocks, self.why, self.facts = ClocksSection(), WhySection(), FactsSection()
        self.author, self.earlier = AuthorSection(), EarlierSection()
        self.deeds = Deeds(context)
        self._build()
        self._connect()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._second)
        self._tick.start()
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while hidden is read now."""
        super().showEvent(event)
        self._read()

    def _build(self) -> None:
        inside = QWidget()
        box = column(inside)
        self._parts = (self.clocks, self.why, self.facts, self.author, self.earlier)
        for part in self._parts:
            box.addWidget(part)
        box.addStretch(1)
        self.area = SteadyScroll()
        self.area.setWidget(inside)
        self.area.setAccessibleName(self.tr("Details"))
        inside.setAutoFillBackground(False)
        outer = column(self, margins=(1, 0, 0, 0))
        outer.addWidget(self.head)
        outer.addWidget(self.area, 1)

    def _connect(self) -> None:
        context = self._context
        context.thread_changed.connect(self._follow)
        context.changed.connect(self._changed)
        context.theme.changed.connect(self._redraw)
        self.earlier.chosen.connect(context.open_thread)
        self.why.correct_wanted.connect(self._correct)
        self.facts.correct_wanted.connect(self._correct_facts)
        self.author.tags_wanted.connect(self._ask_tags)
        self.fold.clicked.connect(self._fold)

    @Slot()
    def _follow(self) -> None:
        self._scene = None
        self.area.setVisible(False)
        self._read()

    def _read(self) -> None:
        thread_id = self._context.thread_id
        if thread_id is None or not self.isVisible():
            return
        me, now = self._context.employee, self._context.now()
        workspace = self._context.workspace

        def read(session: "Session") -> tuple[Scene, OpenHours]:
            scene = load(session, thread_id, me, now=now, newest=FIRST_READ)
            return scene, open_hours(scene.thread.clocks, workspace, now)

        self._context.lanes.read(
            read,
            self._arrived,
            self._failed,
            key=("details", id(self)),
        )

    def _arrived(self, found: tuple[Scene, OpenHours]) -> None:
        scene, self._hours = found
        self._show(scene)

    def _show(self, scene: Scene) -> None:
        if scene.thread.row.id != self._context.thread_id:
            return
        self._scene = scene
        now = self._context.now()
        self.clocks.show_scene(scene, now, self._hours)
        self.why.show_scene(scene)
        self.facts.show_scene(scene)
        self.author.show_scene(scene, now)
        self.earlier.show_scene(scene, now)
        self.area.setVisible(True)

    def _failed(self, _error: Exception) -> None:
        """The thread pane says what is wrong; here nothing stands rather than something old."""
        self.area.setVisible(False)

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        thread_id: ThreadId | None = self._context.thread_id
        if thread_id is not None and (change.many or thread_id in change.threads):
            self._read()

    @Slot()
    def _second(self) -> None:
        if self._scene is not None and self.isVisible():
            self.clocks.show_scene(self._scene, self._context.now(), self._hours)

    @Slot()
    def _redraw(self) -> None:
        if self._scene is not None:
            self._show(self._scene)

    @Slot()
    def _fold(self) -> None:
        self._context.commands.run("details")

    @Slot()
    def _correct(self) -> None:
        self._context.commands.run("correct")

    @Slot()
    def _correct_facts(self) -> None:
        """The newest mention as the key does it; one before it here."""
        mention = self.facts.chosen()
        if mention is None or self._scene is None:
            self._correct()
            return
        from inbox.ui.details.correct import CorrectBox

        box = CorrectBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        thread = self._scene.thread
        box.corrected.connect(partial(self.deeds.correct_mention, thread.row.id, mention.id))
        link = self.facts.correct
        box.ask(thread, self._scene.areas, link.mapToGlobal(link.rect().bottomLeft()), mention)

    @Slot()
    def _ask_tags(self) -> None:
        """Tags for the author: those they wear to take off, those that rules ask for, or a new one."""
        from inbox.ui.decisions import choices
        from inbox.ui.decisions.picker import Picker

        if self._scene is None:
            return
        author = self._scene.thread.author
        known = sorted({tag for rule in self._context.workspace.rules for tag in rule.when.author_tags})
        picker = Picker(self.tr("Tag the author"), choices.tags(known, author.tags), self, free=choices.new_tag)
        picker.picked.connect(partial(self.deeds.tag_author, author.id))
        edit = self.author.edit
        picker.open_at(edit.mapToGlobal(QPoint(0, edit.height() + current().px(4))))
