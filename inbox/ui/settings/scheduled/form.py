"""The form of one scheduled report, shown inside the card; what is wrong stands below it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from inbox.model.report import REPORTS, By, Timing
from inbox.model.words import Metric
from inbox.model.workspace import Every, FileKind, ScheduledReport, Workspace
from inbox.ui.reports import words as report_words
from inbox.ui.settings.scheduled import words
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Divider, Label, LineEdit, Segmented, column, isolate, row

LABEL_WIDTH = 160
NEW = ScheduledReport("", "digest")


class ReportForm(QWidget):
    """``saved`` carries the report and the name that it replaces (None for a new one), ``left`` says no."""

    saved = Signal(object, object)
    left = Signal()

    def __init__(self, workspace: Workspace, report: ScheduledReport | None, parent: QWidget | None = None) -> None:
        """``report`` is edited, None begins a new one."""
        super().__init__(parent)
        self._report = report or NEW
        self._replaces = None if report is None else report.name
        self._zone = workspace.settings.time_zone
        self.name = LineEdit(self.tr("Name"))
        self.report = _combo(self.tr("Report"), [(each, words.named(each)) for each in REPORTS], self._report.report)
        self.figure = _combo(
            self.tr("Figure"), [(str(each), report_words.metric(each)) for each in Metric], str(self._report.metric)
        )
        self.by = _combo(
            self.tr("A row for each"), [(str(each), report_words.group(each)) for each in By], self._report.by
        )
        times = ((Timing.CALENDAR, self.tr("Calendar time")), (Timing.BUSINESS, self.tr("Business time")))
        self.timing = _combo(self.tr("Time"), [(str(each), said) for each, said in times], self._report.timing)
        self.every = Segmented([(str(each), words.rhythm(each), "") for each in Every], self.tr("How often"))
        self.at = LineEdit(self.tr("At"))
        areas = [("", self.tr("All areas")), *((each.name, each.name) for each in workspace.areas)]
        chosen = self._report.areas[0] if len(self._report.areas) == 1 else ""
        self.area = _combo(self.tr("Area"), areas, chosen)
        self.files = {
            each: Button(words.kind(each), "", "chip")
            for each in (FileKind.PDF, FileKind.HTML, FileKind.XLSX, FileKind.CSV)
        }
        self.folder = LineEdit(self.tr("Folder"), self.tr("The usual one in the data folder"))
        self.save = Button(self.tr("Save"), "check", "primary")
        self.cancel = Button(self.tr("Cancel"))
        self.wrong = Label("", "meta", "late", wrap=True)
        self._lines: dict[str, QWidget] = {}
        self._build()
        self._fill()

    def chosen(self) -> ScheduledReport:
        """The report as it stands in the form. Raises ``ValueError`` for a time of day that is none."""
        area = str(self.area.currentData())
        several = len(self._report.areas) > 1 and not area
        return replace(
            self._report,
            name=self.name.text().strip(),
            report=str(self.report.currentData()),
            metric=Metric(str(self.figure.currentData())),
            by=str(self.by.currentData()),
            timing=str(self.timing.currentData()),
            every=Every(self.every.value()),
            at=time.fromisoformat(self.at.text().strip().zfill(5)),
            areas=self._report.areas if several else (area,) if area else (),
            files=tuple(each for each, chip in self.files.items() if chip.isChecked()),
            folder=self.folder.text().strip() or None,
        )

    def explain(self, troubles: Sequence[tuple[str, str]]) -> None:
        """What is wrong, with its field outlined."""
        fields = {field for field, _ in troubles}
        self.name.set_wrong(wrong="name" in fields)
        self.at.set_wrong(wrong="at" in fields)
        self.folder.set_wrong(wrong="folder" in fields)
        self.wrong.setText("\n".join(sentence for _, sentence in troubles))
        self.wrong.setVisible(bool(troubles))

    def _build(self) -> None:
        box = column(self, gap=10)
        box.addWidget(Divider())
        title = self.tr("A new report") if self._replaces is None else isolate(self._replaces)
        box.addWidget(Label(title, "name"))
        kinds = QWidget()
        chips = row(kinds, gap=8)
        for chip in self.files.values():
            chip.setCheckable(True)
            chips.addWidget(chip)
        for key, said, part in (
            ("name", self.tr("Name"), self.name), ("report", self.tr("Report"), self.report),
            ("metric", self.tr("Figure"), self.figure), ("by", self.tr("A row for each"), self.by),
            ("timing", self.tr("Time"), self.timing), ("area", self.tr("Area"), self.area),
            ("every", self.tr("How often"), self.every), ("at", self.tr("At"), _beside(self.at, self._zone)),
            ("files", self.tr("Files"), kinds), ("folder", self.tr("Folder"), self.folder),
        ):  # fmt: skip
            self._lines[key] = _line(said, part)
            box.addWidget(self._lines[key])
        for edit in (self.name, self.folder):
            edit.setMinimumWidth(current().px(280))
        self.at.setMaximumWidth(current().px(80))
        box.addWidget(self.wrong)
        self.wrong.hide()
        foot = row(gap=8)
        for button in (self.save, self.cancel):
            foot.addWidget(button)
        foot.addStretch(1)
        box.addLayout(foot)
        self.setFocusProxy(self.name)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.left)
        self.report.currentIndexChanged.connect(self._fit)
        self.name.returnPressed.connect(self._save)

    def _fill(self) -> None:
        report = self._report
        self.name.setText(report.name)
        self.every.set_value(str(report.every))
        self.at.setText(f"{report.at:%H:%M}")
        self.folder.setText(report.folder or "")
        for each, chip in self.files.items():
            chip.setChecked(each in report.files)
        if len(report.areas) > 1:
            self.area.setItemText(0, ", ".join(report.areas))
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Only what the report knows is asked."""
        report = str(self.report.currentData())
        self._lines["metric"].setVisible(report in words.TIMED)
        self._lines["timing"].setVisible(report == "response-times")
        self._lines["by"].setVisible(report in words.GROUPED)

    @Slot()
    def _save(self) -> None:
        try:
            made = self.chosen()
        except ValueError:
            self.explain([("at", self.tr("Write the time like 06:00."))])
            return
        self.saved.emit(made, self._replaces)


def _combo(name: str, options: Sequence[tuple[str, str]], value: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for key, said in options:
        made.addItem(said, key)
    made.setCurrentIndex(max(0, made.findData(value)))
    made.setMinimumWidth(current().px(200))
    return made


def _beside(part: QWidget, words_: str) -> QWidget:
    """A part with a word beside it."""
    held = QWidget()
    inside = row(held, gap=8)
    inside.addWidget(part)
    inside.addWidget(Label(words_, "meta", "text3"))
    held.setFocusProxy(part)
    return held


def _line(words_: str, part: QWidget) -> QWidget:
    held = QWidget()
    inside = row(held, gap=8)
    label = Label(words_, "control")
    label.setFixedWidth(current().px(LABEL_WIDTH))
    label.setBuddy(part)
    inside.addWidget(label)
    inside.addWidget(part)
    inside.addStretch(1)
    # Fields are as high as the style sheet says, which a layout in a narrow window does not ask for.
    part.ensurePolished()
    held.setMinimumHeight(part.sizeHint().height())
    return held
