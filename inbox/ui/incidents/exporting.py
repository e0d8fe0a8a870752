"""Takes an incident out as a file: its closing report as a page, the affected authors as a table."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from inbox.model.ids import IncidentId
from inbox.model.incident import Incident
from inbox.model.workspace import FileKind
from inbox.ui.context import Context
from inbox.ui.reports.export import documents, file_name, short_path
from inbox.ui.widgets import Button, Dialog, Label, Toast, column, row

if TYPE_CHECKING:
    from inbox.store.engine import Store

PATIENCE_MS: Final = 1000
PAGES: Final = (FileKind.PDF, FileKind.HTML)
TABLES: Final = (FileKind.XLSX, FileKind.CSV)
NAMES: Final = {FileKind.PDF: "PDF", FileKind.HTML: "HTML", FileKind.XLSX: "Excel", FileKind.CSV: "CSV"}


class WritingDialog(Dialog):
    """How far a file is, once it takes longer than a second; ``stopped`` says that it is not wanted any more."""

    stopped = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Hidden, and in nobody's way when it is shown."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.said = Label(self.tr("Writing the file"), "base")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(320)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.tr("Progress of the export"))
        self.halt = Button(self.tr("Stop"), "pause")
        feet = row(gap=8)
        feet.addStretch(1)
        feet.addWidget(self.halt)
        box = column(self, margins=(24, 20, 24, 16), gap=12)
        for part in (self.said, self.bar):
            box.addWidget(part)
        box.addLayout(feet)
        self.halt.clicked.connect(self.reject)
        self.rejected.connect(self.stopped)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self.show)
        self._timer.start()

    @Slot(int, int)
    def progress(self, done: int, of: int) -> None:
        """So many threads of how many are read; what comes after has no measure."""
        self.bar.setRange(0, 0 if done >= of else of)
        self.bar.setValue(done)

    def end(self) -> None:
        """The work is over."""
        self._timer.stop()
        self.hide()
        self.deleteLater()


class Exporting(QObject):
    """One file at a time. ``written`` carries the path of each that was written, ``failed`` why one was not."""

    written = Signal(object)
    failed = Signal(str)
    progressed = Signal(int, int)

    def __init__(self, context: Context, page: QWidget) -> None:
        """Dialogs and the bar that says where a file is belong to the window of ``page``."""
        super().__init__(page)
        self._context = context
        self._page = page
        self._stop: threading.Event | None = None
        self._toast: Toast | None = None
        self.dialog: WritingDialog | None = None
        self.last: Path | None = None
        self.choose: Callable[[str, str], tuple[str, str]] = self._choose

    # -- asking where to

    def ask_report(self, incident: Incident) -> None:
        """Asks for a page to write the closing report to, and writes it."""
        name = self.tr("Incident report, %1").replace("%1", incident.title)
        self._ask(name, PAGES, partial(self.write_report, incident.id))

    def ask_authors(self, incident: Incident) -> None:
        """Asks for a table to write the affected authors to, and writes it."""
        name = self.tr("Affected authors, %1").replace("%1", incident.title)
        self._ask(name, TABLES, partial(self.write_authors, incident.id))

    def _ask(self, name: str, kinds: tuple[FileKind, ...], write: Callable[..., None]) -> None:
        if self._stop is not None:
            self._context.toast(self.tr("A file is being written. Wait for it, or stop it."))
            return
        start = (self.last.parent if self.last is not None else documents()) / f"{file_name(name)}.{kinds[0]}"
        filters = {f"{NAMES[kind]} (*.{kind})": kind for kind in kinds}
        chosen, wanted = self.choose(str(start), ";;".join(filters))
        if not chosen:
            return
        path = Path(chosen)
        kind = next((each for each in kinds if path.suffix.casefold() == f".{each}"), None)
        if kind is not None:
            write(path, kind, force=True)
        else:  # of the name with its ending nobody was asked
            kind = filters.get(wanted, kinds[0])
            write(path.with_name(f"{path.name}.{kind}"), kind)

    def _choose(self, start: str, filters: str) -> tuple[str, str]:
        """The system's own dialog, which asks before a file is replaced: the file, and the kind that was chosen."""
        return QFileDialog.getSaveFileName(self._page.window(), self.tr("Export"), start, filters)

    # -- writing

    def write_report(self, incident_id: IncidentId, path: Path, kind: FileKind, *, force: bool = False) -> None:
        """Writes the closing report on a lane; a file that is there is only replaced with ``force``."""
        now = self._context.now()

        def make(store: "Store") -> bytes:
            from inbox.flow import report_files
            from inbox.flow.hot import closing, closing_page

            html = closing_page.page_of(closing.closing(store, incident_id, now=now))
            return report_files.pdf_of(html) if kind is FileKind.PDF else html.encode()

        self._write(path, make, force=force)

    def write_authors(self, incident_id: IncidentId, path: Path, kind: FileKind, *, force: bool = False) -> None:
        """Writes the affected authors on a lane; a file that is there is only replaced with ``force``."""
        now, settings, actor = self._context.now(), self._context.workspace.settings, self._context.employee
        stop = threading.Event()

        def make(store: "Store") -> bytes:
            from inbox.flow import report_files
            from inbox.flow.hot import affected

            table = affected.table(
                store,
                incident_id,
                actor=actor or "command",
                now=now,
                progress=self.progressed.emit,
                stopped=stop.is_set,
            )
            return report_files.content(table, kind, workspace_name=settings.name, zone=settings.time_zone, now=now)

        self._write(path, make, force=force, stop=stop)

    def _write(
        self, path: Path, make: "Callable[[Store], bytes]", *, force: bool, stop: threading.Event | None = None
    ) -> None:
        store, ended = self._context.store, stop or threading.Event()
        if store is None:
            return

        def work() -> Path | None:
            from inbox.flow import report_files

            made = make(store)
            if ended.is_set():
                return None
            report_files.put(path, made, force=force)
            return path

        self._stop = ended
        self.dialog = WritingDialog(self._page.window())
        self.dialog.stopped.connect(ended.set)
        self.progressed.connect(self.dialog.progress, Qt.ConnectionType.QueuedConnection)
        self._context.lanes.run(work, self._written, self._unwritten)

    # -- what came of it

    def _end(self) -> bool:
        """The dialog goes; whether it was stopped."""
        stopped = self._stop is not None and self._stop.is_set()
        self._stop = None
        if self.dialog is not None:
            self.dialog.end()
            self.dialog = None
        return stopped

    def _written(self, path: Path | None) -> None:
        self._end()
        if path is None:
            self._say_stopped()
            return
        self.last = path
        if self._toast is None or self._toast.parentWidget() is not self._page.window():
            self._toast = Toast(self._page.window())
            self._toast.button.setText(self.tr("Open"))
            self._toast.button.setAccessibleName(self.tr("Open the file"))
            self._toast.button.set_icon("open")
            self._toast.button.key = ""
        self._toast.show_text(self.tr("Written to %1.").replace("%1", short_path(path)), self.open_last)
        self._toast.ring.hide()
        self.written.emit(path)

    def _unwritten(self, error: Exception) -> None:
        if self._end():
            self._say_stopped()
            return
        sentence = str(error).strip() or type(error).__name__
        self._context.toast(sentence)
        self.failed.emit(sentence)

    def _say_stopped(self) -> None:
        sentence = self.tr("The export was stopped. Nothing was written.")
        self._context.toast(sentence)
        self.failed.emit(sentence)

    @Slot()
    def open_last(self) -> None:
        """Opens the file that was written last, with the program that the system has for it."""
        if self.last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.last)))
