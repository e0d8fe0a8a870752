"""The page of escalation policies: the list, the editor, who would be called now, and the services."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from inbox.model.escalation import Ladder
from inbox.ui.context import Context
from inbox.ui.entries.asking import Asker
from inbox.ui.entries.book import Shown
from inbox.ui.entries.page import EntriesPage
from inbox.ui.entries.shown import Words
from inbox.ui.ladders.columns import Columns
from inbox.ui.ladders.deeds import Deeds
from inbox.ui.ladders.draft import Draft, book, ladder_of, unfinished, usual
from inbox.ui.ladders.reading import Answer, Question, asker
from inbox.ui.ladders.states import states
from inbox.ui.ladders.words import options, row_lines, services_of, tr
from inbox.ui.thread.plain import line
from inbox.ui.widgets.rowlist import Row
from inbox.ui.widgets.words import counted

PAUSE_MS = 120


def ladders_edited(ladders: int) -> str:
    """Says how many policies are not saved."""
    return counted("%n escalation policy(s) edited and not saved", ladders, "ladders")


def words() -> Words:
    """How the page speaks of escalation policies."""
    return Words(
        "escalation policy",
        tr("New policy"),
        tr("The new policy is gone."),
        tr("%1 took this policy away while you were editing it. Keep yours to write it anew."),
        tr("%1 changed this policy while you were editing it. Nothing of yours is lost."),
        ladders_edited,
    )


class LaddersPage(EntriesPage[Ladder, Draft]):
    """The first policy is the usual one: people choose the order, and a copy stands behind its model."""

    columns: Columns

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Reads once the store is open."""
        columns = Columns(context)
        stack = states(columns, columns.blank)
        super().__init__(context, parent, words=words(), book=book(), stack=stack, deeds=Deeds)
        self._problems: dict[str, str] = {}
        self._left: set[str] = set()
        self.list, self.editor, self.preview = columns.list, columns.editor, columns.preview.body
        self.asker = Asker(context, asker(context), PAUSE_MS, self)
        self.asker.answered.connect(self._answered)
        self.asker.failed.connect(context.tell)
        self.list.moved.connect(self._move)
        self.list.copied.connect(self._copy)
        self.editor.left.connect(self._leave_field)
        self.preview.services.named.connect(self._relist)
        columns.copy.clicked.connect(lambda: self._copy(self._key))
        columns.blank.clicked.connect(self._new)
        self.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Shifts began and ended while nobody looked: it is asked anew."""
        super().showEvent(event)
        self._ask(at_once=True)

    @Slot()
    def _relist(self) -> None:
        self._list()

    def _show_rows(self, rows: list[Shown[Ladder]]) -> None:
        known = options(self.book.workspace)
        made = []
        for each in rows:
            state = tr("not saved") if each.new else tr("edited") if each.edited else ""
            name = line(each.entry.name) or tr("New policy")
            tag = (state, "accent", "") if state else None
            made.append(Row(each.key, name, row_lines(each.entry, known), tag=tag))
        # Arrows lead on from the current row: only what the person chose is told.
        self.list.blockSignals(True)
        self.list.show_rows(made)
        self.list.blockSignals(False)
        self.preview.services.show_services(services_of(tuple(each.entry for each in rows)))

    def _show_row(self, row: Shown[Ladder]) -> None:
        del row
        self._list()
        self._show_errors()

    # -- one policy

    def _begin(self) -> None:
        self._problems, self._left = {}, set()
        self.asker.forget()

    def _show_draft(self, draft: Draft) -> None:
        self.editor.show_draft(draft, options(self.book.workspace, self.preview.services.names))
        self._show_errors()

    @Slot(str)
    def _leave_field(self, field: str) -> None:
        if field != "name":
            self._left.add(field)
            self._show_errors()

    def _ask(self, *, at_once: bool = False) -> None:
        if not self._key or not self.isVisible() or self._context.store is None:
            return
        draft = self.editor.draft(typed=True)
        self.asker.ask(Question(ladder_of(draft), self._replaces(draft), self.book.workspace), at_once=at_once)

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

    def _blank(self) -> Draft:
        return Draft()

    @Slot()
    def _write_first(self) -> None:
        self._write_new(usual())

    @Slot(str)
    def _copy(self, key: str) -> None:
        """A new policy like this one, behind it."""
        if self.book.has(key):
            draft = self.book.draft(key)
            self._write_new(replace(draft, name=self.book.twin_name(draft.name)), self.book.place_of(key) + 1)

    def _missing(self, draft: Draft) -> Mapping[str, str]:
        return unfinished(draft)

    def _complain(self, errors: Mapping[str, str], *, refused: bool) -> None:
        if refused:
            self._problems = dict(errors)
        self._show_errors()
