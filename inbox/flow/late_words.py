"""Says in a sentence that a thread is late, or will be."""

from datetime import datetime, timedelta
from typing import Final

from inbox.model.workspace import UNSORTED
from inbox.sla.hours import zone
from inbox.store.late import LateThread

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def soon_sentence(thread: LateThread, due_at: datetime, now: datetime) -> str:
    """How long is left, in full minutes, rounded up."""
    left = due_at - now
    return f"Late in {spoken(left + -left % _MINUTE)}: {_whose(thread)}"


def late_sentence(thread: LateThread, due_at: datetime, now: datetime, zone_name: str, *, told_late: bool) -> str:
    """Since when it is late, on the reader's clock; what could only be told afterwards says how late it is."""
    then, here = due_at.astimezone(zone(zone_name)), now.astimezone(zone(zone_name))
    when = f"{then:%H:%M}" if then.date() == here.date() else f"{then:%Y-%m-%d %H:%M}"
    since = f"{spoken(now - due_at)} late, since {when}" if told_late else f"Late since {when}"
    return f"{since}: {_whose(thread)}"


def spoken(span: timedelta) -> str:
    """“12 min”, “1 h 20”, “2 d”: as deadlines are shown."""
    if span < _HOUR:
        return f"{span // _MINUTE} min"
    if span < _DAY:
        hours, rest = divmod(span, _HOUR)
        return f"{hours} h {rest // _MINUTE:02d}" if rest >= _MINUTE else f"{hours} h"
    return f"{span // _DAY} d"


def _whose(thread: LateThread) -> str:
    return f"{thread.author}, {thread.area or UNSORTED}"
