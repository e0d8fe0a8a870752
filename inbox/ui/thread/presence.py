"""Who else has the thread on screen, and who is writing its reply."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from inbox.model.thread import Presence
from inbox.ui.thread.plain import initials
from inbox.ui.widgets import Card, Disc, Label, row


class PresenceLine(Card):
    """Hidden while nobody else is here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nobody yet."""
        super().__init__("sunken", parent)
        self.body.setContentsMargins(12, 6, 12, 6)
        self.disc = Disc("", "", 18)
        self.words = Label("", "meta", "text2", wrap=True)
        inside = row(gap=8)
        inside.addWidget(self.disc)
        inside.addWidget(self.words, 1)
        self.body.addLayout(inside)
        self.hide()

    def show_people(self, people: Sequence[Presence], me: str) -> None:
        """The others first, then by whom the reply is claimed."""
        others = [each for each in people if each.employee != me]
        self.setVisible(bool(others))
        if others:
            self.disc.set_person(initials(others[0].full_name), others[0].full_name)
            self.words.setText(self._sentence(others, people, me))

    def _sentence(self, others: Sequence[Presence], people: Sequence[Presence], me: str) -> str:
        first = others[0].full_name
        if len(others) == 1:
            said = self.tr("%1 is reading this thread.").replace("%1", first)
        else:
            said = self.tr("%1 and %2 more are reading this thread.").replace("%1", first)
            said = said.replace("%2", str(len(others) - 1))
        claims = [each for each in people if each.claimed]
        if any(each.employee == me for each in claims):
            return f"{said} {self.tr('The reply is claimed by you.')}"
        if claims:
            return f"{said} {self.tr('The reply is claimed by %1.').replace('%1', claims[0].full_name)}"
        return said
