"""What the learned area says of one mention, as the rules take it."""

from collections.abc import Callable
from dataclasses import dataclass

from inbox.model.placement import Ranked


@dataclass(frozen=True, slots=True)
class LearnedGuess:
    """``ranked`` areas with calibrated probabilities, the most likely first; ``model`` is the number of who said so.

    ``terms`` gives the words of the text that speak for an area, asked only where they are shown. ``leaning`` says
    that what the author wrote shortly before was read too, ``whole`` that the text was read as a whole too.
    """

    ranked: Ranked
    model: int
    terms: Callable[[str], tuple[str, ...]]
    leaning: bool = False
    whole: bool = False
