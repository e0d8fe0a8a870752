"""Where the pulling of a source stands, as it is kept beside the mentions that it covers. Pure."""

import json
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Cursor:
    """All up to here is stored. ``after`` is the newest notification's id (mentions; None: there was none yet),
    ``at`` its time or that of the newest post (aware UTC), ``start`` the time nothing older is wanted than.
    """

    at: datetime
    after: str | None = None
    start: datetime | None = None

    def dump(self) -> str:
        """As it is stored."""
        kept = {"at": self.at.isoformat(), "after": self.after, "start": self.start and self.start.isoformat()}
        return json.dumps({key: value for key, value in kept.items() if value is not None})

    @staticmethod
    def load(text: str | None) -> "Cursor | None":
        """From the store; None when there is none, or none that can be read (the source then starts anew, and
        what it reads twice is known by its global id).
        """
        if not text:
            return None
        try:
            told = json.loads(text)
            start = told.get("start")
            after = told.get("after")
            at = datetime.fromisoformat(told["at"])
            return Cursor(at, None if after is None else str(after), datetime.fromisoformat(start) if start else None)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None


def newer(one: str, other: str) -> bool:
    """Whether an id comes after another: Mastodon's grow in length, everybody else's sort as text."""
    return (len(one), one) > (len(other), other)
