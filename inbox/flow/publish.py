"""Sends the statements of incidents on one account, each incident's in the order they were published; how:
``flow.sending``. Statements pass a hold: they are what has to be said while nothing else goes out.
"""

from dataclasses import dataclass
from datetime import datetime

from inbox.flow import clocks, sent
from inbox.flow.findings import check_post
from inbox.flow.hot.statements_deed import KIND
from inbox.flow.outgoing import Addressed, Box
from inbox.flow.sending import Sender, stopping
from inbox.model.account import Account
from inbox.model.ids import IncidentId
from inbox.networks.base import Posted
from inbox.store import audit, config, incidents, statements
from inbox.store.engine import Session
from inbox.store.statements import Outgoing
from inbox.text import language

_BY = "collector"


@dataclass(slots=True)
class Publisher(Sender[Outgoing]):
    """The statements of one account."""

    @property
    def _box(self) -> Box[Outgoing]:
        return statements

    @property
    def _kind(self) -> str:
        return "statement"

    def _row(self, post: Outgoing) -> IncidentId:
        return post.incident_id

    def _queued_at(self, post: Outgoing) -> datetime:
        if post.sending_at is not None:
            return post.sending_at
        # Only the end of the undo time is stored.
        with self.store.read() as s:
            return post.not_before - config.load(s).settings.undo

    def _addressed(self, s: Session, account: Account, post: Outgoing) -> Addressed:
        wrong = stopping(check_post(post.text, account))
        if not post.published:
            wrong = "Nobody published this statement. Have it approved, and publish it."
        said = language.detect(post.text)
        ours = statements.sent_ids(s, account.id)
        return Addressed(None, wrong=wrong, ours=ours, language=None if said is None else said.language)

    def _stands(
        self, s: Session, account: Account, post: Outgoing, how: Addressed, posted: Posted, *, now: datetime
    ) -> None:
        at = posted.created_at
        home = _home(s, post)
        if not statements.sent(s, post.id, remote_id=posted.global_id, remote_url=posted.url, sent_at=at):
            return
        mention = sent.our_mention(account, post.text, how.visibility, None, posted, send_key=post.send_key)
        workspace = config.load(s)
        thread_id = sent.keep(s, account, mention, by=post.by, workspace=workspace, now=now)
        if thread_id is not None:
            # A customer's answer may have been stored before it: then it begins that thread.
            clocks.recompute(s, thread_id, workspace=workspace, now=now)
        # A network whose clock is slow must not make it stand before anybody published it.
        since = max(at, post.sending_at or at)
        statements.stated(s, home, since)
        _tell(s, account, (home, post), f"Statement stands on {_named(account)}.", min(since, now), address=posted.url)
        details = {"incident": home, "statement": post.statement_id, "post": posted.global_id}
        audit.record(s, post.by, "stated", thread_id, now, **details)

    def _fail(self, s: Session, account: Account, post: Outgoing, said: str) -> None:
        home = _home(s, post)
        if statements.failed(s, post.id, error=said):
            _tell(s, account, (home, post), f"Statement did not go out on {_named(account)}: {said}", self.now())


def _named(account: Account) -> str:
    return f"@{account.handle.lstrip('@')}"


def _home(s: Session, post: Outgoing) -> IncidentId:
    """Its incident, which nobody else changes meanwhile; another than before where that was merged since.

    Taken first, as everybody does who changes statements: in another order two would wait for each other.
    """
    home = statements.home(s, post.statement_id) or post.incident_id
    incidents.locked(s, home)
    moved = statements.home(s, post.statement_id) or home
    if moved != home:
        incidents.locked(s, moved)
    return moved


def _tell(s: Session, account: Account, of: tuple[IncidentId, Outgoing], said: str, at: datetime, **more: str) -> None:
    home, post = of
    told = {"statement": post.statement_id, "account": account.id, **more}
    incidents.tell(s, home, KIND, said, actor=_BY, at=at, **told)
