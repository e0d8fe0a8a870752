"""Makes incidents of alerts: a new one, or a sign of one that is open; and gathers the threads that match."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.hot import evidence
from inbox.hot.words import terms
from inbox.model.ids import AccountId, IncidentId, ThreadId
from inbox.model.incident import Alert, AlertKind, Incident, IncidentState, Severity
from inbox.model.notice import Notice, NoticeKind
from inbox.model.people import Employee
from inbox.model.words import Role
from inbox.model.workspace import Workspace
from inbox.store import accounts, audit, incidents, notices
from inbox.store.hot import Heard
from inbox.store.session import Session

DETECTOR: Final = "collector"
_TOLD: Final = (Role.CRISIS_LEAD, Role.SUPERVISOR, Role.ADMIN)
_RANK: Final = list(Severity)
_GATHERED_BY: Final = 2
"""So many of the rising terms are looked for in what follows."""
_COOL: Final = timedelta(hours=6)
_KEPT_TERMS: Final = 5
_SINGLE: Final = (AlertKind.REACH, AlertKind.GROWTH, AlertKind.WATCHED)
"""Alarms that one post gives."""


def raise_alarm(
    s: Session, alert: Alert, seen: Sequence[Heard], *, workspace: Workspace, now: datetime
) -> tuple[IncidentId, bool]:
    """Open an incident for an alert, or fold it into the open one that it is a sign of: its number, and whether it is
    new. ``seen`` are the mentions of the last hour; those that belong to it are gathered.
    """
    cause = next(each for each in reversed(seen) if each.at == alert.at or str(each.id) in alert.examples)
    texts, said = _said(alert, seen, cause)
    mine = [each for each in seen if belongs(alert.stream, said, each) or str(each.id) in alert.examples]
    began_at = min((each.at for each in mine), default=alert.at)
    known = _same(incidents.open_ones(s), alert, said, cause)
    if known is not None:
        _fold(s, known, alert, cause.account, now)
        incidents.gather(s, known.id, known.title, (each.thread_id for each in mine), by=incidents.MATCH, at=now)
        return known.id, False
    incident_id, title = _open(s, alert, cause, (texts, said), began_at=began_at, now=now)
    incidents.gather(s, incident_id, title, (each.thread_id for each in mine), by=incidents.MATCH, at=now)
    sentence = f"Suspected incident: {title}, {alert.authors} people, usual {alert.expected:.0f}"
    key = f"incident {incident_id}"
    told = [Notice(0, each.id, now, NoticeKind.INCIDENT, None, sentence, key) for each in _leads(workspace)]
    notices.add(s, told)
    return incident_id, True


def _open(
    s: Session,
    alert: Alert,
    cause: Heard,
    told: tuple[Sequence[str], Sequence[str]],
    *,
    began_at: datetime,
    now: datetime,
) -> tuple[IncidentId, str]:
    """Write it down: its number and name. ``told`` are what is written and the terms that it is about."""
    texts, said = told
    brand = accounts.get(s, AccountId(cause.account_id)).display_name or cause.account
    title = evidence.title(alert, brand, texts, said)
    kept = evidence.document(alert, cause.account, began_at) | {"brand": brand}
    of_area = alert.stream.startswith("area:")
    incident_id = incidents.open_new(
        s,
        {
            "kind": str(alert.kind),
            "title": title,
            "state": str(IncidentState.SUSPECTED),
            "severity": str(alert.severity),
            "stream": alert.stream,
            "terms": list(said),
            "evidence": kept,
            "account_id": None if of_area else cause.account_id,
            "area_id": cause.area_id if of_area else None,
            "opened_by": DETECTOR,
            "began_at": began_at,
            "opened_at": now,
            "last_sign_at": alert.at,
        },
    )
    incidents.tell(s, incident_id, "state", f"Suspected: {evidence.paragraph(kept)}", actor=DETECTOR, at=now)
    audit.record(s, DETECTOR, "incident", None, now, incident=incident_id, title=title)
    return incident_id, title


def gather_more(s: Session, batch: Iterable[Heard], now: datetime) -> None:
    """Put the threads of new mentions into the open incidents that they belong to."""
    found: dict[IncidentId, list[ThreadId]] = {}
    standing = incidents.open_ones(s)
    titles = {each.id: each.title for each in standing}
    for heard in batch:
        for each in standing:
            if each.account_id in {None, heard.account_id} and belongs(each.stream, each.terms, heard):
                found.setdefault(each.id, []).append(heard.thread_id)
    for incident_id, threads in found.items():
        incidents.gather(s, incident_id, titles[incident_id], threads, by=incidents.MATCH, at=now)


def belongs(stream: str, rising: Sequence[str], heard: Heard) -> bool:
    """Whether a mention is part of what a stream's alarm was given for. Of a burst of a whole account only what says
    the same is: not everybody who writes in that hour writes about the same matter.
    """
    kind, _, name = stream.partition(":")
    if kind == "account":
        return name == heard.account and _says(rising, heard.text)
    if kind == "topic":
        return name.partition(":")[0] == heard.account and _says(rising, heard.text)
    if kind == "area":
        return heard.area == name
    if kind == "watched":
        return name.casefold() in " ".join(heard.text.split()).casefold()
    return False


def _says(rising: Sequence[str], text: str) -> bool:
    said = terms(text)
    return any(terms(each) <= said for each in rising[:_GATHERED_BY] if terms(each))


def _said(alert: Alert, seen: Sequence[Heard], cause: Heard) -> tuple[list[str], tuple[str, ...]]:
    """What was written in the time that an alarm is about, and the terms that it is about."""
    kind, _, _ = alert.stream.partition(":")
    lately = [
        each
        for each in seen
        if str(each.id) in alert.examples
        or (
            each.at > alert.at - alert.length
            and (each.account == cause.account if kind == "account" else belongs(alert.stream, alert.terms, each))
        )
    ]
    texts = [each.text for each in lately]
    if alert.terms or alert.kind is not AlertKind.BURST:
        return texts, alert.terms
    inside = {each.id for each in lately}
    return texts, evidence.shared(texts, [each.text for each in seen if each.id not in inside])[:_KEPT_TERMS]


def _same(standing: Sequence[Incident], alert: Alert, said: Sequence[str], cause: Heard) -> Incident | None:
    """The open incident that an alert is a sign of: the same stream, or shared terms, or a burst of its account, or a
    single post that says what it is about.
    """
    words = frozenset[str]().union(*(terms(each) for each in said))
    for each in standing:
        if each.account_id not in {None, cause.account_id}:
            continue
        if each.stream == alert.stream or (alert.kind in _SINGLE and _says(each.terms, cause.text)):
            return each
        if alert.kind not in _SINGLE and words & frozenset[str]().union(*(terms(term) for term in each.terms)):
            return each
        recent = each.last_sign_at is not None and alert.at - each.last_sign_at < _COOL
        if alert.kind is AlertKind.BURST and alert.stream.startswith("account:") and recent:
            return each
    return None


def _fold(s: Session, known: Incident, alert: Alert, account: str, now: datetime) -> None:
    since = datetime.fromisoformat(known.evidence["since"]) if "since" in known.evidence else known.began_at
    kept = evidence.document(alert, account, min(since, alert.at))
    worse = _RANK.index(alert.severity) > _RANK.index(known.severity)
    changed = {"last_sign_at": max(alert.at, known.last_sign_at or alert.at)}
    incidents.sign(s, known.id, changed | ({"severity": str(alert.severity)} if worse else {}))
    incidents.tell(s, known.id, "sign", evidence.paragraph(kept), actor=DETECTOR, at=now, evidence=kept)


def _leads(workspace: Workspace) -> tuple[Employee, ...]:
    """The crisis leads; where there are none, the supervisors, else the admins."""
    for role in _TOLD:
        found = tuple(each for each in workspace.employees if role in each.roles)
        if found:
            return found
    return ()
