"""What gives the alarm without any counting: watched phrases, authors of high reach, posts that grow fast."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import Final

from inbox.hot.alarms import Matters
from inbox.hot.growth import Growth
from inbox.hot.seen import Seen
from inbox.model.incident import Alert, AlertKind, Severity

_NOTHING: Final = timedelta(0)
_SCORE: Final = 10.0


class Watched:
    """Phrases match whole words, whatever their case and spaces."""

    def __init__(self, phrases: Sequence[str], reach: int, growth: int, posts: Growth) -> None:
        """``reach`` in followers, ``growth`` in likes, shares and replies together; ``posts`` is what is known."""
        self._posts = posts
        self._reach, self._growth = reach, growth
        self._phrases = tuple(phrases)

    def see(self, mention: Seen, matters: Matters) -> Iterator[Alert]:
        """The alarms of one mention; each matter gives one until it has been quiet for the cool-down."""
        for phrase in said(self._phrases, mention.text):
            yield from _once(mention, matters, stream_of(phrase), AlertKind.WATCHED, phrase)
        if mention.negative and not mention.repost and (mention.press or mention.reach >= self._reach):
            yield from _once(mention, matters, f"author:{mention.author}", AlertKind.REACH)
        if mention.engagement >= self._growth:
            yield from _once(mention, matters, f"post:{mention.id}", AlertKind.GROWTH)

    def grown(self, mention: Seen, matters: Matters) -> Iterator[Alert]:
        """The alarm of a known post whose engagement was read anew and grows fast, once for each cool-down."""
        at = mention.heard_at or mention.at
        if self._posts.is_fast(mention, at, self._growth):
            yield from _once(replace(mention, at=at), matters, f"post:{mention.id}", AlertKind.GROWTH)


def said(phrases: Sequence[str], text: str) -> list[str]:
    """Which of the watched phrases a text says."""
    return [each for each in phrases if each.strip() and _pattern(each).search(text)]


def stream_of(phrase: str) -> str:
    """Under which name a watched phrase is counted."""
    return f"watched:{phrase}"


@lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _once(mention: Seen, matters: Matters, stream: str, kind: AlertKind, phrase: str = "") -> Iterator[Alert]:
    matter = matters.of(stream, frozenset(), mention.at)
    if matter.alarmed:
        return
    matter.alarmed = True
    severity = Severity.HIGH if phrase else Severity.MEDIUM
    terms = (phrase,) if phrase else ()
    yield Alert(mention.at, stream, kind, severity, _SCORE, 1, 0.0, 1, _NOTHING, terms, 0, (mention.id,))
