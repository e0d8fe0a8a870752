"""What the workspace knows to learn from: its own history as labelled examples, and whether that is enough."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from inbox.flow.heads import NO, YES
from inbox.model.placement import Corrected
from inbox.model.workspace import Workspace
from inbox.store import config
from inbox.store import examples as history
from inbox.store.engine import Session
from inbox.store.examples import Labelled, Source
from inbox.text import sentiment

MOST: Final = history.MOST
"""Examples that are learnt from, the newest."""
ENOUGH: Final = 60
ENOUGH_EACH: Final = 10
"""So many examples in all, and of each of two areas: on public complaints to airlines (ten areas) a model of fewer
is right less often than a guess at the most frequent area, and its probabilities are 0.3 off.
"""
FEWEST: Final = 5
"""An area of fewer examples is not learnt: rules and keywords place its threads."""
_WEIGHTS: Final = {Source.CORRECTED: 1.0, Source.IMPORTED: 1.0, Source.ANSWERED: 0.5, Source.CLOSED: 0.5}
_LEAST_WEIGHT: Final = 0.3
_SENTIMENTS: Final = (sentiment.POSITIVE, sentiment.NEUTRAL, sentiment.NEGATIVE, sentiment.MIXED)


@dataclass(frozen=True, slots=True)
class Known:
    """A labelled mention, and how much it counts (1: a person said so)."""

    text: str
    label: str | None
    weight: float
    author: str
    account: str
    at: datetime | None
    known_at: datetime | None
    source: Source


def known(s: Session, kind: Corrected) -> list[Known]:
    """All that the workspace knows of one kind, in the order posted; of each mention the surest word."""
    workspace = config.load(s)
    found: dict[int, tuple[Labelled, float]] = {}
    for each, weight in _GATHER[kind](s, workspace):
        found.setdefault(each.mention_id, (each, weight))
    newest = sorted(found.values(), key=lambda pair: (pair[0].at, pair[0].mention_id))[-MOST:]
    return _without_rare(_known(each, weight) for each, weight in newest if each.text.strip())


def lacks(examples: Sequence[Known], kind: Corrected) -> str:
    """What is missing before anything can be learnt, as a sentence with figures; empty where nothing is."""
    counts = Counter(each.label for each in examples if each.label is not None or kind is not Corrected.AREA)
    ready = [label for label, n in counts.items() if n >= ENOUGH_EACH]
    if len(examples) >= ENOUGH and len(ready) > 1:
        return ""
    named = ", ".join(f"{label} {n}" for label, n in counts.most_common(6))
    labels = "areas" if kind is Corrected.AREA else "kinds"
    has = f"There are {len(examples)} labelled mentions" + (f" ({named})." if named else ".")
    return f"{has} Learning begins at {ENOUGH}, with {ENOUGH_EACH} in each of two {labels}."


def _without_rare(examples: Iterable[Known]) -> list[Known]:
    all_ = list(examples)
    counts = Counter(each.label for each in all_)
    return [each for each in all_ if counts[each.label] >= FEWEST]


def _known(each: Labelled, weight: float) -> Known:
    return Known(each.text, each.label, weight, each.author, each.account, each.at, each.known_at, each.source)


_Gathered = Iterator[tuple[Labelled, float]]


def _areas(s: Session, workspace: Workspace) -> _Gathered:
    names = {each.name.casefold(): each.name for each in workspace.areas}
    yield from _weighed(each for each in history.moved(s) if each.label in names.values())
    for each, labels in history.imported(s):
        said = labels.get("area", 0)
        label = None if said is None else names.get(str(said).strip().casefold())
        if said is None or label is not None:
            yield replace(each, label=label), weight_of(label, labels.get("area_agreement"))
    yield from _weighed(history.answered(s))


def _sentiments(s: Session, _: Workspace) -> _Gathered:
    yield from _weighed(history.corrected(s, Corrected.SENTIMENT))
    for each, labels in history.imported(s):
        if labels.get("sentiment") in _SENTIMENTS:
            label = labels["sentiment"]
            yield replace(each, label=label), weight_of(label, labels.get("sentiment_agreement"))


def _needs(s: Session, _: Workspace) -> _Gathered:
    yield from _weighed(history.corrected(s, Corrected.NEEDS_REPLY))
    for each, labels in history.imported(s):
        if isinstance(labels.get("needs_reply"), bool):
            yield replace(each, label=YES if labels["needs_reply"] else NO), _WEIGHTS[Source.IMPORTED]
    yield from _weighed(history.awaited(s))


_GATHER: Final[Mapping[Corrected, Callable[[Session, Workspace], _Gathered]]] = {
    Corrected.AREA: _areas,
    Corrected.SENTIMENT: _sentiments,
    Corrected.NEEDS_REPLY: _needs,
}


def _weighed(found: Iterable[Labelled]) -> _Gathered:
    for each in found:
        yield each, _WEIGHTS[each.source]


def weight_of(label: str | None, agreement: object) -> float:
    """The weight of a label on which people agreed so far (0 to 1); 1 where that is not said.

    Of no label at all nobody is asked whether they agree, so what stands there says nothing.
    """
    if label is None or isinstance(agreement, bool) or not isinstance(agreement, (int, float)):
        return _WEIGHTS[Source.IMPORTED]
    return min(1.0, max(_LEAST_WEIGHT, float(agreement)))
