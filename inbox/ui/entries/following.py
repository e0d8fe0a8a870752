"""A page whose counts and answers follow threads that come in or change."""

from typing import Protocol

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent

from inbox.model.change import Change
from inbox.ui.entries.book import D, E
from inbox.ui.entries.page import EntriesPage


class Kept(Protocol):
    """Threads that were read, and are asked again and again."""

    def refresh(self) -> None:
        """They are read anew."""


class FollowingPage(EntriesPage[E, D]):
    """Whatever changes is waited for a while, so that a storm of mentions asks once."""

    def follow(self, threads: Kept, pause: int) -> None:
        """Asks anew so many milliseconds after a change."""
        self._threads = threads
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(pause)
        self._stale.timeout.connect(self._refresh)

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        super()._changed(change)
        if (change.threads or change.many) and not self._stale.isActive():
            self._stale.start()

    @Slot()
    def _refresh(self) -> None:
        """Threads came in or changed: what is asked of them follows, where somebody sees it."""
        self._threads.refresh()
        if self.isVisible():
            self._ask(at_once=True)
            self._count()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody looked is asked anew."""
        super().showEvent(event)
        self._refresh()
