"""The checks on a text being written: a row for each finding, and the strip that counts them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from inbox.ui.widgets import Button, Divider, IconMark, Label, Pane, column, row
from inbox.ui.widgets.words import counted, number


@dataclass(frozen=True, slots=True)
class Said:
    """A row over the strip: ``level`` is block, warn or ask; ``actions`` are (key, words)."""

    key: str
    level: str
    title: str
    sentence: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


_LOOKS = {
    "block": ("late_soft", "late", "octagon"),
    "warn": ("soon_soft", "soon", "triangle"),
    "ask": ("soon_soft", "soon", "users"),
}


class FindingRow(Pane):
    """Icon, title in its colour, one sentence, and the buttons that mend it; ``acted`` carries a key."""

    acted = Signal(str)

    def __init__(self, said: Said, parent: QWidget | None = None) -> None:
        """A row for ``said``."""
        ground, tone, icon = _LOOKS[said.level]
        super().__init__(ground, "top", parent)
        self.said = said
        box = row(self, margins=(15, 8, 12, 8), gap=10)
        box.addWidget(IconMark(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=0)
        words.addWidget(Label(said.title, "name", tone, wrap=True))
        if said.sentence:
            words.addWidget(Label(said.sentence, "meta", "text2", wrap=True))
        box.addLayout(words, 1)
        self.buttons: dict[str, Button] = {}
        for key, text in said.actions:
            button = Button(text)
            button.clicked.connect(_Act(self, key))
            self.buttons[key] = button
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


class _Act:
    """Tells which button it was."""

    def __init__(self, owner: FindingRow, key: str) -> None:
        self._owner, self._key = owner, key

    def __call__(self, *_: object) -> None:
        self._owner.acted.emit(self._key)


class Checks(QWidget):
    """The rows and the strip of 32. Each finding is announced once, a block at once, the rest politely."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing found yet."""
        super().__init__(parent)
        self._told: set[str] = set()
        self._shown: tuple[Said, ...] = ()
        self.rows: dict[str, FindingRow] = {}
        box = column(self)
        self._rows = column()
        box.addLayout(self._rows)
        box.addWidget(Divider())
        self.strip = QWidget()
        inside = row(self.strip, margins=(15, 0, 12, 0), gap=6)
        self.mark = IconMark("check", "ok", 14)
        self.words = Label("", "meta_control", "text2")
        self.length = Label("", "meta", "text3")
        inside.addWidget(self.mark)
        inside.addWidget(self.words)
        inside.addStretch(1)
        inside.addWidget(self.length)
        box.addWidget(self.strip)

    def show_findings(self, said: Sequence[Said], passed: str) -> None:
        """The rows of ``said``; where nothing was found, ``passed`` stands beside a tick ("" for none)."""
        if tuple(said) != self._shown:
            self._shown = tuple(said)
            self._rebuild()
        blocks = sum(1 for each in said if each.level == "block")
        others = len(said) - blocks
        if said:
            parts = []
            if blocks:
                parts.append(self._stops(blocks))
            if others:
                parts.append(counted("%n warning(s)", others))
            self._strip("octagon" if blocks else "triangle", "late" if blocks else "soon", ", ".join(parts))
        else:
            self._strip("check" if passed else "", "ok", passed)
            self.words.set_tone("text2")

    def show_length(self, used: int, limit: int | None, address: int = 0) -> None:
        """The length as the network counts it, beside the ``address`` that is put in front."""
        words = number(used) if limit is None else f"{number(used)} / {number(limit)}"
        why = self.tr("%1 more are taken by the address, which is put in front.").replace("%1", number(address))
        self.length.setText(words)
        self.length.setToolTip(why if address else "")
        self.length.setAccessibleDescription(why if address else "")
        self.length.set_tone("late" if limit is not None and used > limit else "text3")

    def _stops(self, n: int) -> str:
        return self.tr("1 stops sending") if n == 1 else counted("%n stop sending", n)

    def _strip(self, icon: str, tone: str, words: str) -> None:
        self.mark.setVisible(bool(icon))
        self.mark.set_icon(icon, tone)
        self.words.setText(words)
        self.words.set_tone(tone)

    def _rebuild(self) -> None:
        for gone in self.rows.values():
            self._rows.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.rows = {}
        for said in self._shown:
            found = FindingRow(said)
            found.acted.connect(self.acted)
            self.rows[said.key] = found
            self._rows.addWidget(found)
        self._announce()

    def _announce(self) -> None:
        keys = {said.key for said in self._shown}
        for said in self._shown:
            if said.key in self._told:
                continue
            event = QAccessibleAnnouncementEvent(self, f"{said.title} {said.sentence}")
            urgent = said.level == "block"
            politeness = QAccessible.AnnouncementPoliteness
            event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
            QAccessible.updateAccessibility(event)
        self._told = keys
