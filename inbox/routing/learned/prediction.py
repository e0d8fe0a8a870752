"""What a model says of one text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prediction:
    """The most likely label and how probable it is; ``ranked`` has every label, most likely first, and sums to 1.

    ``None`` is a label like the others: the text belongs to no area. ``whole`` says that an encoder was heard, which
    reads a text as a whole, and not its words alone.
    """

    label: str | None
    probability: float
    ranked: tuple[tuple[str | None, float], ...]
    whole: bool = False
