"""What a person corrects from the panel: runs the decision, says it, and offers its undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.model.ids import AuthorId, MentionId, ThreadId
from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.flow.decide import Decided, Undo
    from inbox.store.engine import Store


class Deeds:
    """Corrections by whoever is at the desk."""

    def __init__(self, context: Context) -> None:
        """Nothing is done yet."""
        self._context = context

    def correct(self, thread_id: ThreadId, facts: dict[str, Any]) -> None:
        """Set facts of the newest mention right: ``needs_reply, sentiment, language, hidden``."""
        self.correct_mention(thread_id, None, facts)

    def correct_mention(self, thread_id: ThreadId, mention_id: MentionId | None, facts: dict[str, Any]) -> None:
        """The same for any mention of the thread."""

        def work(store: "Store") -> "Decided":
            from inbox.flow import decide

            actor, now = self._actor(), self._context.now()
            return decide.correct(store, thread_id, mention_id=mention_id, actor=actor, now=now, **facts)

        self._run(work)

    def move(self, thread_id: ThreadId, area: str) -> None:
        """Say where the thread belongs."""

        def work(store: "Store") -> "Decided":
            from inbox.flow import decide

            return decide.move(store, [thread_id], area, actor=self._actor(), now=self._context.now())

        self._run(work)

    def tag_author(self, author_id: AuthorId, change: tuple[str, str]) -> None:
        """Give an author a tag (``"add"``) or take it off (``"remove"``)."""
        way, tag = change

        def work(store: "Store") -> "Decided":
            from inbox.flow import decide

            add, remove = ([tag], []) if way == "add" else ([], [tag])
            actor, now = self._actor(), self._context.now()
            return decide.tag_author(store, author_id, add=add, remove=remove, actor=actor, now=now)

        self._run(work)

    def _run(self, work: "Callable[[Store], Decided]") -> None:
        self._context.lanes.write(work, self._done, self._context.tell)

    def _done(self, decided: "Decided") -> None:
        undo = decided.undo
        self._context.toast(decided.sentence, None if undo is None else lambda: self._undo(undo))
        self._context.changed.emit(decided.change)

    def _undo(self, undo: "Undo") -> None:
        def work(store: "Store") -> "Decided":
            from inbox.flow import decide

            return decide.undo(store, undo, actor=self._actor(), now=self._context.now())

        self._run(work)

    def _actor(self) -> str:
        return self._context.employee or "command"
