"""How many deadlines were missed, and how many would be: what was counted, and what two plays of the queue add."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from inbox.flow.backtest.play import Pace, Play
from inbox.flow.backtest.queue import NEVER
from inbox.flow.backtest.tally import Arrivals, Tally
from inbox.model.people import Employee
from inbox.model.workspace import Workspace

NO_TARGETS = "No policy promises a first response here, so no deadline can be missed."
NO_STAFF = (
    "There are no employees on one side of the comparison, so who would have answered when cannot be computed, "
    "and neither can the deadlines missed after the change."
)
NO_CLOCKS = "No clock with a deadline ran in these threads (imported history has none), so none was really missed."
FEWER = "The plays differ by more than was really missed, so none is left."


@dataclass(frozen=True, slots=True)
class Missed:
    """Deadlines by area; None where they cannot be computed, which ``notes`` say. ``simulated_*`` are the plays."""

    before: Counter[str] | None
    after: Counter[str] | None
    simulated_before: Counter[str] | None
    simulated_after: Counter[str] | None
    notes: tuple[str, ...]

    @property
    def total_before(self) -> int | None:
        """All that were really missed."""
        return None if self.before is None else self.before.total()

    @property
    def total_after(self) -> int | None:
        """All that would be."""
        return None if self.after is None else self.after.total()


def missed(
    tally: Tally, taken: Pace, present: Workspace, changed: Workspace, period: tuple[datetime, datetime]
) -> Missed:
    """Compare the two workspaces over the threads that were read."""
    really = Counter({tally.names[area]: n for area, n in tally.missed.items()})
    targets = _promises(tally.before), _promises(tally.after)
    if not tally.promised and not any(targets):
        return Missed(Counter(), Counter(), None, None, (NO_TARGETS,) if tally.threads else ())
    notes = () if tally.promised or not tally.threads else (NO_CLOCKS,)
    if _plays_alike(tally, present, changed):
        return Missed(really, really, None, None, notes)
    if not (_answers(present.employees) and _answers(changed.employees)):
        return Missed(really, None, None, None, (*notes, NO_STAFF))
    play = Play(tally, taken, *period)
    before, after = play.missed(tally.before, present), play.missed(tally.after, changed)
    would = Counter(really)
    would.update(after)
    would.subtract(before)
    notes = (*notes, *taken.notes)
    if would.total() < 0:
        notes = (*notes, FEWER)
    most = Counter({tally.names[area]: n for area, n in tally.most.items()})
    # Never less than none, nor more than can be, whatever the plays say of an area.
    bounded = Counter({area: min(max(0, n), most[area]) for area, n in would.items()})
    return Missed(really, bounded, before, after, notes)


def _promises(arrivals: Arrivals) -> bool:
    return any(due < NEVER for due in arrivals.due)


def _plays_alike(tally: Tally, present: Workspace, changed: Workspace) -> bool:
    """Whether both plays are the same: the same threads, areas, deadlines and people."""
    people = present.employees == changed.employees and present.settings.time_zone == changed.settings.time_zone
    return people and bool(present.areas) == bool(changed.areas) and tally.before == tally.after


def _answers(staff: tuple[Employee, ...]) -> bool:
    return any(each.capacity != 0 for each in staff)
