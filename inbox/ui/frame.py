"""How the window's panes share its width."""

from dataclasses import dataclass

from inbox.ui.shell import DETAILS, DOCKED_FROM, LIST, LIST_NARROW, TWO_FROM, WIDE_FROM

__all__ = ["DETAILS", "LIST", "LIST_LEAST", "LIST_MOST", "LIST_NARROW", "THREAD_LEAST", "Fold", "fold"]

LIST_LEAST, LIST_MOST = 320, 520
THREAD_LEAST = 480


@dataclass(frozen=True, slots=True)
class Fold:
    """What a width has room for. ``single``: list or thread, not both."""

    docked: bool
    folded_rail: bool
    single: bool


def fold(width: int, *, compact: bool = False) -> Fold:
    """For a window of ``width`` pixels at 100%; compact rows want the thread's place too."""
    single = width < TWO_FROM or compact
    return Fold(width >= DOCKED_FROM and not single, width < WIDE_FROM, single)
