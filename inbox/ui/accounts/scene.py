"""Everything the accounts page shows, read in one go on the read lane."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inbox.model.account import Account, Gap, Quarantined, Source
from inbox.model.ids import AccountId
from inbox.model.outbox import Reply
from inbox.model.words import ReplyState

if TYPE_CHECKING:
    from datetime import datetime

    from inbox.store.engine import Session

LISTED = 50


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """One account with its sources, open gaps and replies on their way."""

    account: Account
    sources: tuple[Source, ...] = ()
    gaps: tuple[Gap, ...] = ()
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class AccountsScene:
    """All accounts, the quarantine and the outbox."""

    accounts: tuple[AccountFacts, ...] = ()
    bad: int = 0
    quarantine: tuple[Quarantined, ...] = ()
    replies: tuple[Reply, ...] = ()
    collector: bool = True

    def of(self, account_id: AccountId | None) -> AccountFacts | None:
        """The facts of one account."""
        return next((facts for facts in self.accounts if facts.account.id == account_id), None)


def load(session: "Session", now: "datetime") -> AccountsScene:
    """Reads the scene. Raises ``StoreError``."""
    from inbox.store import accounts, gaps, lease, outbox, quarantine, sources

    states = (ReplyState.QUEUED, ReplyState.SENDING, ReplyState.UNKNOWN, ReplyState.FAILED)
    replies = outbox.newest(session, states=states)
    found = tuple(
        AccountFacts(
            account,
            sources.for_account(session, account.id),
            gaps.open_of(session, account.id),
            sum(1 for reply in replies if reply.account_id == account.id and reply.state is not ReplyState.FAILED),
        )
        for account in accounts.all(session)
    )
    bad = quarantine.count(session)
    listed = quarantine.waiting(session, limit=LISTED) if bad else ()
    return AccountsScene(found, bad, listed, replies, lease.living(session, now) is not None)
