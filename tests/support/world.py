"""A small world in a store: a connected account, an employee, and a thread with a customer's mention."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from inbox.model.account import Account, Limits
from inbox.model.ids import AccountId, EmployeeId, MentionId, SourceId, ThreadId
from inbox.model.words import LengthRule, SourceKind
from inbox.store import accounts, sources
from inbox.store.engine import Store
from inbox.store.schema import author, employee, mention, thread

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """What was put into the store."""

    account: Account
    source: SourceId
    employee: EmployeeId
    thread: ThreadId
    mention: MentionId


def connected(store: Store, handle: str = "exampleair", *, network: str = "fake", idempotent: bool = False) -> Account:
    """An account that passed its test."""
    with store.write() as s:
        made = accounts.add(s, network, handle, server="https://network.test")
        return accounts.connected(
            s,
            made.id,
            handle=handle,
            server="https://network.test",
            remote_id=f"id-{handle}",
            display_name=handle.title(),
            limits=Limits(length=500, length_rule=LengthRule.CODEPOINTS, idempotent=idempotent),
            details={},
            look_back_to=None,
            now=NOON,
        )


def world(store: Store, *, idempotent: bool = False) -> World:
    """One account with its mentions source, the employee ana, and a thread of one mention."""
    account = connected(store, idempotent=idempotent)
    with store.write() as s:
        source = sources.ensure(s, account.id, SourceKind.MENTIONS)
        ana = s.scalar(employee.insert().values(name="ana", full_name="Ana Ruiz").returning(employee.c.id))
    thread_id, mention_id = put_thread(store, account.id)
    return World(account, source, EmployeeId(ana), thread_id, mention_id)


def put_thread(
    store: Store, account_id: AccountId, *, who: str = "kim", at: datetime = NOON
) -> tuple[ThreadId, MentionId]:
    """A new thread of an author with one inbound mention."""
    with store.write() as s:
        same = (author.c.network == "fake", author.c.remote_id == who)
        author_id = s.scalar(select(author.c.id).where(*same))
        if author_id is None:
            values = {"network": "fake", "remote_id": who, "handle": who, "name": who.title(), "tags": []}
            author_id = s.scalar(author.insert().values(values).returning(author.c.id))
        row = {
            "account_id": account_id,
            "author_id": author_id,
            "network": "fake",
            "first_mention_at": at,
            "last_mention_at": at,
            "last_inbound_at": at,
            "mentions": 1,
        }
        thread_id = ThreadId(s.scalar(thread.insert().values(row).returning(thread.c.id)))
    return thread_id, put_mention(store, account_id, thread_id, author_id, at=at)


def put_mention(
    store: Store,
    account_id: AccountId,
    thread_id: ThreadId,
    author_id: int,
    *,
    at: datetime = NOON,
    text: str = "Where is my bag?",
    name: str = "",
) -> MentionId:
    """An inbound mention in a thread."""
    with store.write() as s:
        row = {
            "network": "fake",
            "global_id": name or f"fake://{thread_id}/{at.timestamp()}",
            "account_id": account_id,
            "thread_id": thread_id,
            "author_id": author_id,
            "direction": "inbound",
            "text": text,
            "created_at": at,
            "stored_at": at,
            "needs_reply": True,
            "triaged": True,
        }
        made = s.scalar(mention.insert().values(row).returning(mention.c.id))
        s.execute(thread.update().where(thread.c.id == thread_id).values(last_inbound_at=at, last_mention_at=at))
    return MentionId(made)
