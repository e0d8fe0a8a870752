"""The page of escalation policies: the list, the editor, who would be called now, and the services."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from inbox.model.change import Change
from inbox.model.workspace import Workspace
from inbox.ui.context import Context
from inbox.ui.entries.leaving import Unsaved
from inbox.ui.entries.page import EntriesPage
from inbox.ui.ladders.columns import Columns
from inbox.ui.ladders.deeds import Deeds
from inbox.ui.ladders.draft import Draft, book, ladder_of, unfinished, usual
from inbox.ui.ladders.reading import Answer, Question, Scene, asker, load
from inbox.ui.ladders.states import States
from inbox.ui.ladders.words import options, row_lines, services_of, tr
from inbox.ui.policies.live import Asker
from inbox.ui.thread.plain import line
from inbox.ui.widgets import column
from inbox.ui.widgets.rowlist import Row
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.flow.entries import Saved

PAUSE_MS = 120


def ladders_edited(ladders: int) -> str:
    """Says how many policies are not saved."""
    return counted("%n escalation policy(s) edited and not saved", ladders, "ladders")


class LaddersPage(EntriesPage):
    """Edits are kept for each policy until they are saved or discarded; whoever leaves finds them again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Reads once the store is open."""
        columns = Columns(context)
        super().__init__(parent, columns)
        self._context = context
        self.book = book()
        self._key = ""
        self._read_yet = False
        self._problems: dict[str, str] = {}
        self._left: set[str] = set()
        self._asked_to_save: set[str] = set()
        self.deeds = Deeds(context, self)
        self.unsaved = Unsaved(self.book.unsaved, self, ladders_edited)
        self.columns = columns
        self.list, self.editor, self.preview = columns.list, columns.editor, columns.preview.body
        self.asker = Asker(context, asker(context), PAUSE_MS, self)
        self.stack = States(columns)
        self.nothing, self.trouble = self.stack.nothing, self.stack.trouble
        column(self).addWidget(self.stack)
        self.setFocusProxy(self.list)
        self._connect()
        self.stack.wait()
        self._read()

    def _connect(self) -> None:
        context, columns = self._context, self.columns
        context.opened.connect(self._read)
        context.changed.connect(self._changed)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(columns.open_editor)
        self.list.moved.connect(self._move)
        self.list.removed.connect(self._remove)
        self.list.copied.connect(self._copy)
        self.editor.changed.connect(self._edited)
        self.editor.left.connect(self._leave)
        self.editor.trouble.theirs.connect(self._take_theirs)
        self.editor.trouble.mine.connect(self._keep_mine)
        self.asker.answered.connect(self._answered)
        self.asker.failed.connect(context.tell)
        self.preview.services.named.connect(self._relist)
        columns.add.clicked.connect(self._new)
        columns.copy.clicked.connect(lambda: self._copy(self._key))
        columns.remove.clicked.connect(lambda: self._remove(self._key))
        columns.discard.clicked.connect(self.discard)
        columns.save.clicked.connect(self.save)
        self.nothing.acted.connect(self._begin_usual)
        self.stack.blank.clicked.connect(self._new)
        self.trouble.acted.connect(self._read)
        self.deeds.changed.connect(self._done)
        for keys, act in ((QKeySequence.StandardKey.Save, self.save), (QKeySequence.StandardKey.New, self._new)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

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

        self._context.lanes.read(load, arrived, self._failed, key=("ladders", id(self)))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if change.topics & {"config", "people"}:
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Shifts began and ended while nobody looked: it is asked anew."""
        super().showEvent(event)
        self.unsaved.watch(self.window())
        self._ask(at_once=True)

    def _show(self, scene: Scene) -> None:
        first, self._read_yet = not self._read_yet, True
        shown = self.book.stored(self._key)
        self.book.see(scene.workspace)
        self._list()
        key = self._key if self.book.has(self._key) else ""
        if not key:
            rows = self.book.rows()
            self._turn_to(rows[0].key if rows else "")
        elif self.book.raced(key):
            self._tell_race(scene)
        elif self.book.stored(key) != shown and not self.book.edited(key):
            self._follow(key)
        else:
            self._ask(at_once=True)
        if first:
            self.columns.arrange(self.width())

    def _follow(self, key: str) -> None:
        """The policy on screen was stored anew: by us, then nothing moves under the hands, or by somebody else."""
        if ladder_of(self.editor.draft()) == self.book.stored(key):
            self.editor.take(self.book.draft(key))
            self.editor.trouble.say("")
            self._head()
            self._ask(at_once=True)
        else:
            self._turn_to(key)

    def _failed(self, error: Exception) -> None:
        if self._read_yet:
            self._context.tell(error)
        else:
            self.stack.explain(str(error))

    @Slot()
    def _relist(self) -> None:
        self._list()

    def _list(self) -> None:
        """The rows as they are now; the policy on screen stays the current one."""
        shown = self.book.rows()
        known = options(self.book.workspace)
        made = []
        for each in shown:
            state = tr("not saved") if each.new else tr("edited") if each.edited else ""
            name = line(each.entry.name) or tr("New policy")
            tag = (state, "accent", "") if state else None
            made.append(Row(each.key, name, row_lines(each.entry, known), tag=tag))
        # Arrows lead on from the current row: only what the person chose is told.
        self.list.blockSignals(True)
        self.list.show_rows(made)
        self.list.blockSignals(False)
        self.list.select(self._key)
        self.stack.show_ladders(any_there=bool(shown))
        self.setFocusProxy(self.list if shown else self.nothing.button)
        self.preview.services.show_services(services_of(tuple(each.entry for each in shown)))

    # -- one policy

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._key:
            self._turn_to(key)

    def _turn_to(self, key: str) -> None:
        """Shows another policy in the editor."""
        self._key = key
        self._problems, self._left = {}, set()
        self.asker.forget()
        self.list.select(key)
        if not key:
            return
        known = options(self.book.workspace, self.preview.services.names)
        self.editor.show_draft(self.book.draft(key), known)
        self._head()
        self._show_errors()
        if self.book.raced(key):
            self._tell_race(None)
        self._ask(at_once=True)

    def _head(self) -> None:
        columns, draft = self.columns, self.book.draft(self._key)
        edited = self.book.edited(self._key)
        columns.head.title.setText(line(draft.name) or tr("New policy"))
        said = "" if not edited else tr("not saved") if draft.base is None else tr("edited, not saved")
        columns.head.beside.setText(said)
        columns.save.setEnabled(edited)
        columns.discard.setEnabled(edited)

    @Slot()
    def _edited(self) -> None:
        self.book.keep(self._key, self.editor.draft(typed=True))
        self._head()
        self._list()
        self._show_errors()
        self._ask()

    @Slot(str)
    def _leave(self, field: str) -> None:
        if field != "name":
            self._left.add(field)
            self._show_errors()

    def _ask(self, *, at_once: bool = False) -> None:
        if not self._key or not self.isVisible() or self._context.store is None:
            return
        draft = self.editor.draft(typed=True)
        replaces = draft.base.name if draft.base is not None and self.book.stored(self._key) else None
        self.asker.ask(Question(ladder_of(draft), replaces, self.book.workspace), at_once=at_once)  # type: ignore[arg-type]  # it takes any question

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        missing = unfinished(self.editor.draft(typed=True))
        # What is only missing has words of its own, and is right again with the first letter.
        self._problems = {field: said for field, said in answer.problems.items() if field not in missing}
        self._show_errors()
        self.preview.show_would(answer.would)

    def _show_errors(self) -> None:
        missing = unfinished(self.editor.draft(typed=True))
        strict = self._key in self._asked_to_save
        said = missing if strict else {field: missing[field] for field in missing if field in self._left}
        self.editor.show_errors({**self._problems, **said})

    # -- what people do

    @Slot()
    def _new(self) -> None:
        self._write_new(self.book.add(Draft()))

    @Slot()
    def _begin_usual(self) -> None:
        self._write_new(self.book.add(usual()))

    @Slot(str)
    def _copy(self, key: str) -> None:
        """A new policy like this one, behind it."""
        if self.book.has(key):
            draft = self.book.draft(key)
            name = self.book.twin_name(draft.name.strip()) if draft.name.strip() else ""
            self._write_new(self.book.add(replace(draft, name=name), self.book.place_of(key) + 1))

    def _write_new(self, key: str) -> None:
        self._key = key
        self._list()
        self._turn_to(key)
        self.list.scrollTo(self.list.currentIndex())
        self.columns.open_editor()
        self.editor.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.name.selectAll()

    @Slot(object)
    def _open(self, key: str) -> None:
        """Enter: from the list into the policy."""
        self._choose(key)
        self.columns.open_editor()
        self.editor.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str, int)
    def _move(self, key: str, place: int) -> None:
        stored = self.book.stored(key) is not None
        self.book.move(key, place)
        self._list()
        self.list.scrollTo(self.list.currentIndex())
        if stored:
            self.deeds.move(key, place)
        elif key == self._key:
            self.editor.take(self.book.draft(key))

    @Slot(object)
    def _remove(self, key: str) -> None:
        if not self.book.has(key):
            return
        at = [each.key for each in self.book.rows()].index(key)
        stored = self.book.stored(key) is not None
        draft = self.book.drop(key)
        if stored:
            self.book.forget(key)
            self.deeds.remove(key)
        elif draft is not None:
            self._offer_back(key, draft, tr("The new policy is gone."))
        self._list()
        rows = self.book.rows()
        if key == self._key:
            self._turn_to(rows[min(at, len(rows) - 1)].key if rows else "")
            self.columns.back()

    @Slot()
    def save(self) -> None:
        """Stores the policy on screen; what is missing or wrong is said at its field."""
        if not self._key or not self.book.edited(self._key):
            return
        self.editor.finish()
        draft, key = self.editor.draft(), self._key
        missing = unfinished(draft)
        if missing:
            self._asked_to_save.add(key)
            self._show_errors()
            self.editor.go_to(next(iter(missing)))
            return
        ladder = ladder_of(draft)
        replaces = draft.base.name if draft.base is not None else None
        place = draft.position if draft.base is None else None

        def saved(_done: "Saved[Any]") -> None:
            self._asked_to_save.discard(key)
            self.book.saved(key, ladder)
            self.editor.trouble.say("")
            if self._key == key:
                self._key = ladder.name

        self.columns.save.setEnabled(False)
        self.deeds.save(ladder, replaces, place, saved, self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        """Told where the person is working: the edits are all there."""
        from inbox.store.errors import LostRace, NotFound

        troubles = getattr(error, "troubles", ())
        self._head()
        if troubles:
            self._asked_to_save.add(self._key)
            self._problems = dict(reversed(troubles))
            self._show_errors()
            self.editor.go_to(troubles[0][0])
            return
        self.editor.trouble.say(str(error), "soon" if isinstance(error, LostRace | NotFound) else "late")

    @Slot()
    def discard(self) -> None:
        """The policy on screen as it is stored; a new one goes."""
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
            self._offer_back(key, draft, tr("Your edits are gone."))

    def _offer_back(self, key: str, draft: Draft, sentence: str) -> None:
        def back() -> None:
            self.book.keep(key, draft)
            self._key = key
            self._list()
            self._turn_to(key)

        self._context.toast(sentence, back)

    # -- somebody else was quicker

    def _tell_race(self, scene: Scene | None) -> None:
        name = scene.who if scene is not None and scene.ladder == self._key and scene.who else tr("Somebody")
        gone = self.book.stored(self._key) is None
        words = (
            tr("%1 took this policy away while you were editing it. Keep yours to write it anew.")
            if gone
            else tr("%1 changed this policy while you were editing it. Nothing of yours is lost.")
        )
        self.editor.trouble.say(words.replace("%1", name), race=True)

    @Slot()
    def _take_theirs(self) -> None:
        self.editor.trouble.say("")
        key = self._key
        draft = self.book.drop(key)
        self._key = key if self.book.has(key) else ""
        self._list()
        rows = self.book.rows()
        self._turn_to(self._key or (rows[0].key if rows else ""))
        if draft is not None:
            self._offer_back(key, draft, tr("Your edits are gone."))

    @Slot()
    def _keep_mine(self) -> None:
        self.editor.trouble.say("")
        self._key = self.book.rebase(self._key)
        self._list()
        self.editor.take(self.book.draft(self._key))
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
