"""What a classifier learns from."""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from inbox.routing.learned.earlier import LAST, WITHIN, joined


@dataclass(frozen=True, slots=True)
class Example:
    """A text and its right label; ``weight`` is how sure that is (1: sure), ``author`` who wrote it, ``at`` when.

    ``account`` is the handle of the brand's account that it was sent to, ``earlier`` what its author wrote there in
    the day before, ``hint`` what is said of the text beside its words.
    """

    text: str
    label: str | None
    weight: float = 1.0
    author: str = ""
    at: datetime | None = None
    account: str = ""
    earlier: str = ""
    hint: str = ""


class TooLittle(ValueError):
    """There is too little to learn from; the message says what is missing in a sentence."""


def with_earlier(examples: Sequence[Example]) -> list[Example]:
    """Each with what its author wrote to the same account before, by the examples themselves: texts, no labels.

    Without an author or a time there is nothing earlier.
    """
    found = list(examples)
    recent: defaultdict[tuple[str, str], deque[Example]] = defaultdict(lambda: deque(maxlen=LAST))
    for place in sorted(range(len(found)), key=lambda place: found[place].at or _FIRST):
        each = found[place]
        if each.at is None or not each.author:
            continue
        before = recent[each.author, each.account]
        told = [other.text for other in before if other.at and each.at - WITHIN <= other.at < each.at]
        found[place] = replace(each, earlier=joined(told))
        before.append(each)
    return found


_FIRST = datetime.min.replace(tzinfo=UTC)
