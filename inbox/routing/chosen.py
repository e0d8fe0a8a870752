"""The area of a mention for which no rule chose one: the learned area, else keywords, else Unsorted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inbox.model.placement import Ranked
from inbox.model.thread import Reason
from inbox.model.words import ReasonStep
from inbox.model.workspace import UNSORTED
from inbox.routing.facts import Facts
from inbox.routing.guess import LearnedGuess
from inbox.routing.keywords import AreaKeywords, Guess
from inbox.routing.patterns import Hits
from inbox.routing.saying import quoted


@dataclass(frozen=True, slots=True)
class Chosen:
    """``step`` is what was asked last, also where it was too unsure and the area is Unsorted."""

    area: str
    step: ReasonStep
    probability: float | None = None
    learned: LearnedGuess | None = None
    keywords: Guess | None = None


class Chooser:
    """Chooses areas of one workspace. ``confidence`` is its threshold, ``areas`` the names that it has now."""

    def __init__(self, keywords: AreaKeywords, confidence: float, areas: Collection[str]) -> None:
        self._keywords = keywords
        self._confidence = confidence
        self._areas = frozenset(areas)

    def choose(self, facts: Facts, hits: Hits, learned: LearnedGuess | None) -> Chosen:
        """The learned area if it is sure; keywords of areas that it does not know, or of all without a model."""
        ranked = self.ranked(learned)
        if learned is not None and ranked and ranked[0][1] >= self._confidence:
            return Chosen(ranked[0][0], ReasonStep.LEARNED, ranked[0][1], learned)
        guess = self._keywords.guess(facts.text, hits, [area for area, _ in ranked])
        if guess is not None and guess.share >= self._confidence:
            return Chosen(guess.area, ReasonStep.KEYWORD, guess.share, learned, guess)
        if learned is not None and ranked:
            return Chosen(UNSORTED, ReasonStep.LEARNED, ranked[0][1], learned)
        if guess is not None:
            return Chosen(UNSORTED, ReasonStep.KEYWORD, guess.share, learned, guess)
        return Chosen(UNSORTED, ReasonStep.AREA, None, learned)

    def ranked(self, learned: LearnedGuess | None) -> Ranked:
        """What was learnt of areas that there still are."""
        if learned is None:
            return ()
        return tuple(pair for pair in learned.ranked if pair[0] in self._areas)

    def reason(self, chosen: Chosen, at: datetime) -> Reason:
        """Why the area was chosen, or why a person has to."""
        if chosen.step is ReasonStep.LEARNED:
            return self._learned(chosen, at)
        if chosen.keywords is not None:
            return self._by_keyword(chosen, chosen.keywords, at)
        return Reason(ReasonStep.AREA, "No rule and no keyword of an area matched, so a person sorts it.", at)

    def _learned(self, chosen: Chosen, at: datetime) -> Reason:
        ranked = self.ranked(chosen.learned)
        best, share = ranked[0]
        details: dict[str, Any] = {"areas": [[area, round(p, 4)] for area, p in ranked]}
        terms: tuple[str, ...] = ()
        if chosen.learned is not None:
            details["model"] = chosen.learned.model
            terms = chosen.learned.terms(best)
        if chosen.area == UNSORTED:
            has, asked = _apart(share, self._confidence)
            sentence = f"The best area is {best} with {has}, under the {asked} asked for, so a person sorts it."
        else:
            read_whole = chosen.learned is not None and chosen.learned.whole
            sentence = f"The learned area is sure of {best} ({share:.0%}){_because(terms, whole=read_whole)}."
        if chosen.learned is not None and chosen.learned.whole:
            details["whole"] = True
        if chosen.learned is not None and chosen.learned.leaning:
            details["leaning"] = True
            sentence += " What the author wrote in the day before was read too."
        return Reason(ReasonStep.LEARNED, sentence, at, terms, details)

    def _by_keyword(self, chosen: Chosen, guess: Guess, at: datetime) -> Reason:
        details: dict[str, Any] = {"areas": [list(pair) for pair in guess.areas]}
        words, share = quoted(guess.matched), f"{guess.share:.0%}"
        if chosen.area == UNSORTED:
            has, asked = _apart(guess.share, self._confidence)
            sentence = f"{words} speaks for {guess.area} with {has} only; {asked} are asked for."
        else:
            what = "is a keyword" if len(guess.matched) == 1 else "are keywords"
            weight = f", {share} of what matched" if len(guess.areas) > 1 else ""
            sentence = f"{words} {what} of {guess.area}{weight}."
        return Reason(ReasonStep.KEYWORD, sentence, at, guess.matched, details)


def _because(terms: tuple[str, ...], *, whole: bool) -> str:
    """What speaks for an area: words of the text, and what the text says as a whole, where that was asked."""
    told = (*((quoted(terms),) if terms else ()), *(("what the text says as a whole",) if whole else ()))
    return f": {' and '.join(told)}" if told else ""


def _apart(has: float, asked: float) -> tuple[str, str]:
    """Two shares in words that differ: “54.7%” and “55%” where both would be 55%."""
    words = f"{asked:.0%}"
    for places in range(4):
        short = f"{has:.{places}%}"
        if short != f"{asked:.{places}%}":
            return short, words
    return f"{has:.4%}", words
