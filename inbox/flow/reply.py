"""Writing a reply and putting it into the outbox, and taking it back within the undo time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from inbox.flow.findings import Finding, check
from inbox.flow.races import did, who
from inbox.model.account import Account
from inbox.model.ids import EmployeeId, MentionId, ReplyId, ThreadId
from inbox.model.outbox import Draft, Reply
from inbox.model.thread import Presence
from inbox.model.typed import typed
from inbox.model.words import AfterSend, DraftKind, ReplyState, Visibility
from inbox.store import accounts, answering, audit, config, drafts, handling, outbox, people, presence, threads
from inbox.store.answering import Standing
from inbox.store.engine import Session, Store
from inbox.store.errors import LostRace, NotFound, Refused

__all__ = [
    "Claim",
    "Finding",
    "check",
    "claim",
    "leave",
    "look",
    "save_draft",
    "send",
    "send_again",
    "send_now",
    "unsend",
]


@dataclass(frozen=True, slots=True)
class Claim:
    """What the composer starts from: ``version`` and ``newest`` are what a sending is held against, ``others``
    who else is there, ``draft`` what was left unsent here.
    """

    version: int
    newest: MentionId | None
    account: Account
    draft: Draft | None
    others: tuple[Presence, ...]


def look(store: Store, thread_id: ThreadId, employee: str, *, now: datetime) -> tuple[Presence, ...]:
    """The employee has the thread on screen (renewed every 20 s); who else does."""
    with store.write(durable=False) as s:
        presence.here(s, thread_id, employee, claimed=False, now=now)
        return _others(s, thread_id, employee, now)


def claim(store: Store, thread_id: ThreadId, employee: str, *, now: datetime) -> Claim:
    """Open the composer: claims the reply against the thread's version. Raises ``NotFound``."""
    with store.write(durable=False) as s:
        here = answering.standing(s, thread_id)
        employee_id = people.employee(s, employee).id
        presence.here(s, thread_id, employee, claimed=True, now=now)
        answering.start(s, thread_id, employee_id, now)
        handling.opened(s, thread_id, employee_id, now)
        return Claim(
            version=here.version,
            newest=here.newest,
            account=accounts.get(s, here.account_id),
            draft=drafts.get(s, thread_id, employee_id),
            others=_others(s, thread_id, employee, now),
        )


def leave(store: Store, thread_id: ThreadId, employee: str) -> None:
    """The thread is on this employee's screen no more."""
    with store.write(durable=False) as s:
        presence.leave(s, thread_id, employee)


def save_draft(
    store: Store,
    thread_id: ThreadId,
    text: str,
    *,
    employee: str,
    version: int,
    now: datetime,
    visibility: Visibility = Visibility.PUBLIC,
    answers: MentionId | None = None,
    kind: DraftKind = DraftKind.REPLY,
) -> None:
    """Keep what was written so far, a reply and a note each by itself; an empty text drops the draft.

    Raises ``NotFound``.
    """
    with store.write() as s:
        employee_id = people.employee(s, employee).id
        drafts.save(s, Draft(thread_id, employee_id, typed(text), visibility, answers, version, now, kind))


def send(
    store: Store,
    thread_id: ThreadId,
    text: str,
    *,
    employee: str,
    now: datetime,
    visibility: Visibility = Visibility.PUBLIC,
    after: AfterSend = AfterSend.WAIT,
    expect: int | None = None,
    seen: MentionId | None = None,
    answers: MentionId | None = None,
    acknowledgement: bool = False,
    undo: timedelta | None = None,
) -> Reply:
    """Put a reply into the outbox, to go out after the undo time (the workspace's, or ``undo``).

    ``expect`` is the thread's version and ``seen`` the customer's newest mention when the writing began: raises
    ``LostRace``, saying what happened, when either is newer now; None skips it. Raises ``Refused`` with what a
    check says, and ``NotFound``.
    """
    text = typed(text).strip()
    with store.write() as s:
        here = answering.standing(s, thread_id)
        _hold_against(s, thread_id, here, expect, seen)
        target = _target(s, thread_id, here, answers)
        _stop_on_block(s, here, target, text, visibility)
        employee_id = _employee_id(s, employee)
        wait = config.load(s).settings.undo if undo is None else undo
        reply = outbox.enqueue(
            s,
            thread_id=thread_id,
            account_id=here.account_id,
            employee_id=employee_id,
            employee=employee,
            text=text,
            visibility=visibility,
            after_send=after,
            answers=target,
            thread_version=here.version,
            acknowledgement=acknowledgement,
            queued_at=now,
            not_before=now + wait,
        )
        if employee_id is not None:
            drafts.drop(s, thread_id, employee_id)
            answering.start(s, thread_id, employee_id, now)
            presence.here(s, thread_id, employee, claimed=False, now=now)
        audit.record(s, employee, "reply", thread_id, now, reply=reply.id, after=after.value)
        return reply


def unsend(store: Store, reply_id: ReplyId, *, actor: str, now: datetime) -> Reply:
    """Take a reply back before it goes out; its text is a draft again. Raises ``LostRace`` when it has gone."""
    with store.write() as s:
        before = outbox.get(s, reply_id)
        taken = outbox.cancel(s, reply_id)
        if taken is None:
            raise LostRace(_too_late(before))
        if taken.employee_id is not None and drafts.get(s, taken.thread_id, taken.employee_id) is None:
            again = (taken.text, taken.visibility, taken.answers, taken.thread_version)
            drafts.save(s, Draft(taken.thread_id, taken.employee_id, *again, now))
        audit.record(s, actor, "unsend", taken.thread_id, now, reply=reply_id)
        return taken


def send_again(store: Store, reply_id: ReplyId, *, actor: str, now: datetime) -> Reply:
    """Send a failed reply again, as a new attempt. Raises ``LostRace`` when it has not failed."""
    with store.write() as s:
        before = outbox.get(s, reply_id)
        again = outbox.send_again(s, reply_id, now=now)
        if again is None:
            raise LostRace(f"This reply is {before.state.value}, so it is not sent again.")
        audit.record(s, actor, "send again", again.thread_id, now, reply=reply_id)
        return again


def send_now(store: Store, reply_id: ReplyId, *, now: datetime) -> Reply:
    """End the undo time of a queued reply. Raises ``LostRace`` when it is queued no more."""
    with store.write() as s:
        before = outbox.get(s, reply_id)
        hurried = outbox.send_now(s, reply_id, now=now)
        if hurried is None:
            raise LostRace(_too_late(before))
        return hurried


def _others(s: Session, thread_id: ThreadId, employee: str, now: datetime) -> tuple[Presence, ...]:
    return tuple(each for each in presence.who(s, thread_id, now=now) if each.employee != employee)


def _hold_against(s: Session, thread_id: ThreadId, here: Standing, expect: int | None, seen: MentionId | None) -> None:
    if seen is not None and here.newest is not None and here.newest != seen:
        name = threads.row(s, thread_id).author_name
        raise LostRace(f"{name} wrote again while you were writing.")
    if expect is not None and here.version != expect:
        event = next(reversed(audit.for_thread(s, thread_id)), None)
        if event is None:
            raise LostRace("This thread changed while you were writing.")
        raise LostRace(f"{who(s, event.actor)} {did(event)} while you were writing.")


def _target(s: Session, thread_id: ThreadId, here: Standing, answers: MentionId | None) -> MentionId:
    target = answers or here.newest
    if target is None:
        raise Refused("There is no mention in this thread to answer.")
    if not answering.in_thread(s, thread_id, target):
        raise Refused("The mention to answer is not in this thread.")
    return target


def _stop_on_block(s: Session, here: Standing, target: MentionId, text: str, visibility: Visibility) -> None:
    account = accounts.get(s, here.account_id)
    author = answering.answered(s, here.account_id, target).author_handle
    blocks = [
        found for found in check(text, account, visibility=visibility, author_handle=author) if found.level == "block"
    ]
    if blocks:
        raise Refused(blocks[0].message)


def _employee_id(s: Session, name: str) -> EmployeeId | None:
    """None for ``command``: somebody at the command line who is no employee."""
    try:
        return people.employee(s, name).id
    except NotFound:
        if name == "command":
            return None
        raise


def _too_late(reply: Reply) -> str:
    if reply.state is ReplyState.SENT:
        return "It has gone out already."
    if reply.state is ReplyState.CANCELLED:
        return "It was taken back already."
    return "It is going out at this moment."
