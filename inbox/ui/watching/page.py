"""The page of what is watched: settings of the detector on one side, announced campaigns on the other."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from inbox.ui.context import Context
from inbox.ui.entries.leaving import Unsaved
from inbox.ui.watching.campaigns import CampaignsBody
from inbox.ui.watching.campaignwords import tr
from inbox.ui.watching.run import TryRun
from inbox.ui.watching.settings import SettingsBody
from inbox.ui.widgets import PageHead, Pane, Segmented, column


class WatchingPage(Pane):
    """When an alarm is given, and what is known to come."""

    def __init__(self, context: Context, parent: QWidget | None = None, child: TryRun | None = None) -> None:
        """Settings first. ``child`` is another way to play the history (tests)."""
        super().__init__("window", "", parent)
        self._context = context
        self.setAccessibleName(tr("Watching"))
        self.head = PageHead(tr("Watching"), page=True)
        options = (("settings", tr("Alarms"), "siren"), ("campaigns", tr("Campaigns"), "megaphone"))
        self.side = Segmented(options, tr("Show"))
        self.settings = SettingsBody(context, child=child)
        self.campaigns = CampaignsBody(context)
        self.stack = QStackedWidget()
        self.unsaved = Unsaved(lambda: int(self.settings.edited), self, _unsaved)
        self.head.tools.addWidget(self.side)
        for body in (self.settings, self.campaigns):
            self.stack.addWidget(body)
        box = column(self)
        box.addWidget(self.head)
        box.addWidget(self.stack, 1)
        self.side.chosen.connect(self._chosen)
        self.settings.opened.connect(self._open_incident)

    def showEvent(self, event: QShowEvent) -> None:
        """What is not known is read."""
        super().showEvent(event)
        self.unsaved.watch(self.window())
        self._begin()

    def show_side(self, side: str) -> None:
        """``settings`` or ``campaigns``."""
        self.side.set_value(side)
        self._chosen(side)

    @Slot(str)
    def _chosen(self, side: str) -> None:
        self.stack.setCurrentWidget(self.campaigns if side == "campaigns" else self.settings)
        self._begin()

    def _begin(self) -> None:
        if self.stack.currentWidget() is self.campaigns:
            self.campaigns.start()
        else:
            self.settings.begin()

    @Slot(object)
    def _open_incident(self, number: int) -> None:
        self._context.go(f"incident:{number}")


def _unsaved(_count: int) -> str:
    return tr("The settings of alarms are edited and not saved")
