"""Runs a backtest as a child process, with what is tried in a file that only we can read."""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject

from inbox.model import duration
from inbox.model.workspace import Workspace
from inbox.ui.context import Context
from inbox.ui.running import CommandRun


def command(address: str, file: str, since: timedelta) -> list[str]:
    """The program and arguments that try ``file`` on the workspace at ``address``."""
    words = [sys.executable, "-m", "inbox", "-w", address, "--json", "backtest", file]
    return [*words, "--since", duration.show(since), "--progress", "json"]


class BacktestRun(CommandRun):
    """One backtest at a time."""

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
        self._since = timedelta(days=30)
        self._file = ""

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

    def told(self, said: str) -> str:
        """Without the name of the file, which nobody chose."""
        return said.replace(f"{Path(self._file).name}:", "") or self.tr("The backtest failed.")

    def _begin(self, made: tuple[int, str]) -> None:
        number, file = made
        if (
            number != self._number or not self._busy
        ):  # another was started, or this one stopped, while the file was written
            Path(file).unlink(missing_ok=True)
            return
        self._file = file
        self.launch(self._make(self._context.address, file, self._since))

    def _not_written(self, error: Exception) -> None:
        self._over()
        self.failed.emit(str(error).strip() or type(error).__name__)

    def _over(self) -> None:
        super()._over()
        file, self._file = self._file, ""
        if file:
            Path(file).unlink(missing_ok=True)


def _written(changed: Workspace) -> str:
    """The workspace as a file that only we can read; its path."""
    from inbox.flow import config_writing

    handle, path = tempfile.mkstemp(prefix="inbox-backtest-", suffix=".toml")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(config_writing.written(changed))
    return path
