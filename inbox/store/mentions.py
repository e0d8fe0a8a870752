"""Mentions: finding those that are known, adding new ones, and bringing known ones up to date."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text

from inbox.model.ids import AccountId, AuthorId, MentionId, ThreadId
from inbox.model.words import Direction
from inbox.store.items import Item
from inbox.store.lists import among
from inbox.store.schema import awaited, mention, mention_local, mention_text, payload
from inbox.store.session import Session, insert_for

_FIGURES = ("likes", "shares", "replies")
_KNOWN = ("id", "global_id", "thread_id", "account_id", "author_id", "direction", "in_reply_to", "created_at")
_KEPT = ("text", "deleted_at", *_FIGURES)


@dataclass(frozen=True, slots=True)
class Known:
    """Where a mention stands: what finding a thread needs to know of the post that is answered."""

    id: MentionId
    global_id: str
    thread_id: ThreadId
    author_id: AuthorId
    inbound: bool
    answers: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stored mention that answers a post which was not stored when it came."""

    parent: str
    mention_id: MentionId
    thread_id: ThreadId
    author_id: AuthorId
    inbound: bool


def find(s: Session, network: str, ids: Collection[str]) -> dict[str, Any]:
    """The rows of stored mentions by global id, with what an update compares."""
    columns = [mention.c[name] for name in (*_KNOWN, *_KEPT)]
    query = select(*columns).where(mention.c.network == network, among(s, mention.c.global_id, ids))
    return {row.global_id: row for row in s.execute(query)} if ids else {}


def find_local(s: Session, account_id: AccountId, local_ids: Collection[str]) -> dict[str, Any]:
    """The rows of stored mentions by the id that an account's instance gives them."""
    if not local_ids:
        return {}
    columns = [mention_local.c.local_id, *(mention.c[name] for name in (*_KNOWN, *_KEPT))]
    query = (
        select(*columns)
        .join(mention, mention.c.id == mention_local.c.mention_id)
        .where(mention_local.c.account_id == account_id, among(s, mention_local.c.local_id, local_ids))
    )
    return {row.local_id: row for row in s.execute(query)}


def known(row: Any) -> Known:  # noqa: ANN401 - a Core row
    """A row of ``find`` as what finding a thread needs."""
    return Known(
        MentionId(row.id),
        row.global_id,
        ThreadId(row.thread_id),
        AuthorId(row.author_id),
        row.direction == Direction.INBOUND,
        row.in_reply_to is not None,
    )


def waiting_for(s: Session, network: str, parents: Collection[str]) -> list[Waiting]:
    """The stored mentions that wait for any of these posts."""
    if not parents:
        return []
    query = (
        select(awaited.c.parent, *(mention.c[name] for name in ("id", "thread_id", "author_id", "direction")))
        .join(mention, mention.c.id == awaited.c.mention_id)
        .where(awaited.c.network == network, among(s, awaited.c.parent, parents))
        .order_by(mention.c.id)
    )
    return [
        Waiting(
            row.parent,
            MentionId(row.id),
            ThreadId(row.thread_id),
            AuthorId(row.author_id),
            row.direction == Direction.INBOUND,
        )
        for row in s.execute(query)
    ]


def arrived(s: Session, network: str, parents: Sequence[tuple[str, str]]) -> None:
    """Posts that were waited for are here: (what was waited for, global id) each."""
    if not parents:
        return
    local = [{"was": was, "now": now} for was, now in parents if was != now]
    if local:
        waiters = select(awaited.c.mention_id).where(awaited.c.network == network, awaited.c.parent == bindparam("was"))
        s.execute(mention.update().where(mention.c.id.in_(waiters)).values(in_reply_to=bindparam("now")), local)
    s.execute(awaited.delete().where(awaited.c.network == network, among(s, awaited.c.parent, [w for w, _ in parents])))


def add(s: Session, items: Sequence[Item], rows: Sequence[dict[str, Any]]) -> None:
    """Insert new mentions; each row has its number, thread and author by now."""
    if not rows:
        return
    s.execute(mention.insert(), list(rows))
    raw = [
        {"mention_id": row["id"], "raw": item.raw}
        for item, row in zip(items, rows, strict=True)
        if item.raw is not None
    ]
    if raw:
        s.execute(payload.insert(), raw)
    if s.kind == "sqlite":
        words = [{"id": row["id"], "text": row["text"]} for row in rows]
        s.execute(text("INSERT INTO mention_fts (rowid, text) VALUES (:id, :text)"), words)


def wait(s: Session, network: str, rows: Iterable[tuple[str, int]]) -> None:
    """Remember (parent, mention) pairs whose parent is not stored."""
    values = [{"network": network, "parent": parent, "mention_id": number} for parent, number in rows]
    if values:
        s.execute(awaited.insert(), values)


def name_locally(s: Session, rows: Iterable[tuple[AccountId, str, int]]) -> None:
    """Keep what an account's instance calls mentions: (account, local id, mention) each."""
    values = [{"account_id": a, "local_id": local, "mention_id": number} for a, local, number in rows]
    if values:
        s.execute(insert_for(s)(mention_local).on_conflict_do_nothing(), values)


def refresh(s: Session, row: Any, item: Item, now: datetime) -> bool | None:  # noqa: ANN401 - a Core row
    """Bring a known mention up to date: True when its words changed or it is gone, False when only figures
    did, None when nothing changed.
    """
    came = item.mention
    values: dict[str, Any] = {
        name: got for name in _FIGURES if (got := getattr(came, name)) is not None and got != getattr(row, name)
    }
    if values:
        values["figures_at"] = now
    if came.deleted and row.deleted_at is None:
        values["deleted_at"] = now
    edited = not came.deleted and came.text != row.text
    if edited:
        values |= {"text": came.text, "edited_at": came.edited_at or now, "media": item.row["media"]}
        _keep_earlier(s, row, came.text, now)
    if not values:
        return None
    s.execute(mention.update().where(mention.c.id == row.id).values(values))
    if edited and item.raw is not None:
        s.execute(payload.update().where(payload.c.mention_id == row.id).values(raw=item.raw))
    return edited or "deleted_at" in values


def _keep_earlier(s: Session, row: Any, words: str, now: datetime) -> None:  # noqa: ANN401 - a Core row
    s.execute(mention_text.insert().values(mention_id=row.id, text=row.text, replaced_at=now))
    if s.kind == "sqlite":
        delete = text("INSERT INTO mention_fts (mention_fts, rowid, text) VALUES ('delete', :id, :text)")
        s.execute(delete, {"id": row.id, "text": row.text})
        s.execute(text("INSERT INTO mention_fts (rowid, text) VALUES (:id, :text)"), {"id": row.id, "text": words})
