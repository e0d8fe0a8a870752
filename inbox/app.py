"""The desktop's composition root: paints a window, then builds the desktop in it, and ends it in order."""

import gc
import os
import sys
from typing import TYPE_CHECKING

from inbox.ui.ahead import Ahead, begin
from inbox.ui.demo import Demo

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from inbox.ui.desktop import Desktop

__all__ = ["Demo", "run"]


def run(address: str | None, *, demo: Demo | None = None) -> int:
    """Runs the desktop on the workspace at ``address`` (None: the user's own, made where there is none)."""
    if demo is not None and demo.screenshots is not None and not _has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Before anything of Qt is loaded: the copy that reads ahead must be free of it.
    ahead = begin(address) if demo is None else None
    try:
        return _run(address, demo, ahead)
    finally:
        if ahead is not None:
            ahead.end()


def _run(address: str | None, demo: Demo | None, ahead: Ahead | None) -> int:
    app = _application()
    # Starting makes many lasting objects and hardly any rubbish: looking for it would take a tenth of the time.
    gc.disable()
    from inbox.ui.shell import Shell, window_settings

    settings = window_settings(kept=demo is None)
    shell = Shell(settings)
    if demo is not None and demo.size is not None:
        shell.resize(*demo.size)
    running: list[Desktop] = []

    def start() -> None:
        # Imported only now: the window is on the screen while the rest is loaded.
        from inbox.ui.desktop import Desktop

        running.append(Desktop(shell, settings, address, demo, ahead))
        running[0].start()

    shell.painted.connect(start)
    shell.show()
    shell.activateWindow()
    code = app.exec()
    for desktop in running:
        desktop.end()
    gc.enable()  # not before the lanes are closed, on which it must not look for what Qt made
    return code


def _application() -> "QApplication":
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("social-inbox")
    app.setApplicationDisplayName("Social Inbox")
    app.setQuitOnLastWindowClosed(False)
    return app


def _has_screen() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
