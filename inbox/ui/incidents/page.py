"""The page that lists incidents: those that are open, then those that are over."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.model.ids import IncidentId
from inbox.model.incident import OPEN_STATES, Severity
from inbox.ui.context import Context
from inbox.ui.incidents import words
from inbox.ui.incidents.asking import AskDialog
from inbox.ui.incidents.rows import HEIGHT, Entry, IncidentsList
from inbox.ui.theme import current
from inbox.ui.widgets import Button, EmptyState, ErrorState, LineEdit, LoadingBars, PageHead, Pane, Segmented, column
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.flow.hot.deciding import Done
    from inbox.store.engine import Session, Store

SHOWN = 500
MINUTE_MS = 60_000
WIDE = 700


@dataclass(frozen=True, slots=True)
class Listing:
    """What one look at the store brings; ``accounts`` and ``areas`` are how many are watched."""

    entries: tuple[Entry, ...]
    accounts: int
    areas: int


class IncidentsPage(Pane):
    """Reads when it is shown and whenever an incident changes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Grey bars until the first reading."""
        super().__init__("surface", "", parent)
        self._context = context
        self._listing: Listing | None = None
        self.head = PageHead(self.tr("Incidents"), page=True)
        shown = [("all", self.tr("All"), ""), ("open", self.tr("Open"), ""), ("over", self.tr("Over"), "")]
        self.which = Segmented(shown, self.tr("Which incidents"))
        self.filter = LineEdit(self.tr("Filter by title or owner"), self.tr("Filter"))
        self.make = Button(self.tr("Open an incident"), "plus")
        self.loading = LoadingBars(HEIGHT)
        self.empty = EmptyState(icon="flame")
        self.error = ErrorState()
        self.list = IncidentsList(context.now)
        self.stack = QStackedWidget()
        self.dialog: AskDialog | None = None
        self._build()
        self._connect()
        self.loading.start()

    def _build(self) -> None:
        for tool in (self.filter, self.which, self.make):
            self.head.tools.addWidget(tool)
        for part in (self.loading, self.empty, self.error, self.list):
            self.stack.addWidget(part)
        box = column(self)
        box.addWidget(self.head)
        box.addWidget(self.stack, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Incidents"))
        self.make.setToolTip(self.tr("Open an incident (%1)").replace("%1", "Ctrl N"))
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.start()

    def _connect(self) -> None:
        context = self._context
        context.opened.connect(self.read)
        context.people_changed.connect(self.read)
        context.changed.connect(self._changed)
        context.theme.changed.connect(self.list.scheduleDelayedItemsLayout)
        self._minute.timeout.connect(self.list.viewport().update)
        self.error.acted.connect(self.read)
        self.empty.acted.connect(self._show_all)
        self.make.clicked.connect(self.ask)
        new = QShortcut(QKeySequence.StandardKey.New, self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.ask)
        self.which.chosen.connect(self._narrow)
        self.filter.textChanged.connect(self._narrow)
        self.list.opened.connect(self._open)

    # -- reading

    @Slot()
    def read(self) -> None:
        """Reads the incidents, and how much is watched, while the page can be seen."""
        if self._context.store is not None and self.isVisible():
            self._context.lanes.read(_read, self._show, self._failed, key=(id(self), "incidents"))

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while hidden is read now."""
        super().showEvent(event)
        self.read()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if {"incidents", "config"} & change.topics:
            self.read()

    def _show(self, found: Listing) -> None:
        self.loading.stop()
        self._listing = found
        self._narrow()

    def _failed(self, error: Exception) -> None:
        self.loading.stop()
        self.error.explain(str(error), self.tr("Try again"))
        self._bring(self.error)

    @Slot()
    def _narrow(self) -> None:
        """Shows those that are asked for, the open ones first."""
        if self._listing is None:
            return
        entries, which = self._listing.entries, self.which.value()
        parts = self.filter.text().casefold().split()
        going = sum(each.incident.state in OPEN_STATES for each in entries)
        self.head.beside.setText(counted("%n open", going, "incidents") if going else "")
        shown = [
            each
            for each in sorted(entries, key=lambda each: each.incident.state not in OPEN_STATES)
            if which == "all" or (each.incident.state in OPEN_STATES) == (which == "open")
            if all(part in f"{each.incident.title} {each.owner}".casefold() for part in parts)
        ]
        self.list.show_rows(shown)
        if shown:
            self._bring(self.list)
            return
        if parts or (which == "over" and entries):
            self.empty.say(self.tr("No incident matches."), self.tr("Show all"), "filter")
        else:
            self.empty.say(self._nothing(self._listing), self.tr("Show all") if entries else "", "flame")
        self._bring(self.empty)

    def _nothing(self, found: Listing) -> str:
        if not found.accounts:
            return self.tr("Nothing is hot. Connect an account, and what people write to it is watched.")
        watched = self.tr("%1 and %2 are watched").replace("%1", counted("%n account(s)", found.accounts, "incidents"))
        watched = watched.replace("%2", counted("%n area(s)", found.areas, "incidents"))
        known = self.tr("an incident opens by itself when more people write than usual, or about the same thing.")
        return self.tr("Nothing is hot. %1; %2").replace("%1", watched).replace("%2", known)

    def _bring(self, shown: QWidget) -> None:
        had_focus = self.hasFocus() or self.list.hasFocus()
        self.stack.setCurrentWidget(shown)
        if had_focus:
            self._focus_inside()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes into the list, as soon as there is one."""
        super().focusInEvent(event)
        self._focus_inside()

    def _focus_inside(self) -> None:
        (self.list if self.stack.currentWidget() is self.list else self).setFocus()

    @Slot()
    def _show_all(self) -> None:
        self.filter.clear()
        self.which.set_value("all")
        self._narrow()
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the head makes do with less."""
        super().resizeEvent(event)
        px = current().px
        wide = self.width() >= px(WIDE)
        self.filter.setFixedWidth(px(160 if wide else 104))
        self.make.set_words(shown=wide)
        self.head.beside.setVisible(wide)

    # -- opening

    @Slot(object)
    def _open(self, incident_id: IncidentId) -> None:
        self._context.go(f"incident:{incident_id}")

    @Slot()
    def ask(self) -> None:
        """Asks for a name and how bad it is, and opens an incident by hand."""
        options = [(each, words.severity(each)) for each in words.SEVERITIES]
        self.dialog = AskDialog(
            self.tr("Open an incident"),
            (self.tr("What is it about?"), self.tr("An incident needs a name.")),
            (self.tr("Severity"), options),
            self.tr("Open it"),
            self.window(),
        )
        self.dialog.choose(Severity.MEDIUM)
        self.dialog.answered.connect(self._make)
        self.dialog.open()

    @Slot(str, object)
    def _make(self, title: str, severity: Severity) -> None:
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> "tuple[IncidentId, Done]":
            from inbox.flow.hot import by_hand

            return by_hand.open_incident(store, title, severity=severity, actor=actor, now=now)

        self._context.lanes.write(work, self._made, self._context.tell)

    def _made(self, made: "tuple[IncidentId, Done]") -> None:
        self._context.toast(made[1].sentence)
        self._context.changed.emit(made[1].change)
        self._open(made[0])


def _read(session: "Session") -> Listing:
    from inbox.store import accounts, config, gathered, incidents
    from inbox.store import people as staff

    found = incidents.newest(session, SHOWN)
    # Those that are open are listed however old they are.
    known = {each.id for each in found}
    found += [each for each in incidents.open_ones(session) if each.id not in known]
    people = gathered.people(session, [each.id for each in found])
    names = {each.name: each.full_name or each.name for each in staff.employees(session, removed=True)}
    entries = tuple(Entry(each, people.get(each.id, 0), names.get(each.owner or "", "")) for each in found)
    return Listing(entries, len(accounts.all(session)), len(config.load(session).areas))
