"""Record keys: the id of a post, chosen by us before it is sent.

A key is a TID as the AT Protocol defines it: 13 letters of a sortable base 32 that hold 53 bits of microseconds
since the epoch and 10 bits that tell apart who counts.
"""

import secrets
import threading
import time
from datetime import UTC, datetime, timedelta

_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_LENGTH = 13
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_lock = threading.Lock()
_last = 0


def make_key() -> str:
    """A new key; later ones sort after earlier ones of this process, and two processes hardly ever meet."""
    global _last  # noqa: PLW0603 - two keys of one microsecond would be one post
    with _lock:
        _last = max(_last + 1, time.time_ns() // 1000)
        return _written((_last << 10) | secrets.randbelow(1024))


def made_at(key: str) -> datetime | None:
    """When a key was made (aware UTC), None where it is no TID: other programs may choose other keys."""
    if len(key) != _LENGTH or any(letter not in _LETTERS for letter in key):
        return None
    number = 0
    for letter in key:
        number = number * 32 + _LETTERS.index(letter)
    try:
        return _EPOCH + timedelta(microseconds=number >> 10)
    except OverflowError:
        return None


def _written(number: int) -> str:
    return "".join(_LETTERS[(number >> (5 * place)) & 31] for place in range(_LENGTH - 1, -1, -1))
