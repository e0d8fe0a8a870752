"""What the routing would make of a text, and why: the same code as triage, without storing anything."""

from dataclasses import dataclass
from datetime import datetime

from inbox.flow import facts
from inbox.flow.facts import Found
from inbox.flow.heads import Heads, heads
from inbox.flow.learning.guessing import guess
from inbox.flow.routed import facts_of, overruled
from inbox.flow.rulebook import rulebook
from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Ranked
from inbox.model.thread import Reason
from inbox.model.words import Direction, MentionKind, ReasonStep
from inbox.model.workspace import UNSORTED
from inbox.routing.rules import Decision
from inbox.store import accounts, config
from inbox.store.engine import Session
from inbox.store.triage import Untriaged


@dataclass(frozen=True, slots=True)
class Explained:
    """The facts and the decision; ``areas`` are the areas thought of, the likeliest first; ``why`` is step by step."""

    found: Found
    decision: Decision
    areas: Ranked
    why: tuple[Reason, ...]
    heads: Heads


def explain(s: Session, text: str, *, account: str | None, now: datetime) -> Explained:
    """Route a text as if a customer had just written it to an account."""
    mention = _mention(s, text, account, now)
    learned = heads(s)
    found = facts.find(mention, learned)
    decision = rulebook(config.load(s)).rules.decide(
        facts_of(mention, found), learned=guess(text, mention.account, learned.area)
    )
    found = overruled(mention, found, decision)
    first = Reason(ReasonStep.FACTS, found.sentence, now, (), found.details)
    return Explained(found, decision, _areas(decision), (first, *decision.reasons), learned)


def _areas(decision: Decision) -> Ranked:
    """Areas with their shares, Unsorted having what was learnt to be nobody's; a rule's area is sure."""
    if decision.ranked:
        rest = max(0.0, 1 - sum(share for _, share in decision.ranked))
        return tuple(sorted((*decision.ranked, (UNSORTED, rest)), key=lambda pair: -pair[1]))
    if decision.areas:
        return decision.areas
    return () if decision.probability is None else ((decision.area, decision.probability),)


def _mention(s: Session, text: str, account: str | None, now: datetime) -> Untriaged:
    handle = (account or "").strip().lstrip("@")
    known = next((each for each in accounts.all(s) if each.handle.casefold() == handle.casefold()), None)
    return Untriaged(
        id=MentionId(0),
        thread_id=ThreadId(0),
        network=known.network if known else "",
        account=known.handle if known else handle,
        direction=Direction.INBOUND,
        kind=str(MentionKind.MENTION),
        text=text,
        created_at=now,
        language=None,
        needs_reply=None,
        is_repost=False,
        automatic=False,
        before_connection=False,
        by_employee=None,
        has_media=False,
        followers=None,
        verified=False,
        author_tags=frozenset(),
    )
