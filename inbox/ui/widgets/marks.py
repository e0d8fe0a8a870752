"""Small marks as widgets: deadline pill, tag, disc, key cap, icon."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.deadline import NO_DEADLINE, Deadline
from inbox.ui.widgets.paint import (
    PILL,
    TAG,
    cap_width,
    draw_cap,
    draw_disc,
    draw_pill,
    draw_tag,
    pill_width,
    tag_width,
)


class Mark(QWidget):
    """A small painted thing of fixed size that takes no focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A mark as large as its size hint."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size makes it larger."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Marks are not squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """Draws the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """What a kind of mark looks like."""
        raise NotImplementedError


class DeadlinePill(Mark):
    """A deadline in its state's shape; ``show_deadline`` replaces it."""

    def __init__(self, shown: Deadline = NO_DEADLINE, parent: QWidget | None = None) -> None:
        """Shows ``shown``."""
        super().__init__(parent)
        self.shown = shown
        self.setAccessibleName(shown.text)

    def show_deadline(self, shown: Deadline) -> None:
        """Shows another deadline."""
        if shown != self.shown:
            self.shown = shown
            self.setAccessibleName(shown.text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        return QSize(pill_width(self.shown), current().px(PILL))

    def draw(self, painter: QPainter) -> None:
        """The pill."""
        draw_pill(painter, self.rect(), self.shown)


class Tag(Mark):
    """A tag: ``kind`` is empty, hot, escalated, late, soon, ok or accent; ``square`` an area's colour index."""

    def __init__(
        self, text: str, kind: str = "", icon: str = "", square: int = -1, parent: QWidget | None = None
    ) -> None:
        """A tag with words, and an icon or an area's square."""
        super().__init__(parent)
        self.text, self.kind, self.icon, self.square = text, kind, icon, square
        self.setAccessibleName(text)

    def set_tag(self, text: str, kind: str = "", icon: str = "", square: int = -1) -> None:
        """Shows another tag."""
        self.text, self.kind, self.icon, self.square = text, kind, icon, square
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        return QSize(tag_width(self.text, icon=bool(self.icon), square=self.square >= 0), current().px(TAG))

    def draw(self, painter: QPainter) -> None:
        """The tag."""
        draw_tag(painter, self.rect(), self.text, self.kind, self.icon, square=self.square)


class Disc(Mark):
    """A disc with initials, ``size`` across; a dashed ring where ``initials`` is empty."""

    def __init__(
        self, initials: str, name: str, size: int = 32, parent: QWidget | None = None, *, square: bool = False
    ) -> None:
        """``name`` decides the colour."""
        super().__init__(parent)
        self.initials, self.name, self._size, self._square = initials, name, size, square

    def set_person(self, initials: str, name: str) -> None:
        """Shows somebody else."""
        self.initials, self.name = initials, name
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        side = current().px(self._size)
        return QSize(side, side)

    def draw(self, painter: QPainter) -> None:
        """The disc."""
        draw_disc(painter, self.rect(), self.initials, self.name, square=self._square)


class KeyCap(Mark):
    """A key as it stands on the keyboard."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Shows the key's name."""
        super().__init__(parent)
        self.text = text

    def sizeHint(self) -> QSize:
        """As wide as the name."""
        return QSize(cap_width(self.text), current().px(18))

    def draw(self, painter: QPainter) -> None:
        """The cap."""
        draw_cap(painter, self.rect(), self.text)


class IconMark(Mark):
    """An icon that is no button, in a colour role."""

    def __init__(self, icon: str, role: str = "text2", size: int = 16, parent: QWidget | None = None) -> None:
        """Icon ``icon``, ``size`` across."""
        super().__init__(parent)
        self.icon, self.role, self._size = icon, role, size

    def set_icon(self, icon: str, role: str) -> None:
        """Shows another icon."""
        self.icon, self.role = icon, role
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        side = current().px(self._size)
        return QSize(side, side)

    def draw(self, painter: QPainter) -> None:
        """The icon."""
        if self.icon:
            painter.drawPixmap(0, 0, current().pixmap(self.icon, self.role, self._size, self.devicePixelRatioF()))
