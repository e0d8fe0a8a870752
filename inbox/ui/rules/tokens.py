"""A field of tokens: Enter or a comma makes one, Backspace takes the last back, a paste of many lines makes many."""

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QCompleter, QSizePolicy, QWidget

from inbox.ui.rules.tokenart import cross_of, draw_token
from inbox.ui.rules.tokenedit import LONGEST, TokenEdit
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.widgets.paint import rounded

TOKEN, PITCH, PAD, TYPING = 22, 27, 4, 96
FOLDED_FROM = 60
"""So many tokens are shown; the rest is counted until somebody wants to see them."""
_PARTS = re.compile(r"[\n\r\t,\u2028\u2029]+")
_MAKES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Comma})
_TAKES = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})


class TokenField(QWidget):
    """Tokens are painted; ``options`` (value to words) are suggested, and with ``strict`` nothing else is taken.

    ``changed`` comes with each token and each letter.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(
        self,
        name: str,
        hint: str = "",
        options: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
        *,
        strict: bool = False,
    ) -> None:
        """``name`` is what a screen reader says."""
        super().__init__(parent)
        self._name, self._hint, self._strict = name, hint, strict
        self._options = dict(options or {})
        self._values: list[str] = []
        self._boxes: list[QRect] = []
        self._more = QRect()
        self._unfolded = False
        self._marked = -1
        self._wrong = False
        self.edit = TokenEdit(self, self._takes, name)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self) if self._options else None
        if self._completer is not None:
            self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self._completer.activated.connect(self._take_option)
            self.edit.setCompleter(self._completer)
        self.edit.textEdited.connect(self._typed)
        self.edit.pasted.connect(self.paste)
        self.edit.left.connect(self._leave)
        self.edit.entered.connect(self._fit)
        current().changed.connect(self._fit)
        self._settle()

    # -- value

    def value(self) -> tuple[str, ...]:
        """The tokens, without what is being typed."""
        return tuple(self._values)

    def set_value(self, values: Sequence[str]) -> None:
        """Other tokens, silently."""
        self._values = list(values)
        self._marked = -1
        self.edit.clear()
        self._settle()

    def typing(self) -> str:
        """What is being typed, with its blanks: one at the end says that the last word is whole."""
        return self.edit.text() if self.edit.text().strip() else ""

    def finish(self) -> None:
        """What is being typed becomes a token."""
        if self.edit.text().strip():
            self.add(self.edit.text())

    def set_wrong(self, sentence: str) -> None:
        """Outlined in the late colour while there is a ``sentence``."""
        self._wrong = bool(sentence)
        self.edit.setAccessibleDescription(sentence or self._spoken())
        self.update()

    def add(self, words: str) -> bool:
        """Makes a token; False where nothing else than the listed choices may stand here."""
        words = " ".join(words.split())[:LONGEST]
        if not words:
            return True
        value = self._meant(words)
        if value is None:
            self.refused.emit(words)
            return False
        if value.casefold() not in {each.casefold() for each in self._values}:
            self._values.append(value)
            self._say(self.words_of(value))
        self.edit.clear()
        self._settle()
        self.changed.emit()
        return True

    def words_of(self, value: str) -> str:
        """A token's words."""
        return self._options.get(value, value)

    @Slot(str)
    def paste(self, text: str) -> None:
        """Each line, and each part between commas, is a token; a single part is typed."""
        parts = [" ".join(part.split())[:LONGEST] for part in _PARTS.split(text)]
        parts = [part for part in parts if part]
        if len(parts) < 2 and not _PARTS.search(text.strip()):  # noqa: PLR2004 - one part is no list
            self.edit.insert(" ".join(text.split()))
            self._typed()
            return
        known = {each.casefold() for each in self._values}
        before = len(self._values)
        for part in parts:
            value = self._meant(part)
            if value is not None and value.casefold() not in known:
                known.add(value.casefold())
                self._values.append(value)
            elif value is None:
                self.refused.emit(part)
        self._say(self.tr("%n added", "", len(self._values) - before))
        self._settle()
        self.changed.emit()

    def _meant(self, words: str) -> str | None:
        """The value for words: of the choices, else the words themselves where that is allowed."""
        lowered = words.casefold()
        for value, name in self._options.items():
            if lowered in {value.casefold(), name.casefold()}:
                return value
        near = [value for value, name in self._options.items() if name.casefold().startswith(lowered)]
        if self._strict:
            return near[0] if len(near) == 1 else None
        return words

    # -- keys

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a key meant the tokens and was acted on."""
        key, text = Qt.Key(event.key()), self.edit.text()
        at_start = self.edit.cursorPosition() == 0 and not self.edit.hasSelectedText()
        if key in _MAKES:
            return self._make(key, text)
        if key is Qt.Key.Key_Down and self._completer is not None and not text:
            self._offer()
        elif self._marked >= 0 and key in _TAKES:
            self._remove(self._marked, mark=True)
        elif key is Qt.Key.Key_Backspace and not text and self._values:
            self._take_back(len(self._values) - 1)
        elif self._marked >= 0 and key is Qt.Key.Key_F2:
            self._take_back(self._marked)
        elif self._marked >= 0 and key is Qt.Key.Key_Escape:
            self._mark(-1)
        elif key is self._back() and at_start and self._values and self._marked != 0:
            self._mark((self._marked if self._marked > 0 else len(self._shown())) - 1)
        elif key is self._forth() and self._marked >= 0:
            self._mark(self._marked + 1 if self._marked + 1 < len(self._shown()) else -1)
        else:
            if event.text():
                self._mark(-1)
            return False
        return True

    def _make(self, key: Qt.Key, text: str) -> bool:
        if self._marked >= 0 and not text and key is not Qt.Key.Key_Comma:
            self._take_back(self._marked)
            return True
        popup = self._completer.popup() if self._completer is not None else None
        if popup is not None and popup.isVisible():
            index = popup.currentIndex()
            popup.hide()
            if index.isValid() and key is not Qt.Key.Key_Comma:
                self._take_option(str(index.data()))
                return True
        if text.strip():
            self.add(text)
        return bool(text.strip()) or key is Qt.Key.Key_Comma

    def _back(self) -> Qt.Key:
        return Qt.Key.Key_Right if self._mirror() else Qt.Key.Key_Left

    def _forth(self) -> Qt.Key:
        return Qt.Key.Key_Left if self._mirror() else Qt.Key.Key_Right

    def _mirror(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _mark(self, at: int) -> None:
        if at != self._marked:
            self._marked = at
            if at >= 0:
                self._say(self.words_of(self._values[at]))
            self.update()

    def _remove(self, at: int, *, mark: bool = False) -> None:
        gone = self._values.pop(at)
        self._say(self.tr("%1 removed").replace("%1", self.words_of(gone)))
        self._marked = min(at, len(self._values) - 1) if mark else -1
        self._settle()
        self.changed.emit()

    def _take_back(self, at: int) -> None:
        """A token becomes text again, to be changed."""
        words = self.words_of(self._values.pop(at))
        self._marked = -1
        self.edit.setText(words)
        self._settle()
        self.changed.emit()

    @Slot()
    def _typed(self) -> None:
        self._mark(-1)
        if _PARTS.search(self.edit.text()):
            text = self.edit.text()
            self.edit.clear()
            self.paste(text)
            return
        self._place_edit()
        self.changed.emit()

    @Slot()
    def _leave(self) -> None:
        popup = self._completer.popup() if self._completer is not None else None
        if popup is not None and popup.isVisible():
            return
        self._marked = -1
        self.finish()
        self._fit()

    # -- choices

    def _offer(self) -> None:
        if self._completer is not None:
            self._completer.setCompletionPrefix(self.edit.text())
            self._completer.complete()

    @Slot(str)
    def _take_option(self, words: str) -> None:
        self.add(words)
        # The completer writes the words into the field after it has told us.
        self.edit.clear()

    # -- layout

    def _shown(self) -> list[str]:
        return self._values if self._unfolded or len(self._values) <= FOLDED_FROM else self._values[:FOLDED_FROM]

    def _settle(self) -> None:
        """After the tokens changed."""
        taken = set(self._values)
        self._names.setStringList([words for value, words in self._options.items() if value not in taken])
        self.edit.setPlaceholderText("" if self._values else self._hint)
        self.edit.setAccessibleDescription(self._spoken())
        self._fit()

    def _spoken(self) -> str:
        return ", ".join(self.words_of(each) for each in self._values[:FOLDED_FROM])

    def _say(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, words))

    @Slot()
    def _fit(self) -> None:
        """Lays the tokens out for the width there is, and takes the height they need."""
        px = current().px
        metrics = QFontMetrics(current().font("meta"))
        room = max(px(120), self.width()) - 2 * px(PAD)
        x, y = 0, 0
        self._boxes = []
        texts = [line(self.words_of(value), LONGEST) for value in self._shown()]
        hidden = len(self._values) - len(texts)
        more = self.tr("%n more", "", hidden) if hidden else ""
        for text in [*texts, *([more] if more else [])]:
            width = min(room, metrics.horizontalAdvance(text) + px(28))
            if x and x + width > room:
                x, y = 0, y + px(PITCH)
            self._boxes.append(QRect(px(PAD) + x, px(PAD) + y, width, px(TOKEN)))
            x += width + px(5)
        self._more = self._boxes.pop() if more else QRect()
        # Only who types needs room for the next word.
        if x and room - x < px(TYPING if self.edit.hasFocus() else 0):
            x, y = 0, y + px(PITCH)
        self._line = QRect(px(PAD) + x, px(PAD) + y, room - x, px(TOKEN))
        height = y + px(TOKEN) + 2 * px(PAD)
        if self.minimumHeight() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)
        self._place_edit()
        self.update()

    def _place_edit(self) -> None:
        inset = current().px(4)
        self.edit.setGeometry(self._mirrored(self._line).adjusted(inset, -1, -inset, -1))

    def _mirrored(self, box: QRect) -> QRect:
        if not self._mirror():
            return box
        return QRect(self.width() - box.right() - 1, box.top(), box.width(), box.height())

    def sizeHint(self) -> QSize:
        """As tall as its rows of tokens."""
        return QSize(current().px(200), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other rows."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Rows run the other way in the other direction."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._fit()

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a cross removes, on a token marks it, elsewhere goes into the line."""
        at = event.position().toPoint()
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._mirrored(self._more).contains(at):
            self._unfolded = True
            self._fit()
            return
        for place, box in enumerate(self._boxes):
            real = self._mirrored(box)
            if real.contains(at):
                if cross_of(real, mirror=self._mirror()).contains(at):
                    self._remove(place)
                else:
                    self._mark(place)
                return
        if self._completer is not None and not self.edit.text():
            self._offer()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A token becomes text again."""
        for place, box in enumerate(self._boxes):
            if self._mirrored(box).contains(event.position().toPoint()):
                self._take_back(place)
                return

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing is dragged here."""
        event.accept()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, its tokens."""
        del event
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        focused = self.edit.hasFocus()
        role = "late" if self._wrong else "accent" if focused else "strong"
        rounded(painter, self.rect(), theme.px(6), theme.color("raised"), QPen(theme.color(role), 2 if focused else 1))
        for at, (box, value) in enumerate(zip(self._boxes, self._shown(), strict=True)):
            words = line(self.words_of(value), LONGEST)
            draw_token(painter, self._mirrored(box), words, marked=at == self._marked, mirror=self._mirror())
        if not self._more.isNull():
            painter.setFont(theme.font("meta_control"))
            painter.setPen(theme.color("accent"))
            words = self.tr("%n more", "", len(self._values) - FOLDED_FROM)
            painter.drawText(self._mirrored(self._more), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
