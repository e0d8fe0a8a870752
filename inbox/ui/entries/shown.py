"""A page with a list beside an editor: what is read, and which entry is on screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from inbox.model.change import Change
from inbox.ui.context import Context
from inbox.ui.entries.book import D, E, EntryBook, Shown
from inbox.ui.entries.deeds import ListDeeds
from inbox.ui.entries.leaving import Unsaved
from inbox.ui.entries.reading import Scene, load
from inbox.ui.entries.room import RoomPage
from inbox.ui.entries.states import EntryStates
from inbox.ui.thread.plain import line
from inbox.ui.widgets import column


@dataclass(frozen=True, slots=True)
class Words:
    """How a page speaks of its entries. ``noun`` is what the history calls one, the rest are sentences and titles;
    ``took`` and ``changed`` are said of %1, ``unsaved`` is asked before the window closes.
    """

    noun: str
    new: str
    gone: str
    took: str
    changed: str
    unsaved: Callable[[int], str]


class ShownEntries(RoomPage, Generic[E, D]):
    """Reads the entries, lists them, and shows one in the editor."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        words: Words,
        book: EntryBook[E, D],
        stack: EntryStates,
        deeds: Callable[[Context, QObject], ListDeeds[E]],
    ) -> None:
        """Nothing is read until ``start``."""
        super().__init__(parent, stack.columns)
        self._context, self._words = context, words
        self.book, self.stack = book, stack
        self.nothing, self.trouble = stack.nothing, stack.trouble
        self._key = ""
        self._read_yet = False
        self._asked_to_save: set[str] = set()
        self.deeds = deeds(context, self)
        self.unsaved = Unsaved(book.unsaved, self, words.unsaved)
        column(self).addWidget(stack)
        self.setFocusProxy(stack.columns.list)

    def start(self, ahead: Sequence[E] = ()) -> None:
        """Shows the entries as the window last read them where there are some ``ahead``, and reads them itself once
        the store is open.
        """
        self._context.opened.connect(self._read)
        self._context.changed.connect(self._changed)
        self.trouble.acted.connect(self._read)
        self.stack.wait()
        if self._context.store is not None:
            self._read()
        elif ahead:
            self._show(Scene(self._context.workspace))

    # -- what each page does its own way

    def _know(self, scene: Scene) -> None:
        """The workspace was read: keeps what the editor needs of it."""

    def _show_rows(self, rows: list[Shown[E]]) -> None:
        """The rows of the list."""
        raise NotImplementedError

    def _begin(self) -> None:
        """Another entry comes on screen; nothing is known of it yet."""

    def _show_draft(self, draft: D) -> None:
        """The entry in the editor."""
        raise NotImplementedError

    def _take(self, draft: D) -> None:
        """What is known of the entry on screen beside what stands there. Nothing is drawn anew."""
        self.columns.editor.take(draft)

    def _state(self, draft: D) -> list[str]:
        """What is said beside the title, before whether it is saved."""
        del draft
        return []

    def _ask(self, *, at_once: bool = False) -> None:
        """What is wrong with the entry on screen, and what it would do."""
        raise NotImplementedError

    def _count(self) -> None:
        """What else is known of the entries, once they are shown."""

    def _tell_race(self, scene: Scene | None) -> None:
        """Somebody else was quicker."""
        raise NotImplementedError

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

        noun = self._words.noun
        self._context.lanes.read(lambda s: load(s, noun), arrived, self._failed, key=(noun, id(self)))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if change.topics & {"config", "people"}:
            self._read()

    def _failed(self, error: Exception) -> None:
        if self._read_yet:
            self._context.tell(error)
        else:
            self.stack.explain(str(error))

    def _show(self, scene: Scene) -> None:
        first, self._read_yet = not self._read_yet, True
        shown = self.book.stored(self._key)
        self.book.see(scene.workspace)
        self._know(scene)
        self._list()
        key = self._key
        if not self.book.has(key):
            self._turn_to_first()
        elif first:
            # Another screen suggested an entry before anything was read: what it may name is known only now.
            self._turn_to(key)
        elif self.book.raced(key):
            self._tell_race(scene)
        elif self.book.stored(key) != shown and not self.book.edited(key):
            self._follow(key)
        else:
            self._ask(at_once=True)
        if first:
            self.columns.arrange(self.width())
        self._count()

    def _follow(self, key: str) -> None:
        """The entry on screen was stored anew: by us, then nothing moves under the hands, or by somebody else."""
        if self.book.entry_of(self.columns.editor.draft()) != self.book.stored(key):
            self._turn_to(key)
            return
        self._take(self.book.draft(key))
        self.columns.editor.trouble.say("")
        self._head()
        self._ask(at_once=True)

    def _list(self) -> None:
        """The rows as they are now; the entry on screen stays the current one."""
        rows = self.book.rows()
        self._show_rows(rows)
        self.columns.entries.select(self._key)
        self.stack.show_entries(any_there=bool(rows))
        self.setFocusProxy(self.columns.list if rows else self.nothing.button)

    # -- one entry

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._key:
            self._turn_to(key)

    def _turn_to(self, key: str) -> None:
        """Shows another entry in the editor; none where ``key`` is empty."""
        self._key = key
        self._begin()
        self.columns.entries.select(key)
        if not key:
            return
        self._show_draft(self.book.draft(key))
        self._head()
        if self.book.raced(key):
            self._tell_race(None)
        self._ask(at_once=True)

    def _turn_to_first(self) -> None:
        rows = self.book.rows()
        self._turn_to(rows[0].key if rows else "")

    def _head(self) -> None:
        if not self._key:
            return
        head, draft, row = self.columns.head, self.book.draft(self._key), self.book.row(self._key)
        head.title.setText(line(row.entry.name) or (self._words.new if row.new else line(draft.base.name)))
        saved = [self.tr("not saved")] if row.new else [self.tr("edited, not saved")] if row.edited else []
        head.beside.setText(", ".join([*self._state(draft), *saved]))
        for button in (self.columns.save, self.columns.discard):
            button.setEnabled(self.book.edited(self._key))

    def _replaces(self, draft: D) -> str | None:
        """The stored name of what is edited; None for a new entry, and one that somebody took away."""
        return draft.base.name if draft.base is not None and self.book.stored(self._key) else None

    def showEvent(self, event: QShowEvent) -> None:
        """The window asks before it closes over edits."""
        super().showEvent(event)
        self.unsaved.watch(self.window())
