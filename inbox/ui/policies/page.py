"""The policies page: the list, the editor and the preview, kept together."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from inbox.model.change import Change
from inbox.model.workspace import Workspace
from inbox.ui.context import Context
from inbox.ui.entries.leaving import Unsaved
from inbox.ui.entries.page import EntriesPage
from inbox.ui.policies.columns import Columns
from inbox.ui.policies.deeds import Deeds
from inbox.ui.policies.draft import Draft, book, policy_of, unfinished, when_of
from inbox.ui.policies.judge import Judge
from inbox.ui.policies.live import Flows, Judging, Question, by_field
from inbox.ui.policies.reading import Scene, Standing, load, standing
from inbox.ui.policies.states import States
from inbox.ui.rules.options import Known
from inbox.ui.thread.plain import line
from inbox.ui.widgets import column
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.flow.entries import Saved

REFRESH_MS = 30_000


def policies_edited(policies: int) -> str:
    """Says how many policies are not saved."""
    if policies == 1:
        return QCoreApplication.translate("policies", "1 policy is edited and not saved")
    return counted("%n policies are edited and not saved", policies, "policies")


class PoliciesPage(EntriesPage):
    """Edits are kept for each policy until they are saved or discarded; whoever leaves finds them again."""

    def __init__(self, context: Context, parent: QWidget | None = None, judging: Judging | None = None) -> None:
        """Shows the policies as the window last read them, and reads them itself once the store is open."""
        columns = Columns()
        super().__init__(parent, columns)
        self._context = context
        self._judging = judging or Flows()
        self.book = book()
        self._known = Known(Workspace())
        self._key = ""
        self._asked_to_save: set[str] = set()
        self._read_yet = False
        self.deeds = Deeds(context, self)
        self.unsaved = Unsaved(self.book.unsaved, self, policies_edited)
        self.columns = columns
        self.list, self.editor = self.columns.list, self.columns.editor
        self.preview = self.columns.preview.body
        self.preview.begin(context.now)
        self.judge = Judge(context, self._judging, self.editor, self.preview, self._question)
        self.stack = States(self.columns)
        self.nothing, self.trouble = self.stack.nothing, self.stack.trouble
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(REFRESH_MS)
        column(self).addWidget(self.stack)
        self.setFocusProxy(self.list)
        self._connect()
        self._begin()

    def _connect(self) -> None:
        context, columns = self._context, self.columns
        context.opened.connect(self._read)
        context.changed.connect(self._changed)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(self._clicked)
        self.list.moved.connect(self._move)
        self.list.removed.connect(self._remove)
        self.list.copied.connect(self._copy)
        self.editor.changed.connect(self._edited)
        self.editor.trouble.theirs.connect(self._take_theirs)
        self.editor.trouble.mine.connect(self._keep_mine)
        columns.add.clicked.connect(self._new)
        columns.copy.clicked.connect(lambda: self._copy(self._key))
        columns.remove.clicked.connect(lambda: self._remove(self._key))
        columns.discard.clicked.connect(self.discard)
        columns.save.clicked.connect(self.save)
        self.nothing.acted.connect(self._new)
        self.trouble.acted.connect(self._read)
        self.deeds.changed.connect(self._done)
        self._stale.timeout.connect(self._refresh)
        for keys, act in ((QKeySequence.StandardKey.Save, self.save), (QKeySequence.StandardKey.New, self._new)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _begin(self) -> None:
        self.stack.wait()
        if self._context.store is not None:
            self._read()
        elif self._context.workspace.policies:
            self._show(Scene(self._context.workspace, ()))

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

        self._context.lanes.read(load, arrived, self._failed, key=("policies", id(self)))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if change.topics & {"config", "people"}:
            self._read()
        if (change.threads or change.many) and not self._stale.isActive():
            self._stale.start()

    @Slot()
    def _refresh(self) -> None:
        """Threads came in or changed: the counts follow, where somebody sees them."""
        self._judging.refresh()
        if self.isVisible():
            self.judge.ask(at_once=True)
            self._count()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody looked is asked anew."""
        super().showEvent(event)
        self.unsaved.watch(self.window())
        self._refresh()

    def _show(self, scene: Scene) -> None:
        first, self._read_yet = not self._read_yet, True
        shown, known = self.book.stored(self._key), self._known
        self.book.see(scene.workspace)
        self._known = Known(scene.workspace, scene.accounts or known.accounts)
        self.preview.know(self._known)
        self._list()
        key = self._key if self.book.has(self._key) else ""
        if not key:
            rows = self.list.policies.entries
            self._turn_to(rows[0].key if rows else "")
        elif self.book.raced(key):
            self._tell_race(scene)
        elif self.book.stored(key) != shown and not self.book.edited(key):
            self._follow(key)
        else:
            self.judge.ask(at_once=True)
        if first:
            self.columns.arrange(self.width())
        self._count()

    def _follow(self, key: str) -> None:
        """The policy on screen was stored anew: by us, then nothing moves under the hands, or by somebody else."""
        if policy_of(self.editor.draft()) == self.book.stored(key):
            self.editor.take(self.book.draft(key))
            self.editor.trouble.say("")
            self._head()
            self.judge.ask(at_once=True)
        else:
            self._turn_to(key)

    def _failed(self, error: Exception) -> None:
        if self._read_yet:
            self._context.tell(error)
        else:
            self.stack.explain(str(error))

    def _list(self) -> None:
        """The rows as they are now; the policy on screen stays the current one."""
        self.list.policies.show_entries(self.book.rows())
        self.list.select(self._key)
        any_there = bool(self.list.policies.rowCount())
        self.stack.show_policies(any_there=any_there)
        self.setFocusProxy(self.list if any_there else self.nothing.button)

    def _count(self) -> None:
        workspace, now = self.book.workspace, self._context.now()
        if self._context.store is None or not self.isVisible() or not workspace.policies:
            return

        def arrived(found: Standing) -> None:
            self.list.policies.show_use(found.uses, found.notes)
            self._note()

        self._context.lanes.read(
            lambda s: standing(s, workspace, now), arrived, self._context.tell, key=("policy use", id(self))
        )

    # -- one policy

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._key:
            self._turn_to(key)

    def _turn_to(self, key: str) -> None:
        """Shows another policy in the editor."""
        self._key = key
        self.judge.begin(strict=key in self._asked_to_save)
        self.list.select(key)
        if not key:
            return
        draft = self.book.draft(key)
        self.editor.show_draft(draft, self._known)
        self.preview.suit(when_of(draft))
        self._note()
        self._head()
        if self.book.raced(key):
            self._tell_race(None)
        self.judge.ask(at_once=True)

    def _note(self) -> None:
        """What the list has room for a line of only."""
        self.editor.say_note(" ".join(self.list.policies.notes.get(self._key, ())))

    def _head(self) -> None:
        columns, draft = self.columns, self.book.draft(self._key)
        edited = self.book.edited(self._key)
        columns.head.title.setText(line(draft.name) or self.tr("New policy"))
        said = "" if not edited else self.tr("not saved") if draft.base is None else self.tr("edited, not saved")
        columns.head.beside.setText(said)
        columns.save.setEnabled(edited)
        columns.discard.setEnabled(edited)

    @Slot()
    def _edited(self) -> None:
        self.book.keep(self._key, self.editor.draft(typed=True))
        self._head()
        self.list.policies.show_entry(self.book.row(self._key))
        self.judge.show()
        self.judge.ask()

    def _question(self) -> Question | None:
        if not self._key or not self.isVisible():
            return None
        draft = self.editor.draft(typed=True)
        place = draft.position if draft.base is None else None
        replaces = draft.base.name if draft.base is not None and self.book.stored(self._key) else None
        return Question(policy_of(draft), replaces, place, self.book.workspace, *self.preview.mention())

    # -- what people do

    @Slot()
    def _new(self) -> None:
        self._write_new(self.book.add(Draft()))

    @Slot(str)
    def _copy(self, key: str) -> None:
        """A new policy like this one, before it, so that it can be made narrower."""
        if not self.book.has(key):
            return
        draft = self.book.draft(key)
        name = self.book.twin_name(draft.name.strip()) if draft.name.strip() else ""
        self._write_new(self.book.add(replace(draft, name=name), self.book.place_of(key)))

    def _write_new(self, key: str) -> None:
        self._key = key
        self._list()
        self._turn_to(key)
        self.list.scrollTo(self.list.currentIndex())
        self.columns.open_editor()
        self.editor.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.name.selectAll()

    @Slot(str)
    def _open(self, key: str) -> None:
        """Enter: from the list into the policy."""
        self._choose(key)
        self.columns.open_editor()
        self.editor.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clicked(self) -> None:
        self.columns.open_editor()

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

    @Slot(str)
    def _remove(self, key: str) -> None:
        if not self.book.has(key):
            return
        at = self.list.policies.place_of(key)
        stored = self.book.stored(key) is not None
        draft = self.book.drop(key)
        if stored:
            self.book.forget(key)
            self.deeds.remove(key)
        elif draft is not None:
            self._offer_back(key, draft, self.tr("The new policy is gone."))
        self._list()
        rows = self.list.policies.entries
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
            self.judge.be_strict()
            self.editor.go_to(next(iter(missing)))
            return
        policy = policy_of(draft)
        replaces = draft.base.name if draft.base is not None else None
        place = draft.position if draft.base is None else None

        def saved(_done: "Saved[Any]") -> None:
            self._asked_to_save.discard(key)
            self.book.saved(key, policy)
            self.editor.trouble.say("")
            if self._key == key:
                self._key = policy.name

        self.columns.save.setEnabled(False)
        self.deeds.save(policy, replaces, place, saved, self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        """Told where the person is working: the edits are all there."""
        from inbox.store.errors import LostRace, NotFound

        troubles = getattr(error, "troubles", ())
        self._head()
        if troubles:
            self._asked_to_save.add(self._key)
            self.judge.refuse(by_field(troubles))
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
            self._offer_back(key, draft, self.tr("Your edits are gone."))

    def _offer_back(self, key: str, draft: Draft, sentence: str) -> None:
        def back() -> None:
            self.book.keep(key, draft)
            self._key = key
            self._list()
            self._turn_to(key)

        self._context.toast(sentence, back)

    # -- somebody else was quicker

    def _tell_race(self, scene: Scene | None) -> None:
        name = self.tr("Somebody")
        if scene is not None and scene.policy == self._key:
            name = scene.who or name
        gone = self.book.stored(self._key) is None
        words = (
            self.tr("%1 took this policy away while you were editing it. Keep yours to write it anew.")
            if gone
            else self.tr("%1 changed this policy while you were editing it. Nothing of yours is lost.")
        )
        self.editor.trouble.say(words.replace("%1", name), race=True)

    @Slot()
    def _take_theirs(self) -> None:
        self.editor.trouble.say("")
        key = self._key
        draft = self.book.drop(key)
        self._key = key if self.book.has(key) else ""
        self._list()
        rows = self.list.policies.entries
        self._turn_to(self._key or (rows[0].key if rows else ""))
        if draft is not None:
            self._offer_back(key, draft, self.tr("Your edits are gone."))

    @Slot()
    def _keep_mine(self) -> None:
        self.editor.trouble.say("")
        self._key = self.book.rebase(self._key)
        self._list()
        self.editor.take(self.book.draft(self._key))
        self._head()
        self.judge.ask(at_once=True)

    @Slot(object)
    def _done(self, workspace: Workspace | None) -> None:
        """A change of ours ended, well (then with the workspace as it is) or not."""
        if self.deeds.under_way:
            return
        if workspace is None:
            self._read()
        else:
            self._show(Scene(workspace, self._known.accounts))
