"""The page on which a person sorts what the routing was not sure of, by keyboard."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.model.placement import Placement
from inbox.model.thread import ThreadRow
from inbox.model.words import CloseReason
from inbox.model.workspace import UNSORTED
from inbox.ui.context import Context
from inbox.ui.decisions import Picker
from inbox.ui.decisions.choices import areas as area_choices
from inbox.ui.theme import current
from inbox.ui.thread.words import reason_words
from inbox.ui.unsorted import words
from inbox.ui.unsorted.deeds import Deeds
from inbox.ui.unsorted.desk import Worktop
from inbox.ui.unsorted.keys import Keys
from inbox.ui.unsorted.left import LeftPane
from inbox.ui.unsorted.reader import Reader
from inbox.ui.unsorted.sitting import Entry, Sitting
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, row

if TYPE_CHECKING:
    from inbox.flow.deciding import Decided
    from inbox.flow.unsorted import Queue, Reading

TICK_MS, SOON_MS = 10_000, 120
LIST, LIST_NARROW, SINGLE_UNDER, NARROW_UNDER = 304, 264, 760, 1000


class UnsortedPage(QWidget):
    """Reads while it can be seen. ``sitting`` is what it shows."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Loading until the first reading."""
        super().__init__(parent)
        self._context = context
        self.sitting = Sitting()
        self.reader = Reader(context, self)
        self.deeds = Deeds(context, self)
        self._refused = ""
        self._listing = False
        self._spoken: ThreadId | None = None
        self._shown: tuple[ThreadId, Placement | None] | None = None
        self.left = LeftPane(context)
        self.work = Worktop(context)
        self.loading = LoadingBars(LIST // 4)
        self.empty = EmptyState()
        self.trouble = ErrorState()
        self.stack = QStackedWidget()
        for each in (self.loading, self.empty, self.trouble, self.work):
            self.stack.addWidget(each)
        box = row(self, gap=0)
        box.addWidget(self.left)
        box.addWidget(self.stack, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Unsorted"))
        self.keys = Keys(self._acts(), self._digit)
        self._soon = self._timer(SOON_MS, self.read)
        self._soon.setSingleShot(True)
        self._tick = self._timer(TICK_MS, self._second)
        self._connect()
        self.loading.start()
        self._tick.start()

    def _acts(self) -> dict[Qt.Key, partial[None]]:
        key = Qt.Key
        return {
            key.Key_N: partial(self.close_as, CloseReason.NO_REPLY_NEEDED),
            key.Key_X: partial(self.close_as, CloseReason.SPAM),
            key.Key_Space: partial(self.skip),
            key.Key_H: partial(self.correct),
            key.Key_C: partial(self.correct),
            key.Key_U: partial(self.undo),
            key.Key_M: partial(self.ask_area),
            key.Key_Return: partial(self.open_thread),
            key.Key_Enter: partial(self.open_thread),
            key.Key_J: partial(self._walk, 1),
            key.Key_Down: partial(self._walk, 1),
            key.Key_K: partial(self._walk, -1),
            key.Key_Up: partial(self._walk, -1),
            key.Key_Period: partial(self.take_arrivals),
        }

    def _connect(self) -> None:
        context, work = self._context, self.work
        context.opened.connect(self.read)
        context.changed.connect(self._changed)
        context.people_changed.connect(self._people_changed)
        context.theme.changed.connect(self._redraw)
        self.left.walked.connect(self._go_to)
        self.left.undo_wanted.connect(self.undo)
        self.left.arrived.wanted.connect(self.take_arrivals)
        work.areas.chosen.connect(self.move_to)
        work.areas.more_wanted.connect(self.ask_area)
        work.card.correct_wanted.connect(self.correct)
        work.head.list_wanted.connect(self._toggle_list)
        work.strip.acted.connect(self._strip_acted)
        work.verbs.no_reply.clicked.connect(partial(self.close_as, CloseReason.NO_REPLY_NEEDED))
        work.verbs.spam.clicked.connect(partial(self.close_as, CloseReason.SPAM))
        work.verbs.skip.clicked.connect(self.skip)
        work.verbs.open.clicked.connect(self.open_thread)
        self.empty.acted.connect(partial(context.go, "settings"))
        self.trouble.acted.connect(self.read)
        self.reader.queued.connect(self._take)
        self.reader.unreadable.connect(self._unreadable)
        self.reader.at_hand.connect(self._at_hand)
        self.reader.missing.connect(self._thread_gone)
        self.deeds.stored.connect(self._stored)
        self.deeds.failed.connect(self._failed)
        self.deeds.undone.connect(self._undone)

    def _timer(self, length: int, act: object) -> QTimer:
        made = QTimer(self)
        made.setInterval(length)
        made.timeout.connect(act)
        return made

    # -- reading

    @Slot()
    def read(self) -> None:
        """Reads what is left to sort."""
        if self.isVisible():
            self.reader.read([each.id for each in self.sitting.rows])

    def _take(self, queue: "Queue") -> None:
        self.sitting.take(queue, self._context.now())
        self._redraw()

    def _unreadable(self, error: Exception) -> None:
        self.loading.stop()
        self.trouble.explain(str(error), self.tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    def _at_hand(self, thread_id: ThreadId) -> None:
        if thread_id == self.sitting.current:
            self._show_thread()

    def _thread_gone(self, thread_id: ThreadId, error: Exception) -> None:
        self._context.tell(error)
        self.sitting.leave_out(thread_id, self._context.now())
        self._redraw()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        self.reader.changed(change)
        if change.many or change.threads:
            self._soon.start()

    @Slot()
    def _people_changed(self) -> None:
        self._redraw()
        self.read()

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while hidden is read now."""
        super().showEvent(event)
        self.read()

    # -- showing

    @Slot()
    def _redraw(self) -> None:
        sitting = self.sitting
        self.left.show_sitting(sitting)
        self.work.head.show_sitting(sitting)
        if not sitting.ready:
            return
        self.loading.stop()
        if not any(area.name != UNSORTED for area in self._context.workspace.areas):
            words_ = self.tr("There are no areas to sort into yet. Name the areas of your work first.")
            self.empty.say(words_, self.tr("Open the settings"), "shuffle")
            self.stack.setCurrentWidget(self.empty)
        elif sitting.row is None:
            self.empty.say(self._nothing(), "", "check")
            self.stack.setCurrentWidget(self.empty)
        else:
            self.stack.setCurrentWidget(self.work)
            self._show_thread()
            self.reader.keep([each.id for each in (sitting.row, sitting.next) if each is not None])
        self._arrange()

    def _nothing(self) -> str:
        done = len(self.sitting.done)
        if not done:
            return self.tr("Nothing to sort. Everything has found its area.")
        return self.tr("Nothing to sort. You sorted %1 in this sitting.").replace("%1", str(done))

    def _show_thread(self) -> None:
        from inbox.flow.unsorted import area_order

        sitting, now, workspace = self.sitting, self._context.now(), self._context.workspace
        shown = sitting.row
        if shown is None:
            self._shown = None
            return
        reading = self.reader.readings.get(shown.id)
        thread = reading.thread if reading is not None else None
        placement = self._held(shown.id, reading)
        areas = area_order(workspace, placement)
        self.work.card.show_row(shown, thread, now)
        because = words.here_because(thread, placement, workspace.settings.confidence) if thread is not None else ""
        squares = {area.name: area.color or at for at, area in enumerate(workspace.areas)}
        self.work.areas.show_areas(areas, squares)
        self.work.show_thread(shown, sitting.next, because, may=not sitting.gone and not self._refused)
        self._say_strip()
        if self._spoken != shown.id:
            self._spoken = shown.id
            self.work.to_top()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words.spoken(shown, areas, now)))

    def _held(self, thread_id: ThreadId, reading: "Reading | None") -> Placement | None:
        """What was known when the thread came on screen: a number must not mean another area under one's finger."""
        if self._shown is None or self._shown[0] != thread_id:
            known = reading.placement if reading is not None else None
            self._shown = (thread_id, known or self.sitting.placed.get(thread_id))
        return self._shown[1]

    def _say_strip(self) -> None:
        if self._refused:
            self.work.strip.say(self._refused, self.tr("Try again"))
        elif self.sitting.gone:
            said = self.tr("Somebody else sorted this one meanwhile.")
            self.work.strip.say(said, self.tr("Go on"))
        else:
            self.work.strip.say("")

    @Slot()
    def _strip_acted(self) -> None:
        if self._refused:
            self._refused = ""
            self._redraw()
        else:
            self.skip()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _second(self) -> None:
        shown = self.sitting.row
        if self.isVisible() and shown is not None:
            self.work.tick(shown, self._context.now())
            self.left.list.viewport().update()

    # -- deciding

    @Slot(str)
    def move_to(self, area: str) -> None:
        """Puts the thread on screen into an area; the next one takes its place at once."""
        entry = self._decide(area)
        if entry is not None:
            self.deeds.move(entry, area)

    def close_as(self, reason: CloseReason) -> None:
        """Closes the thread on screen: no reply is needed, or it is spam."""
        entry = self._decide(reason_words(reason))
        if entry is not None:
            self.deeds.close(entry, reason)

    def _decide(self, what: str) -> Entry | None:
        entry = None if self._refused else self.sitting.decide(what, self._context.now())
        self._redraw()
        self._keep_keyboard()
        return entry

    @Slot()
    def skip(self) -> None:
        """Leaves the thread on screen for later."""
        self.sitting.skip(self._context.now())
        self._redraw()
        self._keep_keyboard()

    @Slot()
    def undo(self) -> None:
        """Takes the last one back, then the one before."""
        entry = self.sitting.undo(self._context.now())
        if entry is None:
            self._context.commands.run("undo")
            return
        self.deeds.undo(entry)
        self._redraw()
        self._keep_keyboard()

    @Slot()
    def open_thread(self) -> None:
        """Shows the whole thread; the sitting goes on when one comes back."""
        if self.sitting.current is not None:
            self._context.open_thread(self.sitting.current)

    @Slot()
    def take_arrivals(self) -> None:
        """The new ones join the list."""
        self.sitting.take_arrivals(self._context.now())
        self._redraw()

    @Slot()
    def ask_area(self) -> None:
        """Every area in a list that typing narrows."""
        if self.sitting.row is None or not self.work.areas.isEnabled():
            return
        found = [each for each in area_choices(self._context.workspace) if each.value != UNSORTED]
        picker = Picker(self.tr("Move to area"), found, self)
        picker.picked.connect(self.move_to)
        at = self.work.areas
        picker.open_at(at.mapToGlobal(QPoint(0, at.height() + current().px(4))))

    @Slot()
    def correct(self) -> None:
        """Says that a fact of the thread on screen was judged wrongly."""
        from inbox.ui.details.correct import CorrectBox

        reading = self.reader.readings.get(self.sitting.current) if self.sitting.current is not None else None
        if reading is None:
            return
        box = CorrectBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.corrected.connect(partial(self._judge, reading.thread.row))
        box.moved.connect(self.move_to)
        link = self.work.card.correct
        box.ask(reading.thread, self._context.workspace.areas, link.mapToGlobal(link.rect().bottomLeft()))

    def _digit(self, digit: int) -> bool:
        return self.stack.currentWidget() is self.work and self.work.areas.press(digit)

    def _stored(self, _entry: Entry) -> None:
        self._soon.start()

    def _failed(self, entry: Entry, error: Exception) -> None:
        """Says why, and brings the thread back after the one that is being read."""
        from inbox.store.errors import ReadOnly

        self.sitting.bring_back(entry, self._context.now())
        if isinstance(error, ReadOnly):
            self._refused = self.tr("You can read, but not sort. %1").replace("%1", str(error))
        else:
            self._context.tell(error)
        self.reader.readings.pop(entry.row.id, None)
        self._redraw()
        self._soon.start()

    def _undone(self, shown: ThreadRow) -> None:
        self.sitting.rows = [shown if each.id == shown.id else each for each in self.sitting.rows]
        self._soon.start()

    def _judge(self, shown: ThreadRow, changes: dict[str, Any]) -> None:
        from inbox.flow import decide

        actor, now = self._context.employee or "command", self._context.now()
        self._context.lanes.write(
            lambda store: decide.correct(store, shown.id, actor=actor, now=now, **changes),
            self._judged,
            self._context.tell,
        )

    def _judged(self, decided: "Decided") -> None:
        self._context.toast(decided.sentence)
        self._context.changed.emit(decided.change)

    # -- keyboard and size

    def event(self, event: QEvent) -> bool:
        """While the page has the keyboard its keys go before the window's."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.keys.claims(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One stroke sorts."""
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def _keep_keyboard(self) -> None:
        """The cards are made anew for each thread: the keyboard stays with the page."""
        if self.isVisible() and not self.left.list.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, by: int) -> None:
        self.sitting.step(by, self._context.now())
        self._redraw()

    @Slot(object)
    def _go_to(self, thread_id: ThreadId) -> None:
        self._listing = False
        self.sitting.go_to(thread_id, self._context.now())
        self._redraw()

    @Slot()
    def _toggle_list(self) -> None:
        self._listing = not self._listing
        self._arrange()

    def _arrange(self) -> None:
        """List and card side by side, or one of them."""
        px, width = current().px, self.width()
        single = width < px(SINGLE_UNDER)
        self.left.setVisible(not single or self._listing)
        self.stack.setVisible(not single or not self._listing)
        side = px(LIST_NARROW if width < px(NARROW_UNDER) else LIST)
        self.left.setFixedWidth(width if single else side)
        self.work.head.list.setVisible(single)
        self.work.fit(width if single else width - side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folds as the window narrows."""
        super().resizeEvent(event)
        self._arrange()
