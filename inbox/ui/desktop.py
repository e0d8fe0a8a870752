"""The running desktop: its parts in the order in which they begin and end. The bare window is there already."""

import gc
import logging
import signal
import socket
import sys
from dataclasses import replace
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QSocketNotifier, QTimer, Slot
from PySide6.QtWidgets import QApplication

from inbox.model.change import Change
from inbox.settings import Preferences, default_workspace, load_preferences, save_preferences
from inbox.ui.bridge import FeedThread
from inbox.ui.collector import Collector
from inbox.ui.context import Context
from inbox.ui.demo import Demo
from inbox.ui.leaving import Leaving
from inbox.ui.opening import Opening, key_of
from inbox.ui.shell import Shell
from inbox.ui.theme import Scheme, current
from inbox.ui.tidying import Tidying
from inbox.ui.window import Window

if TYPE_CHECKING:
    from inbox.store.engine import Store
    from inbox.store.feed import Feed
    from inbox.ui.ahead import Ahead
    from inbox.ui.calls import Ringer
    from inbox.ui.notices import Notifier

log = logging.getLogger(__name__)
PAINTED_MS, FILL_AFTER_MS, FILL_AT_LAST_MS = 40, 30, 3000
"""The store is opened behind a page that was read ahead, once that is painted. Thread and details come after the
first page; a click on a thread before that brings them at once.
"""


class Desktop(QObject):
    """All parts of a running desktop, in the order in which they begin and end."""

    def __init__(
        self, shell: Shell, settings: QSettings, address: str | None, demo: Demo | None, ahead: "Ahead | None" = None
    ) -> None:
        """Builds context and content; ``ahead`` may be reading the first page already."""
        super().__init__()
        self._shell = shell
        self._settings = settings
        self._demo = demo
        self._ahead = ahead
        self._address = address or default_workspace()
        self._create = address is None
        self._preferences = load_preferences()
        if ahead is not None:
            last = str(settings.value(key_of(self._address), ""))
            ahead.tell((self._preferences.employee, last))
        self._use_look()
        self.context = Context()
        self.context.address = self._address
        self.context.employee = self._preferences.employee
        self.window = Window(self.context, settings)
        self.collector = Collector(self.context, parent=self)
        self.leaving = Leaving(self.context, shell, lambda: self.collector.running)
        self.window.may_close = self.leaving.may_close
        self.window.closing.connect(QApplication.quit)
        self.collector.trouble.connect(self.window.rail.set_trouble)
        self.context.theme.changed.connect(self._remember)
        self.context.people_changed.connect(self._remember)
        self.window.page.queue.error.acted.connect(self._open)
        self.window.desk.ready.connect(self._ready)
        self._feed: FeedThread | None = None
        self._store_feed: Feed | None = None
        self._notifier: Notifier | None = None
        self._ringer: Ringer | None = None
        self._signals = _Signals(shell)

    def start(self) -> None:
        """Fills the shell and opens the workspace on a lane; thread and details come after."""
        sys.excepthook = self._unforeseen
        self._shell.closing = self.window.close_event
        if self._ahead is None:
            self._open()
        else:
            self.context.lanes.run(self._ahead.wait, self._read_ahead, self._not_ahead)
        self._shell.hold(self.window)
        self.window.page.queue.model.modelReset.connect(self._first_page)
        QTimer.singleShot(FILL_AT_LAST_MS, self._started)
        if self._demo is not None and self._demo.seconds is not None:
            QTimer.singleShot(round(self._demo.seconds * 1000), QApplication.quit)

    def end(self) -> None:
        """Ends what was begun, last first."""
        if self._ahead is not None:
            self._ahead.end()
        if self._feed is not None:
            self._feed.stop()
        if self._ringer is not None:
            self._ringer.end()
        self.collector.stop()
        self.context.lanes.close()
        if self._store_feed is not None:
            self._store_feed.close()
        if self.context.store is not None:
            self.context.store.close()
        sys.excepthook = sys.__excepthook__
        self._signals.end()

    # -- beginning

    def _read_ahead(self, opening: Opening | None) -> None:
        """The first screen came from the copy that read ahead: shown at once, the store is opened behind it."""
        if opening is None:
            self._open()
            return
        QTimer.singleShot(PAINTED_MS, self._open)
        self.context.opening = opening
        self.window.desk.show((opening.workspace, opening.employees, opening.accounts))

    def _not_ahead(self, error: Exception) -> None:
        log.warning("nothing could be read ahead", exc_info=error)
        self._open()

    @Slot()
    def _first_page(self) -> None:
        if self.context.store is not None:
            QTimer.singleShot(FILL_AFTER_MS, self._started)

    @Slot()
    def _started(self) -> None:
        """Starting is over: the rest of the window, and rubbish is looked for again."""
        self.window.fill()
        self._notify()
        # What a start made stays to the end: not looked through again and again, a tenth of a second each time.
        gc.freeze()
        Tidying(self)

    def _notify(self) -> None:
        """New notices and calls are told from here on, though not into pictures."""
        drawing = self._demo is not None and self._demo.screenshots is not None
        if self._notifier is None and not drawing:
            from inbox.ui.calls import Ringer
            from inbox.ui.notices import Notifier

            self._notifier = Notifier(self.context, self.window.toast, self)
            self._ringer = Ringer(self.context, self.window, self)

    @Slot()
    def _open(self) -> None:
        if self.context.store is not None:
            return
        address, create = self._address, self._create

        def work() -> "Store":
            # Imported here, on a lane, since it takes longer than painting the window.
            from inbox.store.engine import open_store

            return open_store(address, create=create)

        self.context.lanes.run(work, self._opened, self._not_opened)

    def _opened(self, store: "Store") -> None:
        self.context.open(store, self._address)
        self._feed = FeedThread(self._wait_for_change, self)
        self._feed.changed.connect(self._changed)
        self._feed.start()
        if self._ahead is not None:
            self._first_page()

    def _not_opened(self, error: Exception) -> None:
        self.window.page.queue.say_trouble(str(error))

    def _wait_for_change(self, seconds: float) -> Change | None:
        """On the feed's thread."""
        if self._store_feed is None:
            from inbox.store.feed import Feed

            if self.context.store is None:
                return None
            self._store_feed = Feed(self.context.store)
            if self._ahead is not None:
                # What others changed since the first page was read ahead came before this feed.
                return Change(many=True)
        return self._store_feed.wait(seconds)

    @Slot(object)
    def _changed(self, change: Change) -> None:
        self.context.changed.emit(change)

    @Slot(int)
    def _ready(self, _accounts: int) -> None:
        if self._demo is not None and self._demo.screenshots is not None:
            self._draw_when_ready()

    # -- pictures

    @Slot()
    def _draw_when_ready(self) -> None:
        ready = self._demo.ready if self._demo is not None else None
        store = self.context.store
        if ready is None or store is None:
            self._draw()
            return
        self.context.lanes.run(lambda: ready(store), self._asked)

    def _asked(self, ready: bool) -> None:  # noqa: FBT001 - a lane's result
        if ready:
            self._draw()
        else:
            QTimer.singleShot(300, self._draw_when_ready)

    def _draw(self) -> None:
        from inbox.ui.screenshots import draw_all

        demo = self._demo
        if demo is None or demo.screenshots is None:
            return
        theme = Scheme(demo.theme) if demo.theme else None
        try:
            draw_all(self.window, demo.screenshots, demo.size or (1440, 900), theme)
        except OSError as error:
            sys.stderr.write(f"{error.strerror}: {error.filename}\n")
            QApplication.exit(1)
            return
        QApplication.quit()

    # -- what is remembered

    def _use_look(self) -> None:
        wanted = (self._demo.theme if self._demo else None) or self._preferences.scheme
        chosen = Scheme(wanted) if wanted in set(Scheme) else None
        self._settings.setValue("look/scheme", wanted)
        current().use(chosen, self._preferences.text_size / 100)

    @Slot()
    def _remember(self) -> None:
        """Keeps scheme, text size and who it is; a demonstration leaves no trace."""
        if self._demo is not None:
            return
        theme = self.context.theme
        kept: Preferences = replace(
            load_preferences(),
            scheme=str(theme.chosen or "system"),
            text_size=round(theme.fonts.scale * 100),
            employee=self.context.employee or self._preferences.employee,
        )
        if kept == self._preferences:
            return
        self._preferences = kept
        self._settings.setValue("look/scheme", kept.scheme)
        try:
            save_preferences(kept)
        except OSError as error:
            self.context.toast(self.tr("Your choice could not be kept: %1").replace("%1", str(error.strerror)))

    def _unforeseen(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A fault of ours: written to standard error in full, said on the screen in a sentence."""
        sys.__excepthook__(kind, error, trace)
        self.context.toast(self.tr("Something went wrong here (%1). Your work is kept.").replace("%1", kind.__name__))


class _Signals(QObject):
    """Lets Control-C and a polite kill end the desktop in order, while Qt waits for events."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours, self._theirs = socket.socketpair()
        self._theirs.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._came)
        self._before = signal.set_wakeup_fd(self._theirs.fileno())
        self._handlers = {number: signal.signal(number, _noted) for number in (signal.SIGINT, signal.SIGTERM)}

    @Slot()
    def _came(self) -> None:
        self._ours.recv(64)
        # Not quit(), which a dialog that asks before closing may refuse: drafts and replies are in the store.
        QApplication.exit(0)

    def end(self) -> None:
        """Puts the handlers back."""
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._ours.close()
        self._theirs.close()


def _noted(number: int, at: FrameType | None) -> None:
    """The wake-up socket tells the event loop; here is nothing to do."""
    del number, at
