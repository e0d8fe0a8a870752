"""What accounts are called in sentences: by their handles, with the network where several networks have one."""

from collections import Counter
from collections.abc import Collection, Iterable

from inbox.model.account import Account
from inbox.model.ids import AccountId
from inbox.store import accounts
from inbox.store.engine import Session


def names(known: Iterable[Account]) -> dict[AccountId, str]:
    """How each of some accounts is told from the others."""
    known = tuple(known)
    times = Counter(each.handle.casefold() for each in known)
    return {
        each.id: each.handle if times[each.handle.casefold()] == 1 else f"{each.handle} ({each.network.capitalize()})"
        for each in known
    }


def names_of(s: Session, ids: Collection[AccountId]) -> list[str]:
    """The same of accounts by their numbers, told from all that are there; those that were removed have names too."""
    there = {each.id for each in accounts.all(s)}
    named = names(each for each in accounts.all(s, removed=True) if each.id in there or each.id in ids)
    return [named[each] for each in ids if each in named]
