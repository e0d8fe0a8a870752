"""PDF, printed by a process of its own: only the screens know Qt, and a window stays smooth meanwhile."""

import os
import platform
import subprocess
import sys
from typing import Final

from inbox.flow.report_files.putting import NotWritten

_SECONDS: Final = 300.0
_FAILED: Final = "The PDF could not be made"
SCREENLESS: Final = {"QT_QPA_PLATFORM": "offscreen"} if platform.system() == "Linux" else {}
"""It needs no screen; elsewhere than on Linux only the system's own platform finds the fonts, and opens no window."""


def pdf_of(html: str, *, seconds: float = _SECONDS) -> bytes:
    """A page of ours as PDF, through the command ``inbox print``. Raises ``NotWritten``."""
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "inbox", "print"],
            input=html.encode("utf-8", "replace"),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, **SCREENLESS},
        )
    except subprocess.TimeoutExpired as error:
        raise NotWritten(f"{_FAILED}: it took longer than {seconds:.0f} seconds. Ask for a shorter time.") from error
    except OSError as error:
        raise NotWritten(f"{_FAILED}: {error.strerror}.") from error
    if ended.returncode != 0 or not ended.stdout.startswith(b"%PDF"):
        said = ended.stderr.decode(errors="replace").strip().splitlines()
        raise NotWritten(f"{_FAILED}: {said[-1] if said else f'it ended with {ended.returncode} without a word.'}")
    return ended.stdout
