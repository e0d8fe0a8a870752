"""The timeline of an incident, the newest first, and where notes and updates are written."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from inbox.model.ids import IncidentId
from inbox.model.incident import TimelineEvent
from inbox.ui.composer.editor import Editor
from inbox.ui.incidents.drafts import RoomDrafts
from inbox.ui.theme import current
from inbox.ui.thread.times import here, moment, since_words
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
KINDS = ("note", "update")
MACHINES = frozenset({"collector", "command", ""})


class EventRow(QWidget):
    """When, what kind, what, and who."""

    def __init__(self, event: TimelineEvent, who: str, now: datetime, parent: QWidget | None = None) -> None:
        """``who`` is empty where the words say it."""
        super().__init__(parent)
        at = Label(since_words(event.at, now), "meta", "text3")
        at.setMinimumWidth(current().px(TIME))
        text = event.text if event.kind in KINDS else here(event.text, partial(moment, now=now))
        self.words = Label(isolate(text), "base" if event.kind in KINDS else "meta", wrap=True)
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
        said = f"{since_words(event.at, now)}. {who}{': ' if who else ''}{text}"
        self.setAccessibleName(said)


class TimelineCard(Card):
    """``written`` carries note or update, and the words. What is being written is kept by ``drafts``."""

    written = Signal(str, str)

    def __init__(self, drafts: RoomDrafts, parent: QWidget | None = None) -> None:
        """Empty until ``show_room``."""
        super().__init__("true", parent)
        self._incident: IncidentId | None = None
        self._drafts = drafts
        self._kind = KINDS[0]
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
        self.entry = Button(self.tr("Entry"), "plus", "ghost")
        self.entry.setCheckable(True)
        self.entry.setAccessibleName(self.tr("Write an entry"))
        self._build()
        self.entry.toggled.connect(self._unfold)
        self.entry.clicked.connect(self.begin)
        self.kind.chosen.connect(self._other_kind)
        self.send.clicked.connect(self._write)
        self.more.clicked.connect(self._show_all)
        self.editor.textChanged.connect(self._typed)
        self._typed()

    def _build(self) -> None:
        head = row(gap=8)
        head.addWidget(Label(self.tr("Timeline"), "name"), 1)
        head.addWidget(self.entry)
        self.body.addLayout(head)
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
            self._take_up(room)
            self._incident = room.incident.id
            self._typed()
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

    def _take_up(self, room: "Room") -> None:
        """What was being written before: the note, else the update."""
        texts = {kind: self._drafts.newest(room.incident.id, kind, room.drafts) for kind in KINDS}
        self._kind = next((kind for kind, text in texts.items() if text), self._kind)
        self.kind.set_value(self._kind)
        self._say_kind()
        self.editor.set_text(texts[self._kind])
        self.entry.setChecked(bool(texts[self._kind]))
        self._unfold()

    @Slot()
    def _unfold(self) -> None:
        """Where an entry is written takes room only while one is."""
        self.box.setVisible(self.entry.isChecked())

    @Slot()
    def begin(self) -> None:
        """The keyboard goes to where an entry is written."""
        if self.entry.isChecked():
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

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
        return "" if event.kind not in KINDS and name.split()[0] in event.text else name

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        if self._room is not None:
            self.show_room(self._room, self._room.timeline[0].at)

    # -- writing

    @Slot()
    def _typed(self) -> None:
        text = self.editor.text()
        self.send.setEnabled(bool(text.strip()))
        if self._incident is None or self._room is None:
            return
        if text != self._drafts.newest(self._incident, self._kind, self._room.drafts):
            self._drafts.keep(self._incident, self._kind, text)

    @Slot(str)
    def _other_kind(self, kind: str) -> None:
        """The words go along: they are to be another kind of entry. Where there are none, its own draft is taken up."""
        before, self._kind = self._kind, kind
        self._say_kind()
        if self._incident is None or self._room is None:
            return
        if self.editor.text().strip():
            self._drafts.keep(self._incident, before, "")
            self._drafts.keep(self._incident, kind, self.editor.text())
        else:
            self.editor.set_text(self._drafts.newest(self._incident, kind, self._room.drafts))

    def _say_kind(self) -> None:
        note = self.tr("What happened? Seen by colleagues only.")
        update = self.tr("Where do things stand? For everybody who follows this.")
        self.editor.setPlaceholderText(update if self._kind == "update" else note)

    @Slot()
    def _write(self) -> None:
        text = self.editor.text().strip()
        if text:
            self._drafts.flush()
            self.written.emit(self.kind.value(), text)

    def clear(self, incident: IncidentId, kind: str, text: str) -> None:
        """The words are on the timeline; what was typed since stays."""
        here = incident == self._incident
        if here and (self._kind != kind or self.editor.text().strip() != text):
            return
        self._drafts.drop(incident, kind)
        if here:
            had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
            self.editor.set_text("")
            self.entry.setChecked(False)
            if had_focus:
                self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and Enter write it down; Escape folds an empty entry."""
        if watched is self.editor and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and event.type() is QEvent.Type.KeyPress:
                self._drafts.flush()
                self.entry.setChecked(bool(self.editor.text().strip()))
                self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                # Accepted as an override, the key is not the window's own "Send".
                event.accept()
                if event.type() is QEvent.Type.KeyPress:
                    self._write()
                return True
        return super().eventFilter(watched, event)
