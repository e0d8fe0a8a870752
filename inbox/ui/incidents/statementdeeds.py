"""Carries out what is decided about a statement: runs the flow, says what was done, offers its undo."""

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from inbox.model.ids import IncidentId
from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.flow.hot.statements import Discarded, Done, Published
    from inbox.store.engine import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of ``flow.hot.statements`` by its name, with what it takes after the incident."""

    verb: str
    incident: IncidentId
    args: tuple[Any, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


class StatementDeeds(QObject):
    """``settled`` says that something was done or failed, ``written`` that words became a statement, ``lost`` that
    they did not.
    """

    settled = Signal()
    written = Signal(object)
    lost = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        """Acts for whoever is at the desk."""
        super().__init__(parent)
        self._context = context

    @Slot(object)
    def perform(self, wanted: Wanted) -> None:
        """Does it on the write lane."""
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> "Done":
            from inbox.flow.hot import statements

            act = getattr(statements, wanted.verb)
            return act(store, wanted.incident, *wanted.args, actor=actor, now=now, **wanted.more)  # type: ignore[no-any-return]

        self._context.lanes.write(work, partial(self._done, wanted), self._failed)

    def _done(self, wanted: Wanted, done: "Done") -> None:
        if wanted.verb in {"draft", "edit"}:
            self.written.emit(wanted.incident)
        self._say(done)

    def _say(self, done: "Done") -> None:
        self._context.toast(done.sentence, None if done.undo is None else partial(self._take_back, done.undo))
        self._context.changed.emit(done.change)
        self.settled.emit()

    def _take_back(self, undo: "Discarded | Published") -> None:
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> "Done":
            from inbox.flow.hot import statements

            return statements.take_back(store, undo, actor=actor, now=now)

        self._context.lanes.write(work, self._say, self._failed)

    def _failed(self, error: Exception) -> None:
        self.lost.emit()
        self._context.tell(error)
        self.settled.emit()
