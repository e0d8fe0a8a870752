"""Stores mentions: a bounded number of multi-row statements for a whole chunk, in its caller's transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from inbox.model.ids import AccountId, AuthorId, MentionId, ThreadId
from inbox.store import authors, exchange, mentions
from inbox.store.exchange import Exchange
from inbox.store.items import Item, excerpt
from inbox.store.lists import among, reserve
from inbox.store.mentions import Known, Waiting
from inbox.store.placing import Placing
from inbox.store.schema import audit, mention, thread
from inbox.store.session import Session


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a chunk; ``threads`` hold its mentions, old and new; ``newest`` is when its latest new
    mention was posted.
    """

    stored: int = 0
    updated: int = 0
    duplicates: int = 0
    threads: frozenset[ThreadId] = frozenset()
    newest: datetime | None = None

    def __add__(self, other: "Stored") -> "Stored":
        """Both together."""
        newest = max((at for at in (self.newest, other.newest) if at is not None), default=None)
        return Stored(
            self.stored + other.stored,
            self.updated + other.updated,
            self.duplicates + other.duplicates,
            self.threads | other.threads,
            newest,
        )


def store_chunk(s: Session, network: str, items: Sequence[Item], *, now: datetime, reopen_within: timedelta) -> Stored:
    """Store one network's mentions, in threads, searchable. An id that comes twice is stored as it came first
    and brought up to date by the second.
    """
    if s.kind == "postgresql":
        # Two lanes that store at once could begin two threads for one exchange: they take turns.
        s.connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    total = Stored()
    left = list(items)
    while left:
        firsts: dict[str, Item] = {}
        again = [item for item in left if firsts.setdefault(item.mention.id, item) is not item]
        total += _Chunk(s, network, now, reopen_within).store(firsts)
        left = again
    return total


_LOCK = 7301945
"""PostgreSQL's advisory lock of ingest."""


def still_there(s: Session, ids: Collection[ThreadId]) -> frozenset[ThreadId]:
    """Those of the threads that were not merged into another meanwhile."""
    return frozenset(ThreadId(row.id) for row in s.execute(select(thread.c.id).where(among(s, thread.c.id, ids))))


class _Chunk:
    """Mentions of one network, each id once."""

    def __init__(self, s: Session, network: str, now: datetime, reopen_within: timedelta) -> None:
        self._s = s
        self._network = network
        self._now = now
        self._reopen_within = reopen_within

    def store(self, items: dict[str, Item]) -> Stored:
        """Update what is known, place and add what is new."""
        parents = {item.parent for item in items.values() if item.parent is not None}
        found = mentions.find(self._s, self._network, [*items, *(parents - items.keys())])
        new = {name: item for name, item in items.items() if name not in found and not item.mention.deleted}
        old = {name: item for name, item in items.items() if name not in new}
        done = self._update(old, found) + self._add(new, found)
        local = [(item.pulled_by, item.mention.local_id, name) for name, item in items.items() if item.mention.local_id]
        if local:
            numbers = {name: row.id for name, row in found.items()} | self._numbers
            named = ((account, at, numbers[name]) for account, at, name in local if name in numbers)
            mentions.name_locally(self._s, named)
        self._s.changed(threads=done.threads)
        return done

    def _update(self, old: dict[str, Item], found: dict[str, Any]) -> Stored:
        """Bring known mentions up to date; one that was deleted before we saw it is left out."""
        updated, touched, words = 0, set[ThreadId](), dict[ThreadId, tuple[Any, Item]]()
        shown = list[tuple[ThreadId, AccountId]]()
        for name, item in old.items():
            row = found.get(name)
            if row is None:
                continue
            number = ThreadId(row.thread_id)
            changed = mentions.refresh(self._s, row, item, self._now)
            updated += changed is not None
            touched.add(number)
            if changed:
                words[number] = (row, item)
            if item.inbound and row.account_id != item.pulled_by:
                shown.append((number, item.pulled_by))
        self._tell_threads(words)
        exchange.name_accounts(self._s, shown)
        return Stored(0, updated, len(old) - updated, frozenset(touched))

    def _tell_threads(self, words: dict[ThreadId, tuple[Any, Item]]) -> None:
        """Threads whose words changed get a new version, and show the new words if they showed the old."""
        for number, (row, item) in words.items():
            update = thread.update().where(thread.c.id == number)
            self._s.execute(update.values(version=thread.c.version + 1))
            if not item.mention.deleted:
                latest = update.where(thread.c.last_inbound_at == row.created_at, thread.c.text == excerpt(row.text))
                self._s.execute(latest.values(text=excerpt(item.mention.text)))

    def _add(self, new: dict[str, Item], found: dict[str, Any]) -> Stored:
        self._numbers: dict[str, MentionId] = {}
        if not new:
            return Stored()
        s = self._s
        known = {name: mentions.known(row) for name, row in found.items()} | self._known_locally(new)
        waiting = self._waiting(new, known)
        writers = authors.store_all(s, self._network, (item.mention.author for item in new.values()))
        homes = {each.thread_id for each in known.values()}
        homes |= {each.thread_id for many in waiting.values() for each in many}
        exchanges = exchange.load(s, homes)
        names = self._named(new, exchanges)
        fresh = iter(reserve(s, thread, len(new), never=audit.c.thread_id))
        acquainted = self._acquainted(new, writers)
        placing = Placing(s, self._reopen_within, writers, known, exchanges, names, waiting, fresh, acquainted)
        ordered = _parents_first(new)
        self._numbers = dict(zip((item.mention.id for item in ordered), _mention_ids(s, len(new)), strict=True))
        placed = [(item, placing.place(item, self._numbers[item.mention.id])) for item in ordered]
        exchange.write(s, self._network, placing.exchanges.values())
        self._insert(placed, placing, writers)
        threads = frozenset(home.final().number for _, home in placed)
        return Stored(len(new), 0, 0, threads, max(item.mention.created_at for item in new.values()))

    def _insert(self, placed: list[tuple[Item, Exchange]], placing: Placing, writers: dict[str, Any]) -> None:
        s, rows = self._s, list[dict[str, Any]]()
        unseen, arrived = list[tuple[str, int]](), list[tuple[str, str]]()
        for item, home in placed:
            at, number = home.final(), self._numbers[item.mention.id]
            where = {"id": number, "thread_id": at.number, "author_id": writers[item.author]}
            rows.append({**item.row, **where, "account_id": at.account_id})
            if item.parent is not None and item.parent in placing.known:
                rows[-1]["in_reply_to"] = placing.known[item.parent].global_id
            elif item.parent is not None:
                unseen.append((item.parent, number))
            names = (item.mention.id, item.local or "")
            arrived += [(name, item.mention.id) for name in names if name in placing.waiting]
        mentions.add(s, [item for item, _ in placed], rows)
        mentions.wait(s, self._network, unseen)
        mentions.arrived(s, self._network, arrived)

    def _known_locally(self, new: dict[str, Item]) -> dict[str, Known]:
        """The posts that are answered by an instance's own id, under that name."""
        wanted: dict[AccountId, set[str]] = {}
        for item in new.values():
            if item.mention.in_reply_to_local and not item.mention.in_reply_to:
                wanted.setdefault(item.pulled_by, set()).add(item.mention.in_reply_to_local)
        known: dict[str, Known] = {}
        for account, ids in wanted.items():
            rows = mentions.find_local(self._s, account, ids)
            known |= {f"local:{account}/{name}": mentions.known(row) for name, row in rows.items()}
        return known

    def _waiting(self, new: dict[str, Item], known: dict[str, Known]) -> dict[str, list[Waiting]]:
        """What waits for the new mentions, and what waits for the unseen posts that they answer themselves."""
        wanted = set(new) | {item.parent for item in new.values() if item.parent and item.parent not in known}
        wanted |= {item.local for item in new.values() if item.local is not None}
        found: dict[str, list[Waiting]] = {}
        for each in mentions.waiting_for(self._s, self._network, wanted):
            found.setdefault(each.parent, []).append(each)
        return found

    def _acquainted(self, new: dict[str, Item], writers: dict[str, AuthorId]) -> set[tuple[AuthorId, AccountId]]:
        """Which of the authors have a thread with which account: only for them an older thread is looked for."""
        asking = {writers[item.author] for item in new.values() if item.inbound}
        query = select(thread.c.author_id, thread.c.account_id).where(among(self._s, thread.c.author_id, asking))
        return {(AuthorId(row.author_id), AccountId(row.account_id)) for row in self._s.execute(query)}

    def _named(
        self, new: dict[str, Item], exchanges: dict[ThreadId, Exchange]
    ) -> dict[tuple[AccountId, str], Exchange]:
        names = {item.mention.thread for item in new.values() if item.mention.thread}
        if not names:
            return {}
        accounts = {item.account_id for item in new.values()}
        query = select(thread.c.id).where(
            among(self._s, thread.c.account_id, accounts), among(self._s, thread.c.name, names)
        )
        wanted = {ThreadId(row.id) for row in self._s.execute(query)} - exchanges.keys()
        exchanges |= exchange.load(self._s, wanted)
        return {(each.account_id, each.name): each for each in exchanges.values() if each.name is not None}


def _mention_ids(s: Session, count: int) -> list[MentionId]:
    return [MentionId(number) for number in reserve(s, mention, count)]


def _parents_first(new: dict[str, Item]) -> list[Item]:
    """In the order posted, but none before the post that it answers."""
    local = {item.local: name for name, item in new.items() if item.local is not None}
    ordered: dict[str, Item] = {}
    for item in sorted(new.values(), key=lambda each: each.mention.created_at):
        chain: list[Item] = []
        at: Item | None = item
        while at is not None and at.mention.id not in ordered and at not in chain:
            chain.append(at)
            above = at.parent and new.get(local.get(at.parent, at.parent))
            at = above or None
        ordered |= {each.mention.id: each for each in reversed(chain)}
    return list(ordered.values())
