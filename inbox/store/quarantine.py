"""Quarantine: what could not be parsed or stored, kept until it can be."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from inbox.model.account import Quarantined
from inbox.model.ids import QuarantineId, SourceId
from inbox.model.mention import BadPayload
from inbox.store.schema import quarantine
from inbox.store.session import Session, insert_for

FILES = "import"
"""The network under which bad lines of imported files stand; their own may be what is wrong with them."""

_LONGEST = 4_000_000
"""A payload is kept whole up to here, in characters."""


def add(
    s: Session, bad: Iterable[BadPayload], *, now: datetime, account: str | None = None, source: SourceId | None = None
) -> int:
    """Keep bad payloads; one that is there already is not kept twice. How many came."""
    came = list(bad)
    rows = [_row(one, now, account, source) for one in came]
    if rows:
        insert = insert_for(s)(quarantine)
        again = {name: insert.excluded[name] for name in ("error", "place", "seen_at")}
        s.execute(
            insert.on_conflict_do_update(index_elements=["network", "digest"], set_={**again, "resolved_at": None}),
            rows,
        )
        s.changed(topics=["quarantine"])
    return len(came)


def count(s: Session) -> int:
    """How many payloads wait."""
    return int(s.scalar(select(func.count()).select_from(quarantine).where(quarantine.c.resolved_at.is_(None))))


def waiting(s: Session, *, after: QuarantineId | None = None, limit: int = 100) -> tuple[Quarantined, ...]:
    """Payloads that wait, oldest first, after a number."""
    query = select(quarantine).where(quarantine.c.resolved_at.is_(None)).order_by(quarantine.c.id).limit(limit)
    if after is not None:
        query = query.where(quarantine.c.id > after)
    return tuple(
        Quarantined(
            QuarantineId(row.id),
            row.network,
            row.account,
            row.place,
            row.error,
            row.payload,
            row.seen_at,
            row.retried_at,
        )
        for row in s.execute(query)
    )


def tried(s: Session, number: QuarantineId, *, now: datetime, error: str | None) -> None:
    """A payload was tried again: still bad for this reason, or (None) stored now."""
    values: dict[str, Any] = {"retried_at": now}
    values |= {"resolved_at": now} if error is None else {"error": error}
    s.execute(quarantine.update().where(quarantine.c.id == number).values(values))
    s.changed(topics=["quarantine"])


def _row(one: BadPayload, now: datetime, account: str | None, source: SourceId | None) -> dict[str, Any]:
    payload, place = _keepable(one.payload[:_LONGEST]), _keepable(one.place)
    # A network gives the same piece again and again; each bad line of a file is one of its own.
    whole = f"{place}\n{payload}" if one.network == FILES else payload
    return {
        "network": one.network,
        "account": one.account or account,
        "source_id": source,
        "place": place,
        "error": _keepable(one.error),
        "payload": payload,
        "digest": hashlib.sha256(whole.encode()).hexdigest(),
        "seen_at": now,
        "retried_at": None,
        "resolved_at": None,
    }


def _keepable(text: str) -> str:
    """NUL and half surrogate pairs, which no database keeps, as JSON spells them."""
    return text.replace("\0", "\\u0000").encode("utf-8", "backslashreplace").decode()
