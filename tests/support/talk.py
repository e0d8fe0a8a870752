"""Puts mentions into a store row by row, so that tests of triage and clocks say only what matters to them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from inbox.model.ids import ThreadId
from inbox.model.workspace import Workspace
from inbox.store import config
from inbox.store.engine import Session, Store
from inbox.store.schema import account, author, mention, thread

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""A Monday morning."""


def at(minutes: float) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=minutes)


@dataclass
class Talk:
    """One account and its customers; threads are made as mentions come."""

    store: Store
    workspace: Workspace = field(default_factory=Workspace)
    numbers: int = 0

    def __post_init__(self) -> None:
        with self.store.write() as s:
            config.save(s, self.workspace, "command", START)
            values = {"network": "demo", "handle": "air", "brand": "Air", "limits": {}, "details": {}}
            self.account_id = s.scalar(account.insert().values(**values).returning(account.c.id))

    def says(self, minutes: float, text: str, *, to: ThreadId | None = None, **more: Any) -> ThreadId:
        """A customer writes; without ``to`` it is a new thread."""
        return self._post(minutes, text, to, {"direction": "inbound", **more})

    def answers(
        self, minutes: float, to: ThreadId | None = None, text: str = "We looked into it.", **more: Any
    ) -> ThreadId:
        """The account writes."""
        return self._post(minutes, text, to, {"direction": "outbound", **more})

    def row(self, thread_id: ThreadId) -> Any:
        """The thread's row as it is stored."""
        with self.store.read() as s:
            return s.execute(select(thread).where(thread.c.id == thread_id)).one()

    def set(self, thread_id: ThreadId, **values: Any) -> None:
        """Change a thread's row behind everybody's back."""
        with self.store.write() as s:
            s.execute(thread.update().where(thread.c.id == thread_id).values(**values))

    def _post(self, minutes: float, text: str, to: ThreadId | None, more: dict[str, Any]) -> ThreadId:
        self.numbers += 1
        posted = at(minutes)
        who = more.pop("who", "ann")
        with self.store.write() as s:
            author_id = self._author(s, who, more.pop("author", {}))
            if to is None:
                to = ThreadId(
                    s.scalar(
                        thread.insert()
                        .values(
                            account_id=self.account_id,
                            author_id=author_id,
                            network="demo",
                            text=text,
                            author_handle=who,
                            first_mention_at=posted,
                            last_mention_at=posted,
                            mentions=0,
                        )
                        .returning(thread.c.id)
                    )
                )
            s.execute(thread.update().where(thread.c.id == to).values(mentions=thread.c.mentions + 1))
            values = {
                "network": "demo",
                "global_id": f"post-{self.numbers}",
                "account_id": self.account_id,
                "thread_id": to,
                "author_id": author_id,
                "text": text,
                "created_at": posted,
                "stored_at": posted,
            }
            s.execute(mention.insert().values(**{**values, **more}))
        return to

    def _author(self, s: Session, handle: str, facts: dict[str, Any]) -> int:
        found = s.scalar(select(author.c.id).where(author.c.remote_id == handle))
        if found is not None:
            return int(found)
        values = {"network": "demo", "remote_id": handle, "handle": handle, "tags": [], **facts}
        return int(s.scalar(author.insert().values(**values).returning(author.c.id)))
