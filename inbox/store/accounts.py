"""Accounts: a brand's presence on each network, and how each is doing."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from inbox.model.account import Account, Limits
from inbox.model.ids import AccountId
from inbox.model.words import HealthState, LengthRule
from inbox.store.engine import Session, insert_for
from inbox.store.errors import NotFound, Refused
from inbox.store.schema import account


def all(s: Session, *, removed: bool = False) -> tuple[Account, ...]:
    """The accounts by network and handle; ``removed`` takes those in that were removed and keep their history."""
    query = select(account).order_by(account.c.network, account.c.handle)
    if not removed:
        query = query.where(account.c.removed_at.is_(None))
    return tuple(_account(row) for row in s.execute(query))


def get(s: Session, account_id: AccountId) -> Account:
    """One account, removed or not. Raises ``NotFound``."""
    row = s.execute(select(account).where(account.c.id == account_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no account number {account_id}.")
    return _account(row)


def by_handle(s: Session, network: str, handle: str) -> Account | None:
    """The account of this handle, a leading @ and case aside; None when there is none, or it was removed."""
    row = _row(s, network, handle)
    return None if row is None or row.removed_at is not None else _account(row)


def named(s: Session, name: str) -> Account:
    """The account that a person means: ``network:handle``, a handle, or a number. Raises ``NotFound`` or, when
    several match, ``Refused``.
    """
    network, _, rest = name.partition(":")
    known = all(s)
    found = [each for each in known if _is_called(each, name)]
    found = found or [each for each in known if rest and each.network == network and _is_called(each, rest)]
    if not found and name.isdecimal():
        found = [each for each in known if each.id == int(name)]
    if not found:
        raise NotFound(f"There is no account “{name}”. See: inbox accounts list")
    if len(found) > 1:
        choices = ", ".join(f"{each.network}:{each.handle}" for each in found)
        raise Refused(f"“{name}” is the handle of several accounts. Say which: {choices}.")
    return found[0]


def _is_called(known: Account, name: str) -> bool:
    """By its whole handle, or without its server."""
    handle, wanted = known.handle.casefold(), clean(name).casefold()
    return wanted in {handle, handle.partition("@")[0]}


def clean(handle: str) -> str:
    """A handle as it is stored: no leading @."""
    return handle.strip().lstrip("@")


def add(s: Session, network: str, handle: str, *, server: str = "", brand: str = "") -> Account:
    """A new account, not connected yet. One that was removed comes back with its history; one that was never
    connected (an import's) is taken over. Raises ``Refused`` when it is connected already.
    """
    found = _row(s, network, handle)
    if found is not None and found.removed_at is None and found.connected_at is not None:
        raise Refused(f"{found.handle} on {network} is connected already.")
    values: dict[str, Any] = {"server": server, "brand": brand or clean(handle), "removed_at": None}
    if found is None:
        values |= {"network": network, "handle": clean(handle), "limits": {}, "details": {}}
        account_id = s.scalar(account.insert().values(values).returning(account.c.id))
    else:
        account_id = found.id
        s.execute(account.update().where(account.c.id == account_id).values(values))
    s.changed(accounts=[AccountId(account_id)])
    return get(s, AccountId(account_id))


def ensure_unconnected(s: Session, network: str, handle: str, now: datetime) -> AccountId:  # noqa: ARG001 - the caller's "now" is kept once accounts know when they were made
    """The account of this handle; made, not connected, when there is none. Imports of history use it."""
    found = _row(s, network, handle)
    if found is not None:
        return AccountId(found.id)
    name = clean(handle)
    insert = insert_for(s)(account).values(network=network, handle=name, brand=name, limits={}, details={})
    unless = insert.on_conflict_do_nothing(index_elements=["network", "handle"])
    made = s.execute(unless.returning(account.c.id)).scalar()
    if made is None:
        # Another transaction made it between our look and our insert.
        return AccountId(s.scalar(select(account.c.id).where(account.c.network == network, account.c.handle == name)))
    s.changed(accounts=[AccountId(made)])
    return AccountId(made)


def connected(
    s: Session,
    account_id: AccountId,
    *,
    handle: str,
    server: str,
    remote_id: str,
    display_name: str,
    limits: Limits,
    details: dict[str, Any],
    look_back_to: datetime | None,
    now: datetime,
) -> Account:
    """The test was passed: keep whom the token belongs to, and start. The first connection's time and look back
    stay when an account signs in again. Raises ``Refused`` when the token is another account's, or this account
    is there already under another number.
    """
    before = s.execute(select(account).where(account.c.id == account_id)).one()
    if before.remote_id and remote_id and before.remote_id != remote_id:
        raise Refused(f"This token belongs to another account ({handle}). Sign in as {before.handle}.")
    other = _row(s, before.network, handle)
    if other is not None and other.id != account_id:
        raise Refused(f"{clean(handle)} on {before.network} is in the list of accounts already.")
    values: dict[str, Any] = {
        "handle": clean(handle),
        "server": server,
        "remote_id": remote_id,
        "display_name": display_name,
        "limits": asdict(limits),
        "details": {**(before.details or {}), **details},
        "health": HealthState.WORKING,
        "error": "",
        "error_at": None,
    }
    if before.connected_at is None:
        values |= {"connected_at": now, "look_back_to": look_back_to}
    s.execute(account.update().where(account.c.id == account_id).values(values))
    s.changed(accounts=[account_id])
    return get(s, account_id)


def set_health(
    s: Session,
    account_id: AccountId,
    health: HealthState,
    *,
    error: str = "",
    now: datetime,
    budget_left: float | None = None,
    budget_resets_at: datetime | None = None,
) -> None:
    """How the account is doing; ``error`` is the sentence to show, empty when all is well."""
    values = {
        "health": health,
        "error": error,
        "error_at": now if error else None,
        "budget_left": budget_left,
        "budget_resets_at": budget_resets_at,
    }
    s.execute(account.update().where(account.c.id == account_id).values(values))
    s.changed(accounts=[account_id])


def set_paused(s: Session, account_id: AccountId, *, paused: bool) -> None:
    """Stop or go on pulling and posting for the account."""
    health = HealthState.PAUSED if paused else HealthState.WORKING
    s.execute(account.update().where(account.c.id == account_id).values(paused=paused, health=health))
    s.changed(accounts=[account_id])


def remove(s: Session, account_id: AccountId, now: datetime) -> None:
    """Disconnect the account; its threads and mentions stay, and adding it again finds them."""
    gone = {"removed_at": now, "connected_at": None, "paused": False}
    values = {**gone, "health": HealthState.NOT_CONNECTED, "error": ""}
    s.execute(account.update().where(account.c.id == account_id).values(values))
    s.changed(accounts=[account_id])


def _row(s: Session, network: str, handle: str) -> Row[Any] | None:
    """By handle, its case aside; the very spelling first where an import brought two."""
    name = clean(handle)
    query = select(account).where(account.c.network == network, func.lower(account.c.handle) == name.lower())
    rows = s.execute(query.order_by(account.c.id)).all()
    if not rows:
        return None
    return next((row for row in rows if row.handle == name), rows[0])


def _account(row: Row[Any]) -> Account:
    return Account(
        id=AccountId(row.id),
        network=row.network,
        handle=row.handle,
        brand=row.brand,
        server=row.server,
        remote_id=row.remote_id,
        display_name=row.display_name,
        limits=_limits(row.limits or {}),
        connected_at=row.connected_at,
        look_back_to=row.look_back_to,
        paused=row.paused,
        health=HealthState(row.health),
        error=row.error,
        error_at=row.error_at,
        budget_left=row.budget_left,
        budget_resets_at=row.budget_resets_at,
        details=row.details or {},
    )


def _limits(kept: dict[str, Any]) -> Limits:
    known = {name: value for name, value in kept.items() if name in Limits.__slots__}
    if "length_rule" in known:
        known["length_rule"] = LengthRule(known["length_rule"])
    return Limits(**known)
