"""The rules of a workspace: compiled once, then asked for each mention. First match wins per kind of action."""

from dataclasses import dataclass, field
from typing import Any

from inbox.model.thread import Reason
from inbox.model.words import Priority, ReasonStep
from inbox.model.workspace import UNSORTED, Rule, When, Workspace
from inbox.routing.conditions import Condition, IsOpen, compiled
from inbox.routing.facts import Facts
from inbox.routing.keywords import AreaKeywords
from inbox.routing.patterns import Hits, PatternBook

_KINDS = ("area", "priority", "tags", "policy", "escalate", "hide")


@dataclass(slots=True)
class Decision:
    """What the rules and keywords say of a mention. ``rule`` is the one that chose the area; ``areas`` the guesses."""

    area: str = UNSORTED
    probability: float | None = None
    rule: str | None = None
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    policy: str | None = None
    escalate: str | None = None
    hide: bool | None = None
    areas: tuple[tuple[str, float], ...] = ()
    reasons: list[Reason] = field(default_factory=list)


class Rules:
    """All that routing asks of a text, compiled together: rules, policies' conditions and area keywords."""

    def __init__(self, workspace: Workspace, is_open: IsOpen) -> None:
        book = PatternBook()
        self._rules = [(rule, compiled(rule.when, book, is_open)) for rule in workspace.rules]
        self._policies: dict[int, Condition] = {
            id(policy.when): compiled(policy.when, book, is_open) for policy in workspace.policies
        }
        self._keywords = AreaKeywords(workspace.areas, book)
        self._confidence = workspace.settings.confidence
        self._book = book
        book.close()

    @classmethod
    def compile(cls, workspace: Workspace, is_open: IsOpen) -> "Rules":
        """Compile a workspace's rules. Raises ``ValueError`` for a regular expression that RE2 refuses."""
        return cls(workspace, is_open)

    def holds(self, when: When, facts: Facts, hits: Hits) -> bool:
        """Whether a policy's conditions hold; ``when`` must be one of this workspace's policies."""
        return self._policies[id(when)].holds(facts, hits)

    def hits(self, text: str) -> Hits:
        """What of the workspace's phrases occurs in a text."""
        return self._book.hits(text)

    def decide(self, facts: Facts, hits: Hits | None = None) -> Decision:
        """Rules first, then keywords, else Unsorted; every step with its reason."""
        found = self.hits(facts.text) if hits is None else hits
        decision = Decision()
        self._apply_rules(decision, facts, found)
        if decision.rule is None:
            self._guess_area(decision, facts, found)
        return decision

    def _apply_rules(self, decision: Decision, facts: Facts, hits: Hits) -> None:
        open_kinds = set(_KINDS)
        for rule, condition in self._rules:
            kinds = [kind for kind in _kinds(rule) if kind in open_kinds]
            if kinds and condition.holds(facts, hits):
                open_kinds.difference_update(kinds)
                _act(decision, rule, kinds)
                decision.reasons.append(_rule_reason(rule, kinds, condition.matched(facts, hits), facts))

    def _guess_area(self, decision: Decision, facts: Facts, hits: Hits) -> None:
        guess = self._keywords.guess(facts.text, hits)
        if guess is None:
            sentence = "No rule and no keyword of an area matched, so a person sorts it."
            decision.reasons.append(Reason(ReasonStep.AREA, sentence, facts.at))
            return
        decision.areas, decision.probability = guess.areas, guess.share
        details: dict[str, Any] = {"areas": [list(pair) for pair in guess.areas]}
        share = f"{guess.share:.0%}"
        words = _quoted(guess.matched)
        if guess.share < self._confidence:
            sentence = f"{words} speaks for {guess.area} with {share} only; {self._confidence:.0%} are asked for."
            decision.reasons.append(Reason(ReasonStep.KEYWORD, sentence, facts.at, guess.matched, details))
            return
        decision.area = guess.area
        what = "is a keyword" if len(guess.matched) == 1 else "are keywords"
        weight = f", {share} of what matched" if len(guess.areas) > 1 else ""
        sentence = f"{words} {what} of {guess.area}{weight}."
        decision.reasons.append(Reason(ReasonStep.KEYWORD, sentence, facts.at, guess.matched, details))


def _kinds(rule: Rule) -> list[str]:
    then = rule.then
    given = {
        "area": then.area is not None,
        "priority": then.priority is not None,
        "tags": bool(then.tags),
        "policy": then.policy is not None,
        "escalate": then.escalate is not None,
        "hide": then.hide is not None,
    }
    return [kind for kind in _KINDS if given[kind]]


def _act(decision: Decision, rule: Rule, kinds: list[str]) -> None:
    for kind in kinds:
        setattr(decision, kind, getattr(rule.then, kind))
    if "area" in kinds:
        decision.rule, decision.probability = rule.name, 1.0


def _rule_reason(rule: Rule, kinds: list[str], matched: tuple[str, ...], facts: Facts) -> Reason:
    because = f" because of {_quoted(matched)}" if matched else ""
    sentence = f"The rule “{rule.name}” {_done(rule, kinds)}{because}."
    return Reason(ReasonStep.RULE, sentence, facts.at, matched, {"rule": rule.name, "actions": kinds})


def _done(rule: Rule, kinds: list[str]) -> str:
    then = rule.then
    said = {
        "area": f"chose {then.area}",
        "priority": f"set the priority to {then.priority}",
        "tags": f"added {', '.join(then.tags)}",
        "policy": f"chose the policy “{then.policy}”",
        "escalate": f"asks to escalate to “{then.escalate}”",
        "hide": "hid it as noise" if then.hide else "keeps it in view",
    }
    words = [said[kind] for kind in kinds]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)
