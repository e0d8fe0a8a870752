"""Authors: the identities that wrote mentions, kept up to date by what the networks say of them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select

from inbox.model.ids import AuthorId, ThreadId
from inbox.model.mention import IncomingAuthor
from inbox.store.lists import among
from inbox.store.schema import author, thread
from inbox.store.session import Session, insert_for

_TOLD = 200
_FIELDS = ("handle", "name", "followers", "verified", "tags")


def key(one: IncomingAuthor) -> str:
    """What identifies an author within a network: its id there, else its handle."""
    return one.id or f"@{one.handle.casefold()}"


def store_all(s: Session, network: str, incoming: Iterable[IncomingAuthor]) -> dict[str, AuthorId]:
    """The authors' row numbers by ``key``; new ones are added, changed ones brought up to date."""
    wanted = {key(one): one for one in incoming}
    columns = [author.c[name] for name in ("id", "remote_id", "untagged", *_FIELDS)]
    query = select(*columns).where(author.c.network == network, among(s, author.c.remote_id, list(wanted)))
    found = {row.remote_id: row for row in s.execute(query)} if wanted else {}
    changes = [change for name, row in found.items() if (change := _change(row, wanted[name]))]
    if changes:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _FIELDS}
        s.execute(author.update().where(author.c.id == bindparam("of")).values(values), changes)
    numbers = {name: AuthorId(row.id) for name, row in found.items()}
    new = [_row(network, name, one) for name, one in wanted.items() if name not in found]
    if new:
        numbers |= _add(s, network, new)
    return numbers


def tags(s: Session, author_id: AuthorId) -> tuple[str, ...] | None:
    """The author's tags, locked until the end of a writing session; None where there is no such author."""
    query = select(author.c.tags).where(author.c.id == author_id)
    if s.writing and s.kind == "postgresql":
        query = query.with_for_update()
    row = s.execute(query).first()
    return None if row is None else tuple(row.tags or ())


def set_tags(s: Session, author_id: AuthorId, words: Iterable[str]) -> None:
    """Give an author these tags and no others; their newest threads are told of it. What is taken off here no
    network puts on again.
    """
    new = list(words)
    row = s.execute(select(author.c.tags, author.c.untagged).where(author.c.id == author_id)).one()
    off = [word for word in dict.fromkeys([*(row.untagged or ()), *row.tags]) if word not in new]
    s.execute(author.update().where(author.c.id == author_id).values(tags=new, untagged=off or None))
    query = select(thread.c.id).where(thread.c.author_id == author_id).order_by(thread.c.id.desc())
    s.changed(threads=[ThreadId(row.id) for row in s.execute(query.limit(_TOLD))])


def _add(s: Session, network: str, rows: list[dict[str, Any]]) -> dict[str, AuthorId]:
    insert = insert_for(s)(author)
    # On PostgreSQL another lane may add the same author meanwhile: then the later word holds.
    upsert = insert.on_conflict_do_update(
        index_elements=["network", "remote_id"], set_={name: insert.excluded[name] for name in _FIELDS}
    )
    s.execute(upsert, rows)
    names = [row["remote_id"] for row in rows]
    query = select(author.c.id, author.c.remote_id)
    added = s.execute(query.where(author.c.network == network, among(s, author.c.remote_id, names)))
    return {row.remote_id: AuthorId(row.id) for row in added}


def _row(network: str, name: str, one: IncomingAuthor) -> dict[str, Any]:
    return {
        "network": network,
        "remote_id": name,
        "handle": one.handle,
        "name": one.name,
        "followers": one.followers,
        "verified": one.verified,
        "tags": list(one.tags),
    }


def _change(row: Any, one: IncomingAuthor) -> dict[str, Any] | None:  # noqa: ANN401 - a Core row
    """The new values of a known author, None when nothing changed. What is not said keeps what was known."""
    off = row.untagged or ()
    after = {
        "new_handle": one.handle or row.handle,
        "new_name": one.name or row.name,
        "new_followers": row.followers if one.followers is None else one.followers,
        "new_verified": one.verified or row.verified,
        "new_tags": [*row.tags, *(tag for tag in one.tags if tag not in row.tags and tag not in off)],
    }
    return None if all(after[f"new_{name}"] == getattr(row, name) for name in _FIELDS) else {"of": row.id, **after}
