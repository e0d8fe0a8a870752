"""The calendars' page: the list and the editor, kept together."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from inbox.model.change import Change
from inbox.model.people import WEEKDAYS, Interval, Week
from inbox.model.workspace import Calendar, Workspace
from inbox.ui.calendars.columns import Columns
from inbox.ui.calendars.deeds import Deeds
from inbox.ui.calendars.draft import Draft, book, draft_of
from inbox.ui.calendars.judge import Judge, Question, Verdict, by_field, missing
from inbox.ui.calendars.reading import Scene, State, load, states, uses
from inbox.ui.calendars.states import States
from inbox.ui.calendars.week import Span, interval_of
from inbox.ui.context import Context
from inbox.ui.entries.leaving import Unsaved
from inbox.ui.entries.page import EntriesPage
from inbox.ui.thread.plain import line
from inbox.ui.widgets import column
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.flow.entries import Saved

TICK_MS = 20_000
OFFICE: tuple[Interval, ...] = (interval_of(Span(9 * 60, 17 * 60)),)


def calendars_edited(calendars: int) -> str:
    """Says how many calendars are not saved."""
    if calendars == 1:
        return QCoreApplication.translate("calendars", "1 calendar is edited and not saved")
    return counted("%n calendars are edited and not saved", calendars, "calendars")


class CalendarsPage(EntriesPage):
    """Edits are kept for each calendar until they are saved or discarded; whoever leaves finds them again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Shows the calendars as the window last read them, and reads them itself once the store is open."""
        columns = Columns(context)
        super().__init__(parent, columns)
        self._context = context
        self.book = book()
        self._key = ""
        self._asked_to_save: set[str] = set()
        self._read_yet = False
        self.deeds = Deeds(context, self)
        self.unsaved = Unsaved(self.book.unsaved, self, calendars_edited)
        self.columns = columns
        self.list, self.editor = self.columns.list, self.columns.editor
        self.judge = Judge(context, self._question, self)
        self.stack = States(self.columns)
        self.nothing, self.trouble = self.stack.nothing, self.stack.trouble
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        column(self).addWidget(self.stack)
        self.setFocusProxy(self.list)
        self._connect()

    def _connect(self) -> None:
        context, columns = self._context, self.columns
        context.opened.connect(self._read)
        context.changed.connect(self._changed)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.list.pressed_on.connect(columns.open_editor)
        self.list.removed.connect(self._remove)
        self.editor.changed.connect(self._edited)
        self.editor.undoable.connect(self._offer_before)
        self.editor.trouble.theirs.connect(self._take_theirs)
        self.editor.trouble.mine.connect(self._keep_mine)
        self.judge.judged.connect(self._judged)
        self.editor.zone.edit.left.connect(self.judge.ask)
        columns.add.clicked.connect(self._new)
        columns.duplicate.clicked.connect(self._duplicate)
        columns.remove.clicked.connect(self._remove_current)
        columns.discard.clicked.connect(self.discard)
        columns.save.clicked.connect(self.save)
        self.nothing.acted.connect(self._new)
        self.trouble.acted.connect(self._read)
        self.deeds.changed.connect(self._done)
        self._clock.timeout.connect(self._tick)
        keys = QKeySequence.StandardKey
        for sequence, act in (
            (QKeySequence(keys.Save), self.save),
            (QKeySequence(keys.New), self._new),
            (QKeySequence("Ctrl+D"), self._duplicate),
        ):
            shortcut = QShortcut(sequence, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.stack.wait()
        if context.store is not None:
            self._read()
        elif context.workspace.calendars:
            self._show(Scene(context.workspace))

    # -- what is read

    @Slot()
    def _read(self) -> None:
        if self._context.store is None:
            return
        done = self.deeds.done

        def arrived(scene: Scene) -> None:
            if self.deeds.under_way or self.deeds.done != done:
                # Something was changed meanwhile: what was read may be older than that.
                if not self.deeds.under_way:
                    self._read()
                return
            self.deeds.see(scene.workspace)
            self._show(scene)

        self._context.lanes.read(load, arrived, self._failed, key=("calendars", id(self)))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if "config" in change.topics:
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """What time did while nobody looked."""
        super().showEvent(event)
        self.unsaved.watch(self.window())
        self._clock.start()
        self._tick()
        self.judge.ask()

    @Slot()
    def _tick(self) -> None:
        if not self.isVisible():
            self._clock.stop()
            return
        if self._key:
            self.editor.tick()
        self._ask_states()

    def _ask_states(self) -> None:
        calendars, now = self.book.workspace.calendars, self._context.now()

        def arrived(found: dict[str, State]) -> None:
            self.list.calendars.show_states(found, now)

        if calendars:
            self._context.lanes.run(
                lambda: states(calendars, now), arrived, self._context.tell, key=("open calendars", id(self))
            )

    def _show(self, scene: Scene) -> None:
        first, self._read_yet = not self._read_yet, True
        shown = self.book.stored(self._key)
        self.book.see(scene.workspace)
        self._list()
        key = self._key if self.book.has(self._key) else ""
        if not key:
            rows = self.list.calendars.entries
            self._turn_to(rows[0].key if rows else "")
        elif self.book.raced(key):
            self._tell_race(scene)
        elif self.book.stored(key) != shown and not self.book.edited(key):
            self.editor.take(self.book.draft(key), uses(scene.workspace, key))
            self.editor.trouble.say("")
        if first:
            self.columns.arrange(self.width())
        self._head()
        self._ask_states()
        self.judge.ask()

    def _failed(self, error: Exception) -> None:
        if self._read_yet:
            self._context.tell(error)
        else:
            self.stack.explain(str(error))

    def _list(self) -> None:
        """The rows as they are now; the calendar on screen stays the current one."""
        self.list.calendars.show_entries(self.book.rows(), self.book.workspace)
        self.list.select(self._key)
        any_there = bool(self.list.calendars.rowCount())
        self.stack.show_calendars(any_there=any_there)
        self.setFocusProxy(self.list if any_there else self.nothing.button)

    # -- one calendar

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._key:
            self.editor.finish()
            self._turn_to(key)

    def _turn_to(self, key: str) -> None:
        """Shows another calendar in the editor."""
        self._key = key
        self.list.select(key)
        if not key:
            return
        self.editor.show_draft(self.book.draft(key), uses(self.book.workspace, key))
        self._head()
        if self.book.raced(key):
            self._tell_race(None)
        self.judge.ask_now()

    def _head(self) -> None:
        if not self._key:
            return
        columns, draft = self.columns, self.book.draft(self._key)
        edited = self.book.edited(self._key)
        new = draft.base is None
        title = line(draft.calendar.name) or ("" if draft.base is None else draft.base.name)
        columns.head.title.setText(title or self.tr("New calendar"))
        columns.head.beside.setText(self.tr("not saved") if new else self.tr("edited, not saved") if edited else "")
        columns.save.setEnabled(edited)
        columns.discard.setEnabled(edited)

    @Slot()
    def _edited(self) -> None:
        self.book.keep(self._key, self.editor.draft())
        self._head()
        self.list.calendars.show_entries(self.book.rows(), self.book.workspace)
        self.judge.ask()

    def _question(self) -> Question | None:
        if not self._key or not self.isVisible():
            return None
        replaces = self._key if self.book.stored(self._key) is not None else None
        return Question(self.editor.draft().calendar, replaces, self.book.workspace)

    @Slot(object)
    def _judged(self, verdict: Verdict) -> None:
        """What is wrong; that a new calendar has no name yet is said once somebody wants to save it."""
        errors = dict(verdict.errors)
        errors |= missing(self.editor.draft().calendar)
        if self._key not in self._asked_to_save:
            if not self.editor.draft().calendar.name.strip():
                errors.pop("name", None)
            if self.editor.zone.edit.hasFocus():
                # It is being typed; once the keyboard has gone on, it is looked at again.
                errors.pop("time_zone", None)
        self.editor.show_errors(errors)
        self.editor.show_days(verdict.days)

    # -- what people do

    @Slot()
    def _new(self) -> None:
        week: Week = dict.fromkeys(WEEKDAYS[:5], OFFICE)
        self._begin(self.book.add(draft_of(Calendar("", self.book.workspace.settings.time_zone, week))))

    @Slot()
    def _duplicate(self) -> None:
        if self._key:
            draft = self.book.draft(self._key)
            called = draft.calendar.name.strip()
            name = self.book.twin_name(called) if called else ""
            self._begin(self.book.add(replace(draft, calendar=replace(draft.calendar, name=name))))

    def _begin(self, key: str) -> None:
        self._key = key
        self._list()
        self._turn_to(key)
        self.list.scrollTo(self.list.currentIndex())
        self.columns.open_editor()
        self.editor.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.name.edit.selectAll()

    @Slot(str)
    def _open(self, key: str) -> None:
        """Enter: from the list into the week."""
        self._choose(key)
        self.columns.open_editor()
        self.editor.week.take_focus()

    @Slot(str)
    def _remove(self, key: str) -> None:
        if self.book.stored(key) is not None:

            def taken_away(_done: "Saved[Any]") -> None:
                self.book.drop(key)

            self.deeds.remove(key, taken_away)
            return
        draft = self.book.drop(key)
        if draft is not None:
            self._leave(key)
            self._offer_back(key, draft, self.tr("The new calendar is gone."))

    def _leave(self, key: str) -> None:
        """A calendar went: the one beside it comes on screen."""
        at = self.list.calendars.place_of(key)
        self._list()
        rows = self.list.calendars.entries
        if key == self._key:
            self._turn_to(rows[min(max(0, at), len(rows) - 1)].key if rows else "")
            self.columns.back()

    @Slot()
    def _remove_current(self) -> None:
        self._remove(self._key)

    @Slot()
    def save(self) -> None:
        """Stores the calendar on screen; what is missing or wrong is said at its field."""
        if not self._key or not self.editor.finish() or not self.book.edited(self._key):
            return
        calendar, key = self.editor.draft().calendar, self._key
        wrong = missing(calendar)
        if wrong:
            self._asked_to_save.add(key)
            self.editor.show_errors(wrong)
            self.editor.go_to(next(iter(wrong)))
            return
        draft = self.book.draft(key)
        replaces = draft.base.name if draft.base is not None else None

        def saved(_done: "Saved[Any]") -> None:
            self._asked_to_save.discard(key)
            self.book.saved(key, calendar)
            self.editor.trouble.say("")
            if self._key == key:
                self._key = calendar.name

        self.columns.save.setEnabled(False)
        self.deeds.save(calendar, replaces, saved, self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        """Told where the person is working: the edits are all there."""
        from inbox.store.errors import LostRace, NotFound

        troubles = getattr(error, "troubles", ())
        self._head()
        if troubles:
            errors = by_field(troubles)
            self._asked_to_save.add(self._key)
            self.editor.show_errors(errors)
            self.editor.go_to(next(iter(errors)))
            return
        self.editor.trouble.say(str(error), "soon" if isinstance(error, LostRace | NotFound) else "late")

    @Slot()
    def discard(self) -> None:
        """The calendar on screen as it is stored; a new one goes."""
        key = self._key
        if not self.book.edited(key):
            return
        if self.book.stored(key) is None:
            self._remove(key)
            return
        draft = self.book.drop(key)
        self._asked_to_save.discard(key)
        self._list()
        self._turn_to(key)
        if draft is not None:
            self._offer_back(key, draft, self.tr("Your edits are gone."))

    def _offer_back(self, key: str, draft: Draft, sentence: str) -> None:
        def back() -> None:
            self.book.keep(key, draft)
            self._key = key
            self._list()
            self._turn_to(key)

        self._context.toast(sentence, back)

    @Slot(str, object)
    def _offer_before(self, sentence: str, before: Calendar) -> None:
        """A date was taken away in the editor: it can come back as long as its calendar is on screen."""
        key = self._key

        def back() -> None:
            if key == self._key:
                self.editor.put(before)

        self._context.toast(sentence, back)

    # -- somebody else was quicker

    def _tell_race(self, scene: Scene | None) -> None:
        name = self.tr("Somebody")
        if scene is not None and scene.calendar == self._key:
            name = scene.who or name
        gone = self.book.stored(self._key) is None
        words = (
            self.tr("%1 took this calendar away while you were editing it. Keep yours to make it anew.")
            if gone
            else self.tr("%1 changed this calendar while you were editing it. Nothing of yours is lost.")
        )
        self.editor.trouble.say(words.replace("%1", name), race=True)

    @Slot()
    def _take_theirs(self) -> None:
        self.editor.trouble.say("")
        draft, key = self.book.drop(self._key), self._key
        self._key = key if self.book.has(key) else ""
        self._list()
        rows = self.list.calendars.entries
        self._turn_to(self._key or (rows[0].key if rows else ""))
        if draft is not None:
            self._offer_back(key, draft, self.tr("Your edits are gone."))

    @Slot()
    def _keep_mine(self) -> None:
        self.editor.trouble.say("")
        self._key = self.book.rebase(self._key)
        self._list()
        self.editor.take(self.book.draft(self._key), uses(self.book.workspace, self._key))
        self._head()

    @Slot(object)
    def _done(self, workspace: Workspace | None) -> None:
        """A change of ours ended, well (then with the workspace as it is) or not."""
        if self.deeds.under_way:
            return
        if workspace is None:
            self._read()
            return
        gone = self._key and self._key not in {each.name for each in workspace.calendars}
        if gone and not self.book.edited(self._key):
            key = self._key
            self.book.see(workspace)
            self._leave(key)
        self._show(Scene(workspace))
