"""The export button: what is on screen as a file of one's choice, or on the clipboard as a table."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QStandardPaths, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from inbox.model.workspace import FileKind
from inbox.ui.context import Context
from inbox.ui.reports.sources import Source
from inbox.ui.widgets import Button, Toast

ORDER = (FileKind.CSV, FileKind.XLSX, FileKind.HTML, FileKind.PDF)
LONGEST = 72
"""Letters of a path that are shown."""


class ExportButton(Button):
    """Off until ``set_source``. ``written`` carries the path of each file that was written, ``failed`` a sentence."""

    written = Signal(object)
    failed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Files are written on a lane; a bar says where they are, and opens the folder."""
        super().__init__(context.tr("Export"), "download", parent=parent)
        self._context = context
        self._source: Source | None = None
        self._busy = False
        self._toast: Toast | None = None
        self.last: Path | None = None
        self.menu_arrow = True
        self.setAccessibleName(self.tr("Export as a file, or copy"))
        self.setEnabled(False)
        self.clicked.connect(self.open)

    def set_source(self, source: Source | None) -> None:
        """What would be exported; None for nothing."""
        self._source = source
        self._fit()

    def make_menu(self) -> QMenu:
        """The kinds of files, copying, and the folder of what was written last."""
        menu = QMenu(self)
        names = {
            FileKind.CSV: self.tr("CSV file..."),
            FileKind.XLSX: self.tr("Excel file..."),
            FileKind.HTML: self.tr("Web page (HTML)..."),
            FileKind.PDF: self.tr("PDF..."),
        }
        for kind in ORDER:
            menu.addAction(names[kind]).triggered.connect(partial(self.ask, kind))
        menu.addSeparator()
        menu.addAction(self.tr("Copy as a table")).triggered.connect(self.copy)
        if self.last is not None:
            words = self.tr("Open the folder of %1").replace("%1", self.last.name).replace("&", "&&")
            menu.addAction(words).triggered.connect(self.open_folder)
        return menu

    @Slot()
    def open(self) -> None:
        """Opens the menu below the button."""
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = 0 if mirrored else self.width() - menu.sizeHint().width()
        menu.popup(self.mapToGlobal(QPoint(side, self.height() + 2)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down open as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.open()
        else:
            super().keyPressEvent(event)

    def ask(self, kind: FileKind) -> None:
        """Asks where to, and whether to replace a file that is there; then writes."""
        if self._source is None:
            return
        folder = self.last.parent if self.last is not None else documents()
        start = folder / f"{file_name(self._source.title)}.{kind}"
        name, _filter = QFileDialog.getSaveFileName(self, self.tr("Export"), str(start), f"{kind.upper()} (*.{kind})")
        if not name:
            return
        path = Path(name)
        if path.suffix.casefold() == f".{kind}":
            self.write_to(path, kind, force=True)
        else:  # of the name with its ending nobody was asked
            self.write_to(path.with_name(f"{path.name}.{kind}"), kind)

    def write_to(self, path: Path, kind: FileKind, *, force: bool = False) -> None:
        """Writes the file on a lane; one that is there is only replaced with ``force``."""
        source, settings, now = self._source, self._context.workspace.settings, self._context.now()
        if source is None:
            return

        def work() -> Path:
            from inbox.flow import report_files

            made = source.content(kind, workspace_name=settings.name, zone=settings.time_zone, now=now)
            report_files.put(path, made, force=force)
            return path

        self._turn(busy=True)
        self._context.lanes.run(work, self._written, self._unwritten)

    @Slot()
    def copy(self) -> None:
        """Puts the table on the clipboard, as text and for spreadsheets."""
        source = self._source
        if source is not None:
            self._context.lanes.run(source.copied, self._copied, self._unwritten)

    @Slot()
    def open_folder(self) -> None:
        """Shows the folder of the file that was written last."""
        if self.last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.last.parent)))

    def _written(self, path: Path) -> None:
        self._turn(busy=False)
        self.last = path
        self._say(self.tr("Written to %1.").replace("%1", short_path(path)))
        self.written.emit(path)

    def _copied(self, found: tuple[str, str]) -> None:
        data = QMimeData()
        data.setText(found[0])
        data.setHtml(found[1])
        QGuiApplication.clipboard().setMimeData(data)
        self._context.toast(self.tr("The table is on the clipboard."))

    def _unwritten(self, error: Exception) -> None:
        self._turn(busy=False)
        sentence = str(error).strip() or type(error).__name__
        self._context.toast(sentence)
        self.failed.emit(sentence)

    def _say(self, sentence: str) -> None:
        """A bar of our own: what it offers is to open the folder, and nothing to take back."""
        if self._toast is None or self._toast.parentWidget() is not self.window():
            self._toast = Toast(self.window())
            self._toast.button.setText(self.tr("Open folder"))
            self._toast.button.setAccessibleName(self.tr("Open the folder of the file"))
            self._toast.button.set_icon("open")
            self._toast.button.key = ""
        self._toast.show_text(sentence, self.open_folder)
        self._toast.ring.hide()

    def _turn(self, *, busy: bool) -> None:
        self._busy = busy
        self.setText(self.tr("Writing...") if busy else self.tr("Export"))
        self._fit()

    def _fit(self) -> None:
        self.setEnabled(self._source is not None and not self._busy)
        self.updateGeometry()
        self.update()


def short_path(path: Path) -> str:
    """A path that fits a bar: its end, where it is long."""
    told = str(path)
    return told if len(told) <= LONGEST else f"…{told[1 - LONGEST :]}"


def documents() -> Path:
    """The user's folder of documents, else their home."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


def file_name(title: str) -> str:
    """A title as a file's name."""
    return (
        "".join(letter if letter.isalnum() or letter in " -_,()" else "-" for letter in title).strip(" -") or "report"
    )
