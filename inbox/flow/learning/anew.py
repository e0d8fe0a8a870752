"""Asks a new model about the threads that were left in Unsorted before it: the clear ones are placed, and of the
others people see what it thinks.

In small batches, the newest threads first, so that nothing that just came in waits for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from inbox.flow import facts
from inbox.flow.assign import offer
from inbox.flow.deciding import Decision as Deed
from inbox.flow.deciding import change
from inbox.flow.heads import Heads, heads
from inbox.flow.learning.guessing import earlier, guesses
from inbox.flow.routed import facts_of
from inbox.flow.rulebook import rulebook
from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Placement
from inbox.model.thread import Reason
from inbox.model.words import ReasonStep
from inbox.model.workspace import Workspace
from inbox.routing.rules import Decision
from inbox.store import config, decisions, placements, reasons, triage
from inbox.store.engine import Session, Store
from inbox.store.triage import Untriaged

MOST: Final = 2_000
"""So many threads are looked at for each model: more than anybody sorts in one sitting."""
_BATCH: Final = 40
_IDLE: Final = 60.0
_MORE: Final = 0.05
_TOP: Final = ThreadId(2**63 - 1)

_Judged = list[tuple[Untriaged, Decision]]


@dataclass(slots=True)
class Anew:
    """The step of a lane; woken when another model is in use."""

    store: Store
    now: Callable[[], datetime]
    _model: int = 0
    _below: ThreadId = _TOP
    _looked: int = 0

    def step(self) -> float:
        """Ask about one batch; in how many seconds again. Raises ``StoreError``."""
        with self.store.read() as s:
            found = heads(s)
            if found.area is None:
                return _IDLE
            if found.area.info.id != self._model:
                self._model, self._below, self._looked = found.area.info.id, _TOP, 0
            if self._looked >= MOST:
                return _IDLE
            asked = triage.unsorted_before(s, self._model, self._below, _BATCH)
            workspace = config.load(s)
            wrote = earlier(s, [each.id for each in asked], found)
        if not asked:
            self._looked = MOST
            return _IDLE
        judged = _judge(asked, workspace, found, wrote)
        with self.store.write(durable=False) as s:
            _write(s, judged, workspace, self._model, self.now())
        self._below = asked[-1].thread_id
        self._looked += len(asked)
        return _MORE


def _judge(asked: list[Untriaged], workspace: Workspace, found: Heads, wrote: dict[MentionId, str]) -> _Judged:
    """The decision for each, as if it had come now."""
    rules = rulebook(workspace).rules
    known = facts.find_many(asked, found, wrote)
    before = [wrote.get(each.id, "") for each in asked]
    guessed = guesses([each.text for each in asked], [each.account for each in asked], found.area, before)
    return [
        (each, rules.decide(facts_of(each, fact), learned=guess))
        for each, fact, guess in zip(asked, known, guessed, strict=True)
    ]


def _write(s: Session, judged: _Judged, workspace: Workspace, model: int, now: datetime) -> None:
    """Place what is clear and nobody's still; keep what the model thinks of all."""
    ids = [each.thread_id for each, _ in judged]
    states = decisions.states(s, ids)
    kept = triage.left_unsorted(s, ids)
    judged = [(each, decision) for each, decision in judged if states[each.thread_id].area_id is None]
    area_ids = rulebook(workspace).area_ids
    # What rules and keywords say has been said; only what was learnt since is new.
    sure = {
        each.thread_id: decision
        for each, decision in judged
        if decision.step is ReasonStep.LEARNED
        and decision.area in area_ids
        and each.thread_id not in kept
        and states[each.thread_id].assignee_id is None
    }
    placements.add(
        s, [_placement(each, decision, model, now, placed=each.thread_id in sure) for each, decision in judged]
    )
    for area in sorted({decision.area for decision in sure.values()}):
        number = area_ids[area]
        mine = [states[key] for key, decision in sure.items() if decision.area == area]
        deed = Deed("place", "collector", now, {"area": area, "model": model})
        change(s, mine, lambda old, number=number: replace(old, area_id=number), deed)  # type: ignore[misc]  # a step
    reasons.add(s, [(key, None, _reason(decision, now)) for key, decision in sure.items()])
    waiting = [key for key in sure if states[key].needs_reply]
    if waiting and workspace.employees:
        offer(s, waiting, workspace, now)
    s.changed(threads=[each.thread_id for each, _ in judged])


def _placement(each: Untriaged, decision: Decision, model: int, now: datetime, *, placed: bool) -> Placement:
    area = decision.area if placed else None
    return Placement(
        each.thread_id, each.id, now, area, ReasonStep.LEARNED, None, decision.probability, model, decision.ranked
    )


def _reason(decision: Decision, now: datetime) -> Reason:
    said = next(each for each in decision.reasons if each.step is ReasonStep.LEARNED)
    return Reason(said.step, f"Learnt since it came: {said.sentence}", now, said.matched, said.details)
