"""A button that says what is chosen and opens a menu of what can be."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from inbox.ui.widgets import Button


class Choice(Button):
    """``chosen`` carries a key. Space, Enter or Down opens the menu; the one chosen is ticked."""

    chosen = Signal(str)

    def __init__(self, name: str, kind: str = "plain", *, font: str = "control", parent: QWidget | None = None) -> None:
        """``name`` says what is being chosen, for those who hear it."""
        super().__init__("", "", kind, parent=parent, font=font)
        self._name = name
        self._options: tuple[tuple[str, str], ...] = ()
        self._value = ""
        self._shown = ""
        self.menu_arrow = True
        self.clicked.connect(self.open)

    def offer(self, options: Sequence[tuple[str, str]], value: str, shown: str = "") -> None:
        """What there is to choose, as keys and words, and which of it is chosen; ``shown`` is said instead of it."""
        self._options, self._value = tuple(options), value
        self._shown = shown or next((words for key, words in options if key == value), value)
        self.setText(self._shown)
        self.setAccessibleName(f"{self._name}: {self._shown}")
        self.updateGeometry()
        self.update()

    def value(self) -> str:
        """The key that is chosen."""
        return self._value

    def keys(self) -> tuple[str, ...]:
        """The keys that can be chosen."""
        return tuple(key for key, _words in self._options)

    def make_menu(self) -> QMenu:
        """The menu, the one chosen ticked."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for key, words in self._options:
            if not key and menu.actions():
                menu.addSeparator()
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(key == self._value)
            group.addAction(action)
            action.triggered.connect(partial(self.chosen.emit, key))
            if key == self._value:
                menu.setActiveAction(action)
        return menu

    @Slot()
    def open(self) -> None:
        """Shows the menu below."""
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        side = self.width() - menu.sizeHint().width() if self._mirrored() else 0
        menu.popup(self.mapToGlobal(QPoint(side, self.height() + 2)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down open as Space does."""
        if Qt.Key(event.key()) in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.open()
        else:
            super().keyPressEvent(event)

    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft
