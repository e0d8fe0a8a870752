"""What people do with the entries of a page: write new ones, copy, move, remove, save, discard, and settle races."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from inbox.model.workspace import Workspace
from inbox.ui.entries.book import LAST, D, E, Shown
from inbox.ui.entries.reading import Scene
from inbox.ui.entries.shown import ShownEntries

if TYPE_CHECKING:
    from inbox.flow.entries import Saved


class EntriesPage(ShownEntries[E, D]):
    """Edits are kept for each entry until they are saved or discarded; whoever leaves finds them again."""

    def start(self, ahead: Sequence[E] = ()) -> None:
        """Everything is connected, then read."""
        columns, entries, editor = self.columns, self.columns.entries, self.columns.editor
        entries.chosen.connect(self._choose)
        entries.opened.connect(self._open)
        columns.list.clicked.connect(columns.open_editor)
        entries.removed.connect(self._remove)
        editor.changed.connect(self._edited)
        editor.trouble.theirs.connect(self._take_theirs)
        editor.trouble.mine.connect(self._keep_mine)
        columns.add.clicked.connect(self._new)
        columns.remove.clicked.connect(self._remove_current)
        columns.discard.clicked.connect(self.discard)
        columns.save.clicked.connect(self.save)
        self.nothing.acted.connect(self._write_first)
        self.deeds.changed.connect(self._done)
        for keys, act in ((QKeySequence.StandardKey.Save, self.save), (QKeySequence.StandardKey.New, self._new)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        super().start(ahead)

    # -- what each page does its own way

    def _blank(self) -> D:
        """What a new entry begins as."""
        raise NotImplementedError

    def _missing(self, draft: D) -> Mapping[str, str]:
        """What has to be given before it can be saved, by field."""
        raise NotImplementedError

    def _complain(self, errors: Mapping[str, str], *, refused: bool) -> None:
        """Says what is missing, or why it was ``refused``, at each field."""
        raise NotImplementedError

    def _show_row(self, row: Shown[E]) -> None:
        """One row anew."""
        raise NotImplementedError

    def _by_field(self, troubles: Sequence[tuple[str, str]]) -> dict[str, str]:
        """The first sentence of each field."""
        return dict(reversed(troubles))

    # -- what people do

    @Slot()
    def _edited(self) -> None:
        self.book.keep(self._key, self.columns.editor.draft(typed=True))
        self._head()
        self._show_row(self.book.row(self._key))
        self._ask()

    @Slot()
    def _new(self) -> None:
        self._write_new(self._blank())

    @Slot()
    def _write_first(self) -> None:
        self._new()

    def _write_new(self, draft: D, position: int = LAST) -> None:
        self._key = self.book.add(draft, position)
        self._list()
        self._turn_to(self._key)
        self.columns.list.scrollTo(self.columns.list.currentIndex())
        self.columns.open_editor()
        self._to_name()
        name = self.columns.editor.focusProxy()
        if isinstance(name, QLineEdit):
            name.selectAll()

    def _to_name(self) -> None:
        self.columns.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _open(self, key: str) -> None:
        """Enter: from the list into the entry."""
        self._choose(key)
        self.columns.open_editor()
        self._to_name()

    @Slot(str, int)
    def _move(self, key: str, place: int) -> None:
        stored = self.book.stored(key) is not None
        self.book.move(key, place)
        self._list()
        self.columns.list.scrollTo(self.columns.list.currentIndex())
        if stored:
            self.deeds.move(key, place)
        elif key == self._key:
            self._take(self.book.draft(key))

    @Slot(str)
    def _remove(self, key: str) -> None:
        if not self.book.has(key):
            return
        at = self._row_of(key)
        stored = self.book.stored(key) is not None
        draft = self.book.drop(key)
        if stored:
            self.book.forget(key)
            self.deeds.remove(key)
        elif draft is not None:
            self._offer_back(key, draft, self._words.gone)
        self._leave(key, at)

    @Slot()
    def _remove_current(self) -> None:
        self._remove(self._key)

    def _row_of(self, key: str) -> int:
        return [each.key for each in self.book.rows()].index(key)

    def _leave(self, key: str, at: int) -> None:
        """An entry went that stood ``at`` a row: the one that stands there now comes on screen."""
        self._list()
        rows = self.book.rows()
        if key == self._key:
            self._turn_to(rows[min(at, len(rows) - 1)].key if rows else "")
            self.columns.back()

    @Slot()
    def save(self) -> None:
        """Stores the entry on screen; what is missing or wrong is said at its field."""
        if not self._key or not self.columns.editor.finish() or not self.book.edited(self._key):
            return
        draft: D = self.columns.editor.draft()
        key = self._key
        missing = self._missing(draft)
        if missing:
            self._asked_to_save.add(key)
            self._complain(missing, refused=False)
            self.columns.editor.go_to(next(iter(missing)))
            return
        entry = self.book.entry_of(draft)
        replaces = draft.base.name if draft.base is not None else None
        place = draft.position if draft.base is None else None

        def saved(_done: "Saved[Any]") -> None:
            self._asked_to_save.discard(key)
            self.book.saved(key, entry)
            self.columns.editor.trouble.say("")
            if self._key == key:
                self._key = entry.name

        def refused(error: Exception) -> None:
            if self._key == key:
                self._not_saved(error)
            else:
                # The person went on to another entry; there it would be said of the wrong one.
                self._asked_to_save.add(key)
                self._context.tell(error)

        self.columns.save.setEnabled(False)
        self.deeds.save(entry, replaces, place, saved, refused)

    def _not_saved(self, error: Exception) -> None:
        """Told where the person is working: the edits are all there."""
        from inbox.store.errors import LostRace, NotFound

        troubles = getattr(error, "troubles", ())
        self._head()
        if troubles:
            errors = self._by_field(troubles)
            self._asked_to_save.add(self._key)
            self._complain(errors, refused=True)
            self.columns.editor.go_to(next(iter(errors)))
            return
        self.columns.editor.trouble.say(str(error), "soon" if isinstance(error, LostRace | NotFound) else "late")

    @Slot()
    def discard(self) -> None:
        """The entry on screen as it is stored; a new one goes."""
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

    def _offer_back(self, key: str, draft: D, sentence: str) -> None:
        def back() -> None:
            self.book.keep(key, draft)
            self._key = key
            self._list()
            self._turn_to(key)

        self._context.toast(sentence, back)

    # -- somebody else was quicker

    def _tell_race(self, scene: Scene | None) -> None:
        known = scene is not None and scene.entry == self._key and scene.who
        name = scene.who if scene is not None and known else self.tr("Somebody")
        words = self._words.took if self.book.stored(self._key) is None else self._words.changed
        self.columns.editor.trouble.say(words.replace("%1", name), race=True)

    @Slot()
    def _take_theirs(self) -> None:
        self.columns.editor.trouble.say("")
        key = self._key
        draft = self.book.drop(key)
        self._key = key if self.book.has(key) else ""
        self._list()
        if self._key:
            self._turn_to(key)
        else:
            self._turn_to_first()
        if draft is not None:
            self._offer_back(key, draft, self.tr("Your edits are gone."))

    @Slot()
    def _keep_mine(self) -> None:
        self.columns.editor.trouble.say("")
        self._key = self.book.rebase(self._key)
        self._list()
        self._take(self.book.draft(self._key))
        self._head()
        self._ask(at_once=True)

    @Slot(object)
    def _done(self, workspace: Workspace | None) -> None:
        """A change of ours ended, well (then with the workspace as it is) or not."""
        if self.deeds.under_way:
            return
        if workspace is None:
            self._read()
        else:
            self._show(Scene(workspace))
