"""The bulk reply of an incident: one text to everybody it gathered, each answer addressed to its author and put through
the checks of every reply, paced, and nothing twice to one author.

Each answer is a row of its own in the outbox, marked with the incident, which lets it pass a hold.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.findings import check
from inbox.flow.hot.confirmed import confirmed
from inbox.flow.hot.fields import check_fields, filled
from inbox.flow.policy_reasons import spoken
from inbox.flow.races import who
from inbox.model.account import Account
from inbox.model.change import Change
from inbox.model.ids import AccountId, EmployeeId, IncidentId, ThreadId
from inbox.model.incident import Incident
from inbox.model.typed import typed
from inbox.model.words import AfterSend, ReplyState, Status
from inbox.store import accounts, audit, config, incident_replies, incidents, people
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound, Refused
from inbox.store.incident_replies import Gathered, NewReply

PACE: Final = timedelta(seconds=4)
"""Between two answers of one account."""
BATCH: Final = 100
"""Answers that are queued in one transaction: nobody waits long for the database."""
LONGEST: Final = 10_000
_SHOWN: Final = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """What one author is sent."""

    thread_id: ThreadId
    account_id: AccountId
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A thread that is not answered, and why: a sentence without its full stop."""

    thread_id: ThreadId
    author: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom a bulk reply would answer with what, who is left out, and how long it would take."""

    answers: tuple[Answer, ...]
    left_out: tuple[LeftOut, ...]
    lasts: timedelta

    def reasons(self) -> list[tuple[str, int]]:
        """Why threads are left out, and how many; the most frequent first."""
        return Counter(each.why for each in self.left_out).most_common()


@dataclass(frozen=True, slots=True)
class Bulk:
    """What was queued or taken back, said to the person."""

    sentence: str
    change: Change
    queued: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the bulk reply of an incident is."""

    waiting: int
    sent: int
    failed: int
    cancelled: int
    lasts: timedelta


@dataclass(slots=True)
class _Judge:
    """Says of each thread why it is not answered; ``taken`` are the authors who are not answered again."""

    incident: Incident
    text: str
    accounts: dict[AccountId, Account]
    names: dict[str, str]
    taken: set[int]
    again: bool
    me: str

    def text_for(self, found: Gathered) -> str:
        return filled(self.text, name=found.name, handle=found.handle)

    def why_not(self, found: Gathered) -> str | None:
        """None when the author is to be answered here; from then on they are taken."""
        before = self._why_not(found)
        if before is None or found.on_its_way or found.writing is not None:
            self.taken.add(found.author_id)
        return before

    def _why_not(self, found: Gathered) -> str | None:
        since = found.last_outbound_at
        answered = since is not None and since >= self.incident.began_at
        closed = found.status is Status.CLOSED and not (self.again and answered)
        writing = found.writing not in {None, self.me}
        reasons = (
            (found.on_its_way, "a reply to them is on its way"),
            (found.author_id in self.taken, "answered, or to be answered, in another thread of theirs"),
            (answered and not self.again, "answered since it began"),
            (closed, "the thread is closed"),
            (found.hidden, "the thread is hidden"),
            (found.newest is None, "nothing of theirs is left to answer"),
            (writing, f"{self.names.get(found.writing or '', found.writing or '')} is writing to them"),
        )
        return next((why for stops, why in reasons if stops), None) or self._wrong(found)

    def _wrong(self, found: Gathered) -> str | None:
        """What the checks of every reply say that stops it."""
        account = self.accounts[found.account_id]
        said = check(self.text_for(found), account, visibility=found.visibility, author_handle=found.handle)
        return next((each.message.rstrip(".") for each in said if each.level == "block"), None)


def plan(
    s: Session,
    incident_id: IncidentId,
    text: str,
    *,
    me: str,
    now: datetime,
    threads: Collection[ThreadId] = (),
    again: bool = False,
    pace: timedelta = PACE,
) -> Plan:
    """Whom a text would answer, of all the incident's threads or of some; with ``again`` also who was answered since it
    began. Raises ``NotFound``, and ``Refused`` for a text or an incident that cannot be answered with.
    """
    text = _text(text)
    found = confirmed(s, incident_id)
    judge = _judge(s, found, text, me, again=again)
    answers, left_out = [], []
    for each in incident_replies.gathered(s, incident_id, now, threads):
        why = judge.why_not(each)
        if why is None:
            answers.append(Answer(each.thread_id, each.account_id, f"@{each.handle}", judge.text_for(each)))
        else:
            left_out.append(LeftOut(each.thread_id, f"@{each.handle}", why))
    most = max(Counter(each.account_id for each in answers).values(), default=0)
    return Plan(tuple(answers), tuple(left_out), max(0, most - 1) * pace)


def send(
    store: Store,
    incident_id: IncidentId,
    text: str,
    *,
    actor: str,
    now: datetime,
    threads: Collection[ThreadId] = (),
    again: bool = False,
    after: AfterSend = AfterSend.WAIT,
    pace: timedelta = PACE,
    undo: timedelta | None = None,
) -> Bulk:
    """Queue an answer to each author who can be answered; the first ones go out after the undo time. Everything is
    judged again as it is queued. ``threads`` answers only in those that somebody has looked at.

    Raises ``NotFound``, and ``Refused`` also when there is nobody to answer.
    """
    text = _text(text)
    with store.read() as s:
        planned = plan(s, incident_id, text, me=actor, now=now, threads=threads, again=again, pace=pace)
        wait = config.load(s).settings.undo if undo is None else undo
    if not planned.answers:
        whys = "; ".join(f"{why} ({n})" for why, n in planned.reasons()[:3])
        raise Refused(f"There is nobody to answer: {whys}." if whys else "It holds no thread that can be answered.")
    left_out, queued, change = list(planned.left_out), 0, Change()
    done: set[int] = set()
    for ids in _batches([each.thread_id for each in planned.answers]):
        with store.write() as s:
            found = confirmed(s, incident_id)
            judge = _judge(s, found, text, actor, again=again)
            judge.taken |= done
            rows, left = _rows(s, judge, ids, now, start=now + wait, pace=pace)
            made = incident_replies.queue(
                s, incident_id, rows, employee_id=_employee(s, actor), employee=actor, after=after, now=now
            )
            details = {"incident": incident_id, "after": after.value}
            events = [(thread_id, {"reply": reply_id, **details}) for thread_id, reply_id in made]
            audit.record_many(s, actor, "reply", events, now)
            if not queued and made:
                _tell(s, found, planned, text, actor=actor, now=now)
            done |= judge.taken
        queued, change = queued + len(rows), change | s.change
        left_out += left
    more = f" {_counted(len(left_out), 'thread')} left out." if left_out else ""
    said = f"{_counted(queued, 'reply', 'replies')} on the way, one every {spoken(pace)} for each account."
    return Bulk(f"{said}{more}", change, queued, tuple(left_out))


def cancel(store: Store, incident_id: IncidentId, *, actor: str, now: datetime) -> Bulk:
    """Take back every answer that has not gone out. Raises ``NotFound``."""
    with store.write() as s:
        if incidents.locked(s, incident_id) is None:
            raise NotFound(f"There is no incident {incident_id}.")
        gone = incident_replies.cancel(s, incident_id)
        if not gone:
            return Bulk("No answer of it waits.", Change(), 0)
        said = f"{_counted(len(gone), 'reply', 'replies')} taken back before they went out."
        events = [(thread_id, {"reply": reply_id, "incident": incident_id}) for thread_id, reply_id in gone]
        audit.record_many(s, actor, "unsend", events, now)
        audit.record(s, actor, "incident", None, now, incident=incident_id, did="cancel replies", replies=len(gone))
        incidents.tell(s, incident_id, "reply", said, actor=actor, at=now)
    return Bulk(said, s.change, len(gone))


def progress(s: Session, incident_id: IncidentId, now: datetime) -> Progress:
    """How far it is."""
    n = incident_replies.counts(s, incident_id)
    waiting = sum(n.get(each, 0) for each in (ReplyState.QUEUED, ReplyState.SENDING, ReplyState.UNKNOWN))
    sent, failed, cancelled = (n.get(each, 0) for each in (ReplyState.SENT, ReplyState.FAILED, ReplyState.CANCELLED))
    return Progress(waiting, sent, failed, cancelled, incident_replies.lasts(s, incident_id, now))


def _rows(
    s: Session, judge: _Judge, ids: Sequence[ThreadId], now: datetime, *, start: datetime, pace: timedelta
) -> tuple[list[NewReply], list[LeftOut]]:
    """The rows for a batch, each a pace after the one before on its account, also after what waits already."""
    free = {account: max(start, at + pace) for account, at in incident_replies.last_paced(s).items()}
    rows, left = [], []
    for each in incident_replies.gathered(s, judge.incident.id, now, ids):
        why = judge.why_not(each)
        if why is not None or each.newest is None:
            left.append(LeftOut(each.thread_id, f"@{each.handle}", why or ""))
            continue
        at = free.get(each.account_id, start)
        free[each.account_id] = at + pace
        text = judge.text_for(each)
        rows.append(NewReply(each.thread_id, each.account_id, text, each.visibility, each.newest, each.version, at))
    return rows, left


def _judge(s: Session, found: Incident, text: str, me: str, *, again: bool) -> _Judge:
    known = {each.id: each for each in accounts.all(s)}
    names = {each.name: who(s, each.name) for each in config.load(s).employees}
    taken = (incident_replies.underway if again else incident_replies.answered)(s, found.id)
    return _Judge(found, text, known, names, taken, again, me)


def _tell(s: Session, found: Incident, planned: Plan, text: str, *, actor: str, now: datetime) -> None:
    flat = " ".join(text.split())
    shown = flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"
    n = len(planned.answers)
    said = f"Answering {_counted(n, 'person', 'people')}: “{shown}”"
    incidents.tell(s, found.id, "reply", said, actor=actor, at=now, people=n, left_out=len(planned.left_out))
    audit.record(s, actor, "incident", None, now, incident=found.id, did="reply", people=n)


def _batches(ids: Sequence[ThreadId]) -> Iterator[Sequence[ThreadId]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _text(text: str) -> str:
    text = typed(text).strip()
    if not text:
        raise Refused("There is nothing to send yet.")
    if len(text) > LONGEST:
        raise Refused(f"It is too long: {LONGEST:,} characters is the most.")
    check_fields(text)
    return text


def _employee(s: Session, name: str) -> EmployeeId | None:
    """None for ``command``: somebody at the command line who is no employee."""
    return None if name == "command" else people.employee(s, name).id


def _counted(n: int, one: str, many: str = "") -> str:
    return f"1 {one}" if n == 1 else f"{n:,} {many or one + 's'}"
