"""What the author of a mention wrote to the same account shortly before, in whichever thread."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, select, text

from inbox.model.ids import MentionId
from inbox.model.words import Direction
from inbox.store.schema import mention, thread
from inbox.store.session import Session

_MOST: Final = 5_000
"""So many mentions of a batch's authors are looked at, the newest: some automatic accounts post all day."""


def before(s: Session, ids: Iterable[MentionId], *, within: timedelta, last: int) -> dict[MentionId, list[str]]:
    """Of some mentions the texts of their authors' ``last`` mentions before, the oldest first; none has no entry."""
    asked = s.execute(_ASKED, {"ids": list(ids)}).all()
    if not asked:
        return {}
    since = min(row.created_at for row in asked) - within
    authors = sorted({row.author_id for row in asked})
    written: dict[tuple[int, int], list[tuple[datetime, int, str]]] = defaultdict(list)
    for row in s.execute(_WRITTEN, {"authors": authors, "since": since, "most": _MOST}):
        written[row.author_id, row.account_id].append((row.created_at, row.id, row.text))
    found: dict[MentionId, list[str]] = {}
    for row in asked:
        theirs = written.get((row.author_id, row.account_id), [])
        told = [text for at, _, text in theirs if row.created_at - within <= at < row.created_at][:last]
        if told:
            found[MentionId(row.id)] = told[::-1]
    return found


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_AUTHORS: BindParameter[Any] = bindparam("authors", expanding=True)
_ASKED = select(mention.c.id, mention.c.author_id, mention.c.account_id, mention.c.created_at).where(
    mention.c.id.in_(_IDS)
)
# By way of threads, which have an index by author.
_WRITTEN = (
    select(mention.c.id, mention.c.author_id, mention.c.account_id, mention.c.created_at, mention.c.text)
    .select_from(thread)
    .join(mention, mention.c.thread_id == thread.c.id)
    .where(
        thread.c.author_id.in_(_AUTHORS),
        mention.c.author_id == thread.c.author_id,
        mention.c.direction == str(Direction.INBOUND),
        mention.c.created_at >= bindparam("since"),
        mention.c.deleted_at.is_(None),
        text("NOT mention.is_repost"),
    )
    .order_by(mention.c.created_at.desc(), mention.c.id.desc())
    .limit(bindparam("most"))
)
