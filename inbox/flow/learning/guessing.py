"""Asks the learned area of many mentions at once."""

import logging
from collections.abc import Sequence
from functools import partial

from inbox.flow.heads import Head
from inbox.routing.guess import LearnedGuess

log = logging.getLogger(__name__)


def guesses(texts: Sequence[str], accounts: Sequence[str], head: Head | None) -> list[LearnedGuess | None]:
    """What the model says of each text, by the handle of the account it was sent to; None for all without a model.

    What it thinks to be nobody's has no entry in ``ranked``: that share is Unsorted's. A mistake in the model is
    logged, and the rules decide alone.
    """
    if head is None or not texts:
        return [None] * len(texts)
    try:
        told = head.model.predict(texts, accounts)
    except Exception:
        # Whatever is wrong with what was learnt, mentions must reach people by rules and keywords.
        log.exception("The learned area could not be asked. Rules and keywords decide alone.")
        return [None] * len(texts)
    return [
        LearnedGuess(
            tuple((area, share) for area, share in each.ranked if area is not None),
            head.info.id,
            partial(head.model.terms, text),
        )
        for text, each in zip(texts, told, strict=True)
    ]


def guess(text: str, account: str, head: Head | None) -> LearnedGuess | None:
    """What the model says of one text."""
    return guesses([text], [account], head)[0]
