"""Carries out what is decided in a room: runs the flow, says what was done, offers its undo."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from inbox.model.ids import AccountId, EscalationId, IncidentId, ThreadId
from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.flow.escalate.raising import Raised
    from inbox.flow.holds import Held
    from inbox.flow.hot.deciding import Done, IncidentUndo
    from inbox.flow.hot.tasks import Removed, Tasked
    from inbox.store.engine import Store

Then = Callable[[], None]


class Deeds(QObject):
    """``settled`` says that something was done or failed: the room is read anew."""

    settled = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        """Acts for whoever is at the desk."""
        super().__init__(parent)
        self._context = context

    def decide(self, name: str, incident: IncidentId, *args: Any, expect: int | None = None) -> None:  # noqa: ANN401 - the flow's own
        """Runs one of ``flow.hot.deciding``."""
        actor, now = self._me()

        def work(store: "Store") -> "Done":
            from inbox.flow.hot import deciding

            return getattr(deciding, name)(store, incident, *args, actor=actor, now=now, expect=expect)  # type: ignore[no-any-return]

        self._context.lanes.write(work, self._decided, self._failed)

    def merge(self, incident: IncidentId, into: IncidentId, then: Then, *, expect: int | None = None) -> None:
        """Makes it part of another, which is shown ``then``."""
        actor, now = self._me()

        def work(store: "Store") -> "Done":
            from inbox.flow.hot import deciding

            return deciding.merge(store, incident, into, actor=actor, now=now, expect=expect)

        def done(found: "Done") -> None:
            self._decided(found)
            then()

        self._context.lanes.write(work, done, self._failed)

    def write(self, name: str, incident: IncidentId, text: str, done: Then, failed: Then) -> None:
        """Writes a note or an update; ``failed`` gives the words back."""
        actor, now = self._me()

        def work(store: "Store") -> "Done":
            from inbox.flow.hot import deciding

            return {"note": deciding.note, "update": deciding.update}[name](store, incident, text, actor=actor, now=now)

        def written(found: "Done") -> None:
            done()
            self._decided(found)

        def lost(error: Exception) -> None:
            failed()
            self._failed(error)

        self._context.lanes.write(work, written, lost)

    def take(self, incident: IncidentId, threads: Sequence[ThreadId]) -> None:
        """Takes threads out of the incident."""
        self.decide("take", incident, tuple(threads))

    def task(self, name: str, incident: IncidentId, *args: Any, back: tuple[Any, ...] = ()) -> None:  # noqa: ANN401 - the flow's own
        """Runs one of ``flow.hot.tasks``. ``back`` is what takes it back where the flow gives no way itself."""
        actor, now = self._me()

        def work(store: "Store") -> "Tasked":
            from inbox.flow.hot import tasks

            return getattr(tasks, name)(store, incident, *args, actor=actor, now=now)  # type: ignore[no-any-return]

        def done(found: "Tasked") -> None:
            undo: Then | None = partial(self.task, back[0], incident, *back[1:]) if back else None
            if found.undo is not None:
                undo = partial(self._restore, found.undo)
            elif name == "add" and found.task_id is not None:
                undo = partial(self.task, "remove", incident, found.task_id)
            self._said(found, undo)

        self._context.lanes.write(work, done, self._failed)

    def _restore(self, removed: "Removed") -> None:
        actor, now = self._me()

        def work(store: "Store") -> "Tasked":
            from inbox.flow.hot import tasks

            return tasks.restore(store, removed, actor=actor, now=now)

        self._context.lanes.write(work, self._said, self._failed)

    def hold(self, incident: IncidentId | None, why: str, account: AccountId | None) -> None:
        """Lets nothing go out."""
        actor, now = self._me()

        def work(store: "Store") -> "Held":
            from inbox.flow import holds

            return holds.hold(store, account=account, why=why, incident=incident, actor=actor, now=now)

        self._context.lanes.write(work, self._held, self._failed)

    def release(self, hold_id: int) -> None:
        """Lets posts go out again."""
        actor, now = self._me()

        def work(store: "Store") -> "Held":
            from inbox.flow import holds

            return holds.release(store, hold_id, actor=actor, now=now)

        self._context.lanes.write(work, self._said, self._failed)

    def call(self, incident: IncidentId, reason: str) -> None:
        """Calls for help about the incident."""
        actor, now = self._me()

        def work(store: "Store") -> "Raised":
            from inbox.flow.escalate import raising

            return raising.raise_call(store, incident=incident, reason=reason, actor=actor, now=now)

        self._context.lanes.write(work, self._called, self._failed)

    def _me(self) -> tuple[str, datetime]:
        return self._context.employee or "command", self._context.now()

    def _decided(self, done: "Done") -> None:
        self._context.toast(done.sentence, None if done.undo is None else partial(self._undo, done.undo))
        self._context.changed.emit(done.change)
        self.settled.emit()

    def _undo(self, undo: "IncidentUndo") -> None:
        actor, now = self._me()

        def work(store: "Store") -> "Done":
            from inbox.flow.hot import deciding

            return deciding.undo_incident(store, undo, actor=actor, now=now)

        self._context.lanes.write(work, self._decided, self._failed)

    def _held(self, done: "Held") -> None:
        self._said(done, partial(self.release, done.hold_id))

    def _called(self, done: "Raised") -> None:
        self._said(done, partial(self._cancel, done.id))

    def _cancel(self, call: EscalationId) -> None:
        actor, now = self._me()

        def work(store: "Store") -> "Raised":
            from inbox.flow.escalate import raising

            return raising.cancel(store, call, actor=actor, now=now)

        self._context.lanes.write(work, self._said, self._failed)

    def _said(self, done: "Held | Raised | Tasked", undo: Then | None = None) -> None:
        self._context.toast(done.sentence, undo)
        self._context.changed.emit(done.change)
        self.settled.emit()

    def _failed(self, error: Exception) -> None:
        self._context.tell(error)
        self.settled.emit()
