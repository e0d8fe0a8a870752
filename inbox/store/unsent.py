"""How much has not gone out yet: replies, statements, and the answers of incidents that wait for their turn."""

from dataclasses import dataclass

from sqlalchemy import func, select

from inbox.store.outbox import OPEN_STATES, UNDER_WAY
from inbox.store.schema import outbox, statement_post
from inbox.store.session import Session


@dataclass(frozen=True, slots=True)
class Unsent:
    """``soon`` go out as soon as they may; ``paced`` are answers of incidents, which take hours where they are many."""

    soon: int = 0
    paced: int = 0


def unsent(s: Session) -> Unsent:
    """What is queued, going out or of unknown fate, on all accounts."""
    of_incident = outbox.c.incident_id.is_not(None)
    rows = s.execute(select(of_incident, func.count()).where(UNDER_WAY).group_by(of_incident)).all()
    replies = {bool(paced): int(n) for paced, n in rows}
    posts = select(func.count()).where(statement_post.c.state.in_(OPEN_STATES))
    return Unsent(replies.get(False, 0) + int(s.scalar(posts) or 0), replies.get(True, 0))
