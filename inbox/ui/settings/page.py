"""The settings page: a column of cards."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from inbox.ui.context import Context
from inbox.ui.firstrun import deeds
from inbox.ui.firstrun.steps import AreasStep
from inbox.ui.settings.cards import (
    GeneralCard,
    KeysCard,
    ListCard,
    LookCard,
    MeCard,
    Section,
    area_lines,
    people_lines,
    time_lines,
)
from inbox.ui.settings.filecard import FileCard
from inbox.ui.settings.scheduled import ReportsCard
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Divider, PageHead, Pane, column, row

WIDEST = 760


class SettingsPage(Pane):
    """Follows the workspace, the people and the theme."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Shows what the context knows."""
        super().__init__("sunken", "", parent)
        self._context = context
        self.head = PageHead(self.tr("Settings"), page=True)
        self.look, self.me, self.general = LookCard(context), MeCard(), GeneralCard()
        self.areas = ListCard(
            self.tr("Areas"),
            self.tr("Mentions with an area's words go to it. Threads of an area that you take away go to Unsorted."),
            self.tr("There are no areas yet: everything goes to Unsorted."),
        )
        self.people = ListCard(
            self.tr("Employees"),
            self.tr("Roles, areas, capacity and shifts are edited in the workspace file."),
            self.tr("Nobody is named yet."),
        )
        self.times = ListCard(
            self.tr("Calendars and policies"),
            self.tr("Hours in which clocks run, and the targets. Both have a page under Set up."),
            self.tr("No targets are set: times are measured all the same."),
        )
        self.reports = ReportsCard(context)
        self.file, self.keys = FileCard(context), KeysCard()
        self.edit_areas = Button(self.tr("Edit the areas"), "pencil")
        self.editor: AreasStep | None = None
        self._build()
        context.people_changed.connect(self._show)
        context.theme.changed.connect(self.look.show_theme)
        self.me.chosen.connect(self._sit)
        self.general.change_wanted.connect(self._apply)
        self.edit_areas.clicked.connect(self._edit_areas)
        self._show()

    @property
    def cards(self) -> tuple[Section, ...]:
        """All cards, in order."""
        lists = (self.areas, self.people, self.times, self.reports)
        return (self.look, self.me, self.general, *lists, self.file, self.keys)

    def _build(self) -> None:
        inside = QWidget()
        across = row(inside, margins=(16, 16, 16, 24))
        held = QWidget()
        held.setMaximumWidth(current().px(WIDEST))
        box = column(held, gap=12)
        for card in self.cards:
            box.addWidget(card)
        box.addStretch(1)
        across.addWidget(held, 100)
        across.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName(self.tr("Settings"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(area, 1)
        self._area_foot = row(gap=8)
        self._area_foot.addWidget(self.edit_areas)
        self._area_foot.addStretch(1)
        self.setFocusProxy(self.look.scheme)

    @Slot()
    def _show(self) -> None:
        context = self._context
        self.me.show_context(context)
        self.general.show_workspace(context.workspace)
        self.areas.show_lines(area_lines(context.workspace))
        self.people.show_lines(people_lines(context))
        self.times.show_lines(time_lines(context.workspace))
        self.areas.body.removeItem(self._area_foot)
        self.areas.body.addLayout(self._area_foot)

    @Slot(str)
    def _sit(self, name: str) -> None:
        """Somebody else sits down."""
        self._context.employee = name
        self._context.people_changed.emit()

    @Slot(object)
    def _apply(self, change: deeds.Change) -> None:
        deed = deeds.Apply(change, self._context.employee or "command", self._context.now())
        self._context.lanes.write(deed, self._applied, self._context.tell)

    def _applied(self, imported: object) -> None:
        self._context.toast(str(getattr(imported, "sentence", "")) or self.tr("Saved."))
        self._close_editor()

    @Slot()
    def _edit_areas(self) -> None:
        """The same lines as in the guide; pressed again it saves."""
        if self.editor is not None:
            if not self.editor.wrong():
                self._apply(self.editor.change())
            return
        self.editor = AreasStep()
        self.editor.without_head()
        self.editor.show_workspace(self._context.workspace)
        self.areas.body.addWidget(Divider())
        self.areas.body.addWidget(self.editor)
        self.edit_areas.setText(self.tr("Save the areas"))
        self.edit_areas.setAccessibleName(self.edit_areas.text())
        self.editor.rows[0][0].setFocus()

    def _close_editor(self) -> None:
        if self.editor is not None:
            self.areas.body.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
            self.edit_areas.setText(self.tr("Edit the areas"))
            self.edit_areas.setAccessibleName(self.edit_areas.text())
