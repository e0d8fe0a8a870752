"""The text of a mention on screen: plain letters, marked words, and links that ask before they open."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from inbox.ui.theme import current
from inbox.ui.thread.links import find
from inbox.ui.thread.plain import is_right_to_left
from inbox.ui.thread.timeline import spans


class PostText(QTextBrowser):
    """A text as tall as it needs. Nothing in it is read as markup, nothing is loaded, nothing opens by itself:
    ``link_wanted`` carries the address that somebody clicked or reached by Tab and Return.
    """

    link_wanted = Signal(str)

    def __init__(
        self,
        text: str,
        matched: Sequence[str] = (),
        name: str = "",
        parent: QWidget | None = None,
        *,
        role: str = "post",
        marks: Sequence[tuple[int, int]] = (),
    ) -> None:
        """``text`` is cleaned already; ``matched`` words and the places in ``marks`` are marked; ``name`` is for
        screen readers.
        """
        super().__init__(parent)
        self._role = role
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        for bars in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.setMinimumWidth(0)
        self.anchorClicked.connect(self._ask)
        self.set_text(text, matched, marks)

    def set_text(self, text: str, matched: Sequence[str] = (), marks: Sequence[tuple[int, int]] = ()) -> None:
        """Shows another text."""
        theme = current()
        self.document().setDefaultFont(theme.font(self._role))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        right = is_right_to_left(text)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)
        self.setPlainText(text)
        self._pitch(text)
        for start, end in (*spans(text, matched), *marks):
            self._mark(text, start, end, theme.color("match"))
        links = find(text)
        for link in links:
            self._link(text, link.start, link.end, link.address)
        reach = Qt.FocusPolicy.StrongFocus if links else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(reach)
        self._fit()

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Nothing is ever loaded for a text."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The thread scrolls, not the text."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """As tall as the text at the width it has."""
        return QSize(current().px(320), self.height())

    def minimumSizeHint(self) -> QSize:
        """May be squeezed to any width."""
        return QSize(0, self.height())

    def changeEvent(self, event: QEvent) -> None:
        """A text scale may have come."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.document().setDefaultFont(current().font(self._role))
            self._fit()

    @Slot(QUrl)
    def _ask(self, url: QUrl) -> None:
        self.link_wanted.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def _fit(self) -> None:
        width = self.viewport().width()
        self.document().setTextWidth(max(width, 1))
        height = round(self.document().size().height())
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)
            self.updateGeometry()

    def _pitch(self, text: str) -> None:
        """The line pitch as a minimum: taller scripts raise it, and are never clipped."""
        if not text:
            return
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        pitch = QTextBlockFormat()
        pitch.setLineHeight(current().fonts.line(self._role), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor.mergeBlockFormat(pitch)

    def _mark(self, text: str, start: int, end: int, color: QColor) -> None:
        look = QTextCharFormat()
        look.setBackground(color)
        look.setForeground(current().color("text"))
        self._select(text, start, end).mergeCharFormat(look)

    def _link(self, text: str, start: int, end: int, address: str) -> None:
        look = QTextCharFormat()
        look.setAnchor(True)
        look.setAnchorHref(address)
        look.setForeground(current().color("accent"))
        look.setFontUnderline(True)
        self._select(text, start, end).mergeCharFormat(look)

    def _select(self, text: str, start: int, end: int) -> QTextCursor:
        """Qt counts in UTF-16 units, Python in characters."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text, start))
        cursor.setPosition(_units(text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _units(text: str, position: int) -> int:
    return len(text[:position].encode("utf-16-le", "surrogatepass")) // 2
