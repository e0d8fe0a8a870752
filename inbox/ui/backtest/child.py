"""Runs a backtest in a process of its own, so that the window stays smooth: the interpreter's lock is not shared."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal, Slot

from inbox.model import duration
from inbox.model.workspace import Workspace
from inbox.ui.context import Context

STOP_MS = 3000
LONGEST_SAID = 4000


def command(address: str, file: str, since: timedelta) -> list[str]:
    """The program and arguments that try ``file`` on the workspace at ``address``."""
    words = [sys.executable, "-m", "inbox", "-w", address, "--json", "backtest", file]
    return [*words, "--since", duration.show(since), "--progress", "json"]


class BacktestRun(QObject):
    """One backtest at a time. ``progressed`` is (done, of), ``done`` the command's document, ``failed`` a sentence.

    ``stopped`` comes instead where ``stop`` ended it. Starting another replaces the one that runs.
    """

    progressed = Signal(int, int)
    done = Signal(dict)
    failed = Signal(str)
    stopped = Signal()

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        make: Callable[[str, str, timedelta], Sequence[str]] = command,
    ) -> None:
        """``make`` gives the command for an address, a file and a period."""
        super().__init__(parent)
        self._context = context
        self._make = make
        self._number = 0
        self._busy = False
        self._since = timedelta(days=30)
        self._file = ""
        self._stopping = False
        self._said = b""
        self.process: QProcess | None = None
        self._killer = QTimer(self)
        self._killer.setSingleShot(True)
        self._killer.setInterval(STOP_MS)
        self._killer.timeout.connect(self._kill)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.end)

    @property
    def running(self) -> bool:
        """True from ``start`` until it is done, failed, stopped or replaced."""
        return self._busy

    def start(self, changed: Workspace, since: timedelta = timedelta(days=30)) -> None:
        """Tries ``changed`` on the time ``since`` up to now."""
        self.end()
        self._number += 1
        self._busy = True
        self._since = since
        number = self._number

        def work() -> tuple[int, str]:
            return number, _written(changed)

        self._context.lanes.run(work, self._begin, self._not_written)

    @Slot()
    def stop(self) -> None:
        """Asks it to end; kills it where that does not help."""
        if self.process is None:
            if self._busy:
                self._over()
                self.stopped.emit()
            return
        self._stopping = True
        self.process.terminate()
        self._killer.start()

    @Slot()
    def end(self) -> None:
        """Ends at once whatever runs, in silence: the window closes, or another run begins."""
        process, self.process = self.process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(STOP_MS)
            process.deleteLater()
        self._over()

    def _begin(self, made: tuple[int, str]) -> None:
        number, file = made
        if (
            number != self._number or not self._busy
        ):  # another was started, or this one stopped, while the file was written
            Path(file).unlink(missing_ok=True)
            return
        self._file, self._said, self._stopping = file, b"", False
        program, *arguments = self._make(self._context.address, file, self._since)
        self.process = QProcess(self)
        self.process.readyReadStandardError.connect(self._hear)
        self.process.finished.connect(self._ended)
        self.process.errorOccurred.connect(self._not_started)
        self.process.start(program, arguments)

    def _not_written(self, error: Exception) -> None:
        self._over()
        self.failed.emit(str(error).strip() or type(error).__name__)

    @Slot()
    def _hear(self) -> None:
        """Lines of progress, and whatever else it says."""
        if self.process is None:
            return
        *lines, rest = (self._said + self.process.readAllStandardError().data()).split(b"\n")
        kept = []
        for line in lines:
            if line.startswith(b'{"done"'):
                told = json.loads(line)
                self.progressed.emit(told["done"], told["of"])
            else:
                kept.append(line)
        self._said = b"\n".join([*kept, rest])[-LONGEST_SAID:]

    @Slot(int, QProcess.ExitStatus)
    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._hear()
        process, self.process = self.process, None
        if process is None:
            return
        told = bytes(process.readAllStandardOutput().data())
        process.deleteLater()
        said, file, stopping = self._last_words(), self._file, self._stopping
        self._over()
        if stopping:
            self.stopped.emit()
        elif status is QProcess.ExitStatus.CrashExit:
            self.failed.emit(self.tr("The backtest was ended from outside before it was done. Run it again."))
        elif code == 0:
            self._deliver(told)
        else:
            self.failed.emit(said.replace(f"{Path(file).name}:", "") or self.tr("The backtest failed."))

    def _deliver(self, told: bytes) -> None:
        try:
            document = json.loads(told)
        except ValueError:
            self.failed.emit(self.tr("The backtest gave no result that can be read. Run it again."))
            return
        self.done.emit(document)

    @Slot(QProcess.ProcessError)
    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            if self.process is not None:
                self.process.deleteLater()
                self.process = None
            self._over()
            self.failed.emit(self.tr("The backtest could not be started. Is the program still installed?"))

    @Slot()
    def _kill(self) -> None:
        if self.process is not None:
            self.process.kill()

    def _over(self) -> None:
        self._killer.stop()
        self._busy = False
        file, self._file = self._file, ""
        if file:
            Path(file).unlink(missing_ok=True)

    def _last_words(self) -> str:
        lines = [line.strip() for line in self._said.decode("utf-8", "replace").splitlines() if line.strip()]
        # What is wrong with a file comes first and the sum of it last.
        return lines[0] if lines else ""


def _written(changed: Workspace) -> str:
    """The workspace as a file that only we can read; its path."""
    from inbox.flow import config_writing

    handle, path = tempfile.mkstemp(prefix="inbox-backtest-", suffix=".toml")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(config_writing.written(changed))
    return path
