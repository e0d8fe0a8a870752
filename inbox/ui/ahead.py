"""Reads what a start shows first in a process of its own, while the window is built on another core.

Loading the store's library takes longer than building the window, and two threads would take turns at it. So a
copy of the program, made before anything else is loaded, reads the first screen and hands it over; our own store
is opened behind the painted page. Whatever goes wrong there, nothing is handed over, and the start opens the
store itself, which says in a plain sentence what is wrong. Knows no Qt, and loads next to nothing.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inbox.ui.opening import Opening

SECONDS = 3.0
"""A reading that takes longer is ended, and the start goes on without it."""
NICE = 5
"""It gives way to the first paint where others come to want the cores too."""


class Ahead:
    """A reading under way. ``tell`` who sat here last, ``wait`` for what was read, ``end`` in any case."""

    def __init__(self, process: int, to_it: int, from_it: int) -> None:
        """The process's number and our ends of the pipes."""
        self._process = process
        self._to_it, self._from_it = to_it, from_it
        self._turn = threading.Lock()
        self._over = False

    def tell(self, names: Sequence[str]) -> None:
        """Who it is likely to be, likeliest first: it waits for that."""
        try:
            with os.fdopen(self._to_it, "w", encoding="utf-8") as pipe:
                pipe.write("\n".join(names))
        except BrokenPipeError:
            return  # it has ended: nothing will be handed over

    def wait(self) -> "Opening | None":
        """What was read; None when that failed. Takes ``SECONDS`` at most."""
        import pickle

        with os.fdopen(self._from_it, "rb") as pipe:
            said = pipe.read()
        self._take_exit()
        if not said:
            return None
        opening: Opening = pickle.loads(said)  # noqa: S301 - written by our own copy into a pipe of our own
        return opening

    def end(self) -> None:
        """No more is wanted of it."""
        with self._turn:
            if not self._over:
                os.kill(self._process, signal.SIGKILL)
        self._take_exit()

    def _take_exit(self) -> None:
        """So that nothing of it stays behind."""
        with self._turn:
            if not self._over:
                os.waitpid(self._process, 0)
                self._over = True


Read = Callable[[Callable[[], Sequence[str]]], object]


def begin(address: str | None) -> Ahead | None:
    """Starts to read the workspace at ``address`` (None: the user's own), where that is safe and of use."""

    def read(told: Callable[[], Sequence[str]]) -> object:
        from inbox.settings import default_workspace
        from inbox.ui import opening

        return opening.read(address or default_workspace(), told)

    return begin_with(read)


def begin_with(read: Read) -> Ahead | None:
    """Starts ``read`` in a copy of the program. None where that would copy threads or Qt, or only take turns with us,
    and off Linux, where a program's libraries may have threads that it does not know of.
    """
    alone = threading.active_count() == 1 and "PySide6.QtCore" not in sys.modules
    if sys.platform != "linux" or not alone or not core_to_spare():
        return None
    theirs, to_it = os.pipe()
    from_it, ours = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(to_it)
        os.close(from_it)
        _hand_over(read, theirs, ours)
    os.close(theirs)
    os.close(ours)
    return Ahead(process, to_it, from_it)


def core_to_spare() -> bool:
    """True unless more programs are at work than there are cores, of which we have two or more (Linux).

    Beside one other program on two cores it still pays: the first page takes three bare windows' time, not five.
    """
    try:
        with open("/proc/loadavg", encoding="ascii") as file:  # noqa: PTH123 - pathlib is not loaded this early
            running = int(file.read().split()[3].partition("/")[0])
    except OSError:
        return False
    return running <= len(os.sched_getaffinity(0)) > 1


def _hand_over(read: Read, theirs: int, ours: int) -> None:
    """In the copy: reads, writes, and is gone whatever happens; if it hangs, the system's alarm ends it."""
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        os.nice(NICE)
        gc.disable()

        def told() -> Sequence[str]:
            with os.fdopen(theirs, encoding="utf-8") as pipe:
                return pipe.read().split("\n")

        found = read(told)
        import pickle

        with os.fdopen(ours, "wb") as pipe:
            pipe.write(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
    except Exception:  # noqa: BLE001 - the start meets the same trouble when it opens the store, and says it
        os._exit(1)
    finally:
        os._exit(0)
