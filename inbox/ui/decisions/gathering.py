"""Puts threads into an incident that is open, or opens one for them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inbox.model.ids import IncidentId, ThreadId
from inbox.ui.context import Context
from inbox.ui.decisions import choices

if TYPE_CHECKING:
    from inbox.flow.hot.deciding import Done, IncidentUndo
    from inbox.store.engine import Session, Store
    from inbox.store.gathered import Standing
    from inbox.ui.decisions.decisions import Decisions

SHOWN = 50


class Gathering(QObject):
    """The command "Add to incident...": the open ones are read first, and a name that was typed opens a new one."""

    def __init__(self, context: Context, decisions: "Decisions") -> None:
        """Acts on the targets of ``decisions``."""
        super().__init__(decisions)
        self._context = context
        self._decisions = decisions

    def ask(self) -> None:
        """Reads the open incidents and asks for one."""
        ids = self._decisions.targets()

        def read(session: "Session") -> "list[Standing]":
            from inbox.store import gathered

            return gathered.standing(session, SHOWN)

        self._context.lanes.read(read, partial(self._offer, ids), self._context.tell, key=(id(self), "incidents"))

    def _offer(self, ids: tuple[ThreadId, ...], standing: "list[Standing]") -> None:
        if ids == self._decisions.targets():
            title = self.tr("Add to incident, or name a new one")
            self._decisions.ask(title, choices.incidents(standing), self._add, choices.new_incident)

    def _add(self, ids: tuple[ThreadId, ...], chosen: "IncidentId | str") -> None:
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> "Done":
            from inbox.flow.hot import by_hand, deciding

            if isinstance(chosen, str):
                return by_hand.open_incident(store, chosen, ids, actor=actor, now=now)[1]
            return deciding.put(store, chosen, ids, actor=actor, now=now)

        self._decisions.decided.emit(frozenset(ids))
        self._context.lanes.write(work, self._done, self._context.tell)

    def _done(self, done: "Done") -> None:
        self._context.toast(done.sentence, None if done.undo is None else partial(self._undo, done.undo))
        self._context.changed.emit(done.change)

    def _undo(self, undo: "IncidentUndo") -> None:
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> "Done":
            from inbox.flow.hot import deciding

            return deciding.undo_incident(store, undo, actor=actor, now=now)

        self._context.lanes.write(work, self._done, self._context.tell)
