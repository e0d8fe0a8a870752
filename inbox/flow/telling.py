"""Tells supervisors of threads that nobody has been there for: once each, also when the time came while nothing ran.

All is decided by stored rows, so that neither a restart nor a second collector skips or repeats a word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.model import duration
from inbox.model.change import Change
from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.model.people import Employee
from inbox.model.thread import Reason
from inbox.model.words import ReasonStep, Role
from inbox.model.workspace import UNSORTED, Workspace
from inbox.store import audit, config, decisions, notices, reasons
from inbox.store.engine import Session, Store
from inbox.store.untold import TOLD, Untold, untold

BATCH: Final = 200
MOST: Final = 1000
LATE: Final = timedelta(seconds=60)
"""Told this much after its time it is marked late: the collector was not running."""
_ONE_BY_ONE: Final = 3
"""More threads of an area than this are told of in one sentence."""
_MINUTE: Final = timedelta(minutes=1)

Told = dict[str, tuple[int, str]]
"""Of each area told of in one sentence: how many threads, and the notice's key."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """What was found of one area, whom to tell, and how long is allowed."""

    area: str
    threads: Sequence[Untold]
    to: Sequence[Employee]
    after: timedelta
    now: datetime

    def late(self, threads: Iterable[Untold]) -> bool:
        return any(self.now - each.since > self.after + LATE for each in threads)


def tell(store: Store, now: datetime, *, limit: int = BATCH, most: int = MOST) -> Change:
    """Tell the supervisors of each area what has waited there for ``Settings.tell_after`` with nobody available.

    No more than ``most`` threads at once: the rest is told of at the next tick.
    """
    done = Change()
    told: Told = {}
    with store.read() as s:
        workspace = config.load(s)
        after = workspace.settings.tell_after
        if after is None or not _leaders(workspace):
            return done
        wanted = [each.id for each in untold(s, now - after, most)]
    for start in range(0, len(wanted), limit):
        ids = wanted[start : start + limit]
        with store.write() as s:
            decisions.states(s, ids)
            # Read anew under the lock: somebody may have taken or told of one meanwhile.
            found = untold(s, now - after, limit, ids)
            for telling in _by_area(found, config.load(s), after, now):
                _tell(s, telling, told)
        done |= s.change
    return done


def supervisors(workspace: Workspace, area: str) -> tuple[Employee, ...]:
    """Who is told of an area: its own supervisors, else every supervisor, else the admins."""
    of_area = tuple(each for each in workspace.employees if Role.SUPERVISOR in each.roles and area in each.areas)
    return of_area or _leaders(workspace)


def _leaders(workspace: Workspace) -> tuple[Employee, ...]:
    found = tuple(each for each in workspace.employees if Role.SUPERVISOR in each.roles)
    return found or tuple(each for each in workspace.employees if Role.ADMIN in each.roles)


def _by_area(found: Sequence[Untold], workspace: Workspace, after: timedelta, now: datetime) -> list[_Telling]:
    groups: dict[str, list[Untold]] = {}
    for each in found:
        groups.setdefault(each.area or UNSORTED, []).append(each)
    return [_Telling(area, these, supervisors(workspace, area), after, now) for area, these in groups.items()]


def _tell(s: Session, telling: _Telling, told: Told) -> None:
    if telling.area in told or len(telling.threads) > _ONE_BY_ONE:
        _tell_of_all(s, telling, told)
    else:
        rows = [_notice(telling, each, whom.id) for each in telling.threads for whom in telling.to]
        notices.add(s, rows)
    names = [whom.name for whom in telling.to]
    events = [(each.id, {"to": names, "late": telling.late([each])}) for each in telling.threads]
    audit.record_many(s, "collector", TOLD, events, telling.now)
    reasons.add(s, [(each.id, None, _reason(telling, each)) for each in telling.threads])
    s.changed(threads=[each.id for each in telling.threads])


def _notice(telling: _Telling, each: Untold, whom: EmployeeId) -> Notice:
    sentence = f"{each.author} has waited {_span(telling, each)} in {telling.area}: {_why(telling.area, 1)}."
    key = f"nobody:{each.id}:{each.since.isoformat()}"
    return _row(telling, whom, each.id, sentence, key, late=telling.late([each]))


def _tell_of_all(s: Session, telling: _Telling, told: Told) -> None:
    first = telling.threads[0]
    before, key = told.get(telling.area, (0, f"nobody:{telling.area}:{first.id}:{first.since.isoformat()}"))
    count = before + len(telling.threads)
    told[telling.area] = (count, key)
    sentence = f"{count} threads wait in {telling.area}: {_why(telling.area, count)}."
    late = telling.late(telling.threads)
    if before:
        for whom in telling.to:
            notices.restate(s, whom.id, key, sentence)
    else:
        notices.add(s, [_row(telling, whom.id, None, sentence, key, late=late) for whom in telling.to])


def _row(
    telling: _Telling, whom: EmployeeId, thread_id: ThreadId | None, sentence: str, key: str, *, late: bool
) -> Notice:
    return Notice(0, whom, telling.now, NoticeKind.NOBODY_AVAILABLE, thread_id, sentence, key, late)


def _reason(telling: _Telling, each: Untold) -> Reason:
    names = " and ".join(whom.full_name or whom.name for whom in telling.to[:2])
    more = f" and {len(telling.to) - 2} more" if len(telling.to) > 2 else ""  # noqa: PLR2004 - two are named
    were = "was" if len(telling.to) == 1 else "were"
    said = f"Nobody was available in {telling.area} for {_span(telling, each)}, so {names}{more} {were} told."
    return Reason(ReasonStep.ASSIGNMENT, said, telling.now)


def _why(area: str, count: int) -> str:
    if area != UNSORTED:
        return "nobody there is available"
    return "nobody has sorted it" if count == 1 else "nobody has sorted them"


def _span(telling: _Telling, each: Untold) -> str:
    """In whole minutes; shorter times are said to the second."""
    waited = telling.now - each.since
    return duration.show(waited - waited % _MINUTE if waited >= _MINUTE else waited)
