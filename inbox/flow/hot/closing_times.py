"""When each step of an incident was taken, since its first mention and since it was detected; and what was not done.

Durations are by the calendar on the wall: an incident does not wait for opening hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.hot.closing_parts import Line
from inbox.model.incident import BY_HAND, OPEN_STATES, Incident, IncidentState


@dataclass(frozen=True, slots=True)
class Moment:
    """A step: ``at`` None when it was not taken, which ``said`` then says; ``by`` is empty where nobody in particular
    took it.
    """

    key: str
    title: str
    at: datetime | None
    by: str
    from_began: timedelta | None
    from_detected: timedelta | None
    said: str


_SO_FAR: Final = {
    "acknowledged": "Nobody has acknowledged it yet.",
    "confirmed": "It has not been confirmed yet.",
    "stated": "No statement stands yet.",
    "contained": "It has not been marked contained yet.",
    "closed": "It is still open.",
}
_NEVER: Final = {
    "acknowledged": "Nobody acknowledged it.",
    "confirmed": "It was not confirmed.",
    "stated": "No statement was published.",
    "contained": "It was not marked contained before it was over.",
    "closed": "It is not known when it was closed.",
}
_DECIDED: Final = frozenset(("confirmed", "contained", "closed"))
_ENDS: Final = {IncidentState.DISMISSED: "Dismissed", IncidentState.MERGED: "Merged into another"}


def moments(found: Incident, lines: Sequence[Line], acknowledged_by: str) -> tuple[Moment, ...]:
    """The steps in the order in which they are usually taken. ``lines`` of the timeline tell who took some of them,
    ``acknowledged_by`` is the full name of who acknowledged it.
    """
    detected = "Opened by hand" if found.kind == BY_HAND else "Detected"
    steps = (
        ("began", "First mention", found.began_at),
        ("detected", detected, found.opened_at),
        ("acknowledged", "Acknowledged", found.acknowledged_at),
        ("confirmed", "Confirmed", found.confirmed_at),
        ("stated", "First statement stood", found.stated_at),
        ("contained", "Contained", found.contained_at),
        ("closed", _ENDS.get(found.state, "Closed"), found.closed_at),
    )
    words = _SO_FAR if found.state in OPEN_STATES else _NEVER
    whose = {"acknowledged": acknowledged_by, **{key: _decided(lines, at) for key, _, at in steps if key in _DECIDED}}
    return tuple(_moment(found, step, words.get(step[0], ""), whose.get(step[0], "")) for step in steps)


def _moment(found: Incident, step: tuple[str, str, datetime | None], missing: str, by: str) -> Moment:
    key, title, at = step
    if at is None:
        return Moment(key, title, None, "", None, None, missing)
    since = None if key == "began" else at - found.began_at
    after = None if key in {"began", "detected"} else at - found.opened_at
    return Moment(key, title, at, by, since, after, "")


def _decided(lines: Sequence[Line], at: datetime | None) -> str:
    """Who took the decision of that time."""
    return next((each.by for each in lines if each.kind == "state" and each.at == at), "")
