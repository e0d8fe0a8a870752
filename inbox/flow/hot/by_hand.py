"""Opens an incident by hand."""

from collections.abc import Collection
from datetime import datetime

from inbox.flow.hot import playbooks
from inbox.flow.hot.deciding import ACTION, LONGEST_TITLE, Done
from inbox.flow.hot.fitting import fits_of
from inbox.model.ids import IncidentId, ThreadId
from inbox.model.incident import BY_HAND, IncidentState, Severity
from inbox.model.typed import typed_line
from inbox.store import audit, config, incidents, threads
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused


def open_incident(
    store: Store,
    title: str,
    thread_ids: Collection[ThreadId] = (),
    *,
    severity: Severity = Severity.MEDIUM,
    actor: str,
    now: datetime,
) -> tuple[IncidentId, Done]:
    """Open a confirmed incident that holds some threads; it began with the first of them. Raises ``Refused``, and
    ``NotFound`` for a thread.
    """
    title = typed_line(title)
    if not title:
        raise Refused("An incident needs a name.")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"The name has {LONGEST_TITLE} characters at most.")
    with store.write() as s:
        rows = threads.rows(s, list(thread_ids))
        missing = sorted(set(thread_ids) - {row.id for row in rows})
        if missing:
            raise NotFound(f"There is no thread {missing[0]}.")
        accounts = {row.account_id for row in rows}
        incident_id = incidents.open_new(
            s,
            {
                "kind": BY_HAND,
                "title": title,
                "state": str(IncidentState.CONFIRMED),
                "severity": str(severity),
                "account_id": accounts.pop() if len(accounts) == 1 else None,
                "opened_by": actor,
                "began_at": min((row.first_mention_at for row in rows), default=now),
                "opened_at": now,
                "acknowledged_at": now,
                "acknowledged_by": actor,
                "confirmed_at": now,
            },
        )
        incidents.tell(s, incident_id, "state", "Opened by hand.", actor=actor, at=now)
        found = incidents.get(s, incident_id)
        if found is not None:
            ids = [row.id for row in rows]
            incidents.gather(s, incident_id, title, ids, by=actor, at=now, match=fits_of(s, found, ids))
            playbooks.begin(s, found, config.load(s), now)
        audit.record(s, actor, ACTION, None, now, incident=incident_id, did="open")
    return incident_id, Done(f"“{title}” is open.", s.change)
