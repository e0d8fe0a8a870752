"""Posts of clocks that go wrong: one from tomorrow would make everything that is posted today late."""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from inbox.hot.seen import Seen

_TOLERATED: Final = timedelta(minutes=5)
_LATELY: Final = 31
_NONE: Final = timedelta(0)


def _lately() -> deque[timedelta]:
    return deque(maxlen=_LATELY)


@dataclass(slots=True)
class Clock:
    """How far ahead of their hearing the last 31 mentions were posted.

    Where most are ahead it is the workspace's own clock that was put back, and they are believed.
    """

    ahead: deque[timedelta] = field(default_factory=_lately)

    def right(self, mention: Seen) -> Seen:
        """The mention, posted no later than it can have been."""
        if mention.heard_at is None:
            return mention
        ahead = mention.at - mention.heard_at
        self.ahead.append(ahead)
        if ahead <= _TOLERATED:
            return mention
        usual = sorted(self.ahead)[_LATELY // 2] if len(self.ahead) == _LATELY else _NONE
        usual = max(usual, _NONE)
        return mention if ahead <= usual + _TOLERATED else replace(mention, at=mention.heard_at + usual)
