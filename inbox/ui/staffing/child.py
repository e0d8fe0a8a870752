"""Works staffing out in a child process."""

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from inbox.ui.context import Context
from inbox.ui.running import CommandRun
from inbox.ui.staffing.found import Asked


def command(address: str, asked: Asked) -> list[str]:
    """The program and arguments that work it out for the workspace at ``address``."""
    words = [sys.executable, "-m", "inbox", "-w", address, "--json", "staffing"]
    return [*words, *asked.words(), "--progress", "json"]


class StaffingRun(CommandRun):
    """One question at a time."""

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        make: Callable[[str, Asked], Sequence[str]] = command,
    ) -> None:
        """``make`` gives the command for an address and a question."""
        super().__init__(parent)
        self._context = context
        self._make = make

    def ask(self, asked: Asked) -> None:
        """Works it out; what runs gives way."""
        self.end()
        self.launch(self._make(self._context.address, asked))
