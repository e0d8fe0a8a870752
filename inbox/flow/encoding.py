"""The encoder that learned models ask what a text means, opened once where a model is read or trained."""

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


@cache
def encoder(remember: int = FOR_ASKING) -> "Encoder | None":
    """The encoder, or None where this machine cannot run it: then words decide alone, and the log says why."""
    from inbox.routing.meaning import Encoder, NoEncoder

    try:
        return Encoder.opened(remember=remember)
    except NoEncoder as error:
        log.warning("%s Learned models judge by words alone until then.", error)
        return None
