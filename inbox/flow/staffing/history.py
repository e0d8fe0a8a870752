"""The history that staffing plays through: when answers were asked for, when they were due, how long they took."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.flow.backtest.queue import NEVER
from inbox.flow.backtest.staff import EPOCH, MICRO
from inbox.flow.staffing.needed import Stopped
from inbox.model.words import Metric
from inbox.model.workspace import UNSORTED, Workspace
from inbox.sla.history import REPLAY_ENDED
from inbox.store import staffing as rows
from inbox.store.engine import Session

ENOUGH: Final = 20
"""Timed replies from which their own mean is taken."""
USUAL: Final = timedelta(minutes=6)
"""How long an answer is taken to be in hand where too few were timed and nobody says otherwise."""
SLOWEST: Final = 0.1
"""The share of timed replies that is left out: somebody opened a thread and went away."""


@dataclass(frozen=True, slots=True)
class Handling:
    """How long an answer keeps one person busy, where that comes from (``given``, ``measured``, ``assumed``), and of
    how many timed replies.
    """

    span: timedelta
    source: str
    n: int = 0


@dataclass(slots=True)
class History:
    """Answers asked for in one area or in all, in order of time. ``by_area`` counts all of the period's."""

    since: datetime
    until: datetime
    answers: list[tuple[int, int]] = field(default_factory=list)
    by_area: Counter[str] = field(default_factory=Counter)
    calendars: set[str | None] = field(default_factory=set)


def period(s: Session, since: timedelta, now: datetime) -> tuple[datetime, datetime] | None:
    """The time looked at: up to now, or where nothing came in that long, up to the newest; None without a history."""
    newest = rows.newest(s, kept=REPLAY_ENDED)
    if newest is None:
        return None
    until = now if now - since <= newest < now else newest + MICRO
    return until - since, until


def read(  # noqa: PLR0917 - what is read, and of what
    s: Session,
    workspace: Workspace,
    area: str | None,
    metric: Metric,
    spell: tuple[datetime, datetime],
    target: timedelta | None,
    stop: Callable[[], bool],
) -> History:
    """The history of a period. ``target`` stands for the promises of policies, round the clock. Raises ``Stopped``."""
    since, until = spell
    names: dict[int | None, str] = {each.id: each.name for each in workspace.areas}
    found = History(since, until)
    for chunk in rows.asked(s, since, until, kept=REPLAY_ENDED):
        if stop():
            raise Stopped
        for kind, number, at, due, calendar in chunk:
            name = names.get(number, UNSORTED)
            found.by_area[name] += 1
            if area not in {None, name}:
                continue
            mine = kind == metric
            if target is not None:
                due, calendar = at + target // MICRO, None  # noqa: PLW2901 - promised otherwise
            if mine and due is not None:
                found.calendars.add(calendar)
            found.answers.append((at, due if mine and due is not None else NEVER))
    found.answers.sort()
    if found.answers:
        first = (EPOCH + found.answers[0][0] * MICRO).astimezone(ZoneInfo(workspace.settings.time_zone))
        found.since = max(since, first.replace(minute=0, second=0, microsecond=0).astimezone(UTC))
    return found


def handling(
    s: Session, workspace: Workspace, area: str | None, spell: tuple[datetime, datetime], given: timedelta | None
) -> Handling:
    """How long an answer is in hand: what was given, else as measured in the area, else in all, else the usual."""
    if given is not None:
        return Handling(given, "given")
    timed = rows.handled(s, *spell)
    numbers = {each.name: each.id for each in workspace.areas}
    here = [seconds for number, seconds in timed if area is None or number == numbers.get(area)]
    for known in (here, [seconds for _, seconds in timed]):
        if len(known) >= ENOUGH:
            kept = sorted(known)[: len(known) - int(len(known) * SLOWEST)]
            return Handling(timedelta(seconds=max(1.0, round(sum(kept) / len(kept)))), "measured", len(known))
    return Handling(USUAL, "assumed", len(here))
