"""The place reached in a source, as it is stored beside the mentions it covers. Pure."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Walk:
    """A list being walked, newest first: the network's name of the ``next`` page, the ``top`` that will be the
    new boundary once the walk is down at ``to`` (None: at the list's end), and whether it is a sweep.
    """

    next: str
    top: datetime | None
    to: datetime | None
    sweep: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """``upto``: everything listed at or before it is stored (None: nothing was listed yet). ``floor``: nothing
    at or before it is wanted. ``older``: how many entries were seen at or before ``upto`` (1,000 at most).
    ``swept``: when a walk last went far below ``upto``, for what the network listed late. Times are aware UTC,
    on the network's clock, but for ``swept``.
    """

    upto: datetime | None = None
    floor: datetime | None = None
    older: int = 0
    swept: datetime | None = None
    walk: Walk | None = None

    def written(self) -> str:
        """As stored."""
        told: dict[str, Any] = {
            "v": _VERSION,
            "upto": _time(self.upto),
            "floor": _time(self.floor),
            "older": self.older,
        }
        told |= {"swept": _time(self.swept), "walk": None}
        if (walk := self.walk) is not None:
            times = {"top": _time(walk.top), "to": _time(walk.to)}
            told["walk"] = {"next": walk.next, **times, "sweep": walk.sweep}
        return json.dumps(told, separators=(",", ":"))


def read(text: str) -> Cursor:
    """A stored cursor. Raises ``ValueError`` when it is none of ours."""
    try:
        told = json.loads(text)
        if told["v"] != _VERSION:
            raise ValueError("a cursor of another version")
        walk = told["walk"]
        return Cursor(
            _read(told["upto"]),
            _read(told["floor"]),
            int(told["older"]),
            _read(told["swept"]),
            None
            if walk is None
            else Walk(str(walk["next"]), _read(walk["top"]), _read(walk["to"]), bool(walk["sweep"])),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a cursor") from error


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def _read(text: Any) -> datetime | None:  # noqa: ANN401 - JSON is any
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
