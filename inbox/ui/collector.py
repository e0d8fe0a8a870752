"""The desktop's own collector: a child process, started where nobody holds the lease and restarted when it dies."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.store.engine import Session

LOOK_MS = 5000
FIRST_WAIT_MS, LONGEST_WAIT_MS = 1000, 60_000
SETTLED_MS = 30_000
STOP_MS = 3000


def command(address: str) -> list[str]:
    """The program and arguments that collect for the workspace at ``address`` while we live."""
    return [sys.executable, "-m", "inbox", "-w", address, "collect", "--parent"]


class Collector(QObject):
    """Keeps one collector running. The child leaves by itself when its standard input closes, so when we die.

    ``trouble`` carries what to say in the side bar; empty when all is well.
    """

    trouble = Signal(str)

    def __init__(
        self,
        context: Context,
        make: Callable[[str], Sequence[str]] = command,
        parent: QObject | None = None,
        *,
        first_wait: int = FIRST_WAIT_MS,
    ) -> None:
        """``make`` gives the command for an address; ``first_wait`` (ms) is the shortest wait before a restart."""
        super().__init__(parent)
        self._context = context
        self._make = make
        self._first_wait = first_wait
        self._wait = first_wait
        self._said = b""
        self._stopping = False
        self.starts = 0
        self.process = QProcess(self)
        self.process.setStandardOutputFile(QProcess.nullDevice())
        self.process.readyReadStandardError.connect(self._hear)
        self.process.finished.connect(self._ended)
        self.process.errorOccurred.connect(self._not_started)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.look)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._calm)
        context.opened.connect(self._opened)

    @property
    def running(self) -> bool:
        """True while our child runs."""
        return self.process.state() is not QProcess.ProcessState.NotRunning

    @Slot()
    def _opened(self) -> None:
        """The first page of the queue goes first: a second process would take half of a small machine."""
        self._again.start(self._first_wait)

    @Slot()
    def look(self) -> None:
        """Looks whether anybody holds the lease, and starts a child where nobody does."""
        if self._stopping or self.running:
            return
        now = self._context.now()

        def work(session: "Session") -> bool:
            from inbox.store import lease

            return lease.living(session, now) is not None

        self._context.lanes.read(work, self._looked, key="lease")

    def _looked(self, held: bool) -> None:  # noqa: FBT001 - a lane's result
        if self._stopping or self.running:
            return
        if held:
            self._calm()
            self._again.start(LOOK_MS)
            return
        program, *arguments = self._make(self._context.address)
        self._said = b""
        self.starts += 1
        self.process.start(program, arguments)
        self._settled.start()

    @Slot()
    def _calm(self) -> None:
        """It runs well: the next trouble starts with a short wait again."""
        self._wait = self._first_wait
        self.trouble.emit("")

    @Slot()
    def _hear(self) -> None:
        self._said = (self._said + self.process.readAllStandardError().data())[-2000:]

    @Slot(QProcess.ProcessError)
    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._try_later()

    @Slot(int, QProcess.ExitStatus)
    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        del code, status
        self._hear()
        self._try_later()

    def _try_later(self) -> None:
        self._settled.stop()
        if self._stopping:
            return
        seconds = max(1, self._wait // 1000)
        words = self.tr("The collector stopped. Starting it again in %1 s.")
        self.trouble.emit(words.replace("%1", str(seconds)))
        self._again.start(self._wait)
        self._wait = min(LONGEST_WAIT_MS, self._wait * 2)

    def last_words(self) -> str:
        """The last line that the child said about its end."""
        lines = self._said.decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

    def stop(self) -> None:
        """Ends the child in order: its input is closed, and it is killed only when that does not help."""
        self._stopping = True
        self._again.stop()
        if not self.running:
            return
        self.process.closeWriteChannel()
        if not self.process.waitForFinished(STOP_MS):
            self.process.terminate()
            if not self.process.waitForFinished(STOP_MS):
                self.process.kill()
                self.process.waitForFinished(STOP_MS)
