"""One thread on its way through triage: its new mentions are applied in the order posted, then it is written."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from inbox.flow.facts import Found
from inbox.flow.rulebook import Rulebook
from inbox.model.fact import Fact, FactKind, FactSource
from inbox.model.ids import EmployeeId, MentionId, ThreadId
from inbox.model.people import Employee
from inbox.model.placement import Placement
from inbox.model.thread import Reason
from inbox.model.words import Direction, Priority, ReasonStep, Status
from inbox.model.workspace import UNSORTED
from inbox.routing.facts import Facts
from inbox.routing.guess import LearnedGuess
from inbox.routing.rules import Decision
from inbox.routing.shift import on_shift
from inbox.store.clocks import PostRow, ThreadHistory
from inbox.store.triage import THREAD_VALUES, ThreadState, Untriaged

_PUT_AWAY: Final = (Status.WAITING, Status.SNOOZED, Status.CLOSED)
_QUEUED: Final = {
    "status": str(Status.NEW),
    "close_reason": None,
    "closed_at": None,
    "snoozed_until": None,
    "assignee_id": None,
    "started_at": None,
}
_ASKED_BACK: Final = (Status.WAITING, Status.CLOSED)
_ANSWERABLE: Final = (Status.NEW, Status.OPEN, Status.SNOOZED)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every mention is judged by: the workspace's rulebook and its employees."""

    book: Rulebook
    employees: dict[EmployeeId, Employee]


@dataclass(slots=True)
class Routed:
    """A thread's working copy. ``values`` are the columns that ``store.triage.save_threads`` writes.

    ``settled`` is a thread that a person left in Unsorted; ``placement`` what the routing chose, if it did;
    ``wanted_at`` since when it asks for an assignee, None if it does not; ``call`` the ladder that a rule climbs.
    """

    state: ThreadState
    history: ThreadHistory
    values: dict[str, Any]
    fresh: bool
    settled: bool = False
    placement: Placement | None = None
    mentions: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[tuple[ThreadId, MentionId | None, Reason]] = field(default_factory=list)
    changes: list[tuple[ThreadId, datetime, str, str | None, str]] = field(default_factory=list)
    tags: dict[str, None] = field(default_factory=dict)
    wanted_at: datetime | None = None
    call: str | None = None

    @property
    def id(self) -> ThreadId:
        """The thread's number."""
        return self.state.id

    @property
    def may_be_placed(self) -> bool:
        """Whether the routing may choose its area: nobody has yet, and nobody has it while it is Unsorted."""
        if self.values["area_id"] is not None or self.settled:
            return False
        return self.fresh or self.values["assignee_id"] is None

    def copy(self) -> "Routed":
        """How it stands now, to go back to when a mention cannot be judged."""
        history = replace(self.history, posts=list(self.history.posts), changes=list(self.history.changes))
        return Routed(
            self.state,
            history,
            dict(self.values),
            self.fresh,
            self.settled,
            self.placement,
            list(self.mentions),
            list(self.reasons),
            list(self.changes),
            dict(self.tags),
            self.wanted_at,
            self.call,
        )


def begin(state: ThreadState, history: ThreadHistory, *, settled: bool = False) -> Routed:
    """A working copy of a thread as it was read."""
    shown = ("next_due_at", "warn_at", "breached", "met_at")
    values = {name: getattr(history if name in shown else state, name) for name in THREAD_VALUES}
    return Routed(state, history, values, fresh=not any(post.triaged for post in history.posts), settled=settled)


def apply_inbound(
    thread: Routed, mention: Untriaged, found: Found, desk: Desk, now: datetime, *, learned: LearnedGuess | None = None
) -> None:
    """Facts, rules and area of a customer's mention, and whether it brings the thread back."""
    decision = desk.book.rules.decide(facts_of(mention, found, thread), learned=learned)
    found = overruled(mention, found, decision)
    needed = found.needs_reply
    note = Reason(ReasonStep.FACTS, found.sentence, now, (), found.details)
    thread.reasons.append((thread.id, mention.id, note))
    model = None if learned is None else learned.model
    _apply_decision(thread, mention, decision, desk.book, now, model=model)
    values = thread.values
    values["language"] = found.language or values["language"]
    thread.history.language = values["language"]
    thread.history.sentiment = found.sentiment or thread.history.sentiment
    values["needs_reply"] = bool(values["needs_reply"]) or needed
    if decision.hide is not None or needed:
        values["hidden"] = bool(decision.hide)
    _set_judged(thread, mention, needed)
    thread.mentions.append(_row(mention, found))
    if not needed or not _is_newest_word(thread, mention):
        return
    if mention.before_connection:
        _take_up(thread)
    else:
        _bring_back(thread, desk, now)
        asks = values["assignee_id"] is None and not values["hidden"]
        thread.wanted_at = (thread.wanted_at or now) if asks else None


def overruled(mention: Untriaged, found: Found, decision: Decision) -> Found:
    """The facts where a rule knows better whether a reply is needed; what was said before them all stands."""
    if mention.needs_reply is not None:
        return found
    if decision.hide and decision.needs_reply is None:
        return _told(found, "Hidden as noise, so no reply is awaited.", needed=False)
    if decision.needs_reply is None or decision.needs_reply == found.needs_reply:
        return found
    said = "A rule says that it needs a reply." if decision.needs_reply else "A rule says that it needs no reply."
    return _told(found, said, needed=decision.needs_reply)


def _told(found: Found, said: str, *, needed: bool) -> Found:
    facts = {**found.facts, FactKind.NEEDS_REPLY: Fact(needed, 1.0, FactSource.RULE, said)}
    details = {**found.details, "needs_reply": needed, "probability": 1.0}
    return replace(found, needs_reply=needed, facts=facts, sentence=f"{found.sentence} {said}", details=details)


def _row(mention: Untriaged, found: Found) -> dict[str, Any]:
    """What is stored of a mention's facts."""
    return {
        "id": mention.id,
        "language": found.language,
        "needs_reply": found.needs_reply,
        "sentiment": found.sentiment,
        "facts": found.facts,
    }


def apply_outbound(thread: Routed, mention: Untriaged, found: Found) -> None:
    """Our own post, made elsewhere: a person's answer puts the thread on the customer."""
    thread.mentions.append({"id": mention.id, "language": found.language, "needs_reply": False})
    _set_judged(thread, mention, needed=False)
    if mention.automatic:
        return
    answered = thread.values["status"] in _ANSWERABLE and not _asked_after(thread, mention.created_at)
    if answered:
        thread.values["status"] = str(Status.WAITING)
        thread.values["snoozed_until"] = None
        thread.wanted_at = None
    if not mention.before_connection and (answered or _status_at(thread, mention.created_at) in _ANSWERABLE):
        # Also one that is known of only after more has happened put the thread on the customer in its time.
        thread.changes.append((thread.id, mention.created_at, str(Status.WAITING), None, "collector"))


def set_aside(thread: Routed, mention: Untriaged, trouble: str, now: datetime) -> None:
    """A mention that could not be judged: a person looks at a customer's, where it is, with its clock running."""
    inbound = is_inbound(mention)
    thread.reasons.append((thread.id, mention.id, Reason(ReasonStep.FACTS, f"It could not be judged: {trouble}.", now)))
    thread.mentions.append({"id": mention.id, "language": mention.language, "needs_reply": inbound})
    _set_judged(thread, mention, inbound)
    thread.wanted_at = None
    if not inbound:
        return
    thread.values.update(needs_reply=True, hidden=False)
    if thread.values["status"] in _PUT_AWAY and not mention.before_connection:
        last = thread.values["assignee_id"] or thread.values["last_assignee_id"]
        thread.values.update(_QUEUED, assigned_at=None, last_assignee_id=last)
        thread.changes.append((thread.id, now, str(Status.NEW), None, "collector"))


def facts_of(mention: Untriaged, found: Found, thread: Routed | None = None) -> Facts:
    """What rules and keywords see of a mention."""
    return Facts(
        text=mention.text,
        network=mention.network,
        account=mention.account,
        at=mention.created_at,
        kind=mention.kind,
        language=found.language,
        sentiment=found.sentiment,
        author_tags=mention.author_tags,
        followers=mention.followers,
        verified=mention.verified,
        has_media=mention.has_media,
        needs_reply=found.needs_reply,
        priority=Priority(thread.values["priority"]) if thread else Priority.NORMAL,
        area=(thread.history.area or UNSORTED) if thread else UNSORTED,
        incident=thread.history.incident if thread else False,
    )


def _apply_decision(
    thread: Routed, mention: Untriaged, decision: Decision, book: Rulebook, now: datetime, *, model: int | None
) -> None:
    values, history = thread.values, thread.history
    open_ = thread.may_be_placed
    for reason in decision.reasons:
        if open_ or reason.step is ReasonStep.RULE:
            stamped = Reason(reason.step, reason.sentence, now, reason.matched, reason.details)
            thread.reasons.append((thread.id, mention.id, stamped))
    if open_:
        _place(thread, mention, decision, book, now, model=model)
    if decision.priority is not None and (thread.fresh or decision.priority.rank > Priority(values["priority"]).rank):
        values["priority"] = str(decision.priority)
        history.priority = decision.priority
    if decision.policy is not None:
        values["policy"] = history.policy = decision.policy
    thread.call = decision.escalate or thread.call
    thread.tags.update(dict.fromkeys(decision.tags))


def _place(
    thread: Routed, mention: Untriaged, decision: Decision, book: Rulebook, now: datetime, *, model: int | None
) -> None:
    """Put the thread into the area chosen, and keep what chose it; of one that stays Unsorted the first choice."""
    area_id = book.area_ids.get(decision.area)
    if area_id is not None:
        thread.values["area_id"], thread.history.area = area_id, decision.area
        thread.history.area_calendar = book.area_calendars.get(decision.area)
    elif not thread.fresh or thread.placement is not None:
        return
    thread.placement = Placement(
        thread.id,
        mention.id,
        now,
        decision.area if area_id is not None else None,
        decision.step,
        decision.rule,
        decision.probability,
        model,
        decision.ranked,
    )


def _bring_back(thread: Routed, desk: Desk, now: datetime) -> None:
    """Reopen a thread that was put away: for who had it if on shift, else through routing."""
    values = thread.values
    if values["status"] not in _PUT_AWAY:
        return
    had_it = values["assignee_id"] or values["last_assignee_id"]
    employee = desk.employees.get(had_it) if had_it is not None else None
    present = employee is not None and on_shift(employee, now, desk.book.workspace.settings.time_zone)
    status = Status.OPEN if present else Status.NEW
    values.update(
        status=str(status),
        close_reason=None,
        closed_at=None,
        snoozed_until=None,
        assignee_id=had_it if present else None,
        # Nobody gave it back: who had it may be offered it like anybody else.
        assigned_at=now if present else None,
        started_at=None,
        last_assignee_id=had_it,
    )
    thread.changes.append((thread.id, now, str(status), None, "collector"))
    if employee is not None:
        name = employee.full_name or employee.name
        what = "it is theirs again" if present else "who is not on shift, so it is routed anew"
        joined = f"{name} had it: {what}" if present else f"It was with {name}, {what}"
        sentence = f"The customer wrote again. {joined}."
        thread.reasons.append((thread.id, None, Reason(ReasonStep.RETURN, sentence, now)))


def _take_up(thread: Routed) -> None:
    """In history too, who has the last word is not waited on; what a person or a live post decided stands."""
    if thread.values["status"] == Status.WAITING and not thread.history.changes and not thread.changes:
        thread.values["status"] = str(Status.NEW if thread.values["assignee_id"] is None else Status.OPEN)


def _is_newest_word(thread: Routed, mention: Untriaged) -> bool:
    """Whether no person of ours has answered since: an answer counts whichever mention it names."""
    return not any(
        not post.inbound and not post.automatic and post.created_at >= mention.created_at
        for post in thread.history.posts
    )


def _status_at(thread: Routed, at: datetime) -> str:
    """How the thread stood at a time: by its changes of status, and brought back by questions."""
    happened = [(when, 1, status) for when, status, _ in thread.history.changes if when <= at]
    happened += [(when, 1, status) for _, when, status, _, _ in thread.changes if when <= at]
    asked = (post for post in thread.history.posts if post.inbound and post.needs_reply and not post.before_connection)
    happened += [(post.created_at, 0, str(Status.OPEN)) for post in asked if post.created_at <= at]
    stood = str(Status.NEW)
    for _, question, status in sorted(happened, key=lambda each: each[:2]):
        stood = stood if question == 0 and stood not in _ASKED_BACK else status
    return stood


def _asked_after(thread: Routed, at: datetime) -> bool:
    return any(post.inbound and post.needs_reply and post.created_at > at for post in thread.history.posts)


def _set_judged(thread: Routed, mention: Untriaged, needed: bool) -> None:  # noqa: FBT001 - the judgement itself
    """Let the thread's history know the judgement, so that its clocks see it."""
    posts = thread.history.posts
    for place, post in enumerate(posts):
        if post.id == mention.id:
            posts[place] = _judged(post, needed)
            return


def _judged(post: PostRow, needed: bool) -> PostRow:  # noqa: FBT001 - the judgement itself
    return replace(post, needs_reply=needed)


def is_inbound(mention: Untriaged) -> bool:
    """Whether a customer wrote it."""
    return mention.direction is Direction.INBOUND
