"""What people do with an incident: confirm, contain, close, dismiss, own, name and merge it, put threads in and out.

Each is one transaction, audited and told on the timeline. ``expect`` is the version that the person was looking at;
``actor`` an employee's name or ``command``. All raise ``NotFound``, ``LostRace``, and ``Refused`` for what the
incident's state does not allow.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from inbox.flow.hot import playbooks
from inbox.flow.hot.fitting import fits_of
from inbox.flow.hot.statements_deed import handles
from inbox.flow.races import by, who
from inbox.model.change import Change
from inbox.model.ids import IncidentId, ThreadId
from inbox.model.incident import OPEN_STATES, Incident, IncidentState, Severity
from inbox.model.typed import typed, typed_line
from inbox.store import audit, config, decisions, holds, hot, incidents, people, statements
from inbox.store.engine import Session, Store
from inbox.store.errors import LostRace, NotFound, Refused

ACTION: Final = "incident"
LONGEST_TITLE: Final = 120
LONGEST_NOTE: Final = 10_000
_DECIDED: Final = frozenset({"state", "owner", "severity", "threads", "escalation"})
"""What is told of on the timeline when its version moves on."""
_COLUMNS: Final = (
    "state",
    "severity",
    "title",
    "owner_id",
    "acknowledged_at",
    "acknowledged_by",
    "confirmed_at",
    "contained_at",
    "closed_at",
)


@dataclass(frozen=True, slots=True)
class IncidentUndo:
    """The way back: the columns as they were, and the threads that went in and out. What was taught stays taught."""

    incident_id: IncidentId
    version: int
    before: dict[str, Any]
    put: tuple[ThreadId, ...] = ()
    taken: tuple[ThreadId, ...] = ()
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What was decided, said to the person; ``undo`` None where there is no way back."""

    sentence: str
    change: Change
    undo: IncidentUndo | None = None


@dataclass(slots=True)
class _Deed:
    """A decision under way."""

    session: Session
    found: Incident
    actor: str
    now: datetime
    values: dict[str, Any] = field(default_factory=dict)

    def tell(self, kind: str, text: str, **details: Any) -> None:  # noqa: ANN401 - JSON values
        incidents.tell(self.session, self.found.id, kind, text, actor=self.actor, at=self.now, **details)

    def acknowledge(self) -> None:
        """Whoever first decides something has seen it."""
        if self.found.acknowledged_at is None:
            self.values |= {"acknowledged_at": self.now, "acknowledged_by": self.actor}

    def done(self, sentence: str, did: str, *, put: Iterable[ThreadId] = (), taken: Iterable[ThreadId] = ()) -> Done:
        """Write it down; the change is filled in after the commit."""
        before = {name: getattr(self.found, name) for name in _COLUMNS}
        incidents.change(self.session, self.found.id, self.values)
        audit.record(self.session, self.actor, ACTION, None, self.now, incident=self.found.id, did=did)
        undo = IncidentUndo(self.found.id, self.found.version + 1, before, tuple(put), tuple(taken))
        return Done(sentence, Change(), undo)


def confirm(store: Store, incident_id: IncidentId, *, actor: str, now: datetime, expect: int | None = None) -> Done:
    """It is one. Teaches the detector."""
    return _move_on(store, incident_id, IncidentState.CONFIRMED, "confirmed_at", actor=actor, now=now, expect=expect)


def contain(store: Store, incident_id: IncidentId, *, actor: str, now: datetime, expect: int | None = None) -> Done:
    """It grows no more."""
    return _move_on(store, incident_id, IncidentState.CONTAINED, "contained_at", actor=actor, now=now, expect=expect)


def close(store: Store, incident_id: IncidentId, *, actor: str, now: datetime, expect: int | None = None) -> Done:
    """It is over."""
    return _move_on(store, incident_id, IncidentState.CLOSED, "closed_at", actor=actor, now=now, expect=expect)


def dismiss(store: Store, incident_id: IncidentId, *, actor: str, now: datetime, expect: int | None = None) -> Done:
    """It was none. Teaches the detector, which says no more of the matter for a week."""
    return _move_on(store, incident_id, IncidentState.DISMISSED, "closed_at", actor=actor, now=now, expect=expect)


def reopen(store: Store, incident_id: IncidentId, *, actor: str, now: datetime, expect: int | None = None) -> Done:
    """It is one again, whatever had become of it."""
    with store.write() as s:
        deed = _deed(s, incident_id, actor, now, expect, over=True)
        if deed.found.state is IncidentState.MERGED:
            raise Refused(f"{deed.found.quoted} is part of another incident. Take it out of that (unmerge) instead.")
        deed.values |= {"state": str(IncidentState.CONFIRMED), "closed_at": None}
        deed.values["confirmed_at"] = deed.found.confirmed_at or now
        deed.acknowledge()
        deed.tell("state", f"Reopened by {by(s, actor)}.")
        done = deed.done(f"{deed.found.quoted} is open again.", "reopen")
        incidents.show(s, incidents.threads(s, incident_id))
    return replace(done, change=s.change)


def own(
    store: Store, incident_id: IncidentId, employee: str | None, *, actor: str, now: datetime, expect: int | None = None
) -> Done:
    """Give it to an employee by name, or (None) to nobody."""
    with store.write() as s:
        deed = _deed(s, incident_id, actor, now, expect)
        found = (
            None if employee is None else next((each for each in people.employees(s) if each.name == employee), None)
        )
        if employee is not None and found is None:
            raise NotFound(f"There is no employee “{employee}”.")
        deed.values["owner_id"] = None if found is None else found.id
        deed.acknowledge()
        name = "nobody" if found is None else found.full_name or found.name
        deed.tell("owner", f"{name[:1].upper()}{name[1:]} owns it.")
        done = deed.done(f"{deed.found.quoted} is owned by {name}.", "own")
    return replace(done, change=s.change)


def set_severity(
    store: Store, incident_id: IncidentId, severity: Severity, *, actor: str, now: datetime, expect: int | None = None
) -> Done:
    """Say how bad it is."""
    with store.write() as s:
        deed = _deed(s, incident_id, actor, now, expect)
        deed.values["severity"] = str(severity)
        deed.tell("severity", f"Severity {severity} (was {deed.found.severity}).")
        done = deed.done(f"The severity is {severity}.", "severity")
    return replace(done, change=s.change)


def rename(
    store: Store, incident_id: IncidentId, title: str, *, actor: str, now: datetime, expect: int | None = None
) -> Done:
    """Give it another name."""
    title = typed_line(title)
    if not title:
        raise Refused("An incident needs a name.")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"The name has {LONGEST_TITLE} characters at most.")
    with store.write() as s:
        deed = _deed(s, incident_id, actor, now, expect)
        deed.values["title"] = title
        deed.tell("state", f"Named “{title}” (was {deed.found.quoted}).")
        done = deed.done(f"It is called “{title}” now.", "rename")
        incidents.show(s, incidents.threads(s, incident_id))
    return replace(done, change=s.change)


def put(
    store: Store,
    incident_id: IncidentId,
    threads: Collection[ThreadId],
    *,
    actor: str,
    now: datetime,
    expect: int | None = None,
) -> Done:
    """Put threads in by hand."""
    with store.write() as s:
        deed = _deed(s, incident_id, actor, now, expect)
        missing = sorted(set(threads) - decisions.states(s, threads).keys())
        if missing:
            raise NotFound(f"There is no thread {missing[0]}.")
        match = fits_of(s, deed.found, threads)
        new = incidents.gather(s, incident_id, deed.found.title, threads, by=actor, at=now, match=match)
        if not new:
            return Done("They are in it already.", Change())
        deed.tell("threads", f"{_counted(new)} put in.", threads=new)
        done = deed.done(f"{_counted(new)} put into {deed.found.quoted}.", "put", put=new)
    return replace(done, change=s.change)


def take(
    store: Store,
    incident_id: IncidentId,
    threads: Collection[ThreadId],
    *,
    actor: str,
    now: datetime,
    expect: int | None = None,
) -> Done:
    """Take threads out; they stay out, whatever they match."""
    with store.write() as s:
        deed = _deed(s, incident_id, actor, now, expect)
        gone = incidents.release(s, incident_id, threads, now)
        if not gone:
            return Done("They are not in it.", Change())
        deed.tell("threads", f"{_counted(gone)} taken out.", threads=gone)
        done = deed.done(f"{_counted(gone)} taken out of {deed.found.quoted}.", "take", taken=gone)
    return replace(done, change=s.change)


def note(store: Store, incident_id: IncidentId, text: str, *, actor: str, now: datetime) -> Done:
    """Write a note on the timeline, for colleagues only."""
    return _write(store, incident_id, "note", text, actor=actor, now=now)


def update(store: Store, incident_id: IncidentId, text: str, *, actor: str, now: datetime) -> Done:
    """Write where things stand, for everybody who follows the incident."""
    return _write(store, incident_id, "update", text, actor=actor, now=now)


def merge(
    store: Store, incident_id: IncidentId, into: IncidentId, *, actor: str, now: datetime, expect: int | None = None
) -> Done:
    """It is part of another incident: its threads go there, and it is over."""
    if incident_id == into:
        raise Refused("An incident cannot be merged into itself.")
    with store.write() as s:
        _lock(s, incident_id, into)
        deed, other = _deed(s, incident_id, actor, now, expect), _deed(s, into, actor, now, None)
        moving = incidents.threads(s, incident_id)
        incidents.lock_threads(s, moving)
        new = incidents.gather(s, into, other.found.title, moving, by=incidents.MATCH, at=now)
        deed.values |= {"state": str(IncidentState.MERGED), "closed_at": now, "merged_into": into}
        deed.acknowledge()
        said = [each.id for each in statements.of(s, incident_id)]
        statements.rehome(s, said, into)
        before = {"state": str(deed.found.state), "began_at": other.found.began_at.isoformat()}
        told = {"into": into, "threads": new, "statements": said, "before": before}
        deed.tell("state", f"Merged into {other.found.quoted}.", **told)
        came = f"{deed.found.quoted} was merged into this, with {_counted(moving)}."
        other.tell("threads", came, incident=incident_id)
        began = min(deed.found.began_at, other.found.began_at)
        terms = [*other.found.terms, *deed.found.terms]
        incidents.change(s, into, {"began_at": began, "terms": terms, "stated_at": statements.since(s, into)})
        _teach(deed, was_real=True)
        done = deed.done(f"{deed.found.quoted} is part of {other.found.quoted} now.", "merge")
        incidents.show(s, moving)
    return replace(done, change=s.change, undo=None if done.undo is None else replace(done.undo, merged=True))


def unmerge(store: Store, incident_id: IncidentId, *, actor: str, now: datetime, expect: int | None = None) -> Done:
    """It is an incident of its own again, as it was; of its threads those that came by the merge leave the other."""
    with store.write() as s:
        before = _merged(s, incident_id)
        _lock(s, incident_id, *(() if before is None else (before["into"],)))
        deed, told = _deed(s, incident_id, actor, now, expect, over=True), _merged(s, incident_id)
        if deed.found.state is not IncidentState.MERGED or told is None:
            raise Refused(f"{deed.found.quoted} is not part of another incident.")
        other = incidents.locked(s, IncidentId(told["into"]))
        if other is None or other.state is IncidentState.MERGED:
            raise LostRace("The incident that holds it was itself merged since. Take that one out first.")
        incidents.lock_threads(s, {*told["threads"], *incidents.threads(s, incident_id)})
        incidents.ungather(s, other.id, [ThreadId(each) for each in told["threads"]])
        statements.rehome(s, told.get("statements", ()), incident_id)
        incidents.change(s, other.id, {"stated_at": statements.since(s, other.id)})
        _forget_terms(s, other, deed.found, datetime.fromisoformat(told["before"]["began_at"]))
        gone = f"{deed.found.quoted} was taken out again, with {_counted(told['threads'])}."
        incidents.tell(s, other.id, "threads", gone, actor=actor, at=now, incident=incident_id)
        deed.values |= {"state": told["before"]["state"], "closed_at": None, "merged_into": None}
        deed.values["stated_at"] = statements.since(s, incident_id)
        deed.tell("state", f"Taken out of {other.quoted} again.")
        done = deed.done(f"{deed.found.quoted} is an incident of its own again.", "unmerge")
        incidents.show(s, incidents.threads(s, incident_id))
    return replace(done, change=s.change, undo=None)


def undo_incident(store: Store, undo: IncidentUndo, *, actor: str, now: datetime) -> Done:
    """Take a decision back, unless something else was decided since (``LostRace``)."""
    if undo.merged:
        return unmerge(store, undo.incident_id, actor=actor, now=now, expect=undo.version)
    with store.write() as s:
        found = incidents.locked(s, undo.incident_id)
        if found is None:
            raise NotFound("The incident is gone.")
        if found.version != undo.version:
            raise LostRace(f"Something else was decided about {found.quoted} since. It stays as it is.")
        incidents.lock_threads(s, {*undo.put, *undo.taken, *incidents.threads(s, found.id)})
        values = {name: str(value) if name in {"state", "severity"} else value for name, value in undo.before.items()}
        incidents.change(s, found.id, values)
        incidents.release(s, found.id, undo.put, now)
        incidents.gather(s, found.id, str(undo.before["title"]), undo.taken, by=actor, at=now)
        incidents.tell(s, found.id, "state", "The last decision was taken back.", actor=actor, at=now)
        audit.record(s, actor, ACTION, None, now, incident=found.id, did="undo")
        incidents.show(s, incidents.threads(s, found.id))
    return Done(f"“{undo.before['title']}” is as it was.", s.change)


def _move_on(
    store: Store,
    incident_id: IncidentId,
    state: IncidentState,
    column: str,
    *,
    actor: str,
    now: datetime,
    expect: int | None,
) -> Done:
    with store.write() as s:
        deed = _deed(s, incident_id, actor, now, expect)
        if deed.found.state is state:
            return Done(f"{deed.found.quoted} is {state} already.", Change())
        deed.values |= {"state": str(state), column: now}
        deed.acknowledge()
        if state in {IncidentState.CONFIRMED, IncidentState.DISMISSED}:
            _teach(deed, was_real=state is IncidentState.CONFIRMED)
        if state is IncidentState.CONFIRMED:
            playbooks.begin(s, deed.found, config.load(s), now)
        deed.tell("state", f"{str(state).capitalize()} by {by(s, actor)}.")
        left = "" if state in OPEN_STATES else _still_held(s, incident_id)
        done = deed.done(f"{deed.found.quoted} is {state}.{left}", str(state))
        if state not in OPEN_STATES:
            incidents.show(s, incidents.threads(s, incident_id))
    return replace(done, change=s.change)


def _still_held(s: Session, incident_id: IncidentId) -> str:
    """What its end does not end: holds stay until somebody releases them."""
    found = [each.account_id for each in holds.standing(s) if each.incident_id == incident_id]
    if not found:
        return ""
    some = [each for each in found if each is not None]
    return f" Outgoing posts are still held {'everywhere' if None in found else f'on {handles(s, some)}'}."


def _write(store: Store, incident_id: IncidentId, kind: str, text: str, *, actor: str, now: datetime) -> Done:
    text = typed(text).strip()
    if not text:
        raise Refused("There is nothing in it.")
    if len(text) > LONGEST_NOTE:
        raise Refused(f"It is too long: {LONGEST_NOTE:,} characters is the most.")
    with store.write() as s:
        found = incidents.get(s, incident_id)
        if found is None:
            raise NotFound(f"There is no incident {incident_id}.")
        incidents.tell(s, incident_id, kind, text, actor=actor, at=now)
        audit.record(s, actor, ACTION, None, now, incident=incident_id, did=kind)
    return Done(f"The {kind} is on the timeline.", s.change)


def _deed(
    s: Session, incident_id: IncidentId, actor: str, now: datetime, expect: int | None, *, over: bool = False
) -> _Deed:
    found = incidents.locked(s, incident_id)
    if found is None:
        raise NotFound(f"There is no incident {incident_id}.")
    if expect is not None and expect != found.version:
        raise LostRace(_quicker(s, found, expect))
    if (found.state in OPEN_STATES) == over:
        raise Refused(f"{found.quoted} is {'still open' if over else f'{found.state} already'}.")
    return _Deed(s, found, actor, now)


def _quicker(s: Session, found: Incident, seen: int) -> str:
    told = (each for each in incidents.timeline(s, found.id) if each.kind in _DECIDED and each.actor != "collector")
    last = next(told, None)
    if last is None or seen > found.version:
        return f"{found.quoted} is of another version ({found.version}). Nothing was changed; look again."
    what = f"{who(s, last.actor)} changed {found.quoted} meanwhile ({last.text.rstrip('.')})"
    return f"{what}. Nothing else was changed; look again."


def _lock(s: Session, *ids: IncidentId) -> None:
    """In one order whoever merges which into which, so that two who do it at once wait and do not hang."""
    for each in sorted(ids):
        incidents.locked(s, each)


def _merged(s: Session, incident_id: IncidentId) -> Mapping[str, Any] | None:
    """What was told of its last merge."""
    return next((each.details for each in incidents.timeline(s, incident_id) if "into" in each.details), None)


def _forget_terms(s: Session, other: Incident, gone: Incident, began: datetime) -> None:
    """Without what the other knew only from the one that leaves it."""
    terms = list(other.terms)
    if gone.terms and tuple(terms[-len(gone.terms) :]) == gone.terms:
        del terms[-len(gone.terms) :]
    began_at = began if other.began_at == gone.began_at else other.began_at
    incidents.change(s, other.id, {"began_at": began_at, "terms": terms})


def _teach(deed: _Deed, *, was_real: bool) -> None:
    found = deed.found
    if found.opened_by != "collector":
        return
    alert = (found.kind, found.stream, found.terms, float(found.evidence.get("score", 0)))
    hot.teach(deed.session, found.id, alert, was_real=was_real, actor=deed.actor, now=deed.now)


def _counted(threads: Collection[ThreadId]) -> str:
    return "1 thread" if len(threads) == 1 else f"{len(threads):,} threads"
