"""The desktop's composition root: builds it, paints it, opens the workspace behind it, and ends it in order."""

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QSocketNotifier, QTimer, Slot
from PySide6.QtWidgets import QApplication

from inbox.model.change import Change
from inbox.settings import Preferences, config_folder, default_workspace, load_preferences, save_preferences
from inbox.ui.bridge import FeedThread
from inbox.ui.collector import Collector
from inbox.ui.context import Context
from inbox.ui.leaving import Leaving
from inbox.ui.theme import Scheme, current
from inbox.ui.window import Window

if TYPE_CHECKING:
    from inbox.store.engine import Store
    from inbox.store.feed import Feed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Demo:
    """How a demonstration runs: pictures to draw into ``screenshots`` (then it ends), a scheme, a size, and after
    how many seconds it ends; None where the user says nothing.
    """

    screenshots: Path | None = None
    theme: str | None = None
    size: tuple[int, int] | None = None
    seconds: float | None = None
    ready: Callable[["Store"], bool] | None = None
    """Asked on a lane until it says that there is enough to draw."""


def run(address: str | None, *, demo: Demo | None = None) -> int:
    """Runs the desktop on the workspace at ``address`` (None: the user's own, made where there is none)."""
    if demo is not None and demo.screenshots is not None and not (os.environ.get("DISPLAY") or _wayland()):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("social-inbox")
    app.setApplicationDisplayName("Social Inbox")
    app.setQuitOnLastWindowClosed(False)
    desktop = Desktop(app, address, demo)
    desktop.start()
    code = app.exec()
    desktop.end()
    return code


class Desktop(QObject):
    """All parts of a running desktop, in the order in which they begin and end."""

    def __init__(self, app: QApplication, address: str | None, demo: Demo | None) -> None:
        """Builds window and context; nothing is read yet."""
        super().__init__()
        self._app = app
        self._demo = demo
        self._address = address or default_workspace()
        self._create = address is None
        self._preferences = load_preferences()
        self._use_look()
        self.context = Context()
        self.context.address = self._address
        self.context.employee = self._preferences.employee
        self.window = Window(self.context, _window_settings(demo))
        self.collector = Collector(self.context, parent=self)
        self.leaving = Leaving(self.context, self.window, lambda: self.collector.running)
        self.window.may_close = self.leaving.may_close
        self.window.closing.connect(app.quit)
        self.collector.trouble.connect(self.window.rail.set_trouble)
        self.context.theme.changed.connect(self._remember)
        self.context.people_changed.connect(self._remember)
        self.window.page.queue.error.acted.connect(self._open)
        self.window.desk.ready.connect(self._ready)
        self._feed: FeedThread | None = None
        self._store_feed: Feed | None = None
        self._signals = _Signals(self.window)

    def start(self) -> None:
        """Shows the window; once it is painted, everything heavy begins."""
        if self._demo is not None and self._demo.size is not None:
            self.window.resize(*self._demo.size)
        self.window.show()
        sys.excepthook = self._unforeseen
        QTimer.singleShot(0, self._painted)

    def end(self) -> None:
        """Ends what was begun, last first."""
        if self._feed is not None:
            self._feed.stop()
        self.collector.stop()
        self.context.lanes.close()
        if self._store_feed is not None:
            self._store_feed.close()
        if self.context.store is not None:
            self.context.store.close()
        sys.excepthook = sys.__excepthook__
        self._signals.end()

    # -- beginning

    @Slot()
    def _painted(self) -> None:
        self.window.repaint()
        self._open()
        QTimer.singleShot(0, self.window.fill)
        if self._demo is not None and self._demo.seconds is not None:
            QTimer.singleShot(round(self._demo.seconds * 1000), self._app.quit)

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

    def _not_opened(self, error: Exception) -> None:
        self.window.page.queue.say_trouble(str(error))

    def _wait_for_change(self, seconds: float) -> Change | None:
        """On the feed's thread."""
        if self._store_feed is None:
            from inbox.store.feed import Feed

            if self.context.store is None:
                return None
            self._store_feed = Feed(self.context.store)
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
            self._app.exit(1)
            return
        self._app.quit()

    # -- what is remembered

    def _use_look(self) -> None:
        wanted = (self._demo.theme if self._demo else None) or self._preferences.scheme
        chosen = Scheme(wanted) if wanted in set(Scheme) else None
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

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._ours, self._theirs = socket.socketpair()
        self._theirs.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._came)
        self._before = signal.set_wakeup_fd(self._theirs.fileno())
        self._handlers = {number: signal.signal(number, _noted) for number in (signal.SIGINT, signal.SIGTERM)}

    @Slot()
    def _came(self) -> None:
        self._ours.recv(64)
        QApplication.quit()

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


def _window_settings(demo: Demo | None) -> QSettings:
    """Where geometry is kept; a demonstration's is not."""
    if demo is not None:
        return QSettings("", QSettings.Format.IniFormat)
    return QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)


def _wayland() -> bool:
    return bool(os.environ.get("WAYLAND_DISPLAY"))
