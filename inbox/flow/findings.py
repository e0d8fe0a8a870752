"""The checks of a text before it goes out, in plain words. Pure; run by the composer and again when sending."""

from dataclasses import dataclass
from typing import Literal

from inbox.model.account import Account
from inbox.model.words import HealthState, LengthRule, Visibility
from inbox.text import length

Level = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check says of a text, from character ``start`` up to ``end``; ``block`` stops sending."""

    check: str
    level: Level
    start: int
    end: int
    message: str


def check(
    text: str, account: Account, *, visibility: Visibility = Visibility.PUBLIC, author_handle: str = ""
) -> tuple[Finding, ...]:
    """All that is to be said of a reply to this author, what stops sending first."""
    found = [*_account(account, visibility), *_empty(text), *_length(text, account, author_handle)]
    return tuple(sorted(found, key=lambda finding: finding.level != "block"))


def check_post(text: str, account: Account) -> tuple[Finding, ...]:
    """All that is to be said of a post of its own, in answer to nobody, what stops it first."""
    found = _standing(account, "posting", "post", "this")
    if not found and not account.limits.can_reply:
        found = [_stop("visibility", f"{account.handle} may not post.")]
    found += [*_empty(text), *_length(text, account, "")]
    return tuple(sorted(found, key=lambda finding: finding.level != "block"))


def used_length(text: str, account: Account, author_handle: str = "") -> int:
    """How much of the network's limit a reply takes, the author's name included where it is put in front."""
    limits = account.limits
    counted = text
    if limits.length_rule is LengthRule.MASTODON and author_handle:
        handle = f"@{author_handle.lstrip('@')}"
        counted = text if handle.lower() in text.lower() else f"{handle} {text}"
    return length.count(counted, limits.length_rule, limits.url_length)


def address_length(text: str, account: Account, author_handle: str = "") -> int:
    """How much of the limit the author's name takes that is put in front; 0 where the text names them itself."""
    limits = account.limits
    return used_length(text, account, author_handle) - length.count(text, limits.length_rule, limits.url_length)


def _account(account: Account, visibility: Visibility) -> list[Finding]:
    found = _standing(account, "replying", "reply", "the reply")
    if any(each.level == "block" for each in found):
        return found
    if visibility is Visibility.PRIVATE and not account.limits.can_message:
        return [_stop("visibility", f"{account.handle} cannot send private messages.")]
    if visibility is Visibility.PUBLIC and not account.limits.can_reply:
        return [_stop("visibility", f"{account.handle} may not post replies.")]
    return found


def _standing(account: Account, doing: str, do: str, what: str) -> list[Finding]:
    if account.connected_at is None:
        return [_stop("account", f"{account.handle} is not connected. Connect it before {doing}.")]
    if account.health is HealthState.SIGN_IN:
        return [_stop("account", f"{account.handle} has to sign in again before it can {do}.")]
    if account.paused:
        return [Finding("account", "warn", 0, 0, f"{account.handle} is paused: {what} waits until it goes on.")]
    return []


def _stop(check: str, message: str) -> Finding:
    return Finding(check, "block", 0, 0, message)


def _empty(text: str) -> list[Finding]:
    return [] if text.strip() else [Finding("empty", "block", 0, len(text), "There is nothing to send yet.")]


def _length(text: str, account: Account, author_handle: str) -> list[Finding]:
    limit = account.limits.length
    if limit is None:
        return []
    over = used_length(text, account, author_handle) - limit
    if over <= 0:
        return []
    characters = "1 character" if over == 1 else f"{over} characters"
    message = f"{characters} too many: the network takes {limit}."
    return [Finding("length", "block", max(0, len(text) - over), len(text), message)]
