"""Signing in on a network's own page, through a child process that holds the listener; we only read its lines."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

import inbox
from inbox.ui.thread.linkbox import open_in_browser

LAST_LINES = 4
OPENS_ITSELF = frozenset({"win32", "darwin"})
"""Where the child opens the page by itself."""
_ADDRESS = re.compile(r"https?://\S+")


class BrowserSignIn(QObject):
    """Runs ``inbox accounts signin``. ``told`` carries each line that it says, ``ended`` whether it worked and
    its last words.
    """

    told = Signal(str)
    ended = Signal(bool, str)

    def __init__(
        self,
        parent: QObject | None = None,
        program: tuple[str, ...] = (sys.executable, "-m", "inbox"),
        open_page: Callable[[str], None] = open_in_browser,
    ) -> None:
        """``program`` is the command line's own."""
        super().__init__(parent)
        self._program = program
        self._open_page = open_page
        self._lines: list[str] = []
        self._rest = b""
        self._process: QProcess | None = None

    @property
    def running(self) -> bool:
        """True while somebody is signing in."""
        return self._process is not None

    def start(self, workspace: str, account: str, look_back: str | None = None) -> None:
        """Opens the page for ``account`` (``network:handle``) of a workspace's address; ``look_back`` ("24h") is
        how far a new account is read back.
        """
        if self._process is not None:
            return
        self._lines, self._rest = [], b""
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        process.setProcessEnvironment(_environment())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        self._process = process
        words = [*self._program[1:], "-w", workspace, "accounts", "signin", account]
        process.start(self._program[0], [*words, "--look-back", look_back] if look_back else words)

    @Slot()
    def stop(self) -> None:
        """Gives up."""
        if self._process is not None:
            self._process.terminate()

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        # What comes at once may end in the middle of a line, and of an address.
        self._rest += bytes(self._process.readAllStandardOutput().data())
        *whole, self._rest = self._rest.split(b"\n")
        self._hear_all(whole)

    def _hear_all(self, lines: list[bytes]) -> None:
        for line in lines:
            said = line.decode("utf-8", "replace").strip()
            if said:
                self._hear(said)
        self._lines = self._lines[-LAST_LINES:]

    def _hear(self, said: str) -> None:
        """A line with the page's address opens it; the address itself is not for reading."""
        found = _ADDRESS.search(said)
        if found is None:
            self._lines.append(said)
            self.told.emit(said)
            return
        if sys.platform not in OPENS_ITSELF:
            self._open_page(found.group())
        self.told.emit(self.tr("The sign-in is open in your browser. Waiting for you there."))

    @Slot(int, QProcess.ExitStatus)
    def _finished(self, code: int, _status: QProcess.ExitStatus) -> None:
        self._read()
        self._hear_all([self._rest])
        self._end(worked=code == 0)

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._lines.append(self.tr("The sign-in could not be started."))
            self._end(worked=False)

    def _end(self, *, worked: bool) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            self.ended.emit(worked, self._lines[-1] if self._lines else "")


def _environment() -> QProcessEnvironment:
    """Ours, with this very package first, so that the child is the same version."""
    environment = QProcessEnvironment.systemEnvironment()
    root = str(Path(inbox.__file__).parent.parent)
    before = environment.value("PYTHONPATH", "")
    environment.insert("PYTHONPATH", f"{root}:{before}" if before else root)
    environment.insert("PYTHONUNBUFFERED", "1")
    return environment
