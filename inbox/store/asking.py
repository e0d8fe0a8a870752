"""Unsorted threads of which the learned area in use was not asked yet."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, exists, or_, select

from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Corrected
from inbox.store.schema import account, correction, mention, placement, thread
from inbox.store.schema.threads import QUEUE_LIVE
from inbox.store.session import Session


@dataclass(frozen=True, slots=True)
class Asked:
    """A thread that nobody has and no person sorted, with the mention that its area is told by."""

    id: ThreadId
    version: int
    mention_id: MentionId
    text: str
    account: str


def unasked(s: Session, model: int, limit: int) -> list[Asked]:
    """The newest unsorted threads that ``model`` was not asked of; those that a person moved are left alone."""
    return [_asked(row) for row in s.execute(_UNASKED.limit(limit), {"model": model})]


_MOVED = exists().where(correction.c.thread_id == thread.c.id, correction.c.kind == str(Corrected.AREA))
_UNASKED = (
    select(thread.c.id, thread.c.version, placement.c.mention_id, mention.c.text, account.c.handle)
    .select_from(
        thread.join(placement, placement.c.thread_id == thread.c.id)
        .join(mention, mention.c.id == placement.c.mention_id)
        .join(account, account.c.id == thread.c.account_id)
    )
    .where(
        thread.c.queue == QUEUE_LIVE,
        thread.c.area_id.is_(None),
        thread.c.assignee_id.is_(None),
        or_(placement.c.model.is_(None), placement.c.model != bindparam("model")),
        ~_MOVED,
    )
    .order_by(thread.c.last_mention_at.desc(), thread.c.id.desc())
)


def _asked(row: Row[Any]) -> Asked:
    return Asked(ThreadId(row.id), row.version, MentionId(row.mention_id), row.text, row.handle)
