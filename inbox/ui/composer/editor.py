"""The text being written: plain, three to ten lines high, each paragraph in its own direction."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from inbox.ui.theme import current
from inbox.ui.thread.plain import clean

LEAST_LINES, MOST_LINES = 3, 10
PASTE_LIMIT = 20_000
MARGIN = 8


class Editor(QTextEdit):
    """Grows with its text. ``left`` says that Escape was pressed, ``focused`` that the focus came or went,
    ``shortened`` that of so many pasted characters only the first ``PASTE_LIMIT`` were taken.
    """

    left = Signal()
    shortened = Signal(int)
    focused = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is for screen readers."""
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.document().setDocumentMargin(0)
        self._set_font()
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def text(self) -> str:
        """What was written; line breaks as a network takes them."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Another text, the cursor at its end, nothing of it to undo."""
        self.setPlainText(text)
        self._set_pitch()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.document().clearUndoRedoStacks()

    def underline(self, spans: list[tuple[int, int]]) -> None:
        """Waves under what stops sending."""
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(current().color("late"))
        look.setBackground(QColor(current().color("late_soft")))
        marks = []
        for start, end in spans:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(start, end)
            mark.format = look
            marks.append(mark)
        self.setExtraSelections(marks)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted text comes in plain, cleaned, and not by the megabyte: what is left out is told."""
        if not source.hasText():
            return
        text = source.text()
        self.insertPlainText(clean(text[:PASTE_LIMIT]))
        if len(text) > PASTE_LIMIT:
            self.shortened.emit(len(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the text as it is and goes back to the thread."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tells of focus."""
        kind = event.type()
        if kind in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.focused.emit(kind is QEvent.Type.FocusIn)
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """A text scale may have come."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._set_font()
            self._grow()

    def sizeHint(self) -> QSize:
        """As tall as the lines that are shown."""
        return QSize(current().px(320), self.height())

    def minimumSizeHint(self) -> QSize:
        """May be squeezed to any width."""
        return QSize(0, self.minimumHeight())

    def _set_font(self) -> None:
        self.document().setDefaultFont(current().font("post"))
        self._set_pitch()

    def _set_pitch(self) -> None:
        pitch = QTextBlockFormat()
        pitch.setLineHeight(current().fonts.line("post"), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(pitch)

    def _grow(self) -> None:
        pitch = current().fonts.line("post")
        tall = round(self.document().size().height())
        height = min(max(tall, LEAST_LINES * pitch), MOST_LINES * pitch) + 2
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        text = self.text()
        cursor = QTextCursor(self.document())
        cursor.setPosition(len(text[:start].encode("utf-16-le", "surrogatepass")) // 2)
        cursor.setPosition(len(text[:end].encode("utf-16-le", "surrogatepass")) // 2, QTextCursor.MoveMode.KeepAnchor)
        return cursor
