"""Media of a mention: a grey box that says what there is; nothing is loaded unasked."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from inbox.model.mention import Media
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.widgets import Button, Card, IconMark, Label, column, row

MOST = 8


class MediaBox(Card):
    """Kind and description of a picture, film or sound; ``wanted`` carries its address."""

    wanted = Signal(str)

    def __init__(self, media: Media, parent: QWidget | None = None) -> None:
        """A box for ``media``."""
        super().__init__("sunken", parent)
        self._address = media.url
        self.setMaximumWidth(current().px(420))
        self.show_button = Button(self.tr("Show"), "open")
        self.show_button.setAccessibleName(self.tr("Show %1").replace("%1", kind_words(media)))
        self.show_button.clicked.connect(self._want)
        words = column(gap=0)
        words.addWidget(Label(kind_words(media), "control"))
        alt = line(media.alt, 300)
        words.addWidget(Label(alt or self.tr("No description was given."), "meta", "text3", wrap=True))
        inside = row(gap=12)
        inside.addWidget(IconMark("image" if media.kind == "image" else "play", "text3", 20))
        inside.addLayout(words, 1)
        inside.addWidget(self.show_button)
        self.body.addLayout(inside)

    def _want(self) -> None:
        self.wanted.emit(self._address)


def kind_words(media: Media) -> str:
    """What sort of media it is, in a word."""
    known = {
        "image": _tr("Picture"), "video": _tr("Film"), "gifv": _tr("Moving picture"), "audio": _tr("Sound"),
        "link": _tr("Linked page"),
    }  # fmt: skip
    return known.get(media.kind, _tr("File"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("media", text)
