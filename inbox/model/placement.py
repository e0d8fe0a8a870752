"""Where the routing put a thread, what people corrected of it, and the models that are learnt from that."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from inbox.model.ids import MentionId, ThreadId
from inbox.model.words import ReasonStep

Ranked = tuple[tuple[str, float], ...]
"""Areas with their probabilities, the most likely first."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The routing's own choice for a thread, kept as it was. ``area`` None is Unsorted.

    ``step`` is what chose: a rule, a keyword, or the learned area (also where that was too unsure).
    ``model`` is the number of the learned model that was asked, ``ranked`` what it answered.
    """

    thread_id: ThreadId
    mention_id: MentionId
    at: datetime
    area: str | None
    step: ReasonStep
    rule: str | None = None
    probability: float | None = None
    model: int | None = None
    ranked: Ranked = ()


class Corrected(StrEnum):
    """What a person corrected: the area, or a fact."""

    AREA = "area"
    NEEDS_REPLY = "needs_reply"
    SENTIMENT = "sentiment"
    LANGUAGE = "language"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction by a person. ``was`` and ``became`` are an area's name (``Unsorted`` for none) or a fact's value.

    ``was_by`` names what had said so (a ``ReasonStep`` or ``FactSource``); undone ones are not kept.
    """

    thread_id: ThreadId
    mention_id: MentionId | None
    kind: Corrected
    was: str
    became: str
    actor: str
    at: datetime
    was_by: str = ""
    rule: str | None = None
    probability: float | None = None
    id: int = 0


class ModelState(StrEnum):
    """Whether a learned model is asked, was replaced, was worse than the one in use, or cannot be read."""

    CURRENT = "current"
    REPLACED = "replaced"
    REFUSED = "refused"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class LearnedModel:
    """A trained model without its bytes. ``kind`` is what it tells; ``figures`` how well, on data not trained on."""

    id: int
    kind: Corrected
    state: ModelState
    made_at: datetime
    examples: int
    size: int
    format: int
    figures: dict[str, Any] = field(default_factory=dict)
    sentence: str = ""
