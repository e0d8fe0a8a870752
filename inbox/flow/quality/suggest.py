"""Rules that people's corrections ask for: words that tell what they moved from what they left. Pure.

Of each pair of areas, words and pairs of words of the moved texts are compared with the texts that belong elsewhere.
A suggestion needs ``SUPPORT`` moves with the words, at least ``AGREED`` of all corrections with them going the same
way, words that are ``LIFT`` times as frequent in what was moved as elsewhere, and the rule it would make being right
for at least ``RIGHT`` of all texts with the words, wherever they were put.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from inbox.flow.quality.stop_words import STOP_WORDS
from inbox.model.ids import ThreadId
from inbox.model.workspace import Rule, Then, When
from inbox.routing.phrases import folded, spaced

SUPPORT: Final = 5
AGREED: Final = 0.75
LIFT: Final = 3.0
RIGHT: Final = 0.8
OVERLAP: Final = 0.6
"""Words that stand in mostly the same texts as others of the same pair are not suggested too."""
OF_A_PAIR: Final = 2
MOST: Final = 6
SHORTEST: Final = 3

_NOISE: Final = re.compile(r"https?://\S+|www\.\S+|@\w[\w.\-]*|&#?\w{1,8};")


@dataclass(frozen=True, slots=True)
class Text:
    """One text: where the routing put it, where it belongs, and for how many like it it stands (of those that stayed
    only some are read).
    """

    thread_id: ThreadId
    text: str
    put: str
    belongs: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``moved`` of ``of`` corrections moved texts with ``words`` from ``put`` to ``belongs``; the rule would be right
    for the share ``right`` of all texts with them.
    """

    words: str
    put: str
    belongs: str
    moved: int
    of: int
    right: float
    lift: float
    threads: tuple[ThreadId, ...]

    def rule(self, names: Collection[str] = ()) -> Rule:
        """The rule it asks for, under a name that is not taken."""
        name = f"{self.words} to {self.belongs}"
        free = next(
            each for at in range(1, len(names) + 2) if (each := name if at == 1 else f"{name} {at}") not in names
        )
        return Rule(free, When(text_any=(self.words,)), Then(area=self.belongs))


def suggestions(
    texts: Iterable[Text], rules: Sequence[Rule], unwanted: Collection[tuple[str, str, str]], areas: Collection[str]
) -> list[Suggestion]:
    """The rules that corrections ask for, the most asked for first. ``areas`` are those that there are now."""
    book = _Book(texts)
    found: list[Suggestion] = []
    for (put, belongs), moved in sorted(book.pairs.items(), key=lambda pair: -len(pair[1])):
        if len(moved) < SUPPORT:
            break
        if belongs in areas:
            known = [rule for rule in rules if rule.then.area == belongs]
            found += _of_pair(book, (put, belongs), moved, known, unwanted)
    found.sort(key=lambda each: (-each.moved, -each.right, each.words))
    # The same rule mends what came from several areas: it is suggested once, where it is asked for most.
    once = {(each.words, each.belongs): each for each in reversed(found)}
    return [each for each in found if once[each.words, each.belongs] is each][:MOST]


class _Book:
    """The texts by the terms that stand in them, and by the pair of areas that they went between."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self.by_term: dict[str, list[Text]] = {}
        self.pairs: dict[tuple[str, str], list[Text]] = {}
        self.terms: dict[ThreadId, frozenset[str]] = {}
        self.weight = 0.0
        self.of_area: dict[str, float] = {}
        for each in texts:
            found = self.terms[each.thread_id] = terms(each.text)
            for term in found:
                self.by_term.setdefault(term, []).append(each)
            if each.put != each.belongs:
                self.pairs.setdefault((each.put, each.belongs), []).append(each)
            self.weight += each.weight
            self.of_area[each.belongs] = self.of_area.get(each.belongs, 0.0) + each.weight


def terms(text: str) -> frozenset[str]:
    """The words of a text that say something, and its pairs of neighbours that do, as a rule would find them."""
    words = spaced(folded(_NOISE.sub(" ", text))).split()
    single = {word for word in words if _says_something(word)}
    double = {
        f"{one} {two}"
        for one, two in pairwise(words)
        if one not in STOP_WORDS and two not in STOP_WORDS and not (one.isdigit() or two.isdigit())
    }
    return frozenset(single | double)


def _says_something(word: str) -> bool:
    return len(word) >= SHORTEST and word not in STOP_WORDS and not word.isdigit()


def _of_pair(
    book: _Book,
    pair: tuple[str, str],
    moved: Sequence[Text],
    rules: Sequence[Rule],
    unwanted: Collection[tuple[str, str, str]],
) -> list[Suggestion]:
    counted = Counter(term for each in moved for term in book.terms[each.thread_id])
    made = []
    for term, support in counted.items():
        if support >= SUPPORT and (*pair, term) not in unwanted and not any(_covers(rule, term) for rule in rules):
            suggestion = _weighed(book, pair, term, len(moved))
            if suggestion is not None:
                made.append(suggestion)
    made.sort(key=lambda each: (-each.moved, -each.right, len(each.words), each.words))
    chosen: list[Suggestion] = []
    for each in made:
        if len(chosen) < OF_A_PAIR and not any(_same(each, other) for other in chosen):
            chosen.append(each)
    return chosen


def _weighed(book: _Book, pair: tuple[str, str], term: str, moves: int) -> Suggestion | None:
    """The suggestion of a term, None where it is not good enough."""
    put, belongs = pair
    held = book.by_term[term]
    went = [text for text in held if (text.put, text.belongs) == pair]
    corrections = sum(text.put == put and text.belongs != put for text in held)
    with_it = sum(text.weight for text in held if text.belongs != belongs)
    right = 1 - with_it / sum(text.weight for text in held)
    elsewhere = book.weight - book.of_area[belongs]
    # Half a text more, so that words which stand nowhere else do not count as infinitely telling.
    lift = (len(went) / moves) / ((with_it + 0.5) / (elsewhere + 1.0))
    if len(went) / corrections < AGREED or right < RIGHT or lift < LIFT:
        return None
    threads = tuple(text.thread_id for text in reversed(went))
    return Suggestion(term, put, belongs, len(went), corrections, right, lift, threads)


def _covers(rule: Rule, term: str) -> bool:
    """Whether a rule to the same area asks for these words, or for some of them, already."""
    phrases = rule.when.text_any or (rule.when.text_all if len(rule.when.text_all) == 1 else ())
    forms = (spaced(folded(phrase)) for phrase in phrases)
    return any(form.strip() and form in f" {term} " for form in forms)


def _same(one: Suggestion, other: Suggestion) -> bool:
    both = set(one.threads) & set(other.threads)
    return len(both) >= OVERLAP * min(len(one.threads), len(other.threads))
