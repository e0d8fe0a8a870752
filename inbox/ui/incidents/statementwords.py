"""What the card of statements says: how one stands, and how far it is on each account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from PySide6.QtCore import QCoreApplication

from inbox.model.account import Account
from inbox.model.ids import AccountId
from inbox.model.incident import Statement, StatementPost, StatementState, TimelineEvent
from inbox.model.words import ReplyState
from inbox.ui.thread.times import since_words
from inbox.ui.thread.words import network_title
from inbox.ui.widgets import isolate


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag: words, kind, icon."""

    words: str
    kind: str = ""
    icon: str = ""


def state(found: Statement, names: Mapping[str, str], now: datetime) -> Mark:
    """How a statement stands."""
    if found.state is StatementState.DRAFT:
        return Mark(_tr("Draft"), "", "pencil")
    if found.state is StatementState.ASKED:
        at = since_words(found.asked_at or found.written_at, now)
        return Mark(_tr("Approval asked %1").replace("%1", at), "soon", "hourglass")
    if found.state is StatementState.APPROVED:
        who = isolate(names.get(found.approved_by, found.approved_by))
        at = since_words(found.approved_at or found.written_at, now)
        return Mark(_tr("Approved by %1 %2").replace("%1", who).replace("%2", at), "ok", "check")
    states = {each.state for each in found.posts}
    if ReplyState.FAILED in states:
        return Mark(_tr("Not everywhere"), "late", "triangle")
    if states <= {ReplyState.SENT, ReplyState.CANCELLED}:
        stood = min((each.sent_at for each in found.posts if each.sent_at), default=found.written_at)
        return Mark(_tr("Published %1").replace("%1", since_words(stood, now)), "ok", "double-check")
    return Mark(_tr("On its way"), "accent", "send")


def post(found: StatementPost, now: datetime) -> tuple[Mark, str]:
    """How it stands on one account: the tag, and a sentence where the tag does not say all."""
    left = ceil((found.not_before - now).total_seconds())
    if found.state is ReplyState.QUEUED:
        wait = _tr("Goes out in %1 s.").replace("%1", str(left)) if left > 0 else _tr("Waits for the collector.")
        return Mark(_tr("Queued"), "", "clock"), f"{found.error} {wait}".strip()
    if found.state is ReplyState.SENDING:
        return Mark(_tr("Going out"), "accent", "send"), ""
    if found.state is ReplyState.UNKNOWN:
        said = _tr("The answer never came. It is being read back, and is not sent twice.")
        return Mark(_tr("Unknown"), "soon", "hourglass"), said
    if found.state is ReplyState.FAILED:
        return Mark(_tr("Failed"), "late", "triangle"), found.error or _tr("It was not sent.")
    if found.state is ReplyState.SENT:
        at = since_words(found.sent_at, now) if found.sent_at else ""
        return Mark(_tr("Stands since %1").replace("%1", at), "ok", "check"), ""
    return Mark(_tr("Taken back"), "", "undo"), ""


def account(found: Account) -> str:
    """An account as people know it: handle and network."""
    handle = isolate(f"@{found.handle.lstrip('@')}")
    return _tr("%1, %2").replace("%1", handle).replace("%2", network_title(found.network))


def accounts(chosen: Sequence[AccountId], known: Sequence[Account]) -> list[str]:
    """Those that are chosen, in the order of all."""
    return [account(each) for each in known if each.id in chosen]


def outcome(found: Statement, known: Sequence[Account], now: datetime) -> str:
    """How far it is on each of its accounts, in a line."""
    named = {each.id: account(each) for each in known}
    return "; ".join(
        f"{named.get(each.account_id, isolate(each.account))}: {post(each, now)[0].words}" for each in found.posts
    )


def last_done(found: Statement, told: Sequence[TimelineEvent]) -> TimelineEvent | None:
    """What a person last did to it, by the timeline's newest lines."""
    mine = (each for each in told if each.details.get("statement") == found.id and "did" in each.details)
    return next(mine, None)


def _tr(text: str) -> str:
    return QCoreApplication.translate("statements", text)
