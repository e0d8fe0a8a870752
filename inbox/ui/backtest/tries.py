"""What can be tried: a rule switched on or off, a file, another threshold, one more employee."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QSizePolicy, QWidget

from inbox.model.ids import EmployeeId
from inbox.model.people import Employee
from inbox.model.workspace import Workspace
from inbox.ui.backtest.slider import ShareSlider
from inbox.ui.backtest.words import share_words
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.widgets import Button, ElidedLabel, Label, column, row

NAME = "one-more"
CAPACITIES, USUAL = (1, 3, 5, 8, 12, 20, 40), 12
FIELD, WIDEST = 240, 420
ERRORS = 4
NARROWEST, LEAST = 76, 4


class Try(QWidget):
    """One way to change the workspace. ``ready_changed`` says that ``changed`` may answer otherwise now."""

    ready_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """A row of fields with a sentence below."""
        super().__init__(parent)
        self.present = Workspace()
        self.box = column(self, gap=6)
        self.fields = row(gap=8)
        self.said = Label("", "meta", "text2", wrap=True)
        self.box.addLayout(self.fields)
        self.box.addWidget(self.said)

    def show_present(self, present: Workspace) -> None:
        """The workspace as it is."""
        self.present = present

    def changed(self) -> Workspace | None:
        """The workspace as it would be; None while nothing is chosen."""
        raise NotImplementedError

    def say(self, sentence: str, tone: str = "text2") -> None:
        """A sentence under the fields."""
        self.said.set_tone(tone)
        self.said.setText(sentence)


class RuleTry(Try):
    """One of the present rules switched off, or one that waits switched on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until the workspace is known."""
        super().__init__(parent)
        self.rule = _combo(self.tr("Rule to switch"))
        self.fields.addWidget(self.rule)
        self.fields.addStretch(1)
        self.rule.currentIndexChanged.connect(self._chosen)

    def show_present(self, present: Workspace) -> None:
        """Its rules, in order; the chosen one stays."""
        super().show_present(present)
        kept = self.rule.currentData()
        self.rule.blockSignals(True)
        self.rule.clear()
        for rule in present.rules:
            words = self.tr("Switch off “%1”") if rule.on else self.tr("Switch on “%1”")
            self.rule.addItem(words.replace("%1", rule.name), rule.name)
        self.rule.setCurrentIndex(max(0, self.rule.findData(kept)))
        self.rule.blockSignals(False)
        self.rule.setVisible(bool(present.rules))
        self._chosen()

    def changed(self) -> Workspace | None:
        """The rules with the chosen one the other way round."""
        name = self.rule.currentData()
        if name is None:
            return None
        rules = tuple(replace(rule, on=not rule.on) if rule.name == name else rule for rule in self.present.rules)
        return replace(self.present, rules=rules)

    @Slot()
    def _chosen(self) -> None:
        place = self.rule.currentIndex() + 1
        words = self.tr("It is rule %1 of %2.").replace("%1", str(place)).replace("%2", str(self.rule.count()))
        self.say(words if place else self.tr("There are no rules yet. Write one on the rules page, or try a file."))
        self.ready_changed.emit()


class FileTry(Try):
    """A file with rules or other sections of a workspace file; errors are named with their lines."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """No file yet."""
        super().__init__(parent)
        self._context = context
        self._read: Workspace | None = None
        self.path: Path | None = None
        self.choose = Button(self.tr("Choose a file..."), "open")
        self.name = ElidedLabel("", "control")
        self.fields.addWidget(self.choose)
        self.fields.addWidget(self.name, 1)
        self.choose.clicked.connect(self._ask)
        self._about()

    def show_present(self, present: Workspace) -> None:
        """Another workspace: the file is read over it."""
        super().show_present(present)
        if self.path is not None:
            self.read_from(self.path)

    def changed(self) -> Workspace | None:
        """What the file makes of the workspace."""
        return self._read

    def read_from(self, path: Path) -> None:
        """Reads and checks a file."""
        self.path, self._read = path, None
        self.name.setText(path.name)
        present = self.present

        def work() -> Workspace | tuple[str, ...]:
            from inbox.flow.backtest.changes import changed
            from inbox.flow.config_file import BadFile

            try:
                return changed(present, path)
            except BadFile as error:
                return tuple(str(each) for each in error.problems)

        self._context.lanes.run(work, self._known, self._unreadable, key=(id(self), "file"))

    def _known(self, found: Workspace | tuple[str, ...]) -> None:
        if isinstance(found, Workspace):
            self._read = found
            self.say(self.tr("It has no errors. What it holds replaces that part of the workspace; the rest stays."))
        else:
            more = [self.tr("... and %1 more").replace("%1", str(len(found) - ERRORS))] if len(found) > ERRORS else []
            self.say("\n".join([*found[:ERRORS], *more]), "late")
        self.ready_changed.emit()

    def _unreadable(self, error: Exception) -> None:
        self.say(getattr(error, "strerror", None) or str(error), "late")
        self.ready_changed.emit()

    def _about(self) -> None:
        self.say(self.tr("A workspace file, or one with only [[rules]], [[employees]], [[areas]], [[policies]] ..."))

    @Slot()
    def _ask(self) -> None:
        start = str(self.path.parent) if self.path is not None else ""
        name, _kind = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), start, "TOML (*.toml)")
        if name:
            self.read_from(Path(name))


class ThresholdTry(Try):
    """Another threshold for the learned area, with what it leaves to people as far as a run has shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """At the present threshold."""
        super().__init__(parent)
        self._coverage: dict[int, float] = {}
        self.slider = ShareSlider(self.tr("Threshold in percent"), FIELD)
        self.value = Label("", "name")
        self.fields.addWidget(self.slider)
        self.fields.addWidget(self.value)
        self.fields.addStretch(1)
        self.slider.valueChanged.connect(self._moved)

    def show_present(self, present: Workspace) -> None:
        """Its threshold, unless another was chosen."""
        untouched = self.slider.value() in {0, round(self.present.settings.confidence * 100)}
        super().show_present(present)
        if untouched:
            self.slider.setValue(round(present.settings.confidence * 100))
        self._moved()

    def show_coverage(self, coverage: tuple[tuple[float, float], ...]) -> None:
        """What the last run found: the share of threads that get an area, by threshold."""
        self._coverage = {round(at * 100): share for at, share in coverage}
        self._moved()

    def changed(self) -> Workspace | None:
        """The workspace with that threshold."""
        settings = replace(self.present.settings, confidence=self.slider.value() / 100)
        return replace(self.present, settings=settings)

    @Slot()
    def _moved(self) -> None:
        now, was = self.slider.value(), round(self.present.settings.confidence * 100)
        words = self.tr("%1, as it is") if now == was else self.tr("%1 instead of %2")
        self.value.setText(words.replace("%1", f"{now}%").replace("%2", f"{was}%"))
        if self._coverage:
            same = self.tr("By the last run %1 of threads get an area at this threshold.")
            other = self.tr("By the last run %1 of threads get an area at that threshold; at the present one %2.")
            said = same if now == was else other
            for place, share in enumerate((self._covered(now), self._covered(was)), start=1):
                said = said.replace(f"%{place}", share_words(share))
            self.say(said)
        else:
            self.say(self.tr("Under it a person sorts the thread. After a run this says how many that would be."))
        self.ready_changed.emit()

    def _covered(self, at: int) -> float:
        """Between two steps that were counted it is read along the line."""
        below = max((step for step in self._coverage if step <= at), default=min(self._coverage))
        above = min((step for step in self._coverage if step >= at), default=below)
        if below == above:
            return self._coverage[below]
        part = (at - below) / (above - below)
        return self._coverage[below] + (self._coverage[above] - self._coverage[below]) * part


class StaffTry(Try):
    """One more employee on an area, round the clock or with a colleague's hours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until the workspace is known."""
        super().__init__(parent)
        self.area = _combo(self.tr("Area of the new employee"))
        self.hours = _combo(self.tr("Hours of the new employee"))
        self.capacity = _combo(self.tr("How many threads they can have at once"))
        for many in CAPACITIES:
            self.capacity.addItem(self.tr("%1 at once").replace("%1", str(many)), many)
        self.capacity.addItem(self.tr("No limit"), 0)
        self.capacity.setCurrentIndex(CAPACITIES.index(USUAL))
        for part in (self.area, self.hours, self.capacity):
            self.fields.addWidget(part)
        self.fields.addStretch(1)
        self.say(self.tr("One more employee answers this area beside those who are there."))

    def show_present(self, present: Workspace) -> None:
        """Its areas, and the hours that there are."""
        super().show_present(present)
        _refill(self.area, [(self.tr("On %1").replace("%1", each.name), each.name) for each in present.areas])
        hours = [(self.tr("Round the clock"), "")]
        hours += [
            (self.tr("Hours of %1").replace("%1", each.full_name or each.name), each.name)
            for each in present.employees
            if each.shifts is not None
        ]
        _refill(self.hours, hours)
        self.area.setVisible(bool(present.areas))

    def changed(self) -> Workspace | None:
        """The staff with somebody more. In a workspace without areas they answer everything."""
        area, like = self.area.currentData(), self.hours.currentData()
        colleague = next((each for each in self.present.employees if each.name == like), None)
        shifts, zone = (colleague.shifts, colleague.time_zone) if colleague is not None else (None, None)
        more = Employee(
            EmployeeId(0), self._name(), "", areas=(area,) if area else (), shifts=shifts, time_zone=zone,
            capacity=self.capacity.currentData() or None,
        )  # fmt: skip
        return replace(self.present, employees=(*self.present.employees, more))

    def _name(self) -> str:
        names = {each.name for each in self.present.employees}
        return next(name for number in range(len(names) + 1) if (name := f"{NAME}{number or ''}") not in names)


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMaximumWidth(current().px(WIDEST))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMinimumContentsLength(LEAST)
    made.setMinimumWidth(current().px(NARROWEST))
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def _refill(combo: QComboBox, entries: list[tuple[str, str]]) -> None:
    kept = combo.currentData()
    combo.clear()
    for words, value in entries:
        combo.addItem(words, value)
    combo.setCurrentIndex(max(0, combo.findData(kept)))
