"""Looks again at unsorted threads once more was learnt: the sure ones go to their area, the rest get new hints."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from inbox.flow.assign import offer
from inbox.flow.deciding import Decision as Deed
from inbox.flow.deciding import change
from inbox.flow.heads import Head, heads
from inbox.flow.learning.guessing import guesses
from inbox.flow.rulebook import Rulebook, rulebook
from inbox.model.change import Change
from inbox.model.ids import AreaId, ThreadId
from inbox.model.placement import Placement
from inbox.model.thread import Reason
from inbox.model.words import ReasonStep
from inbox.model.workspace import UNSORTED
from inbox.routing.facts import Facts
from inbox.routing.rules import Decision
from inbox.store import asking, clocks, config, decisions, placements, reasons
from inbox.store.asking import Asked
from inbox.store.clocks import ThreadHistory
from inbox.store.decisions import State
from inbox.store.engine import Session, Store

BATCH: Final = 100


@dataclass(slots=True)
class Again:
    """How many threads were looked at, how many of them went to an area, and what changed."""

    asked: int = 0
    placed: int = 0
    change: Change = field(default_factory=Change)


@dataclass(frozen=True, slots=True)
class _Look:
    """A batch of threads with what was chosen for each, by which model and rules."""

    waiting: list[Asked]
    chosen: dict[ThreadId, Decision]
    head: Head
    book: Rulebook


def look_again(store: Store, *, now: datetime, stop: Callable[[], bool] = lambda: False) -> Again:
    """Ask the learned area in use of every unsorted thread that it was not asked of yet. Raises ``StoreError``."""
    done = Again()
    while not stop():
        with store.read() as s:
            head = heads(s).area
            waiting = asking.unasked(s, head.info.id, BATCH) if head is not None else []
            histories = clocks.histories(s, [each.id for each in waiting])
            book = rulebook(config.load(s))
        if head is None or not waiting:
            break
        said = guesses([each.text for each in waiting], [each.account for each in waiting], head)
        if not any(said):
            break  # the model cannot be asked: rules and keywords have said what they know already
        chosen = {
            each.id: book.rules.decide(_facts(each, histories[each.id]), learned=guess)
            for each, guess in zip(waiting, said, strict=True)
        }
        with store.write(durable=False) as s:
            done.placed += _write(s, _Look(waiting, chosen, head, book), now)
        done.asked += len(waiting)
        done.change |= s.change
    return done


def _write(s: Session, look: _Look, now: datetime) -> int:
    """Keep what was answered, and move what is sure; a thread that somebody changed meanwhile waits for its turn."""
    states = decisions.states(s, [each.id for each in look.waiting])
    sound = [each for each in look.waiting if each.id in states and states[each.id].version == each.version]
    placements.add(s, [_placement(each, look, now) for each in sound])
    sure: dict[str, list[State]] = {}
    for each in sound:
        if (area := look.chosen[each.id].area) in look.book.area_ids:
            sure.setdefault(area, []).append(states[each.id])
    for area, threads in sure.items():
        _move(s, threads, area, look.book.area_ids[area], now)
    reasons.add(s, [(each.id, each.mention_id, _why(look.chosen[each.id], now)) for each in sound])
    moved = [state.id for threads in sure.values() for state in threads]
    if moved:
        offer(s, moved, look.book.workspace, now)
    s.changed(threads=[each.id for each in sound])
    return len(moved)


def _move(s: Session, threads: list[State], area: str, area_id: AreaId, now: datetime) -> None:
    deed = Deed("route", "collector", now, {"area": area})
    change(s, threads, lambda old: replace(old, area_id=area_id), deed)


def _placement(each: Asked, look: _Look, now: datetime) -> Placement:
    decision = look.chosen[each.id]
    area = decision.area if decision.area in look.book.area_ids else None
    return Placement(
        each.id,
        each.mention_id,
        now,
        area,
        decision.step,
        decision.rule,
        decision.probability,
        look.head.info.id,
        decision.ranked,
    )


def _why(decision: Decision, now: datetime) -> Reason:
    """What chose the area this time, or why a person still sorts it."""
    kinds = (ReasonStep.RULE, ReasonStep.LEARNED, ReasonStep.KEYWORD, ReasonStep.AREA)
    last = next(each for each in reversed(decision.reasons) if each.step in kinds)
    return Reason(last.step, f"More was learnt meanwhile. {last.sentence}", now, last.matched, last.details)


def _facts(each: Asked, history: ThreadHistory) -> Facts:
    post = next(post for post in history.posts if post.id == each.mention_id)
    return Facts(
        text=each.text,
        network=history.network,
        account=history.account,
        at=post.created_at,
        kind=post.kind,
        language=history.language,
        author_tags=history.author_tags,
        followers=history.followers,
        verified=history.verified,
        has_media=post.has_media,
        needs_reply=bool(post.needs_reply),
        priority=history.priority,
        area=UNSORTED,
        incident=history.incident,
    )
