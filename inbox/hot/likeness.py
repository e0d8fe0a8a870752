"""How much alike posts are: the cosine between the terms of one and those of others, rare terms weighing more."""

import math
from collections.abc import Callable, Sequence
from typing import Final

from inbox.hot.window import Entry
from inbox.hot.words import terms

_HALF: Final = 0.5
_NOTHING: Final = 1e-9


def alike(voices: Sequence[Entry], least: float, share: Callable[[str], float]) -> list[Entry]:
    """The voices whose cosine to the centre of the others is ``least`` or more.

    Each is a vector of length one over its terms, weighed by minus the logarithm of the ``share`` of mentions that
    usually say them (their inverse document frequency); the centre is the sum of the others' vectors.
    """
    if least <= 0:
        return list(voices)
    vectors = [_vector(entry.terms, share) for entry in voices]
    centre: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            centre[term] = centre.get(term, 0.0) + weight
    size = sum(weight * weight for weight in centre.values())
    return [each for each, vector in zip(voices, vectors, strict=True) if _cosine(vector, centre, size) >= least]


def likeness(said: Sequence[str], text: str) -> float:
    """How far a text says what an incident is about, from 0 (nothing of it) to 1 (all of it).

    ``said`` are the incident's terms, the most telling first: the later ones weigh less. Of a pair of words half counts
    where a text has both apart from each other.
    """
    found = terms(text)
    total = told = 0.0
    for place, each in enumerate(said):
        wanted = terms(each)
        if not wanted:
            continue
        weight = 1 / math.sqrt(1 + place)
        total += weight
        if wanted <= found:
            told += weight
        elif all(term in found for term in wanted if " " not in term):
            told += weight * _HALF
    return told / total if total else 0.0


def _vector(of: frozenset[str], share: Callable[[str], float]) -> dict[str, float]:
    weights = {term: max(0.0, -math.log(share(term))) for term in of}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def _cosine(vector: dict[str, float], centre: dict[str, float], size: float) -> float:
    """Between a vector of length one and the rest of a centre that it is part of, whose squared length is ``size``."""
    along = sum(weight * centre[term] for term, weight in vector.items())
    rest = size - 2 * along + 1
    return (along - 1) / math.sqrt(rest) if vector and rest > _NOTHING else 0.0
