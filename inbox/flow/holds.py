"""Holding all outgoing posts, on one account or everywhere, and letting them go again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inbox.flow.account_names import names_of
from inbox.flow.hot.confirmed import confirmed
from inbox.flow.races import by
from inbox.model.change import Change
from inbox.model.ids import AccountId, IncidentId
from inbox.model.typed import typed_line
from inbox.store import accounts, audit, holds, incidents
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound, Refused

ACTION: Final = "hold"
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Held:
    """What was done, said to the person; ``hold_id`` is the hold that now stands, or that stood."""

    sentence: str
    change: Change
    hold_id: int


def hold(
    store: Store,
    *,
    account: AccountId | None,
    why: str,
    incident: IncidentId | None = None,
    actor: str,
    now: datetime,
) -> Held:
    """Let nothing go out on an account, or (None) anywhere. Replies that are being sent end as they end.

    Raises ``Refused`` without a reason, where the same is held already, or for an incident that is not confirmed.
    """
    why = typed_line(why)
    if not why:
        raise Refused("Say why: everybody who cannot send will read it.")
    if len(why) > LONGEST:
        raise Refused(f"The reason has {LONGEST} characters at most.")
    with store.write() as s:
        holds.lock(s)
        where = _where(s, account)
        twin = next((each for each in holds.standing(s) if each.account_id == account), None)
        if twin is not None:
            raise Refused(f"Everything is held {where} already, by {by(s, twin.by)}: {twin.why}")
        if incident is not None:
            confirmed(s, incident)
        number = holds.add(s, account, incident, why, by=actor, at=now)
        audit.record(s, actor, ACTION, None, now, hold=number, account=account, why=why, incident=incident)
        if incident is not None:
            incidents.tell(s, incident, "hold", f"All outgoing posts held {where}: {why}", actor=actor, at=now)
    return Held(f"All outgoing posts are held {where}.", s.change, number)


def release(store: Store, hold_id: int, *, actor: str, now: datetime) -> Held:
    """End a hold: what waited goes out. Raises ``NotFound``, and ``Refused`` when somebody was quicker."""
    with store.write() as s:
        found = holds.get(s, hold_id)
        if found is None:
            raise NotFound(f"There is no hold {hold_id}.")
        if not holds.release(s, hold_id, by=actor, at=now):
            raise Refused("That hold has ended already.")
        where = _where(s, found.account_id)
        audit.record(s, actor, "release", None, now, hold=hold_id, account=found.account_id)
        if found.incident_id is not None:
            incidents.tell(s, found.incident_id, "hold", f"Posts go out again {where}.", actor=actor, at=now)
        others = holds.standing(s)
    touches = [
        each for each in others if None in {each.account_id, found.account_id} or each.account_id == found.account_id
    ]
    still = " Another hold still stands." if touches else ""
    return Held(f"Posts go out again {where}.{still}", s.change, hold_id)


def _where(s: Session, account: AccountId | None) -> str:
    """Where a hold holds, as the end of a sentence. Raises ``NotFound``."""
    return "everywhere" if account is None else f"on {names_of(s, [accounts.get(s, account).id])[0]}"
