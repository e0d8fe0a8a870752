"""Asks the learned area of many mentions at once."""

import logging
from collections.abc import Iterable, Sequence
from functools import partial

from inbox.flow.heads import Head, Heads
from inbox.flow.learning.hints import hint
from inbox.model.ids import MentionId
from inbox.routing.guess import LearnedGuess
from inbox.store import earlier as store_earlier
from inbox.store.engine import Session

log = logging.getLogger(__name__)


def earlier(s: Session, ids: Iterable[MentionId], heads: Heads) -> dict[MentionId, str]:
    """What the authors of mentions wrote to the same accounts shortly before, where a model asks for it."""
    asked = (heads.area, heads.sentiment, heads.needs_reply)
    if not any(head is not None and head.model.reads_earlier for head in asked):
        return {}
    from inbox.routing.learned.earlier import LAST, WITHIN, joined

    return {key: joined(told) for key, told in store_earlier.before(s, ids, within=WITHIN, last=LAST).items()}


def guesses(
    texts: Sequence[str], accounts: Sequence[str], head: Head | None, before: Sequence[str] | None = None
) -> list[LearnedGuess | None]:
    """What the model says of each text, by the handle of the account it was sent to and by what its author wrote
    ``before``; None for all without a model.

    What it thinks to be nobody's has no entry in ``ranked``: that share is Unsorted's. A mistake in the model is
    logged, and the rules decide alone.
    """
    if head is None or not texts:
        return [None] * len(texts)
    try:
        told = head.model.predict(texts, accounts, before, [hint(text) for text in texts])
    except Exception:
        # Whatever is wrong with what was learnt, mentions must reach people by rules and keywords.
        log.exception("The learned area could not be asked. Rules and keywords decide alone.")
        return [None] * len(texts)
    return [
        LearnedGuess(
            tuple((area, share) for area, share in each.ranked if area is not None),
            head.info.id,
            partial(head.model.terms, text),
            leaning=bool(wrote and head.model.reads_earlier),
            whole=each.whole,
        )
        for text, each, wrote in zip(texts, told, before or [""] * len(texts), strict=True)
    ]


def guess(text: str, account: str, head: Head | None) -> LearnedGuess | None:
    """What the model says of one text."""
    return guesses([text], [account], head)[0]
