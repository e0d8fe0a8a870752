"""What a person sets right is kept: the routing's quality is measured by it, and the learned models learn from it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from inbox.flow.deciding import Undone
from inbox.model.fact import Fact, FactKind
from inbox.model.ids import AreaId, MentionId, ThreadId
from inbox.model.placement import Corrected, Correction, Placement
from inbox.model.words import ReasonStep
from inbox.model.workspace import UNSORTED
from inbox.store import corrections, people, placements
from inbox.store.engine import Session

COLLECTOR: Final = "collector"


def kept_as_corrections(s: Session, undone: Sequence[Undone], area: str, actor: str, now: datetime) -> list[Undone]:
    """Keep one correction for each thread that a person moved to ``area``; each ``Undone`` knows its own."""
    chosen = placements.of_threads(s, [each.before.id for each in undone])
    names = {each.id: each.name for each in people.areas(s, removed=True)}
    rows = [_moved(each, chosen.get(each.before.id), names, area, actor=actor, now=now) for each in undone]
    numbers = corrections.add(s, rows)
    return [replace(each, corrections=(number,)) for each, number in zip(undone, numbers, strict=True)]


def facts_corrected(
    thread_id: ThreadId,
    mention_id: MentionId,
    was: Mapping[FactKind, Fact],
    became: Mapping[FactKind, Fact],
    *,
    actor: str,
    now: datetime,
) -> list[Correction]:
    """One correction for each fact that a person said."""
    return [
        Correction(
            thread_id,
            mention_id,
            Corrected(kind.value),
            value_words(was[kind].value if kind in was else None),
            value_words(fact.value),
            actor,
            now,
            was_by=str(was[kind].by) if kind in was else "",
            probability=was[kind].probability if kind in was else None,
        )
        for kind, fact in became.items()
    ]


def value_words(value: str | bool | None) -> str:  # noqa: FBT001 - a fact's own value
    """A fact's value as a correction keeps it: "true", "false", a code or a word; empty where it was not clear."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value


def _moved(
    each: Undone, chosen: Placement | None, names: Mapping[AreaId, str], area: str, *, actor: str, now: datetime
) -> Correction:
    was = UNSORTED if each.before.area_id is None else names.get(each.before.area_id, UNSORTED)
    made = Correction(each.before.id, chosen.mention_id if chosen else None, Corrected.AREA, was, area, actor, now)
    if chosen is None:
        return made
    if (chosen.area or UNSORTED) != was:
        # Somebody moved it before: this corrects them, not the routing.
        return replace(made, was_by=str(ReasonStep.PERSON))
    return replace(made, was_by=str(chosen.step), rule=chosen.rule, probability=chosen.probability)
