"""The timeline of an incident, the newest first, and where notes and updates are written."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from inbox.model.ids import IncidentId
from inbox.model.incident import TimelineEvent
from inbox.ui.composer.editor import Editor
from inbox.ui.theme import current
from inbox.ui.thread.times import since_words
from inbox.ui.widgets import Button, Card, IconMark, Label, Segmented, column, isolate, row
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.flow.hot.room import Room

SHOWN = 40
TIME = 36
ICONS = {
    "state": "flame",
    "sign": "chart",
    "threads": "inbox",
    "task": "check",
    "statement": "megaphone",
    "hold": "octagon",
    "reply": "reply",
    "note": "note",
    "update": "megaphone",
    "owner": "user",
    "severity": "triangle",
    "escalation": "siren",
}
WRITTEN = frozenset({"note", "update"})
MACHINES = frozenset({"collector", "command", ""})


class EventRow(QWidget):
    """When, what kind, what, and who."""

    def __init__(self, event: TimelineEvent, who: str, now: datetime, parent: QWidget | None = None) -> None:
        """``who`` is empty where the words say it."""
        super().__init__(parent)
        at = Label(since_words(event.at, now), "meta", "text3")
        at.setMinimumWidth(current().px(TIME))
        self.words = Label(isolate(event.text), "base" if event.kind in WRITTEN else "meta", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        beside = column(gap=2)
        if who:
            beside.addWidget(Label(isolate(who), "meta", "text3"))
        beside.addWidget(self.words)
        across = row(self, margins=(0, 4, 0, 4), gap=8)
        mark = IconMark(ICONS.get(event.kind, "info"), "text2", 14)
        across.addWidget(at, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(beside, 1)
        said = f"{since_words(event.at, now)}. {who}{': ' if who else ''}{event.text}"
        self.setAccessibleName(said)


class TimelineCard(Card):
    """``written`` carries note or update, and the words. What is being written is kept for each incident."""

    written = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_room``."""
        super().__init__("true", parent)
        self._incident: IncidentId | None = None
        self._drafts: dict[IncidentId, str] = {}
        self._events: tuple[TimelineEvent, ...] = ()
        self._room: Room | None = None
        self._all = False
        self.rows: list[EventRow] = []
        kinds = [("note", self.tr("Note"), "note"), ("update", self.tr("Update"), "megaphone")]
        self.kind = Segmented(kinds, self.tr("What is written"))
        self.editor = Editor(self.tr("What happened?"))
        self.editor.setPlaceholderText(self.tr("What happened? Seen by colleagues only."))
        self.editor.installEventFilter(self)
        self.send = Button(self.tr("Add"), "plus", "primary")
        self.more = Button("", "", "link")
        self._build()
        self.kind.chosen.connect(self._other_kind)
        self.send.clicked.connect(self._write)
        self.more.clicked.connect(self._show_all)
        self.editor.textChanged.connect(self._typed)
        self._typed()

    def _build(self) -> None:
        self.body.addWidget(Label(self.tr("Timeline"), "name"))
        self.box = QFrame()
        self.box.setProperty("card", "raised")
        inside = column(self.box, margins=(8, 8, 8, 8), gap=4)
        inside.addWidget(self.editor)
        feet = row(gap=8)
        feet.addWidget(self.kind)
        feet.addStretch(1)
        feet.addWidget(self.send)
        inside.addLayout(feet)
        self.body.addWidget(self.box)
        held = QWidget()
        held.setProperty("ground", "surface")
        self._list = column(held, gap=0)
        self._list.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(held)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("Timeline"))
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.more)

    def show_room(self, room: "Room", now: datetime) -> None:
        """Another incident, or what was added."""
        self._room = room
        if room.incident.id != self._incident:
            self._incident, self._all = None, False
            self.editor.set_text(self._drafts.get(room.incident.id, ""))
            self._incident = room.incident.id
            self._events = ()
            self._scroll.verticalScrollBar().setValue(0)
        shown = room.timeline if self._all else room.timeline[:SHOWN]
        self.more.setVisible(len(shown) < len(room.timeline))
        left = len(room.timeline) - len(shown)
        self.more.setText(counted("%n earlier", left, "incidents"))
        self.more.setAccessibleName(self.more.text())
        if shown != self._events:
            self._events = shown
            self._fill(room, now)

    def _fill(self, room: "Room", now: datetime) -> None:
        for each in self.rows:
            self._list.removeWidget(each)
            each.deleteLater()
        self.rows = [EventRow(each, self._who(each, room.names), now) for each in self._events]
        for place, each in enumerate(self.rows):
            self._list.insertWidget(place, each)

    @staticmethod
    def _who(event: TimelineEvent, names: dict[str, str]) -> str:
        if event.actor in MACHINES:
            return ""
        name = names.get(event.actor, event.actor)
        return "" if event.kind not in WRITTEN and name.split()[0] in event.text else name

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        if self._room is not None:
            self.show_room(self._room, self._room.timeline[0].at)

    # -- writing

    @Slot()
    def _typed(self) -> None:
        text = self.editor.text()
        if self._incident is not None:
            self._drafts[self._incident] = text
        self.send.setEnabled(bool(text.strip()))

    @Slot(str)
    def _other_kind(self, kind: str) -> None:
        note = self.tr("What happened? Seen by colleagues only.")
        update = self.tr("Where do things stand? For everybody who follows this.")
        self.editor.setPlaceholderText(update if kind == "update" else note)

    @Slot()
    def _write(self) -> None:
        text = self.editor.text().strip()
        if text:
            self.written.emit(self.kind.value(), text)

    def clear(self, incident: IncidentId, text: str) -> None:
        """The words are on the timeline; what was typed since stays."""
        if self._drafts.get(incident, "").strip() != text:
            return
        self._drafts.pop(incident, None)
        if incident == self._incident:
            self.editor.set_text("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and Enter write it down."""
        if watched is self.editor and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                # Accepted as an override, the key is not the window's own "Send".
                event.accept()
                if event.type() is QEvent.Type.KeyPress:
                    self._write()
                return True
        return super().eventFilter(watched, event)
