"""Changes of the scheduled reports on the write lane, each against the reports as they were last seen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from inbox.model.workspace import ScheduledReport, Workspace
from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.flow.schedule import Made, ReportsUndo, Saved
    from inbox.store.engine import Store


class Deeds(QObject):
    """``changed`` says that a change ended, well or not. Each change offers its undo."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        """Nothing was seen yet."""
        super().__init__(parent)
        self._context = context
        self._seen: Workspace | None = None

    def see(self, workspace: Workspace) -> None:
        """The person sees these reports now."""
        self._seen = workspace

    def save(
        self,
        report: ScheduledReport,
        replaces: str | None,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Adds a report, or puts it in the stead of the one that it replaces."""

        def work(store: "Store", **who: Any) -> "Saved":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import schedule

            return schedule.save_report(store, report, replaces=replaces, **who)

        self._do(work, done, failed)

    def switch(self, name: str, *, on: bool) -> None:
        """Switches a report on or off."""

        def work(store: "Store", **who: Any) -> "Saved":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import schedule

            return schedule.switch_report(store, name, on=on, **who)

        self._do(work)

    def remove(self, name: str) -> None:
        """Takes a report away; its files stay."""

        def work(store: "Store", **who: Any) -> "Saved":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import schedule

            return schedule.remove_report(store, name, **who)

        self._do(work)

    def make(self, name: str, done: Callable[["Made"], None], failed: Callable[[Exception], None]) -> None:
        """Makes the report of the last period now, on this computer; not on the write lane, since it takes long."""
        store, now, actor = self._context.store, self._context.now(), self._context.employee or "command"
        if store is None:
            return

        def work() -> "Made":
            from inbox.flow import schedule
            from inbox.store import config

            with store.read() as s:
                workspace = config.load(s)
            report = schedule.scheduled(workspace, name)
            due = schedule.period_of(report, workspace.settings.time_zone, "last", now)
            return schedule.make(store, report, due, now=now, late=False, anew=True, actor=actor)

        self._context.lanes.run(work, done, failed)

    def _do(
        self,
        work: Callable[..., "Saved"],
        done: Callable[[], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        undoing: bool = False,
    ) -> None:
        who = {"actor": self._context.employee or "command", "now": self._context.now()}

        def inside(store: "Store") -> "Saved":
            # Read here, on the lane: the change before this one may have ended a moment ago.
            made = work(store, **who) if undoing else work(store, **who, expect=self._seen)
            self._seen = made.workspace
            return made

        def arrived(saved: "Saved") -> None:
            undo = saved.undo
            self._context.toast(saved.sentence, None if undo is None else lambda: self._undo(undo))
            if done is not None:
                done()
            self.changed.emit()

        def broken(error: Exception) -> None:
            self._seen = None
            (failed or self._context.tell)(error)
            self.changed.emit()

        self._context.lanes.write(inside, arrived, broken)

    def _undo(self, undo: "ReportsUndo") -> None:
        def work(store: "Store", **who: Any) -> "Saved":  # noqa: ANN401 - actor, now
            from inbox.flow import schedule

            return schedule.undo_reports(store, undo, **who)

        self._do(work, undoing=True)
