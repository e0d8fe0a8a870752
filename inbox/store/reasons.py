"""Why a thread is where it is: each step of the routing as a row."""

from collections.abc import Sequence

from inbox.model.ids import MentionId, ThreadId
from inbox.model.thread import Reason
from inbox.store.engine import Session
from inbox.store.schema import reason


def add(s: Session, rows: Sequence[tuple[ThreadId, MentionId | None, Reason]]) -> None:
    """Add reasons in their order: (thread, the mention it speaks of, the reason) each."""
    if not rows:
        return
    s.execute(
        reason.insert(),
        [
            {
                "thread_id": thread_id,
                "mention_id": mention_id,
                "step": str(each.step),
                "sentence": each.sentence,
                "matched": list(each.matched) or None,
                "details": each.details,
                "at": each.at,
            }
            for thread_id, mention_id, each in rows
        ],
    )
