"""How the window's panes share its width."""

from dataclasses import dataclass

LIST, LIST_NARROW, LIST_LEAST, LIST_MOST = 404, 332, 320, 520
DETAILS = 276
THREAD_LEAST = 480
DOCKED_FROM, WIDE_FROM, TWO_PANES_FROM = 1280, 1100, 900
LEAST = (640, 480)


@dataclass(frozen=True, slots=True)
class Fold:
    """What a width has room for. ``single``: list or thread, not both."""

    docked: bool
    folded_rail: bool
    single: bool


def fold(width: int, *, compact: bool = False) -> Fold:
    """For a window of ``width`` pixels at 100%; compact rows want the thread's place too."""
    single = width < TWO_PANES_FROM or compact
    return Fold(width >= DOCKED_FROM and not single, width < WIDE_FROM, single)
