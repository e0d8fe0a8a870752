"""The encoder that learned models ask what a text means, opened once where a model first needs it."""

import logging
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from inbox.routing.meaning import Encoder

log = logging.getLogger(__name__)

FOR_ASKING: Final = 2_000
"""Texts whose numbers are remembered: the models of one mention ask about it one after the other."""
FOR_TRAINING: Final = 20_000
"""The same while models are trained, which read all examples several times."""


def encoder(remember: int = FOR_ASKING) -> "Encoder | None":
    """The encoder, or None where this machine cannot run it: then words decide alone, and the log says why once."""
    found = _opened(remember)
    return None if isinstance(found, str) else found


def trouble() -> str:
    """Why there is no encoder, as a sentence; empty where there is one."""
    found = _opened(FOR_ASKING)
    return found if isinstance(found, str) else ""


@cache
def _opened(remember: int) -> "Encoder | str":
    from inbox.routing.meaning import Encoder, NoEncoder

    try:
        return Encoder.opened(remember=remember)
    except NoEncoder as error:
        log.warning("%s Until then learned models judge by words alone.", error)
        return str(error)
