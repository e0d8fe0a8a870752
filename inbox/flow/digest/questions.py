"""What several people asked: questions that share most of the words that say what they are about."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inbox.flow.digest.digested import Question
from inbox.flow.digest.quoting import quoted, told
from inbox.flow.digest.voices import Voice
from inbox.text.terms import content, words

FEWEST: Final = 2
MOST: Final = 5
ALIKE: Final = 0.5
"""Share of common words from which on two questions are one."""
_ENDS: Final = re.compile("(?<=[.!?\u061f\uff1f\u3002\uff01\n])")
_ASKS: Final = ("?", "\u061f", "\uff1f")
"""Question marks: of Latin scripts, of Arabic, full width."""
_HANDLE: Final = re.compile(r"(?<!\w)@[\w.@-]+:?|https?://\S+|^RT\b")
_CANDIDATES: Final = 40
_COMPARED: Final = 30
"""Wordings of a question that are compared with each other."""
_SHORTEST: Final = 4
"""Words of a question that can be understood alone."""
_LONGEST: Final = 160


@dataclass(slots=True)
class _Asked:
    words: frozenset[str]
    ways: list[tuple[str, frozenset[str]]]
    voices: list[Voice]

    def typical(self) -> str:
        """The way of asking that is most like the others; of equals the shortest."""
        known = self.ways[:_COMPARED]
        return min(known, key=lambda way: (-sum(_alike_share(way[1], other) for _, other in known), len(way[0])))[0]


def questions(of: Sequence[Voice], own: frozenset[str]) -> tuple[Question, ...]:
    """What most people asked, each group with its most typical wording."""
    groups: list[_Asked] = []
    index: dict[str, list[int]] = defaultdict(list)
    for voice in of:
        for sentence in asked(voice.post.text):
            about = frozenset(content(sentence, voice.post.language)) - own
            if len(about) <= 1 or len(words(sentence)) < _SHORTEST:
                continue
            at = _alike(about, groups, index)
            if at is None:
                for word in about:
                    index[word].append(len(groups))
                groups.append(_Asked(about, [(sentence, about)], [voice]))
            else:
                groups[at].voices.append(voice)
                groups[at].ways.append((sentence, about))
    told_of = [(len({author for voice in group.voices for author in voice.authors}), group) for group in groups]
    told_of.sort(key=lambda each: -each[0])
    return tuple(
        Question(told(group.typical(), _LONGEST), authors, quoted(group.voices))
        for authors, group in told_of[:MOST]
        if authors >= FEWEST
    )


def asked(text: str) -> list[str]:
    """The sentences of a post that end with a question mark, without the handles that they are addressed to."""
    found = (_HANDLE.sub(" ", part) for part in _ENDS.split(text))
    return [flat for part in found if (flat := " ".join(part.split())).endswith(_ASKS)]


def _alike(about: frozenset[str], groups: Sequence[_Asked], index: dict[str, list[int]]) -> int | None:
    shared: dict[int, int] = defaultdict(int)
    for word in about:
        for number in index[word][-_CANDIDATES:]:
            shared[number] += 1
    best = max(shared, key=lambda number: (_share(shared[number], about, groups[number].words), -number), default=None)
    if best is None or shared[best] <= 1 or _share(shared[best], about, groups[best].words) < ALIKE:
        return None
    return best


def _alike_share(one: frozenset[str], other: frozenset[str]) -> float:
    return _share(len(one & other), one, other)


def _share(common: int, one: frozenset[str], other: frozenset[str]) -> float:
    return common / (len(one) + len(other) - common)
