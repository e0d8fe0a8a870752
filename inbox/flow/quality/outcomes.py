"""What became of each choice of the routing, and the shares that follow. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.model.ids import ThreadId
from inbox.model.workspace import UNSORTED
from inbox.store.quality import Moved, Placed

SHOWN: Final = 100
"""So many threads behind a figure are kept to be opened, the newest."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A choice and where the thread belongs by what people did: where they left it. ``moved_at`` is None where
    nobody moved it; one that was moved and moved back belongs where it was put.
    """

    placed: Placed
    belongs: str
    moved_at: datetime | None

    @property
    def put(self) -> str:
        """The area that the routing chose, ``Unsorted`` for none."""
        return self.placed.area or UNSORTED

    @property
    def stayed(self) -> bool:
        """Whether it belongs where the routing put it."""
        return self.belongs == self.put


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``n``. ``against`` are the newest threads that were not right, ``others`` the newest that were."""

    right: int
    n: int
    against: tuple[ThreadId, ...] = ()
    others: tuple[ThreadId, ...] = ()

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.right / self.n if self.n else None

    @property
    def threads(self) -> tuple[ThreadId, ...]:
        """The threads behind it, those that were not right first."""
        return (*self.against, *self.others)[:SHOWN]


def outcomes(placed: Iterable[Placed], moves: Iterable[Moved]) -> list[Outcome]:
    """Each choice with what people made of it. Moves from before a choice concern an earlier one."""
    of_thread: dict[ThreadId, list[Moved]] = {}
    for move in moves:
        of_thread.setdefault(move.thread_id, []).append(move)
    found = []
    for each in placed:
        later = [move for move in of_thread.get(each.thread_id, ()) if move.at >= each.at]
        belongs = later[-1].became if later else each.area or UNSORTED
        found.append(Outcome(each, belongs, later[0].at if later else None))
    return found


def share(found: Iterable[Outcome], right: Callable[[Outcome], bool]) -> Share:
    """How many of some choices are ``right``."""
    against: list[ThreadId] = []
    others: list[ThreadId] = []
    for each in found:
        (others if right(each) else against).append(each.placed.thread_id)
    newest = slice(None, -SHOWN - 1, -1)
    return Share(len(others), len(against) + len(others), tuple(against[newest]), tuple(others[newest]))


def stayed(found: Iterable[Outcome]) -> Share:
    """Of the choices of an area, how many nobody changed."""
    return share((each for each in found if each.placed.area is not None), _stayed)


def left_to_people(found: Iterable[Outcome]) -> Share:
    """How many the routing put into an area: the rest was left to a person."""
    return share(found, lambda each: each.placed.area is not None)


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """``kept``: of those put into the area, how many stayed. ``found``: of those that belong to it, how many were
    put there by the routing.
    """

    area: str
    kept: Share
    found: Share


def by_area(found: Sequence[Outcome]) -> list[AreaFigures]:
    """Both figures of each area, the one with most threads first."""
    put: dict[str, list[Outcome]] = {}
    belonging: dict[str, list[Outcome]] = {}
    for each in found:
        put.setdefault(each.put, []).append(each)
        belonging.setdefault(each.belongs, []).append(each)
    figures = [
        AreaFigures(name, share(put.get(name, ()), _stayed), share(belonging.get(name, ()), _stayed))
        for name in sorted((put.keys() | belonging.keys()) - {UNSORTED})
    ]
    return sorted(figures, key=lambda each: -(each.kept.n + each.found.n))


@dataclass(frozen=True, slots=True)
class StepFigures:
    """How far one step of the routing is right: a rule by name, keywords, or the learned area."""

    step: str
    rule: str | None
    kept: Share


def by_step(found: Sequence[Outcome]) -> list[StepFigures]:
    """Rule by rule, then the other steps; the busiest first."""
    groups: dict[tuple[str, str | None], list[Outcome]] = {}
    for each in found:
        if each.placed.area is not None:
            groups.setdefault((str(each.placed.step), each.placed.rule), []).append(each)
    figures = [StepFigures(step, rule, stayed(group)) for (step, rule), group in groups.items()]
    return sorted(figures, key=lambda each: (each.rule is None, -each.kept.n, each.rule or ""))


@dataclass(frozen=True, slots=True)
class Confusion:
    """Threads that the routing put into ``put`` and that belong to ``belongs``. ``waited`` is the time from the choice
    to the first correction, of all of them together; ``missed`` counts those of which a deadline was missed.
    """

    put: str
    belongs: str
    n: int
    waited: timedelta
    missed: int
    threads: tuple[ThreadId, ...]


def confusions(found: Iterable[Outcome], missed: Callable[[list[ThreadId]], set[ThreadId]]) -> list[Confusion]:
    """Pairs of areas that were taken for each other, the costliest first: by the time that was lost."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for each in found:
        if each.placed.area is not None and not each.stayed:
            groups.setdefault((each.put, each.belongs), []).append(each)
    late = missed([each.placed.thread_id for group in groups.values() for each in group])
    made = [_confusion(pair, group, late) for pair, group in groups.items()]
    return sorted(made, key=lambda each: (-each.waited, -each.n, each.put, each.belongs))


def _confusion(pair: tuple[str, str], group: list[Outcome], late: set[ThreadId]) -> Confusion:
    waits = (each.moved_at - each.placed.at for each in group if each.moved_at is not None)
    ids = [each.placed.thread_id for each in group]
    return Confusion(
        *pair, len(group), sum(waits, timedelta()), len(late.intersection(ids)), tuple(ids[: -SHOWN - 1 : -1])
    )


def _stayed(each: Outcome) -> bool:
    return each.stayed
