"""Carries out the commands that decide something on threads: asks what is missing, runs the flow, offers undo."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.model.words import CloseReason, Outcome, Priority
from inbox.ui.context import Context
from inbox.ui.decisions import choices
from inbox.ui.decisions.gathering import Gathering
from inbox.ui.decisions.picker import Choice, Picker

if TYPE_CHECKING:
    from inbox.flow.decide import Decided
    from inbox.flow.escalate.raising import Raised
    from inbox.store.engine import Session, Store

Flow = Callable[..., "Decided"]
DECISIONS = (
    "assign", "assign-me", "unassign", "move", "close", "close-as", "wait", "snooze", "reopen", "tag", "priority",
    "outcome", "escalate", "add-to-incident",
)  # fmt: skip


class Decisions(QObject):
    """Registers the thread commands. ``targets`` are the ticked threads, else the one on screen."""

    decided = Signal(object)

    def __init__(self, context: Context, window: QWidget) -> None:
        """Commands act on the thread on screen until a queue brings its ticks."""
        super().__init__(window)
        self._context = context
        self._window = window
        self.ticked: Callable[[], Sequence[ThreadId]] = tuple
        self.row_of: Callable[[ThreadId], ThreadRow | None] = _unknown
        self.anchor: Callable[[], QWidget | None] = _nowhere
        self._gathering = Gathering(context, self)
        acts: dict[str, Callable[[], None]] = {
            "assign": self._ask_assign, "assign-me": self._assign_me, "unassign": self._unassign,
            "move": self._ask_move, "close": self._close, "close-as": self._ask_close, "wait": self._wait,
            "snooze": self._ask_snooze, "reopen": self._reopen, "tag": self._ask_tag, "priority": self._ask_priority,
            "outcome": self._ask_outcome, "escalate": self._ask_escalate, "add-to-incident": self._gathering.ask,
        }  # fmt: skip
        for id_ in DECISIONS:
            context.commands.on(id_, acts[id_], self.can)

    def targets(self) -> tuple[ThreadId, ...]:
        """The threads that a command acts on."""
        ticked = tuple(self.ticked())
        if ticked:
            return ticked
        return () if self._context.thread_id is None else (self._context.thread_id,)

    def can(self) -> bool:
        """True when there is a thread to decide on."""
        return self._context.store is not None and bool(self.targets())

    def run(self, verb: str, ids: Sequence[ThreadId], *args: Any, **details: Any) -> None:  # noqa: ANN401 - the flow's own
        """Runs ``flow.decide``'s ``verb`` on the write lane; its sentence is said, its undo offered."""
        actor, now = self._actor(), self._context.now()
        if len(ids) == 1 and "expect" not in details:
            row = self.row_of(ids[0])
            details["expect"] = row.version if row else None

        def work(store: "Store") -> "Decided":
            from inbox.flow import decide

            flow: Flow = getattr(decide, verb)
            return flow(store, list(ids), *args, actor=actor, now=now, **details)

        self.decided.emit(frozenset(ids))
        self._context.lanes.write(work, self._done, self._failed)

    def _done(self, decided: "Decided") -> None:
        undo = decided.undo
        self._context.toast(decided.sentence, None if undo is None else partial(self._undo, undo))
        self._context.changed.emit(decided.change)

    def _failed(self, error: Exception) -> None:
        self._context.tell(error)

    def _undo(self, undo: Any) -> None:  # noqa: ANN401 - the flow's own token
        actor, now = self._actor(), self._context.now()

        def work(store: "Store") -> "Decided":
            from inbox.flow import decide

            return decide.undo(store, undo, actor=actor, now=now)

        self._context.lanes.write(work, self._undone, self._failed)

    def _undone(self, decided: "Decided") -> None:
        self._context.toast(decided.sentence)
        self._context.changed.emit(decided.change)

    def _actor(self) -> str:
        return self._context.employee or "command"

    # -- commands

    def _assign_me(self) -> None:
        if self._context.employee:
            self.run("assign", self.targets(), self._context.employee)
        else:
            self._context.toast(self.tr("Say who you are first: click your name at the foot of the side bar."))

    def _unassign(self) -> None:
        self.run("assign", self.targets(), None)

    def _wait(self) -> None:
        self.run("wait", self.targets())

    def _reopen(self) -> None:
        self.run("reopen", self.targets())

    def _close(self) -> None:
        """At once, since it can be undone: answered where a response was met, else no reply was needed."""
        ids = self.targets()
        rows = [self.row_of(thread_id) for thread_id in ids]
        answered = all(row is not None and row.met_at is not None for row in rows)
        self._closed(ids, CloseReason.ANSWERED if answered else CloseReason.NO_REPLY_NEEDED)

    def _ask_close(self) -> None:
        self.ask(self.tr("Close as"), choices.reasons(), self._closed)

    def _closed(self, ids: tuple[ThreadId, ...], reason: CloseReason) -> None:
        self.run("close", ids, reason)

    def _ask_assign(self) -> None:
        row = self.row_of(self.targets()[0])
        people = choices.people(self._context.employees, self._context.employee, row.area if row else None)
        self.ask(self.tr("Assign to"), people, self._assigned)

    def _assigned(self, ids: tuple[ThreadId, ...], name: str | None) -> None:
        self.run("assign", ids, name)

    def _ask_move(self) -> None:
        self.ask(self.tr("Move to area"), choices.areas(self._context.workspace), self._moved)

    def _moved(self, ids: tuple[ThreadId, ...], area: str) -> None:
        self.run("move", ids, area)

    def _ask_snooze(self) -> None:
        now = self._context.now()
        found = choices.times(now)
        self.ask(
            self.tr("Snooze until, such as 2h or 15:30"), found, self._snoozed, lambda w: choices.typed_time(w, now)
        )

    def _snoozed(self, ids: tuple[ThreadId, ...], until: datetime) -> None:
        self.run("snooze", ids, until.astimezone(UTC))

    def _ask_priority(self) -> None:
        self.ask(self.tr("Priority"), choices.priorities(), self._set_priority)

    def _set_priority(self, ids: tuple[ThreadId, ...], priority: Priority) -> None:
        self.run("set_priority", ids, priority)

    def _ask_outcome(self) -> None:
        """What the thread suggests is looked up first, and stands at the top."""
        ids = self.targets()

        def suggested(session: "Session") -> Outcome | None:
            from inbox.flow import outcomes

            return outcomes.proposed(session, ids[0]) if len(ids) == 1 else None

        self._context.lanes.read(suggested, partial(self._offer_outcomes, ids), self._failed)

    def _offer_outcomes(self, ids: tuple[ThreadId, ...], proposed: Outcome | None) -> None:
        if ids == self.targets():
            self.ask(self.tr("What became of the customer"), choices.outcomes(proposed), self._became)

    def _became(self, ids: tuple[ThreadId, ...], outcome: Outcome | None) -> None:
        self.run("set_outcome", ids, outcome)

    def _ask_escalate(self) -> None:
        found = choices.ladders(self._context.workspace)
        self.ask(self.tr("Escalate: why?"), found, self._escalated, choices.new_reason)

    def _escalated(self, ids: tuple[ThreadId, ...], reason: str) -> None:
        actor, now = self._actor(), self._context.now()

        def work(store: "Store") -> "Raised":
            from inbox.flow.escalate import raising

            done = [raising.raise_call(store, thread=each, reason=reason, actor=actor, now=now) for each in ids]
            return done[-1]

        self.decided.emit(frozenset(ids))
        self._context.lanes.write(work, self._called, self._failed)

    def _called(self, done: "Raised") -> None:
        self._context.toast(done.sentence, partial(self._cancel_call, done))
        self._context.changed.emit(done.change)

    def _cancel_call(self, done: "Raised") -> None:
        actor, now = self._actor(), self._context.now()

        def work(store: "Store") -> "Raised":
            from inbox.flow.escalate import raising

            return raising.cancel(store, done.id, actor=actor, now=now)

        self._context.lanes.write(work, self._uncalled, self._failed)

    def _uncalled(self, done: "Raised") -> None:
        self._context.toast(done.sentence)
        self._context.changed.emit(done.change)

    def _ask_tag(self) -> None:
        row = self.row_of(self.targets()[0])
        known = sorted({tag for rule in self._context.workspace.rules for tag in rule.then.tags})
        self.ask(self.tr("Tag"), choices.tags(known, row.tags if row else ()), self._tagged, choices.new_tag)

    def _tagged(self, ids: tuple[ThreadId, ...], change: tuple[str, str]) -> None:
        way, tag = change
        self.run("tag", ids, add=[tag] if way == "add" else [], remove=[tag] if way == "remove" else [])

    def ask(
        self,
        title: str,
        found: list[Choice],
        then: Callable[[tuple[ThreadId, ...], Any], None],
        free: Callable[[str], Choice | None] | None = None,
    ) -> None:
        """Opens a picker near what the command acts on; ``then`` gets the threads of now and the choice."""
        ids = self.targets()
        picker = Picker(title, found, self._window, free=free)
        picker.picked.connect(partial(then, ids))
        picker.open_at(self._corner())

    def _corner(self) -> QPoint:
        anchor = self.anchor()
        if anchor is None or not anchor.isVisible():
            return QCursor.pos()
        return anchor.mapToGlobal(QPoint(0, anchor.height() + 4))


def _unknown(thread_id: ThreadId) -> ThreadRow | None:
    del thread_id
    return None


def _nowhere() -> QWidget | None:
    return None
