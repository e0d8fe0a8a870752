"""What keeps a statement from an account, and on which accounts one stands at first. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inbox.flow.account_names import names
from inbox.flow.findings import Finding, check_post
from inbox.model.account import Account
from inbox.model.ids import AccountId
from inbox.model.incident import Incident


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a check says of a statement on one account; ``account`` is its handle, ``name`` what sentences call it."""

    account_id: AccountId
    account: str
    name: str
    finding: Finding

    @property
    def sentence(self) -> str:
        """The finding, with the account where it does not name it."""
        message = self.finding.message
        rest = message.removeprefix(self.account)
        return f"{self.name}: {message}" if rest == message else f"{self.name}{rest}"


def troubles(text: str, accounts: Iterable[Account]) -> list[Trouble]:
    """All that is to be said, what stops it first; an empty text is said once."""
    accounts = tuple(accounts)
    named = names(accounts)
    found = [
        Trouble(each.id, each.handle, named[each.id], finding)
        for each in accounts
        for finding in check_post(text, each)
    ]
    empty = [each for each in found if each.finding.check == "empty"]
    rest = [each for each in found if each.finding.check != "empty"]
    return [*empty[:1], *sorted(rest, key=lambda each: each.finding.level != "block")]


def why_not(text: str, chosen: Sequence[AccountId], known: Iterable[Account]) -> str:
    """The first thing that stops it on one of the accounts, as a sentence; empty where it may go out."""
    if not text.strip():
        return "There is nothing in it yet."
    if not chosen:
        return "No account is chosen. Choose where it is to stand."
    there = {each.id: each for each in known}
    if any(each not in there for each in chosen):
        return "An account that was chosen is there no more. Choose the accounts again."
    found = troubles(text, [there[each] for each in chosen])
    return next((each.sentence for each in found if each.finding.level == "block"), "")


def usual(incident: Incident, known: Iterable[Account]) -> tuple[AccountId, ...]:
    """Where a statement stands unless somebody chooses: on the incident's account, else on all that are connected."""
    ready = [each.id for each in known if each.connected_at is not None]
    return (incident.account_id,) if incident.account_id in ready else tuple(ready)
