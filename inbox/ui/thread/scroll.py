"""What was said in a thread, newest at the foot; long threads begin with their recent part."""

from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.thread.entry import EDGE, EntryView
from inbox.ui.thread.head import FOLDED
from inbox.ui.thread.scene import Scene
from inbox.ui.thread.steady import BAR, SteadyScroll
from inbox.ui.thread.timeline import RECENT, STEP, Entry, entries, matched_words
from inbox.ui.thread.times import day_words
from inbox.ui.widgets import Button, Divider, Label, column, row
from inbox.ui.widgets.words import counted

NEAR = 24


class DayRule(QWidget):
    """A line across with the day in its middle."""

    def __init__(self, words: str) -> None:
        """Today, Yesterday, a weekday or a date."""
        super().__init__()
        box = row(self, margins=(EDGE, 12, EDGE, 4), gap=12)
        box.addWidget(Divider(), 1)
        box.addWidget(Label(words, "meta", "text3"))
        box.addWidget(Divider(), 1)


class ThreadScroll(SteadyScroll):
    """Entries under day rules. An entry that did not change keeps its widget, and so its selection and place."""

    link_wanted = Signal(str, QPoint)
    undo_wanted = Signal(object)
    retry_wanted = Signal(object)
    earlier_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Nothing yet."""
        super().__init__(parent)
        self._context = context
        self._scene: Scene | None = None
        self._shown = RECENT
        self._at_end = True
        self._from_end: int | None = None
        self.views: dict[str, EntryView] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("What was said"))
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._box = column(inside, margins=(0, 0, 0, 16))
        self.earlier = Button("", "chevron-up", "ghost", font="meta_control")
        self.earlier.clicked.connect(self._show_earlier)
        self._box.addStretch(1)
        self._box.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rules: list[DayRule] = []
        self.setWidget(inside)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(self._stretched)
        bar.setSingleStep(current().px(48))

    def show_scene(self, scene: Scene, now: datetime, *, fresh: bool) -> None:
        """Shows the thread; ``fresh`` starts at its end."""
        if fresh:
            self.clear()
            self._shown, self._at_end, self._from_end = RECENT, True, None
        self._scene = scene
        everything = entries(scene.thread, scene.replies)
        shown = everything[-self._shown :]
        self._place(shown, scene, now)
        unread = max(0, scene.thread.row.mentions - len(scene.thread.mentions))
        left = len(everything) - len(shown) + unread
        self.earlier.setVisible(left > 0)
        self.earlier.setText(counted("Show earlier (%n)", left))
        self.earlier.setAccessibleName(self.earlier.text())

    def clear(self) -> None:
        """Takes everything off the screen."""
        for view in self.views.values():
            _discard(view)
        self.views = {}
        self._drop_rules()

    def tick(self, now: datetime) -> None:
        """What runs down is told anew."""
        for view in self.views.values():
            view.tick(now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The margins are wider where there is room."""
        super().resizeEvent(event)
        self._margins()

    def _margins(self) -> None:
        theme = current()
        more = theme.px(18 if self.window().width() >= theme.px(FOLDED) else 10)
        least = max(0, more - BAR)
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, right = (least, more) if mirror else (more, least)
        wanted = (left, 0, right, theme.px(16))
        if self._box.getContentsMargins() != wanted:
            self._box.setContentsMargins(*wanted)

    @Slot()
    def scroll_to_end(self) -> None:
        """To the newest."""
        self._at_end = True
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Whoever scrolls decides where to be."""
        self._from_end = None
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the oldest and newest shown; the rest scrolls."""
        self._from_end = None
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def _place(self, shown: list[Entry], scene: Scene, now: datetime) -> None:
        matched = matched_words(scene.thread)
        self._drop_rules()
        keys = {entry.key for entry in shown}
        for key in [key for key in self.views if key not in keys]:
            _discard(self.views.pop(key))
        today = now.astimezone().date()
        at, day = 2, None
        for entry in shown:
            if entry.day != day:
                day = entry.day
                rule = DayRule(day_words(day, today))
                self._rules.append(rule)
                self._box.insertWidget(at, rule)
                at += 1
            self._box.insertWidget(at, self._view(entry, scene, matched, now))
            at += 1

    def _view(self, entry: Entry, scene: Scene, matched: tuple[str, ...], now: datetime) -> EntryView:
        known = self.views.get(entry.key)
        if known is not None and known.entry == entry:
            self._box.removeWidget(known)
            return known
        if known is not None:
            _discard(known)
        made = EntryView(entry, scene, matched, now)
        made.link_wanted.connect(self.link_wanted)
        made.undo_wanted.connect(self.undo_wanted)
        made.retry_wanted.connect(self.retry_wanted)
        self.views[entry.key] = made
        return made

    def _drop_rules(self) -> None:
        for rule in self._rules:
            _discard(rule)
        self._rules = []

    @Slot()
    def _show_earlier(self) -> None:
        if self._scene is None:
            return
        self._at_end = False
        self._shown += STEP
        if self._shown > len(self._scene.thread.mentions) < self._scene.thread.row.mentions:
            self.earlier_wanted.emit()
        bar = self.verticalScrollBar()
        self._from_end = bar.maximum() - bar.value()
        self.show_scene(self._scene, self._context.now(), fresh=False)

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        self._at_end = value >= self.verticalScrollBar().maximum() - NEAR

    @Slot(int, int)
    def _stretched(self, _least: int, most: int) -> None:
        """Stays at the end when it was there; what is read does not move when older mentions come in above."""
        bar = self.verticalScrollBar()
        if self._at_end:
            bar.setValue(most)
        elif self._from_end is not None:
            bar.setValue(most - self._from_end)
            self._at_end = False


def _discard(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
