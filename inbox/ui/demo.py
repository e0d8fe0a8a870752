"""How a demonstration of the desktop runs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from inbox.store.engine import Store


class Demo(NamedTuple):
    """Pictures to draw into ``screenshots`` (then it ends), a scheme, a size, and after how many seconds it ends;
    None where the user says nothing. ``ready`` is asked on a lane until it says that there is enough to draw.
    """

    screenshots: Path | None = None
    theme: str | None = None
    size: tuple[int, int] | None = None
    seconds: float | None = None
    ready: "Callable[[Store], bool] | None" = None
