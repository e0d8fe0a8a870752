"""A thread while mentions are being put into it: loaded or begun, changed in memory, and written at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from inbox.model.ids import AccountId, AuthorId, ThreadId
from inbox.model.words import CloseReason, Status
from inbox.store.items import Item, excerpt
from inbox.store.lists import among
from inbox.store.schema import thread, thread_account
from inbox.store.session import Session, insert_for

_GROWING = (
    "author_name", "author_handle", "followers", "text", "language", "first_mention_at", "last_mention_at",
    "last_inbound_at", "last_outbound_at", "unread", "mentions",
)  # fmt: skip
_STANDING = ("author_id", "hidden", "status", "close_reason", "closed_at", "needs_reply")
_LOADED = ("id", "account_id", "name", "assignee_id", "started_at", *_GROWING, *_STANDING)


@dataclass(slots=True, eq=False)
class Exchange:
    """The mentions of one author and one account. ``own``: nobody has answered the account yet, so that the
    thread is the account's own post, hidden from the queues until somebody does.
    """

    number: ThreadId
    account_id: AccountId
    values: dict[str, Any]
    fresh: bool
    accounts: set[AccountId]
    name: str | None = None
    linked_to: ThreadId | None = None
    added_accounts: set[AccountId] = field(default_factory=set)
    grown: bool = False
    adopted: bool = False
    merged_into: "Exchange | None" = None
    touched: bool = False

    @property
    def author_id(self) -> AuthorId:
        """Whose thread it is."""
        return AuthorId(self.values["author_id"])

    @property
    def own(self) -> bool:
        """True while it holds nothing but the account's own mentions."""
        return self.values["last_inbound_at"] is None

    def final(self) -> "Exchange":
        """Itself, or what it was merged into."""
        at = self
        while at.merged_into is not None:
            at = at.merged_into
        return at

    def shared_with(self, item: Item) -> bool:
        """True when the item's accounts are among those that the thread shows."""
        return item.account_id in self.accounts or item.pulled_by in self.accounts

    def accept(self, item: Item, author_id: AuthorId) -> None:
        """Count the mention in."""
        values, posted = self.values, item.mention.created_at
        if item.inbound and self.own:
            self._belong_to(author_id)
        self.grown = True
        values["mentions"] += 1
        values["first_mention_at"] = min(values["first_mention_at"] or posted, posted)
        values["last_mention_at"] = max(values["last_mention_at"] or posted, posted)
        side = "last_inbound_at" if item.inbound else "last_outbound_at"
        latest = values[side] is None or posted >= values[side]
        if latest:
            values[side] = posted
        if latest and (item.inbound or self.own):
            self._show(item, author_id)
        if item.inbound:
            values["unread"] = values["unread"] or not item.row["before_connection"]
            self._name_accounts((*item.also, item.account_id, item.pulled_by))

    def _show(self, item: Item, author_id: AuthorId) -> None:
        """The queue's row shows the latest inbound mention, and the author as they are now."""
        values, author = self.values, item.mention.author
        values["text"] = excerpt(item.mention.text)
        values["language"] = item.mention.language
        if author_id == self.author_id:
            values["author_name"] = author.name or values["author_name"]
            values["author_handle"] = author.handle or values["author_handle"]
            values["followers"] = author.followers if author.followers is not None else values["followers"]

    def _belong_to(self, author_id: AuthorId) -> None:
        """A customer has answered: from now on it is their thread."""
        self.adopted = not self.fresh
        fresh_author = {"author_name": "", "author_handle": "", "followers": None}
        self.values |= {"author_id": author_id, **fresh_author, **standing(own=False)}

    def _name_accounts(self, accounts: Iterable[AccountId]) -> None:
        new = {each for each in accounts if each not in self.accounts}
        self.accounts |= new
        self.added_accounts |= new

    def absorb(self, other: "Exchange") -> None:
        """Take in all that a thread holds which is merged into this one."""
        mine, theirs = self.values, other.values
        if self.own and not other.own:
            self._belong_to(other.author_id)
            mine |= {name: theirs[name] for name in ("author_name", "author_handle", "followers", "text", "language")}
        elif not other.own and theirs["last_inbound_at"] > mine["last_inbound_at"]:
            mine |= {"text": theirs["text"], "language": theirs["language"]}
        mine["mentions"] += theirs["mentions"]
        mine["unread"] = mine["unread"] or theirs["unread"]
        mine["first_mention_at"] = min(mine["first_mention_at"], theirs["first_mention_at"])
        for name in ("last_mention_at", "last_inbound_at", "last_outbound_at"):
            mine[name] = max((at for at in (mine[name], theirs[name]) if at is not None), default=None)
        self._name_accounts(other.accounts)
        self.grown = True
        other.merged_into = self


def standing(*, own: bool, at: datetime | None = None) -> dict[str, Any]:
    """How a thread begins: a customer's as new, the account's own post hidden and needing nothing."""
    if own:
        reason = str(CloseReason.NO_REPLY_NEEDED)
        return {
            "hidden": True, "status": str(Status.CLOSED), "close_reason": reason, "closed_at": at, "needs_reply": False
        }  # fmt: skip
    return {"hidden": False, "status": str(Status.NEW), "close_reason": None, "closed_at": None, "needs_reply": None}


def begin(number: ThreadId, item: Item, author_id: AuthorId) -> Exchange:
    """A new thread for a mention; ``accept`` puts it in."""
    values: dict[str, Any] = dict.fromkeys(_GROWING)
    values |= {"author_name": "", "author_handle": "", "text": "", "unread": False, "mentions": 0}
    values |= {"author_id": author_id, **standing(own=not item.inbound, at=item.mention.created_at)}
    return Exchange(number, item.account_id, values, fresh=True, accounts={item.account_id})


def load(s: Session, ids: Collection[int], *, lock: bool = True) -> dict[ThreadId, Exchange]:
    """Stored threads by number, held against other writers until the transaction ends."""
    if not ids:
        return {}
    query = select(*(thread.c[name] for name in _LOADED)).where(among(s, thread.c.id, ids)).order_by(thread.c.id)
    rows = s.execute(query.with_for_update(key_share=True) if lock else query).all()
    shown: dict[int, set[AccountId]] = {row.id: {AccountId(row.account_id)} for row in rows}
    for row in s.execute(select(thread_account).where(among(s, thread_account.c.thread_id, ids))):
        shown[row.thread_id].add(AccountId(row.account_id))
    return {ThreadId(row.id): _exchange(row, shown[row.id]) for row in rows}


def _exchange(row: Any, accounts: set[AccountId]) -> Exchange:  # noqa: ANN401 - a Core row
    values = {name: getattr(row, name) for name in (*_GROWING, *_STANDING)}
    touched = row.assignee_id is not None or row.started_at is not None or row.name is not None
    return Exchange(
        ThreadId(row.id), AccountId(row.account_id), values, fresh=False, accounts=accounts, name=row.name,
        touched=touched,
    )  # fmt: skip


def write(s: Session, network: str, exchanges: Iterable[Exchange]) -> None:
    """Insert the new threads and update those that have grown."""
    left = [each for each in exchanges if each.merged_into is None]
    _insert(s, network, [each for each in left if each.fresh and each.grown])
    grown = [each for each in left if each.grown and not each.fresh]
    if grown:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _GROWING}
        update = thread.update().where(thread.c.id == bindparam("of")).values(version=thread.c.version + 1, **values)
        s.execute(update, [_parameters(each, _GROWING) for each in grown])
    adopted = [each for each in grown if each.adopted]
    if adopted:
        standing_now: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _STANDING}
        update = thread.update().where(thread.c.id == bindparam("of")).values(standing_now)
        s.execute(update, [_parameters(each, _STANDING) for each in adopted])
    name_accounts(s, ((each.number, account) for each in left for account in each.added_accounts))


def name_accounts(s: Session, rows: Iterable[tuple[ThreadId, AccountId]]) -> None:
    """Other accounts of ours that show a thread: (thread, account) each."""
    values = [{"thread_id": number, "account_id": account} for number, account in rows]
    if values:
        s.execute(insert_for(s)(thread_account).on_conflict_do_nothing(), values)


def _insert(s: Session, network: str, exchanges: list[Exchange]) -> None:
    rows = [
        {
            "id": each.number,
            "network": network,
            "account_id": each.account_id,
            "name": each.name,
            "linked_to": each.linked_to,
            **each.values,
        }
        for each in exchanges
    ]
    if rows:
        s.execute(thread.insert(), rows)


def _parameters(each: Exchange, names: tuple[str, ...]) -> dict[str, Any]:
    return {"of": each.number, **{f"new_{name}": each.values[name] for name in names}}
