"""One rule that is being written, asked of stored mentions: whether it holds, nearly holds, and what it would do."""

from dataclasses import dataclass, replace
from typing import Any, Final

from inbox.model.words import Priority
from inbox.model.workspace import UNSORTED, Rule, When, Workspace
from inbox.routing.facts import Facts
from inbox.routing.guess import LearnedGuess
from inbox.routing.patterns import Forms, Hits, forms_of
from inbox.routing.phrases import folded, is_plain, spaced
from inbox.routing.rules import Rules
from inbox.store.matching import SeenMention

PHRASES: Final = ("text_any", "text_all", "text_none")
_SOUGHT: Final = frozenset(("text_any", "text_all", "text_regex"))


@dataclass(slots=True, eq=False)
class Known:
    """A stored mention ready to be asked; ``facts`` with its thread as it stands now."""

    seen: SeenMention
    forms: Forms
    facts: Facts
    hits: Hits | None = None


def known(seen: SeenMention) -> Known:
    """Make a stored mention ready."""
    facts = Facts(
        text=seen.text,
        network=seen.network,
        account=seen.account,
        at=seen.at,
        kind=seen.kind,
        language=seen.language,
        sentiment=seen.sentiment,
        author_tags=seen.author_tags,
        followers=seen.followers,
        verified=seen.verified,
        has_media=seen.has_media,
        priority=Priority(seen.priority),
        area=seen.area,
        incident=seen.incident,
    )
    return Known(seen, forms_of(seen.text), facts)


class Begun:
    """Words that are being typed into a list of phrases: they may be the beginning of longer words."""

    def __init__(self, typing: str, key: str) -> None:
        self.key = key if key in PHRASES else ""
        self.form = folded(typing).strip() if self.key else ""
        words = spaced(self.form) if self.form and is_plain(self.form) else ""
        # Once a blank is typed, the last word is whole.
        self._words = words if typing[-1:].isspace() else words[:-1]

    def onto(self, rule: Rule) -> Rule:
        """The rule as it will be once these words are a phrase of it."""
        if not self.form:
            return rule
        longer: dict[str, Any] = {self.key: (*getattr(rule.when, self.key), self.form)}
        return replace(rule, when=replace(rule.when, **longer))

    def added(self, hits: Hits, forms: Forms) -> Hits:
        """The hits with these words, where a text has them."""
        if not self.form or self.form in hits.phrases:
            return hits
        there = self._words in forms.spaced if self._words else self.form in forms.folded
        return Hits(hits.phrases | {self.form}, hits.expressions) if there else hits


class Asked:
    """The rule at its place among the workspace's. Raises ``ValueError`` for an expression that RE2 refuses."""

    def __init__(
        self, workspace: Workspace, rules: Rules, rule: Rule, replaces: str | None, position: int | None
    ) -> None:
        names = [each.name for each in workspace.rules]
        place = names.index(replaces) if replaces in names else len(names)
        if position is not None:
            # The place counts without the rule that it stands for, as in saving it.
            place = position + 1 if replaces in names and position > place else position
        self.rule = rule
        self._rules = rules
        self._trial = rules.trial(rule, position=max(0, min(place, len(names))), replaces=replaces)
        self._sought = _SOUGHT.intersection(self._trial.condition.keys)
        self._all_of = frozenset(folded(phrase).strip() for phrase in rule.when.text_all)

    def hits(self, forms: Forms) -> Hits:
        """What of the rule's own phrases occurs."""
        return self._trial.book.hits_of(forms)

    def missing(self, facts: Facts, hits: Hits) -> str | None:
        """Empty where the rule holds; the key of the one condition that fails where it nearly does; else None."""
        condition = self._trial.condition
        failed = ""
        for key, test in zip(condition.keys, condition.tests, strict=True):
            if test(facts, hits):
                continue
            if failed or not self._nearly(key, hits):
                return None
            failed = key
        return failed

    def area(self, known: Known, hits: Hits) -> tuple[str, str | None]:
        """Where the mention would go if it came now, and the rule before this one that says so, if one does.

        It stays where it is unless this rule is what chooses its area.
        """
        now_in = known.seen.area or UNSORTED
        if self.rule.then.area is None:
            return now_in, None
        if known.hits is None:
            known.hits = self._rules.hits_of(known.forms)
        both = Hits(known.hits.phrases | hits.phrases, known.hits.expressions | hits.expressions)
        fresh = replace(known.facts, area=None, priority=Priority.NORMAL)
        area, chooser = self._trial.area(fresh, both, _learned(known.seen))
        return (area, None) if chooser == self.rule.name else (now_in, chooser)

    def _nearly(self, key: str, hits: Hits) -> bool:
        """Whether failing this one condition is a near miss: words that are sought must be there by another."""
        if key == "text_all" and len(self._all_of) > 1:
            return len(self._all_of - hits.phrases) == 1
        if key in _SOUGHT:
            return len(self._sought) > 1
        return bool(self._sought) or len(self._trial.condition.keys) > 1


def is_empty(when: When) -> bool:
    """Whether there are no conditions, so that everything matches."""
    return when == When()


def _learned(seen: SeenMention) -> LearnedGuess | None:
    return LearnedGuess(seen.ranked, seen.model, _no_terms) if seen.ranked and seen.model is not None else None


def _no_terms(_area: str) -> tuple[str, ...]:
    return ()
