"""Takes threads back: not started in time, off shift, away, no longer in the workspace, in an area that is gone.

Each goes back to the queue with the reason, and its owner is told once of all that went. A thread whose owner is
writing its reply this minute stays until that is sent or left.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from inbox.flow.deciding import Decision, change
from inbox.model import duration
from inbox.model.change import Change
from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.model.people import Employee
from inbox.model.words import ReasonStep, Status
from inbox.model.workspace import UNSORTED, Workspace
from inbox.routing.shift import on_shift, shift_began, shift_ended
from inbox.store import config, decisions, notices, returning
from inbox.store.decisions import State
from inbox.store.engine import Session, Store
from inbox.store.returning import Held

BATCH = 200
MOST = 1000
"""Threads that one ``give_back`` frees, so that deadlines are looked after in between."""


@dataclass(frozen=True, slots=True)
class Due:
    """A thread to be taken back. ``said`` is its reason; ``told`` what its owner hears, None who has left.

    ``waits`` says that it is not offered to its owner again for a while; ``area_gone`` that it has no area now.
    """

    id: ThreadId
    owner: EmployeeId | None
    said: str
    told: str = ""
    waits: bool = False
    area_gone: bool = False


@dataclass(slots=True)
class Taken:
    """How many threads were taken back, and what changed."""

    threads: int = 0
    change: Change = field(default_factory=Change)


Find = Callable[[Session, datetime, Sequence[ThreadId] | None], Iterator[Due]]


def give_back(store: Store, now: datetime, *, limit: int = BATCH, most: int = MOST) -> Change:
    """Free the threads that are to be given back, ``most`` of them at once, in transactions of ``limit``."""
    return _take(store, _everything, "collector", now, (limit, most)).change


def release(store: Store, *, actor: str, now: datetime, limit: int = BATCH) -> Taken:
    """Free the unfinished threads of every area and employee that is no longer in the workspace file."""
    return _take(store, _stranded, actor, now, (limit, None))


def _take(store: Store, find: Find, actor: str, now: datetime, bounds: tuple[int, int | None]) -> Taken:
    limit, most = bounds
    done = Taken()
    told: dict[tuple[EmployeeId, str], tuple[int, str]] = {}
    with store.read() as s:
        wanted = list(dict.fromkeys(each.id for each in find(s, now, None)))[:most]
    for start in range(0, len(wanted), limit):
        ids = wanted[start : start + limit]
        with store.write() as s:
            # Found again under the lock: somebody may have started on one, or given it away.
            before = decisions.states(s, ids)
            due: dict[ThreadId, Due] = {}
            for each in find(s, now, ids):
                due.setdefault(each.id, each)
            _write(s, before, _with_drafts(s, due), actor, now)
            _tell(s, due, told, now)
        done.threads += len(due)
        done.change |= s.change
    return done


def _write(s: Session, before: dict[ThreadId, State], due: dict[ThreadId, Due], actor: str, now: datetime) -> None:
    groups: dict[tuple[str, bool], list[State]] = {}
    for each in due.values():
        groups.setdefault((each.said, each.area_gone), []).append(before[each.id])

    def step(old: State) -> State:
        return _returned(old, due[old.id], now)

    for (said, area_gone), states in groups.items():
        decision = (
            Decision("move", actor, now, {"area": None}, said, ReasonStep.AREA)
            if area_gone
            else Decision("return", actor, now, {}, said, ReasonStep.RETURN)
        )
        change(s, states, step, decision)


def _returned(old: State, due: Due, now: datetime) -> State:
    new = replace(old, area_id=None) if due.area_gone else old
    if due.owner is None:
        return new
    # Only who did not start is passed over for a while; whoever comes back on shift may be offered it at once.
    last = old.assignee_id if due.waits else None
    status = Status.NEW if old.status is Status.OPEN else old.status
    return replace(new, assignee_id=None, last_assignee_id=last, assigned_at=now, started_at=None, status=status)


def _with_drafts(s: Session, due: dict[ThreadId, Due]) -> dict[ThreadId, Due]:
    """Say so where the owner had begun a reply: nothing of it is lost."""
    begun = returning.with_draft(s, due)
    kept = " The reply that they had begun is kept as their draft."
    return {
        number: replace(each, said=each.said + kept) if (number, each.owner) in begun else each
        for number, each in due.items()
    }


def _tell(
    s: Session, due: dict[ThreadId, Due], told: dict[tuple[EmployeeId, str], tuple[int, str]], now: datetime
) -> None:
    """One notice for each owner and cause, in the transaction that takes the threads; a further batch adds to it."""
    groups: dict[tuple[EmployeeId, str], list[ThreadId]] = {}
    for each in due.values():
        if each.owner is not None and each.told:
            groups.setdefault((each.owner, each.told), []).append(each.id)
    names = returning.authors(s, [ids[0] for ids in groups.values()])
    for (owner, why), ids in groups.items():
        before, key = told.get((owner, why), (0, f"returned:{ids[0]}:{now.isoformat()}"))
        count = before + len(ids)
        told[owner, why] = (count, key)
        what = f"The thread of {names[ids[0]]}" if count == 1 else f"{count} threads"
        sentence = f"{what} went back to the queue: {why}."
        only = ids[0] if count == 1 else None
        if before:
            notices.restate(s, owner, key, sentence)
        else:
            notices.add(s, [Notice(0, owner, now, NoticeKind.RETURNED, only, sentence, key)])


def _everything(s: Session, now: datetime, only: Sequence[ThreadId] | None) -> Iterator[Due]:
    """Every thread to take back; ``only`` among these, if given. The first cause named is the one that counts."""
    yield from _stranded(s, now, only)
    workspace = config.load(s)
    zone = workspace.settings.time_zone
    writing = returning.writing(s, now)
    here = {each.id: each for each in workspace.employees if on_shift(each, now, zone)}
    gone = {each.id: each for each in workspace.employees if each.id not in here}
    held = [each for each in returning.held_by(s, gone, only) if (each.id, each.owner) not in writing]
    yield from _absent(s, held, gone, workspace, now)
    late = _late(s, here, workspace, now, only)
    yield from (each for each in late if (each.id, each.owner) not in writing)


def _stranded(s: Session, now: datetime, only: Sequence[ThreadId] | None) -> Iterator[Due]:
    """Threads in areas and with employees that are no longer there; closed ones keep both, as history."""
    staff, areas = returning.former_staff(s), returning.former_areas(s)
    lost = returning.unfinished_in(s, areas, only)
    of_nobody = set(returning.unfinished_of(s, staff, only))
    states = returning.standing(s, [*lost, *of_nobody])
    writing = returning.writing(s, now) if lost else set()
    called = {each.id: _called(each) for each in config.load(s).employees} | staff
    for number in lost:
        each = states[number]
        area = areas[each.area] if each.area is not None else UNSORTED
        owner = None if (number, each.owner) in writing else each.owner
        back = f", and {called[owner]} gave it back to the queue" if owner is not None else ""
        said = f"{area} is no longer an area, so this is {UNSORTED}{back}."
        yield Due(number, owner, said, "" if owner in staff else f"{area} is no longer an area", area_gone=True)
    for number in sorted(of_nobody.difference(lost)):
        owner = states[number].owner
        name = staff[owner] if owner is not None else ""
        yield Due(number, owner, f"{name} is no longer in the workspace, so it is back in the queue.")


def _absent(
    s: Session, held: list[Held], gone: dict[EmployeeId, Employee], workspace: Workspace, now: datetime
) -> Iterator[Due]:
    """What those who are away or off shift have. What a person gave them off shift waits for their next shift."""
    zone = workspace.settings.time_zone
    kept: list[Held] = []
    for each in held:
        owner = gone[each.owner]
        if owner.away:
            yield Due(each.id, owner.id, f"{_called(owner)} is away, so it is back in the queue.", "you are away")
            continue
        ended = shift_ended(owner, now, zone)
        if each.assigned_at is None or (ended is not None and ended > each.assigned_at):
            yield _shift_over(each, owner)
        else:
            kept.append(each)
    on_purpose = returning.by_hand(s, [each.id for each in kept])
    yield from (_shift_over(each, gone[each.owner]) for each in kept if each.id not in on_purpose)


def _shift_over(each: Held, owner: Employee) -> Due:
    said = f"The shift of {_called(owner)} has ended, so it is back in the queue."
    return Due(each.id, owner.id, said, "your shift has ended")


def _late(
    s: Session,
    here: dict[EmployeeId, Employee],
    workspace: Workspace,
    now: datetime,
    only: Sequence[ThreadId] | None,
) -> Iterator[Due]:
    """What was not started within the return time, which runs on shift only."""
    after = workspace.settings.return_after
    if after is None:
        return
    span = duration.show(after)
    began = {number: shift_began(each, now, workspace.settings.time_zone) for number, each in here.items()}
    for each in returning.unstarted(s, here, now - after, only):
        since = began[each.owner]
        if since is not None and now - since < after:
            continue
        said = f"{_called(here[each.owner])} had not started within {span}, so it is back in the queue."
        yield Due(each.id, each.owner, said, f"you had not started within {span}", waits=True)


def _called(employee: Employee) -> str:
    return employee.full_name or employee.name
