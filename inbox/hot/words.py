"""The words and pairs of words of a mention, by which complaints about the same thing are found."""

import re
from typing import Final

_WORD: Final = re.compile("[^\\W_]+(?:['\u2019][^\\W_]+)?")
_ADDRESS: Final = re.compile("https?://\\S+|[@\uff20][\\w.-]+")
_LONGEST_TEXT: Final = 2_000
_SHORTEST: Final = 3
_STEM: Final = 4
_PREFIX: Final = 6
_ENDINGS: Final = ("ing", "ed", "es", "s")
_WITHOUT_SPACES: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_COMMON_WORDS: Final = (
    "the a an and or but to of in on at for from with by is are was were be been i you we they he she it my your "
    "our us me this that there here not no yes do did does have has had can could will would just so if as up out "
    "what when how why who all any get got go now about than then them their its im i'm it's don't can't rt via "
    "amp der die das und ist ich nicht ein eine mit auf für den dem von zu wie was wir sie le la les des une et "
    "est je pas pour dans sur que qui vous nous el los las un una y es en por para con mi lo se al del il di che "
    "non per sono ho o e da não um uma com os"
)
COMMON: Final = frozenset(_COMMON_WORDS.split())
"""Too common in mentions to say what one is about."""


def terms(text: str) -> frozenset[str]:
    """Words cut to their beginnings, and pairs of neighbours; addresses, numbers and common words left out."""
    return frozenset(spelled(text))


def spelled(text: str) -> dict[str, str]:
    """Each term of a text with how the text writes it."""
    found: dict[str, str] = {}
    before: tuple[str, str] | None = None
    for each in _WORD.findall(_ADDRESS.sub(" ", text[:_LONGEST_TEXT])):
        word = each.lower().replace("\u2019", "'")
        if word in COMMON:
            before = None
            continue
        if _WITHOUT_SPACES.search(word):
            found.update((pair, pair) for pair in (word[place : place + 2] for place in range(len(word) - 1)))
            before = None
            continue
        term = _stem(word)[:_PREFIX]
        if len(term) >= _SHORTEST and not term.isdigit():
            found.setdefault(term, word)
            if before is not None:
                found.setdefault(f"{before[0]} {term}", f"{before[1]} {word}")
        before = (term, word)
    return found


def _stem(word: str) -> str:
    """Enough for “cancelled” and “cancels” to meet; no language is known here."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word
