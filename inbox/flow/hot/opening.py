"""Makes incidents of alerts: a new one, or a sign of one that is open; and gathers the threads that match."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Final

from inbox.flow.hot import evidence, fitting, folding
from inbox.model.ids import AccountId, IncidentId
from inbox.model.incident import Alert, Incident, IncidentState
from inbox.model.notice import Notice, NoticeKind
from inbox.model.people import Employee
from inbox.model.words import Role
from inbox.model.workspace import Workspace
from inbox.store import accounts, audit, incidents, notices
from inbox.store.errors import NotFound
from inbox.store.hot import Heard
from inbox.store.session import Session

DETECTOR: Final = "collector"
_TOLD: Final = (Role.CRISIS_LEAD, Role.SUPERVISOR, Role.ADMIN)


def raise_alarm(
    s: Session, alert: Alert, seen: Sequence[Heard], *, workspace: Workspace, now: datetime
) -> tuple[IncidentId, bool]:
    """Open an incident for an alert, or fold it into the open one that it is a sign of: its number, and whether it is
    new. ``seen`` are the mentions of the last hour; those that belong to it are gathered.
    """
    about = folding.told(alert, seen)
    known = folding.same(incidents.open_ones(s), alert, about)
    if known is not None:
        _fold(s, known, alert, about, now)
        _gather(s, known, about.mine, now)
        return known.id, False
    made = _open(s, alert, about, now)
    _gather(s, made, about.mine, now)
    sentence = f"Suspected incident: {made.title}"
    if alert.kind not in folding.SINGLE:
        sentence += f", {alert.authors} people, usual {alert.expected:.0f}"
    key = f"incident {made.id}"
    told = [Notice(0, each.id, now, NoticeKind.INCIDENT, None, sentence, key) for each in _leads(workspace)]
    notices.add(s, told)
    return made.id, True


def _open(s: Session, alert: Alert, about: folding.Told, now: datetime) -> Incident:
    """Write it down."""
    cause, began_at = about.cause, about.began_at
    title, kept = folding.described(alert, about, _brand(s, about))
    of_area = alert.stream.startswith("area:")
    incident_id = incidents.open_new(
        s,
        {
            "kind": str(alert.kind),
            "title": title,
            "state": str(IncidentState.SUSPECTED),
            "severity": str(alert.severity),
            "stream": alert.stream,
            "terms": list(about.terms),
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
    found = incidents.get(s, incident_id)
    if found is None:
        raise NotFound(f"There is no incident {incident_id}.")
    return found


def gather_more(s: Session, batch: Sequence[Heard], now: datetime) -> None:
    """Put the threads of new mentions into the open incidents that they belong to."""
    standing = incidents.open_ones(s)
    for each in standing:
        mine = [
            heard
            for heard in batch
            if each.account_id in {None, heard.account_id} and folding.belongs(each.stream, each.terms, heard)
        ]
        _gather(s, each, mine, now)


def _gather(s: Session, found: Incident, mine: Sequence[Heard], now: datetime) -> None:
    fits = fitting.fits(found, mine)
    incidents.gather(s, found.id, found.title, fits, by=incidents.MATCH, at=now, match=fits)


def _fold(s: Session, known: Incident, alert: Alert, about: folding.Told, now: datetime) -> None:
    since = datetime.fromisoformat(known.evidence["since"]) if "since" in known.evidence else known.began_at
    title, kept = folding.described(alert, replace(about, began_at=min(since, alert.at)), _brand(s, about))
    now_is = folding.signed(known, alert, about, title, kept)
    values = asdict(now_is) | {"kind": str(now_is.kind), "severity": str(now_is.severity), "terms": list(now_is.terms)}
    incidents.sign(s, known.id, values)
    if now_is.title != known.title:
        incidents.show(s, incidents.threads(s, known.id))
    incidents.tell(s, known.id, "sign", evidence.paragraph(kept), actor=DETECTOR, at=now, evidence=kept)


def _brand(s: Session, about: folding.Told) -> str:
    return accounts.get(s, AccountId(about.cause.account_id)).display_name or about.cause.account


def _leads(workspace: Workspace) -> tuple[Employee, ...]:
    """The crisis leads; where there are none, the supervisors, else the admins."""
    for role in _TOLD:
        found = tuple(each for each in workspace.employees if role in each.roles)
        if found:
            return found
    return ()
