"""The five steps: what each asks for, what it says when it is done, and what it writes."""

from collections.abc import Sequence
from datetime import time, timedelta

from PySide6.QtCore import QTime, QTimeZone, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from inbox.model.people import WEEKDAYS
from inbox.model.words import Role
from inbox.model.workspace import UNSORTED, Workspace
from inbox.ui.firstrun import deeds
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.widgets import Button, Field, IconButton, Label, LineEdit, Segmented, column, row

FIELD_WIDTH = 380
TARGETS = {"1h": timedelta(hours=1), "4h": timedelta(hours=4), "1d": timedelta(days=1), "none": None}


class Step(QWidget):
    """A title, a sentence, a form. ``change`` is what it writes, None when nothing was filled in."""

    title = ""

    def __init__(self, heading: str, words: str) -> None:
        """``heading`` stands large, ``words`` under it."""
        super().__init__()
        self.box = column(self, gap=16)
        self._head = QWidget()
        head = column(self._head, gap=2)
        head.addWidget(Label(heading, "figure", wrap=True))
        head.addWidget(Label(words, "base", "text2", wrap=True))
        self.box.addWidget(self._head)

    def without_head(self) -> None:
        """Only the form, for where another heading stands above."""
        self._head.hide()

    def show_workspace(self, workspace: Workspace) -> None:
        """Fills in what is known."""

    def wrong(self) -> str:
        """What is still to be filled in; empty when one can go on."""
        return ""

    def change(self) -> deeds.Change | None:
        """What this step writes."""
        return None

    def said(self) -> str:
        """What stands under the step in the list once it is done."""
        return ""


class NameStep(Step):
    """The workspace's name and time zone."""

    def __init__(self) -> None:
        """The system's zone at first."""
        super().__init__("", "")
        set_head(self, self.tr("Name the workspace"), self.tr("Your company or brand, as your colleagues call it."))
        self.name = Field(self.tr("Name"), "", "Example Air")
        self.name.setMaximumWidth(current().px(FIELD_WIDTH))
        self.zone = zones(self.tr("Time zone"))
        self.box.addWidget(self.name)
        label = Label(self.tr("Time zone"), "control")
        label.setBuddy(self.zone)
        zone = column(gap=4)
        zone.addWidget(label)
        zone.addWidget(self.zone)
        zone.addWidget(Label(self.tr("Service hours and shifts are read in this zone."), "meta", "text3", wrap=True))
        self.box.addLayout(zone)

    def show_workspace(self, workspace: Workspace) -> None:
        """The name, unless it is still the one every workspace begins with."""
        settings = workspace.settings
        if not self.name.text() and settings.name != "My workspace":
            self.name.set_text(settings.name)
        if settings.time_zone != "UTC":
            self.zone.setCurrentText(settings.time_zone)

    def wrong(self) -> str:
        """A name is needed."""
        sentence = "" if self.name.text() else self.tr("Give it a name, or skip this step.")
        self.name.set_error(sentence)
        return sentence

    def change(self) -> deeds.Change:
        """Name and zone."""
        return deeds.Named(self.name.text(), self.zone.currentText())

    def said(self) -> str:
        """The name."""
        return line(self.name.text(), 40)


class AreasStep(Step):
    """The areas and the words that lead to them."""

    def __init__(self) -> None:
        """Three empty lines."""
        super().__init__("", "")
        words = self.tr("Who answers what? Mentions with an area's words go to it, the rest to Unsorted.")
        set_head(self, self.tr("Name the areas"), words)
        self._lines = column(gap=8)
        self.rows: list[tuple[LineEdit, LineEdit]] = []
        self.box.addLayout(self._lines)
        self.more = Button(self.tr("Another area"), "plus")
        self.more.clicked.connect(self._add)
        self.box.addWidget(self.more)
        for example in (("Billing", "invoice, charged, refund"), ("Support", "broken, error, login"), ("Press", "")):
            self.add(*example)

    def show_workspace(self, workspace: Workspace) -> None:
        """The areas that there are."""
        known = [area for area in workspace.areas if area.name != UNSORTED]
        if known and not any(name.text() for name, _words in self.rows):
            while len(self.rows) < len(known):
                self.add()
            for (name, words), area in zip(self.rows, known, strict=False):
                name.setText(area.name)
                words.setText(", ".join(area.keywords))

    def add(self, name: str = "", words: str = "") -> None:
        """Another line; ``name`` and ``words`` are shown as examples."""
        holder = QWidget()
        inside = row(holder, gap=8)
        named = LineEdit(self.tr("Area"), name or self.tr("Area"))
        named.setFixedWidth(current().px(180))
        keywords = LineEdit(self.tr("Keywords"), words or self.tr("Words, separated by commas"))
        remove = IconButton("close", self.tr("Remove this area"))
        entry = (named, keywords)
        remove.clicked.connect(lambda: self._remove(holder, entry))
        inside.addWidget(named)
        inside.addWidget(keywords, 1)
        inside.addWidget(remove)
        holder.setMaximumWidth(current().px(640))
        self.rows.append(entry)
        self._lines.addWidget(holder)

    def areas(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Name and keywords of each line that has a name; the first of a name counts."""
        found: dict[str, tuple[str, ...]] = {}
        for name, words in self.rows:
            title = " ".join(name.text().split())
            if title and title.casefold() != UNSORTED.casefold():
                found.setdefault(title, tuple(word.strip() for word in words.text().split(",") if word.strip()))
        return tuple(found.items())

    def wrong(self) -> str:
        """One area at least."""
        return "" if self.areas() else self.tr("Name one area at least, or skip this step.")

    def change(self) -> deeds.Change:
        """The areas."""
        return deeds.WithAreas(self.areas())

    def said(self) -> str:
        """Their names."""
        return ", ".join(name for name, _words in self.areas())

    @Slot()
    def _add(self) -> None:
        self.add()
        self.rows[-1][0].setFocus()

    def _remove(self, holder: QWidget, entry: tuple[LineEdit, LineEdit]) -> None:
        if entry in self.rows:
            self.rows.remove(entry)
            self._lines.removeWidget(holder)
            holder.hide()
            holder.deleteLater()


class HoursStep(Step):
    """The days and hours in which the team answers, and how soon."""

    def __init__(self) -> None:
        """Monday to Friday, nine to five."""
        super().__init__("", "")
        set_head(self, self.tr("Set service hours"), self.tr("Clocks run only while somebody can answer."))
        self.when = Segmented(
            [("hours", self.tr("On these days"), ""), ("always", self.tr("Around the clock"), "")],
            self.tr("Service hours"),
        )
        self.days = {day: QCheckBox(words) for day, words in zip(WEEKDAYS, self._names(), strict=True)}
        self.start, self.end = _time(self.tr("From"), 9), _time(self.tr("To"), 17)
        self.target = Segmented(
            [("1h", self.tr("1 hour"), ""), ("4h", self.tr("4 hours"), ""), ("1d", self.tr("1 day"), ""),
             ("none", self.tr("No target"), "")],
            self.tr("Answer within"),
        )  # fmt: skip
        self.target.set_value("4h")
        self._build()

    def wrong(self) -> str:
        """A day at least."""
        if self.when.value() == "hours" and not any(box.isChecked() for box in self.days.values()):
            return self.tr("Choose one day at least, or around the clock.")
        if _clock(self.start) is None or _clock(self.end) is None:
            return self.tr("Write times like 09:00.")
        return ""

    def change(self) -> deeds.Change:
        """A calendar and a policy."""
        days = () if self.when.value() == "always" else tuple(d for d, box in self.days.items() if box.isChecked())
        start, end = _clock(self.start) or time(9), _clock(self.end) or time(17)
        return deeds.WithHours(days, start, end, TARGETS[self.target.value()])

    def said(self) -> str:
        """The hours."""
        if self.when.value() == "always":
            return self.tr("Around the clock")
        return f"{self.start.text()} - {self.end.text()}"

    def _build(self) -> None:
        self.box.addWidget(self.when)
        self._choice = QWidget()
        inside = column(self._choice, gap=12)
        days = row(gap=12)
        for at, box in enumerate(self.days.values()):
            box.setChecked(at < 5)  # noqa: PLR2004 - Monday to Friday
            days.addWidget(box)
        days.addStretch(1)
        inside.addLayout(days)
        hours = row(gap=8)
        for words, edit in ((self.tr("From"), self.start), (self.tr("to"), self.end)):
            hours.addWidget(Label(words, "control"))
            hours.addWidget(edit)
        hours.addStretch(1)
        inside.addLayout(hours)
        self.box.addWidget(self._choice)
        self.box.addWidget(Label(self.tr("Answer within"), "control"))
        self.box.addWidget(self.target)
        self.when.chosen.connect(self._chosen)

    @Slot(str)
    def _chosen(self, value: str) -> None:
        self._choice.setVisible(value == "hours")

    def _names(self) -> Sequence[str]:
        return (
            self.tr("Mon"), self.tr("Tue"), self.tr("Wed"), self.tr("Thu"), self.tr("Fri"), self.tr("Sat"),
            self.tr("Sun"),
        )  # fmt: skip


class PeopleStep(Step):
    """Who answers: oneself first."""

    def __init__(self, system_user: str = "") -> None:
        """``system_user`` is offered as one's own short name."""
        super().__init__("", "")
        words = self.tr("You first. Colleagues open the same workspace on their own computer and choose their name.")
        set_head(self, self.tr("Invite people"), words)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(current().px(8))
        self.grid.setVerticalSpacing(current().px(8))
        for at, words in enumerate((self.tr("Full name"), self.tr("Short name"), self.tr("Role"))):
            self.grid.addWidget(Label(words, "meta", "text3"), 0, at)
        self.rows: list[tuple[LineEdit, LineEdit, QComboBox]] = []
        self.box.addLayout(self.grid)
        self.more = Button(self.tr("Another person"), "plus")
        self.more.clicked.connect(self._add)
        self.box.addWidget(self.more)
        self.add(Role.ADMIN, system_user)
        self.add(Role.EMPLOYEE)

    def add(self, role: Role, name: str = "") -> None:
        """Another line."""
        full = LineEdit(self.tr("Full name"), self.tr("You") if not self.rows else self.tr("A colleague"))
        short = LineEdit(self.tr("Short name"), "ana")
        short.setText(name)
        roles = QComboBox()
        roles.setAccessibleName(self.tr("Role"))
        for each in Role:
            roles.addItem(str(each).capitalize(), each)
        roles.setCurrentIndex(list(Role).index(role))
        full.setMinimumWidth(current().px(200))
        at = len(self.rows) + 1
        for place, part in enumerate((full, short, roles)):
            self.grid.addWidget(part, at, place)
        self.rows.append((full, short, roles))

    def show_workspace(self, workspace: Workspace) -> None:
        """Whoever is there already is not asked for again."""
        known = workspace.employees
        if known and not self.rows[0][0].text():
            self.rows[0][0].setText(known[0].full_name)
            self.rows[0][1].setText(known[0].name)

    def people(self) -> tuple[tuple[str, str, Role], ...]:
        """Short name, full name and role of each line that is filled in."""
        found: dict[str, tuple[str, str, Role]] = {}
        for full, short, roles in self.rows:
            full_name = " ".join(full.text().split())
            name = short.text().strip().casefold() or full_name.split(" ")[0].casefold()
            if name and (full_name or short.text().strip()):
                found.setdefault(name, (name, full_name or name, Role(roles.currentData())))
        return tuple(found.values())

    def wrong(self) -> str:
        """Oneself at least."""
        return "" if self.people() else self.tr("Write your own name at least, or skip this step.")

    def change(self) -> deeds.Change:
        """The people."""
        return deeds.WithPeople(self.people())

    def said(self) -> str:
        """Their names."""
        return ", ".join(full for _name, full, _role in self.people())

    @Slot()
    def _add(self) -> None:
        self.add(Role.EMPLOYEE)
        self.rows[-1][0].setFocus()


def set_head(step: Step, heading: str, words: str) -> None:
    """Fills the two labels that a step begins with."""
    labels = [label for label in step.findChildren(Label) if not label.text()]
    labels[0].setText(heading)
    labels[1].setText(words)


def zones(name: str) -> QComboBox:
    """A list of time zones, the system's own chosen."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    found = sorted(bytes(each.data()).decode() for each in QTimeZone.availableTimeZoneIds())
    box.addItems([each for each in found if not each.startswith(("UTC+", "UTC-", "Etc/", "posix", "right"))])
    here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    box.setCurrentText("UTC" if here in {"", "Etc/UTC"} else here)
    box.setMaximumWidth(current().px(FIELD_WIDTH))
    box.setMaxVisibleItems(12)
    return box


def _time(name: str, hour: int) -> LineEdit:
    edit = LineEdit(name)
    edit.setInputMask("99:99")
    edit.setText(f"{hour:02d}:00")
    edit.setFixedWidth(current().px(80))
    return edit


def _clock(edit: LineEdit) -> time | None:
    """The time that was typed; 24:00 is the end of the day."""
    text = "00:00" if edit.text() == "24:00" else edit.text()
    read = QTime.fromString(text, "HH:mm")
    return time(read.hour(), read.minute()) if read.isValid() else None
