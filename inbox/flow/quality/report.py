"""The whole report on the routing's quality, from the store."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.quality.calibration import Calibration, calibration
from inbox.flow.quality.outcomes import (
    SHOWN,
    AreaFigures,
    Confusion,
    Outcome,
    Share,
    StepFigures,
    by_area,
    by_step,
    confusions,
    left_to_people,
    outcomes,
    stayed,
)
from inbox.flow.quality.periods import Period, by_period, step_of
from inbox.flow.quality.suggest import Suggestion, Text, suggestions
from inbox.model.ids import ThreadId
from inbox.model.placement import Corrected, LearnedModel
from inbox.model.thread import ThreadRow
from inbox.model.workspace import Workspace
from inbox.store import config, learned, quality, threads
from inbox.store.engine import Session, Store

LONGEST: Final = timedelta(days=36_525)
"""A longer time is all there is."""
MOVED_READ: Final = 1_000
STAYED_READ: Final = 2_000
"""So many texts that were moved, and that stayed, are compared for suggestions, the newest of each."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures from ``since`` until ``until``. ``kept``: of the choices of an area, how many stayed; ``placed``: how
    many the routing put into an area at all. ``capped``: only the newest choices of that time were looked at.
    """

    since: datetime
    until: datetime
    step: str
    capped: bool
    kept: Share
    placed: Share
    periods: tuple[Period, ...]
    areas: tuple[AreaFigures, ...]
    steps: tuple[StepFigures, ...]
    calibration: Calibration
    confusions: tuple[Confusion, ...]
    corrections: dict[Corrected, int]
    corrected: tuple[ThreadId, ...]
    models: tuple[LearnedModel, ...]
    suggestions: tuple[Suggestion, ...]


def report(store: Store, since: timedelta | None, now: datetime) -> Quality:
    """The quality of the routing in the time ``since`` before ``now``; None for all there is."""
    with store.read() as s:
        return report_in(s, config.load(s), since, now)


def report_in(
    s: Session, workspace: Workspace, since: timedelta | None, now: datetime, *, most: int = quality.MOST
) -> Quality:
    """The same within a session that is open. Reads at most the newest ``most`` choices."""
    start = None if since is None or since > LONGEST else now - since
    chosen = quality.placed(s, start, now, most)
    capped = len(chosen) == most
    begin = start if start is not None and not capped else chosen[0].at if chosen else now
    found = outcomes(chosen, quality.moved(s, begin, now, most))
    step = step_of(now - begin, found)
    return Quality(
        since=begin,
        until=now,
        step=step,
        capped=capped,
        kept=stayed(found),
        placed=left_to_people(found),
        periods=tuple(by_period(found, step, workspace.settings.time_zone, begin, now)) if found else (),
        areas=tuple(by_area(found)),
        steps=tuple(by_step(found)),
        calibration=calibration(found, quality.best_guesses(s, _sorted_by_people(found))),
        confusions=tuple(confusions(found, lambda ids: quality.missed(s, ids))),
        corrections=quality.corrected(s, begin, now),
        corrected=tuple(quality.corrected_threads(s, begin, now, SHOWN)),
        models=tuple(learned.history(s, Corrected.AREA, limit=20)),
        suggestions=tuple(_suggestions(s, workspace, found)),
    )


def dismiss(store: Store, suggestion: Suggestion, *, actor: str, now: datetime) -> None:
    """Do not suggest this rule again."""
    with store.write() as s:
        quality.dismiss(s, suggestion.put, suggestion.belongs, suggestion.words, actor=actor, now=now)


def restore(store: Store, suggestion: Suggestion) -> None:
    """Suggest it again after all."""
    with store.write() as s:
        quality.restore(s, suggestion.put, suggestion.belongs, suggestion.words)


def rows(s: Session, ids: Iterable[ThreadId]) -> tuple[ThreadRow, ...]:
    """The threads behind a figure, in its order."""
    return threads.rows(s, ids)


def _sorted_by_people(found: Iterable[Outcome]) -> list[ThreadId]:
    return [each.placed.thread_id for each in found if each.placed.area is None and each.moved_at is not None]


def _suggestions(s: Session, workspace: Workspace, found: Sequence[Outcome]) -> list[Suggestion]:
    moved = [each for each in found if not each.stayed]
    kept = [each for each in found if each.stayed]
    read = [*_weighted(moved, MOVED_READ), *_weighted(kept, STAYED_READ)]
    if not moved:
        return []
    words = quality.texts(s, [each.placed.mention_id for each, _weight in read])
    texts = [
        Text(each.placed.thread_id, words.get(each.placed.mention_id, ""), each.put, each.belongs, weight)
        for each, weight in read
    ]
    return suggestions(texts, workspace.rules, quality.dismissed(s), {area.name for area in workspace.areas})


def _weighted(found: Sequence[Outcome], most: int) -> list[tuple[Outcome, float]]:
    """The newest ``most``; each stands for as many as there are."""
    newest = found[-most:]
    return [(each, len(found) / len(newest)) for each in newest]
