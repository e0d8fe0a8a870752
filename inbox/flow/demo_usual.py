"""What the detector of hot issues knows when the demo begins: how much is written on its ordinary days.

The demo's stored past is a thin sample of weeks, while its live stream is that of a busy day. Measured against the
sample everything live would be far too much; so the ordinary days before are counted, though not stored. What the past
itself holds is looked at in silence: it is over.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from inbox.flow.hot.settings import settings_of
from inbox.flow.hot.watching import CURSOR
from inbox.hot import keeping
from inbox.hot.detector import Detector, Stream
from inbox.hot.rates import BIN
from inbox.hot.window import LENGTH
from inbox.networks.demo.world import Usual, World
from inbox.store import config, hot
from inbox.store.engine import Store
from inbox.store.hot import StreamCount

HOURS: Final = 96
_COUNTED: Final = timedelta(hours=12)
"""So much of it can be seen in a chart."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def learn(store: Store, made: World, *, now: datetime) -> None:
    """Keep the baselines of the world's ordinary days, and leave aside what was stored so far."""
    with store.read() as s:
        detector = Detector(settings_of(config.load(s)))
        last = max((each.id for each in hot.heard(s, 0, 1_000_000)), default=0)
    days = made.usual(HOURS)
    for each in days:
        for name in _streams(each):
            detector.streams.setdefault(name, Stream()).rates.count(each.at)
    for stream in detector.streams.values():
        stream.rates.learn_to(now - LENGTH)
    documents = keeping.documents(detector)
    documents[CURSOR] = {"mention": last}
    with store.write(durable=False) as s:
        hot.keep(s, documents.items(), now)
        hot.count(s, _counts(each for each in days if now - each.at <= _COUNTED))


def _streams(post: Usual) -> list[str]:
    return [f"account:{post.account}"] + ([f"area:{post.area}"] if post.area else [])


def _counts(posts: Iterable[Usual]) -> list[StreamCount]:
    bins: dict[tuple[str, datetime], list[Usual]] = {}
    for each in posts:
        for name in _streams(each):
            bins.setdefault((name, _EPOCH + (each.at - _EPOCH) // BIN * BIN), []).append(each)
    return [
        StreamCount(name, at, len(these), len({each.author for each in these}), 0, 0)
        for (name, at), these in sorted(bins.items())
    ]
