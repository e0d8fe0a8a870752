"""Plays the stored history with other settings, in a child process."""

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from inbox.ui.context import Context
from inbox.ui.running import CommandRun
from inbox.ui.watching.wanted import Wanted


def command(address: str, wanted: Wanted, days: int) -> list[str]:
    """The program and arguments that try the settings on the last ``days`` of the workspace at ``address``."""
    words = [sys.executable, "-m", "inbox", "-w", address, "--json", "hot", "try", "--since", f"{days}d"]
    return [*words, *wanted.arguments(), "--progress", "json"]


class TryRun(CommandRun):
    """One play at a time."""

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        make: Callable[[str, Wanted, int], Sequence[str]] = command,
    ) -> None:
        """``make`` gives the command for an address, settings and days."""
        super().__init__(parent)
        self._context = context
        self._make = make

    def ask(self, wanted: Wanted, days: int) -> None:
        """Plays it; what runs gives way."""
        self.end()
        self.launch(self._make(self._context.address, wanted, days))
