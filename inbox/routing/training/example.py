"""What a classifier learns from."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Example:
    """A text and its right label; ``weight`` is how sure that is (1: sure), ``author`` who wrote it, ``at`` when.

    ``account`` is the handle of the brand's account that it was sent to.
    """

    text: str
    label: str | None
    weight: float = 1.0
    author: str = ""
    at: datetime | None = None
    account: str = ""


class TooLittle(ValueError):
    """There is too little to learn from; the message says what is missing in a sentence."""
