"""The rules page: the list, the editor and the live matches, kept together."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.model.workspace import Rule, Workspace
from inbox.ui.context import Context
from inbox.ui.entries.leaving import Unsaved
from inbox.ui.entries.page import EntriesPage
from inbox.ui.rules.book import RuleBook
from inbox.ui.rules.columns import Columns
from inbox.ui.rules.deeds import Deeds
from inbox.ui.rules.draft import Draft, blank, draft_of, rule_of, unfinished
from inbox.ui.rules.judge import Judge
from inbox.ui.rules.live import Live, Matching, Question, StoredThreads, by_field
from inbox.ui.rules.options import Known
from inbox.ui.rules.reading import Scene, load
from inbox.ui.rules.states import States
from inbox.ui.thread.plain import line
from inbox.ui.widgets import column

if TYPE_CHECKING:
    from inbox.flow.entries import Saved

REFRESH_MS = 15_000


class RulesPage(EntriesPage):
    """Edits are kept for each rule until they are saved or discarded; whoever leaves finds them again."""

    def __init__(self, context: Context, parent: QWidget | None = None, matching: Matching | None = None) -> None:
        """Shows the rules as the window last read them, and reads them itself once the store is open."""
        columns = Columns(context)
        super().__init__(parent, columns)
        self._context = context
        self._matching = matching or StoredThreads()
        self.book = RuleBook()
        self._known = Known(Workspace())
        self._key = ""
        self._asked_to_save: set[str] = set()
        self._read_yet = False
        self.deeds = Deeds(context, self)
        self.unsaved = Unsaved(self.book.unsaved, self)
        self.columns = columns
        self.list, self.editor, self.matches = self.columns.list, self.columns.editor, self.columns.matches
        live = Live(context, self._matching, self)
        self.judge = Judge(live, self.editor, self.matches, self._question)
        self.stack = States(self.columns)
        self.nothing, self.trouble = self.stack.nothing, self.stack.trouble
        self._stale = QTimer(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        column(self).addWidget(self.stack)
        self._stale.setSingleShot(True)
        self._stale.setInterval(REFRESH_MS)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        context, columns = self._context, self.columns
        context.opened.connect(self._read)
        context.changed.connect(self._changed)
        context.rule_wanted.connect(self.edit_new)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(self._clicked)
        self.list.switched.connect(self._switch)
        self.list.moved.connect(self._move)
        self.list.removed.connect(self._remove)
        self.editor.changed.connect(self._edited)
        self.editor.trouble.theirs.connect(self._take_theirs)
        self.editor.trouble.mine.connect(self._keep_mine)
        self.matches.opened.connect(self._open_thread)
        columns.add.clicked.connect(self._new)
        columns.remove.clicked.connect(self._remove_current)
        columns.discard.clicked.connect(self.discard)
        columns.save.clicked.connect(self.save)
        columns.backtest.wanted.connect(self._try)
        columns.whole_backtest.clicked.connect(self._show_backtest)
        self.nothing.acted.connect(self._new)
        self.trouble.acted.connect(self._read)
        self.deeds.changed.connect(self._done)
        self._stale.timeout.connect(self._refresh)
        for keys, act in ((QKeySequence.StandardKey.Save, self.save), (QKeySequence.StandardKey.New, self._new)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.stack.wait()
        if context.store is not None:
            self._read()
        elif context.workspace.rules:
            self._show(Scene(context.workspace, ()))

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

        self._context.lanes.read(load, arrived, self._failed, key=("rules", id(self)))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if change.topics & {"config", "people"}:
            self._read()
        if (change.threads or change.many) and not self._stale.isActive():
            self._stale.start()

    @Slot()
    def _refresh(self) -> None:
        """Threads came in or changed: the matches and counts follow, where somebody sees them."""
        self._matching.refresh()
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
        self._list()
        key = self._key if self.book.has(self._key) else ""
        if not key:
            rows = self.list.rules.entries
            self._turn_to(rows[0].key if rows else "")
        elif first:
            # Another screen suggested a rule before anything was read: what it may name is known only now.
            self._turn_to(key)
        elif self.book.raced(key):
            self._tell_race(scene)
        elif self.book.stored(key) != shown and not self.book.edited(key):
            self._follow(key)
        if first:
            self.columns.arrange(self.width())
        self._count()

    def _follow(self, key: str) -> None:
        """The rule on screen was stored anew: by us, then nothing moves under the hands, or by somebody else."""
        if rule_of(self.editor.draft()) == self.book.stored(key):
            self.editor.take(self.book.draft(key))
            self.editor.trouble.say("")
            self._head()
        else:
            self._turn_to(key)

    def _failed(self, error: Exception) -> None:
        if self._read_yet:
            self._context.tell(error)
        else:
            self.stack.explain(str(error))

    def _list(self) -> None:
        """The rows as they are now; the rule on screen stays the current one."""
        self.list.rules.show_entries(self.book.rows())
        self.list.select(self._key)
        any_there = bool(self.list.rules.rowCount())
        self.stack.show_rules(any_there=any_there)
        self.setFocusProxy(self.list if any_there else self.nothing.button)

    def _count(self) -> None:
        store, workspace, now = self._context.store, self.book.workspace, self._context.now()
        if store is not None and self.isVisible() and workspace.rules:
            matching = self._matching
            self._context.lanes.run(
                lambda: matching.counts(store, workspace, now),
                self.list.rules.show_counts,
                self._context.tell,
                key=("rule counts", id(self)),
            )

    # -- one rule

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._key:
            self._turn_to(key)

    def _turn_to(self, key: str) -> None:
        """Shows another rule in the editor."""
        self._key = key
        self.judge.begin(strict=key in self._asked_to_save)
        self.list.select(key)
        if not key:
            return
        self.editor.show_draft(self.book.draft(key), self._known)
        self.columns.backtest.clear()
        self._head()
        if self.book.raced(key):
            self._tell_race(None)
        self.judge.ask(at_once=True)

    def _head(self) -> None:
        columns, draft = self.columns, self.book.draft(self._key)
        edited = self.book.edited(self._key)
        columns.head.title.setText(line(draft.name) or self.tr("New rule"))
        said = [] if draft.on else [self.tr("off")]
        if draft.base is None:
            said.append(self.tr("not saved"))
        elif edited:
            said.append(self.tr("edited, not saved"))
        columns.head.beside.setText(", ".join(said))
        columns.save.setEnabled(edited)
        columns.discard.setEnabled(edited)

    @Slot()
    def _edited(self) -> None:
        self.book.keep(self._key, self.editor.draft(typed=True))
        self._head()
        self.list.rules.show_entry(self.book.row(self._key))
        self.columns.backtest.expire()
        self.judge.show()
        self.judge.ask()

    # -- live matches

    def _question(self) -> Question | None:
        if not self._key or self._context.store is None or not self.isVisible():
            return None
        draft = self.editor.draft()
        typing_in, typing = self.editor.typing()
        place = draft.position if draft.base is None else None
        replaces = draft.base.name if draft.base is not None and self.book.stored(self._key) else None
        return Question(rule_of(draft), replaces, place, self.book.workspace, typing, typing_in)

    @Slot(object)
    def _open_thread(self, thread_id: ThreadId) -> None:
        self._context.open_thread(thread_id)

    # -- what people do

    @Slot()
    def _new(self) -> None:
        self._begin(self.book.add(blank()))

    @Slot(object)
    def edit_new(self, rule: Rule) -> None:
        """A rule that another screen suggests, as a new one that is not saved yet."""
        self._begin(self.book.add(draft_of(rule)))
        if not self.isVisible():
            self._context.go("rules")

    def _begin(self, key: str) -> None:
        self._key = key
        self._list()
        self._turn_to(key)
        self.list.scrollTo(self.list.currentIndex())
        self.columns.show_tab("rule")
        self.columns.open_editor()
        self.editor.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _open(self, key: str) -> None:
        """Enter: from the list into the rule."""
        self._choose(key)
        self.columns.open_editor()
        self.editor.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clicked(self) -> None:
        self.columns.open_editor()

    @Slot(str, bool)
    def _switch(self, key: str, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        stored = self.book.stored(key) is not None
        self.book.switch(key, on=on)
        self._list()
        if key == self._key:
            self.editor.take(self.book.draft(key))
            self._head()
        if stored:
            self.deeds.switch(key, on=on)

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
        at = self.list.rules.place_of(key)
        stored = self.book.stored(key) is not None
        draft = self.book.drop(key)
        if stored:
            self.book.forget(key)
            self.deeds.remove(key)
        elif draft is not None:
            self._offer_back(key, draft, self.tr("The new rule is gone."))
        self._list()
        rows = self.list.rules.entries
        if key == self._key:
            self._turn_to(rows[min(at, len(rows) - 1)].key if rows else "")
            self.columns.back()

    @Slot()
    def _remove_current(self) -> None:
        self._remove(self._key)

    @Slot()
    def save(self) -> None:
        """Stores the rule on screen; what is missing or wrong is said at its field."""
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
        rule = rule_of(draft)
        replaces = draft.base.name if draft.base is not None else None
        place = draft.position if draft.base is None else None

        def saved(_done: "Saved[Any]") -> None:
            self._asked_to_save.discard(key)
            self.book.saved(key, rule)
            self.editor.trouble.say("")
            if self._key == key:
                self._key = rule.name

        self.columns.save.setEnabled(False)
        self.deeds.save(rule, replaces, place, saved, self._not_saved)

    @Slot()
    def _try(self) -> None:
        """The rule as it stands, on the history."""
        self.editor.finish()
        draft = self.editor.draft()
        missing = unfinished(draft)
        missing.pop("name", None)
        if missing:
            self._asked_to_save.add(self._key)
            self.judge.be_strict()
            self.editor.go_to(next(iter(missing)))
            return
        rule = rule_of(draft)
        named = rule if rule.name else replace(rule, name=self.tr("New rule"))
        self.columns.backtest.run(self.book.trial(self._key, named), area=rule.then.area)

    @Slot()
    def _show_backtest(self) -> None:
        self._context.go("backtest")

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
        """The rule on screen as it is stored; a new one goes."""
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
        if scene is not None and scene.rule == self._key:
            name = scene.who or name
        gone = self.book.stored(self._key) is None
        words = (
            self.tr("%1 took this rule away while you were editing it. Keep yours to write it anew.")
            if gone
            else self.tr("%1 changed this rule while you were editing it. Nothing of yours is lost.")
        )
        self.editor.trouble.say(words.replace("%1", name), race=True)

    @Slot()
    def _take_theirs(self) -> None:
        self.editor.trouble.say("")
        draft = self.book.drop(self._key)
        key = self._key
        self._key = key if self.book.has(key) else ""
        self._list()
        rows = self.list.rules.entries
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

    @Slot(object)
    def _done(self, workspace: Workspace | None) -> None:
        """A change of ours ended, well (then with the workspace as it is) or not."""
        if self.deeds.under_way:
            return
        if workspace is None:
            self._read()
        else:
            self._show(Scene(workspace, self._known.accounts))
