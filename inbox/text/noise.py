"""Whether a post is noise: written to everybody and nobody, by a machine or for gain. In doubt it is not.

Each sign weighs on its own; together they make how likely it is. A cry for help outweighs what only looks like noise.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_ENOUGH: Final = 2000
_LINK: Final = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_HANDLE: Final = re.compile(r"(?<![\w/])@[\w.-]+(?:@[\w.-]+)?")
_HASHTAG: Final = re.compile(r"(?<!\w)#\w+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LETTERS: Final = re.compile(r"[A-Za-z]+")


def _several(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_SIGNS: Final = (
    (
        0.9,
        "It gives something away for following or sharing",
        r"\b(?:retweet|rt|repost|boost|share|tag|follow)\b[^.!?\n]{0,60}\b(?:to|and|&"
        r"|for a chance to)\s+(?:be entered|enter|win\b)"
        r"|(?:enter|entered)\s+(?:to win|for a chance)|\b(?:your|for a|with a) chance to win\b|giveaway\s+(?:ends"
        r"|alert|time)|(?:#\w*giveaway|#sweepstakes?)"
        r"|you(?:'ve| have) (?:been selected|won)\b[^.\n]{0,40}(?:claim|prize|gift|\$|£|€)|claim your (?:free"
        r"|prize|gift|reward)"
        r"|free\s+(?:gift\s?cards?|iphones?|followers|robux|v-?bucks)"
        r"|\b(?:gratis|kostenlos\w*)\s+(?:gewinnspiel|iphone)|sorteo gratis|jetzt mitmachen und gewinnen",
    ),
    (
        0.9,
        "It trades followers",
        r"\bf4f\b|\bl4l\b|\bfollow\s*(?:4|for)\s*follow|\bfollow\s?back\s+(?:guaranteed|instantly|all)"
        r"|follow me (?:and|&|,)? ?i(?:'ll| will)? follow"
        r"|#follow\s?back|#?(?:team\s?follow\s?back|followtrain|gain\s?followers|sigue?me\s?y\s?te\s?sigo"
        r"|teamfollowwacky)"
        r"|\b(?:get|gain|buy|want)\s+(?:more|\d[\d,.]*k?|free|real|instant)\s+(?:\w+\s+)?followers"
        r"|i follow back everyone|rt for (?:a )?follow",
    ),
    (
        0.85,
        "It promises money",
        r"\b(?:earn|make|made|earning|making|get|got|won)\s+(?:up to\s+|over\s+"
        r"|an? extra\s+)?[$€£]\s?\d[\d,.]*k?\+?\s*(?:an?|per|every|each|/|daily|weekly)"
        r"|\bwork(?:ing)? from home\b[^.\n]{0,60}[$€£]\s?\d|\b(?:forex|binary option)\w*\b[^.\n]{0,60}\b(?:signal"
        r"|profit|trade|invest)\w*"
        r"|\b(?:passive income|financial freedom)\b[^.\n]{0,80}(?:dm|link|join|http)"
        r"|\b(?:double|triple|10x|100x) your (?:money|crypto|bitcoin|btc|investment)",
    ),
    (
        0.95,
        "It sends people to a stranger who gets accounts back",
        r"\b(?:recover|retriev)\w*\s+(?:\w+\s+){0,3}(?:hacked|lost|stolen|locked)\s+\w*\s*(?:account|wallet|fund"
        r"|crypto|bitcoin)s?\b[^.\n]{0,60}@"
        r"|\b(?:helped me|contact|dm|message|write|reach out to)\s+@\w+[^.\n]{0,60}\b(?:recover|hacker|crypto"
        r"|invest|trader|unlock)\w*",
    ),
    (
        0.85,
        "It is about coins to be had",
        r"\b(?:air\s?drop|presale|pre-sale|whitelist|wl spot|nft drop|free mint|mint(?:ing)? (?:is )?(?:live|now)"
        r"|token sale|pump signal)s?\b[^\n]{0,120}"
        r"(?:http|join|claim|wallet|\$[a-z]{2,6}|#\w+)|\$[A-Z]{2,6}\b[^\n]{0,60}\b(?:to the moon|100x|1000x|gem)\b"
        r"|\b(?:drop|send|share) your (?:sol|eth|btc|wallet|bnb) ?(?:address|wallet)|(?:elon"
        r"|musk)\b[^\n]{0,40}giv(?:ing|es) away",
    ),
    (
        0.8,
        "It sells what nobody asked for",
        r"\b(?:cheap|discount|replica|generic)\s+(?:viagra|cialis|rolex|watches|handbags|jerseys|ray-?bans?|meds?"
        r"|pills|essays?)\b"
        r"|\bweight loss\b[^.\n]{0,60}(?:http|link)|\b(?:hot|sexy|horny)\s+(?:singles|girls"
        r"|women)\b[^\n]{0,60}(?:http|near you|dm|link)"
        r"|\b(?:pay|someone to do|help with|handle)\s+(?:your\s+)?(?:essays?|assignments?"
        r"|homework)\b[^\n]{0,80}(?:dm|http|due)"
        r"|\b(?:online casino|casino bonus|free spins|betting tips|fixed matches|sure odds)\b"
        r"|\b(?:check|click|visit)\s+(?:out\s+)?(?:the\s+|my\s+)?(?:link in )?(?:my )?(?:bio"
        r"|profile)\b[^\n]{0,40}(?:🔞|💦|🍑|nudes?|onlyfans|hot)"
        r"|onlyfans\.com|\bno credit check\b|\b(?:seo|backlinks?)\b[^.\n]{0,30}\b(?:service|package|cheap|guarantee)",
    ),
)  # fmt: skip
_PATTERNS: Final = tuple((weight, why, re.compile(pattern, re.IGNORECASE)) for weight, why, pattern in _SIGNS)
_HINTS: Final = _several(
    """
        win won sweepstake claim free gratis gewinn sorteo follow f4f l4l siguem sigueme $ € £ forex binary
        income freedom double triple 10x 100x recover retriev hacke crypto invest trader unlock drop presale
        pre-sale whitelist mint token pump wallet musk elon cheap discount replica generic giveaway weight
        sexy horny girls singles essay assignment homework casino spins betting odds fixed bio profile
        onlyfans credit seo backlink
    """
)
"""One of these stands in every sign above: a quick look before the long ones."""
_HELP: Final = re.compile(
    r"\b(?:my (?:flight|bag|bags|luggage|order|account|card|phone|booking|refund|bill|delivery|package|money"
    r"|seat|ticket|app)"
    r"|help me|please help|can you|could you|i(?:'m| am) (?:still )?(?:waiting|unable)|not working|doesn'?t work"
    r"|won'?t (?:load|work|open)"
    r"|customer service|refund|cancell?ed|delayed)\b",
    re.IGNORECASE,
)
_LOOKS_LIKE: Final = 0.5
"""Above this it is held to be noise."""
_MANY_HANDLES: Final = 8
_MANY_TAGS: Final = 8
_MANY_LINKS: Final = 4
_FEWEST_TOKENS: Final = 12
_LONG_WORD: Final = 11
_MASHED: Final = re.compile(r"(?:asdf|sdfg|dfgh|qwer|wert|zxcv|hjkl|jkl;|uiop){1}", re.IGNORECASE)
_VOWELS: Final = re.compile(r"[aeiouyAEIOUY]")


@dataclass(frozen=True, slots=True)
class Noise:
    """Whether it is noise, how likely that is (0 to 1), and why in a plain sentence."""

    noise: bool
    probability: float
    why: str


def judge(text: str, *, outbound: bool = False) -> Noise:
    """The judgement of one post by its words and signs alone; our own posts are never noise."""
    if outbound:
        return Noise(False, 0.0, "Our own post is no noise.")
    text = text[:_ENOUGH].replace("\u2019", "'")
    signs = sorted(_signs(text), reverse=True)
    if not signs:
        return Noise(False, 0.02, "Nothing in it looks like noise.")
    silent = 1.0
    for weight, _ in signs:
        silent *= 1 - weight
    likely = 1 - silent
    plain = _LINK.sub(" ", text)
    if _HELP.search(plain):
        likely *= 0.55
    elif "?" in plain:
        likely *= 0.7
    likely = round(min(likely, 0.99), 2)
    why = signs[0][1]
    return Noise(
        likely > _LOOKS_LIKE, likely, f"{why}." if likely > _LOOKS_LIKE else f"{why}, but it may be meant for us."
    )


def _signs(text: str) -> Iterator[tuple[float, str]]:
    lowered = text.lower()
    if any(hint in lowered for hint in _HINTS):
        for weight, why, pattern in _PATTERNS:
            found = pattern.search(text)
            if found is not None:
                yield weight, f"{why}: “{' '.join(found.group(0).split())[:60]}”"
    yield from _crowds(text)


def _crowds(text: str) -> Iterator[tuple[float, str]]:
    """Too many of something: accounts, tags, links, the same words, or letters without sense."""
    links = len(_LINK.findall(text)) if "http" in text or "www." in text else 0
    handles = len(set(_HANDLE.findall(text))) if text.count("@") >= _MANY_HANDLES else 0
    tags = len(_HASHTAG.findall(text)) if text.count("#") >= _MANY_TAGS else 0
    words = _WORD.findall(_HASHTAG.sub(" ", _HANDLE.sub(" ", _LINK.sub(" ", text))))
    if handles >= _MANY_HANDLES:
        few = len(words) <= 3 * handles
        yield (0.7 if few else 0.35), f"It names {handles} accounts at once"
    if tags >= _MANY_TAGS:
        yield (0.6 if len(words) <= tags and links else 0.3), f"It carries {tags} hashtags"
    if links >= _MANY_LINKS:
        yield (0.75 if len(words) <= 5 * links else 0.4), f"It is a heap of {links} links"
    yield from _senseless(words)


def _senseless(words: list[str]) -> Iterator[tuple[float, str]]:
    if len(words) >= _FEWEST_TOKENS:
        word, times = Counter(map(str.casefold, words)).most_common(1)[0]
        if times * 2 > len(words) and len(word) > 1:
            yield 0.65, f"It says “{word[:30]}” {times} times"
    mashed = [word for word in words if _is_mashed(word)]
    if mashed and len(mashed) * 2 > len(words):
        yield 0.7, f"Its letters make no words: “{mashed[0][:30]}”"


def _is_mashed(word: str) -> bool:
    """Keys struck at random: Latin letters, long, and hardly a vowel, or a run of neighbouring keys."""
    if len(word) < 7 or not word.isascii():  # noqa: PLR2004 - shorter ones are abbreviations
        return False
    if len(_MASHED.findall(word)) > 1:
        return True
    return len(word) >= _LONG_WORD and len(_VOWELS.findall(word)) * 6 < len(word) and len(set(word.lower())) > 4  # noqa: PLR2004
