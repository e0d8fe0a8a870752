"""What the detector of hot issues knows when the demo begins: how much is written on its ordinary days.

The demo's stored past is a thin sample of weeks, while its live stream is that of a busy day. Measured against the
sample everything live would be far too much; so the ordinary days before are counted, though not stored. What the past
itself holds is looked at in silence: it is over; what was written until its storm had passed is counted.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, Protocol

from inbox.flow.hot.knowing import CURSOR
from inbox.flow.hot.settings import settings_of
from inbox.hot import keeping
from inbox.hot.detector import Detector, Stream
from inbox.hot.rates import BIN
from inbox.hot.window import LENGTH
from inbox.networks.demo.world import Usual, World
from inbox.store import config, hot
from inbox.store.engine import Store
from inbox.store.hot import StreamCount
from inbox.text import sentiment

HOURS: Final = 96
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ALL: Final = 1_000_000


class _Post(Protocol):
    """What is counted of a post."""

    @property
    def at(self) -> datetime: ...
    @property
    def account(self) -> str: ...
    @property
    def area(self) -> str | None: ...
    @property
    def author(self) -> str: ...
    @property
    def reach(self) -> int: ...


def learn(store: Store, made: World, *, counted_to: datetime, now: datetime) -> None:
    """Keep the baselines of the world's ordinary days, and leave aside what was stored so far; of that only what was
    posted before ``counted_to`` is counted.
    """
    with store.read() as s:
        detector = Detector(settings_of(config.load(s)))
        stored = hot.heard(s, 0, _ALL)
    days = made.usual(HOURS)
    for each in days:
        for name in _streams(each):
            detector.streams.setdefault(name, Stream()).rates.count(each.at)
    for stream in detector.streams.values():
        stream.rates.learn_to(now - LENGTH)
    documents = keeping.documents(detector)
    last = max((each.id for each in stored), default=0)
    documents[CURSOR] = {"mention": last}
    documents[keeping.ALARMS] |= {"mention": last, "newest": now.isoformat(), "lesson": 0}
    tones = {(each.line, each.language): _negative(each) for each in days}
    with store.write(durable=False) as s:
        hot.keep(s, documents.items(), now)
        hot.count(s, _counts((each, tones[each.line, each.language]) for each in days))
        hot.count(s, _counts((each, each.negative) for each in stored if each.at < counted_to))


def _negative(post: Usual) -> bool:
    """What the facts of a mention would say of its sentiment."""
    return sentiment.judge(post.line, post.language).value == "negative"


def _streams(post: _Post) -> list[str]:
    return [f"account:{post.account}"] + ([f"area:{post.area}"] if post.area else [])


def _counts(posts: Iterable[tuple[_Post, bool]]) -> list[StreamCount]:
    bins: dict[tuple[str, datetime], list[tuple[_Post, bool]]] = {}
    for post, negative in posts:
        for name in _streams(post):
            bins.setdefault((name, _EPOCH + (post.at - _EPOCH) // BIN * BIN), []).append((post, negative))
    return [
        StreamCount(
            name,
            at,
            len(these),
            len({post.author for post, _ in these}),
            sum(negative for _, negative in these),
            sum(post.reach for post, _ in these),
        )
        for (name, at), these in sorted(bins.items())
    ]
