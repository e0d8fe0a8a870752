"""The learned models that a workspace uses now, loaded once for each version of them.

Reading them never writes: a model that cannot be read is left out, the last good one is asked instead, and
``mend`` marks it. numpy is loaded only where there is a model.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from inbox.flow.encoding import encoder
from inbox.model.placement import Corrected, LearnedModel, ModelState
from inbox.store import examples, learned
from inbox.store.engine import Session, Store
from inbox.store.errors import Refused

if TYPE_CHECKING:
    from inbox.routing.learned import Model

log = logging.getLogger(__name__)

KINDS: Final = (Corrected.AREA, Corrected.SENTIMENT, Corrected.NEEDS_REPLY)
"""What there can be a model of."""
YES: Final = "true"
NO: Final = "false"
"""The labels of a model that says whether a mention needs a reply."""


@dataclass(frozen=True, slots=True)
class Head:
    """A model that is asked, and what is known of it."""

    model: "Model"
    info: LearnedModel


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A model in use that cannot be read, and why."""

    info: LearnedModel
    why: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The models in use; None where there is none. ``unreadable`` are those that wait to be marked."""

    area: Head | None = None
    sentiment: Head | None = None
    needs_reply: Head | None = None
    unreadable: tuple[Unreadable, ...] = ()


NO_HEADS: Final = Heads()

_kept: WeakKeyDictionary[object, tuple[tuple[int, ...], Heads]] = WeakKeyDictionary()


def heads(s: Session) -> Heads:
    """The models in use, read anew only when another one is in use."""
    infos = [learned.current(s, kind) for kind in KINDS]
    if not any(infos):
        return NO_HEADS
    key = tuple(0 if info is None else info.id for info in infos)
    engine = s.connection.engine
    kept = _kept.get(engine)
    if kept is None or kept[0] != key:
        kept = (key, _read(s, infos))
        _kept[engine] = kept
    return kept[1]


def mend(store: Store, found: Heads) -> None:
    """Mark the models that could not be read, so that the last good ones are in use, and said to be. Raises
    ``StoreError``.
    """
    for each in found.unreadable:
        with store.write() as s:
            examples.alone(s)
            now_used = learned.current(s, each.info.kind)
            if now_used is not None and now_used.id == each.info.id:
                instead = learned.mark_damaged(s, each.info.id, each.why)
                then = "None is left." if instead is None else f"Version {instead.id} is asked instead."
                log.warning("The model %d of %s: %s %s", each.info.id, each.info.kind, each.why, then)


def go_back(s: Session, number: int) -> LearnedModel:
    """Ask a version that is still kept from now on. Raises ``NotFound``, or ``Refused`` where it cannot be read."""
    from inbox.routing.learned import BadModel, Model

    chosen = learned.use(s, number)
    try:
        Model.load(learned.data(s, number) or b"", encoder)
    except BadModel as error:
        raise Refused(f"Version {number} cannot be used. {error} See: inbox route models") from None
    return chosen


def _read(s: Session, infos: list[LearnedModel | None]) -> Heads:
    unreadable: list[Unreadable] = []
    area, sentiment, needs_reply = (None if info is None else _first_good(s, info, unreadable) for info in infos)
    return Heads(area, sentiment, needs_reply, tuple(unreadable))


def _first_good(s: Session, info: LearnedModel, unreadable: list[Unreadable]) -> Head | None:
    """The model, or the newest one before it that can be read."""
    from inbox.routing.learned import BadModel, Model

    for candidate in _candidates(s, info):
        data = learned.data(s, candidate.id)
        if data is None and candidate.id != info.id:
            continue
        try:
            return Head(Model.load(data or b"", encoder), candidate)
        except BadModel as error:
            unreadable.append(Unreadable(candidate, str(error)))
    return None


def _candidates(s: Session, info: LearnedModel) -> Iterator[LearnedModel]:
    yield info
    yield from (each for each in learned.history(s, info.kind) if each.state is ModelState.REPLACED)
