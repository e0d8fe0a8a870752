"""One scheduled report in its card: what it is, what came of it last, and what can be done with it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from inbox.model.workspace import ScheduledReport
from inbox.ui.settings.scheduled import words
from inbox.ui.widgets import Button, Label, Tag, column, isolate, row

if TYPE_CHECKING:
    from inbox.store.report_runs import ReportRun


class ReportEntry(QWidget):
    """Each signal carries the report's name."""

    make_wanted = Signal(str)
    edit_wanted = Signal(str)
    switch_wanted = Signal(str, bool)
    remove_wanted = Signal(str)

    def __init__(self, report: ScheduledReport, run: "ReportRun | None", parent: QWidget | None = None) -> None:
        """``run`` is the last one, None where there was none."""
        super().__init__(parent)
        self.report, self.run = report, run
        said, tone = words.outcome(run)
        self.make = Button(self.tr("Make it now"), "play", "link")
        self.switch = Button(self.tr("Switch off") if report.on else self.tr("Switch on"), "", "link")
        self.edit = Button(self.tr("Edit"), "pencil", "link")
        self.remove = Button(self.tr("Remove"), "trash", "link")
        self.folder = Button(self.tr("Open folder"), "open", "link")
        self.outcome = Label(said, "meta", tone, wrap=True)
        box = column(self, gap=2)
        head = row(gap=8)
        head.addWidget(Label(isolate(report.name), "name", "text" if report.on else "text3"))
        if not report.on:
            head.addWidget(Tag(self.tr("Off")))
        head.addStretch(1)
        box.addLayout(head)
        box.addWidget(Label(words.described(report), "meta", "text2", wrap=True))
        box.addWidget(self.outcome)
        foot = row(gap=12)
        for button in (self.make, self.edit, self.switch, self.remove, self.folder):
            button.setAccessibleName(f"{button.text()}: {report.name}")
            foot.addWidget(button)
        foot.addStretch(1)
        box.addLayout(foot)
        self.folder.setVisible(run is not None and any(Path(each).exists() for each in run.files))
        self.make.clicked.connect(self._make)
        self.edit.clicked.connect(self._edit)
        self.switch.clicked.connect(self._switch)
        self.remove.clicked.connect(self._remove)
        self.folder.clicked.connect(self._open)

    def busy(self) -> None:
        """It is being made."""
        self.make.setEnabled(False)
        self.make.setText(self.tr("Being made..."))
        self.make.updateGeometry()

    @Slot()
    def _make(self) -> None:
        self.make_wanted.emit(self.report.name)

    @Slot()
    def _edit(self) -> None:
        self.edit_wanted.emit(self.report.name)

    @Slot()
    def _switch(self) -> None:
        self.switch_wanted.emit(self.report.name, not self.report.on)

    @Slot()
    def _remove(self) -> None:
        self.remove_wanted.emit(self.report.name)

    @Slot()
    def _open(self) -> None:
        if self.run is not None and self.run.files:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self.run.files[0]).parent)))
