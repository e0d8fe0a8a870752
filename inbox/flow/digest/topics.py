"""Topics: words and phrases that more people say than in the weeks before.

Each phrase is weighed by its log-odds against the weeks before with an informative Dirichlet prior, in standard
errors: Monroe, Colaresi and Quinn, "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the
Content of Political Conflict", Political Analysis 16 (2008), equations 16, 20 and 22. What is counted are people
rather than words: a phrase is said by an author or not, however often.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from inbox.flow.digest.digested import Topic
from inbox.flow.digest.quoting import quoted
from inbox.flow.digest.voices import Voice, said_by
from inbox.model.ids import AuthorId
from inbox.text.terms import Phrase

LEAST_SURE: Final = 1.96
"""Standard errors from which on a rise is told, as in the paper, where few phrases are weighed."""
FEWEST: Final = 3
"""People who say it, at the least."""
ENOUGH: Final = 20
"""Authors before that make a comparison."""
LONGEST: Final = 3
"""Words of a phrase."""
MOST: Final = 10
"""Topics that are listed."""
_ALSO: Final = 4
_PRIOR: Final = 0.05
"""The prior weighs as much as this share of all authors."""
_PRIOR_RANGE: Final = (12.0, 500.0)
_SAME: Final = 0.5
"""Share of the fewer people from which on two phrases are one topic."""
_NOT_ALL: Final = 0.5
"""Odds need somebody who does not say it."""
_LARGER: Final = 2
_TOLD: Final = 0.2
"""A phrase is told of beside the topic where this share of its people say it."""
_WHOLE: Final = 0.6
"""A longer phrase names the topic where this share of its people say it."""


@dataclass(frozen=True, slots=True)
class Before:
    """The weeks before: how many authors said each phrase, of how many in all, in how many weeks."""

    said: dict[Phrase, int]
    authors: int
    weeks: int


@dataclass(slots=True)
class _Found:
    """A topic that is being gathered."""

    phrase: Phrase
    who: set[AuthorId]
    score: float
    also: list[Phrase]


def candidates(of: list[Voice], own: frozenset[str]) -> dict[Phrase, set[AuthorId]]:
    """The phrases that enough people say, with who says them."""
    return said_by(of, FEWEST, LONGEST, own)


def topics(of: Sequence[Voice], said: dict[Phrase, set[AuthorId]], before: Before) -> tuple[Topic, ...]:
    """What rose, the surest first; where there are no weeks before, what most people said."""
    everybody = len({voice.post.author_id for voice in of})
    compared = before.authors >= ENOUGH
    if compared:
        scored = {
            phrase: score(len(who), everybody, before.said.get(phrase, 0), before.authors)
            for phrase, who in said.items()
        }
        least = sure(len(said))
        ranked = sorted((each for each in said if scored[each] >= least), key=lambda each: (-scored[each], each))
    else:
        scored = {phrase: float(len(who)) for phrase, who in said.items()}
        ranked = sorted(said, key=lambda each: (-len(said[each]), -len(each), each))
    return tuple(_topic(found, of, said, before, compared=compared) for found in _gathered(ranked, said, scored)[:MOST])


def sure(phrases: int) -> float:
    """Standard errors from which on a rise is told: of so many phrases about one passes it by chance."""
    return max(LEAST_SURE, NormalDist().inv_cdf(1 - 1 / max(2, phrases)))


def score(now: int, authors: int, before: int, authors_before: int) -> float:
    """How sure it is that a phrase rose: log-odds ratio over its standard error, positive for a rise."""
    low, high = _PRIOR_RANGE
    weight = min(high, max(low, _PRIOR * (authors + authors_before)))
    prior = weight * (now + before) / (authors + authors_before)
    said, said_before = now + prior, before + prior
    odds = math.log(said / max(_NOT_ALL, authors + weight - said))
    odds_before = math.log(said_before / max(_NOT_ALL, authors_before + weight - said_before))
    return (odds - odds_before) / math.sqrt(1 / said + 1 / said_before)


def _gathered(ranked: Iterable[Phrase], said: dict[Phrase, set[AuthorId]], scored: dict[Phrase, float]) -> list[_Found]:
    """Phrases of the same people as one topic, under the longest phrase that most of them say."""
    found: list[_Found] = []
    for phrase in ranked:
        who = said[phrase]
        same = next((each for each in found if _one(who, each.who)), None)
        if same is None:
            if len(found) >= 2 * MOST:
                continue
            found.append(_Found(phrase, who, scored[phrase], []))
        elif len(phrase) > len(same.phrase) and len(who & same.who) >= _WHOLE * len(same.who):
            same.also.insert(0, same.phrase)
            same.phrase = phrase
        else:
            same.also.append(phrase)
    return found


def _topic(
    found: _Found, of: Sequence[Voice], said: dict[Phrase, set[AuthorId]], before: Before, *, compared: bool
) -> Topic:
    words = set(found.phrase)
    saying = [voice for voice in of if words <= set(voice.tokens)]
    return Topic(
        " ".join(found.phrase),
        _others(found, said),
        sum(1 + voice.copies for voice in saying),
        len(set().union(*(voice.authors for voice in saying))),
        before.said.get(found.phrase, 0) / before.weeks if compared else None,
        round(found.score, 2),
        quoted(saying),
    )


def _others(found: _Found, said: dict[Phrase, set[AuthorId]]) -> tuple[str, ...]:
    """What else the same people say: nothing that only repeats the topic's own words."""
    told: list[Phrase] = []
    for phrase in found.also:
        known = {word for each in (found.phrase, *told) for word in each}
        if not set(phrase) <= known and len(said[phrase] & found.who) >= _TOLD * len(found.who):
            told.append(phrase)
    return tuple(" ".join(phrase) for phrase in told[:_ALSO])


def _one(who: set[AuthorId], known: set[AuthorId]) -> bool:
    """Whether the people of a phrase are those of a topic; words that far more people say are a matter of their own."""
    return len(who) <= _LARGER * len(known) and len(who & known) >= _SAME * min(len(who), len(known))
