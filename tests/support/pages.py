"""Makes accounts, mentions and pages for tests of what is stored."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from inbox.flow.ingest import Ingested, store_page
from inbox.model.account import Account, Source
from inbox.model.ids import ThreadId
from inbox.model.mention import BadPayload, IncomingAuthor, IncomingMention
from inbox.model.words import Direction, SourceKind
from inbox.networks.base import PulledPage
from inbox.store import accounts, sources
from inbox.store.engine import Store
from inbox.store.schema import account as account_table
from inbox.store.schema import mention as mention_table

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def connect(store: Store, handle: str = "exampleair", network: str = "mastodon") -> tuple[Account, Source]:
    """An account that has been connected since a day before noon, and its source of mentions."""
    with store.write() as s:
        made = accounts.add(s, network, handle)
        since = {"connected_at": NOON - timedelta(days=1)}
        s.execute(account_table.update().where(account_table.c.id == made.id).values(since))
        source = sources.ensure(s, made.id, SourceKind.MENTIONS)
    with store.read() as s:
        return accounts.get(s, made.id), sources.get(s, source)


def said(id: str, by: str = "ben", text: str = "", minutes: float = 0, **more: Any) -> IncomingMention:
    """A customer's mention."""
    author = IncomingAuthor(id=f"https://there/{by}", handle=by, name=by.title())
    return IncomingMention(
        network=more.pop("network", "mastodon"), id=id, author=more.pop("writer", author), text=text or f"this is {id}",
        created_at=at(minutes), raw=more.pop("raw", {"id": id}), **more,
    )  # fmt: skip


def answered(
    id: str, in_reply_to: str | None, by: str = "exampleair", minutes: float = 0, **more: Any
) -> IncomingMention:
    """The brand's own mention."""
    return said(id, by, minutes=minutes, in_reply_to=in_reply_to, direction=Direction.OUTBOUND, **more)


def page(
    *mentions: IncomingMention, bad: tuple[BadPayload, ...] = (), cursor: str | None = "c1", **more: Any
) -> PulledPage:
    """A page of them."""
    return PulledPage(mentions, bad, cursor, more=False, read=len(mentions) + len(bad), **more)


def put(store: Store, *mentions: IncomingMention, by: tuple[Account, Source] | None = None, **more: Any) -> Ingested:
    """Store a page an hour after noon."""
    account, source = by or connect_once(store)
    return store_page(store, account, source, page(*mentions, **more), now=at(60))


def connect_once(store: Store) -> tuple[Account, Source]:
    """The one account of most tests."""
    with store.read() as s:
        found = accounts.by_handle(s, "mastodon", "exampleair")
        if found is not None:
            return found, sources.for_account(s, found.id)[0]
    return connect(store)


def thread_of(store: Store, id: str) -> ThreadId:
    """The thread that holds a mention."""
    with store.read() as s:
        return ThreadId(s.scalar(select(mention_table.c.thread_id).where(mention_table.c.global_id == id)))
