"""The campaigns: a list, the editor of one, and a way to bring in a calendar."""

from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QStackedWidget, QWidget

from inbox.model.campaign import Campaign
from inbox.model.change import Change
from inbox.model.ids import AccountId
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.watching.campaigneditor import CampaignEditor
from inbox.ui.watching.campaignwords import row_of, tr
from inbox.ui.widgets import Button, Card, EmptyState, ErrorState, LoadingBars, column, row
from inbox.ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from inbox.flow.campaigns import Done
    from inbox.store.engine import Session, Store

LEAST = 200
Found = tuple[tuple[Campaign, ...], list[tuple[AccountId, str]], tzinfo, str]


class CampaignsBody(QScrollArea):
    """Reads when it is shown, and whenever a campaign was changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Grey bars until the campaigns are read."""
        super().__init__(parent)
        self._context = context
        self._stale = True
        self.campaigns: dict[int, Campaign] = {}
        self.list = RowList(tr("Campaigns"))
        self.editor = CampaignEditor()
        self.add = Button(tr("Announce a campaign"), "plus", tall=True)
        self.bring = Button(tr("Import iCal"), "download", tall=True)
        self.loading, self.trouble = LoadingBars(), ErrorState()
        self.empty = EmptyState(
            tr("No campaign is announced. While one runs, more mentions than usual are no alarm."), icon="megaphone"
        )
        self.stack = QStackedWidget()
        self._build()
        self._connect()

    def start(self) -> None:
        """The page was opened: read what is not known."""
        if self._stale:
            self.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The editor's fields stand under each other where it is narrow."""
        super().resizeEvent(event)
        self.editor.fit(self.viewport().width())

    @Slot()
    def read(self) -> None:
        """Reads the campaigns, the accounts and the zone."""

        def work(session: "Session") -> Found:
            from zoneinfo import ZoneInfo

            from inbox.store import accounts, campaigns, config

            name = config.load(session).settings.time_zone
            handles = [(each.id, each.handle) for each in accounts.all(session)]
            return campaigns.standing(session), handles, ZoneInfo(name), name

        if self._context.store is not None:
            self._context.lanes.read(work, self._show, self._not_read, key=(id(self), "campaigns"))

    def _show(self, found: Found) -> None:
        self._stale = False
        self.loading.stop()
        standing, handles, zone, zone_name = found
        self.campaigns = {each.id: each for each in standing}
        self.editor.know(handles, zone, zone_name)
        now = self._context.now()
        # What runs or comes first, in its order; what is over below, the latest first.
        ahead = [each for each in standing if each.ends_at > now]
        over = [each for each in reversed(standing) if each.ends_at <= now]
        self.list.show_rows([row_of(each, now, zone) for each in (*ahead, *over)])
        self.stack.setCurrentWidget(self.list if standing else self.empty)

    def _not_read(self, error: Exception) -> None:
        self.loading.stop()
        self.trouble.explain(str(error), tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if {"campaigns", "accounts", "config"} & change.topics:
            self._stale = True
            if self.isVisible():
                self.read()

    @Slot()
    def _add(self) -> None:
        self.editor.begin(None, self._context.now())

    @Slot(object)
    def _edit(self, number: int) -> None:
        if number in self.campaigns:
            self.editor.begin(self.campaigns[number], self._context.now())

    @Slot(object)
    def _remove(self, number: int) -> None:
        seen = self.campaigns.get(number)
        if seen is None:
            return

        def work(store: "Store", **who: Any) -> "Done":  # noqa: ANN401 - actor and now
            from inbox.flow import campaigns

            return campaigns.remove(store, number, expect=seen, **who)

        self._do(work)

    @Slot(object)
    def _given(self, wanted: Campaign) -> None:
        seen = self.editor.campaign

        def work(store: "Store", **who: Any) -> "Done":  # noqa: ANN401 - actor and now
            from inbox.flow import campaigns

            if seen is not None:
                return campaigns.change(store, wanted, expect=seen, **who)
            return campaigns.add(
                store,
                wanted.name,
                wanted.begins_at,
                wanted.ends_at,
                times=wanted.times,
                account_id=wanted.account_id,
                words=wanted.words,
                **who,
            )

        self.editor.save.setEnabled(False)
        self._do(work, self._saved, self._not_saved)

    def _saved(self, done: "Done") -> None:
        self.editor.save.setEnabled(True)
        self.editor.close_editor()
        if done.campaigns:
            self.list.choose(done.campaigns[0].id)

    def _not_saved(self, error: Exception) -> None:
        from inbox.flow.entries import BadEntry

        self.editor.save.setEnabled(True)
        errors = dict(error.troubles) if isinstance(error, BadEntry) else {"": str(error)}
        self.editor.show_errors(errors)

    @Slot()
    def _import(self) -> None:
        kinds = tr("Calendars (%1)").replace("%1", "*.ics *.ical *.ifb *.icalendar")
        path, _kind = QFileDialog.getOpenFileName(
            self, tr("Import an iCal file"), "", f"{kinds};;{tr('All files')} (*)"
        )
        if path:
            self.import_from(Path(path))

    def import_from(self, path: Path) -> None:
        """Announces the entries of a calendar's file."""

        def work(store: "Store", **who: Any) -> "Done":  # noqa: ANN401 - actor and now
            from inbox.flow import campaigns

            return campaigns.import_ical(store, path, **who)

        self.bring.setEnabled(False)
        self._do(work, lambda _done: self.bring.setEnabled(True), self._not_imported)

    def _not_imported(self, error: Exception) -> None:
        self.bring.setEnabled(True)
        said = str(error)
        if isinstance(error, OSError):
            said = tr("The file cannot be read: %1.").replace("%1", error.strerror or said)
        self._context.toast(said)

    def _do(
        self,
        work: "Callable[..., Done]",
        done: "Callable[[Done], None] | None" = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Makes a change on the write lane and offers its undo."""
        who = {"actor": self._context.employee or "command", "now": self._context.now()}

        def arrived(made: "Done") -> None:
            undo = made.undo
            self._context.toast(made.sentence, None if undo is None else lambda: self._do(_taking_back(undo)))
            if done is not None:
                done(made)
            self.read()

        self._context.lanes.write(lambda store: work(store, **who), arrived, failed or self._context.tell)

    @Slot()
    def _left(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("ground", "window")
        box = column(inside, margins=(16, 12, 16, 16), gap=12)
        tools = row(gap=8)
        for button in (self.add, self.bring):
            tools.addWidget(button)
        tools.addStretch(1)
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self.stack)
        card.setMinimumHeight(current().px(LEAST))
        for shown in (self.loading, self.list, self.empty, self.trouble):
            self.stack.addWidget(shown)
        box.addLayout(tools)
        box.addWidget(self.editor)
        box.addWidget(card, 1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(inside)
        self.loading.start()

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.bring.clicked.connect(self._import)
        self.list.opened.connect(self._edit)
        self.list.removed.connect(self._remove)
        self.editor.given.connect(self._given)
        self.editor.ended.connect(self._left)
        self.trouble.acted.connect(self.read)
        self._context.changed.connect(self._changed)


def _taking_back(undo: Any) -> "Callable[..., Done]":  # noqa: ANN401 - known to the flow
    def work(store: "Store", **who: Any) -> "Done":  # noqa: ANN401 - actor and now
        from inbox.flow import campaigns

        return campaigns.undo_campaigns(store, undo, **who)

    return work
