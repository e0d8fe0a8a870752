"""A statement's way out: published on its accounts once it is approved, taken back while it has not gone, sent again.

The collector sends what is queued here, also while a hold stands: statements pass it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from inbox.flow.hot import statements_checks as checks
from inbox.flow.hot.statements_deed import Deed, Done, Published, begin, handles
from inbox.flow.policy_reasons import spoken
from inbox.model.change import Change
from inbox.model.ids import AccountId, IncidentId
from inbox.model.incident import IncidentState, StatementState
from inbox.model.words import ReplyState
from inbox.store import accounts, config, statements
from inbox.store.engine import Store
from inbox.store.errors import LostRace, Refused

_SURE: Final = (IncidentState.CONFIRMED, IncidentState.CONTAINED)
_BACK: Final = (ReplyState.FAILED, ReplyState.CANCELLED)
_GOING: Final = (ReplyState.SENDING, ReplyState.UNKNOWN)


def publish(
    store: Store, incident_id: IncidentId, statement_id: int, *, actor: str, now: datetime, expect: int | None = None
) -> Done:
    """Let what is approved go out on its accounts, once the workspace's undo time is over."""
    with store.write() as s:
        deed = begin(s, incident_id, statement_id, actor=actor, now=now, expect=expect, states=_SURE)
        found = deed.found
        if found.state is StatementState.PUBLISHED:
            return Done(f"It is published already{deed.since()}.", Change(), statement_id)
        if found.state is not StatementState.APPROVED:
            raise Refused(f"It is not approved{deed.since()}. Have it approved before it is published.")
        _stop(deed, found.account_ids)
        undo = config.load(s).settings.undo
        statements.move(s, statement_id, {"state": str(StatementState.PUBLISHED)})
        statements.queue(s, statement_id, found.account_ids, now + undo)
        where = handles(s, found.account_ids)
        said = f"Version {found.version} of the statement published by {deed.doer} on {where}."
        deed.write_down("publish", said, accounts=list(found.account_ids))
    undone = Published(incident_id, statement_id)
    return Done(f"The statement goes out on {where} in {spoken(undo)}.", s.change, statement_id, undone)


def withdraw(
    store: Store,
    incident_id: IncidentId,
    statement_id: int,
    account: AccountId | None = None,
    *,
    actor: str,
    now: datetime,
) -> Done:
    """Take back what has not gone out, on one account or (None) on all, also once the incident is over. Where nothing
    has, it is as it was before it was published. Raises ``LostRace`` where there is nothing to take back any more.
    """
    with store.write() as s:
        deed = begin(s, incident_id, statement_id, actor=actor, now=now, states=tuple(IncidentState))
        gone = statements.cancel(s, statement_id, account)
        if not gone:
            raise LostRace(_too_late(deed, account))
        where = handles(s, gone)
        left = statements.get(s, incident_id, statement_id)
        posts = () if left is None else left.posts
        if all(each.state is ReplyState.CANCELLED for each in posts):
            statements.unpublish(s, statement_id)
            statements.move(s, statement_id, {"state": str(StatementState.APPROVED)})
        else:
            where += _elsewhere({each.state for each in posts})
        deed.write_down("withdraw", f"Statement taken back by {deed.doer} on {where}.", accounts=gone)
    return Done(f"The statement is taken back on {where}.", s.change, statement_id)


def send_again(
    store: Store,
    incident_id: IncidentId,
    statement_id: int,
    account: AccountId | None = None,
    *,
    actor: str,
    now: datetime,
) -> Done:
    """Send again what failed or was taken back on one account, or (None) what failed on any."""
    with store.write() as s:
        deed = begin(s, incident_id, statement_id, actor=actor, now=now, states=_SURE)
        wanted = _BACK if account is not None else (ReplyState.FAILED,)
        found = [each for each in deed.found.posts if account in {None, each.account_id}]
        ids = [each.account_id for each in found if each.state in wanted]
        if not ids:
            raise LostRace(_not_again(deed, account))
        _stop(deed, ids)
        for each in ids:
            statements.send_again(s, statement_id, each, now=now)
        where = handles(s, ids)
        deed.write_down("again", f"Statement sent again by {deed.doer} on {where}.", accounts=ids)
    return Done(
        f"The statement is sent again on {where}.", s.change, statement_id, Published(incident_id, statement_id)
    )


def _stop(deed: Deed, where: Sequence[AccountId]) -> None:
    reason = checks.why_not(deed.found.text, where, accounts.all(deed.session))
    if reason:
        raise Refused(reason)


def _elsewhere(states: set[ReplyState]) -> str:
    """How far it is where it was not taken back, as the end of a sentence."""
    if ReplyState.SENT in states:
        return "; elsewhere it has gone out"
    return "; elsewhere it is on its way" if states & {ReplyState.QUEUED, *_GOING} else ""


def _too_late(deed: Deed, account: AccountId | None) -> str:
    states = {each.state for each in deed.found.posts if account in {None, each.account_id}}
    if not states:
        return f"It is not on its way{deed.since()}."
    if states & set(_GOING):
        return "It is going out at this moment."
    return "It has gone out already." if ReplyState.SENT in states else "It was taken back already."


def _not_again(deed: Deed, account: AccountId | None) -> str:
    states = sorted({each.state for each in deed.found.posts if account in {None, each.account_id}})
    if not states:
        return f"It is not on its way{deed.since()}."
    return f"It is {' and '.join(states)}, so it is not sent again."
