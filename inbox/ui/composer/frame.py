"""The frame of the composer: mode bar, text, checks, foot; what it does lies in ``composer``."""

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inbox.ui.commands import cap
from inbox.ui.composer.checks import Checks
from inbox.ui.composer.editor import Editor
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Divider, ElidedLabel, IconButton, Label, Segmented, column, row
from inbox.ui.widgets.paint import rounded

PUBLIC, PRIVATE, NOTE = "public", "private", "note"


class Frame(QWidget):
    """Mode bar 40, three to ten lines of text, checks strip 32, footer 44; the outline tells focus and blocks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty composer without a mode bar; ``show_modes`` makes it."""
        super().__init__(parent)
        self.stopped = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.modes = Segmented([(PUBLIC, "", "")], "")
        self.modes.hide()
        self._options: tuple[tuple[str, str, str], ...] = ()
        self.speaker = ElidedLabel("", "meta", "text3")
        self.editor = Editor(self.tr("Your reply"))
        self.checks = Checks()
        self.note_line = Label("", "meta", "text3")
        self.close_button = Button(self.tr("Send and close"))
        self.send_button = Button(self.tr("Send"), "send", "primary", cap("send"))
        self.more = IconButton("chevron-down", self.tr("More ways to send"))
        self._bar: QHBoxLayout
        self._build()
        self.editor.focused.connect(self._refocus)

    def show_modes(self, options: tuple[tuple[str, str, str], ...], name: str) -> bool:
        """Offers these modes; True when they are other than before (then nothing is chosen yet)."""
        if options == self._options:
            return False
        self._options = options
        old, self.modes = self.modes, Segmented(list(options), name)
        self._bar.replaceWidget(old, self.modes)
        old.hide()
        old.deleteLater()
        self.modes.show()
        return True

    def set_stopped(self, *, stopped: bool) -> None:
        """The outline turns late while a check stops sending."""
        if stopped != self.stopped:
            self.stopped = stopped
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Strong border; 2 px of accent when focused, of late when stopped."""
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.editor.hasFocus()
        role = "late" if self.stopped else "accent" if focused else "strong"
        pen = QPen(theme.color(role), 2 if focused or self.stopped else 1)
        ground = "note" if self.modes.value() == NOTE else "raised"
        rounded(painter, self.rect(), theme.px(8), theme.color(ground), pen)
        painter.end()

    def _build(self) -> None:
        box = column(self, margins=(2, 0, 2, 2))
        bar = QWidget()
        self._bar = row(bar, margins=(8, 0, 10, 0), gap=12)
        self._bar.addWidget(self.modes)
        self._bar.addStretch(1)
        self._bar.addWidget(self.speaker)
        box.addWidget(bar)
        box.addWidget(Divider())
        text = row(margins=(13, 8, 13, 8))
        text.addWidget(self.editor)
        box.addLayout(text)
        box.addWidget(self.checks)
        box.addWidget(Divider())
        foot = QWidget()
        inside = row(foot, margins=(13, 0, 8, 0), gap=8)
        inside.addWidget(self.note_line)
        inside.addStretch(1)
        inside.addWidget(self.close_button)
        inside.addWidget(self.send_button)
        inside.addWidget(self.more)
        box.addWidget(foot)
        self._heights = ((bar, 40), (foot, 44), (self.checks.strip, 32))
        self.rescale()

    def rescale(self) -> None:
        """Heights by the text size in force."""
        for part, height in self._heights:
            part.setFixedHeight(current().px(height))

    def _refocus(self, _focused: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.update()
