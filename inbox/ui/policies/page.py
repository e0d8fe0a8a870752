"""The policies page: the list, the editor and the preview, kept together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.workspace import Policy, Workspace
from inbox.ui.context import Context
from inbox.ui.entries.book import Shown
from inbox.ui.entries.following import FollowingPage
from inbox.ui.entries.reading import Scene, by_field
from inbox.ui.entries.shown import Words
from inbox.ui.policies.columns import Columns
from inbox.ui.policies.deeds import Deeds
from inbox.ui.policies.draft import Draft, book, policy_of, unfinished, when_of
from inbox.ui.policies.judge import Judge
from inbox.ui.policies.live import Flows, Judging, Question
from inbox.ui.policies.reading import Standing, standing
from inbox.ui.policies.states import states
from inbox.ui.rules.options import Known
from inbox.ui.widgets.words import counted

REFRESH_MS = 30_000


def policies_edited(policies: int) -> str:
    """Says how many policies are not saved."""
    if policies == 1:
        return _tr("1 policy is edited and not saved")
    return counted("%n policies are edited and not saved", policies, "policies")


def words() -> Words:
    """How the page speaks of policies."""
    return Words(
        "policy",
        _tr("New policy"),
        _tr("The new policy is gone."),
        _tr("%1 took this policy away while you were editing it. Keep yours to write it anew."),
        _tr("%1 changed this policy while you were editing it. Nothing of yours is lost."),
        policies_edited,
    )


class PoliciesPage(FollowingPage[Policy, Draft]):
    """The first policy that fits holds: people choose the order, and a copy stands before its model."""

    columns: Columns

    def __init__(self, context: Context, parent: QWidget | None = None, judging: Judging | None = None) -> None:
        """Shows the policies as the window last read them, and reads them itself once the store is open."""
        columns = Columns()
        super().__init__(context, parent, words=words(), book=book(), stack=states(columns), deeds=Deeds)
        judging = judging or Flows()
        self._known = Known(Workspace())
        self.list, self.editor, self.preview = columns.list, columns.editor, columns.preview.body
        self.preview.begin(context.now)
        self.judge = Judge(context, judging, self.editor, self.preview, self._question)
        self.follow(judging, REFRESH_MS)
        self.list.moved.connect(self._move)
        self.list.copied.connect(self._copy)
        columns.copy.clicked.connect(lambda: self._copy(self._key))
        self.start(context.workspace.policies)

    # -- what is read

    def _know(self, scene: Scene) -> None:
        self._known = Known(scene.workspace, scene.accounts or self._known.accounts)
        self.preview.know(self._known)

    def _show_rows(self, rows: list[Shown[Policy]]) -> None:
        self.list.policies.show_entries(rows)

    def _show_row(self, row: Shown[Policy]) -> None:
        self.list.policies.show_entry(row)
        self.judge.show()

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

    def _begin(self) -> None:
        self.judge.begin(strict=self._key in self._asked_to_save)

    def _show_draft(self, draft: Draft) -> None:
        self.editor.show_draft(draft, self._known)
        self.preview.suit(when_of(draft))
        self._note()

    def _note(self) -> None:
        """What the list has room for a line of only."""
        self.editor.say_note(" ".join(self.list.policies.notes.get(self._key, ())))

    def _ask(self, *, at_once: bool = False) -> None:
        self.judge.ask(at_once=at_once)

    def _question(self) -> Question | None:
        if not self._key or not self.isVisible():
            return None
        draft = self.editor.draft(typed=True)
        place = draft.position if draft.base is None else None
        mention = self.preview.mention()
        return Question(policy_of(draft), self._replaces(draft), place, self.book.workspace, *mention)

    # -- what people do

    def _blank(self) -> Draft:
        return Draft()

    @Slot(str)
    def _copy(self, key: str) -> None:
        """A new policy like this one, before it, so that it can be made narrower."""
        if self.book.has(key):
            draft = self.book.draft(key)
            self._write_new(replace(draft, name=self.book.twin_name(draft.name)), self.book.place_of(key))

    def _missing(self, draft: Draft) -> Mapping[str, str]:
        return unfinished(draft)

    def _complain(self, errors: Mapping[str, str], *, refused: bool) -> None:
        self.judge.be_strict(errors if refused else None)

    def _by_field(self, troubles: Sequence[tuple[str, str]]) -> dict[str, str]:
        return by_field(troubles)


def _tr(text: str) -> str:
    return QCoreApplication.translate("policies", text)
