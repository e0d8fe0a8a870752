"""The card: lists the scheduled reports, adds, edits, switches and removes them, and makes one at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from inbox.model.change import Change
from inbox.model.workspace import ScheduledReport, Workspace
from inbox.ui.context import Context
from inbox.ui.settings.cards import Section
from inbox.ui.settings.scheduled.deeds import Deeds
from inbox.ui.settings.scheduled.entry import ReportEntry
from inbox.ui.settings.scheduled.form import ReportForm
from inbox.ui.widgets import Button, Divider, Label, column, row

if TYPE_CHECKING:
    from inbox.flow.schedule import Made
    from inbox.store.engine import Session
    from inbox.store.report_runs import ReportRun

Read = tuple[Workspace, dict[str, "ReportRun | None"]]


class ReportsCard(Section):
    """Reads while it can be seen, and anew when a report was changed or made."""

    def __init__(self, context: Context) -> None:
        """Empty until the first reading."""
        super().__init__(
            context.tr("Scheduled reports"),
            context.tr("The collector writes them to files on its own computer when their time has come."),
        )
        self._context = context
        self._workspace = Workspace()
        self._making: set[str] = set()
        self.entries: list[ReportEntry] = []
        self.form: ReportForm | None = None
        self.deeds = Deeds(context, self)
        self.add = Button(self.tr("Add a report"), "plus")
        self._held = QWidget()
        self._list = column(self._held, gap=10)
        self.body.addWidget(self._held)
        foot = row(gap=8)
        foot.addWidget(self.add)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.add.clicked.connect(self._add)
        self.deeds.changed.connect(self.read)
        context.opened.connect(self.read)
        context.changed.connect(self._changed)

    @Slot()
    def read(self) -> None:
        """Reads the reports and what came of each last."""
        if self._context.store is None or not self.isVisible():
            return

        def work(session: "Session") -> Read:
            from inbox.store import config, report_runs

            workspace = config.load(session)
            runs = {
                each.name: next(iter(report_runs.newest(session, each.name, 1)), None) for each in workspace.reports
            }
            return workspace, runs

        self._context.lanes.read(work, self._show, key=(id(self), "scheduled"))

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while hidden is read now."""
        super().showEvent(event)
        self.read()

    def _show(self, found: Read) -> None:
        self._workspace, runs = found
        self.deeds.see(self._workspace)
        kept = next((each.report.name for each in self.entries if each.isAncestorOf(_focus(self))), None)
        while (item := self._list.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.entries = [self._entry(each, runs[each.name]) for each in self._workspace.reports]
        for at, entry in enumerate(self.entries):
            if at:
                self._list.addWidget(Divider())
            self._list.addWidget(entry)
        if not self.entries:
            words = self.tr("No report is scheduled. Add one, and it is written every day, week or month.")
            self._list.addWidget(Label(words, "meta", "text3", wrap=True))
        again = next((each for each in self.entries if each.report.name == kept), None)
        if again is not None:
            again.edit.setFocus()

    def _entry(self, report: ScheduledReport, run: "ReportRun | None") -> ReportEntry:
        entry = ReportEntry(report, run)
        entry.make_wanted.connect(self._make)
        entry.edit_wanted.connect(self._edit)
        entry.switch_wanted.connect(self._switch)
        entry.remove_wanted.connect(self.deeds.remove)
        if report.name in self._making:
            entry.busy()
        return entry

    @Slot(str, bool)
    def _switch(self, name: str, on: bool) -> None:  # noqa: FBT001 - a signal's value
        self.deeds.switch(name, on=on)

    # -- making one now

    @Slot(str)
    def _make(self, name: str) -> None:
        self._making.add(name)
        for entry in self.entries:
            if entry.report.name == name:
                entry.busy()

        def done(made: "Made") -> None:
            self._making.discard(name)
            busy = self.tr("Another process makes “%1” at this moment.").replace("%1", name)
            folder = str(made.files[0].parent) if made.files else ""
            written = self.tr("“%1” is made, in %2.").replace("%1", name).replace("%2", folder)
            self._context.toast(written if made.ours else busy)
            self.read()

        def failed(error: Exception) -> None:
            self._making.discard(name)
            self._context.tell(error)
            self.read()

        self.deeds.make(name, done, failed)

    # -- the form

    @Slot()
    def _add(self) -> None:
        self._open(None)

    @Slot(str)
    def _edit(self, name: str) -> None:
        self._open(next((each for each in self._workspace.reports if each.name == name), None))

    def _open(self, report: ScheduledReport | None) -> None:
        self._close()
        self.form = ReportForm(self._workspace, report)
        self.form.saved.connect(self._save)
        self.form.left.connect(self._close)
        self.body.addWidget(self.form)
        self.add.hide()
        self.form.name.setFocus()

    @Slot(object, object)
    def _save(self, report: ScheduledReport, replaces: str | None) -> None:
        self.deeds.save(report, replaces, self._close, self._wrong)

    def _wrong(self, error: Exception) -> None:
        troubles = getattr(error, "troubles", ())
        if self.form is not None and troubles:
            self.form.explain(troubles)
        else:
            self._context.tell(error)

    @Slot()
    def _close(self) -> None:
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self.add.show()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if {"config", "reports"} & set(change.topics):
            self.read()


def _focus(of: QWidget) -> QWidget:
    focused = QApplication.focusWidget()
    return of if focused is None else focused
