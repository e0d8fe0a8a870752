"""Sends the replies of one account, each thread's in the order they were written; how: ``flow.sending``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inbox.flow import sent
from inbox.flow.findings import check
from inbox.flow.outgoing import Addressed, Box
from inbox.flow.sending import IDLE, Sender, stopping
from inbox.model.account import Account
from inbox.model.ids import ThreadId
from inbox.model.outbox import Reply
from inbox.networks.base import Posted, ReplyTarget
from inbox.store import answering, holds, outbox
from inbox.store.answering import Answered
from inbox.store.engine import Session
from inbox.store.errors import NotFound


@dataclass(slots=True)
class Deliverer(Sender[Reply]):
    """The outbox of one account."""

    @property
    def _box(self) -> Box[Reply]:
        return outbox

    @property
    def _kind(self) -> str:
        return "reply"

    def _row(self, post: Reply) -> ThreadId:
        return post.thread_id

    def _queued_at(self, post: Reply) -> datetime:
        return post.queued_at

    def _waiting(self, s: Session) -> Sequence[Reply]:
        """An incident's answers may be thousands, of which one goes out every few seconds: the others are not read."""
        return outbox.soon(s, self.account_id, self.now(), timedelta(seconds=IDLE))

    def _held_back(self, s: Session) -> Collection[int]:
        return holds.kept_back(s, self.account_id)

    def _is_held(self, s: Session, post: Reply) -> bool:
        return holds.held(s, self.account_id, post.id) is not None

    def _addressed(self, s: Session, account: Account, post: Reply) -> Addressed:
        answered = _answered(s, post)
        if answered is None:
            return Addressed(None, post.visibility, "The mention that this answers is gone.", lost=True)
        wrong = stopping(check(post.text, account, visibility=post.visibility, author_handle=answered.author_handle))
        return Addressed(_target(answered), post.visibility, wrong, ours=outbox.sent_ids(s, post.thread_id))

    def _stands(
        self, s: Session, account: Account, post: Reply, how: Addressed, posted: Posted, *, now: datetime
    ) -> None:
        sent.record(s, account, post, how.target, posted, now=now)

    def _fail(self, s: Session, account: Account, post: Reply, said: str) -> None:
        del account
        outbox.failed(s, post.id, error=said)


def _answered(s: Session, reply: Reply) -> Answered | None:
    if reply.answers is None:
        return None
    try:
        return answering.answered(s, reply.account_id, reply.answers)
    except NotFound:
        return None


def _target(answered: Answered) -> ReplyTarget:
    return ReplyTarget(
        answered.global_id,
        answered.local_id,
        answered.root,
        answered.author_handle,
        answered.author_remote_id,
        answered.raw,
    )
