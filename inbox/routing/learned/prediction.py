"""What a model says of one text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prediction:
    """The most likely label and how probable it is; ``ranked`` has every label, most likely first, and sums to 1.

    ``None`` is a label like the others: the text belongs to no area.
    """

    label: str | None
    probability: float
    ranked: tuple[tuple[str | None, float], ...]
