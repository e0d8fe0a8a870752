"""What live routing makes of a thread of the past, as the workspace is and as it would be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from inbox.flow.backtest.queue import NEVER
from inbox.flow.backtest.staff import micros
from inbox.flow.heads import Head, Heads
from inbox.flow.learning import guessing
from inbox.flow.rulebook import Rulebook
from inbox.model.words import Metric, Priority, ReasonStep
from inbox.model.workspace import UNSORTED, When, Workspace
from inbox.routing.facts import Facts
from inbox.routing.guess import LearnedGuess
from inbox.routing.patterns import Hits
from inbox.routing.rules import Decision
from inbox.sla import calendar as time_of
from inbox.sla import policy as policies
from inbox.sla.policy import ALWAYS
from inbox.store.history import Past
from inbox.text import needs_reply


@dataclass(frozen=True, slots=True)
class Judged:
    """A thread in one of the two workspaces. ``due`` is its first response's deadline (microseconds, ``NEVER`` without
    one); ``surest`` how probable the best area was, None where a rule chose it or nothing spoke for any.
    """

    area: str
    due: int
    waits: bool
    by_rule: bool
    surest: float | None


class Judge:
    """One workspace's rulebook, asked as live routing asks it: of a new thread, at the time it was posted."""

    def __init__(self, workspace: Workspace, book: Rulebook) -> None:
        self._book = book
        self._policies = workspace.policies
        self._areas = frozenset((UNSORTED, *(area.name for area in workspace.areas)))
        self.unknown: set[str] = set()

    def decide(self, facts: Facts, learned: LearnedGuess | None) -> tuple[Decision, Hits]:
        """The decision, and what it was read from. An area that there is not is Unsorted, as it is live."""
        hits = self._book.rules.hits(facts.text)
        decision = self._book.rules.decide(facts, hits, learned)
        if decision.area not in self._areas:
            self.unknown.add(decision.area)
            decision.area = UNSORTED
        return decision, hits

    def judged(self, past: Past, facts: Facts, area: str, decided: tuple[Decision, Hits], *, waits: bool) -> Judged:
        """What follows for the thread in ``area``: its deadline, and whether somebody has to answer."""
        decision, hits = decided
        surest = None
        if decision.rule is None:
            surest = decision.ranked[0][1] if decision.ranked else decision.probability
        due = self._due(past, facts, area, decision, hits) if waits else NEVER
        return Judged(area, due, waits, decision.rule is not None, surest)

    def _due(self, past: Past, facts: Facts, area: str, decision: Decision, hits: Hits) -> int:
        if not self._policies:
            return NEVER
        priority = decision.priority or Priority.NORMAL
        placed = replace(facts, area=area, priority=priority)

        def holds(when: When) -> bool:
            return self._book.rules.holds(when, placed, hits)

        policy = policies.pick(self._policies, holds, decision.policy)
        terms = policies.terms(policy, Metric.FIRST, priority, self._book.area_calendars.get(area), ())
        if terms.target is None or terms.calendar in self._book.refused:
            return NEVER
        calendar = self._book.calendars.get(terms.calendar or "", ALWAYS)
        due = time_of.due(calendar, past.posted_at, terms.target)
        return NEVER if due is None else micros(due)


def facts_of(past: Past) -> Facts:
    """What rules see of a thread's first mention, before anything was decided of it."""
    return Facts(
        text=past.text,
        network=past.network,
        account=past.account,
        at=past.posted_at,
        kind=past.kind,
        language=past.language,
        sentiment=past.sentiment,
        author_tags=past.author_tags,
        followers=past.followers,
        verified=past.verified,
        has_media=past.has_media,
        needs_reply=past.needs_reply,
        area=UNSORTED,
    )


def guesses(page: Sequence[Past], heads: Heads) -> list[LearnedGuess | None]:
    """What was learnt of each thread: as it was answered at its time, else as the model in use answers now."""
    known = [_kept(past) for past in page]
    missing = [place for place, each in enumerate(known) if each is None]
    texts, accounts = [page[place].text for place in missing], [page[place].account for place in missing]
    for place, each in zip(missing, guessing.guesses(texts, accounts, heads.area), strict=True):
        known[place] = None if each is None else replace(each, terms=_no_terms)
    return known


def with_terms(guess: LearnedGuess | None, past: Past, head: Head | None) -> LearnedGuess | None:
    """The guess with the words that speak for an area, which cost more than all else and are shown for a few only."""
    if guess is None or head is None:
        return guess
    return replace(guess, terms=partial(head.model.terms, past.text))


def same_decision(one: Decision, other: Decision) -> bool:
    """Whether two workspaces decide alike; then nothing changes for a thread, wherever it was put at its time."""
    return all(getattr(one, name) == getattr(other, name) for name in _TELLING)


def waits(past: Past, present: Decision, decision: Decision) -> bool:
    """Whether somebody has to answer: as it was judged, unless a rule now says otherwise, or no longer does."""
    if (decision.hide, decision.needs_reply) == (present.hide, present.needs_reply):
        return past.needs_reply
    if decision.hide:
        return False
    if decision.needs_reply is not None:
        return decision.needs_reply
    return needs_reply.judge(past.text, outbound=False, is_repost=False).needed


def why(decision: Decision) -> str:
    """The sentence that says why the thread would go where it would."""
    for reason in decision.reasons:
        by_rule = reason.step is ReasonStep.RULE and (reason.details or {}).get("rule") == decision.rule
        if (decision.rule is not None and by_rule) or (decision.rule is None and reason.step is not ReasonStep.RULE):
            return reason.sentence
    return decision.reasons[-1].sentence if decision.reasons else ""


_TELLING: Final = ("area", "priority", "policy", "hide", "needs_reply")


def _kept(past: Past) -> LearnedGuess | None:
    placed = past.placement
    return LearnedGuess(placed.ranked, placed.model or 0, _no_terms) if placed is not None and placed.ranked else None


def _no_terms(_area: str) -> tuple[str, ...]:
    return ()
