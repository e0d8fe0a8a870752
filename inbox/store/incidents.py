"""Incidents in the store: opening and changing them, their threads and their timeline."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from inbox.model.ids import AccountId, AreaId, EmployeeId, IncidentId, ThreadId
from inbox.model.incident import OPEN_STATES, Incident, IncidentState, Severity, TimelineEvent
from inbox.store.lists import among
from inbox.store.schema import employee, incident, incident_event, incident_thread, thread
from inbox.store.session import Session, insert_for

MATCH = "match"
_OPEN = [str(each) for each in OPEN_STATES]


def open_new(s: Session, values: dict[str, Any]) -> IncidentId:
    """Write a new incident; ``values`` by column."""
    found = s.execute(incident.insert().values(**values).returning(incident.c.id)).scalar_one()
    s.changed(topics=["incidents"])
    return IncidentId(found)


def get(s: Session, incident_id: IncidentId) -> Incident | None:
    """One incident."""
    row = s.execute(_select().where(incident.c.id == incident_id)).first()
    return None if row is None else _incident(row)


def open_ones(s: Session) -> list[Incident]:
    """Those that are not over, the newest first."""
    query = _select().where(incident.c.state.in_(_OPEN)).order_by(incident.c.opened_at.desc(), incident.c.id.desc())
    return [_incident(row) for row in s.execute(query)]


def newest(s: Session, limit: int = 100) -> list[Incident]:
    """All, the newest first."""
    query = _select().order_by(incident.c.opened_at.desc(), incident.c.id.desc()).limit(limit)
    return [_incident(row) for row in s.execute(query)]


def locked(s: Session, incident_id: IncidentId) -> Incident | None:
    """One incident that nobody else can change until this writing session ends."""
    if s.kind == "postgresql":
        s.execute(select(incident.c.id).where(incident.c.id == incident_id).with_for_update())
    return get(s, incident_id)


def change(s: Session, incident_id: IncidentId, values: dict[str, Any]) -> None:
    """Write some columns; its version moves on by one."""
    version = incident.c.version + 1
    s.execute(update(incident).where(incident.c.id == incident_id).values(**values, version=version))
    s.changed(topics=["incidents"])


def sign(s: Session, incident_id: IncidentId, values: dict[str, Any]) -> None:
    """Write what the detector saw anew; no new version, since nobody decided anything."""
    s.execute(update(incident).where(incident.c.id == incident_id).values(**values))
    s.changed(topics=["incidents"])


def tell(
    s: Session,
    incident_id: IncidentId,
    kind: str,
    text: str,
    *,
    actor: str,
    at: datetime,
    **details: Any,  # noqa: ANN401 - JSON values
) -> int:
    """A line of the timeline; its number."""
    row = {"incident_id": incident_id, "at": at, "actor": actor, "kind": kind, "text": text, "details": details}
    found = s.execute(incident_event.insert().values(**row).returning(incident_event.c.id)).scalar_one()
    s.changed(topics=["incidents"])
    return int(found)


def timeline(s: Session, incident_id: IncidentId, limit: int = 500) -> list[TimelineEvent]:
    """What happened, the newest first."""
    query = select(incident_event).where(incident_event.c.incident_id == incident_id)
    rows = s.execute(query.order_by(incident_event.c.at.desc(), incident_event.c.id.desc()).limit(limit))
    return [TimelineEvent(row.id, row.at, row.actor, row.kind, row.text, row.details) for row in rows]


def gather(
    s: Session,
    incident_id: IncidentId,
    title: str,
    ids: Iterable[ThreadId],
    *,
    by: str,
    at: datetime,
    match: Mapping[ThreadId, float | None] = MappingProxyType({}),
) -> list[ThreadId]:
    """Put threads into an incident; those that are in it, or that a person took out, stay as they are (a person can put
    the latter back). Gives the ones that are new. ``match`` is how much each is like it, 0 to 1, where that is known;
    of one that matches again the higher is kept.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return []
    insert = insert_for(s)(incident_thread)
    row = {"by": by, "at": at, "removed_at": None}
    if by == MATCH:
        statement = insert.on_conflict_do_nothing()
    else:
        back = incident_thread.c.removed_at.is_not(None)
        came = {**row, "match": insert.excluded.match}
        statement = insert.on_conflict_do_update(index_elements=["incident_id", "thread_id"], set_=came, where=back)
    rows = [{"incident_id": incident_id, "thread_id": each, **row, "match": match.get(each)} for each in wanted]
    new = [ThreadId(found) for found in s.execute(statement.returning(incident_thread.c.thread_id), rows).scalars()]
    if new:
        lock_threads(s, new)
        s.execute(thread.update().where(among(s, thread.c.id, new)).values(incident=title))
        s.changed(threads=new, topics=["incidents"])
    _come_closer(s, incident_id, {each: match.get(each) for each in wanted} if by == MATCH else {}, but=new)
    return new


def _come_closer(
    s: Session, incident_id: IncidentId, match: Mapping[ThreadId, float | None], *, but: Collection[ThreadId]
) -> None:
    """A thread is as much like an incident as the post in it that is the most."""
    new = frozenset(but)
    fits = {each: fit for each, fit in match.items() if fit is not None and each not in new}
    if not fits:
        return
    mine = incident_thread.c.incident_id == incident_id
    held = select(incident_thread.c.thread_id, incident_thread.c.match).where(
        mine, incident_thread.c.removed_at.is_(None), among(s, incident_thread.c.thread_id, fits)
    )
    rows = [
        {"of": each, "fit": fits[each]} for each, before in s.execute(held) if before is None or before < fits[each]
    ]
    if rows:
        closer = incident_thread.update().where(mine, incident_thread.c.thread_id == bindparam("of"))
        s.execute(closer.values(match=bindparam("fit")), rows)
        s.changed(topics=["incidents"])


def release(s: Session, incident_id: IncidentId, ids: Collection[ThreadId], at: datetime) -> list[ThreadId]:
    """Take threads out of an incident; each shows another open one that holds it, if there is one."""
    mine = (incident_thread.c.incident_id == incident_id, among(s, incident_thread.c.thread_id, ids))
    taken = incident_thread.update().where(*mine, incident_thread.c.removed_at.is_(None)).values(removed_at=at)
    gone = [ThreadId(each) for each in s.execute(taken.returning(incident_thread.c.thread_id)).scalars()]
    show(s, gone)
    return gone


def ungather(s: Session, incident_id: IncidentId, ids: Collection[ThreadId]) -> None:
    """Threads that should never have come into an incident leave it as if they never had: they may match it again."""
    if ids:
        mine = (incident_thread.c.incident_id == incident_id, among(s, incident_thread.c.thread_id, ids))
        s.execute(incident_thread.delete().where(*mine))
        show(s, ids)


def show(s: Session, ids: Collection[ThreadId]) -> None:
    """Let threads show the newest open incident that holds them, or none."""
    if not ids:
        return
    holds = (
        select(incident.c.title)
        .join(incident_thread, incident_thread.c.incident_id == incident.c.id)
        .where(incident_thread.c.thread_id == thread.c.id, incident_thread.c.removed_at.is_(None))
        .where(incident.c.state.in_(_OPEN))
        .order_by(incident.c.opened_at.desc(), incident.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    lock_threads(s, ids)
    s.execute(thread.update().where(among(s, thread.c.id, ids)).values(incident=holds))
    s.changed(threads=ids, topics=["incidents"])


def lock_threads(s: Session, ids: Collection[ThreadId]) -> None:
    """Let nobody else change threads until this writing session ends. They are taken in the order of their numbers, as
    every decision takes them, so that nobody waits in a circle: what is done in steps takes all of them first.
    """
    if s.kind == "postgresql":
        wanted = select(thread.c.id).where(among(s, thread.c.id, ids)).order_by(thread.c.id)
        s.execute(wanted.with_for_update(key_share=True))


def threads(s: Session, incident_id: IncidentId) -> list[ThreadId]:
    """The threads that it holds, the newest first."""
    mine = (incident_thread.c.incident_id == incident_id, incident_thread.c.removed_at.is_(None))
    query = select(incident_thread.c.thread_id).where(*mine).order_by(incident_thread.c.thread_id.desc())
    return [ThreadId(each) for each in s.execute(query).scalars()]


def _select() -> Any:  # noqa: ANN401 - a Core select
    holds = (
        select(func.count())
        .where(incident_thread.c.incident_id == incident.c.id, incident_thread.c.removed_at.is_(None))
        .scalar_subquery()
    )
    return select(incident, employee.c.name.label("owner"), holds.label("threads")).outerjoin(
        employee, employee.c.id == incident.c.owner_id
    )


def _incident(row: Row[Any]) -> Incident:
    return Incident(
        IncidentId(row.id),
        row.version,
        row.kind,
        row.title,
        IncidentState(row.state),
        Severity(row.severity),
        row.stream,
        tuple(row.terms),
        None if row.account_id is None else AccountId(row.account_id),
        None if row.area_id is None else AreaId(row.area_id),
        None if row.owner_id is None else EmployeeId(row.owner_id),
        row.owner,
        row.opened_by,
        row.began_at,
        row.opened_at,
        row.last_sign_at,
        row.acknowledged_at,
        row.acknowledged_by,
        row.confirmed_at,
        row.contained_at,
        row.stated_at,
        row.closed_at,
        row.threads,
        row.evidence,
    )
