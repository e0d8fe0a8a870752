"""Runs one of the program's own commands as a child, so that the window stays smooth: the interpreter's lock is not
shared.
"""

import json
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal, Slot

STOP_MS = 3000
LONGEST_SAID = 4000


class CommandRun(QObject):
    """One run at a time. ``progressed`` is (done, of), ``done`` the command's document, ``failed`` a sentence.

    ``stopped`` comes instead where ``stop`` ended it. Starting another replaces the one that runs. Kinds of runs say
    what went wrong in words of their own.
    """

    progressed = Signal(int, int)
    done = Signal(dict)
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing runs yet."""
        super().__init__(parent)
        self._busy = False
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
        """True from the start until it is done, failed, stopped or replaced."""
        return self._busy

    def launch(self, command: Sequence[str]) -> None:
        """Starts the program with its arguments."""
        self._busy, self._said, self._stopping = True, b"", False
        program, *arguments = command
        self.process = QProcess(self)
        self.process.readyReadStandardError.connect(self._hear)
        self.process.finished.connect(self._ended)
        self.process.errorOccurred.connect(self._not_started)
        self.process.start(program, arguments)

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

    def told(self, said: str) -> str:
        """What a failed command said, as it is shown."""
        return said or self.tr("It failed without a word. Run it again.")

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
        said, stopping = self.told(self._last_words()), self._stopping
        self._over()
        if stopping:
            self.stopped.emit()
        elif status is QProcess.ExitStatus.CrashExit:
            self.failed.emit(self.tr("It was ended from outside before it was done. Run it again."))
        elif code == 0:
            self._deliver(told)
        else:
            self.failed.emit(said)

    def _deliver(self, told: bytes) -> None:
        try:
            document = json.loads(told)
        except ValueError:
            self.failed.emit(self.tr("It gave no result that can be read. Run it again."))
            return
        self.done.emit(document)

    @Slot(QProcess.ProcessError)
    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            if self.process is not None:
                self.process.deleteLater()
                self.process = None
            self._over()
            self.failed.emit(self.tr("It could not be started. Is the program still installed?"))

    @Slot()
    def _kill(self) -> None:
        if self.process is not None:
            self.process.kill()

    def _over(self) -> None:
        self._killer.stop()
        self._busy = False

    def _last_words(self) -> str:
        lines = [line.strip() for line in self._said.decode("utf-8", "replace").splitlines() if line.strip()]
        # What is wrong with a file comes first and the sum of it last.
        return lines[0] if lines else ""
