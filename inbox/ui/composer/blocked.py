"""Why nothing can be sent now, in a sentence, and where to mend it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from inbox.model.account import Account
from inbox.model.words import HealthState


@dataclass(frozen=True, slots=True)
class Blocked:
    """The reason, and the page that mends it ("" when none does) with the words of its button."""

    sentence: str
    page: str = ""
    action: str = ""


def blocked(account: Account | None, *, collector: bool, employee: str) -> Blocked | None:
    """The first reason why a reply cannot go out; None when it can. Notes are never blocked by a network."""
    if not employee:
        return Blocked(_tr("Say who you are first: replies carry a name."), "settings", _tr("Open settings"))
    words = _account_words(account)
    if words:
        signed_out = account is not None and account.health is HealthState.SIGN_IN
        return Blocked(_for(words, account), "accounts", _tr("Sign in again") if signed_out else _tr("Open accounts"))
    if not collector:
        return Blocked(_tr("No collector is running, so nothing goes out. Your draft is safe."))
    return None


def _account_words(account: Account | None) -> str:
    if account is None or account.connected_at is None:
        return _tr("@%1 is not connected here, so nothing can be sent.")
    if account.health is HealthState.SIGN_IN:
        return _tr("The sign-in of @%1 ran out. Your draft is safe.")
    if account.paused:
        return _tr("@%1 is paused. Your draft is safe.")
    if not account.limits.can_reply:
        return _tr("@%1 may read but not write. Sign in again and allow replies.")
    return ""


def _for(words: str, account: Account | None) -> str:
    return words.replace("%1", account.handle if account is not None else "?")


def _tr(text: str) -> str:
    return QCoreApplication.translate("composer", text)
