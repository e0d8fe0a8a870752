"""What people do with an incident's statements until they are published: write, ask for approval, approve, send back.

Each is one transaction, audited and told on the timeline. ``expect`` is the version that the person was looking at;
``actor`` an employee's name or ``command``. All raise ``NotFound``, ``LostRace``, and ``Refused`` for what the
statement's or the incident's state does not allow. An approval is of one version: whatever changes it voids it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from inbox.flow.hot import statements_approval as approval
from inbox.flow.hot import statements_checks as checks
from inbox.flow.hot.statements_deed import Deed, Discarded, Done, Published, begin, going, handles
from inbox.flow.hot.statements_sending import publish, send_again, withdraw
from inbox.flow.races import by
from inbox.model.change import Change
from inbox.model.ids import AccountId, IncidentId
from inbox.model.incident import IncidentState, StatementState, TimelineEvent
from inbox.model.notice import Notice, NoticeKind
from inbox.model.people import Employee
from inbox.model.typed import typed, typed_line
from inbox.store import accounts as account_store
from inbox.store import incidents, notices, people, statements
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound, Refused
from inbox.store.statements import of

LONGEST: Final = 10_000
MOST: Final = 100
_VOID: Final = {"approved_by": "", "approved_at": None, "asked_at": None}


def draft(
    store: Store, incident_id: IncidentId, text: str, accounts: Sequence[AccountId], *, actor: str, now: datetime
) -> Done:
    """Write a statement: the holding statement, or an update of it."""
    text = _text(text)
    with store.write() as s:
        found = going(s, incident_id)
        if len(statements.of(s, incident_id)) >= MOST:
            raise Refused(f"There are {MOST} statements, which is the most.")
        number = statements.add(s, incident_id, text, _known(s, accounts), by=actor, at=now)
        deed = begin(s, incident_id, number, actor=actor, now=now)
        deed.write_down("draft", f"Statement written, version {deed.found.version}.", words=text)
    return Done(f"The statement about {found.quoted} is written.", s.change, number)


def edit(
    store: Store,
    incident_id: IncidentId,
    statement_id: int,
    text: str | None = None,
    accounts: Sequence[AccountId] | None = None,
    *,
    actor: str,
    now: datetime,
    expect: int | None = None,
) -> Done:
    """Change the text, or where it is to stand; an approval of what it said before is void."""
    with store.write() as s:
        deed = begin(s, incident_id, statement_id, actor=actor, now=now, expect=expect)
        found = deed.found
        _unpublished(deed)
        values, last = _changes(deed, text, accounts), deed.last()
        if not values:
            return Done("Nothing was changed.", Change(), statement_id)
        _seen(deed)
        statements.change(s, statement_id, {**values, **_VOID, "state": str(StatementState.DRAFT)})
        deed = replace(deed, found=replace(found, version=found.version + 1))
        void = _void(deed, found.state, found.approved_by)
        said = f"Statement changed, version {deed.found.version}."
        again = found.state is not StatementState.DRAFT or _changed_since_asked(last)
        words = {"words": values["text"]} if "text" in values else {}
        deed.write_down("edit", said + void, **words, again=again)
    return Done(f"The statement is version {deed.found.version} now.{void}", s.change, statement_id)


def ask(
    store: Store, incident_id: IncidentId, statement_id: int, *, actor: str, now: datetime, expect: int | None = None
) -> Done:
    """Ask those who may approve it; each of them gets a notice."""
    with store.write() as s:
        deed = begin(s, incident_id, statement_id, actor=actor, now=now, expect=expect)
        _unpublished(deed)
        if deed.found.state is not StatementState.DRAFT:
            return Done(f"Approval is {_reached(deed.found.state)} already.", Change(), statement_id)
        _stop(deed)
        staff = people.employees(s)
        whom = [each for each in approval.to_ask(staff, deed.found.written_by) if each.name != actor]
        statements.move(s, statement_id, {"state": str(StatementState.ASKED), "asked_at": now})
        sentence = f"{deed.me} asks you to approve the statement about {deed.incident.quoted}."
        _notify(deed, whom, "ask", sentence)
        told = f" Told: {', '.join(each.full_name or each.name for each in whom)}." if whom else ""
        deed.write_down("ask", f"Approval asked for version {deed.found.version} of the statement.{told}")
    return Done(f"Approval is asked for.{told}", s.change, statement_id)


def approve(
    store: Store, incident_id: IncidentId, statement_id: int, *, actor: str, now: datetime, expect: int | None = None
) -> Done:
    """It may go out as it is. Not by whoever wrote it, unless nobody else may; the timeline says so then."""
    with store.write() as s:
        deed = begin(s, incident_id, statement_id, actor=actor, now=now, expect=expect)
        found = deed.found
        _unpublished(deed)
        if found.state is StatementState.APPROVED:
            return Done(f"It was approved by {by(s, found.approved_by)} already.", Change(), statement_id)
        last = deed.last()
        if found.state is StatementState.DRAFT and last is not None and last.details.get("did") == "return":
            raise Refused(f"{last.text} Change it, or ask for approval again.")
        if expect is None and found.state is StatementState.DRAFT and _changed_since_asked(last):
            raise Refused(f"{last.text if last else ''} Look at it, and ask for approval again.".strip())
        reason = approval.why_not(actor, people.employees(s), found.written_by)
        if reason:
            raise Refused(reason)
        _stop(deed)
        values = {"state": str(StatementState.APPROVED), "approved_by": actor, "approved_at": now}
        statements.move(s, statement_id, values)
        _seen(deed)
        alone = " Nobody else checked it." if actor == found.written_by else ""
        _tell_writer(deed, "approve", f"{deed.me} approved the statement about {deed.incident.quoted}.")
        deed.write_down("approve", f"Version {found.version} of the statement approved by {deed.doer}.{alone}")
    return Done(f"The statement is approved.{alone}", s.change, statement_id)


def send_back(
    store: Store,
    incident_id: IncidentId,
    statement_id: int,
    reason: str,
    *,
    actor: str,
    now: datetime,
    expect: int | None = None,
) -> Done:
    """It may not go out as it is: a draft again, its writer told why."""
    reason = typed_line(reason).rstrip(".")
    if not reason:
        raise Refused("Say why it is sent back.")
    with store.write() as s:
        deed = begin(s, incident_id, statement_id, actor=actor, now=now, expect=expect)
        _unpublished(deed)
        if deed.found.state is StatementState.DRAFT:
            return Done("It is a draft already.", Change(), statement_id)
        statements.move(s, statement_id, {**_VOID, "state": str(StatementState.DRAFT)})
        _seen(deed)
        _tell_writer(deed, "return", f"{deed.me} sent the statement back: {reason}.")
        said = f"Version {deed.found.version} of the statement sent back by {deed.doer}: {reason}."
        deed.write_down("return", said, reason=reason)
    return Done("The statement is sent back.", s.change, statement_id)


def discard(
    store: Store, incident_id: IncidentId, statement_id: int, *, actor: str, now: datetime, expect: int | None = None
) -> Done:
    """Throw away what was not published, also once the incident is over."""
    with store.write() as s:
        deed = begin(s, incident_id, statement_id, actor=actor, now=now, expect=expect, states=tuple(IncidentState))
        _unpublished(deed)
        _seen(deed)
        statements.remove(s, statement_id)
        deed.write_down("discard", "Statement discarded.", words=deed.found.text)
    return Done("The statement is discarded.", s.change, None, Discarded(deed.found))


def take_back(store: Store, undo: Discarded | Published, *, actor: str, now: datetime) -> Done:
    """The way back: what was discarded is there again, what was published goes no further."""
    if isinstance(undo, Published):
        return withdraw(store, undo.incident_id, undo.statement_id, actor=actor, now=now)
    old = undo.statement
    with store.write() as s:
        if incidents.locked(s, old.incident_id) is None:
            raise NotFound("The incident is gone.")
        number = statements.add(s, old.incident_id, old.text, old.account_ids, by=old.written_by, at=old.written_at)
        values = {"state": str(old.state), "version": old.version, "asked_at": old.asked_at}
        statements.move(s, number, {**values, "approved_by": old.approved_by, "approved_at": old.approved_at})
        deed = begin(s, old.incident_id, number, actor=actor, now=now, states=tuple(IncidentState))
        deed.write_down("restore", "The statement that was discarded is there again.", words=old.text)
    return Done("The statement is there again.", s.change, number)


def _text(text: str) -> str:
    text = typed(text).strip()
    if not text:
        raise Refused("There is nothing in it.")
    if len(text) > LONGEST:
        raise Refused(f"It is too long: {LONGEST:,} characters is the most.")
    return text


def _known(s: Session, ids: Iterable[AccountId]) -> list[AccountId]:
    """Each once, in the order given; raises ``NotFound`` for one that is not there."""
    there = {each.id for each in account_store.all(s)}
    chosen = list(dict.fromkeys(ids))
    missing = next((each for each in chosen if each not in there), None)
    if missing is not None:
        raise NotFound(f"There is no account number {missing}.")
    return chosen


def _changes(deed: Deed, text: str | None, accounts: Sequence[AccountId] | None) -> dict[str, Any]:
    """What differs; whoever changes the words has written them."""
    values: dict[str, Any] = {}
    if text is not None and _text(text) != deed.found.text:
        values |= {"text": _text(text), "written_by": deed.actor, "written_at": deed.now}
    if accounts is not None and set(accounts) != set(deed.found.account_ids):
        values["accounts"] = _known(deed.session, accounts)
    return values


def _unpublished(deed: Deed) -> None:
    if deed.found.state is StatementState.PUBLISHED:
        raise Refused(f"It is published already{deed.since()}. Write another statement as an update.")


def _stop(deed: Deed) -> None:
    found = deed.found
    reason = checks.why_not(found.text, found.account_ids, account_store.all(deed.session))
    if reason:
        raise Refused(reason)


def _void(deed: Deed, state: StatementState, approved_by: str) -> str:
    if state is StatementState.APPROVED:
        return f" The approval by {by(deed.session, approved_by)} is void."
    return " Approval has to be asked for again." if state is StatementState.ASKED else ""


def _changed_since_asked(last: TimelineEvent | None) -> bool:
    """Whether what was last done changed words that approval was asked for: who approves may have read the others."""
    return last is not None and bool(last.details.get("again"))


def _reached(state: StatementState) -> str:
    return "given" if state is StatementState.APPROVED else "asked for"


def _seen(deed: Deed) -> None:
    """What was told of it so far needs nobody's look any more."""
    notices.mark_key_seen(deed.session, f"statement:{deed.found.id}", deed.now)


def _tell_writer(deed: Deed, did: str, sentence: str) -> None:
    writer = [each for each in people.employees(deed.session) if each.name == deed.found.written_by != deed.actor]
    _notify(deed, writer, did, sentence)


def _notify(deed: Deed, whom: Iterable[Employee], did: str, sentence: str) -> None:
    # Its time is in the key: what is asked for anew is told of anew.
    key = f"statement:{deed.found.id}:{did}:{deed.now.isoformat()}"
    rows = [Notice(0, each.id, deed.now, NoticeKind.INCIDENT, None, sentence, key) for each in whom]
    notices.add(deed.session, rows)


__all__ = [
    "Discarded",
    "Done",
    "Published",
    "approve",
    "ask",
    "discard",
    "draft",
    "edit",
    "handles",
    "of",
    "publish",
    "send_again",
    "send_back",
    "take_back",
    "withdraw",
]
