"""Small learned models for tests: made-up texts of two areas, learnt in a moment, kept for the test process."""

from datetime import datetime, timedelta
from functools import lru_cache

from inbox.model.placement import Corrected, LearnedModel, ModelState
from inbox.routing.training import Example, train
from inbox.store import learned
from inbox.store.engine import Store
from tests.support.talk import START

THINGS = {
    "Baggage": ("suitcase", "luggage", "carousel", "backpack", "trolley", "claim tag"),
    "Billing": ("refund", "invoice", "charged twice", "credit card", "receipt", "voucher"),
    None: ("weather", "song", "football", "birthday", "coffee", "sunset"),
}
SAYINGS = (
    "Where is my {thing}?",
    "My {thing} is gone again",
    "Nobody answers about the {thing} since Monday",
    "Can you help me with a {thing} please",
    "the {thing} was wrong and I am angry",
)


def examples(labels: tuple[str | None, ...] = ("Baggage", "Billing")) -> list[Example]:
    """Thirty texts for each label, each by somebody else."""
    return [
        Example(
            saying.format(thing=thing), label, author=f"{label} {thing} {number}", at=START + timedelta(minutes=number)
        )
        for label in labels
        for thing in THINGS[label]
        for number, saying in enumerate(SAYINGS)
    ]


@lru_cache
def model_bytes(labels: tuple[str | None, ...] = ("Baggage", "Billing")) -> bytes:
    """A model that knows them."""
    return train(examples(labels)).dump()


def keep(
    store: Store,
    data: bytes | None = None,
    *,
    kind: Corrected = Corrected.AREA,
    now: datetime = START,
) -> LearnedModel:
    """Put a model into use in a workspace."""
    bytes_ = model_bytes() if data is None else data
    with store.write() as s:
        return learned.add(
            s, kind, ModelState.CURRENT, bytes_, form=1, examples=60, figures={"accuracy": 0.9}, sentence="", now=now
        )
