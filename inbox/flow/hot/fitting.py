"""How much what a thread says is like what an incident is about."""

from collections.abc import Iterable

from inbox.model.ids import ThreadId
from inbox.model.incident import Incident
from inbox.store.hot import Heard


def fits(found: Incident, mentions: Iterable[Heard]) -> dict[ThreadId, float | None]:  # noqa: ARG001 - compared once the detector says how much two texts are alike
    """For each thread of some mentions, 0 to 1 by what of it is the most like the incident; None where the incident
    says nothing that could be compared.
    """
    return {each.thread_id: None for each in mentions}
