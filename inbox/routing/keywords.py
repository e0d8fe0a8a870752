"""The likely area by the keywords of the areas: a first guess, with its share of all that matched."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from inbox.model.people import Area
from inbox.routing.patterns import Hits, PatternBook
from inbox.routing.phrases import found_as


@dataclass(frozen=True, slots=True)
class Guess:
    """The best area, its share of the matched weight (0 to 1), its matched words, and every area that matched."""

    area: str
    share: float
    matched: tuple[str, ...]
    areas: tuple[tuple[str, float], ...]


class AreaKeywords:
    """The keywords of all areas, noted in a pattern book."""

    def __init__(self, areas: Sequence[Area], book: PatternBook) -> None:
        self._areas: dict[str, list[str]] = {}  # folded keyword -> areas that have it
        for area in areas:
            for keyword in area.keywords:
                named = self._areas.setdefault(book.phrase(keyword), [])
                if area.name not in named:
                    named.append(area.name)
        self._areas.pop("", None)

    def guess(self, text: str, hits: Hits, but: Collection[str] = ()) -> Guess | None:
        """The area with most matched words, None when no keyword occurs; areas in ``but`` are not asked.

        A longer phrase weighs more.
        """
        weights: dict[str, float] = {}
        words: dict[str, list[str]] = {}
        for keyword in hits.phrases:
            for area in self._areas.get(keyword, ()):
                if area in but:
                    continue
                weights[area] = weights.get(area, 0.0) + len(keyword.split())
                words.setdefault(area, []).append(keyword)
        if not weights:
            return None
        total = sum(weights.values())
        shares = ((area, weight / total) for area, weight in weights.items())
        ranked = sorted(shares, key=lambda pair: (-pair[1], pair[0]))
        best, share = ranked[0]
        return Guess(best, share, tuple(found_as(word, text) for word in sorted(words[best])), tuple(ranked))
