"""How an account is doing, in words, with the shape and icon of its state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from inbox.model.account import Account, Source
from inbox.model.words import HealthState, SourceKind
from inbox.ui.accounts.scene import AccountFacts
from inbox.ui.thread.times import since_words
from inbox.ui.widgets.deadline import span


@dataclass(frozen=True, slots=True)
class State:
    """Words, the tag's kind, and its icon."""

    words: str
    kind: str
    icon: str


def state_of(account: Account) -> State:
    """The state that a tag shows; paused goes before all but a lost sign-in."""
    if account.connected_at is None:
        return State(_tr("Not connected"), "", "plug")
    if account.health is HealthState.SIGN_IN:
        return State(_tr("Sign in again"), "late", "key")
    if account.paused or account.health is HealthState.PAUSED:
        return State(_tr("Paused"), "", "pause")
    return {
        HealthState.SLOWED: State(_tr("Slowed down"), "soon", "hourglass"),
        HealthState.TROUBLE: State(_tr("No answer"), "late", "triangle"),
    }.get(account.health, State(_tr("Working"), "ok", "check"))


def last_pull(facts: AccountFacts) -> datetime | None:
    """When the account was last pulled with success: its oldest source counts."""
    times = [source.last_success_at for source in facts.sources]
    known = [at for at in times if at is not None]
    return min(known) if known and len(known) == len(times) else None


def lag_of(facts: AccountFacts) -> str:
    """The longest lag, posted to stored, among the sources of what customers write."""
    theirs = [source for source in facts.sources if source.kind is not SourceKind.OWN_POSTS]
    lags = [source.lag_seconds for source in theirs if source.lag_seconds is not None]
    return seconds_words(max(lags)) if lags else ""


def seconds_words(seconds: float) -> str:
    """A lag: seconds up to two minutes, then minutes and hours."""
    whole = max(0, round(seconds))
    if whole < 120:  # noqa: PLR2004 - two minutes
        return _tr("%1 s").replace("%1", str(whole))
    return span(timedelta(seconds=whole))


def ago(at: datetime | None, now: datetime) -> str:
    """How long ago, shortly; the time of day once it is over an hour."""
    if at is None:
        return _tr("never")
    past = now - at
    if past < timedelta(seconds=1):
        return _tr("now")
    if past < timedelta(hours=1):
        words = seconds_words(past.total_seconds()) if past < timedelta(minutes=1) else span(past)
        return _tr("%1 ago").replace("%1", words)
    return since_words(at, now)


def budget_words(account: Account) -> str:
    """The share of the rate budget that is left."""
    if account.budget_left is None:
        return ""
    return f"{QLocale().toString(round(account.budget_left * 100))}%"


def source_words(source: Source) -> str:
    """What a source pulls."""
    return {
        SourceKind.MENTIONS: _tr("Mentions and replies"),
        SourceKind.OWN_POSTS: _tr("Own posts"),
        SourceKind.SEARCH: _tr("Search “%1”").replace("%1", source.query),
        SourceKind.HASHTAG: _tr("Hashtag #%1").replace("%1", source.query.lstrip("#")),
        SourceKind.MESSAGES: _tr("Direct messages"),
    }[source.kind]


def may_words(account: Account) -> tuple[str, str]:
    """What the account may do and what it cannot, for the last card."""
    limits = account.limits
    may = [_tr("read mentions")]
    cannot: list[str] = []
    for allowed, words in (
        (limits.can_reply, _tr("write replies")),
        (limits.can_message, _tr("direct messages")),
        (limits.can_search, _tr("search")),
    ):
        (may if allowed else cannot).append(words)
    told = account.details.get("may_not")
    if isinstance(told, list) and told:
        cannot = [str(each) for each in told]
    if limits.length is not None:
        may.append(_tr("%1 characters").replace("%1", QLocale().toString(limits.length)))
    return _sentence(may), _sentence(cannot)


def _sentence(parts: list[str]) -> str:
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def _tr(text: str) -> str:
    return QCoreApplication.translate("accounts", text)
