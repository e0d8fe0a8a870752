"""Fills a store with what customers said, week by week."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from inbox.model.account import Account
from inbox.model.ids import ThreadId
from inbox.store.engine import Store
from inbox.store.schema import author, mention, thread
from tests.support.world import NOON, connected, put_mention, put_thread

MONDAY = NOON.replace(hour=0)
"""The week that is told of begins here."""
WEEK = timedelta(days=7)
PLACES = ("oslo", "rome", "lima", "kiev", "baku", "doha", "riga", "bern", "cork", "nice", "perth", "quito")


@dataclass
class Talk:
    """Says things in a store; each word of it a thread of its own."""

    store: Store
    account: Account = field(init=False)
    said: int = 0

    def __post_init__(self) -> None:
        self.account = connected(self.store)

    def say(self, who: str, text: str, *, weeks_ago: int = 0, at: datetime | None = None, **more: Any) -> ThreadId:
        """One mention of an author."""
        self.said += 1
        moment = at or MONDAY + timedelta(hours=1, minutes=self.said) - weeks_ago * WEEK
        thread_id, _ = put_thread(self.store, self.account.id, who=who, at=moment)
        with self.store.write() as s:
            values = {"text": text, "language": "en", **more}
            s.execute(update(mention).where(mention.c.thread_id == thread_id).values(**values))
        return thread_id

    def usual(self, *, weeks: int = 3, people: int = 12) -> None:
        """The same small talk in the week and in weeks before it."""
        for back in range(weeks + 1):
            for person in range(people):
                self.say(f"usual{person}", f"my flight to {PLACES[person]} was late", weeks_ago=back)

    def answer(self, thread_id: ThreadId, who: str, at: datetime) -> None:
        """Another mention in a thread."""
        with self.store.read() as s:
            found = s.scalar(select(author.c.id).where(author.c.remote_id == who))
        put_mention(self.store, self.account.id, thread_id, int(found), at=at)

    def hide(self, thread_id: ThreadId) -> None:
        """Takes a thread for noise."""
        with self.store.write() as s:
            s.execute(update(thread).where(thread.c.id == thread_id).values(hidden=True))

    def tag(self, who: str, tag: str) -> None:
        """Tags an author."""
        with self.store.write() as s:
            s.execute(update(author).where(author.c.remote_id == who).values(tags=[tag]))
