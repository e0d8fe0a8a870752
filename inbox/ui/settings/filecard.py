"""The workspace file: written out, edited anywhere, checked and read back."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from inbox.ui.context import Context
from inbox.ui.settings.cards import Section
from inbox.ui.widgets import Button, Label, column, row
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.flow.config_file import Problem
    from inbox.flow.workspace import Imported
    from inbox.store.engine import Store

SHOWN = 12


class FileCard(Section):
    """Export, import and check; every error is listed with its line, key and reason."""

    def __init__(self, context: Context) -> None:
        """Nothing was read yet."""
        super().__init__(
            context.tr("Workspace file"),
            context.tr("Areas, people, calendars, policies and rules as one text file. Export it, edit it, import it."),
        )
        self._context = context
        self._last: Path | None = None
        self._open_after: Path | None = None
        self.export = Button(self.tr("Export..."), "download")
        self.load = Button(self.tr("Import..."), "open")
        self.edit = Button(self.tr("Edit as workspace file"), "pencil")
        buttons = row(gap=8)
        for button in (self.edit, self.export, self.load):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.said = Label("", "base", "text2", wrap=True)
        self.said.hide()
        self.body.addWidget(self.said)
        self._errors = column(gap=2)
        self.body.addLayout(self._errors)
        self.export.clicked.connect(self._ask_export)
        self.load.clicked.connect(self._ask_import)
        self.edit.clicked.connect(self._edit)

    def write_to(self, path: Path) -> None:
        """Writes the file."""

        def work(store: "Store") -> Path:
            from inbox.flow import workspace

            path.write_text(workspace.export(store), encoding="utf-8")
            return path

        self._context.lanes.write(work, self._written, self._failed)

    def read_from(self, path: Path) -> None:
        """Brings the workspace in line with a file; one with errors changes nothing."""
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> "Imported | tuple[Problem, ...]":
            from inbox.flow import config_file, workspace

            problems = config_file.check(path)
            return problems or workspace.import_(store, path, actor=actor, now=now)

        self._context.lanes.write(work, self._read, self._failed)

    @Slot()
    def _ask_export(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, self.tr("Export"), "workspace.toml", "TOML (*.toml)")
        if name:
            self.write_to(Path(name))

    @Slot()
    def _ask_import(self) -> None:
        start = str(self._last.parent) if self._last is not None else ""
        name, _kind = QFileDialog.getOpenFileName(self, self.tr("Import"), start, "TOML (*.toml)")
        if name:
            self.read_from(Path(name))

    @Slot()
    def _edit(self) -> None:
        """Exports where one chooses, then opens it in whatever edits text here."""
        name, _kind = QFileDialog.getSaveFileName(self, self.tr("Edit"), "workspace.toml", "TOML (*.toml)")
        if name:
            self._open_after = Path(name)
            self.write_to(Path(name))

    def _written(self, path: Path) -> None:
        self._last = path
        self._say(self.tr("Written to %1. Import it after editing.").replace("%1", path.name), ())
        if self._open_after == path:
            self._open_after = None
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _read(self, outcome: "Imported | tuple[Problem, ...]") -> None:
        if isinstance(outcome, tuple):
            words = counted("%n error(s): nothing was changed.", len(outcome), "settings")
            self._say(words, [str(problem) for problem in outcome], bad=True)
        else:
            self._say(outcome.sentence, ())

    def _failed(self, error: Exception) -> None:
        self._say(str(error).strip() or type(error).__name__, (), bad=True)

    def _say(self, sentence: str, errors: Sequence[str], *, bad: bool = False) -> None:
        self.said.setText(sentence)
        self.said.set_tone("late" if bad else "ok")
        self.said.show()
        while self._errors.count():
            item = self._errors.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                _discard(widget)
        for each in errors[:SHOWN]:
            self._errors.addWidget(Label(each, "meta", "text", wrap=True))
        if len(errors) > SHOWN:
            self._errors.addWidget(Label(counted("and %n more", len(errors) - SHOWN), "meta", "text3"))


def _discard(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
