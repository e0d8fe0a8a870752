"""The rules of a workspace: compiled once, then asked for each mention. First match wins per kind of action."""

from dataclasses import dataclass, field

from inbox.model.placement import Ranked
from inbox.model.thread import Reason
from inbox.model.words import Priority, ReasonStep
from inbox.model.workspace import UNSORTED, Rule, When, Workspace
from inbox.routing.acting import Acting
from inbox.routing.chosen import Chooser, Chosen
from inbox.routing.conditions import Condition, IsOpen, compiled
from inbox.routing.facts import Facts
from inbox.routing.guess import LearnedGuess
from inbox.routing.index import Entry, RuleIndex, Source, Tried
from inbox.routing.keywords import AreaKeywords
from inbox.routing.kinds import kinds_of, mask_of
from inbox.routing.patterns import Forms, Hits, PatternBook
from inbox.routing.saying import rule_reason, stopped_reason


@dataclass(slots=True)
class Decision:
    """What the routing says of a mention. ``step`` is what chose the area (or was too unsure to), ``rule`` the rule
    that did.

    ``ranked`` is what was learnt, ``areas`` what keywords guess; ``needs_reply`` overrules that judgement.
    """

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
    step: ReasonStep = ReasonStep.AREA
    needs_reply: bool | None = None
    ranked: Ranked = ()


class Rules:
    """All that routing asks of a text, compiled together: rules, policies' conditions and area keywords."""

    def __init__(self, workspace: Workspace, is_open: IsOpen) -> None:
        book = PatternBook()
        # Places are even, so that a rule that is tried fits between two others.
        self._entries = [
            _entry(rule, 2 * number, compiled(rule.when, book, is_open)) for number, rule in enumerate(workspace.rules)
        ]
        self._policies: dict[int, Condition] = {
            id(policy.when): compiled(policy.when, book, is_open) for policy in workspace.policies
        }
        keywords = AreaKeywords(workspace.areas, book)
        self._chooser = Chooser(keywords, workspace.settings.confidence, [area.name for area in workspace.areas])
        self._index = RuleIndex(self._entries)
        self._is_open = is_open
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

    def hits_of(self, forms: Forms) -> Hits:
        """What of the workspace's phrases occurs in a text of these forms."""
        return self._book.hits_of(forms)

    def matching(self, facts: Facts, hits: Hits) -> list[str]:
        """The names of all rules whose conditions hold, also of those switched off or overruled by another."""
        found = self._index.found(facts, hits) | self._index.moved(facts)
        return [found[place].rule.name for place in sorted(found) if found[place].condition.holds(facts, hits)]

    def decide(self, facts: Facts, hits: Hits | None = None, learned: LearnedGuess | None = None) -> Decision:
        """Rules first, then the learned area, then keywords, else Unsorted; every step with its reason."""
        found = self.hits(facts.text) if hits is None else hits
        acting = Acting(self._index, self._chooser, facts, found, learned)
        acting.run()
        return _decision(acting, self._chooser, facts, found, learned)

    def trial(self, rule: Rule, *, position: int, replaces: str | None = None) -> "Trial":
        """These rules with one more before the one at ``position``; it stands for the one that it ``replaces``.

        Raises ``ValueError`` for a regular expression that RE2 refuses.
        """
        return Trial(self, self._index, self._chooser, self._is_open, (rule, position, replaces), self._entries)


class Trial:
    """The workspace's rules with one that is being tried, made without compiling the others anew."""

    def __init__(  # noqa: PLR0917 - what it shares with the rules that it is made of
        self,
        base: Rules,
        index: Source,
        chooser: Chooser,
        is_open: IsOpen,
        tried: tuple[Rule, int, str | None],
        entries: list[Entry],
    ) -> None:
        rule, position, replaces = tried
        book = PatternBook()
        entry = _entry(rule, 2 * position - 1, compiled(rule.when, book, is_open))
        book.close()
        without = next((each.place for each in entries if each.rule.name == replaces), None)
        self._base, self._chooser = base, chooser
        self._source = Tried(index, entry, without)
        self.condition, self.book = entry.condition, book

    def area(self, facts: Facts, hits: Hits, learned: LearnedGuess | None = None) -> tuple[str, str | None]:
        """The area, and the rule that chose it, None where none did. ``hits`` are both books' together."""
        acting = Acting(self._source, self._chooser, facts, hits, learned)
        acting.run()
        return acting.area, acting.area_rule


def _entry(rule: Rule, place: int, condition: Condition) -> Entry:
    return Entry(place, rule, condition, mask_of(rule.then) if rule.on else 0)


def _decision(acting: Acting, chooser: Chooser, facts: Facts, hits: Hits, learned: LearnedGuess | None) -> Decision:
    decision = Decision(area=acting.area, rule=acting.area_rule, ranked=chooser.ranked(learned))
    for done in acting.done:
        if isinstance(done, Chosen):
            decision.step, decision.probability = done.step, done.probability
            decision.areas = done.keywords.areas if done.keywords else ()
            decision.reasons.append(chooser.reason(done, facts.at))
            continue
        entry, mask = done
        kinds = kinds_of(mask)
        for kind in kinds:
            setattr(decision, kind, getattr(entry.rule.then, kind))
        decision.reasons.append(rule_reason(entry.rule, kinds, entry.condition.matched(facts, hits), facts))
    if acting.area_rule is not None:
        decision.step, decision.probability = ReasonStep.RULE, 1.0
    if acting.stopped is not None:
        decision.reasons.append(stopped_reason(acting.stopped.rule, acting.rounds, facts.at))
    return decision
