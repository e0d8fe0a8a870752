"""The rules page: the list, the editor and the live matches, kept together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.ids import ThreadId
from inbox.model.workspace import Rule, Workspace
from inbox.ui.context import Context
from inbox.ui.entries.asking import Asker
from inbox.ui.entries.book import LAST, Shown
from inbox.ui.entries.following import FollowingPage
from inbox.ui.entries.reading import Scene, by_field
from inbox.ui.entries.shown import Words
from inbox.ui.rules.book import RuleBook
from inbox.ui.rules.columns import Columns
from inbox.ui.rules.deeds import Deeds
from inbox.ui.rules.draft import Draft, blank, draft_of, rule_of, unfinished
from inbox.ui.rules.judge import Judge
from inbox.ui.rules.live import DEBOUNCE_MS, Matching, Question, StoredThreads, asker
from inbox.ui.rules.options import Known
from inbox.ui.rules.states import states
from inbox.ui.widgets.words import counted

REFRESH_MS = 15_000


def rules_edited(rules: int) -> str:
    """Says how many rules are not saved."""
    if rules == 1:
        return _tr("1 rule is edited and not saved")
    return counted("%n rules are edited and not saved", rules, "rules")


def words() -> Words:
    """How the page speaks of rules."""
    return Words(
        "rule",
        _tr("New rule"),
        _tr("The new rule is gone."),
        _tr("%1 took this rule away while you were editing it. Keep yours to write it anew."),
        _tr("%1 changed this rule while you were editing it. Nothing of yours is lost."),
        rules_edited,
    )


class RulesPage(FollowingPage[Rule, Draft]):
    """The first rule that matches wins: people choose the order, switch rules, and try them on the history."""

    columns: Columns
    book: RuleBook
    deeds: Deeds

    def __init__(self, context: Context, parent: QWidget | None = None, matching: Matching | None = None) -> None:
        """Shows the rules as the window last read them, and reads them itself once the store is open."""
        columns = Columns(context)
        super().__init__(context, parent, words=words(), book=RuleBook(), stack=states(columns), deeds=Deeds)
        self._matching = matching or StoredThreads()
        self._known = Known(Workspace())
        self.list, self.editor, self.matches = columns.list, columns.editor, columns.matches
        live = Asker(context, asker(context, self._matching), DEBOUNCE_MS, self)
        self.judge = Judge(live, self.editor, self.matches, self._question)
        self.follow(self._matching, REFRESH_MS)
        context.rule_wanted.connect(self.edit_new)
        self.list.switched.connect(self._switch)
        self.list.moved.connect(self._move)
        self.matches.opened.connect(self._open_thread)
        columns.backtest.wanted.connect(self._try)
        columns.whole_backtest.clicked.connect(self._show_backtest)
        self.start(context.workspace.rules)

    # -- what is read

    def _know(self, scene: Scene) -> None:
        self._known = Known(scene.workspace, scene.accounts or self._known.accounts)

    def _show_rows(self, rows: list[Shown[Rule]]) -> None:
        self.list.rules.show_entries(rows)

    def _show_row(self, row: Shown[Rule]) -> None:
        self.list.rules.show_entry(row)
        self.columns.backtest.expire()
        self.judge.show()

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

    def _begin(self) -> None:
        self.judge.begin(strict=self._key in self._asked_to_save)

    def _show_draft(self, draft: Draft) -> None:
        self.editor.show_draft(draft, self._known)
        self.columns.backtest.clear()

    def _state(self, draft: Draft) -> list[str]:
        return [] if draft.on else [self.tr("off")]

    def _ask(self, *, at_once: bool = False) -> None:
        self.judge.ask(at_once=at_once)

    def _question(self) -> Question | None:
        if not self._key or self._context.store is None or not self.isVisible():
            return None
        draft = self.editor.draft()
        typing_in, typing = self.editor.typing()
        place = draft.position if draft.base is None else None
        return Question(rule_of(draft), self._replaces(draft), place, self.book.workspace, typing, typing_in)

    @Slot(object)
    def _open_thread(self, thread_id: ThreadId) -> None:
        self._context.open_thread(thread_id)

    # -- what people do

    def _blank(self) -> Draft:
        return blank()

    @Slot(object)
    def edit_new(self, rule: Rule) -> None:
        """A rule that another screen suggests, as a new one that is not saved yet."""
        self._write_new(draft_of(rule))
        if not self.isVisible():
            self._context.go("rules")

    def _write_new(self, draft: Draft, position: int = LAST) -> None:
        self.columns.show_tab("rule")
        super()._write_new(draft, position)

    @Slot(str, bool)
    def _switch(self, key: str, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        stored = self.book.stored(key) is not None
        self.book.switch(key, on=on)
        self._list()
        if key == self._key:
            self._take(self.book.draft(key))
            self._head()
        if stored:
            self.deeds.switch(key, on=on)

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

    def _missing(self, draft: Draft) -> Mapping[str, str]:
        return unfinished(draft)

    def _complain(self, errors: Mapping[str, str], *, refused: bool) -> None:
        self.judge.be_strict(errors if refused else None)

    def _by_field(self, troubles: Sequence[tuple[str, str]]) -> dict[str, str]:
        return by_field(troubles)


def _tr(text: str) -> str:
    return QCoreApplication.translate("rules", text)
