"""The kinds of action, of which a mention gets each from one rule at most; a set of kinds is a bit mask."""

from typing import Final

from inbox.model.workspace import Then

KINDS: Final = ("area", "priority", "tags", "policy", "escalate", "hide", "needs_reply")
AREA: Final = 1
PRIORITY: Final = 2
EVERY: Final = (1 << len(KINDS)) - 1


def mask_of(then: Then) -> int:
    """The kinds of action that are given."""
    mask = 0
    for place, kind in enumerate(KINDS):
        if getattr(then, kind) not in (None, ()):
            mask |= 1 << place
    return mask


def kinds_of(mask: int) -> list[str]:
    """The names of the kinds in a mask, in their order."""
    return [kind for place, kind in enumerate(KINDS) if mask & 1 << place]
