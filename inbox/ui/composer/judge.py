"""What the checks say of a text, as rows for the screen; pure, so that every key press can afford it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from inbox.flow.findings import Finding, address_length, check, used_length
from inbox.model.account import Account
from inbox.model.words import Visibility
from inbox.ui.composer.checks import Said
from inbox.ui.thread.words import network_title


@dataclass(frozen=True, slots=True)
class Judgement:
    """The length as counted, its limit, what was found, and the words beside the tick. ``address`` is what the
    author's name takes that is put in front: it is in neither ``used`` nor ``limit``.
    """

    used: int
    limit: int | None
    said: tuple[Said, ...]
    passed: str
    empty: bool
    address: int = 0

    @property
    def stops(self) -> bool:
        """True when something keeps the text from being sent."""
        return self.empty or any(each.level == "block" for each in self.said)


def judge_reply(text: str, account: Account | None, *, private: bool = False, handle: str = "") -> Judgement:
    """The checks on a reply to the author of ``handle``; what the account itself stops is told elsewhere."""
    if account is None:
        return Judgement(len(text), None, (), "", empty=not text.strip())
    address = address_length(text, account, handle)
    used, limit = used_length(text, account, handle) - address, account.limits.length
    visibility = Visibility.PRIVATE if private else Visibility.PUBLIC
    found = check(text, account, visibility=visibility, author_handle=handle)
    said = tuple(_said(each, account) for each in found if each.check not in {"empty", "account", "visibility"})
    passed = "" if said else _tr("Fits on %1").replace("%1", network_title(account.network))
    return Judgement(
        used, None if limit is None else limit - address, said, passed, empty=not text.strip(), address=address
    )


def judge_note(text: str) -> Judgement:
    """A note only has to say something."""
    return Judgement(len(text), None, (), "", empty=not text.strip())


def _said(found: Finding, account: Account) -> Said:
    titles = {"length": _tr("Too long for %1").replace("%1", network_title(account.network))}
    title = titles.get(found.check, "")
    spans = ((found.start, found.end),) if found.end > found.start else ()
    return Said(found.check, found.level, title or found.message, found.message if title else "", (), spans)


def _tr(text: str) -> str:
    return QCoreApplication.translate("composer", text)
