"""What the author wrote before: often the beginning of the same matter, so a model reads it beside the text."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

WITHIN: Final = timedelta(days=1)
"""How long ago that may have been."""
LAST: Final = 3
"""Of so many mentions, the newest."""


_BETWEEN: Final = "\x1e"
"""A white space that nobody writes: words are cut at it as at any other."""


def joined(texts: Sequence[str]) -> str:
    """Several mentions, the oldest first, as one text."""
    return _BETWEEN.join(texts)


def apart(earlier: str) -> list[str]:
    """Joined mentions, each by itself."""
    return earlier.split(_BETWEEN)
