"""Changes of the scheduled reports, one after the other on the write lane."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.model.workspace import ScheduledReport
from inbox.ui.entries.deeds import EntryDeeds

if TYPE_CHECKING:
    from inbox.flow.entries import Saved
    from inbox.flow.schedule import Made
    from inbox.store.engine import Store


class Deeds(EntryDeeds):
    """What the page does with scheduled reports."""

    def save(
        self,
        report: ScheduledReport,
        replaces: str | None,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Adds a report, or puts it in the stead of the one that it replaces."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import schedule

            return schedule.save_report(store, report, replaces=replaces, **who)

        self.do(work, lambda _saved: done(), failed)

    def switch(self, name: str, *, on: bool) -> None:
        """Switches a report on or off."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import schedule

            return schedule.switch_report(store, name, on=on, **who)

        self.do(work)

    def remove(self, name: str) -> None:
        """Takes a report away; its files stay."""

        def work(store: "Store", **who: Any) -> "Saved[Any]":  # noqa: ANN401 - actor, now, expect
            from inbox.flow import schedule

            return schedule.remove_report(store, name, **who)

        self.do(work)

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

    def take_back(self, store: "Store", undo: Any, **who: Any) -> "Saved[Any]":  # noqa: ANN401 - known to the flow
        """The scheduled reports as they were before a change."""
        from inbox.flow import schedule

        return schedule.undo_reports(store, undo, **who)
