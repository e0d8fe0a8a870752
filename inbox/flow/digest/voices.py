"""Voices: what one author said, with near-copies folded, so that neither a bot nor a campaign makes a topic."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from inbox.model.ids import AuthorId
from inbox.store.said import Said
from inbox.text.similarity import Copies
from inbox.text.terms import Phrase, stops_of, told, words


@dataclass(slots=True)
class Voice:
    """A post, and others that nearly repeat it."""

    post: Said
    tokens: list[str]
    copies: int = 0
    authors: set[AuthorId] = field(default_factory=set)


def voices(posts: Iterable[Said]) -> list[Voice]:
    """The posts with near-copies folded into one each: the one that reached most."""
    known, found = Copies(), dict[int, Voice]()
    for post in posts:
        tokens = words(post.text)
        number = known.group_of(tokens)
        voice = found.get(number)
        if voice is None:
            found[number] = voice = Voice(post, tokens)
        else:
            voice.copies += 1
            if (post.private, -post.reach) < (voice.post.private, -voice.post.reach):
                voice.post = post
        voice.authors.add(post.author_id)
    return list(found.values())


def said_by(of: list[Voice], fewest: int, longest: int, own: frozenset[str]) -> dict[Phrase, set[AuthorId]]:
    """The authors of each phrase of up to ``longest`` words that at least ``fewest`` of them said.

    A folded group counts as one author, and a phrase that names us is none. Longer phrases are looked for only
    between words that were found (Agrawal and Srikant, "Fast algorithms for mining association rules", 1994), so
    that memory stays small.
    """
    found: dict[Phrase, set[AuthorId]] = {}
    singles: set[str] = set()
    ends = [_ends(voice, own) for voice in of]
    for length in range(1, longest + 1):
        who: dict[Phrase, set[AuthorId]] = defaultdict(set)
        for voice, places in zip(of, ends, strict=True):
            for phrase in _phrases(voice.tokens, places, length, singles):
                if own.isdisjoint(phrase):
                    who[phrase].add(voice.post.author_id)
        often = {phrase: authors for phrase, authors in who.items() if len(authors) >= fewest}
        found |= often
        singles = singles or {phrase[0] for phrase in often}
    return found


def _ends(voice: Voice, own: frozenset[str]) -> set[int]:
    """The places of words that a phrase can begin or end with."""
    stops = stops_of(voice.post.language)
    return {at for at, word in enumerate(voice.tokens) if told(word, stops) and word not in own}


def _phrases(tokens: list[str], ends: set[int], length: int, singles: set[str]) -> set[Phrase]:
    """The phrases of so many different words between such ends; longer ones only between frequent words."""
    if length == 1:
        return {(tokens[at],) for at in ends}
    spans = (
        tuple(tokens[at : at + length])
        for at in ends
        if at + length - 1 in ends and tokens[at] in singles and tokens[at + length - 1] in singles
    )
    return {phrase for phrase in spans if len(set(phrase)) == length}


def heard(posts: Iterable[Said], wanted: set[Phrase]) -> tuple[dict[Phrase, int], int]:
    """How many authors said each wanted phrase, and how many there were; the same text counts once."""
    longest = max((len(phrase) for phrase in wanted), default=0)
    firsts = {phrase[0] for phrase in wanted}
    texts: set[int] = set()
    authors: set[AuthorId] = set()
    who: dict[Phrase, set[AuthorId]] = {phrase: set() for phrase in wanted}
    for post in posts:
        tokens = words(post.text)
        same = hash(tuple(tokens))
        if same in texts:
            continue
        texts.add(same)
        authors.add(post.author_id)
        for at, word in enumerate(tokens):
            if word in firsts:
                for end in range(at + 1, min(at + longest, len(tokens)) + 1):
                    said = who.get(tuple(tokens[at:end]))
                    if said is not None:
                        said.add(post.author_id)
    return {phrase: len(said) for phrase, said in who.items()}, len(authors)
