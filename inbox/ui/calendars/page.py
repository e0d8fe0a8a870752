"""The calendars' page: the list and the editor, kept together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from inbox.model.people import WEEKDAYS, Interval, Week
from inbox.model.workspace import Calendar, Workspace
from inbox.ui.calendars.columns import Columns
from inbox.ui.calendars.deeds import Deeds
from inbox.ui.calendars.draft import Draft, book, draft_of
from inbox.ui.calendars.judge import WAIT_MS, Question, Verdict, asker, by_field, missing
from inbox.ui.calendars.reading import State, states_of, uses
from inbox.ui.calendars.says import tr
from inbox.ui.calendars.states import states
from inbox.ui.calendars.week import Span, interval_of
from inbox.ui.context import Context
from inbox.ui.entries.asking import Asker
from inbox.ui.entries.book import Shown
from inbox.ui.entries.page import EntriesPage
from inbox.ui.entries.shown import Words
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


def words() -> Words:
    """How the page speaks of calendars."""
    return Words(
        "calendar",
        tr("New calendar"),
        tr("The new calendar is gone."),
        tr("%1 took this calendar away while you were editing it. Keep yours to make it anew."),
        tr("%1 changed this calendar while you were editing it. Nothing of yours is lost."),
        calendars_edited,
    )


class CalendarsPage(EntriesPage[Calendar, Draft]):
    """One that is in use cannot be removed: the list waits for the store, where others go at once."""

    columns: Columns

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Shows the calendars as the window last read them, and reads them itself once the store is open."""
        columns = Columns(context)
        super().__init__(context, parent, words=words(), book=book(), stack=states(columns), deeds=Deeds)
        self.list, self.editor = columns.list, columns.editor
        self.judge = Asker(context, asker(context), WAIT_MS, self)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        self.editor.undoable.connect(self._offer_before)
        self.judge.answered.connect(self._judged)
        self.judge.failed.connect(context.tell)
        self.editor.zone.edit.left.connect(self._look_again)
        columns.duplicate.clicked.connect(self._duplicate)
        shortcut = QShortcut(QKeySequence("Ctrl+D"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._duplicate)
        self.start(context.workspace.calendars)

    # -- what is read

    def showEvent(self, event: QShowEvent) -> None:
        """What time did while nobody looked."""
        super().showEvent(event)
        self._clock.start()
        self._tick()
        self._ask()

    @Slot()
    def _tick(self) -> None:
        if not self.isVisible():
            self._clock.stop()
            return
        if self._key:
            self.editor.tick()
        self._count()

    def _count(self) -> None:
        """What is open and what is closed."""
        calendars, now = self.book.workspace.calendars, self._context.now()

        def arrived(found: dict[str, State]) -> None:
            self.list.calendars.show_states(found, now)

        if calendars:
            self._context.lanes.run(
                lambda: states_of(calendars, now), arrived, self._context.tell, key=("open calendars", id(self))
            )

    def _follow(self, key: str) -> None:
        """Whoever stored it: what is being looked at stays where it is."""
        self._take(self.book.draft(key))
        self.editor.trouble.say("")
        self._head()
        self._ask()

    def _show_rows(self, rows: list[Shown[Calendar]]) -> None:
        self.list.calendars.show_workspace(rows, self.book.workspace)

    def _show_row(self, row: Shown[Calendar]) -> None:
        self.list.calendars.show_entry(row)

    # -- one calendar

    def _choose(self, key: str) -> None:
        if key != self._key:
            self.editor.finish()
        super()._choose(key)

    def _show_draft(self, draft: Draft) -> None:
        self.editor.show_draft(draft, uses(self.book.workspace, self._key))

    def _take(self, draft: Draft) -> None:
        self.editor.show_stored(draft, uses(self.book.workspace, self._key))

    def _begin(self) -> None:
        self.judge.forget()

    def _ask(self, *, at_once: bool = False) -> None:
        if self._key and self.isVisible():
            replaces = self._key if self.book.stored(self._key) is not None else None
            question = Question(self.editor.draft().calendar, replaces, self.book.workspace)
            self.judge.ask(question, at_once=at_once)

    @Slot()
    def _look_again(self) -> None:
        self._ask()

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

    def _blank(self) -> Draft:
        week: Week = dict.fromkeys(WEEKDAYS[:5], OFFICE)
        return draft_of(Calendar("", self.book.workspace.settings.time_zone, week))

    @Slot()
    def _duplicate(self) -> None:
        if self._key:
            draft = self.book.draft(self._key)
            name = self.book.twin_name(draft.calendar.name)
            self._write_new(replace(draft, calendar=replace(draft.calendar, name=name)))

    @Slot(str)
    def _open(self, key: str) -> None:
        """Enter: from the list into the week."""
        self._choose(key)
        self.columns.open_editor()
        self.editor.week.take_focus()

    @Slot(str)
    def _remove(self, key: str) -> None:
        if self.book.stored(key) is None:
            super()._remove(key)
            return

        def taken_away(_done: "Saved[Any]") -> None:
            self.book.drop(key)

        self.deeds.remove(key, taken_away)

    @Slot(object)
    def _done(self, workspace: Workspace | None) -> None:
        key = self._key
        if workspace is not None and not self.deeds.under_way and self.book.stored(key) and not self.book.edited(key):
            at = self._row_of(key)
            if key not in {each.name for each in workspace.calendars}:
                self.book.see(workspace)
                self._leave(key, at)
        super()._done(workspace)

    def _missing(self, draft: Draft) -> Mapping[str, str]:
        return missing(draft.calendar)

    def _complain(self, errors: Mapping[str, str], *, refused: bool) -> None:
        del refused
        self.editor.show_errors(errors)

    def _by_field(self, troubles: Sequence[tuple[str, str]]) -> dict[str, str]:
        return by_field(troubles)

    @Slot(str, object)
    def _offer_before(self, sentence: str, before: Calendar) -> None:
        """A date was taken away in the editor: it can come back as long as its calendar is on screen."""
        key = self._key

        def back() -> None:
            if key == self._key:
                self.editor.put(before)

        self._context.toast(sentence, back)
