"""Finds the thread of each mention: by name, by reply structure, or by author and account."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import and_, bindparam, or_, select

from inbox.model.ids import AccountId, AuthorId, MentionId, ThreadId
from inbox.model.words import MentionKind, Status
from inbox.store import merging
from inbox.store.exchange import Exchange, begin, load
from inbox.store.items import Item
from inbox.store.mentions import Known, Waiting
from inbox.store.schema import mention, thread
from inbox.store.session import Session

_WITHOUT_STRUCTURE = (MentionKind.MESSAGE, MentionKind.REVIEW)
"""Kinds that networks give without saying what is answered."""

_above = mention.alias("above")
_of_theirs = (
    select(mention.c.thread_id)
    .join(thread, thread.c.id == mention.c.thread_id)
    .where(thread.c.author_id == bindparam("author"), thread.c.account_id == bindparam("account"))
    .order_by(mention.c.created_at.desc())
    .limit(1)
)
_UNDER_ROOT = _of_theirs.where(or_(mention.c.root == bindparam("root"), mention.c.global_id == bindparam("root")))
"""The thread between these two whose mentions stand under a root post."""

_UNDER_THREAD = _of_theirs.where(
    mention.c.in_reply_to.in_(
        select(_above.c.global_id).where(
            _above.c.thread_id == bindparam("at"), _above.c.network == bindparam("network")
        )
    )
)
"""The one whose mentions answer posts of somebody else's thread."""

_THREADS_ABOVE = (
    select(_above.c.thread_id)
    .select_from(
        mention.join(_above, and_(_above.c.network == mention.c.network, _above.c.global_id == mention.c.in_reply_to))
    )
    .where(
        mention.c.thread_id == bindparam("at"),
        mention.c.network == bindparam("network"),
        mention.c.thread_id != _above.c.thread_id,
    )
    .distinct()
)
"""The threads of the posts that the mentions of one answer."""
_HIGHEST = 40
"""How many threads a conversation is looked through upwards."""

_Talk = tuple[AuthorId, AccountId, str]


@dataclass(slots=True)
class Placing:
    """What is known while the mentions of one chunk find their threads; ``known`` holds posts by global id and
    by ``local:`` id, ``waiting`` the stored mentions that wait for a post, ``acquainted`` who has a thread
    with which account already.
    """

    s: Session
    reopen_within: timedelta
    authors: Mapping[str, AuthorId]
    known: dict[str, Known]
    exchanges: dict[ThreadId, Exchange]
    names: dict[tuple[AccountId, str], Exchange]
    waiting: dict[str, list[Waiting]]
    numbers: Iterator[int]
    acquainted: set[tuple[AuthorId, AccountId]]
    talks: dict[_Talk, Exchange] = field(default_factory=dict)
    answering: dict[tuple[AccountId, str], Exchange] = field(default_factory=dict)
    latest: dict[tuple[AuthorId, AccountId], Exchange | None] = field(default_factory=dict)
    above: dict[ThreadId, set[ThreadId]] = field(default_factory=dict)

    def place(self, item: Item, number: MentionId) -> Exchange:
        """The mention's thread, with the mention counted in."""
        author = self.authors[item.author]
        parent = self.known.get(item.parent) if item.parent else None
        found = self._named(item, author) if item.mention.thread else self._by_structure(item, author, parent)
        home = found.final()
        home.accept(item, author)
        known = Known(number, item.mention.id, home.number, author, item.inbound, item.parent is not None)
        self.known[item.mention.id] = known
        if item.local is not None:
            self.known[item.local] = known
        self._remember(item, author, parent, home)
        return home

    def _named(self, item: Item, author: AuthorId) -> Exchange:
        name = item.mention.thread or ""
        found = self.names.get((item.account_id, name))
        if found is None:
            found = self._begin(item, author)
            found.name = name
            self.names[item.account_id, name] = found
        return found

    def _by_structure(self, item: Item, author: AuthorId, parent: Known | None) -> Exchange:
        home = self._beyond(item, author) if parent is None else self._answered(item, author, parent)
        home = self._joined(item, author, home)
        if home is None:
            return self._begin(item, author)
        return self._still_open(home, item, author) if item.inbound else home

    def _answered(self, item: Item, author: AuthorId, parent: Known) -> Exchange | None:
        """The thread of the post that is answered, if it is between the same two."""
        at = self._exchange(parent.thread_id)
        if at.shared_with(item):
            if not item.inbound or (not at.own and at.author_id == author):
                return at
            if at.own and not parent.inbound and parent.answers:
                # We answered somebody unseen: whoever answers back is who it was.
                return at
        if not item.inbound:
            return None
        return self._talk(item, author, at.number) or self._further_up(item, author, at.number)

    def _further_up(self, item: Item, author: AuthorId, at: ThreadId) -> Exchange | None:
        """The author's own thread further up in the conversation, where others have cut in."""
        if (author, item.account_id) not in self.acquainted and (author, item.account_id) not in self.latest:
            return None
        seen, reached = {at}, [at]
        while reached and len(seen) < _HIGHEST:
            number = reached.pop(0)
            for above in self._above(item, number) - seen:
                found = self._exchange(above)
                if found.author_id == author and not found.own and found.shared_with(item):
                    return found
                seen.add(above)
                reached.append(above)
        return None

    def _above(self, item: Item, number: ThreadId) -> set[ThreadId]:
        """The threads of the posts that a thread's mentions answer."""
        rows = self.s.execute(_THREADS_ABOVE, {"at": number, "network": item.mention.network})
        return {ThreadId(row.thread_id) for row in rows} | self.above.get(number, set())

    def _beyond(self, item: Item, author: AuthorId) -> Exchange | None:
        """The thread of a mention that answers nothing, or something that is not stored."""
        if item.parent is not None:
            if not item.inbound:
                return self._sibling(item)
            return self._talk(item, author, None) if item.mention.root else None
        if item.inbound and item.mention.kind in _WITHOUT_STRUCTURE:
            return self._latest(item.account_id, author)
        return None

    def _sibling(self, item: Item) -> Exchange | None:
        """The thread of our other answers to the same unseen post."""
        parent = item.parent or ""
        found = self.answering.get((item.account_id, parent))
        if found is not None:
            return found.final()
        for each in self.waiting.get(parent, ()):
            at = self._exchange(each.thread_id)
            if not each.inbound and at.shared_with(item):
                return at
        return None

    def _joined(self, item: Item, author: AuthorId, home: Exchange | None) -> Exchange | None:
        """What waited for this mention comes into its thread, or it into theirs."""
        if not self.waiting:
            return home
        for each in (*self.waiting.get(item.mention.id, ()), *self.waiting.get(item.local or "", ())):
            other = self._exchange(each.thread_id)
            if other is home or not other.shared_with(item) or not _belongs(item, author, other, each, home):
                continue
            home = other if home is None else merging.join(self.s, home, other)
        return home

    def _still_open(self, at: Exchange, item: Item, author: AuthorId) -> Exchange:
        """The thread, or a new one linked to it where it was closed too long ago."""
        if not self._shut(at, item):
            return at
        later = self._latest(at.account_id, author)
        if later is not None and later is not at and not self._shut(later, item) and later.number > at.number:
            return later
        fresh = self._begin(item, author)
        fresh.linked_to = at.number
        self.latest[author, at.account_id] = fresh
        return fresh

    def _shut(self, at: Exchange, item: Item) -> bool:
        closed = at.values["closed_at"]
        if at.own or at.values["status"] != Status.CLOSED or closed is None:
            return False
        return bool(item.mention.created_at - closed > self.reopen_within)

    def _latest(self, account: AccountId, author: AuthorId) -> Exchange | None:
        """The newest thread between these two."""
        key = (author, account)
        if key not in self.latest and key not in self.acquainted:
            self.latest[key] = None
        elif key not in self.latest:
            query = select(thread.c.id).where(thread.c.author_id == author, thread.c.account_id == account)
            found = self.s.scalar(query.order_by(thread.c.last_mention_at.desc(), thread.c.id.desc()).limit(1))
            self.latest[key] = None if found is None else self._exchange(ThreadId(found))
        at = self.latest[key]
        return None if at is None else at.final()

    def _talk(self, item: Item, author: AuthorId, at: ThreadId | None) -> Exchange | None:
        """The author's own thread in the same conversation: under the same post of somebody else, or root."""
        for word in _talk_words(at, item.mention.root):
            found = self.talks.get((author, item.account_id, word))
            if found is not None:
                return found.final()
        if (author, item.account_id) not in self.acquainted:
            return None
        same = {"author": author, "account": item.account_id}
        found_id = None
        if item.mention.root:
            found_id = self.s.scalar(_UNDER_ROOT, {**same, "root": item.mention.root})
        if found_id is None and at is not None:
            found_id = self.s.scalar(_UNDER_THREAD, {**same, "at": at, "network": item.mention.network})
        return None if found_id is None else self._exchange(ThreadId(found_id))

    def _remember(self, item: Item, author: AuthorId, parent: Known | None, home: Exchange) -> None:
        """For the mentions that follow in this chunk, which the database cannot tell of yet."""
        if item.inbound:
            above = None if parent is None else self._exchange(parent.thread_id)
            at = None if above is None or above is home else above.number
            if at is not None:
                self.above.setdefault(home.number, set()).add(at)
            for word in _talk_words(at, item.mention.root or item.mention.id):
                self.talks[author, item.account_id, word] = home
            self.latest[author, item.account_id] = home
        elif item.parent is not None and parent is None:
            self.answering[item.account_id, item.parent] = home

    def _exchange(self, number: ThreadId) -> Exchange:
        if number not in self.exchanges:
            self.exchanges |= load(self.s, [number])
        return self.exchanges[number].final()

    def _begin(self, item: Item, author: AuthorId) -> Exchange:
        fresh = begin(ThreadId(next(self.numbers)), item, author)
        self.exchanges[fresh.number] = fresh
        return fresh


def _belongs(item: Item, author: AuthorId, other: Exchange, waited: Waiting, home: Exchange | None) -> bool:
    """Whether a thread that answers this mention is the same exchange."""
    if item.inbound:
        return other.author_id == author if waited.inbound else other.own or other.author_id == author
    if home is not None:
        return home.own or other.own or home.author_id == other.author_id
    return other.own or item.parent is not None


def _talk_words(at: ThreadId | None, root: str | None) -> list[str]:
    return [*([f"in {at}"] if at is not None else []), *([f"root {root}"] if root else [])]
