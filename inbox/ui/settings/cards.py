"""The cards of the settings page; each reads the context and says what is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from inbox.model.workspace import UNSORTED, Workspace
from inbox.ui.commands import COMMANDS, Group, caps, shown_text
from inbox.ui.context import Context
from inbox.ui.firstrun.steps import zones
from inbox.ui.settings.words import calendar_words, employee_words, policy_words
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Card, Disc, Divider, KeyCap, Label, LineEdit, Segmented, column, row

LABEL_WIDTH = 160
DISC, PLAIN = -1, -2
UNDO_SECONDS = (0, 5, 10, 30)
SIZES = (100, 115, 130, 145, 160)
CONFIDENCES = (40, 55, 70, 85)
MOST = 100


class Section(Card):
    """A card with a title, a sentence, and lines of a label and a part."""

    def __init__(self, title: str, words: str = "") -> None:
        """Lines follow by ``line``."""
        super().__init__()
        self.title = title
        self.body.setSpacing(current().px(10))
        self.body.addWidget(Label(title, "pane"))
        if words:
            self.body.addWidget(Label(words, "meta", "text3", wrap=True))

    def line(self, words: str, part: QWidget) -> None:
        """Adds a line."""
        inside = row(gap=8)
        label = Label(words, "control")
        label.setFixedWidth(current().px(LABEL_WIDTH))
        label.setBuddy(part)
        inside.addWidget(label)
        inside.addWidget(part)
        inside.addStretch(1)
        self.body.addLayout(inside)


@dataclass(frozen=True, slots=True)
class WithSettings:
    """What the general card changes in the workspace."""

    name: str
    time_zone: str
    undo: timedelta
    confidence: float

    def __call__(self, workspace: Workspace) -> Workspace:
        """The workspace with it."""
        settings = replace(
            workspace.settings,
            name=self.name,
            time_zone=self.time_zone,
            undo=self.undo,
            confidence=self.confidence,
        )
        return replace(workspace, settings=settings)


class GeneralCard(Section):
    """Name, time zone, undo time, confidence. ``change_wanted`` carries the change."""

    change_wanted = Signal(object)

    def __init__(self) -> None:
        """Filled by ``show_workspace``."""
        super().__init__(_tr("Workspace"), _tr("What everybody in this workspace shares."))
        self.name = LineEdit(self.tr("Name"))
        self.name.setMinimumWidth(current().px(280))
        self.zone = zones(self.tr("Time zone"))
        self.zone.setMinimumWidth(current().px(280))
        self.undo = Segmented(
            [(str(n), self.tr("None") if n == 0 else self.tr("%1 s").replace("%1", str(n)), "") for n in UNDO_SECONDS],
            self.tr("Undo time"),
        )
        self.confidence = Segmented([(str(n), f"{n}%", "") for n in CONFIDENCES], self.tr("Confidence"))
        self.save = Button(self.tr("Save"), "check", "primary")
        self.save.clicked.connect(self._save)
        for words, part in (
            (self.tr("Name"), self.name), (self.tr("Time zone"), self.zone), (self.tr("Undo time"), self.undo),
            (self.tr("Confidence"), self.confidence),
        ):  # fmt: skip
            self.line(words, part)
        words = self.tr("Under this confidence the learned area is not trusted, and a person sorts.")
        self.body.addWidget(Label(words, "meta", "text3", wrap=True))
        foot = row()
        foot.addWidget(self.save)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self._shown: Workspace | None = None
        self._chosen: set[str] = set()
        self.undo.chosen.connect(self._undo_chosen)
        self.confidence.chosen.connect(self._confidence_chosen)

    def show_workspace(self, workspace: Workspace) -> None:
        """Fills in, unless nothing has changed: then what is being typed stays."""
        if self._shown is not None and self._shown.settings == workspace.settings:
            return
        self._shown = workspace
        settings = workspace.settings
        self.name.setText(settings.name)
        self.zone.setCurrentText(settings.time_zone)
        seconds = round(settings.undo.total_seconds())
        self.undo.set_value(str(min(UNDO_SECONDS, key=lambda n: abs(n - seconds))))
        share = settings.confidence * 100
        self.confidence.set_value(str(min(CONFIDENCES, key=lambda n: abs(n - share))))
        self._chosen = set()

    @Slot()
    def _save(self) -> None:
        name = " ".join(self.name.text().split())
        self.name.set_wrong(wrong=not name)
        if name:
            self.change_wanted.emit(self._change(name))

    def _change(self, name: str) -> WithSettings:
        """A value between those offered, written in the workspace file, stays until another is chosen."""
        before = self._shown.settings if self._shown is not None else Workspace().settings
        undo = timedelta(seconds=int(self.undo.value())) if "undo" in self._chosen else before.undo
        share = int(self.confidence.value()) / 100 if "confidence" in self._chosen else before.confidence
        return WithSettings(name, self.zone.currentText(), undo, share)

    @Slot()
    def _undo_chosen(self) -> None:
        self._chosen.add("undo")

    @Slot()
    def _confidence_chosen(self) -> None:
        self._chosen.add("confidence")


class LookCard(Section):
    """Scheme, density, text size: of this desktop only, in force at once."""

    def __init__(self, context: Context) -> None:
        """Follows the theme."""
        super().__init__(_tr("Appearance"), _tr("On this computer only."))
        self._context = context
        self.scheme = Segmented(
            [("system", self.tr("As the system"), ""), ("light", self.tr("Light"), ""), ("dark", self.tr("Dark"), ""),
             ("contrast", self.tr("High contrast"), "")],
            self.tr("Colours"),
        )  # fmt: skip
        self.density = Segmented(
            [("comfortable", self.tr("Comfortable"), ""), ("cosy", self.tr("Cosy"), ""),
             ("compact", self.tr("Compact"), "")],
            self.tr("Rows"),
        )  # fmt: skip
        self.text_size = Segmented([(str(size), f"{size}%", "") for size in SIZES], self.tr("Text size"))
        self.density.set_value("cosy")
        for words, part in (
            (self.tr("Colours"), self.scheme), (self.tr("Rows"), self.density), (self.tr("Text size"), self.text_size),
        ):  # fmt: skip
            self.line(words, part)
        self.scheme.chosen.connect(self._use)
        self.density.chosen.connect(self._use)
        self.text_size.chosen.connect(self._resize)
        context.commands.ran.connect(self._ran)
        self.show_theme()

    def show_theme(self) -> None:
        """What is in force."""
        theme = self._context.theme
        self.scheme.set_value(str(theme.chosen) if theme.chosen is not None else "system")
        percent = round(theme.fonts.scale * 100)
        self.text_size.set_value(str(min(SIZES, key=lambda size: abs(size - percent))))

    @Slot(str)
    def _use(self, command: str) -> None:
        self._context.commands.run(command)

    @Slot(str)
    def _resize(self, percent: str) -> None:
        self._context.theme.use(self._context.theme.chosen, int(percent) / 100)

    @Slot(str)
    def _ran(self, command: str) -> None:
        if command in {"comfortable", "cosy", "compact"}:
            self.density.set_value(command)


class MeCard(Section):
    """Who sits at this desk. ``chosen`` carries a name."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Filled by ``show_people``."""
        super().__init__(_tr("You"), _tr("Replies, notes and decisions carry this name."))
        self.who = QComboBox()
        self.who.setAccessibleName(self.tr("Who you are"))
        self.who.setMinimumWidth(current().px(280))
        self.line(self.tr("You are"), self.who)
        self.who.activated.connect(self._choose)

    def show_context(self, context: Context) -> None:
        """The employees, oneself chosen."""
        self.who.clear()
        for person in context.employees:
            self.who.addItem(person.full_name or person.name, person.name)
        self.who.setCurrentIndex(self.who.findData(context.employee))
        self.who.setEnabled(bool(context.employees))

    @Slot(int)
    def _choose(self, at: int) -> None:
        self.chosen.emit(str(self.who.itemData(at)))


class ListCard(Section):
    """Readable lines: a name and what is said of it."""

    def __init__(self, title: str, words: str, empty: str) -> None:
        """``empty`` stands there while there is nothing."""
        super().__init__(title, words)
        self._empty = empty
        self._list: QWidget | None = None

    def show_lines(self, lines: Sequence[tuple[str, str, int]]) -> None:
        """Name, words, and ``DISC`` where a disc stands before them."""
        if self._list is not None:
            self.body.removeWidget(self._list)
            self._list.hide()
            self._list.deleteLater()
        self._list = QWidget()
        box = column(self._list, gap=6)
        for at, (name, words, mark) in enumerate(lines[:MOST]):
            if at:
                box.addWidget(Divider())
            inside = row(gap=8)
            if mark == DISC:
                letters = "".join(part[0] for part in name.split()[:2]).upper()
                inside.addWidget(Disc(letters, name, 20))
            named = Label(name, "control", wrap=True)
            named.setFixedWidth(current().px(LABEL_WIDTH - (28 if mark == DISC else 0)))
            inside.addWidget(named, 0, Qt.AlignmentFlag.AlignTop)
            said = Label(words, "meta", "text2", wrap=True)
            inside.addWidget(said, 1)
            box.addLayout(inside)
        if not lines:
            box.addWidget(Label(self._empty, "meta", "text3", wrap=True))
        self.body.addWidget(self._list)


def area_lines(workspace: Workspace) -> list[tuple[str, str, int]]:
    """The areas with their keywords."""
    return [(area.name, ", ".join(area.keywords), PLAIN) for area in workspace.areas if area.name != UNSORTED]


def people_lines(context: Context) -> list[tuple[str, str, int]]:
    """The employees."""
    return [(person.full_name or person.name, employee_words(person), DISC) for person in context.employees]


def time_lines(workspace: Workspace) -> list[tuple[str, str, int]]:
    """Calendars, then policies in order."""
    calendars = [(each.name, calendar_words(each), PLAIN) for each in workspace.calendars]
    return [*calendars, *((each.name, policy_words(each), PLAIN) for each in workspace.policies)]


class KeysCard(Section):
    """Every command that has a key."""

    def __init__(self) -> None:
        """From the one table."""
        super().__init__(_tr("Keys"), _tr("Every command is also found in the palette."))
        grid = QGridLayout()
        grid.setHorizontalSpacing(current().px(16))
        grid.setVerticalSpacing(current().px(4))
        grid.setColumnStretch(0, 1)
        at = 0
        for group in Group:
            listed = [command for command in COMMANDS if command.group is group and command.keys]
            grid.addWidget(Label(self.tr(str(group)), "caption_strong", "text3"), at, 0, 1, 2)
            for command in listed:
                at += 1
                grid.addWidget(Label(shown_text(command)), at, 0)
                keys = row(gap=4)
                keys.addStretch(1)
                for part in caps(command.key):
                    keys.addWidget(KeyCap(part))
                grid.addLayout(keys, at, 1)
            at += 1
        self.body.addLayout(grid)


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
