"""Fills a workspace with many mentions at once, as ingest and triage would leave them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inbox.model.ids import AccountId
from inbox.store import accounts
from inbox.store.engine import Store
from inbox.store.schema import author, mention, thread
from tests.hot.scene import ACCOUNT


@dataclass(frozen=True)
class Post:
    """What somebody wrote, and to whom."""

    at: datetime
    author: str
    text: str
    account: str = ACCOUNT
    repost: bool = False


def flood(store: Store, posts: Iterable[Post], *, stored_at: datetime | None = None) -> None:
    """Store posts in the order given, each author's in one thread with each account."""
    many = list(posts)
    with store.write() as s:
        where = {
            name: accounts.ensure_unconnected(s, "x", name, many[0].at)
            for name in dict.fromkeys(each.account for each in many)
        }
        people = list(dict.fromkeys(each.author for each in many))
        rows = [{"network": "x", "remote_id": name, "handle": name, "name": name} for name in people]
        found = s.execute(author.insert().returning(author.c.remote_id, author.c.id), rows).all()
        ids = {row.remote_id: row.id for row in found}
        pairs = list(dict.fromkeys((each.author, each.account) for each in many))
        made = s.execute(
            thread.insert().returning(thread.c.author_id, thread.c.account_id, thread.c.id),
            [_thread(ids[who], where[to], many[0].at) for who, to in pairs],
        ).all()
        threads = {(row.author_id, row.account_id): row.id for row in made}
        s.execute(
            mention.insert(),
            [
                {
                    "network": "x",
                    "global_id": f"{each.author} {n} {each.at}",
                    "account_id": where[each.account],
                    "thread_id": threads[ids[each.author], where[each.account]],
                    "author_id": ids[each.author],
                    "direction": "inbound",
                    "text": each.text,
                    "created_at": each.at,
                    "stored_at": stored_at or each.at,
                    "is_repost": each.repost,
                    "triaged": True,
                }
                for n, each in enumerate(many)
            ],
        )


def _thread(author_id: int, account_id: AccountId, at: datetime) -> dict[str, object]:
    return {
        "author_id": author_id,
        "account_id": account_id,
        "network": "x",
        "first_mention_at": at,
        "last_mention_at": at,
    }
